"""Finds failed spoilers in the text of a page: signs next to a word like `spoiler`, or `||`."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught import findings
from mkdocs_bookreview.spoilers.caught.findings import Failure
from mkdocs_bookreview.spoilers.caught.foreign import FOREIGN
from mkdocs_bookreview.spoilers.caught.spelling import (
    ANY_NEAR,
    CLASS_SPOILER,
    INNOCENT,
    NEAR,
    NEGATED,
    has_near,
)
from mkdocs_bookreview.spoilers.caught.text import (
    EDGE,
    GUARDED,
    GUARDED_BAR,
    GUARDED_MARK,
    GUARDED_SLASH,
    INLINE,
    LINE_BEGIN,
    LINE_END,
    QUOTE,
    TAGS,
    Text,
)


class Hit(NamedTuple):
    """Describes a part of the plain text to hide, and the finding to report.

    `end` is None if all that follows in the container must be hidden.
    """

    start: int
    end: int | None
    finding: Finding


# A `Finding` alone reports something that is not hidden.
Failures = Iterator[Hit | Finding]
_Match = re.Match[str]

_SIGN = rf"[^\w\n{TAGS}]"
# `_WORD` matches `spoiler` after the signs that begin a block. Up to six other signs may be between
# them, or one wrong letter and one or two signs, because authors mistype there.
_WORD = rf"(?:{_SIGN}{{0,6}}|\w{_SIGN}{{1,2}}){ANY_NEAR}"
# A wrong character, and a wrong sign after it, may be before the signs that begin a line.
_SLIPPED_IN = rf"[^\n{TAGS}]??{_SIGN}??"


def _repeat(sign: str, more: str = "+") -> str:
    """Return a pattern for two or more of a sign, even with another character between them."""
    return rf"{sign}(?:[^{sign.strip('[]')}\n{TAGS}]?{sign}){more}+"


_ESCAPED_SLASHES = rf"(?:/{GUARDED_SLASH}|{GUARDED_SLASH}/)(?!/)"
_SLASHES = re.compile(
    rf"(?i){LINE_BEGIN}(?:(?P<end>{_repeat('/')}{LINE_END})"
    rf"|{_SLIPPED_IN}(?:(?:{_repeat('/')}|{_ESCAPED_SLASHES}){_WORD}|(?P<other>///++ *[\w-]+)))"
)
# Slashes or colons within a line, where no block can begin, as in `a /// spoiler b /// c`. Other
# marks are left alone, because prose has them. A dot or a slash with a letter must not follow the
# word, because `//spoiler.example/x` is an address.
_IN_LINE = re.compile(rf"(?i)(?<![:/])(?P<sign>///++|:::++|(?<!\w)//) *+{NEAR}(?![./]\w)")
_IN_LINE_END = re.compile(r"(?<![:/])(//++|:::++)(?![\w/:])")
_LINE_BEFORE = re.compile(
    rf" *+{_SLIPPED_IN}"
)  # `_SLASHES` finds slashes that have this before them
# With only two marks, a label or nothing must follow the word, because `!!` may be an exclamation.
_MARKS = rf"(?:{_repeat('[?!]', '{2,}')}{_WORD}|{_repeat('[?!]')}{_WORD} *+(?=[\"'\n{TAGS}]|\Z))"
_QUOTE = rf"(?<={QUOTE}{EDGE})\s*+"
_REST = rf"[^\n{TAGS}]{{0,200}}+"
_START = rf"[^\n{TAGS}]{{0,80}}?"
_BOX = rf"(?:(?<={EDGE})\[!\w+\][+-]?|\{{\{{[<%] *details\b) ?"
_TITLE = rf"{_BOX}(?!{_START}{NEGATED}){_START}{NEAR}{_REST}"
_BEFORE_INNOCENT = rf"(?:{LINE_BEGIN}(?:///|\?\?\?|!!!) *+|\{{[^{{}}\n]{{0,20}}[.=][\"']?|<)"
# Matches of these are reported and not hidden, because prose and other boxes have them too.
_SHOWN = {
    re.compile(rf"(?i){_TITLE}"): findings.TITLE,
    re.compile(rf"(?i){_BEFORE_INNOCENT}{INNOCENT}"): findings.INNOCENT_WORD,
    re.compile(rf"\|\|(?<!\|\|\|) +[^|\n{EDGE}]*[^|\s] +\|\|(?!\|)"): findings.SPACED_BARS,
}
_NO_TAG = rf"[^\w\n<>{TAGS}]"
_TAG = re.compile(
    rf"(?i)(?P<end><{_SIGN}{{0,2}}?/{_NO_TAG}{{0,2}}{ANY_NEAR}{_NO_TAG}?>?|(?<!\w)/{ANY_NEAR}>)"
    rf"|<(?:[^\w\s<>/{TAGS}]{{0,2}}{ANY_NEAR}|{_SIGN}{{0,2}}{ANY_NEAR}{_SIGN}?>)"
    rf"|(?<![=/.<\w-])(?<!=[\"']){ANY_NEAR}>"
)
# Each pattern matches the start of a spoiler. Most match its end too; the group `end` is then set.
_MARKUP = {
    _SLASHES: findings.LINE,
    re.compile(rf"(?i){LINE_BEGIN}{_SLIPPED_IN}{_MARKS}{_REST}"): findings.LINE,
    _TAG: findings.TAG,
    re.compile(rf"(?i){_QUOTE}\[{_SIGN}{{1,2}}{ANY_NEAR}\]?"): findings.CALLOUT,
    **dict.fromkeys(FOREIGN, findings.FOREIGN),
    re.compile(rf"{_QUOTE}(?:{GUARDED_MARK}|!(?=[^\n{TAGS}]{{0,200}}!<)){_REST}"): findings.FOREIGN,
}
# A page that is a spoiler as a whole has this many slashes. They are not reported, because its
# author did not write them.
_WHOLE_PAGE = 20
_WORD_SIGN = re.compile(r"\w")
_BRACKETS = re.compile(rf"[\[\]{EDGE}]")
_BRACES = re.compile(
    rf"(?i)\{{(?P<inner>[^{{}}<%\n{TAGS}]{{0,40}}?){NEAR}[^{{}}\n{TAGS}]*+\}}?"
    rf"|(?P<late>(?<![{GUARDED}])\.{_SIGN}?{ANY_NEAR}[^{{}}\n{TAGS}]{{0,60}}\}})"
    rf"|(?P<class>{CLASS_SPOILER})"
)
# A bracket belongs to the attributes after it if at most this many signs are between them.
_NEXT = 3
_DOTTED = re.compile(r"(?i)\.|cla?s|[^\w\s]\W*\Z")
_RIGHT = re.compile(r"\{:?(?:[^{}]* )?\.spoiler[ }]")
_BLOCK_END = re.compile(rf"[^\w\n{TAGS}]*(?=[{TAGS}]|\Z)")
_BARS = re.compile(rf"{EDGE}|\Z|{GUARDED_BAR}\||\|{{2,}}")
# The tags of emphasis beside bars are skipped up to this number, because more are not emphasis.
_MOST_TAGS = 50
_ENDS_WORD = re.compile(r"[\w.!?)\"'*~`\]\0]")


def find_failures(text: Text, is_hidden: Callable[[int], bool]) -> Failures:
    """Yield the parts to hide and the findings to report.

    `is_hidden` says whether an offset of the HTML is in an element that is a spoiler.
    """
    unclosed: list[_Match] = []
    taken: set[int] = set()
    for first, end in _find_in_line(text):
        if end:
            taken.add(end.start())
            finding = findings.IN_LINE.report(text.quote_line(first.start()))
            yield Hit(first.start(), end.end(), finding)
        else:
            unclosed.append(first)
    for pattern, failure in _MARKUP.items():
        signs = [*pattern.finditer(text.plain)]
        if pattern is _SLASHES:  # because a later line of slashes may end slashes within a line
            signs = [one for one in signs if one.end() - len(one[0].lstrip()) not in taken]
            signs = sorted([*signs, *unclosed], key=re.Match.start)
        pairs, strays = _pair(signs)
        for first, last in pairs:
            yield from _hide_markup(text, failure, first, last and last.end(), is_hidden)
        for stray in strays:
            yield from _hide_stray(text, stray)
    yield from _find_braces(text)
    yield from _find_bars(text)
    for pattern, failure in _SHOWN.items():
        for sign in pattern.finditer(text.plain):
            yield failure.report(text.quote(*sign.span()))


def _find_in_line(text: Text) -> Iterator[tuple[_Match, _Match | None]]:
    """Yield the beginning and the end of each spoiler within a line.

    The end has the same sign, in the same block of text; it is None if there is no such sign.
    """
    ends: dict[str, list[_Match]] = {}
    for end in _IN_LINE_END.finditer(text.plain):
        ends.setdefault(end[0], []).append(end)
    position = 0
    for first in _IN_LINE.finditer(text.plain):
        before = text.plain[text.line_start(first.start()) : first.start()]
        if first.start() < position or _LINE_BEFORE.fullmatch(before):
            continue
        same = ends.get(first["sign"], [])
        place = bisect_left(same, first.end(), key=re.Match.start)
        last = same[place] if place < len(same) else None
        if last and last.start() < text.block(first.start())[1]:
            position = last.end()
            yield first, last
        else:
            yield first, None


def _pair(signs: Iterable[_Match]) -> tuple[list[tuple[_Match, _Match | None]], list[_Match]]:
    """Return each beginning of a spoiler with its end or None, and the ends without a beginning.

    In `[spoiler]a[spoiler]b[/spoiler]` the second beginning has the end, and the first has None.
    """
    pairs: list[tuple[_Match, _Match | None]] = []
    opened: list[_Match] = []
    strays: list[_Match] = []
    for sign in signs:
        if sign[0] in (EDGE, ""):
            opened.clear()
        elif not sign.groupdict().get("end"):
            opened.append(sign)
        elif opened:
            pairs.append((opened.pop(), sign))
        else:
            strays.append(sign)
    return [*pairs, *((sign, None) for sign in opened)], strays


def _hide_markup(
    text: Text, failure: Failure, first: _Match, end: int | None, is_hidden: Callable[[int], bool]
) -> Failures:
    """Yield a hit for markup from `first` to `end`, which is None if there is no end."""
    start = first.start()
    if first.groupdict().get("other"):
        # A failed block in a spoiler is hidden already. It only needs a hit if its last line ended
        # the spoiler around it too early.
        if end and is_hidden(text.offset(first.end())) and not is_hidden(text.offset(end - 1)):
            yield Hit(start, end, findings.INNER.report(text.quote_line(start)))
    # A correct tag without an end is left out, because the sealer hides and reports it.
    elif end or text.html[text.offset(start)] != "<":
        is_line = failure in (findings.LINE, findings.TAG)
        shown = first.end() - len(first[0].lstrip())
        quote = text.quote_line(shown) if is_line else text.quote(shown, first.end())
        yield Hit(start, end, failure.report(quote))


def _hide_stray(text: Text, end: _Match) -> Failures:
    if has_near(end[0]):
        finding = findings.STRAY_END.report(text.quote(*end.span()))
        yield Hit(text.block(end.start())[0], end.end(), finding)
    elif "///" in end[0] and len(end[0]) < _WHOLE_PAGE:
        yield findings.STRAY_SLASHES.report("///")


def _find_braces(text: Text) -> Failures:
    """Yield hits for printed attributes and their bracket, which may be in another block.

    `[a]{.spoilr}` hides its paragraph. If its `[` is in an earlier paragraph, all paragraphs from
    that one to the attributes are hidden.
    """
    brackets = _pair_brackets(text.plain)
    apart: list[tuple[int, Hit]] = []
    for sign in _BRACES.finditer(text.plain):
        start, end = sign.span()
        if sign["class"]:
            finding = findings.ATTRIBUTE.report(text.quote_line(start))
            yield Hit(text.block(start)[0], None, finding)
            continue
        close = text.plain.rfind("]", max(text.block(start)[0], start - _NEXT - 1), start)
        is_dotted = sign["late"] or _DOTTED.search(sign["inner"])
        if close == start - 1 or (is_dotted and (close >= 0 or _may_belong(text, start, end))):
            first = brackets.get(close, start)
            hit = _hide_braces(text, start, end, first)
            yield hit
            if first < hit.start:
                apart.append((first, hit))
        elif is_dotted:
            yield findings.OPEN_BRACES.report(text.quote(start, end))
    yield from _hide_blocks(text, apart)


def _pair_brackets(plain: str) -> dict[int, int]:
    """Return a mapping from the place of each closing bracket to the place of its opening bracket.

    `[a] b]` gives {2: 0}. A bracket that is open at the end of its block is the partner of all
    later closing brackets: `[a`, EDGE, `b] c]` gives {4: 0, 7: 0}.
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    edge = 0
    for sign in _BRACKETS.finditer(plain):
        if sign[0] == EDGE:
            edge = sign.end()
        elif sign[0] == "[":
            opened.append(sign.start())
        elif opened:
            pairs[sign.start()] = opened[-1]
            if opened[-1] >= edge:
                opened.pop()
    return pairs


