"""What an office types at the desk."""
