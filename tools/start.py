"""Set up, run and test the platform on a machine that has Python 3.11 or newer and nothing else.

    python3 tools/start.py run       set up, load the questionnaires and the demonstration, and serve
    python3 tools/start.py serve     set up, bring the database up to date, and serve: for a real service
    python3 tools/start.py people    print every demonstration person that can sign in
    python3 tools/start.py test      run the tests; words after it go to pytest
    python3 tools/start.py lint      check the code's style
    python3 tools/start.py types     check the code's types
    python3 tools/start.py setup     only set up: Python packages for tests and run time, front-end files
    python3 tools/start.py assets    only bring in the front-end files
    python3 tools/start.py lock      write the Python lock files anew, with today's versions

The Makefile has the same names. On Windows: `py tools\\start.py run`. Standard library only.

Environment read here:
    S11_HOST        the address to serve on; 127.0.0.1 unless set
    S11_PORT        the port to serve on; 8011 unless set
    S11_WORKERS     how many server processes, of 8 threads each; 1 unless set (not on Windows)
    S11_CHROMIUM    the browser for the browser journeys; looked for unless set
    PATH            where newer Pythons, Node.js and Chromium are looked for
Every other setting is the application's own: see s11/core/config.py.
"""

from __future__ import annotations

import os
import sys

OLDEST = (3, 11)


def use_a_new_enough_python() -> None:
    """Start again under the newest Python found, if this one is too old for the platform."""
    if sys.version_info >= OLDEST:
        return
    import shutil
    import subprocess

    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found and subprocess.call([found, "-c", "import venv"], stderr=subprocess.DEVNULL) == 0:
            sys.exit(subprocess.call([found, *sys.argv]))
    version = "%d.%d" % sys.version_info[:2]
    sys.exit(
        "This is Python %s; the platform needs Python 3.11 or newer. Install it, then run this again."
        % version
    )


use_a_new_enough_python()

import errno
import json
import shutil
import socket
import subprocess
from pathlib import Path

from quiet import ROOT, fingerprint, run_quietly, stamped

WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
UNFINISHED = VENV / "s11-unfinished"
RUN_TIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
CHECKED = ["s11", "tests", "tools", "seeds", "bench", "wsgi.py"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
PEOPLE_SHOWN = 16
THREADS = 8

# How the tests share out the processors: whole files to at most four processes. `ARGS=-n0` runs them in one.
PARALLEL = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
    """Do what the first word says."""
    os.chdir(ROOT)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if word not in COMMANDS:
        print(__doc__.split("The Makefile")[0].strip())
        return 0 if word in ("help", "-h", "--help") else 2
    return COMMANDS[word](rest)


# The commands.


def run(_: list[str]) -> int:
    """Everything for a first look, and for the second."""
    host, port = address()
    set_up(RUN_TIME)
    assets()
    migrate()
    load_questionnaires()
    print("Preparing the demonstration...")
    people = demonstration_people()
    announce(host, port)
    print_people(people, PEOPLE_SHOWN)
    print("\nPress Ctrl-C to stop.")
    return serve_on(host, port)


def serve(_: list[str]) -> int:
    """A real service: nothing is loaded that was not asked for."""
    host, port = address()
    set_up(RUN_TIME)
    assets()
    migrate()
    announce(host, port)
    return serve_on(host, port)


def people(_: list[str]) -> int:
    """The whole table that `run` shows the head of."""
    set_up(RUN_TIME)
    migrate()
    load_questionnaires()
    print_people(demonstration_people(), None)
    return 0


def test(rest: list[str]) -> int:
    """The tests, with a browser where one can be had."""
    set_up(RUN_TIME, DEVELOPMENT)
    assets()
    settings = {}
    chromium = browser()
    if chromium:
        settings["S11_CHROMIUM"] = chromium
    return python("-m", "pytest", *PARALLEL, *rest, settings=settings)


def lint(_: list[str]) -> int:
    """Style and formatting, as CI asks for them."""
    set_up(RUN_TIME, DEVELOPMENT)
    paths = [path for path in CHECKED if (ROOT / path).exists()]
    wrong = python("-m", "ruff", "check", *paths)
    return python("-m", "ruff", "format", "--check", *paths) or wrong


def types(_: list[str]) -> int:
    """The types of the application."""
    set_up(RUN_TIME, DEVELOPMENT)
    return python("-m", "mypy")


def setup(_: list[str]) -> int:
    """All that `run` and `test` set up, ahead of time."""
    set_up(RUN_TIME, DEVELOPMENT)
    assets()
    return 0


def only_assets(_: list[str]) -> int:
    """The front-end files alone."""
    set_up(RUN_TIME)
    assets()
    return 0


def lock(_: list[str]) -> int:
    """The three lock files of Python packages, with today's versions."""
    set_up(RUN_TIME, DEVELOPMENT)
    locker = VENV / "s11-locker"
    log = VENV / "s11-locker.log"
    install = [
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--target",
        str(locker),
        "--upgrade",
        "uv",
    ]
    run_quietly([str(PYTHON), *install], log, "The tool that writes lock files could not be installed.")
    uv = shutil.which("uv", path=str(locker / "bin"))
    if not uv:
        sys.exit("The tool that writes lock files was installed but is not where it should be.")
    flags = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-strip-extras",  # pip takes `name[extra]` for another package than a pinned `name`
        "--no-annotate",
        "--no-header",
        "-q",
    ]
    for source in ("requirements.in", "requirements-dev.in", "tools/node-requirements.in"):
        target = str(Path(source).with_suffix(".txt"))
        command = [uv, "pip", "compile", "--no-config", *flags, "--upgrade", source, "-o", target]
        if subprocess.run(command, cwd=ROOT).returncode:
            return 1
    print("Written. Run the tests, then commit the lock files. (Front-end versions: see package.json.)")
    return 0


