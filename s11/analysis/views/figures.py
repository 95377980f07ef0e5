"""The figures a page is made of: read for whoever asks, narrowed to what the address asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, request
from flask_login import current_user

from s11.analysis import queries
from s11.analysis.lazy import frames, pages
from s11.analysis.narrowing import FILTERS, Asked, filter_label
from s11.analysis.rules import Basis, counting_rules, levels_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.moderation import permissions as moderation
from s11.questionnaires.rules import EditionContent, LevelContent
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.rules import RETURNED, Stage

if TYPE_CHECKING:
    import pandas as pd

HIDDEN_RULE = (
    "Moderated ratings of {names} are left out for you: you belong to them, or rate them yourself and have "
    "not finished."
)


@dataclass(frozen=True)
class Figures:
    """The ratings of a cycle as one person may see them, a table for each basis asked for. `hidden`: whose
    moderated ratings are left out of them, by name. `narrowed`: only some organisations are in them."""

    cycle: Cycle
    edition: EditionContent
    levels: tuple[LevelContent, ...]
    tables: "dict[Basis, pd.DataFrame]"
    # All who are in, of whom `tables` may hold some only.
    everybody: "pd.DataFrame"
    hidden: tuple[str, ...] = ()
    narrowed: str = ""

    @property
    def own(self) -> "pd.DataFrame":
        return self.tables[Basis.SELF]

    @property
    def moderated(self) -> "pd.DataFrame":
        return self.tables[Basis.MODERATED]

    @property
    def first(self) -> "pd.DataFrame":
        return next(iter(self.tables.values()))

    def filters(self, asked: Asked) -> list[dict[str, object]]:
        """What organisations can be narrowed by: the values of all who are in, whoever is shown now."""
        return [
            {
                "name": name,
                "label": FILTERS[name],
                "choices": [("", "All"), *((value, filter_label(name, value)) for value in values)],
                "chosen": getattr(asked, name),
            }
            for name, values in pages.choices(self.everybody).items()
        ]

    def rules(self, *more: str) -> list[str]:
        """How it is counted, in sentences: of whom, and on the bases at hand."""
        said = [*counting_rules(self.edition, *self.tables), *more]
        if self.hidden:
            said.insert(0, HIDDEN_RULE.format(names=", ".join(self.hidden)))
        return [self.narrowed, *said] if self.narrowed else said


def figures_of(cycle: Cycle, *bases: Basis, asked: Asked | None = None) -> Figures:
    """The figures of a cycle, both bases if none is named; of the organisations an address asks for."""
    edition = cycles.content_of(cycle)
    tables = frames.tables(cycle, *bases)
    hidden = hidden_of(cycle) if Basis.MODERATED in tables else []
    if hidden:
        left = [return_.id for return_ in hidden]
        tables[Basis.MODERATED] = pages.without(tables[Basis.MODERATED], left)
    narrowed, everybody = "", next(iter(tables.values()))
    if asked is not None and asked.filters:
        tables = {basis: pages.only_of(table, asked.filters) for basis, table in tables.items()}
        shown = next(iter(tables.values()))["return_ref"].nunique()
        narrowed = narrowed_words(asked, shown, everybody["return_ref"].nunique())
    names = tuple(return_.organisation.name for return_ in hidden)
    return Figures(cycle, edition, levels_of(edition), tables, everybody, names, narrowed)


def hidden_of(cycle: Cycle) -> list[Return]:
    """The returns whose moderated ratings whoever asks may not see."""
    person = current_user._get_current_object()
    return [
        return_
        for return_ in queries.perhaps_hidden(cycle.id, person)
        if not moderation.can_see_moderation(person, return_)
    ]


def narrowed_words(asked: Asked, shown: int, whole: int) -> str:
    """Of whom the figures are, where they are not of everybody."""
    words = "; ".join(
        f"{FILTERS[name].lower()}: {filter_label(name, value)}" for name, value in asked.filters.items()
    )
    return f"Only {shown} of the {whole} organisations that are in are counted here ({words})."


def asked_of() -> Asked:
    return Asked.read(request.args)


def siblings(cycle: Cycle) -> list[Cycle]:
    """The cycles of the same questionnaire that whoever asks may see, oldest first."""
    seen = {one.id for one in cycles.visible_to(current_user)}
    return [one for one in queries.years(cycle) if one.id in seen]


def return_of(cycle: Cycle, ref: str) -> Return:
    """A return of this cycle that is in; nothing else exists for these pages."""
    return_ = returns.by_ref(ref)
    if return_ is None or return_.cycle_id != cycle.id or Stage(return_.stage) not in RETURNED:
        abort(404)
    return return_


def known(refs: Iterable[str], among: Sequence[str]) -> list[str]:
    """Those of some refs that are there, each once, in their order."""
    there = set(among)
    return [ref for ref in dict.fromkeys(refs) if ref in there]
