"""Seals the two shapes that most spoilers have, without a parser.

In a block without raw HTML every tag has its partner, because Python-Markdown wrote all tags. If a
spoiler contains only plain text and a few elements without attributes, its end is certain, and
nothing in it has to be cleaned. This takes a twentieth of the time of `seal`.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from mkdocs_bookreview.spoilers.sealed import form
from mkdocs_bookreview.spoilers.sealed.facts import FACTS, read_facts
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.words.language import Words

_NAMES = "code|del|em|ins|kbd|mark|strong|sub|sup"
_PHRASING = rf"(?>(?:[^<]++|</?(?:{_NAMES})>|<br ?/?>)+)"
_FLOW = rf"(?>(?:[^<]++|</?(?:{_NAMES}|blockquote|li|ol|p|pre|ul)>|<[bh]r ?/?>)+)"
_FACTS = rf'((?: (?:{"|".join(FACTS)})="[^"]*")*)'
_FACT = re.compile(r' (\w+)="([^"]*)"')
_INLINE = re.compile(rf'<span class="spoiler"{_FACTS}>({_PHRASING})</span>')
_BLOCK = re.compile(
    rf'\s*<details class="spoiler"{_FACTS}>\s*'
    rf"<summary>({_PHRASING})</summary>(?!\s*</details>)({_FLOW})</details>\s*"
)
_MARKED = re.compile(rf"<[^>]*{SPOILER}", re.IGNORECASE)
# A sealed phrase is a button, and HTML allows no button in these elements.
_INTERACTIVE = re.compile(r"<(?:a|button|label|summary)\b")


def seal_plain(
    block: str,
    mentions: int,
    words: Words,
    lock: Callable[[str], str],
    numbers: Iterator[int],
) -> str | None:
    """Return the sealed block, or None if it needs a parser.

    `mentions` counts the word `spoiler` in the block. `seal` describes the other arguments.
    """
    if box := _BLOCK.fullmatch(block):
        facts = _read_facts(box[1])
        return None if facts is None else lock(form.seal_block(box[3], box[2], words, facts))
    pieces = _INLINE.split(block)  # a text, then facts, body and text for each spoiler
    all_facts = [*map(_read_facts, pieces[1::3])]
    count = len(all_facts)
    # Tags are only counted if the word also appears elsewhere, because counting takes longer.
    is_all = count == mentions or count == len(_MARKED.findall(block))
    is_phrase = block.startswith(("<p>", "\n<p>")) and not _INTERACTIVE.search(block)
    if not is_all or not is_phrase or None in all_facts:
        return None
    for at, facts in enumerate(all_facts):
        ident = f"bookreview-spoiler-{next(numbers)}"
        body = pieces[3 * at + 2]
        pieces[3 * at + 1] = ""
        pieces[3 * at + 2] = lock(form.seal_inline(body, ident, words, facts))
    return "".join(pieces)


def _read_facts(text: str) -> Mapping[str, str] | None:
    """Return the facts of a spoiler, or None if some are invalid and must be reported."""
    if not text:
        return {}
    facts, wrong = read_facts(dict(_FACT.findall(text)))
    return None if wrong else facts
