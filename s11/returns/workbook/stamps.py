"""The stamp in the column Version: from which state of an answer a row of a workbook was written.

"4" is the version of an answer. "4; deadline 2.5f3a9c" also says it of a field beside it, with a short print
of what the field held: fields keep no earlier versions, so the print tells whether a cell was touched.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PRINT_LENGTH = 6
OF_ANSWER = re.compile(r"\d{1,9}")
OF_FIELD = re.compile(rf"(\S+) (\d{{1,9}})\.([0-9a-f]{{{PRINT_LENGTH}}})")


@dataclass(frozen=True)
class FieldStamp:
    """The version of a field's entry (0: none), and a print of what it held."""

    version: int
    print: str


@dataclass(frozen=True)
class Stamp:
    """What a row says of its beginnings. `version` is None where it does not say."""

    version: int | None = None
    fields: Mapping[str, FieldStamp] = field(default_factory=dict)


def print_of(value: Any) -> str:
    """A few letters by which a value is known again."""
    packed = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8", "replace")).hexdigest()[:PRINT_LENGTH]


def written(version: int | None, fields: Mapping[str, FieldStamp]) -> str:
    """The stamp as it stands in its cell."""
    parts = [] if version is None else [str(version)]
    parts += [f"{code} {stamp.version}.{stamp.print}" for code, stamp in fields.items()]
    return "; ".join(parts)


def read(text: str) -> Stamp:
    """What a cell says. What cannot be read is not known, and is then never taken for agreed."""
    version, fields = None, {}
    for part in (one.strip() for one in text.split(";")):
        if OF_ANSWER.fullmatch(part):
            version = int(part)
        elif found := OF_FIELD.fullmatch(part):
            fields[found[1]] = FieldStamp(int(found[2]), found[3])
    return Stamp(version, fields)
