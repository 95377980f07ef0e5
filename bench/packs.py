"""How long a chair's pack of 14 agencies, and a cluster pack of 500 schools, take in each format.

    .venv/bin/python bench/packs.py [--agencies 14] [--criteria 68] [--schools 500] [--keep FOLDER]

Each format is written in a process of its own. Processor milliseconds of it and of what it starts, with the
import of what it needs, the charts drawn anew, and the most memory held by the largest of them. `--keep`
leaves the files to be looked at.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from s11.packs.document import (
    Bar,
    Beside,
    Bullets,
    Cell,
    Chart,
    Chip,
    Column,
    Counted,
    Document,
    Facts,
    Finding,
    Findings,
    Line,
    Of,
    Paragraph,
    Question,
    Section,
    Sheet,
    Table,
    Tone,
    Trend,
)
from s11.packs.kinds import FORMAT_LABELS, Format
from s11.packs.writing.formats import write

GOALS = {"chair": 4_000, "cluster": 20_000}
LEVELS = (
    Chip("G", "Green", "#1b7837"),
    Chip("A", "Amber", "#f9a65a"),
    Chip("R", "Red", "#a50f15"),
    Chip("N/A", "Not applicable", ""),
)
STANDARDS = (
    "Leadership and accountability",
    "Policies people can find",
    "Listening to children",
    "Whistleblowing",
    "Information sharing",
    "Safe recruitment",
    "Induction and training",
    "Supervision and support",
    "Commissioned services",
    "Learning from reviews",
)
NAMES = (
    "Mallowshire County Council",
    "Harrowmere Police",
    "Cotterby District Council",
    "Vale Integrated Care Board",
    "Mallow Hospitals NHS Foundation Trust",
    "Thornway Community Health Trust",
    "Probation, Eastern Region",
    "Youth Justice Service",
    "Mallowshire Fire and Rescue",
    "Dunmere Borough Council",
    "Saltby Mental Health Trust",
    "Ambulance Trust of the East",
    "Mallowshire Voluntary Forum",
    "Larkfield Secure Children’s Home",
)
TEXTS = (
    "Every post that works with children has a named line of accountability up to the board.",
    "Children and families say what they think of the service, and what they said has changed it.",
    "People who work for us know how to raise a worry about a colleague, and that it will be heard.",
    "Recruitment checks are complete before a person starts, and somebody looks that they are.",
)
ROLES = (
    "Head of Safeguarding",
    "Director of Nursing",
    "Assistant Chief Constable",
    "Director of Children’s Services",
)


class Ratings:
    """Invented ratings, the same each time."""

    def __init__(self, organisations: int, criteria: int, standards: int) -> None:
        chance = random.Random("packs")
        self.of = [chance.choices(range(4), (60, 25, 10, 5), k=criteria) for _ in range(organisations)]
        self.standard_of = [n * standards // criteria for n in range(criteria)]

    def counts(self, organisation: int, standard: int | None = None) -> list[int]:
        found = [0] * 4
        for level, place in zip(self.of[organisation], self.standard_of, strict=True):
            if standard is None or place == standard:
                found[level] += 1
        return found


def counted(counts: list[int]) -> Cell:
    parts = tuple(Counted(chip, count) for chip, count in zip(LEVELS, counts, strict=True) if count)
    return Cell(", ".join(f"{one.count} {one.chip.letter}" for one in parts), counted=parts)


def best_of(counts: list[int]) -> str:
    return f"{counts[0]} of {sum(counts[:3])}"


def share(counts: list[int]) -> float:
    return 100 * counts[0] / (sum(counts[:3]) or 1)


def percent(number: float) -> Cell:
    return Cell(f"{number:.1f} %", number=number)


def pack(names: list[str], criteria: int, *, cluster: bool) -> Document:
    """The pack about these organisations; a cluster's has no enquiries and no record sheets."""
    standards = STANDARDS[: max(2, min(10, criteria))]
    ratings = Ratings(len(names), criteria, len(standards))
    word = "school" if cluster else "agency"
    sections = [how_to_read(), *([] if cluster else [agenda(names)])]
    sections += [
        Section(
            f"All, standard by standard, {word} by {word}", (matrix(names, standards, ratings),), 1, True
        ),
        Section(f"Criterion by criterion, {word} by {word}", (criteria_table(names, ratings),), 2, True),
        Section("Charts", tuple(overview(names, ratings)), 1, True),
        Section(f"One {word} after the other", (Paragraph("Each in the order of the agenda."),), 1, True),
    ]
    for place, name in enumerate(names):
        if not cluster:
            sections += about(place, name, standards, ratings)
    return Document(
        title="Cluster pack" if cluster else "Chair’s pack",
        subtitle="Section 11 self-assessment 2027",
        partnership="Mallowshire Safeguarding Children Partnership",
        facts=(
            ("Challenge day", "31 March 2027, Cotterby Hall"),
            ("Returns", f"{len(names)} of {len(names)} are in"),
        ),
        notice="For the partners of Mallowshire only. Do not copy it on or leave it behind.",
        built="Built on 27 March 2027 at 16:04 by Philippa Quill, from the returns as they were signed.",
        sections=tuple(sections),
        file_stem="pack",
    )


