"""What a level needs, of everybody or of some: "evidence if ofsted_grade not in ('Good', 'Outstanding')".

Whether it is needed hangs on what an organisation is, never on what it answered: nobody who has rated
something finds afterwards that they owe evidence for it.
"""

IF = " if "


def divided(need: str) -> tuple[str, str]:
    """What is needed, and of whom: a condition, empty where it is of everybody."""
    what, _, condition = " ".join(need.split()).partition(IF)
    return what.strip(), condition.strip()
