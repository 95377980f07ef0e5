"""Copies of a submitted return, as PDF and Word: made from its sealed record, at any time, and not kept."""
