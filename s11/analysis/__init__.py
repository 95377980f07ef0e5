"""What the ratings add up to. Reads only; the one room that knows pandas and matplotlib."""
