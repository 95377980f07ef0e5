"""The least a page of seven questions can cost: Flask, one query, 28 KB of HTML; and a save of one UPDATE.

What `bench/answering.py` sets our own page beside. It has no sign-in, no permissions, no trail, no versions.
"""

import hashlib
import os
import sqlite3
from pathlib import Path

from flask import Flask, g, render_template_string, request

PAGE = """<!doctype html><html lang="en"><head><title>Standard</title></head><body><h1>Standard 3</h1>
<form method="post">{% for row in rows %}<fieldset><legend>{{ row[0] }} {{ row[1] }}</legend>
{% for level in ("Green", "Amber", "Red", "Not applicable") %}<label><input type="radio"
name="r{{ row[0] }}" value="{{ level }}"{% if row[2] == level %} checked{% endif %}>
{{ level }} <span>{{ filler }}</span></label>{% endfor %}
<label>What lies behind it <textarea name="c{{ row[0] }}">{{ row[3] }}</textarea></label>
</fieldset>{% endfor %}<button>Save</button></form></body></html>"""
FILLER = "What this level looks like for an organisation of this kind, in the words of the Board. " * 7

app = Flask(__name__)


def database() -> sqlite3.Connection:
    if "database" not in g:
        g.database = sqlite3.connect(os.environ["MINIMAL_DATABASE"])
        g.database.execute("PRAGMA synchronous=FULL")
    return g.database


@app.teardown_appcontext
def close(_error: BaseException | None) -> None:
    if "database" in g:
        g.pop("database").close()


@app.get("/")
def show() -> str:
    rows = database().execute("SELECT number, text, rating, words FROM answer ORDER BY number").fetchall()
    return render_template_string(PAGE, rows=rows, filler=FILLER)


@app.post("/")
def save() -> dict[str, bool]:
    database().execute("UPDATE answer SET words = ? WHERE number = 1", (request.form["c1"],))
    database().commit()
    return {"saved": True}


@app.post("/upload")
def upload() -> dict[str, int]:
    """Keep a file: to the disk and forced to it, with its SHA-256, in a row."""
    digest, size = hashlib.sha256(), 0
    with Path(os.environ["MINIMAL_DATABASE"]).with_suffix(".upload").open("wb") as kept:
        while chunk := request.files["file"].stream.read(256 * 1024):
            digest.update(chunk)
            size += kept.write(chunk)
        os.fsync(kept.fileno())
    database().execute("UPDATE answer SET words = ? WHERE number = 2", (digest.hexdigest(),))
    database().commit()
    return {"size": size}


def prepare(path: str) -> None:
    """The table the page reads, with seven answers."""
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE answer (number INTEGER PRIMARY KEY, text TEXT, rating TEXT, words TEXT)")
        words = "We do this, we know that it works, and this is what is still missing. " * 5
        made.executemany(
            "INSERT INTO answer VALUES (?, ?, 'Green', ?)",
            [(number, f"Criterion {number} is met by the organisation.", words) for number in range(1, 8)],
        )
