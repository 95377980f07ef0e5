"""Run in a process of its own by `s11.packs.pdf`: sets pack.typ in a folder and prints its number of pages.

It imports nothing of ours, so that it starts in a tenth of a second.
"""

import json
import sys
from collections.abc import Container
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

NO_GLYPH = "\N{WHITE SQUARE}"


def main(folder: Path, fonts: Path) -> None:
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    with TTFont(fonts / "DejaVuSans.ttf", lazy=True) as font:
        known = font.getBestCmap()
    (folder / "data.json").write_text(json.dumps(printable_throughout(data, known)), encoding="utf-8")
    (folder / "long.json").write_text("[]", encoding="utf-8")
    compiler = compiler_of(folder, fonts)
    if long := what_is_long(compiler):
        (folder / "long.json").write_text(json.dumps(long), encoding="utf-8")
        compiler = compiler_of(folder, fonts)  # one that has not read the file yet
    compiler.compile(output=str(folder / "pack.pdf"), format="pdf", pdf_standards=["ua-1"])
    print(compiler.query("<pages>", field="value", one=True))


def compiler_of(folder: Path, fonts: Path) -> typst.Compiler:
    return typst.Compiler(
        str(folder / "pack.typ"), root=str(folder), font_paths=[str(fonts)], ignore_system_fonts=True
    )


def what_is_long(compiler: typst.Compiler) -> list[int]:
    """Which parts a template that says so finds a little longer than a page, and would set smaller.

    It is set once to find out. typst keeps what it has set, so that the rest costs little the second time;
    measuring every part beforehand costs more.
    """
    found = json.loads(compiler.query("<long>", field="value"))
    return found[0] if found else []


def printable_throughout(value: Any, known: Container[int]) -> Any:
    """The same lists and dictionaries, every text in them printable."""
    if isinstance(value, str):
        return printable(value, known)
    if isinstance(value, list):
        return [printable_throughout(one, known) for one in value]
    if isinstance(value, dict):
        return {name: printable_throughout(one, known) for name, one in value.items()}
    return value


def printable(text: str, known: Container[int]) -> str:
    """Text with □ for every character the font does not have: an emoji must not stop the pack.

    typst refuses a PDF/UA document in which a character could not be shown.
    """
    kept = (" " if char in "\r\t" else char for char in text if char in "\r\t\n " or char.isprintable())
    return "".join(char if char == "\n" or ord(char) in known else NO_GLYPH for char in kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
