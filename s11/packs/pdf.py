"""PDF set by typst, in a process of its own.

In its own process, because typst keeps what it has set for next time and would hold several
hundred megabytes of a long-lived worker. Text travels as data and is never read as markup. The
document is tagged (PDF/UA-1): typst refuses to write it when a heading is skipped or a picture
has no words.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TYPESETTER = Path(__file__).with_name("typesetting.py")
SECONDS = 60


class NotSet(RuntimeError):
    """typst could not set a document; the message is typst's own."""


@dataclass(frozen=True)
class Document:
    """A PDF and how many pages it has."""

    content: bytes
    pages: int


def typeset(template: Path, data: dict[str, Any], drawings: Mapping[str, bytes] | None = None) -> Document:
    """A template filled with data, and with drawings by their file name. Raises NotSet."""
    with tempfile.TemporaryDirectory(prefix="s11-pack-") as folder:
        place = Path(folder)
        shutil.copyfile(template, place / "pack.typ")
        for name, drawing in (drawings or {}).items():
            (place / name).write_bytes(drawing)
        (place / "data.json").write_text(json.dumps(data), encoding="utf-8")
        command = [sys.executable, "-I", str(TYPESETTER), folder, str(font_folder())]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise NotSet(f"the document was not set within {SECONDS} seconds") from None
        if done.returncode != 0:
            raise NotSet(done.stderr[-2000:] or done.stdout[-2000:])
        return Document((place / "pack.pdf").read_bytes(), int(done.stdout.split()[-1]))


def font_folder() -> Path:
    """The folder of DejaVu, which comes with matplotlib; the text font comes with typst itself."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise NotSet("matplotlib, whose fonts the pack is set in, is not installed")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


def data_of(value: Any) -> Any:
    """Contents as the plain lists and dictionaries the template reads, with what they compute."""
    if is_dataclass(value):
        kind = type(value)
        computed = [name for name, part in vars(kind).items() if isinstance(part, property)]
        names = [*(field.name for field in fields(value)), *computed]
        return {name: data_of(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [data_of(one) for one in value]
    return value