# The Python packages.


def set_up(*requirements: str) -> None:
    """Make .venv hold these requirements, doing nothing where it already does."""
    if UNFINISHED.exists() or not venv_answers():
        make_venv()
    for name in requirements:
        install(name)


def venv_answers() -> bool:
    """Whether .venv has a Python, new enough, with pip: not so after an interrupted set-up or an upgrade."""
    if not PYTHON.is_file():
        return False
    code = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(PYTHON), "-c", code], capture_output=True).returncode == 0


def make_venv() -> None:
    """A new .venv, in place of whatever is there."""
    print("Making .venv...")
    if VENV.exists():
        shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode == 0:
        return
    words = made.stdout + made.stderr
    shutil.rmtree(VENV, ignore_errors=True)
    if "ensurepip" in words or "No module named venv" in words:
        sys.exit("Python's venv module is missing here. On Debian or Ubuntu: apt-get install python3-venv")
    sys.exit(f"The folder .venv could not be made:\n{words.strip()}")


def install(name: str) -> None:
    """One requirements file, by hash; a mark left behind tells a later run that this one was cut short."""
    stamp = VENV / f"s11-{name}.stamp"
    value = fingerprint([ROOT / name], venv_version())
    if stamped(stamp, value):
        return
    print(f"Installing the Python packages of {name} (about a minute the first time)...")
    UNFINISHED.touch()
    stamp.unlink(missing_ok=True)
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        name,
    ]
    log = VENV / f"s11-{name}.log"
    run_quietly(command, log, "The Python packages could not be installed.")
    stamp.write_text(value, encoding="utf-8")
    UNFINISHED.unlink()


def venv_version() -> str:
    """The version line that venv wrote about itself."""
    lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line.startswith("version")), "")


def assets() -> None:
    """The front-end files, by the script that knows them."""
    code = python("tools/assets.py")
    if code:
        sys.exit(code)


# The application.


def python(*arguments: str, settings: dict[str, str] | None = None) -> int:
    """Run the Python of .venv in the repository, and give back its exit code."""
    child = subprocess.Popen([str(PYTHON), *arguments], cwd=ROOT, env=environment(settings))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the child has had the same Ctrl-C: let it finish in its own way
            continue


def environment(settings: dict[str, str] | None = None) -> dict[str, str]:
    """What children of this script see."""
    return {**os.environ, "FLASK_APP": "wsgi.py", "PYTHONUTF8": "1", **(settings or {})}


def flask(*arguments: str) -> None:
    """A command of the application, which must succeed."""
    if python("-m", "flask", *arguments):
        sys.exit(f"`flask {' '.join(arguments[:2])}` failed; its own words are above.")


def migrate() -> None:
    """The database at its newest shape."""
    print("Bringing the database up to date...")
    flask("db", "upgrade")


def load_questionnaires() -> None:
    """Every questionnaire that comes with the platform, in one command."""
    files = sorted(ROOT.glob("seeds/questionnaires/*.yaml"))
    if files:
        print("Loading the questionnaires...")
        flask("questionnaires", "load", *(str(file.relative_to(ROOT)) for file in files))


def demonstration_people() -> list[dict[str, str]]:
    """Seed the demonstration, which is safe to repeat, and read who can sign in to it."""
    command = [str(PYTHON), "-m", "flask", "seed", "demo", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        sys.exit("`flask seed demo` failed; its own words are above.")
    try:
        return json.loads(done.stdout)
    except ValueError:
        sys.exit(f"`flask seed demo --json` did not answer in JSON but with:\n{done.stdout[:500]}")


def print_people(people: list[dict[str, str]], most: int | None) -> None:
    """A table of who can sign in, and how to see those left out."""
    columns = ["address", "password", "role", "organisation"]
    rows = [[str(person.get(column, "")) for column in columns] for person in people[:most]]
    table = [["Sign in with", "Password", "Role", "Organisation"], *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(columns))]
    table.insert(1, ["-" * width for width in widths])
    print("Demonstration people (all invented):\n")
    for row in table:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if len(rows) < len(people):
        again = "py tools\\start.py people" if WINDOWS else "make people"
        print(f"\n  ... and {len(people) - len(rows)} more: {again}")


