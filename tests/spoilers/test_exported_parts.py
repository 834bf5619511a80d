"""HTML that an export has put around the author's text."""

import pytest
from markdown import Markdown

from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.spoilers.written.parts import write_part
from mkdocs_bookreview.words.language import Words

HTML = "<p>A [spoiler] and\u2028<spoiler>x</spoiler>,\n\n  a ``` and *stars*.</p>"
IN_PAGE = f'<div class="bookreview-part" data-search-exclude>\n{HTML}\n</div>'


def convert(text: str, *, vault: Vault | None = None) -> str:
    spoilers = SpoilerExtension(vault=vault, report=lambda _: None)
    return Markdown(extensions=["md_in_html", "fenced_code", spoilers]).convert(text)


@pytest.mark.parametrize(
    ("first", "prefix", "before", "after"),
    [
        ("", "", "<p>Text.</p>\n", "\n<p>||</p>"),
        ("- ", "  ", "<p>Text.</p>\n<ul>\n<li>\n", "\n</li>\n</ul>\n<p>||</p>"),
        ("> ", "> ", "<p>Text.</p>\n<blockquote>\n", "\n</blockquote>\n<p>||</p>"),
    ],
)
def test_a_part_stays_as_it_is(first: str, prefix: str, before: str, after: str) -> None:
    html = convert(f"Text.\n\n{write_part(HTML, first, prefix)}\n\n||\n")
    assert html.split(IN_PAGE) == [before, after]


def test_the_authors_text_around_it_is_sealed() -> None:
    html = convert(f"||zqx||\n\n{write_part(HTML)}\n\n/// spoiler\nzqx\n///\n")
    assert html.count("bookreview-spoiler__body") == 2
    assert html.count(IN_PAGE) == 1


def test_in_a_build_nothing_is_left_alone() -> None:
    vault = Vault(Words())
    html = convert(write_part('<p class="spoiler">zqx</p>'), vault=vault)
    assert "zqx" not in html


@pytest.mark.parametrize("number", ["0", "1", "2", "99999999999999999999"])
def test_signs_of_parts_that_an_author_writes_are_text(number: str) -> None:
    sign = f"\ue012{number}\ue013"
    place = f'<div class="bookreview-part-place" data-n="{number}"></div>'
    assert sign in convert(f"{sign}\n\nText.")
    html = convert(f"{write_part('<p>a</p>')}\n\nText.\n\n{place}\n")
    assert html.count("<p>a</p>") == 1
