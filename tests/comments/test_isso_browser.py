"""What readers and authors do with a real Isso, on a site that MkDocs and Material built."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.comments.reader import LIVE, PATIENCE, SECTION, Reader, until
from tests.comments.services import built
from tests.comments.services.http import status
from tests.comments.services.isso import Isso
from tests.plugin.sites import review

pytestmark = pytest.mark.browser

THREAD = "/dune-frank-herbert/"
POSTBOX = "#isso-thread > .isso-postbox"
UNSENT = f"{SECTION}__unsent"


@pytest.fixture
def isso(tmp_path: Path) -> Iterator[Isso]:
    with Isso(tmp_path / "isso", [built.site_url()]) as server:
        yield server


@pytest.fixture
def read(browse: Callable[..., Reader], isso: Isso, tmp_path: Path) -> Callable[..., Reader]:
    def read(pages: dict[str, str] | None = None) -> Reader:
        comments = {"provider": "isso", "url": isso.address}
        return browse(built.build_site(tmp_path, comments, pages or built.pages()))

    return read


def write(reader: Reader, text: str, form: str = POSTBOX) -> None:
    reader.page.fill(f"{form} textarea", text)
    reader.page.click(f"{form} [type=submit]")


def wait_for_comment(reader: Reader, text: str) -> None:
    reader.page.wait_for_selector(f"#isso-root .isso-text:has-text('{text}')")


def test_a_conversation_is_written_answered_edited_and_stays(
    isso: Isso, read: Callable[..., Reader]
) -> None:
    reader = read()
    reader.open()
    reader.show()
    write(reader, "The desert is the hero")
    wait_for_comment(reader, "The desert is the hero")
    isso.post(THREAD, "Is it?", "Ben", parent=1)
    reader.page.reload()
    reader.show()
    wait_for_comment(reader, "Is it?")
    assert reader.page.inner_text(".isso-thread-heading") == "2 Comments"
    reader.page.click("#isso-1 > .isso-text-wrapper .isso-edit")
    reader.page.fill("#isso-1 > .isso-text-wrapper textarea", "The desert is >! everybody !<")
    reader.page.click("#isso-1 > .isso-text-wrapper .isso-edit")
    reader.page.wait_for_selector("#isso-1 .bookreview-spoiler button")
    assert "everybody" not in reader.text
    assert [one["text"] for one in isso.comments(THREAD)] != []


def test_a_reply_is_written_below_its_comment(isso: Isso, read: Callable[..., Reader]) -> None:
    isso.post(THREAD, "First thought")
    reader = read()
    reader.open()
    reader.show()
    reader.page.click("#isso-1 .isso-reply")
    reply = "#isso-1 .isso-postbox"
    reader.page.fill(f"{reply} textarea", "Half a reply")
    reader.visit("Emma")
    reader.visit("Dune")
    reader.show()
    assert reader.page.input_value(f"{POSTBOX} textarea") == ""
    reader.page.click("#isso-1 .isso-reply")
    expect(reader.page.locator(f"{reply} textarea")).to_have_value("Half a reply")
    write(reader, "A whole reply", reply)
    wait_for_comment(reader, "A whole reply")
    assert reader.page.locator(UNSENT).count() == 0
    assert isso.comments(THREAD)[0]["replies"][0]["text"].strip() == "<p>A whole reply</p>"


def test_a_title_reaches_isso_as_the_author_wrote_it(
    isso: Isso, read: Callable[..., Reader]
) -> None:
    pages = {**built.pages(), "reviews/dune.md": review("Pride & Prejudice <3", "Frank Herbert")}
    reader = read(pages)
    reader.open()
    reader.show()
    write(reader, "A first comment names the page")
    wait_for_comment(reader, "A first comment")
    with closing(sqlite3.connect(isso.folder / "comments.db")) as database:
        titles = database.execute("SELECT title FROM threads").fetchall()
    assert titles == [("Pride & Prejudice <3 – Frank Herbert",)]


def test_a_comment_that_the_server_refuses_is_not_lost(
    isso: Isso, read: Callable[..., Reader]
) -> None:
    reader = read()
    reader.open()
    reader.show()
    isso.kill()
    write(reader, "A thought of an hour")
    assert "was not sent" in reader.page.inner_text(UNSENT)
    assert reader.page.get_attribute(UNSENT, "role") == "alert"
    assert reader.page.input_value(f"{POSTBOX} textarea") == "A thought of an hour"
    isso.start()
    reader.page.click(f"{POSTBOX} [type=submit]")
    wait_for_comment(reader, "A thought of an hour")
    assert reader.page.locator(UNSENT).count() == 0
    reader.visit("Emma")
    reader.visit("Dune")
    reader.show()
    assert reader.page.input_value(f"{POSTBOX} textarea") == ""


def test_a_server_that_freezes_while_a_comment_is_sent(
    isso: Isso, read: Callable[..., Reader]
) -> None:
    reader = read()
    reader.open()
    reader.show()
    reader.page.clock.install()
    isso.freeze()
    write(reader, "A patient thought")
    reader.page.wait_for_timeout(200)
    assert reader.page.locator(UNSENT).count() == 0
    reader.page.clock.run_for(PATIENCE)
    assert "was not sent" in reader.page.inner_text(UNSENT)
    isso.thaw()
    wait_for_comment(reader, "A patient thought")
    expect(reader.page.locator(UNSENT)).to_have_count(0)


@pytest.mark.parametrize("text", ["A *thought* on the way", "It was >! the butler !<, I think"])
def test_a_comment_that_arrives_after_its_page_was_left_is_no_draft(
    isso: Isso, read: Callable[..., Reader], text: str
) -> None:
    reader = read()
    reader.open()
    reader.show()
    isso.freeze()
    write(reader, text)
    reader.page.wait_for_timeout(200)
    reader.visit("Emma")
    isso.thaw()
    until(lambda: bool(isso.comments(THREAD)), reader.page)
    reader.visit("Dune")
    reader.show()
    reader.page.wait_for_selector("#isso-root .isso-text")
    expect(reader.page.locator(f"{POSTBOX} textarea")).to_have_value("")
    reader.visit("Emma")
    reader.visit("Dune")
    reader.show()
    assert reader.page.input_value(f"{POSTBOX} textarea") == ""
    # When the answer comes, Isso's script appends the comment to its list, which is gone.
    assert reader.errors == ["Cannot read properties of null (reading 'append')"]
    reader.errors.clear()


def test_a_comment_that_was_lost_after_its_page_was_left_is_a_draft(
    isso: Isso, read: Callable[..., Reader]
) -> None:
    isso.post(THREAD, "A thought of somebody else")
    reader = read()
    reader.open()
    reader.show()
    isso.freeze()
    write(reader, "A thought that is lost")
    reader.page.wait_for_timeout(200)
    reader.visit("Emma")
    isso.kill()
    isso.start()
    reader.visit("Dune")
    reader.show()
    wait_for_comment(reader, "A thought of somebody else")
    box = reader.page.locator(f"{POSTBOX} textarea")
    expect(box).to_have_value("A thought that is lost")


def test_comments_that_do_not_load_are_a_failure(isso: Isso, read: Callable[..., Reader]) -> None:
    reader = read()
    reader.page.context.route(
        f"{isso.address}/?uri=*", lambda route: route.fulfill(status=500, body="")
    )
    reader.page.clock.install()
    reader.open()
    reader.click()
    reader.page.wait_for_selector(f"{LIVE} .isso-postbox", state="attached")
    reader.page.clock.run_for(PATIENCE)
    reader.wait("failed")
    assert reader.page.locator(LIVE).evaluate("node => node.inert")


def test_a_missing_style_sheet_of_ours_is_not_blamed_on_isso(read: Callable[..., Reader]) -> None:
    reader = read()
    reader.site.misbehave("/assets/bookreview/*/isso.css", status(404))
    reader.open()
    reader.show()
    assert reader.page.locator("#isso-thread .isso-postbox").count() == 1


def test_a_server_that_does_not_know_the_site_is_named_at_once(
    isso: Isso, read: Callable[..., Reader]
) -> None:
    isso.kill()
    isso.hosts = ("https://elsewhere.example/",)
    isso.start()
    reader = read()
    reader.open()
    reader.click()
    reader.wait("failed")
    assert "does not know this site" in reader.status


def test_a_restart_in_the_middle_of_a_visit(isso: Isso, read: Callable[..., Reader]) -> None:
    isso.post(THREAD, "Before the restart")
    reader = read()
    reader.open()
    reader.show()
    isso.kill()
    reader.visit("Emma")
    reader.click()
    reader.wait("failed")
    isso.start()
    reader.show()
    reader.visit("Dune")
    reader.show()
    wait_for_comment(reader, "Before the restart")


def test_headings_and_votes_have_their_place_and_name(
    isso: Isso, read: Callable[..., Reader]
) -> None:
    isso.post(THREAD, "A thought")
    reader = read()
    reader.open()
    reader.show()
    page = reader.page
    assert page.get_attribute(".isso-thread-heading", "aria-level") == "3"
    assert page.get_attribute(".isso-upvote", "aria-label") == "Vote up"
    assert page.get_attribute(".isso-downvote", "aria-label") == "Vote down"


def test_sides_are_those_of_the_script(isso: Isso, read: Callable[..., Reader]) -> None:
    isso.post(THREAD, "A thought")
    reader = read()
    reader.open()
    reader.show()
    wait_for_comment(reader, "A thought")

    def left(selector: str) -> float:
        box = reader.page.locator(f"#isso-thread {selector}").first.bounding_box()
        assert box
        return box["x"]

    assert left(".isso-avatar") < left(".isso-author")
    assert left("input[name=author]") < left("[type=submit]")
    reader.page.evaluate("document.body.dir = 'rtl'")
    assert left(".isso-avatar") > left(".isso-author")
    assert left("input[name=author]") > left("[type=submit]")


def test_comments_are_printed_and_forms_are_not(isso: Isso, read: Callable[..., Reader]) -> None:
    isso.post(THREAD, "Worth its paper")
    reader = read()
    reader.open()
    reader.show()
    reader.page.emulate_media(media="print")
    assert reader.page.locator("#isso-root .isso-text").first.is_visible()
    assert not reader.page.locator(f"{POSTBOX}").is_visible()
    assert not reader.page.locator("#isso-root .isso-reply").is_visible()


def test_spoilers_of_late_comments_are_closed_before_they_are_painted(
    read: Callable[..., Reader],
) -> None:
    reader = read()
    reader.open()
    reader.show()
    reader.page.evaluate(
        """() => {
          window.seen = [];
          const look = () => {
            const text = document.querySelector("#isso-root")?.innerText ?? "";
            if (text.includes("the butler")) seen.push(1);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    write(reader, "It was >! the butler !<, I think")
    wait_for_comment(reader, "I think")
    reader.page.wait_for_timeout(100)
    assert reader.page.evaluate("seen") == []


def test_marking_the_book_as_read_opens_the_warning_and_asks_nobody(
    read: Callable[..., Reader],
) -> None:
    spoiling = review("Dune", "Frank Herbert", "# Dune\n\n||One||, ||two||, ||three||.")
    reader = read({**built.pages(), "reviews/dune.md": spoiling})
    reader.open()
    warning = reader.page.locator(f"{SECTION}__warning")
    assert warning.is_visible()
    reader.page.check(".bookreview-control input[name=read]")
    expect(warning).to_have_count(0)
    reader.page.reload()
    reader.wait("waiting")
    expect(warning).to_have_count(0)
    assert reader.asked == []
    reader.show()
    until(lambda: bool(reader.asked), reader.page)
