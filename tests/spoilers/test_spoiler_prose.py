"""What a plain page hides is read without a conversion, and is the same."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_spoiler_properties import Writer, blocks

from mkdocs_bookreview.audit.secrets import read_words
from mkdocs_bookreview.spoilers.check import convert
from mkdocs_bookreview.spoilers.prose import read_plain

PROSE = (
    "# A heading",
    "Nothing happens (yet), and *nobody* says – “why?” – to [Ann](ann.md).",
    "- one\n- two, and 3\n- three",
    "> A quotation: of 1984!",
    "<!-- more -->",
    "![A picture](end.png) and `code`, with a note.[^1]",
    "| a | b |\n|---|---|\n| c | d |",
    "- one\n\n    and more\n\n        of it",
    "Term\n:   Definition",
    "!!! note\n    A note.",
    "Title\n=====",
)
PARAGRAPHS = (
    *PROSE,
    "He ||dies||, she says, and [so does she]{.spoiler}!",
    "/// spoiler | The end\nAll of them die.\n///",
    "/// spoiler\n\nAll of them die.\n\nSo ||they|| do.\n\n///",
)
# Each of these may hide more than its own paragraph, be hidden with it, or need a conversion.
FAR = (
    "///",
    "/// spoiler",
    "/// spoiler\nAll die.\n\nAnd more.\n///\nThen.",
    "//// spoiler | Inner\n/// spoiler\na\n///\n////",
    "??? spoiler",
    '!!! spoiler "The end"\n    All of them die.',
    "- one\n\n    ||two||",
    "- one\n\n    /// spoiler\n    two\n    ///",
    "`a` ||b||",
    "<p>",
    "/// spoiler\n![](end.png)\n///",
    "/// spoiler\n- one\n\n    two\n///",
    "<spoiler>",
    "</spoiler>",
    "[spoiler]",
    "[/spoiler]",
    "||a",
    "b||",
    "a || b || c",
    "``` spoiler\ncode\n```",
    "```",
    '<div class="spoiler" markdown>',
    "</div>",
    "[^1]: The note.\n\n    More of it.",
    "[^1]: It is ||Tommy||.",
    "*[x]: ||Tommy||",
    "[He dies]{.spoler}",
    ">! He dies",
    ":::spoiler",
    "Term\n:   ||Definition||",
    "| a | b |\n|---|---|\n| c | [d]{.spoiler} |",
    "/// spolier\nHe dies.\n///",
    "/// reviews\n    theme: Memory\n///",
    r"\||a||",
)


_LABEL = re.compile(r"<summary>.*?</summary>|<button.*?</button>|<[^>]*>", re.DOTALL)


def convert_hidden(markdown: str) -> list[list[str]]:
    """Return the words of each spoiler, as a conversion finds them."""
    _, sealed = convert(markdown)
    return [read_words(unescape(_LABEL.sub(" ", one))) for one in sealed]


def test_a_plain_page() -> None:
    text = "\n\n".join([*PROSE, *PARAGRAPHS, *PROSE]) + "\n"
    dies = "All of them die."
    assert read_plain(text) == ["dies", "so does she", dies, f"\n{dies}\nSo they do.\n"]
    assert [read_words(one) for one in read_plain(text) or ()] == convert_hidden(text)


def test_a_page_without_spoilers_hides_nothing() -> None:
    assert read_plain("\n\n".join(PROSE)) == []


@pytest.mark.parametrize("far", FAR)
@pytest.mark.parametrize("before", [True, False])
def test_what_needs_a_conversion(far: str, *, before: bool) -> None:
    parts = [*PARAGRAPHS, "Text.", far, "More text."] if before else [far, "Text.", *PARAGRAPHS]
    assert read_plain("\n\n".join(parts)) is None


@given(st.lists(st.sampled_from([*PARAGRAPHS, *PARAGRAPHS, *FAR]), min_size=1, max_size=7))
@settings(max_examples=200)
def test_what_is_read_is_what_a_conversion_hides(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    hidden = read_plain(text)
    assert hidden is None or [*map(read_words, hidden)] == convert_hidden(text)


@given(st.lists(blocks, min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_page(pieces: list[tuple[str, object]]) -> None:
    text = Writer().write(pieces)
    hidden = read_plain(text)
    assert hidden is None or [*map(read_words, hidden)] == convert_hidden(text)


@given(st.text("ab|[]{}/ \n.!?:>spoiler-_*\\", max_size=40))
@settings(max_examples=200)
def test_any_text(text: str) -> None:
    hidden = read_plain(text)
    assert hidden is None or [*map(read_words, hidden)] == convert_hidden(text)
