"""What the forms of the builder show, and how what was typed becomes parts of a questionnaire."""