# The server.


def address() -> tuple[str, int]:
    """Where to serve, known to be free before any work is done."""
    host = os.environ.get("S11_HOST") or "127.0.0.1"
    text = os.environ.get("S11_PORT") or "8011"
    if not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"S11_PORT is {text!r}; it must be a number from 1 to 65535.")
    refuse_a_taken_port(host, int(text))
    return host, int(text)


def refuse_a_taken_port(host: str, port: int) -> None:
    """Stop with the name of the setting to change, rather than in the server's own words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            sys.exit(f"S11_HOST is {host!r}, which is not an address of this machine.")
        except PermissionError:
            sys.exit(f"Port {port} needs an administrator's rights: set S11_PORT to a number above 1023.")
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                sys.exit(f"S11_HOST is {host!r}, which is not an address of this machine.")
            sys.exit(
                f"Port {port} on {host} is in use by another program ({error.strerror}). "
                f"Set S11_PORT to another number, such as {port + 1}, and run again."
            )


def announce(host: str, port: int) -> None:
    """The address to open, before the server takes over the screen."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    print(f"\nThe service is at  http://{shown}:{port}/\n")


def serve_on(host: str, port: int) -> int:
    """Serve until Ctrl-C: gunicorn, which takes this process's place to hear its signals, or waitress."""
    refuse_a_taken_port(host, port)
    if WINDOWS:
        python(*waitress(host, port))
        print("\nStopped.")
        return 0
    command = [str(PYTHON), *gunicorn(host, port)]
    sys.stdout.flush()
    os.execve(command[0], command, environment())


def gunicorn(host: str, port: int) -> list[str]:
    """Threads, since answers wait mostly for the database; a second process where S11_WORKERS asks for it."""
    workers = os.environ.get("S11_WORKERS") or "1"
    if not workers.isdigit() or int(workers) < 1:
        sys.exit(f"S11_WORKERS is {workers!r}; it must be a number from 1 up.")
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    size = ["--worker-class", "gthread", "--workers", workers, "--threads", str(THREADS)]
    manner = ["--timeout", "120", "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"]
    return ["-m", "gunicorn", "--bind", bind, *size, *manner, "wsgi:app"]


def waitress(host: str, port: int) -> list[str]:
    """The same on Windows, where gunicorn does not run."""
    return ["-m", "waitress", "--host", host, "--port", str(port), "--threads", str(THREADS), "wsgi:app"]


# The browser for the tests.


def browser() -> str | None:
    """A browser that the journeys can drive, installed if need be and allowed; or a sentence, and none."""
    if not ready() and may_install_packages():
        install_chromium()
    if ready():
        return find_chromium()
    print(
        "No Chromium that Playwright can drive was found, so browser journeys will be reported as skipped. "
        "To run them: on Debian apt-get install chromium libatomic1; elsewhere install Chrome or Chromium, "
        "and set S11_CHROMIUM to its path if it is not found by itself."
    )
    return None


def ready() -> bool:
    """Whether there is a browser, and what drives it starts: on a bare Debian it lacks a library."""
    driver = [str(PYTHON), "-m", "playwright", "--version"]
    return bool(find_chromium()) and subprocess.run(driver, capture_output=True).returncode == 0


def find_chromium() -> str | None:
    """The browser of this machine, if it has one of those we know."""
    return os.environ.get("S11_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def install_chromium() -> None:
    """Debian's Chromium, a font for it, and the library that Playwright's own Node.js needs."""
    print("Installing Chromium for the browser journeys...")
    packages = ["chromium", "fonts-dejavu-core", "libatomic1"]
    steps = [["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]]
    quiet = environment({"DEBIAN_FRONTEND": "noninteractive"})
    log = VENV / "s11-chromium.log"
    with log.open("w", encoding="utf-8") as output:
        for step in steps:
            done = subprocess.run(
                ["apt-get", *step], env=quiet, stdout=output, stderr=output, stdin=subprocess.DEVNULL
            )
    if done.returncode:
        print(f"Debian did not install it: see .venv/{log.name}.")


def may_install_packages() -> bool:
    """Whether we are root on Debian or its like. Not Ubuntu: its chromium package fetches a snap."""
    if WINDOWS or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    release = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return ("ID=debian" in release or "ID_LIKE=debian" in release) and "ID=ubuntu" not in release


COMMANDS = {
    "run": run,
    "serve": serve,
    "people": people,
    "test": test,
    "lint": lint,
    "types": types,
    "setup": setup,
    "assets": only_assets,
    "lock": lock,
}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Running the same command again is safe.")
