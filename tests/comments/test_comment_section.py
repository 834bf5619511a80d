import json

import html5lib
import pytest
from jinja2 import Environment, PackageLoader

from mkdocs_bookreview.comments import preview
from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.provider import Conversation
from mkdocs_bookreview.comments.section import build_section
from mkdocs_bookreview.comments.threads import thread_id
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.words.language import Words

EVIL = Conversation("/dune/", """<b>"Dune"</b> & 'more'""", "en")
PREVIEW = Isso(preview=True)
LIVE = Isso(url="https://talk.example.org")


def build(provider=LIVE, load="click", language="en", **options):
    return build_section(provider, load, EVIL, Words(language), **options)


def render(section):
    environment = Environment(loader=PackageLoader("mkdocs_bookreview", "assets/templates"))
    text = environment.get_template("bookreview/comments.html").render(comments=section)
    return html5lib.parseFragment(text, namespaceHTMLElements=False), text


@pytest.mark.parametrize(
    ("page", "thread"),
    [
        ({"source": "about.md"}, "/about/"),
        ({"source": "index.md"}, "/"),
        ({"source": "notes/index.md"}, "/notes/"),
        ({"source": "notes/README.md"}, "/notes/"),
        ({"source": "reviews/dune.md", "book_key": "dune-frank-herbert"}, "/dune-frank-herbert/"),
        ({"source": "reviews/dune.md", "book_key": "dune", "explicit": "old-dune"}, "/old-dune/"),
        ({"source": "a.md", "explicit": "2014//05/dune/"}, "/2014/05/dune/"),
        ({"source": "a.md", "explicit": "/2014/05/dune.html"}, "/2014/05/dune.html"),
        ({"source": "a.md", "explicit": "/"}, "/"),
    ],
)
def test_a_thread_is_a_path(page, thread):
    assert thread_id(**page) == thread


def test_a_review_may_move_without_losing_its_thread():
    assert thread_id("a.md", book_key="dune") == thread_id("reviews/2024/b.md", book_key="dune")


def test_a_page_without_comments_has_no_section():
    assert build(state=CommentsOpen.OFF) is None
    assert render(None)[1].strip() == ""


def test_closed_comments_are_one_line():
    section = build(state=CommentsOpen.CLOSED)
    page, text = render(section)
    assert page.findtext(".//p") == "Comments are closed."
    assert "<button" not in text
    assert "data-embed" not in text


def test_the_panel_says_what_loads_from_whom_and_what_it_may_give_away():
    page, _ = render(build())
    lines = [line.text for line in page.findall(".//div[@class='bookreview-comments__notice']/p")]
    assert lines == [
        "Comments are hosted by Isso (talk.example.org).",
        "They may contain spoilers.",
    ]
    assert page.findtext(".//button") == "Show comments"


def test_pages_without_a_book_do_not_warn_of_spoilers():
    assert len(build(has_book=False).lines) == 1


def test_everything_is_escaped():
    page, text = render(build())
    section = page.find(".//section")
    embed = json.loads(section.attrib["data-embed"])
    assert embed["node"]["attributes"]["data-title"] == EVIL.title
    assert "<b>" not in text
    assert page.find(".//b") is None


def test_nothing_in_the_page_makes_the_browser_ask():
    page, text = render(build())
    assert not [node for node in page.iter() if {"src", "href", "style"} & set(node.attrib)]
    assert "<script" not in text


@pytest.mark.parametrize("load", ["visible", "immediate"])
def test_the_button_waits_for_a_failure_where_nobody_needs_to_click(load):
    page, _ = render(build(load=load))
    assert "hidden" in page.find(".//button").attrib
    assert page.find(".//section").attrib["data-load"] == load


def test_a_preview_without_a_server_is_for_the_author_only():
    assert build(PREVIEW) is None


def test_a_preview_that_is_not_installed_says_what_to_type(monkeypatch):
    monkeypatch.setattr(preview, "is_installed", lambda: False)
    page, _ = render(build(PREVIEW, serving=True))
    assert page.findtext(".//code") == 'pip install "mkdocs-bookreview[isso]"'


def test_a_preview_that_stopped_says_so(monkeypatch):
    monkeypatch.setattr(preview, "is_installed", lambda: True)
    page, _ = render(build(PREVIEW, serving=True))
    assert "not running" in page.findtext(".//p")


def test_words_are_in_the_language_of_the_site():
    page, _ = render(build(language="de"))
    assert page.findtext(".//h2") == "Kommentare"
    assert "omments" not in "".join(page.itertext())
