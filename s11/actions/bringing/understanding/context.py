"""What stands above a table holds for its rows, and goes on holding until something else is said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from s11.actions.bringing.sections import Section, SectionKind, section_of

HEADED = (SectionKind.FINDING, SectionKind.RECOMMENDATION)


@dataclass(frozen=True)
class Heading:
    """A finding or recommendation that heads tables, with the words below it."""

    number: str
    text: str
    context: str = ""
    response: str = ""


@dataclass(frozen=True)
class Context:
    """What holds for a row by what stands above it; `anew` where its own table says of what finding it is."""

    theme: str = ""
    mechanism: str = ""
    finding: Heading | None = None
    recommendation: Heading | None = None
    anew: bool = False

    def below(self, lines: Iterable[str]) -> "Context":
        """What holds below these lines."""
        now = replace(self, anew=False)
        into = ""
        for line in lines:
            section = section_of(line)
            if section is None:
                now = now._saying(into, line)
                continue
            now = now._under(section)
            into = "context" if section.kind in HEADED else ""
            if section.kind == SectionKind.RESPONSE:
                into = "response" if now.anew else ""
                now = now._saying(into, section.text)
        return now

    def _under(self, section: Section) -> "Context":
        if section.kind == SectionKind.THEME:
            kept = self if section.continued else replace(self, finding=None, recommendation=None)
            return replace(kept, theme=section.text)
        if section.kind == SectionKind.MECHANISM:
            return replace(self, mechanism=section.mechanism)
        if section.kind == SectionKind.RESPONSE:
            return self
        part = "finding" if section.kind == SectionKind.FINDING else "recommendation"
        before: Heading | None = getattr(self, part)
        same = before is not None and before.number == section.number
        heading = before if same and not section.text else Heading(section.number, section.text)
        if before is not None and same and section.continued:
            heading = before
        changed = replace(self, anew=True, **{part: heading})
        return changed if part == "recommendation" else replace(changed, recommendation=None)

    def _saying(self, into: str, line: str) -> "Context":
        """The same with a line more below the heading that was said last."""
        part = "recommendation" if self.recommendation else "finding"
        heading: Heading | None = getattr(self, part)
        if not into or not line or heading is None:
            return self
        words = f"{getattr(heading, into)}\n{line}".strip()
        return replace(self, **{part: replace(heading, **{into: words})})
