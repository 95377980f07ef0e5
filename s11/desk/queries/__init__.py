"""What the office's desk reads."""
