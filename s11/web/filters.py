"""How dates, numbers and sizes are written on every page."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

from s11.core import clock
from s11.core.shares import share

ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})


def day(value: date | datetime | None) -> str:
    """21 March 2027."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value)
    return f"{value.day} {value:%B %Y}"


def short_day(value: date | datetime | None) -> str:
    """21 Mar 2027."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value)
    return f"{value.day} {value:%b %Y}"


def time_of(value: datetime) -> str:
    """14:32."""
    return f"{clock.local(value):%H:%M}"


def moment(value: datetime | None) -> str:
    """21 March 2027 at 14:32, and whose time it is where it is not London's."""
    if value is None:
        return ""
    whose = clock.zone_words()
    return f"{day(value)} at {time_of(value)}{f' ({whose})' if whose else ''}"


def size(count: int) -> str:
    """1.4 MB."""
    if count < 1000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"


def percent(part: int, whole: int) -> str:
    """66 of 69 is 95.7 %; nothing of nothing is a dash, not a nought."""
    return share(part, whole)


def capital(words: str) -> str:
    """The Board can now read it: a capital in front, and every other letter as it was."""
    return words[:1].upper() + words[1:]


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 action, 2 actions."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@lru_cache(maxsize=4096)  # the words of a questionnaire are printed again and again
def paragraphs(text: str) -> Markup:
    """A small safe part of Markdown: paragraphs, lists, emphasis, links. HTML in it is shown as text."""
    html = _markdown.render(text or "")
    return Markup(nh3.clean(html, tags=ALLOWED, url_schemes={"http", "https", "mailto"}))


def twice(words: Sequence[str]) -> list[tuple[str, str]]:
    """Words to choose from, as pairs of what is posted and what is read."""
    return [(word, word) for word in words]


def parts_of_bar(segments: Sequence[tuple[str, str, str, int]]) -> Markup:
    """The parts of the bar of `components/rating.html`: a page may have thousands of them.

    Each is as long as its number says, or its percent where there are more than a hundred.
    """
    total = sum(count for *_, count in segments)
    return Markup(
        "".join(
            f'<i class="r-{escape(colour)} f{count if total <= 100 else max(1, round(100 * count / total))}">'
            f"{escape(letter)}</i>"
            for colour, letter, _, count in segments
            if count
        )
    )


FILTERS = {
    f.__name__: f
    for f in (
        day,
        short_day,
        time_of,
        moment,
        size,
        percent,
        capital,
        plural,
        paragraphs,
        twice,
        parts_of_bar,
    )
}


def init(app: Flask) -> None:
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(today=clock.today)
