"""Who could be asked, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from s11.organisations.models import Organisation
from s11.organisations.rules import KIND_LABELS, Kind
from s11.questionnaires.rules import EditionContent


@dataclass(frozen=True)
class AudienceGroup:
    """Organisations of one kind that could be asked, each with the number of criteria it would get."""

    kind: str
    label: str
    organisations: list[tuple[Organisation, int]]


def audience_groups(organisations: Sequence[Organisation], edition: EditionContent) -> list[AudienceGroup]:
    """Who could be asked, by kind in the order of the register's kinds."""
    groups = []
    for kind in Kind:
        members = [
            (o, sum(len(standard.criteria) for standard in edition.for_organisation(o.facts)))
            for o in organisations
            if o.kind == kind
        ]
        if members:
            groups.append(AudienceGroup(kind, KIND_LABELS[kind], members))
    return groups
