"""Organisations that are in the register twice: found by number and by likeness of name, and put together."""
