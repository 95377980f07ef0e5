"""Plans that exist already, as Word tables, spreadsheets or pasted text: read, understood, mended, brought in."""
