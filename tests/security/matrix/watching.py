"""The database of one world of the matrix: what a request changed in it, and how it is put back.

The database itself notes which tables somebody wrote to, by triggers that exist in these worlds only.
So after a request just those tables are compared with what they were, and a world that nobody changed
is used again as it is.
"""

import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from s11.trail.rules import REFUSED

# What may change when somebody is refused, or only looks: the trail says that it happened, and when
# somebody was last seen.
MAY_CHANGE = "tag LIKE '%:refused'"
MAY_BE_WRITTEN = ("sign_in", "seen_at")
NOT_COMPARED = frozenset({"trail_head", "guess", "touched"})
# Written at each refusal; the guesses are not compared, and yet put back, or nobody could try any more.
NOT_NOTED = frozenset({"trail_head", "touched"})
# So many refusals may stand in the trail before they are taken out of it.
MANY = 60
ANOTHER_EACH_TIME = re.compile(
    r"(_at|^at|ref|hash|key|sha256|size|sealed|checksum|body|organisations|^about|^once)$"
)


class Watch:
    """Looks at a database from outside the application."""

    def __init__(self, file: Path, kept: Path) -> None:
        self.file, self.kept = file, kept
        self.connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self.connection.execute("PRAGMA synchronous=OFF")
        names = self.tables()
        self.note(names)
        self.reading = {name: self.select_of(name) for name in names if name not in NOT_COMPARED}
        with closing(sqlite3.connect(kept)) as copy:
            self.connection.backup(copy)
        self.at_rest = {name: self.hash_of(name) for name in self.reading}
        self.before = self.at_rest
        self.seen = self.version()

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> list[str]:
        return [name for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'")]

    def columns(self, table: str) -> list[str]:
        return [column[1] for column in self.ask(f'PRAGMA table_info("{table}")')]

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        return self.connection.execute(statement, values).fetchall()

    def version(self) -> object:
        """Another number whenever somebody else has written."""
        return self.ask("PRAGMA data_version")[0][0]

    # Which tables were written to

    def note(self, tables: list[str]) -> None:
        """Let the database note every table that is written to."""
        self.connection.execute("CREATE TABLE touched (name TEXT NOT NULL)")
        for table in set(tables) - NOT_NOTED:
            for verb, row in (("INSERT", "NEW"), (self.update_of(table), "NEW"), ("DELETE", "OLD")):
                only = f"WHEN NOT {row}.{MAY_CHANGE}" if table == "trail_entry" else ""
                self.connection.execute(
                    f'CREATE TRIGGER "touched_{table}_{verb[:6]}" AFTER {verb} ON "{table}" {only} '
                    f"BEGIN INSERT INTO touched VALUES ('{table}'); END"
                )

    def update_of(self, table: str) -> str:
        if table != MAY_BE_WRITTEN[0]:
            return "UPDATE"
        return "UPDATE OF " + ", ".join(
            f'"{name}"' for name in self.columns(table) if name != MAY_BE_WRITTEN[1]
        )

    def touched(self) -> list[str]:
        """The tables written to since the world was put back or settled."""
        if self.version() == self.seen:
            return []
        return [str(name) for (name,) in self.ask("SELECT DISTINCT name FROM touched ORDER BY name")]

    def changed(self) -> list[str]:
        """The tables that are not as they were."""
        written = [name for name in self.touched() if name in self.reading]
        return [name for name in written if self.hash_of(name) != self.before[name]]

    def refusals(self) -> int:
        """How many entries of the trail say that somebody was refused."""
        return int(str(self.ask("SELECT count(*) FROM trail_entry WHERE tag = ?", REFUSED)[0][0]))

    # What they hold

    def select_of(self, table: str) -> str:
        """How the rows of a table are read, less what is not compared."""
        kept = ", ".join(f'"{name}"' for name in self.columns(table) if (table, name) != MAY_BE_WRITTEN)
        only = f" WHERE NOT {MAY_CHANGE}" if table == "trail_entry" else ""
        return f'SELECT {kept} FROM "{table}"{only} ORDER BY rowid'

    def hash_of(self, table: str) -> str:
        return hashlib.sha256(repr(self.ask(self.reading[table])).encode()).hexdigest()

    def rows_of(self, table: str) -> list[tuple[object, ...]]:
        """The rows of a table, less what is another at each request: moments, refs, keys and hashes."""
        # A field that asks for a file holds the ref of one, under the name of every other value.
        # Of a register that was brought, where its file lies; of a wish that waits, since when; of an
        # invitation to a day, the second in which its calendar was made.
        another = {("field_answer", "value"), ("register_file", "choices"), ("partnership", "pending")}
        another |= {("notice", "calendar")}
        held = [name for name in self.columns(table) if (table, name) not in another]
        kept = ", ".join(f'"{name}"' for name in held if not ANOTHER_EACH_TIME.search(name))
        return self.ask(f'SELECT {kept or 1} FROM "{table}" ORDER BY rowid')

    # How it is put back

    def settle(self) -> None:
        """Take the tables as they are now for what they were: something was prepared."""
        self.before = {**self.at_rest, **{n: self.hash_of(n) for n in self.touched() if n in self.reading}}
        self.connection.execute("DELETE FROM touched")

    def is_as_it_was(self) -> bool:
        """Whether nobody has written anything but a few refusals."""
        return not self.touched() and self.refusals() <= MANY

    def restore(self) -> None:
        """Put the database back as it was at the beginning."""
        if self.version() == self.seen:
            return
        with closing(sqlite3.connect(self.kept)) as copy, closing(sqlite3.connect(self.file)) as target:
            target.execute("PRAGMA synchronous=OFF")
            copy.backup(target)
        self.before = self.at_rest
        self.seen = self.version()
