"""An invented paper that uses every block, with the awkward things people write."""

from s11.packs.document import (
    Bar,
    Beside,
    Block,
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
    OneOf,
    Paragraph,
    Question,
    Section,
    Sheet,
    Table,
    Tone,
    Trend,
)

GREEN, AMBER = Chip("G", "Green", "#1b7837"), Chip("A", "Amber", "#f9a65a")
RED, AWAY = Chip("R", "Red", "#a50f15"), Chip("N/A", "Not applicable", "")
LEVELS = (GREEN, AMBER, RED, AWAY)
LONG_WORD = "Kinderschutzverantwortungsträgerzusammenarbeitsvereinbarung"
LONG_TEXT = " ".join(
    f"In year {year} we asked {100 + year} families what had helped, and {year} of them said: nothing."
    for year in range(1, 40)
)


def counted(green: int, amber: int, red: int, away: int = 0) -> Cell:
    """Ratings of one organisation in one standard, as a matrix prints them."""
    parts = tuple(
        Counted(chip, count) for chip, count in zip(LEVELS, (green, amber, red, away), strict=True) if count
    )
    return Cell(", ".join(f"{one.count} {one.chip.letter}" for one in parts) or "not asked", counted=parts)


def rated(chip: Chip, note: str = "") -> Cell:
    return Cell(chip.label, chip=chip, note=note)


def share(number: float) -> Cell:
    return Cell(f"{number:.1f} %", number=number)


def matrix(rows: int, columns: int) -> Table:
    """Organisations against standards."""
    return Table(
        caption=f"{rows} organisations against {columns} standards",
        columns=(
            Column("Organisation", width=3),
            *(Column(str(n), Of.RATINGS, 1, f"{n} Standard on matter {n}") for n in range(1, columns + 1)),
            Column("Best", Of.SHARE, 1),
        ),
        rows=tuple(
            (
                Cell(f"Organisation {row} of Mallowshire"),
                *(counted((row + n) % 5, n % 3, (row * n) % 2) for n in range(columns)),
                share(37.5 + row),
            )
            for row in range(rows)
        ),
        sheet=f"Matrix {rows} x {columns}",
        wide=True,
        note="The last column counts the best level.",
    )


def profile() -> Section:
    return Section(
        "Harrowmere & Dale <Police>",
        (
            Facts(
                (
                    ("Kind", "Police"),
                    ("Submitted", "3 March 2027"),
                    ("Signed by", "A. Okonjo, Assistant Chief"),
                )
            ),
            Facts(
                (("Own ratings at the best level", "41 of 68, 60.3 %"), ("Moderated", "Not yet")), big=True
            ),
            Table(
                "Ratings by standard",
                (
                    Column("Standard", width=4),
                    Column("Own", Of.RATINGS, 2),
                    Column("Answered", Of.NUMBER, 1),
                    Column("Best", Of.SHARE, 1),
                    Column("Agreed", Of.RATING, 1.2),
                    Column("Due", Of.DATE, 1.6),
                ),
                tuple(
                    (
                        Cell(f"{n} {title}"),
                        counted(n, 2, 1, n % 2),
                        Cell(f"{n + 3 + n % 2:,}", number=n + 3 + n % 2),
                        Cell(f"{n} of {n + 3}, {100 * n / (n + 3):.1f} %", number=100 * n / (n + 3)),
                        rated(LEVELS[n % 3], "the panel changed it" if n == 2 else ""),
                        Cell(f"{n} April 2027", date=f"2027-04-0{n}"),
                    )
                    for n, title in enumerate(
                        ("Leadership", "Listening to children", LONG_WORD, "=1+1"), start=1
                    )
                ),
                note="Not applicable is left out of every share.",
            ),
            Beside(
                (
                    Findings(
                        "Strengths",
                        (
                            Finding(
                                "1.1",
                                "A board lead is named.",
                                GREEN,
                                ("Rated Green; 3 pieces of evidence.",),
                            ),
                        ),
                        "None.",
                        "and 4 more",
                    ),
                    Paragraph("What stands at the left."),
                ),
                (
                    Findings("Weakest answers", (), "Nothing stands below the best level."),
                    Findings(
                        "Doubts",
                        (
                            Finding(
                                "2.3", LONG_TEXT[:300], RED, ("@SUM(A1)", "Moderator: +44 20 is no number")
                            ),
                            Finding("", "Without a number", None, ()),
                        ),
                        "None.",
                    ),
                ),
            ),
        ),
        level=2,
        starts_page=True,
        key="police",
    )


def of_two(series: str, name: str, block: Block) -> Section:
    """One of two sections of the same shape."""
    return Section(f"{series}: {name}", (block,), 2, one_of=OneOf(series, "Agency", name))


def ratings(green: int, amber: int) -> Table:
    rows = (
        (Cell("1 Leadership"), counted(green, amber, 0), Cell("2 higher of 7")),
        (Cell("=2 Listening"), counted(0, 1, 2), Cell("Not comparable")),
    )
    columns = (Column("Standard", width=4), Column("Self-assessment", Of.RATINGS), Column("Since 2026"))
    return Table("Ratings by standard, of each", columns, rows, sheet="Ratings", note="Of 60 criteria.")


