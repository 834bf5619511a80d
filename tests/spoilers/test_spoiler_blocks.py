"""To read only blocks with spoilers, and only what is not plain, changes nothing but the time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_spoiler_properties import Writer, blocks, many

from mkdocs_bookreview.spoilers import conversion
from mkdocs_bookreview.spoilers.plain import seal_plain
from mkdocs_bookreview.words.language import Words


def render_whole(render, text: str, **options: object) -> str:
    """As if all of the page had to be read tag by tag."""
    split = conversion.split_blocks
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversion, "split_blocks", lambda html: ["".join(split(html))])
        return render(text, **options).html


PAGES = {
    "pipes": "a ||b|| and ||c *d* `e`|| f\n\n||g||",
    "brackets": "a [b *c*]{.spoiler} d",
    "brackets with facts": "a [b]{.spoiler chapter=3} d",
    "beside links": "a ||b|| [c](d) ||e [f](g)||",
    "in a link": "[a ||b|| c](d)",
    "fence": "a\n\n/// spoiler | The *end*\nb\n\n- c\n- d\n\n> e\n///\n\nf ||g||",
    "fence without label": "/// spoiler\na\n///",
    "fence of our label": "/// spoiler | Spoiler\na\n///",
    "fence with facts": "/// spoiler | A\n    chapter: 3\n\nb\n///",
    "fence with a heading": "/// spoiler | A\n## b\n///\n\nc",
    "fence with all else": "/// spoiler | A\n||b||\n\n[c](d)\n\n| e |\n|---|\n| f |\n///",
    "fences in one": "//// spoiler | A\n/// spoiler | B\nc\n///\n////",
    "details": '??? spoiler "A"\n    b\n\n    c',
    "breaks": "||a  \nb|| c",
    "lists": "- ||a||\n- b\n\n1. c\n\n    ||d||",
    "tables": "| A |\n|---|\n| [b]{.spoiler} |\n\n||c||",
    "raw": "<b>a</b> ||b||\n\n<spoiler>c\n\nd</spoiler> ||e||",
    "raw end": "<em>a ||b</em> c <em>d|| e</em>",
    "open": "a ||b\n\nc ||d||",
    "notes": "||a[^1]|| b ||c||\n\n[^1]: d",
    "the word": "A spoiler ||b|| of sorts",
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_come_out_the_same(render, page: str) -> None:
    assert render(PAGES[page]).html == render_whole(render, PAGES[page])


@many(200)
@given(st.lists(blocks, min_size=1, max_size=3))
def test_arbitrary_pages_come_out_the_same(render, pieces) -> None:
    text = Writer().write(pieces)
    assert render(text).html == render_whole(render, text)


@pytest.mark.parametrize(
    ("block", "is_plain"),
    [
        ('<p>a <span class="spoiler">b <em>c</em></span> d</p>', True),
        ('<p>a <span class="spoiler">b <a href="c">d</a></span></p>', False),
        ('<p><a href="b">a <span class="spoiler">b</span></a></p>', False),
        ('<p>a <span class="spoiler" id="b">c</span></p>', False),
        ('<p>a <span class="spoiler"><span class="spoiler">b</span></span></p>', False),
        ('<p class="spoiler">a</p>', False),
        ('<details class="spoiler"><summary>a</summary><p>b</p></details>', True),
        ('<details class="spoiler"><summary>a</summary><h2>b</h2></details>', False),
        ('<details class="spoiler"><summary>a</summary><p id="b">c</p></details>', False),
        ('<details class="spoiler"><p>a</p></details>', False),
        ('<ul><li><span class="spoiler">a</span></li></ul>', False),
    ],
)
def test_what_is_plain(block: str, *, is_plain: bool) -> None:
    assert (seal_plain(block, Words(), str, iter([1])) is not None) is is_plain
