"""Beside others who are not named: A, B, C in an order that tells nothing, and nothing of small groups.

A peer's cell is one share and no more: how much somebody was asked, what they left out and what did not
apply to them would say who they are. A standard that fewer peers were rated on than a group may be small
is not shown for any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app

from s11.challenge.ratings import CriterionRating
from s11.core.shares import share
from s11.packs import rules
from s11.packs.contents import shown
from s11.packs.contents.material import Material
from s11.packs.document import Cell, Column, Of, Paragraph, Section, Table, Tone
from s11.questionnaires.rules import StandardContent
from s11.returns.queries import Submitted

# Best and counted.
Figures = tuple[int, int]
ALL = ""


@dataclass(frozen=True)
class Peers:
    """The figures of each peer by key of the standard, under a letter; the empty key is everything."""

    figures: Mapping[str, Mapping[str, Figures]]
    standards: tuple[StandardContent, ...]  # those enough of them were rated on

    @property
    def count(self) -> int:
        return len(self.figures)

    def shares(self, key: str) -> list[float]:
        """What they reach in a standard, in percent; nobody of whom nothing counts there."""
        found = (figures.get(key, (0, 0)) for figures in self.figures.values())
        return [100 * best / counted for best, counted in found if counted]


def peers_of(material: Material, one: Submitted | None) -> Peers | None:
    """The others that are in, or all where it is nobody's pack; None where they are too few to be shown."""
    others = [peer for peer in material.everybody if one is None or peer.return_id != one.return_id]
    fewest = material.cycle.partnership.small_group
    if len(others) < fewest:
        return None
    within = f"{material.cycle.ref}|{one.ref if one else ''}"
    order = rules.in_no_order(
        [peer.ref for peer in others], within=within, secret=str(current_app.config["SECRET_KEY"])
    )
    by_ref = {peer.ref: peer for peer in others}
    figures = {
        letter: figures_of(material.ratings[by_ref[ref].return_id])
        for letter, ref in zip(rules.letters(len(order)), order, strict=True)
    }
    enough = tuple(
        standard
        for standard in material.edition.asked_standards
        if sum(bool(found.get(standard.key, (0, 0))[1]) for found in figures.values()) >= fewest
    )
    return Peers(figures, enough)


def figures_of(ratings: Sequence[CriterionRating]) -> dict[str, Figures]:
    """Best and counted in each standard and in all, of own ratings: moderation is each one's own affair."""
    found: dict[str, Figures] = {}
    for rating in ratings:
        counts = bool(rating.own.level and rating.own.level.counts)
        for key in (rating.standard_key, ALL):
            best, counted = found.get(key, (0, 0))
            found[key] = (best + rating.own.best, counted + counts)
    return found


def too_few(material: Material) -> Paragraph:
    fewest = material.cycle.partnership.small_group
    return Paragraph(
        f"Fewer than {fewest} other returns are in, so nothing is said of others: in a small group a figure "
        "would say whose it is."
    )


def position_section(material: Material, one: Submitted) -> Section:
    """Where an organisation stands among the others, and the others under letters."""
    title = "Where you stand"
    peers = peers_of(material, one)
    if peers is None:
        return Section(title, (too_few(material),), starts_page=True, key="peers")
    return Section(
        title,
        (
            Paragraph(
                f"Your own ratings beside those of {peers.count} others that are in. They are not named, "
                "and their order says nothing.",
                Tone.LEAD,
            ),
            position_table(material, one, peers),
            letters_table(material, peers, figures_of(material.ratings[one.return_id])),
        ),
        starts_page=True,
        key="peers",
    )


def position_table(material: Material, one: Submitted, peers: Peers) -> Table:
    mine = figures_of(material.ratings[one.return_id])
    keys = [(standard.key, f"{standard.number} {standard.title}") for standard in peers.standards]
    rows = tuple(
        _position(label, mine.get(key, (0, 0)), peers.shares(key))
        for key, label in [*keys, (ALL, "Everything")]
    )
    columns = (
        Column(material.word("standard"), width=4),
        Column("You", Of.SHARE, 1.2),
        Column("Lowest", Of.SHARE, 1.2),
        Column("Middle", Of.SHARE, 1.2),
        Column("Highest", Of.SHARE, 1.2),
        Column("Others", Of.NUMBER, 1, "Others rated on it"),
    )
    return Table(
        "Share of own ratings at the best level: you and the others",
        columns,
        rows,
        sheet="Where you stand",
        note=left_out(material, peers),
    )


