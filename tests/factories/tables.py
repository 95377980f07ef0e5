"""Tables as Boards have them, in words of our own: what is pasted from Word and Excel."""

PLAIN = """\
Number\tCriterion
1.1\tOne person leads on keeping children safe.
1.2\tStaff know who that person is.
2.1\tNew staff are checked before they begin.
1.10\tThe lead has time for it.
"""

# Seven columns with rows that head a standard, paragraphs and bullets in rows without a number.
SEVEN = "\n".join(
    "\t".join(row)
    for row in (
        (
            "Standard",
            "Link to Health Audit",
            "Evidence (list and reference all evidence)",
            "Areas for improvement",
            "Deadline (for completion of improvements)",
            "Self Assessment Score (0-3)",
            "Moderated Score (0-3)",
        ),
        ("KEY STANDARD 1: Who leads", "", "", "", "", "", ""),
        ("1.1 Who is the person who leads on safeguarding?", "1.1", "", "", "", "", ""),
        ("1.2 The agency takes part in the Board.", "1.2, 18.5", "", "", "", "", ""),
        ("Those who go there bring its messages back.", "", "", "", "", "", ""),
        ("1.3 There is a named person, whose role is to:", "1.3, 18.1", "", "", "", "", ""),
        ("- keep their knowledge fresh", "", "", "", "", "", ""),
        ("- speak with staff", "", "", "", "", "", ""),
        ("They have time for it.", "", "", "", "", "", ""),
        ("KEY STANDARD 2: How children are heard", "", "", "", "", "", ""),
        ("2.1 Children are asked.", "2.3 & 2.1", "", "", "", "", ""),
    )
)  # fmt: skip

# Parts, sub-headings, and a description of each rating; cells with lines of their own are in quotes.
DESCRIBED = "\n".join(
    "\t".join(row)
    for row in (
        ("REF", "ITEM", "RED", "AMBER", "GREEN", "RESOURCES"),
        ("Part 2a - How safeguarding is managed", "", "", "", "", ""),
        ("Those who lead", "", "", "", "", ""),
        (
            "2a.1",
            "Governors oversee it",
            "No governor is named",
            '"A governor is named\n• who is trained"',
            "And it is minuted",
            '"Guide one\nGuide two"',
        ),
        ("2a.2", "A senior leader leads", "They are junior", "They are senior", "They have authority", ""),
        ("How it is recorded", "", "", "", "", ""),
        (
            "2a.3",
            '"Records are ""good""\n\nFor early years, they are shared"',
            "None",
            "Some",
            "All",
            "Guide three",
        ),
        ("Part 2b - Children at risk", "", "", "", "", ""),
        ("2b.1", "Each child has a file", "No", "Some do", "All do", ""),
    )
)  # fmt: skip