def how_to_read() -> Section:
    rules = (
        "Not applicable and blank are left out of every share; how many there are is printed beside it.",
        "A rating always prints its letter; colour and pattern only help, so a grey copy reads the same.",
        "The own rating and the moderated one stand side by side. Neither replaces the other.",
        "An answer is called weakly evidenced where it is rated best and nothing is attached.",
    )
    meanings = tuple((Cell(one.label, chip=one), Cell(TEXTS[n])) for n, one in enumerate(LEVELS))
    columns = (Column("Rating", Of.RATING, 1.4), Column("As printed in the questionnaire", width=5))
    return Section(
        "How to read this pack", (Bullets(rules), Table("What the ratings mean", columns, meanings)), 1, True
    )


def agenda(names: list[str]) -> Section:
    rows = tuple(
        (
            Cell(f"{9 + n // 3:02}:{20 * (n % 3):02}"),
            Cell(name, strong=True),
            Cell(names[(n + 3) % len(names)]),
        )
        for n, name in enumerate(names)
    )
    columns = (Column("Time", width=1), Column("Presents", width=3), Column("Asks the questions", width=3))
    return Section("Agenda", (Table("The day in order", columns, rows, sheet="Agenda"),), 1, True)


def matrix(names: list[str], standards: tuple[str, ...], ratings: Ratings) -> Table:
    columns = (
        Column("Organisation", width=3),
        *(Column(str(n), Of.RATINGS, 1, f"{n} {title}") for n, title in enumerate(standards, start=1)),
        Column("Best", Of.NUMBER, 0.8),
        Column("Share", Of.SHARE, 0.8),
    )
    rows = []
    for place, name in enumerate(names):
        every = ratings.counts(place)
        cells = (counted(ratings.counts(place, n)) for n in range(len(standards)))
        rows.append((Cell(name), *cells, Cell(best_of(every), number=every[0]), percent(share(every))))
    return Table(
        "Own ratings: how many answers at each level",
        columns,
        tuple(rows),
        sheet="Matrix",
        wide=True,
        note="The last columns count the best level over everything that was asked.",
    )


def criteria_table(names: list[str], ratings: Ratings) -> Table:
    """Criteria down, organisations across, or the other way round where there are many of these."""
    if len(names) > 30:
        columns = (
            Column("Organisation", width=3),
            *(Column(label, Of.NUMBER) for label in ("Green", "Amber", "Red", "N/A")),
            Column("Share", Of.SHARE),
        )
        rows = []
        for place, name in enumerate(names):
            counts = ratings.counts(place)
            rows.append((Cell(name), *(Cell(str(n), number=n) for n in counts), percent(share(counts))))
        return Table("How many at each level", columns, tuple(rows), sheet="Levels")
    columns = (
        Column("Criterion", width=9),
        *(Column(f"{n}", Of.RATING, 1, f"{n} {name}") for n, name in enumerate(names, 1)),
    )
    cells = tuple(
        (
            Cell(f"{ratings.standard_of[n] + 1}.{n + 1} {TEXTS[n % 4]}"),
            *(Cell(LEVELS[of[n]].letter, chip=LEVELS[of[n]]) for of in ratings.of),
        )
        for n in range(len(ratings.standard_of))
    )
    return Table("Every own rating", columns, cells, sheet="Criteria", wide=True)


def overview(names: list[str], ratings: Ratings) -> list[Chart | Trend | Table]:
    bars = tuple(Bar(name, tuple(ratings.counts(place))) for place, name in enumerate(names[:14]))
    says = "; ".join(f"{name}: {best_of(ratings.counts(place))}" for place, name in enumerate(names[:14]))
    trend = Trend(
        "Share at the best level over the years",
        "From 52 % in 2024 to 61 % this year.",
        ("2024", "2025", "2026", "2027"),
        (
            Line("All", (52.0, 55.5, 57.1, 61.0)),
            Line(
                "Health", (48.0, None, 56.0, 63.0), "Health: the wording changed in 2025, so the line breaks."
            ),
        ),
    )
    return [Chart("Own ratings, each bar everything that was asked", says, LEVELS, bars), trend]