def _may_belong(text: Text, start: int, end: int) -> bool:
    """Return whether attributes are in a bracket, or at the start of a line or end of a block."""
    first = text.block(start)[0]
    return (
        text.plain.rfind("[", first, start) > text.plain.rfind("]", first, start)
        or _BLOCK_END.match(text.plain, end) is not None
        or not re.search(r"\w", text.plain[text.line_start(start) : start])
    )


def _hide_braces(text: Text, start: int, end: int, first: int) -> Hit:
    """Return a hit for the block with the attributes; their bracket begins at `first`."""
    quote = text.quote(start, end)
    before, after = text.block(start)
    # Only the bracket and its attributes are hidden, because correct attributes next to their
    # bracket fail only in raw HTML.
    if before <= first < start and text.plain[start - 1] == "]" and _RIGHT.match(quote):
        return Hit(first, end, findings.RAW.report(text.quote(first, end)))
    if not (
        _WORD_SIGN.search(text.plain, before, start) or _WORD_SIGN.search(text.plain, end, after)
    ):
        # Attributes alone in a block hide the block before, because they were meant for it.
        before = text.block(max(0, len(text.plain[:before].rstrip()) - 1))[0]
    failure = findings.APART if first < before else findings.BRACES
    return Hit(before, after, failure.report(quote))


