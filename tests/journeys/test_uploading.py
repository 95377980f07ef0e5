"""A lead adds several files at once: one is refused, one hides something, and the others are added."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.evidence import corpus
from tests.factories.world import POLICE_LEAD, World
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser

DROP = """([name, words]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([words], name));
    for (const kind of ['dragover', 'drop']) {
        document.querySelector('h1').dispatchEvent(
            new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried })
        );
    }
}"""


def test_files_are_chosen_and_dropped_and_each_has_its_own_answer(
    page: Page, world: World, tmp_path: Path
) -> None:
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{world.police}/evidence/1.1")
    sound(page)
    policy, disguised, staff = (tmp_path / name for name in ("Policy.docx", "Setup.pdf", "Staff.xlsx"))
    policy.write_bytes(corpus.word())
    disguised.write_bytes(b"MZ\x90\0not a PDF")
    staff.write_bytes(corpus.hiding_workbook())
    page.get_by_label("Files", exact=True).set_input_files([policy, disguised, staff])
    page.evaluate(DROP, ["Notes.txt", "What we agreed"])
    chosen = page.get_by_role("list", name="What you chose").get_by_role("listitem")
    expect(chosen).to_have_count(4)
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_text("Say whether the files name children, families or staff.")).to_be_visible()
    sound(page)
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Add files").dblclick()
    expect(page.get_by_text("2 files added, 1 file to decide about, 1 file refused.")).to_be_visible()
    expect(chosen).to_have_count(1)
    expect(chosen).to_contain_text("“Setup.pdf” is called PDF but its content is something else")
    expect(page.get_by_role("link", name="Policy.docx", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Notes.txt", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Decide: something hides in this file")).to_be_focused()
    expect(page.get_by_text("Hidden sheet: “Staff list”")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_text("“Staff.xlsx” was left out, and is not kept here.")).to_be_visible()
    expect(page.get_by_role("link", name="Policy.docx", exact=True)).to_be_visible()
    sound(page)


def test_a_file_that_is_chosen_while_the_page_is_still_loading_is_taken(
    page: Page, world: World, tmp_path: Path
) -> None:
    sign_in(page, POLICE_LEAD)
    late: list[Route] = []
    page.route("**/uploading.js", lambda route: late.append(route))
    page.goto(f"/returns/{world.police}/evidence/1.1", wait_until="commit")
    policy = tmp_path / "Policy.docx"
    policy.write_bytes(corpus.word())
    page.get_by_label("Files", exact=True).set_input_files(policy)
    page.get_by_role("radio", name="No", exact=True).check()
    late[0].continue_()
    expect(page.get_by_role("list", name="What you chose").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("link", name="Policy.docx", exact=True)).to_be_visible()


def test_a_file_stays_in_the_list_while_the_sign_in_has_ended(
    page: Page, world: World, tmp_path: Path
) -> None:
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{world.police}/evidence/1.1")
    policy = tmp_path / "Policy.docx"
    policy.write_bytes(corpus.word())
    page.get_by_label("Files", exact=True).set_input_files(policy)
    page.get_by_role("radio", name="No", exact=True).check()
    page.context.clear_cookies()
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("alert")).to_contain_text("Your sign-in has ended.")
    other = page.context.new_page()
    sign_in(other, POLICE_LEAD)
    other.close()
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("link", name="Policy.docx", exact=True)).to_be_visible()
