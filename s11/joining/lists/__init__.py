"""A list of people from a spreadsheet: read (`reading`, `worker`), understood (`rules`), judged."""
