"""Reminders of actions: before, on and after their day, once a week, and to whoever stands above."""
