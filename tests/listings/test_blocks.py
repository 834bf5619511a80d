"""The syntax of blocks: what is read, and what is left of the text around them."""

import pytest
from markdown import Markdown

from mkdocs_bookreview.listings.blocks import ListingBlocks, WrittenBlock

EXTENSIONS = ["admonition", "fenced_code", "tables", "pymdownx.blocks.details"]


def convert(text):
    """HTML, and the extension that knows what it left out."""
    blocks = ListingBlocks()
    return Markdown(extensions=[*EXTENSIONS, blocks]).convert(text), blocks


def find(text):
    html, blocks = convert(text)
    return blocks.find(html)


LISTS = [
    ("/// reviews\n///", ("reviews", "", "", True)),
    ("/// reviews\n    limit: 3\n///", ("reviews", "", "limit: 3", True)),
    ("/// reviews\n\tlimit: 3\n///", ("reviews", "", "limit: 3", True)),
    ("/// reviews\nlimit: 3\n///", ("reviews", "", "limit: 3", True)),
    ("/// reviews\n\na: 1\n\nb: 2\n\n///", ("reviews", "", "a: 1\n\nb: 2", True)),
    ("///reviews\n    theme: A & \"B\" <c>\n///", ("reviews", "", 'theme: A & "B" <c>', True)),
    ("//// Reviews\n    limit: 3\n////", ("reviews", "", "limit: 3", True)),
    ("/// book | emma\n///", ("book", "emma", "", True)),
    ("/// comments\n    limit: 3\n///", ("comments", "", "limit: 3", True)),
    ("/// ratings\n///", ("ratings", "", "", True)),
    ("/// book|emma", ("book", "emma", "", False)),
    ("/// reviews\n    limit: 3\n////", ("reviews", "", "limit: 3", False)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_blocks_are_read(text, expected):
    (written,) = find(text)
    name, argument, options, is_closed = expected
    line = text.split("\n")[0]
    assert written == WrittenBlock(name, argument, line, options, is_closed)


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
    html, blocks = convert(text)
    assert [one.options for one in blocks.find(html)] == ["limit: 3"]
    assert "///" not in html


def test_the_text_around_stays():
    html, blocks = convert(
        "before\n/// reviews\n    limit: 3\n///\nafter\n\n/// book | emma\n///\n\nend"
    )
    shown = blocks.replace(html, lambda written: f"[{written.name}]")
    assert shown == "<p>before</p>\n[reviews]\n<p>after</p>\n[book]\n<p>end</p>"


def test_what_follows_a_block_without_end_stays():
    html, _ = convert("/// reviews\n    limit: 3\nnext\n\n/// details | A\ntext\n///\n\nend")
    for text in ("<p>next</p>", "<summary>A</summary>", "<p>text</p>", "<p>end</p>"):
        assert text in html


@pytest.mark.parametrize(
    "text", ["```\n/// reviews\n///\n```", "/// reviewers\n///", "a /// reviews"]
)
def test_other_text_is_no_block(text):
    assert find(text) == []


def test_many_slashes_are_linear_work():
    assert len(find("\n\n".join(["/// reviews"] * 3000))) == 3000


@pytest.mark.parametrize(
    ("line", "name", "argument"),
    [
        ("/// review", "reviews", ""),
        ("/// reviews:", "reviews", ""),
        ("/// books | emma", "book", "emma"),
        ("/// book emma", "book", "emma"),
        ("/// comment", "comments", ""),
        ("/// rating", "ratings", ""),
        ("/// reviews limit=1", "reviews", "limit=1"),
    ],
)
def test_almost_right_lines(line, name, argument):
    (written,) = find(f"{line}\n///")
    assert (written.name, written.argument) == (name, argument)


@pytest.mark.parametrize(
    "body",
    [
        "<div class='spoiler'>\nSECRET\n</div>",
        '<!-- "theme": SECRET -->',
        "```yaml\nSECRET: 1\n```",
        "Text ||SECRET||.",
    ],
)
def test_what_is_in_a_block_is_not_in_the_page(body):
    html, blocks = convert(f"a\n\n/// reviews\n\n{body}\n\n///\n\nb")
    assert "SECRET" not in html
    assert blocks.replace(html, lambda _: "[list]") == "<p>a</p>\n[list]\n<p>b</p>"


def test_an_element_that_somebody_wrote_is_nothing():
    blocks = ListingBlocks()
    html = '<div class="bookreview-block" data-block="7"></div>'
    assert blocks.find(html) == []
    assert blocks.replace(html, lambda _: "[list]") == ""


@pytest.mark.parametrize(
    "text",
    [
        "a\n    /// reviews\n    ///",
        "<div>\n/// book | emma\n///\n</div>",
        "| a |\n| - |\n| /// reviews |",
    ],
)
def test_blocks_that_are_printed_are_found(text):
    html, blocks = convert(text)
    assert [one.source_line_text[:8] for one in blocks.find_printed(html)] in (
        ["/// revi"],
        ["/// book"],
    )


@pytest.mark.parametrize("text", ["`/// reviews`", "```\n/// reviews\n```", "https://b.org///book"])
def test_code_and_addresses_are_no_blocks_that_are_printed(text):
    html, blocks = convert(text)
    assert list(blocks.find_printed(html)) == []


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("///\u00a0reviews", "/// reviews"),
        ("/// reviews\u00a0", "/// reviews"),
        ("///\u200breviews", "/// reviews"),
        ("//\u2060/ reviews", "/// reviews"),
        ("/// re\u00adviews", "/// reviews"),
        ("///\u00a0book | emma", "/// book | emma"),
        ("///&nbsp;review", "/// reviews"),
    ],
)
def test_blocks_that_an_invisible_character_breaks_are_found(line, meant):
    html, blocks = convert(f"Text.\n\n{line}\n    limit: 3\n///\n")
    (found,) = blocks.find_printed(html)
    assert "an invisible U+" in found.what
    assert found.fix == f"Retype the line: `{meant}`."


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("// reviews", "/// reviews"),
        ("//reviews:", "/// reviews:"),
        ("/ // reviews", "/// reviews"),
        ("/// reviwes", "/// reviews"),
        ("/// eviews", "/// reviews"),
        ("/// revviews", "/// reviews"),
        ("/// Revievs", "/// reviews"),
        ("/// bok | emma", "/// book | emma"),
        ("/// obok", "/// book"),
        ("// book | emma", "/// book | emma"),
        ("/// coments", "/// comments"),
        ("// comment", "/// comments"),
    ],
)
def test_blocks_that_are_almost_right_are_found(line, meant):
    html, blocks = convert(f"Text.\n\n{line}\n    limit: 3\n///\n")
    (found,) = blocks.find_printed(html)
    assert found.source_line_text == line
    assert found.fix == f"Write `{meant}`."
    html, blocks = convert(f"{meant}\n///\n")
    assert list(blocks.find_printed(html)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Text and // reviews",
        "// books that I love",
        "Text //\u00a0books that I love",
        "and / or / book",
        "/// look here",
        "/// commend her",
        "// comments that I love",
        "/// reviewers",
        "//\n\n///",
        "https://b.org//reviews",
        "`//\u00a0reviews`",
        "<!-- // reviews -->",
        "| a |\n| - |\n| 1 // 2 |",
    ],
)
def test_other_slashes_are_no_blocks_that_are_printed(text):
    html, blocks = convert(text)
    assert list(blocks.find_printed(html)) == []
