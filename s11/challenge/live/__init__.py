"""The day as it happens: who speaks now, what is written down, and how the time runs."""
