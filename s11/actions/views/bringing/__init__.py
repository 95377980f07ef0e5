"""Bringing in a plan that exists already: what it is, its columns, its rows, and bring it in."""

from s11.actions.views.bringing import closing, columns, posts, rows, starting

__all__ = ["closing", "columns", "posts", "rows", "starting"]
