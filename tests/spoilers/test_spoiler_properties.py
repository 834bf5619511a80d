"""Whatever is nested in whatever: what a spoiler holds is nowhere else, and the rest is shown."""

import re
from itertools import count
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.spoilers.sealing import seal
from mkdocs_bookreview.words.language import Words

Piece: TypeAlias = tuple[str, object]

INLINE_SPOILERS = {
    "pipes": "||{}||",
    "brackets": "[{}]{{.spoiler}}",
    "facts": "[{}]{{: .spoiler progress=45% }}",
    "element": "<spoiler>{}</spoiler>",
    "span": '<span class="spoiler">{}</span>',
}
INLINES = {"em": "*{}*", "strong": "**{}**", "link": "[{}](https://example.org)"}
BLOCK_SPOILERS = ("fence", "details", "open", "admonition", "element", "div", "md", "paragraph")
BLOCKS = ("quote", "item", "note")

words = st.tuples(st.just("word"), st.none())
inlines = st.recursive(
    words,
    lambda inner: st.tuples(
        st.sampled_from([*INLINE_SPOILERS, *INLINES]), st.lists(inner, min_size=1, max_size=2)
    ),
    max_leaves=4,
)
paragraphs = st.tuples(
    st.sampled_from(["text", "text", "heading"]), st.lists(inlines, min_size=1, max_size=3)
)
blocks = st.recursive(
    paragraphs,
    lambda inner: st.tuples(
        st.sampled_from([*BLOCK_SPOILERS, *BLOCKS]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


many = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Writer:
    """Writes pieces as Markdown, with a word of its own for each place."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.depth = 0

    def write_inline(
        self, piece: Piece, *, hidden: bool, used: frozenset[str] = frozenset()
    ) -> str:
        kind, inner = piece
        if kind == "word":
            return f"{'secret' if hidden else 'open'}{next(self.numbers)}"
        if kind in used:  # No emphasis in emphasis, link in link, or pipes in pipes.
            return " ".join(self.write_inline(p, hidden=hidden, used=used) for p in inner)
        hidden = hidden or kind in INLINE_SPOILERS
        text = " ".join(self.write_inline(p, hidden=hidden, used=used | {kind}) for p in inner)
        return ({**INLINE_SPOILERS, **INLINES})[kind].format(text)

    def write_block(self, piece: Piece, *, hidden: bool = False) -> str:
        kind, inner = piece
        if kind in ("text", "heading"):
            text = " ".join(self.write_inline(p, hidden=hidden) for p in inner)
            return f"## {text}" if kind == "heading" else text
        hidden = hidden or kind in BLOCK_SPOILERS
        self.depth += 1
        text = "\n\n".join(self.write_block(p, hidden=hidden) for p in inner)
        self.depth -= 1
        return self.wrap(kind, text)

    def wrap(self, kind: str, text: str) -> str:
        indented = re.sub("^(?=.)", "    ", text, flags=re.MULTILINE)
        fence = "/" * (9 - self.depth)
        raw = f"secret{next(self.numbers)}"
        return {
            "fence": f"{fence} spoiler | label\n\n{text}\n\n{fence}",
            "details": f'??? spoiler "label"\n\n{indented}',
            "open": f'???+ spoiler "label"\n\n{indented}',
            "admonition": f'!!! spoiler "label"\n\n{indented}',
            "element": f"<spoiler>\n\n{text}\n\n</spoiler>",
            "div": f'<div class="spoiler"><h3>{raw}</h3><p>{raw}</p></div>',
            "md": f'<div class="spoiler" markdown>\n\n{text}\n\n</div>',
            "paragraph": f"{raw} *{raw}*\n{{: .spoiler }}",
            "quote": re.sub("^", "> ", text, flags=re.MULTILINE),
            # What begins an item is taken for code when it goes on over a blank line.
            "item": f"- open{next(self.numbers)}\n\n{indented}",
            "note": f'!!! note "title"\n\n{indented}',
        }[kind]


@many
@given(st.lists(blocks, min_size=1, max_size=3))
def test_no_secret_is_shown(render, pieces):
    writer = Writer()
    text = "\n\n".join(writer.write_block(piece) for piece in pieces)
    page = render(text)
    assert "secret" not in page.shown
    assert "secret" not in str(page.toc)
    assert page.is_balanced
    secrets = re.findall(r"secret\d+", text)
    assert all(word in page.hidden for word in secrets)


FRAGMENTS = [
    "||", "<spoiler>", "</spoiler>", "{.spoiler}", "[", "]", "\n/// spoiler\n", "\n///\n", "///",
    "\n??? spoiler\n", '\n!!! spoiler "x"\n', "`", "\n```\n", "*", "<div>", "</div>", "<p>", "</p>",
    "<td>", '<b class="spoiler">', "</b>", "<!--", "-->", "|", "\n|-|-|\n", "\n\n", "\n    ",
    "\n- ", "\n> ", "\n# ", "\\", "<", '"', '<details class="spoiler">', "<summary>", "</details>",
    "<li class=spoiler>", "</li>", "<ul>", "</ul>", "<table>", "<tr>", "</table>", "<script>",
    "</script>", "[^1]", "\n[^1]: ", " ", "word",
]  # fmt: skip


@many
@given(
    st.lists(
        st.one_of(
            st.sampled_from(FRAGMENTS),
            st.text(max_size=6),
        ),
        max_size=25,
    )
)
def test_arbitrary_text_never_raises(render, parts):
    page = render("".join(parts))
    assert "bookreview-sealed" not in page.html


ELEMENTS = [
    "p", "div", "em", "ul", "li", "table", "tr", "td", "a", "h2", "blockquote", "details",
    "summary", "span", "button", "pre", "section", "b", "dl", "dd", "th", "tbody", "label", "code",
    "svg", "select", "option", "nobr",
]  # fmt: skip
SOUP = st.sampled_from(
    [
        *(f"<{name}>" for name in ELEMENTS),
        *(f"</{name}>" for name in ELEMENTS),
        *["word"] * 12,
        *["<spoiler>", "</spoiler>"] * 6,
        *(f'<{name} class="spoiler">' for name in ("p", "div", "li", "td", "em", "tr", "img")),
        '<details class="spoiler">',
        "<br>",
        " ",
    ]
)


@many
@given(st.lists(SOUP, min_size=2, max_size=14))
def test_tags_without_order_show_no_secret(read_page, parts):
    depth = 0
    pieces = []
    for number, part in enumerate(parts):
        depth = max(0, depth + (part == "<spoiler>") - (part == "</spoiler>"))
        word = f"secret{number:02}" if depth else f"open{number:02}"
        pieces.append(word if part == "word" else part)
    html = "".join(pieces) + "</spoiler>" * depth
    sealed = seal(html, Words()).html
    assert "secret" not in read_page(sealed).shown
    assert all(sealed.count(piece) == 1 for piece in pieces if piece.startswith("secret"))
    assert seal(sealed, Words()).html == sealed
