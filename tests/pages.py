"""A test client that looks at every page it gets, as a careful reader would.

Every page has one h1, a title, a language; every id stands once; every field has a label;
every form that posts carries a token. A page that fails this fails the test that fetched it.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask, Response, session
from werkzeug.test import TestResponse

from s11.access import queries as access
from s11.access import sessions
from s11.access.permissions import needs_second_factor
from s11.core.database import unit_of_work
from s11.people import queries as people
from s11.people.models import Person

PASSWORD = "correct horse battery staple"
UNLABELLED = frozenset({"hidden", "submit", "button", "image", "reset"})
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)


@dataclass
class Form:
    """A form of a page: where it goes and what its fields hold."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def data(self, **changes: object) -> dict[str, object]:
        """The fields as a browser would send them, with some changed."""
        held: dict[str, list[str]] = {}
        for name, value in self.fields:
            held.setdefault(name, []).append(value)
        return {name: found if len(found) > 1 else found[0] for name, found in held.items()} | changes


class Page(HTMLParser):
    """A page, read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.h1 = self.titles = 0
        self.lang = ""
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.to_label: list[str] = []
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self._link: list[str] | None = None
        self._textarea: tuple[str, list[str]] | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attributes}
        self.words.append(" ")
        if "style" in a or any(name.startswith("on") for name in a):
            raise AssertionError(f"<{tag}> has inline style or script, which the browser refuses: {a}")
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "html":
            self.lang = a.get("lang", "")
        self.h1 += tag == "h1"
        self.titles += tag == "title" and "svg" not in self._inside
        if tag == "label" and a.get("for"):
            self.labelled.add(a["for"])
        if tag == "form":
            self.forms.append(Form(a.get("action", ""), a.get("method", "get").lower()))
        if tag in ("input", "select", "textarea"):
            self._field(tag, a)
        if tag == "option" and self._select and "selected" in a and self.forms:
            self.forms[-1].fields.append((self._select, a.get("value", "")))
        if tag == "a" and a.get("href"):
            self._link = []
            self.links.append((a["href"], ""))
        if tag not in VOID:
            self._inside.append(tag)

    def _field(self, tag: str, a: dict[str, str]) -> None:
        kind = a.get("type", "text") if tag == "input" else tag
        name = a.get("name", "")
        if kind not in UNLABELLED and "label" not in self._inside and "aria-label" not in a:
            self.to_label.append(a.get("id", f"(no id) {name}"))
        if not self.forms or not name:
            return
        if tag == "textarea":
            self._textarea = (name, [])
        elif tag == "select":
            self._select = name
        elif kind in ("checkbox", "radio"):
            if "checked" in a:
                self.forms[-1].fields.append((name, a.get("value", "on")))
        elif kind not in ("submit", "button", "file"):
            self.forms[-1].fields.append((name, a.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            name, text = self._textarea
            self.forms[-1].fields.append((name, "".join(text).removeprefix("\n")))
            self._textarea = None
        if tag == "select":
            self._select = ""
        if tag == "a" and self._link is not None:
            href, _ = self.links[-1]
            self.links[-1] = (href, " ".join("".join(self._link).split()))
            self._link = None
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._textarea[1].append(data)
        if self._link is not None:
            self._link.append(data)
        if "script" not in self._inside and "style" not in self._inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        """Every word of the page, white space folded."""
        return " ".join("".join(self.words).split())

    def form(self, action: str) -> Form:
        """The form whose action ends in this."""
        found = [form for form in self.forms if form.action.endswith(action)]
        assert found, f"no form to {action!r} among {[form.action for form in self.forms]}"
        return found[0]

    def href(self, words: str) -> str:
        """Where the link with these words leads."""
        found = [href for href, text in self.links if words in text]
        assert found, f"no link {words!r} among {[text for _, text in self.links]}"
        return found[0]

    def check(self, path: str) -> None:
        assert self.h1 == 1, f"{path} has {self.h1} main headings"
        assert self.titles == 1 and self.lang == "en-GB", f"{path} lacks a title or a language"
        twice = {name for name in self.ids if self.ids.count(name) > 1}
        assert not twice, f"{path} uses these ids more than once: {twice}"
        bare = [name for name in self.to_label if name not in self.labelled]
        assert not bare, f"{path} has fields without a label: {bare}"
        for form in self.forms:
            token = any(name == "csrf_token" for name, _ in form.fields)
            assert form.method != "post" or token, f"{path} posts to {form.action} without a token"


class Home:
    """The page somebody comes to by signing in, which is opened when a test looks at it."""

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser.page, name)


class Browser:
    """Somebody using the service: keeps a session, follows forms, and checks each page."""

    # Whether people sign in by the page for it, as they do wherever that is what a test is about.
    by_the_page = False

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self._page: Page | None = Page("<html></html>")
        self._response: TestResponse | None = None

    @property
    def page(self) -> Page:
        """The page in front of them; after signing in, their home."""
        return self._page if self._page is not None else self.open("/home")

    @page.setter
    def page(self, shown: Page) -> None:
        self._page = shown

    @property
    def response(self) -> TestResponse:
        """The last answer."""
        if self._page is None:
            self.open("/home")
        assert self._response is not None
        return self._response

    @response.setter
    def response(self, answer: TestResponse) -> None:
        self._page, self._response = self._page or Page("<html></html>"), answer

    def open(self, path: str, *, status: int = 200) -> Page:
        return self._took(self.client.get(path), path, status)

    def submit(self, action: str, *, status: int = 302, **fields: object) -> Page:
        """Send a form of the present page, with some fields changed, as a browser would.

        A redirect (302 stands for 303 too) is followed.
        """
        data = self.page.form(action).data(**fields)
        return self.post(self.page.form(action).action, data, status=status)

    def post(self, path: str, data: dict[str, object], *, status: int = 302) -> Page:
        response = self.client.post(path, data=data, headers={"Sec-Fetch-Site": "same-origin"})
        if status == 302 and response.status_code in (302, 303):
            return self.open(response.headers["Location"])
        return self._took(response, path, status)

    def _took(self, response: TestResponse, path: str, status: int) -> Page:
        self._response = response
        shown = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        assert response.status_code == status, f"{path} answered {response.status_code}: {words_of(shown)}"
        if shown and status not in (301, 302, 303):
            self._page = Page(shown)
            self._page.check(path)
        else:
            self._page = self._page or Page("<html></html>")
        return self._page

    def sign_in(self, email: str, password: str = PASSWORD) -> Page | Home:
        """Sign in. By the page it takes longer than most of what is tested after it, so that elsewhere
        their sign-in is begun as the page begins it."""
        if self.by_the_page or password != PASSWORD or not self._was_let_in(email):
            self.open("/sign-in")
            return self.submit("/sign-in", email=email, password=password)
        self._page = None
        return Home(self)

    def _was_let_in(self, email: str) -> bool:
        """Begin a sign-in, unless the page would ask for more than a password."""
        answer = Response()
        # The same browser and address as in the requests to come: the session is bound to them.
        with self.app.test_request_context("/sign-in", environ_base=self.client.environ_base):
            with unit_of_work():
                person = people.by_address(email)
                if person is None or not comes_in_at_once(person):
                    return False
                sessions.start(person, way="with a password")
            self.app.session_interface.save_session(self.app, session, answer)  # type: ignore[arg-type]
        name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
        self.client.set_cookie(name, value)
        return True

    def sign_out(self) -> Page:
        return self.submit("/sign-out")


def comes_in_at_once(person: Person) -> bool:
    """Whether the page asks them for no more than their password."""
    asked = needs_second_factor(person) or access.second_factor_of(person)
    return bool(person.active and person.password_hash and not asked)


def words_of(html: str) -> str:
    return Page(html).text[:600] if html else ""
