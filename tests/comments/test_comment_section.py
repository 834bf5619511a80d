import gzip
import json
import re
from pathlib import Path

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader

from mkdocs_bookreview.comments import isso_server
from mkdocs_bookreview.comments.giscus import Giscus
from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.provider import Conversation
from mkdocs_bookreview.comments.section import SectionBuilder, SectionOptions, write_site
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.rendering.comments import CommentRenderer
from mkdocs_bookreview.rendering.templates import FOLDER, Templates
from mkdocs_bookreview.words.language import Words
from tests.comments.options import all_options

EVIL = Conversation("/dune/", """<b>"Dune"</b> & 'more'""", "en")
PREVIEW = Isso(preview=True)
LIVE = Isso(url="https://talk.example.org")


GISCUS = Giscus(
    repo="ann/books",
    repo_id="R_kgDOKq3vXw",
    category="Announcements",
    category_id="DIC_kwDOKq3vX84CbW1y",
)
SCRIPTS = Path(isso_server.__file__).parents[1] / "assets" / "js"
SITE = "../../assets/bookreview/comments.12345678.json"


def build(provider=LIVE, language="en", book="dune", said=EVIL, load="click", **options):
    state = options.pop("state", CommentsOpen.OPEN)
    serving = options.pop("serving", False)
    sections = SectionBuilder(provider, SectionOptions(load, **options), Words(language))
    return sections.build(said, SITE, state, book=book, serving=serving)


def render(section):
    templates = Templates(Environment(loader=FileSystemLoader(FOLDER)), Words("en"))
    text = CommentRenderer(templates).render(section)
    return html5lib.parseFragment(text, namespaceHTMLElements=False), text


def test_a_page_without_comments_has_no_section():
    assert build(state=CommentsOpen.OFF) is None


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
    page, text = render(build(book=None))
    assert "spoilers" not in text
    assert "data-guard" not in page.find(".//section").attrib


def test_a_book_is_guarded_unless_the_author_does_not_want_it():
    assert render(build())[0].find(".//section").get("data-guard") == "dune"
    assert render(build(guard=False))[0].find(".//section").get("data-guard") is None


def test_everything_is_escaped():
    page, text = render(build())
    section = page.find(".//section")
    embed = json.loads(section.attrib["data-embed"])
    assert embed["title"] == EVIL.title
    assert "<b>" not in text
    assert page.find(".//b") is None


def test_no_sign_of_an_author_is_taken_for_the_attributes_of_the_page():
    title = "\ue000 \ue001 Comments"
    words = Words("en", {"": {"comments_title": title}})
    page, _ = render(SectionBuilder(LIVE, SectionOptions(), words).build(EVIL, SITE))
    assert page.findtext(".//h2") == title


def test_nothing_in_the_page_makes_the_browser_ask():
    page, text = render(build())
    assert not [node for node in page.iter() if {"src", "href", "style"} & set(node.attrib)]
    assert "<script" not in text


def test_a_page_has_only_the_options_that_are_its_own():
    words = Words("en")
    site = json.loads(write_site(LIVE, words, "comments.1/isso.js"))
    page, _ = render(build())
    own = json.loads(page.find(".//section").get("data-embed"))
    assert own == {"thread": "/dune/", "title": EVIL.title}
    assert site["options"] | own == all_options(LIVE, EVIL)
    assert site["adapter"] == "comments.1/isso.js"
    assert "{host}" in site["texts"]["silent"]


@pytest.mark.parametrize("provider", [LIVE, GISCUS])
def test_a_closed_section_is_small(provider):
    title = Conversation("/never-let-me-go-kazuo-ishiguro/", "Never Let Me Go", "en")
    _, text = render(build(provider, said=title, book="never-let-me-go-kazuo-ishiguro"))
    assert len(text.encode()) <= 1536


@pytest.mark.parametrize("load", ["visible", "immediate"])
def test_the_button_waits_for_a_failure_where_nobody_needs_to_click(load):
    assert "hidden" not in render(build(load=load))[0].find(".//button").attrib
    page, _ = render(build(load=load, guard=False))
    assert "hidden" in page.find(".//button").attrib
    assert page.find(".//section").attrib["data-load"] == load


def test_a_preview_without_a_server_is_for_the_author_only():
    assert build(PREVIEW) is None


def test_a_preview_that_is_not_installed_says_what_to_type(monkeypatch):
    monkeypatch.setattr(isso_server, "is_installed", lambda: False)
    page, _ = render(build(PREVIEW, serving=True))
    assert page.findtext(".//code") == 'pip install "mkdocs-bookreview[isso]"'


def test_a_preview_that_stopped_says_so(monkeypatch):
    monkeypatch.setattr(isso_server, "is_installed", lambda: True)
    page, _ = render(build(PREVIEW, serving=True))
    assert "not running" in page.findtext(".//p")


def test_words_are_in_the_language_of_the_site():
    page, _ = render(build(language="de"))
    assert page.findtext(".//h2") == "Kommentare"
    assert "omments" not in "".join(page.itertext())


def test_the_loader_is_small():
    assert len(gzip.compress((SCRIPTS / "comments.js").read_bytes(), 9)) < 2560


@pytest.mark.parametrize("script", sorted(SCRIPTS.rglob("*.js")), ids=lambda file: file.stem)
def test_no_script_names_another_host(script):
    # The privacy plugin of Material downloads what it finds in quotes, and changes the script.
    assert not re.findall(r"""["'](?:https?:)?//[^"']*["']""", script.read_text("utf-8"))
