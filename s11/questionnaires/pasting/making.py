"""The questionnaire that a table becomes: standards, criteria and fields as the file format has them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from s11.questionnaires.format.checks import complaints
from s11.questionnaires.format.faults import Place
from s11.questionnaires.format.shape import QuestionnaireFile
from s11.questionnaires.pasting import scales
from s11.questionnaires.pasting.marks import lines_of
from s11.questionnaires.pasting.understanding import Asked, Columns, Part, Understood
from s11.questionnaires.workbook.faults import in_cells, sentence_of

DECLARATION = "This is a fair and complete account of how we keep children safe."
NOT_APPLICABLE = "It could not arise in our work. Say why."
PLURALS = {"Category": "Categories"}
DATES = ("deadline", "date", "by when", "timescale")


@dataclass(frozen=True)
class Wanted:
    """How the questionnaire is called, and how it is rated."""

    code: str
    year: int
    title: str
    framework_code: str
    framework_title: str
    duty: str = ""
    scale: str = "rag"
    best_is_first: bool = False


@dataclass
class Made:
    """The questionnaire, or what keeps it from being one: where, and what to do. `numbered`: by us."""

    file: QuestionnaireFile | None
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make(understood: Understood, columns: Columns, titles: Sequence[str], wanted: Wanted) -> Made:
    """The questionnaire that was understood; `titles` are the headings of the columns."""
    making = _Making(columns, titles, wanted)
    data = making.data(understood.parts)
    made = Made(None, making.faults, making.notes(understood.parts))
    try:
        file = QuestionnaireFile.model_validate(data, by_name=False, by_alias=True)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            place = tuple(step for step in found["loc"] if step != "[key]")
            made.faults.append((making.where(place, data), sentence_of(found, place)))
    else:
        made.file = file.tidied()
    made.faults += [(making.where(place, data), in_cells(said)) for place, said in complaints(data)]
    made.faults = list(dict.fromkeys(made.faults))
    if made.faults:
        made.file = None
    return made


class _Making:
    def __init__(self, columns: Columns, titles: Sequence[str], wanted: Wanted) -> None:
        self.columns, self.titles, self.wanted = columns, titles, wanted
        self.faults: list[tuple[str, str]] = []
        self.rows: dict[tuple[int, int], int] = {}
        self.keys: list[str] = []
        self.standard_keys: list[str] = []
        described = [at for at, role in enumerate(columns.roles) if role == "level"]
        self.levels = self.scale_levels(described)
        self.level_at = {at: code for at in described if (code := self.level_of(at, described))}

    # The whole

    def data(self, parts: Sequence[Part]) -> dict[str, Any]:
        wanted = self.wanted
        numbers = [part.number for part in parts]
        return {
            "format": 1,
            "framework": {
                "code": wanted.framework_code,
                "title": wanted.framework_title,
                "duty": wanted.duty,
            },
            "edition": {"code": wanted.code, "year": wanted.year, "title": wanted.title},
            "labels": labels(parts),
            "declaration": DECLARATION,
            "sign_off": [{"step": "lead", "label": "Safeguarding lead"}],
            "scale": {"code": "rating", "title": "What the ratings mean", "levels": self.levels},
            "not_applicable": {"allowed": True, "meaning": NOT_APPLICABLE},
            "each_criterion": self.fields(),
            "standards": [self.standard(at, part, numbers) for at, part in enumerate(parts)],
        }

    def standard(self, at: int, part: Part, numbers: list[str]) -> dict[str, Any]:
        if not part.number:
            free = (str(n) for n in range(1, len(numbers) + 2) if str(n) not in numbers)
            numbers[at] = first_prefix(part, numbers) or next(free)
        number = numbers[at]
        title = part.title or (f"Standard {number}" if len(numbers) > 1 else self.wanted.title)
        key = scales.code_for(title, self.standard_keys, most=60)
        self.standard_keys.append(key)
        return {
            "number": number,
            "key": key,
            "title": " ".join(title.split()),
            "introduction": part.introduction,
            "criteria": [self.criterion(at, place, number, asked) for place, asked in enumerate(part.asked)],
        }

    def criterion(self, at: int, place: int, standard: str, asked: Asked) -> dict[str, Any]:
        self.rows[(at, place)] = asked.row
        text = self.words(asked, "text")
        key = scales.code_for(" ".join(text.split()[:8]), self.keys, most=60)
        self.keys.append(key)
        return {
            "number": asked.number or f"{standard}.{place + 1}",
            "key": key,
            "group": asked.group[:200],
            "text": text,
            "guidance": self.words(asked, "guidance"),
            "evidence": self.items(asked, "evidence"),
            "source": self.words(asked, "source"),
            "resources": self.items(asked, "resources"),
            "references": self.references(asked),
            "descriptors": {
                code: asked.words[at] for at, code in self.level_at.items() if asked.words.get(at)
            },
        }

    def words(self, asked: Asked, role: str) -> str:
        """The words of all columns of a role, as paragraphs."""
        held = [
            asked.words[at] for at, one in enumerate(self.columns.roles) if one == role and at in asked.words
        ]
        return "\n\n".join(held)

    def items(self, asked: Asked, role: str) -> list[str]:
        return list(dict.fromkeys(lines_of(self.words(asked, role))))

    def references(self, asked: Asked) -> list[str]:
        """Numbers of other tools, each with the name of the tool that the heading gives."""
        found = []
        for at, role in enumerate(self.columns.roles):
            if role == "references" and at in asked.words:
                tool = named_tool(self.titles[at])
                for said in asked.words[at].replace("&", ",").replace(";", ",").replace("\n", ",").split(","):
                    said = said.strip().removeprefix("- ")
                    if said:
                        found.append(f"{tool} {said}".strip() if said[0].isdigit() else said)
        return list(dict.fromkeys(found))

    # Scale and fields

    def scale_levels(self, described: Sequence[int]) -> list[dict[str, Any]]:
        if self.wanted.scale != scales.OF_COLUMNS:
            return scales.READY[self.wanted.scale]
        titles = [self.titles[at] for at in described]
        if len(titles) < 2:
            self.faults.append(
                ("Scale", "Say of at least two columns that they describe a rating, or choose another scale.")
            )
            return scales.READY["rag"]
        return scales.levels_of(titles, best_is_first=self.wanted.best_is_first)

    def level_of(self, at: int, described: Sequence[int]) -> str:
        """The level that a column describes."""
        if self.wanted.scale == scales.OF_COLUMNS:
            place = described.index(at)
            if len(described) < 2:
                return ""
            from_best = place if self.wanted.best_is_first else len(described) - 1 - place
            return str(self.levels[from_best]["code"])
        code = scales.code_of(self.wanted.scale, self.titles[at])
        if not code:
            self.faults.append(
                (
                    f"Column {at + 1}",
                    f"“{self.titles[at] or 'without a heading'}” is no level of the scale you chose. Choose "
                    "the scale of the headings of these columns, or leave this column out.",
                )
            )
        return code

    def fields(self) -> list[dict[str, Any]]:
        taken: list[str] = []
        found = []
        for at, role in enumerate(self.columns.roles):
            if role == "field":
                label = " ".join(self.titles[at].split())[:300] or f"Column {at + 1}"
                taken.append(scales.code_for(label, ["evidence", "action", "commentary", *taken]))
                is_date = any(word in label.lower() for word in DATES)
                found.append({"code": taken[-1], "label": label, "kind": "date" if is_date else "long_text"})
        return found

    # What is said about it

    def where(self, place: Place, data: dict[str, Any]) -> str:
        """The row of a criterion, as people find it in their table."""
        if place[:1] == ("standards",) and len(place) > 1:
            standard = data["standards"][place[1]]
            if len(place) > 3 and place[2] == "criteria":
                row = self.rows[(int(place[1]), int(place[3]))] + 1
                return f"Row {row}: {standard['criteria'][place[3]]['number']}"
            return f"Standard {standard['number']}"
        return {"edition": "Code, year and title", "framework": "Framework"}.get(
            str(place[0]) if place else "", ""
        )

    def notes(self, parts: Sequence[Part]) -> list[str]:
        """What somebody should know of how the table was read."""
        notes = []
        asked = [one for part in parts for one in part.asked]
        if unnumbered := sum(not one.number for one in asked):
            notes.append(f"{unnumbered} without a number in the table were numbered.")
        for at, role in enumerate(self.columns.roles):
            title = self.titles[at] or f"Column {at + 1}"
            if role == "field" and (filled := sum(bool(one.words.get(at)) for one in asked)):
                notes.append(
                    f"“{title}” is to be filled in by those who answer: what stands in {filled} of its cells "
                    "is not taken."
                )
        return notes


def labels(parts: Sequence[Part]) -> dict[str, str]:
    """What the table calls its parts, if it says so."""
    word = next((part.word for part in parts if part.word), "Standard")
    return {"standard": word, "standards": PLURALS.get(word, f"{word}s")}


def first_prefix(part: Part, taken: Sequence[str]) -> str:
    """The number that the criteria of a part have in common, if no other part has it."""
    prefix = part.asked[0].number.rpartition(".")[0]
    return prefix if prefix and prefix not in taken else ""


def named_tool(title: str) -> str:
    """The name of another tool in a heading: "Link to Health Audit" is about the health audit."""
    said = title.casefold()
    if "health" in said:
        return "Health audit"
    return ""
