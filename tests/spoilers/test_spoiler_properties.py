"""Whatever is nested in whatever: what a spoiler holds is nowhere else, and the rest is shown."""

import re
from itertools import count
from typing import TypeAlias

import pytest
from conftest import Page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.publishing.teasers import find_teaser
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.spoilers.sealed.vault import Vault, strip
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
ATOMS = {
    "word": "{0}",
    "code": "`{0}`",
    "math": "${0}$",
    "picture": "![{0}]({0}.png)",
    "emoji": ":cat: {0}",
    "tag": "<b>{0}</b>",
    "address": "<https://example.org/{0}>",
    "title": '[x](y "{0}")',
}
LINKS = frozenset({"address", "link", "title"})
BLOCK_SPOILERS = (
    "fence", "details", "open", "admonition", "element", "md", "crossing",
)  # fmt: skip
BLOCKS = ("quote", "item", "note", "tab", "definition", "grid", "section", "caption")
LEAVES = ("div", "paragraph", "raw")
# What Python-Markdown cannot nest: in elements with Markdown in them, the first closing tag that is
# indented ends the element around; what is indented below a definition in a list becomes code.
HTML = {"md": "element", "section": "note", "grid": "item", "div": "paragraph"}
LISTS = {"item": "note", "definition": "note", "grid": "note"}
# What pymdownx puts elsewhere: a caption in a caption takes the box before it along.
CAPTIONS = {"caption": "note"}

atoms = st.tuples(st.sampled_from(["word", "word", *ATOMS]), st.none())
inlines = st.recursive(
    atoms,
    lambda inner: st.tuples(
        st.sampled_from([*INLINE_SPOILERS, *INLINES, "footnote"]),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=4,
)
paragraphs = st.tuples(
    st.sampled_from(["text", "text", "heading", "table"]),
    st.lists(inlines, min_size=1, max_size=3),
)
leaves = st.tuples(st.sampled_from(LEAVES), st.just([]))
blocks = st.recursive(
    st.one_of(paragraphs, paragraphs, leaves),
    lambda inner: st.tuples(
        st.sampled_from([*BLOCK_SPOILERS, *BLOCKS]), st.lists(inner, min_size=1, max_size=2)
    ),
    max_leaves=5,
)


def many(examples: int) -> settings:
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, suppress_health_check=checks)


