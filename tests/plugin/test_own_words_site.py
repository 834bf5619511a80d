"""A site with other words in place of all of ours, each of them with markup and signs."""

import json
import re

import pytest
from sites import Site, build_site, parse, review, text_of, with_class

from mkdocs_bookreview.words.table import TABLE

NAME = re.compile(r"\{\w+\}")
SIGNED = re.compile(r"<i>&(\w+)\*</i>")


def make_text(key):
    """Return a text that has all names of ours, and would be an element if it were not escaped."""
    text = TABLE[key]["en"]
    names = NAME.findall(text if isinstance(text, str) else text["other"])
    return f"<i>&{key}*</i> {' '.join(names)}".strip()


EMMA = review(
    date="2024-05-01",
    updated="2024-06-01",
    reviewer="Ann",
    rating=4,
    read=[{"finished": "2020"}, {"started": "2024-01-01", "finished": "2024-01-12"}],
    themes=[{"name": "Class", "weight": "central"}, {"name": "Ruse", "spoiler": True}],
    warnings={"graphic": ["Class"], "minor": [{"name": "Death", "spoiler": True}]},
    quotes=[{"text": "Handsome, clever, and rich.", "page": 1}],
    copy="arc",
    book={
        "series": {"name": "Classics", "position": 1},
        "pages": 400,
        "duration": "16h 1m",
        "chapters": 55,
        "language": "en",
        "original_title": "Emma",
        "original_language": "en",
        "published": 1815,
        "links": {"Shop": {"url": "https://shop.example/", "affiliate": True}},
    },
    body="She ||marries||.\n\n/// spoiler | End\n    chapter: 3\n\nx\n\n///\n",
)
PAGES = {
    "index.md": "# Home\n\n/// reviews\n    theme: Class\n    author: Frank Herbert\n///\n",
    "reviews/emma.md": EMMA,
    "reviews/again.md": review(rating=3, read="2023-02-01", book={"pages": 300}),
    "reviews/persuasion.md": review(
        "Persuasion",
        read={"stopped": "2024-02-01", "at": "45%"},
        spoilers=True,
        themes=["Class"],
        book={"series": {"name": "Classics", "position": 3}},
    ),
    "reviews/dune.md": review("Dune", "Frank Herbert", shelf="reading"),
    "reviews/later.md": review("Later", "Frank Herbert", shelf="to-read"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    options = {
        "words": {key: make_text(key) for key in TABLE},
        "comments": {"provider": "isso", "url": "https://isso.example"},
        "themes": {"feed": True},
    }
    folder = tmp_path_factory.mktemp("words")
    return build_site(folder, PAGES, options, site_url="https://example.org/")


def test_no_word_is_markup(site):
    assert site.warnings == []
    pages = {path: file.decode() for path, file in site.files().items() if path.endswith(".html")}
    found = set()
    for path, html in pages.items():
        tree = parse(html)
        assert tree.xpath("//i[starts-with(., '&')]") == [], path
        values = (value for element in tree.iter() for value in element.attrib.values())
        found.update(SIGNED.findall(" ".join([text_of(tree.getroot()), *values])))
    # The words of other providers, of old comments and of some states are not on this site.
    assert len(found) > 100
    assert {"reviews", "themes", "spoiler_title", "comments_show", "stats", "links"} <= found


def test_words_reach_feeds_menus_and_scripts(site):
    assert "<i>" not in site.text("themes/class/feed.xml")
    labels = with_class(site.page("index.html"), "md-ellipsis")
    assert make_text("reviews") in map(text_of, labels)
    (comments,) = [
        file
        for path, file in site.files().items()
        if path.startswith("assets/bookreview/comments.") and path.endswith(".json")
    ]
    assert json.loads(comments)["texts"]["retry"] == make_text("comments_retry")
