"""Finds blocks in Markdown, by the numbers that a conversion gives back."""

import pytest
from markdown import Markdown

from mkdocs_bookreview.listings.block_places import (
    BlockPlace,
    clear_numbers,
    number_blocks,
    replace_blocks,
    take_number,
)
from mkdocs_bookreview.listings.blocks import ListingBlocks, WrittenBlock

EXTENSIONS = ("fenced_code", "admonition")


def find(text: str, *, numbered: bool) -> dict[int, WrittenBlock]:
    blocks = ListingBlocks()
    source = number_blocks(text) if numbered else text
    html = Markdown(extensions=[*EXTENSIONS, blocks]).convert(source)
    found = blocks.find(html)
    return dict(map(take_number, found)) if numbered else dict(enumerate(found))


@pytest.mark.parametrize(
    "line",
    [
        "/// reviews",
        "///reviews",
        "/// Reviews   ",
        "/// reviews |",
        "/// reviews: unread",
        "/// book | emma | x",
        "/// book emma jane",
        "//// ratings",
        "/// review",
        "- /// comments",
        "> /// comments",
    ],
)
def test_a_block_is_read_as_without_its_number(line: str) -> None:
    text = f"{line}\n    limit: 2\n"
    (plain,) = find(text, numbered=False).values()
    expected = plain._replace(line=plain.line.rstrip(" |"))
    assert find(text, numbered=True) == {1: expected}
    assert clear_numbers(number_blocks(line)) == line.rstrip().removesuffix(" |")


def show(number: int, place: BlockPlace) -> str:
    return f"{place.first}<{number}{place.prefix!r}>"


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("/// reviews\n///", "<1''>"),
        ("a\n/// reviews\n    limit: 1\n///\nb", "a\n<1''>\nb"),
        ("```\n/// reviews\n```\n\n/// ratings\n///", "```\n/// reviews\n```\n\n<2''>"),
        ("//// reviews\nlimit: 1\n\nsort: title\n////\nb", "<1''>\nb"),
        ("/// reviews\n    limit: 1\n\nText.", "<1''>\n\nText."),
        ("/// reviews\n\nText.", "<1''>\n\nText."),
        ("- /// reviews\n  ///\n- b", "- <1'  '>\n- b"),
        ("> /// reviews\n> ///\n\nb", "> <1'> '>\n\nb"),
        ("!!! note\n    /// reviews\n    ///\n", "!!! note\n    <1'    '>\n"),
        ("   /// reviews\n   ///", "   <1''>"),
        ("-\ta\n\n\t/// reviews\n\t///", "-\ta\n\n\t<1'\\t'>"),
        ("/// reviews\n///\n/// ratings\n///", "<1''>\n<2''>"),
    ],
)
def test_blocks_are_replaced_with_their_options_and_end(text: str, replaced: str) -> None:
    assert replace_blocks(text, find(text, numbered=True), show) == replaced


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("/// reviews\n///", "<>"),
        ("a\n/// reviews\n///\nb", "a\n\n<>\n\nb"),
        ("a\n\n/// reviews\n///\n\nb", "a\n\n<>\n\nb"),
        ("> a\n> /// reviews\n> ///\n> b", "> a\n>\n<>\n>\n> b"),
        ("> a\n>\n> /// reviews\n> ///\n>\n> b", "> a\n>\n<>\n>\n> b"),
        ("/// reviews\n///\n/// ratings\n///", "<>\n\n<>"),
    ],
)
def test_one_blank_line_is_above_and_below(text: str, apart: str) -> None:
    blocks = find(text, numbered=True)
    assert replace_blocks(text, blocks, lambda _, place: place.set_apart("<>")) == apart
