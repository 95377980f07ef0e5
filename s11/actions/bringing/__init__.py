"""Plans that exist already, in Word, a spreadsheet or pasted: read, understood, mended, brought in."""
