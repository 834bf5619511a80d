"""Teasers hold the words that a browser shows, and no others."""

from pathlib import Path

import pytest
from sites import build_site, review

from mkdocs_bookreview.publishing.teasers import find_teaser

INVISIBLE = [
    "<!-- <p>KRAKEN</p> -->",
    "<template><p>KRAKEN</p></template>",
    '<script>const page = "<p>KRAKEN</p>"</script>',
    '<style>p::after { content: "<p>KRAKEN</p>" }</style>',
    "<p hidden>KRAKEN</p>",
    '<p title="<p>KRAKEN</p>"></p>',
]


@pytest.mark.parametrize("more", ["", "\n\n<!-- more -->\n\nRest."])
def test_what_no_browser_shows_is_in_no_list_description_or_feed(tmp_path: Path, more: str) -> None:
    pages = {"index.md": "# Home\n"}
    for number, invisible in enumerate(INVISIBLE):
        body = f"{invisible}\n\nHarbour{more} ||end||."
        pages[f"a{number}.md"] = review(f"A{number}", themes=["Sea"], body=body, date="2024-05-01")
        pages[f"b{number}.md"] = f"# Note\n\n{body}"
    options = {"themes": {"feed": True}}
    site = build_site(tmp_path, pages, options, site_url="https://example.org/")
    for number in range(len(INVISIBLE)):
        (text,) = site.page(f"b{number}/index.html").xpath("//meta[@name='description']/@content")
        assert text.startswith("Harbour")
    for path in ("reviews/index.html", "themes/sea/index.html", "themes/sea/feed.xml"):
        assert site.text(path).count("Harbour") == len(INVISIBLE), path
        assert "KRAKEN" not in site.text(path)


@pytest.mark.parametrize(
    ("html", "teaser"),
    [
        ("", ""),
        ("Bare text.", ""),
        ("<p> </p><p>a <b>b</b></p><p>c</p>", "a b"),
        ("<p><b>un</b>seen</p>", "unseen"),
        ("<p>a<br>b</p>", "a b"),
        ('<p>a<sup id="fnref:1">1</sup>, b &amp; c</p>', "a, b & c"),
        ("<p>a<script>b</script><!-- c --></p>", "a"),
        ("<p>a<table><tr><td><p>b</p></td></tr></table>", "a"),
        ("<table><tr><td><p>a</p></td></tr></table><p>b</p>", "b"),
        ('<p class="admonition-title">a</p><p>b</p>', "b"),
        ('<p class="bookreview-aliases">a</p>', ""),
        ("<p>a <p>b", "a"),
        ("<h1>a</h1>b<ul><li>c</li><li>d</li></ul>e<!-- more --><p>f</p>", "b c d e"),
        ("<div><p>a</p><p>b<!--more-->c</p></div><p>d</p>", "a b"),
        ("<pre>a</pre><!-- more --><p>b</p>", ""),
        ("<script>a <!-- more --></script><p>b</p><p>c</p>", "b"),
        ("<p>a</p><p>b</p><!-- more of it -->", "a"),
        ("<p>a</p><template><!-- more --></template>", "a"),
        ("<div>" * 20_000 + "<p>a</p>", "a"),
    ],
)
def test_teaser(html: str, teaser: str) -> None:
    assert find_teaser(html) == teaser


def test_long_teasers_end_at_a_word() -> None:
    teaser = find_teaser(f"<p>{'word, ' * 100}</p>")
    assert teaser.endswith("word…")
    assert len(teaser) <= 280
