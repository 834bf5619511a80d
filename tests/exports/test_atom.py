"""Feeds, read as XML and by feedparser."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import feedparser
from catalogues import EMMA
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_bookreview.exports.feed import Feed, FeedItem, find_newest, render_feed
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import ThemeMention

FEED = Feed("Memory – Shelf", "https://e.org/feed.xml", "https://e.org/memory/", "Shelf", "en")
ITEM = FeedItem(EMMA, "Emma – Jane Austen", "https://e.org/emma/", "A match.")


def test_a_feed() -> None:
    later = replace(EMMA, date=PartialDate(2024, 3, 1), updated=PartialDate(2024, 6, 2))
    nobody = replace(later, reviewer=None)
    text = render_feed(FEED, [ITEM, replace(ITEM, review=nobody)])
    found = feedparser.parse(text)
    assert not found.bozo
    assert found.version == "atom10"
    assert (found.feed.title, found.feed.id) == (FEED.title, FEED.url)
    assert found.feed.updated == "2024-06-02T00:00:00Z"
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": FEED.url,
        "alternate": FEED.page,
    }
    one, two = found.entries
    assert (one.title, one.link, one.id) == (ITEM.title, ITEM.url, ITEM.url)
    assert (one.published, one.updated) == ("2024-05-01T00:00:00Z", "2024-05-01T00:00:00Z")
    assert (one.summary, one.author) == ("A match.", "Ann")
    assert [tag.term for tag in one.tags] == ["Marriage", "Class and money"]
    assert two.updated == "2024-06-02T00:00:00Z"
    assert found.feed.author == "Shelf"
    assert "Disguise" not in text


def test_the_newest_that_have_a_date() -> None:
    reviews = [replace(EMMA, source=f"{n}.md", date=PartialDate(2000 + n, 1, 1)) for n in range(30)]
    undated = replace(EMMA, date=None)
    before = replace(EMMA, date=PartialDate(-1, 1, 1))
    found = find_newest([undated, before, *reviews])
    assert [one.source for one in found] == [f"{n}.md" for n in range(29, 9, -1)]


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    review = replace(EMMA, reviewer=text, themes=(ThemeMention(text),))
    root = ET.fromstring(
        render_feed(replace(FEED, title=text), [FeedItem(review, text, text, text)])
    )
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    kept = [char for char in text if char in "\t\n" or char >= " "]
    title = root.findtext("{*}title") or ""
    assert set(title) <= set(kept) | {"\n"}
    if text.isprintable():
        assert title == text