def _hide_blocks(text: Text, apart: list[tuple[int, Hit]]) -> Failures:
    """Yield a hit for each block from a bracket to the block with its attributes.

    Each block gets its own hit, because one hit would hide a list with all its items.
    """
    position = 0
    for first, hit in sorted(apart, key=lambda pair: pair[0]):
        position = max(position, text.block(first)[0])
        while position < hit.start:
            block = text.block(position)
            if text.plain[slice(*block)].strip():
                yield Hit(*block, hit.finding)
            position = block[1] + 1


def _find_bars(text: Text) -> Failures:
    """Yield hits for printed bars.

    `a ||b|| c` hides `||b||`, `a ||b` hides `||b` and all that follows, and `a|| b` hides its
    paragraph. `a||b` hides nothing.
    """
    opened: int | None = None
    is_strong = is_escaped = False
    for bars in _BARS.finditer(text.plain):
        start, end = bars.span()
        before, after = _look_around(text.plain, start, end)
        if bars[0] in (EDGE, ""):
            if opened is not None and is_strong:
                yield Hit(opened, None, findings.UNCLOSED_BARS.report(text.quote_line(opened)))
            opened, is_strong, is_escaped = None, False, False
        elif bars[0][0] == GUARDED_BAR:
            is_escaped = True
        elif opened is not None and not before.isspace():
            yield Hit(opened, end, findings.RAW.report(text.quote(opened, end)))
            opened, is_strong = None, False
        elif not after.isspace() and after != "|":
            opened = start if opened is None else opened
            is_strong |= not before.isalnum()
        elif opened is None and not is_escaped and _ENDS_WORD.match(before):
            quote = text.quote_line(text.line_start(start))
            yield Hit(*text.block(start), findings.STRAY_BARS.report(quote))


def _look_around(plain: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters before and after bars, without the tags of emphasis and the like."""
    before = plain[max(0, start - _MOST_TAGS) : start].rstrip(INLINE)
    after = plain[end : end + _MOST_TAGS].lstrip(INLINE)
    return before[-1:] or " ", after[:1] or " "
