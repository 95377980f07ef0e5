"""A plain table, pasted from Word or Excel, as a questionnaire: read, guessed at, understood row by row."""
