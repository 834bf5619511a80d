"""The syntax of blocks: what is read, and what is left of the text around them."""

import pytest
from markdown import Markdown

from mkdocs_bookreview.listings.blocks import ListingBlocks, Written, find_written, replace_written

EXTENSIONS = ["admonition", "fenced_code", "tables", "pymdownx.blocks.details"]


def convert(text):
    return Markdown(extensions=[*EXTENSIONS, ListingBlocks()]).convert(text)


LISTS = [
    ("/// reviews\n///", ("reviews", "", "", True)),
    ("/// reviews\n    limit: 3\n///", ("reviews", "", "limit: 3", True)),
    ("/// reviews\n\tlimit: 3\n///", ("reviews", "", "limit: 3", True)),
    ("/// reviews\nlimit: 3\n///", ("reviews", "", "limit: 3", True)),
    ("/// reviews\n\na: 1\n\nb: 2\n\n///", ("reviews", "", "a: 1\n\nb: 2", True)),
    ("///reviews\n    theme: A & \"B\" <c>\n///", ("reviews", "", 'theme: A & "B" <c>', True)),
    ("//// Reviews\n    limit: 3\n////", ("reviews", "", "limit: 3", True)),
    ("/// book | emma\n///", ("book", "emma", "", True)),
    ("/// book|emma", ("book", "emma", "", False)),
    ("/// reviews\n    limit: 3\n////", ("reviews", "", "limit: 3", False)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_blocks_are_read(text, expected):
    (written,) = find_written(convert(text))
    name, argument, options, is_closed = expected
    line = "///" + text.split("\n")[0].lstrip("/")
    assert written == Written(name, argument, line, options, is_closed)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n    /// reviews\n        limit: 3\n    ///\n\n- b",
        "> /// reviews\n>     limit: 3\n> ///",
        "!!! note\n    /// reviews\n        limit: 3\n    ///",
        "//// details | A\n\n/// reviews\n    limit: 3\n///\n\nb\n////",
    ],
)
def test_blocks_stand_in_other_blocks(text):
    html = convert(text)
    assert [one.options for one in find_written(html)] == ["limit: 3"]
    assert "///" not in html


def test_the_text_around_stays():
    html = convert("before\n/// reviews\n    limit: 3\n///\nafter\n\n/// book | emma\n///\n\nend")
    shown = replace_written(html, lambda written: f"[{written.name}]")
    assert shown == "<p>before</p>\n[reviews]\n<p>after</p>\n[book]\n<p>end</p>"


def test_what_follows_a_block_without_end_stays():
    html = convert("/// reviews\n    limit: 3\nnext\n\n/// details | A\ntext\n///\n\nend")
    for text in ("<p>next</p>", "<summary>A</summary>", "<p>text</p>", "<p>end</p>"):
        assert text in html


@pytest.mark.parametrize(
    "text", ["```\n/// reviews\n///\n```", "/// reviewers\n///", "a /// reviews"]
)
def test_other_text_is_no_block(text):
    assert list(find_written(convert(text))) == []


def test_many_slashes_are_linear_work():
    html = convert("\n\n".join(["/// reviews"] * 3000))
    assert len(list(find_written(html))) == 3000