def two() -> tuple[Section, ...]:
    """Two agencies: what each rated, what it is asked, and a form to record on."""
    police, health = "Mallow Police", "=Mallow Health"
    gap = Finding("2.3", "No lead", RED, ("@late",))
    form = Sheet("What came of it", (("What was answered", 6), ("Rating agreed", 1)))
    return (
        Section("Agency by agency", (Paragraph("In the order of the agenda."),), starts_page=True),
        of_two("Profile", police, Beside((Facts((("Kind", "Police"), ("Signed by", "+A. Okonjo"))),), ())),
        of_two(
            "Profile",
            health,
            Facts((("Kind", "Health"), ("Session", "10:00"))),
        ),
        of_two("Rated", police, ratings(5, 2)),
        of_two("Rated", health, ratings(1, 3)),
        of_two("Picked", police, Findings("Gaps", (gap,), "", "and 2")),
        of_two("Picked", health, Findings("Gaps", (), "No gap.")),
        of_two("Asked", police, Question("1", "What do you say to 2.3?", "Rated lower", asked_by="Fire")),
        of_two("Asked", health, Paragraph("No line of enquiry is prepared.")),
        of_two("Recorded", police, form),
        of_two("Recorded", health, form),
    )


def everything() -> Document:
    """The whole paper."""
    return Document(
        title="Challenge day pack",
        subtitle="Section 11, 2027 & after",
        partnership="Mallowshire “Safeguarding” Partnership",
        facts=(
            ("Held on", "31 March 2027, 09:30"),
            ("Place", "Cotterby Hall, room <2>"),
            ("Returns", "13 of 14 are in"),
        ),
        notice="For the partners of Mallowshire only. Do not copy it on or leave it behind.",
        built="Built on 27 March 2027 at 16:04 by P. Quill, from state 4f2a.",
        sections=(
            Section(
                "How to read this pack",
                (
                    Paragraph("A lead that says what matters most.", Tone.LEAD),
                    Paragraph("Two lines\nof one paragraph, with a tab\there and a bell\x07."),
                    Paragraph("Said quietly.", Tone.QUIET),
                    Paragraph("Said strongly.", Tone.STRONG),
                    Paragraph("#panic(1) *bold* $x$ <b>&amp;</b> {{ 7*7 }} \\n ✓ 🙂 שלום עולם"),
                    Paragraph(LONG_TEXT),
                    Bullets(
                        ("Not applicable is left out.", '=HYPERLINK("http://evil.example")', LONG_WORD * 2)
                    ),
                    Bullets(("First this.", "Then that."), numbered=True),
                    Bullets(("Counted anew.",), numbered=True),
                    Table(
                        "Nothing in it", (Column("When"), Column("Who")), (), empty="No session is planned."
                    ),
                    Facts(()),
                    Bullets(()),
                ),
                starts_page=True,
            ),
            Section("Empty section"),
            Section(
                "Agenda",
                (
                    Table(
                        "Sixty sessions",
                        (Column("Time", width=1), Column("Presents", width=3), Column("Remarks", width=4)),
                        tuple(
                            (
                                Cell(f"Slot {n:02}"),
                                Cell(f"Presenter {n}", strong=n % 7 == 0),
                                Cell("=1+1" if n % 9 else LONG_TEXT[: 40 + 9 * n]),
                            )
                            for n in range(1, 61)
                        ),
                    ),
                ),
                level=2,
            ),
            Section("All organisations", (matrix(14, 10),), starts_page=True),
            Section("Very wide", (matrix(6, 26),), level=2),
            Section(
                "Charts",
                (
                    Chart(
                        "Ratings by organisation",
                        "Organisation 1 stands at 3 of 6.",
                        LEVELS,
                        tuple(Bar(f"Organisation {n}", (n % 4, 2, n % 3, n % 2)) for n in range(1, 15)),
                    ),
                    Trend(
                        "Share at the best level over the years",
                        "It rose from 40 % to 61 %.",
                        ("2024", "2025", "2026", "2027"),
                        (
                            Line("Police", (40.0, 45.5, None, 61.2), "The scale changed in 2026."),
                            Line("Health", (55.0, 54.0, 58.0, 60.0)),
                        ),
                    ),
                    Chart("No bars at all", "Nothing was asked.", LEVELS, ()),
                ),
                starts_page=True,
            ),
            Section("Organisation by organisation", (), starts_page=True),
            profile(),
            Section(
                "Lines of enquiry: Harrowmere",
                (
                    Question(
                        "1",
                        "Who speaks to the child?",
                        "The only amber among peers",
                        "2.1 Listening",
                        "Cotterby Council",
                        5,
                    ),
                    Question("2", LONG_TEXT[:400], lines=3),
                ),
                level=3,
                starts_page=True,
            ),
            Section(
                "Record of the session",
                (
                    Sheet(
                        "Record",
                        (("Present", 1), ("What was asked", 3), ("Rating agreed", 1), ("By when", 1)),
                        3,
                    ),
                ),
                level=3,
                starts_page=True,
            ),
            *two(),
        ),
        file_stem="mallowshire-pack",
    )
