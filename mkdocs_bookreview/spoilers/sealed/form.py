"""Writes sealed spoilers as HTML that stays collapsed even without scripts and styles."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape, unescape

from mkdocs_bookreview.words.language import Words

LABEL_START = ' <span class="bookreview-spoiler__label">'
LABEL_END = "</span>"
INLINE_CLASS = "bookreview-spoiler--inline"
BODY_START = 'class="bookreview-spoiler__body">'
BLOCK_END = "</div></details></div>"
INLINE_END = "</span></span>"

# These attributes keep spoilers out of snippets, and out of the indexes of Pagefind and Zensical.
# Pagefind needs the value `all`, because otherwise it indexes the addresses of pictures in
# spoilers.
_KEPT_OUT = 'data-nosnippet data-pagefind-ignore="all" data-search-exclude'
_START = re.compile(
    rf'<(?:div|span) class="bookreview-spoiler(?: {INLINE_CLASS})?" {_KEPT_OUT}([^>]*)>'
)
_FACT = re.compile(r' data-(\w+)="([^"]*)"')


def start_block(words: Words, facts: Mapping[str, str]) -> str:
    """Return the HTML of a sealed block up to its label."""
    return (
        f'<div class="bookreview-spoiler" {_KEPT_OUT}{_render_facts(facts)}>'
        "<details><summary>"
        f'<span class="bookreview-spoiler__word">{_escape_word(words, "spoiler_title")}</span>'
    )


@lru_cache(maxsize=32)
def _escape_word(words: Words, key: str) -> str:
    return escape(words(key))


@lru_cache(maxsize=8)
def _fold_title(words: Words) -> str:
    return words("spoiler_title").casefold()


@lru_cache(maxsize=8)
def start_body(words: Words) -> str:
    """Return the HTML between the label and the body of a sealed block."""
    hide = escape(words("spoiler_hide"))
    # Screen readers skip this word, because they read the state of the element.
    hide = f'<span class="bookreview-spoiler__hide" aria-hidden="true">{hide}</span>'
    return f" {hide}</summary><div {BODY_START}"


def start_inline(ident: str, words: Words, facts: Mapping[str, str]) -> str:
    """Return the HTML of a sealed phrase up to its body.

    The button ends with a space, because text browsers show the body directly after it. Other
    browsers ignore a space there, so it changes nothing.
    """
    return (
        f'<span class="bookreview-spoiler {INLINE_CLASS}" {_KEPT_OUT}'
        f'{_render_facts(facts)}><button type="button" popovertarget="{ident}">'
        f"{_escape_word(words, 'spoiler_word')} </button>"
        f'<span id="{ident}" popover {BODY_START}'
    )


def seal_block(body: str, label: str, words: Words, facts: Mapping[str, str] | None = None) -> str:
    """Return a sealed block.

    `body` and `label` are HTML; `facts` (progress, chapter, book) become data attributes.
    """
    is_new = label.strip().casefold() not in ("", "spoiler", _fold_title(words))
    label = f"{LABEL_START}{label}{LABEL_END}" if is_new else ""
    return start_block(words, facts or {}) + label + start_body(words) + body + BLOCK_END


def seal_inline(body: str, ident: str, words: Words, facts: Mapping[str, str] | None = None) -> str:
    """Return a sealed phrase.

    `body` is HTML without blocks, and `ident` an id that no other element of the page has.
    """
    return start_inline(ident, words, facts or {}) + body + INLINE_END


def read_sealed_facts(sealed_html: str) -> Iterator[Mapping[str, str]]:
    """Yield the facts of a sealed element and of each sealed element in it, even if empty.

    If the outermost spoiler names a book, inner spoilers that name no book get the same book.
    """
    outer: dict[str, str] = {}
    for number, start in enumerate(_START.finditer(sealed_html)):
        facts = {name: unescape(value) for name, value in _FACT.findall(start[1])}
        yield outer | facts
        if number == 0 and "book" in facts:
            outer = {"book": facts["book"]}


def _render_facts(facts: Mapping[str, str]) -> str:
    if not facts:
        return ""
    return "".join([f' data-{name}="{escape(value)}"' for name, value in facts.items()])
