"""What really happens when the service is started with settings it must not run with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IN_USE = {
    "S11_BASE_URL": "https://s11.northshire.gov.uk",
    "S11_PROXIES": "1",
    "S11_MAIL_SERVER": "mail.northshire.gov.uk",
}


def started(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, with these settings and no others of ours."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("S11_")}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**clean, "FLASK_APP": "wsgi.py", "S11_DATA": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"S11_HOST": "0.0.0.0"}, "set S11_BASE_URL to its public address"),
        ({**IN_USE, "S11_SECRET_KEY": "much too short"}, "S11_SECRET_KEY can be guessed"),
        ({**IN_USE, "S11_PROXIES": "0", "S11_FAST_PASSWORDS": "1"}, "S11_FAST_PASSWORDS"),
        ({"S11_PORT": "eighty"}, "S11_PORT cannot be read"),
    ],
)
def test_a_command_refuses_unsafe_settings_in_plain_words(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    done = started(tmp_path, "flask", "trail", "retention", **settings)
    assert done.returncode != 0 and says in done.stderr and "Traceback" not in done.stderr
    assert "much too short" not in done.stderr


def test_a_command_runs_with_safe_settings(tmp_path: Path) -> None:
    done = started(tmp_path, "flask", "db", "upgrade", **IN_USE)
    assert done.returncode == 0, done.stderr
    refused = started(tmp_path, "flask", "seed", "demo", **IN_USE)
    assert refused.returncode != 0 and "not loaded into a service that others can reach" in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows")
def test_the_server_gives_up_at_once_instead_of_trying_for_ever(tmp_path: Path) -> None:
    unsafe = {**IN_USE, "S11_MAIL_SERVER": ""}
    done = started(tmp_path, "gunicorn", "--bind", "127.0.0.1:0", "--no-control-socket", "wsgi:app", **unsafe)
    assert done.returncode != 0 and "S11_MAIL_SERVER is not set" in done.stderr
    assert "Traceback" not in done.stderr