def _position(label: str, mine: Figures, others: Sequence[float]) -> tuple[Cell, ...]:
    spread = (min(others), rules.middle(others), max(others)) if others else (None, None, None)
    return (
        Cell(label, strong=True),
        shown.percent_cell(*mine),
        *(_whole(value) for value in spread),
        shown.number_cell(len(others)),
    )


def _whole(value: float | None) -> Cell:
    """A peer's share, in whole percent: one decimal would tell how many criteria it is taken of."""
    if value is None:
        return Cell(shown.NOTHING)
    rounded = int(value + 0.5)
    return Cell(f"{rounded} %", number=float(rounded))


def letters_table(material: Material, peers: Peers, mine: Mapping[str, Figures] | None = None) -> Table:
    """Peers by standard: one share a cell."""
    keys = [*(standard.key for standard in peers.standards), ALL]
    columns = [Column("Who", width=1.2)]
    columns += [
        Column(standard.number, Of.SHARE, 1, f"{standard.number} {standard.title}")
        for standard in peers.standards
    ]
    columns.append(Column("All", Of.SHARE, 1))
    rows = []
    if mine is not None:
        rows.append((Cell("You", strong=True), *(shown.percent_cell(*mine.get(key, (0, 0))) for key in keys)))
    for letter, figures in peers.figures.items():
        rows.append((Cell(letter, strong=True), *(_of_peer(figures.get(key, (0, 0))) for key in keys)))
    return Table(
        f"Share of own ratings at the best level by {material.word('standard').lower()}",
        tuple(columns),
        tuple(rows),
        sheet="Others",
        wide=True,
        note="A dash: not asked, not applicable, or left blank.",
    )


def _of_peer(figures: Figures) -> Cell:
    best, counted = figures
    return _whole(100 * best / counted) if counted else Cell(shown.NOTHING)


def left_out(material: Material, peers: Peers) -> str:
    known = {standard.key for standard in peers.standards}
    numbers = [one.number for one in material.edition.asked_standards if one.key not in known]
    fewest = material.cycle.partnership.small_group
    said = f"Not shown, because fewer than {fewest} others were rated on it: {', '.join(numbers)}."
    return said if numbers else ""


def all_section(material: Material) -> Section:
    """Everybody that is in, under letters: for all partners, where nobody is to be named."""
    title = f"By {material.word('standard').lower()}, not named"
    peers = peers_of(material, None)
    if peers is None:
        return Section(title, (too_few(material),), starts_page=True, key="peers")
    words = f"{peers.count} returns are in. They are not named, and their order says nothing."
    return Section(
        title,
        (Paragraph(words, Tone.LEAD), spread_table(material, peers), letters_table(material, peers)),
        starts_page=True,
        key="peers",
    )


def spread_table(material: Material, peers: Peers) -> Table:
    """Each standard over everybody: together, and from the lowest to the highest."""
    rows = []
    for key, label in [
        *((one.key, f"{one.number} {one.title}") for one in peers.standards),
        (ALL, "Everything"),
    ]:
        found = [figures.get(key, (0, 0)) for figures in peers.figures.values()]
        best, counted = sum(one[0] for one in found), sum(one[1] for one in found)
        shares = peers.shares(key)
        together = Cell(share(best, counted), number=100 * best / counted if counted else None)
        spread = (min(shares), rules.middle(shares), max(shares)) if shares else (None, None, None)
        rows.append(
            (
                Cell(label, strong=True),
                together,
                *(_whole(value) for value in spread),
                shown.number_cell(len(shares)),
            )
        )
    columns = (
        Column(material.word("standard"), width=4),
        Column("Together", Of.SHARE, 1.2),
        Column("Lowest", Of.SHARE, 1.2),
        Column("Middle", Of.SHARE, 1.2),
        Column("Highest", Of.SHARE, 1.2),
        Column("Rated", Of.NUMBER, 1, "Rated on it"),
    )
    return Table(
        "Share of own ratings at the best level",
        columns,
        tuple(rows),
        sheet="Together",
        note=left_out(material, peers),
    )
