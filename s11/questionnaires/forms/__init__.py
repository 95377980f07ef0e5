"""What people send to the pages of questionnaires, and how the builder's forms become parts of a file."""
