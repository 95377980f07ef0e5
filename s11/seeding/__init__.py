"""The demonstration: an invented partnership, loaded through the operations that people use.

Files by what they know. Of nothing but Python: `ratings`, `words`, `figures`, `moments`. Of the files in
`seeds/demo`: `material`, and `plan`, which says who stands where in which year. Of paper: `documents`.
Of the database: `founding`, `asking`, `answering`, `proving`, `moderating`, `following`, `reviewing`. `demo`
calls them in the order of the partnership's years, and `cli` calls `demo`.
"""

from s11.seeding.cli import seed_cli

__all__ = ["seed_cli"]