def about(place: int, name: str, standards: tuple[str, ...], ratings: Ratings) -> list[Section]:
    every = ratings.counts(place)
    rows = tuple(
        (
            Cell(f"{n + 1} {title}"),
            counted(ratings.counts(place, n)),
            counted(ratings.counts((place + 1) % len(ratings.of), n)),
            percent(share(ratings.counts(place, n))),
        )
        for n, title in enumerate(standards)
    )
    columns = (
        Column("Standard", width=4),
        Column("Own ratings", Of.RATINGS, 2.4),
        Column("Moderated", Of.RATINGS, 2.4),
        Column("Share", Of.SHARE, 1),
    )
    weakest = tuple(
        Finding(
            f"{n + 1}.2",
            TEXTS[n],
            LEVELS[2 - n % 2],
            (
                f"Own rating {LEVELS[2 - n % 2].label}; no evidence attached.",
                "“We have begun, and will be done by the summer.”",
            ),
        )
        for n in range(3)
    )
    some = tuple(Finding(f"{n}.1", TEXTS[n % 4]) for n in range(1, 4))
    promised = tuple(
        Finding("", f"{TEXTS[n]}", None, (f"{ROLES[n]}, by 31 May 2027, two months overdue",))
        for n in range(2)
    )
    profile = Section(
        name,
        (
            Facts(
                (
                    ("Kind", "Public body"),
                    ("Submitted", "3 March 2027"),
                    ("Signed by", "A. Okonjo, Chief Officer"),
                    ("Session", f"{9 + place // 3}:00"),
                )
            ),
            Facts(
                (
                    ("Own ratings at the best level", best_of(every)),
                    ("Share", f"{share(every):.1f} %"),
                    ("Moderated", "31 of 66"),
                    ("Change since last year", "4 better, 1 worse"),
                ),
                big=True,
            ),
            Table("Ratings by standard", columns, rows),
            Findings("Weakest answers", weakest, "Nothing stands below the best level."),
            Beside(
                (
                    Findings("Strengths a moderator confirmed", some, "None."),
                    Findings("Rated best, no evidence attached", some[:2], "None.", "and 3 more"),
                ),
                (
                    Findings("Promised and not yet done", promised, "No unfinished action."),
                    Findings("Declared not applicable", (), "None."),
                ),
            ),
        ),
        2,
        True,
    )
    questions = tuple(
        Question(
            str(n + 1),
            f"What changed since last year in: {TEXTS[n].lower()}",
            "Rated green for three years with the same words.",
            f"{n + 1} {standards[n % len(standards)]}",
            "Harrowmere Police",
        )
        for n in range(4)
    )
    asked = Section(
        f"Lines of enquiry: {name}", (Paragraph("Chosen for the day.", Tone.QUIET), *questions), 3, True
    )
    fields = (
        ("What was asked, by whom", 2),
        ("What was answered", 3),
        ("Evidence promised", 2),
        ("Rating agreed, good practice to share", 2),
        ("Action, with full name and role of its owner and a date", 2),
    )
    record = Section(f"Record of the session: {name}", (Sheet("What was said", fields, 3),), 3, True)
    return [profile, asked, record]


def measured(document: Document, as_: Format, kept: Path) -> tuple[float, float, int]:
    """Processor milliseconds, the most memory in MB, and pages, of writing it in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        written = write(document, as_)
        kept.write_bytes(written.content)
        os.write(writing, str(written.pages).encode())
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        spent = sum(one.ru_utime + one.ru_stime for one in used)
        os.write(writing, f" {spent * 1000} {max(one.ru_maxrss for one in used) / 1024}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        words = told.read().split()
    os.waitpid(child, 0)
    assert len(words) == 3, f"{as_} could not be written"
    return float(words[1]), float(words[2]), int(words[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--agencies", type=int, default=14)
    parser.add_argument("--criteria", type=int, default=68)
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    names = [NAMES[n % 14] + (f" {n // 14 + 1}" if n >= 14 else "") for n in range(options.agencies)]
    papers = {
        "chair": (
            f"chair’s pack, {len(names)} agencies of {options.criteria}",
            pack(names, options.criteria, cluster=False),
        ),
        "cluster": (
            f"cluster pack, {options.schools} schools of {options.criteria}",
            pack(
                [f"St Aldhelm’s Primary School {n:03}" for n in range(options.schools)],
                options.criteria,
                cluster=True,
            ),
        ),
    }
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for kind, (title, document) in papers.items():
            for as_ in Format:
                kept = place / f"{kind}.{as_}"
                spent, memory, pages = measured(document, as_, kept)
                told = f", {pages} pages" if pages else ""
                print(
                    f"{title}, {FORMAT_LABELS[as_]}: {spent:.0f} ms of at most {GOALS[kind]:,}, "
                    f"{memory:.0f} MB{told}, {kept.stat().st_size // 1024} KB"
                )


if __name__ == "__main__":
    main()