class Writer:
    """Writes pieces as Markdown, with a word of its own for each place."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.notes: list[str] = []
        self.depth = 0

    def write(self, pieces: list[Piece]) -> str:
        text = "\n\n".join(self.write_block(piece) for piece in pieces)
        return "\n\n".join([text, *self.notes])

    def write_inline(
        self, piece: Piece, *, hidden: bool, used: frozenset[str] = frozenset()
    ) -> str:
        kind, inner = piece
        if kind in ATOMS:
            kind = "word" if kind in LINKS and used & LINKS else kind
            return ATOMS[kind].format(f"{'secret' if hidden else 'open'}{next(self.numbers)}")
        hidden = hidden or kind in INLINE_SPOILERS
        # No emphasis in emphasis, link in link, or pipes in pipes.
        inside = used if kind in used else used | {kind}
        text = " ".join(self.write_inline(p, hidden=hidden, used=inside) for p in inner)
        if kind in used:
            return text
        if kind == "footnote":
            self.notes.append(f"[^{len(self.notes) + 1}]: {text}")
            return f"x[^{len(self.notes)}]"
        return ({**INLINE_SPOILERS, **INLINES})[kind].format(text)

    def write_block(
        self, piece: Piece, *, hidden: bool = False, around: frozenset[str] = frozenset()
    ) -> str:
        kind, inner = piece
        for kinds in (HTML, LISTS, CAPTIONS):
            if around & kinds.keys():
                kind = kinds.get(kind, kind)
        if kind in ("text", "heading", "table"):
            text = " ".join(self.write_inline(p, hidden=hidden) for p in inner)
            return {
                "text": text,
                "heading": f"## {text}",
                "table": f"| A | B |\n|---|---|\n| open | {text} |",
            }[kind]
        hidden = hidden or kind in BLOCK_SPOILERS
        self.depth += 1
        texts = [self.write_block(p, hidden=hidden, around=around | {kind}) for p in inner]
        self.depth -= 1
        return self.wrap(kind, "\n\n".join(texts))

    def wrap(self, kind: str, text: str) -> str:
        indented = re.sub("^(?=.)", "    ", text, flags=re.MULTILINE)
        fence = "/" * (9 - self.depth)
        number = next(self.numbers)
        raw = f"secret{number}"
        return {
            "fence": f"{fence} spoiler | label\n\n{text}\n\n{fence}",
            "details": f'??? spoiler "label"\n\n{indented}',
            "open": f'???+ spoiler "label"\n\n{indented}',
            "admonition": f'!!! spoiler "label"\n\n{indented}',
            "element": f"<spoiler>\n\n{text}\n\n</spoiler>",
            "crossing": f"open <spoiler>{raw}\n\n{text}\n\n{raw}</spoiler> open",
            "div": f'<div class="spoiler"><h3>{raw}</h3><p>{raw}</p></div>',
            "md": f'<div class="spoiler" markdown>\n\n{text}\n\n</div>',
            "paragraph": f"{raw} *{raw}*\n{{: .spoiler }}",
            "quote": re.sub("^", "> ", text, flags=re.MULTILINE),
            # What begins an item is taken for code when it goes on over a blank line.
            "item": f"- open{number}\n\n{indented}",
            "note": f'!!! note "title"\n\n{indented}',
            "tab": f'=== "title"\n\n{indented}',
            "definition": f"open{number}\n:   open\n\n{indented}",
            "grid": f'<div class="grid cards" markdown>\n\n-   open\n\n{indented}\n\n</div>',
            "section": f"<section markdown>\n\n{text}\n\n</section>",
            "raw": f'<table><tr><td>a ||{raw}||<td title="||{raw}||">b</table>',
            "caption": f"open\n\n{fence} caption\n{text}\n{fence}",
        }[kind]


@pytest.fixture(scope="module")
def vault() -> Vault:
    return Vault(Words())


@many(500)
@given(st.lists(blocks, min_size=1, max_size=2), st.booleans())
def test_no_secret_is_shown(render_all, vault, pieces, is_windows):
    text = Writer().write(pieces)
    if is_windows:
        text = text.replace("\n", "\r\n")
    locked = render_all(text, vault=vault)
    for derived in (locked.html, str(locked.toc), find_teaser(strip(locked.html))):
        assert "secret" not in derived
    vault.claim(text, locked.html)
    page = Page(vault.open(text, locked.html)[0], [], [])
    assert "secret" not in page.shown
    assert page.is_balanced
    assert all(word in page.hidden for word in re.findall(r"secret\d+", text))


FRAGMENTS = [
    "||", "<spoiler>", "</spoiler>", "{.spoiler}", "[", "]", "\n/// spoiler\n", "\n///\n", "///",
    "\n??? spoiler\n", '\n!!! spoiler "x"\n', "`", "\n```\n", "*", "<div>", "</div>", "<p>", "</p>",
    "<td>", '<b class="spoiler">', "</b>", "<!--", "-->", "|", "\n|-|-|\n", "\n\n", "\n    ",
    "\n- ", "\n> ", "\n# ", "\\", "<", '"', '<details class="spoiler">', "<summary>", "</details>",
    "<li class=spoiler>", "</li>", "<ul>", "</ul>", "<table>", "<tr>", "</table>", "<script>",
    "</script>", "[^1]", "\n[^1]: ", " ", "word",
]  # fmt: skip


@many(150)
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
    assert "spoiler-elsewhere" not in page.html


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


@many(150)
@given(st.lists(SOUP, min_size=2, max_size=14))
def test_tags_without_order_show_no_secret(read_page, parts):
    depth = 0
    pieces = []
    for number, part in enumerate(parts):
        depth = max(0, depth + (part == "<spoiler>") - (part == "</spoiler>"))
        word = f"secret{number:02}" if depth else f"open{number:02}"
        pieces.append(word if part == "word" else part)
    html = "".join(pieces) + "</spoiler>" * depth
    sealed = seal([html], Words()).blocks[0]
    assert "secret" not in read_page(sealed).shown
    assert all(sealed.count(piece) == 1 for piece in pieces if piece.startswith("secret"))
    assert seal([sealed], Words()).blocks[0] == sealed
