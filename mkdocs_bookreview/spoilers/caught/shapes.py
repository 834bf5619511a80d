"""The shapes of failed spoilers in what a page prints: a word like `spoiler` next to signs."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.findings import tell
from mkdocs_bookreview.spoilers.caught.foreign import FOREIGN, Markup
from mkdocs_bookreview.spoilers.caught.spelling import ANY_NEAR, CLASS_SPOILER, INNOCENT, NEAR
from mkdocs_bookreview.spoilers.caught.text import (
    EDGE,
    GUARDED,
    GUARDED_BAR,
    GUARDED_MARK,
    GUARDED_SLASH,
    INLINE,
    QUOTE,
    Text,
)


class Hit(NamedTuple):
    """What to hide, as positions in the plain text; without an end, all in its container.

    `start` is None where nothing can be hidden.
    """

    start: int | None
    end: int | None
    finding: Finding | None


_TAGS = "\x1d-\x1f"
_BEGIN = rf"(?:^|(?<=[\n{_TAGS}])) *+"
_END = rf" *+(?=[\n{_TAGS}]|\Z)"
_SIGN = rf"[^\w\n{_TAGS}]"
# Between a sign and the word: up to three signs, or a letter that slipped in after the sign.
_GAP = rf"(?:{_SIGN}{{0,6}}|\w{_SIGN}{{1,2}})"


def _repeat(sign: str) -> str:
    """Two or more of a sign, also with something else between them."""
    return rf"{sign}(?:[^{sign.strip('[]')}\n{_TAGS}]?{sign})++"


_LINE = re.compile(
    rf"{_BEGIN}(?:(?P<end>{_repeat('/')}{_END})|(?P<colons_end>::++{_END})|[^\n{_TAGS}]??{_SIGN}??(?:"
    rf"(?P<slashes>{_repeat('/')}|(?:/{GUARDED_SLASH}|{GUARDED_SLASH}/)(?!/)){_GAP}{ANY_NEAR}|(?P<marks>{_repeat('[?!]')}){_GAP}{ANY_NEAR}(?P<rest>[^\n{_TAGS}]*+)"
    rf"|(?P<colons>{_repeat(':')}){_GAP}{ANY_NEAR}|(?P<other>///++ *[\w-]+)))",
    re.IGNORECASE,
)
_LEAST_MARKS = 3
_TAG = re.compile(
    rf"(?P<end><{_SIGN}{{0,2}}?/[^\w\n<>{_TAGS}]{{0,2}}{ANY_NEAR}[^\w\n<>{_TAGS}]?>?|(?<!\w)/{ANY_NEAR}>)"
    rf"|<(?:[^\w\s<>/{_TAGS}]{{0,2}}{ANY_NEAR}|{_SIGN}{{0,2}}{ANY_NEAR}{_SIGN}?>)"
    rf"|(?<![=/.<\w-])(?<!=[\"']){ANY_NEAR}>",
    re.IGNORECASE,
)
_BRACES = re.compile(
    rf"(?P<edge>{EDGE})|(?P<open>\[)|(?P<close>\])"
    rf"|\{{(?P<inner>[^{{}}<%\n{_TAGS}]{{0,40}}?){NEAR}[^{{}}\n{_TAGS}]*+\}}?"
    rf"|(?P<late>(?<![{GUARDED}])\.{_SIGN}?{ANY_NEAR}[^{{}}\n{_TAGS}]{{0,60}}\}})|(?P<class>{CLASS_SPOILER})",
    re.IGNORECASE,
)
# How many signs may be between a bracket and what belongs to it.
_NEXT = 3
_DOTTED = re.compile(r"\.|cla?s|[^\w\s]\W*\Z", re.IGNORECASE)
_RIGHT = re.compile(r"\{:?(?:[^{}]* )?\.spoiler[ }]")
_LINE_START = re.compile(rf"(?:\A|[\n{_TAGS}])[^\w\n{_TAGS}]*\Z")
_LINE_END = re.compile(rf"[^\w\n{_TAGS}]*(?=[{_TAGS}]|\Z)")
_BARS = re.compile(rf"{EDGE}|{GUARDED_BAR}\||\|{{2,}}")
_SPACED_BARS = re.compile(rf"\|\|(?<!\|\|\|) +[^|\n{EDGE}]*[^|\s] +\|\|(?!\|)")
_ENDS_WORD = re.compile(r"[\w.!?)\"'*~`\]\0]")
_QUOTE = re.compile(
    rf"{QUOTE}{EDGE}\s*+(?:(?P<mark>{GUARDED_MARK})|(?P<callout>\[{_SIGN}{{1,2}}{ANY_NEAR}\]?)"
    rf"|\[!\w+\][+-]? ?(?P<title>[^\n{_TAGS}]{{0,80}}?{NEAR}[^\n{_TAGS}]*+))",
    re.IGNORECASE,
)
_INNOCENT = re.compile(
    rf"(?:{_BEGIN}(?:///|\?\?\?|!!!) *+|\{{[^{{}}\n]{{0,20}}[.=][\"']?|<){INNOCENT}", re.IGNORECASE
)


def find_hits(text: Text, hidden: Callable[[int], bool]) -> Iterator[Hit]:
    """`hidden` says whether an offset of the HTML is in an element that is a spoiler."""
    yield from _find_lines(text, hidden)
    yield from _find_tags(text)
    yield from _find_braces(text)
    yield from _find_bars(text)
    yield from _find_quotes(text)
    for markup in FOREIGN:
        yield from _find_foreign(text, markup)
    for match in _INNOCENT.finditer(text.plain):
        yield Hit(None, None, tell("innocent", text.quote(*match.span())))


def _find_lines(text: Text, hidden: Callable[[int], bool]) -> Iterator[Hit]:
    """A closing line ends the last opening one, as in pymdownx, also one of another block."""
    opened: dict[str, list[re.Match[str]]] = {"/": [], ":": []}
    for line in _LINE.finditer(text.plain):
        stack = opened[":" if line["colons"] or line["colons_end"] else "/"]
        if line["marks"]:
            yield from _read_marks(text, line)
        elif not (line["end"] or line["colons_end"]):
            stack.append(line)
        elif stack:
            yield from _end_lines(text, stack.pop(), line.end(), hidden)
        elif line["end"] and "///" in line["end"]:
            yield Hit(None, None, tell("stray slashes", "///"))
    for line in (*opened["/"], *opened[":"]):
        if not line["other"]:
            yield Hit(line.start(), None, _tell_line(text, line))


def _read_marks(text: Text, line: re.Match[str]) -> Iterator[Hit]:
    """With two marks it may be an exclamation, unless a label or nothing follows."""
    count = sum(line["marks"].count(sign) for sign in "?!")
    if count >= _LEAST_MARKS or line["rest"].strip()[:1] in ("", '"', "'"):
        yield Hit(line.start(), None, _tell_line(text, line))


def _end_lines(
    text: Text, line: re.Match[str], end: int, hidden: Callable[[int], bool]
) -> Iterator[Hit]:
    if not line["other"]:
        yield Hit(line.start(), end, _tell_line(text, line))
    elif hidden(text.offset(line.start("other"))) and not hidden(text.offset(end - 1)):
        yield Hit(line.start(), end, tell("inner", text.quote_line(line.start())))


def _tell_line(text: Text, line: re.Match[str]) -> Finding:
    kind = "foreign" if line["colons"] else "marks" if line["marks"] else "slashes"
    return tell(kind, text.quote_line(line.start()))


def _find_tags(text: Text) -> Iterator[Hit]:
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(text.plain):
        quote = text.quote(*tag.span())
        if not tag["end"]:
            opened.append(tag)
        elif opened:
            first = opened.pop()
            quote = text.quote_line(first.start())
            yield Hit(first.start(), tag.end(), tell("tag", quote))
        else:
            yield Hit(text.block(tag.start())[0], tag.end(), tell("stray end", quote))
    for tag in opened:
        # The sealer reads tags that are right, and reports a missing end itself.
        if text.html[text.offset(tag.start())] != "<":
            finding = tell("tag", text.quote_line(tag.start()))
            yield Hit(*_hide_around(text, *tag.span()), finding)


def _hide_around(text: Text, start: int, end: int) -> tuple[int, int | None]:
    """Return the block of a printed tag, or all from there on if the tag is its end."""
    first, last = text.block(start)
    rest = text.plain[end:last]
    rest = rest[rest.find(">") + 1 :].replace("markdown", "")
    return first, last if re.search(r"\w", rest) else None


def _find_braces(text: Text) -> Iterator[Hit]:
    """Find printed attributes, and the bracket that they belong to, maybe in another block."""
    opened: list[int] = []
    others: list[tuple[int, int]] = []
    edge = behind = 0
    bracket: int | None = None
    for sign in _BRACES.finditer(text.plain):
        start, end = sign.span()
        if sign["edge"]:
            edge = end
        elif sign["open"]:
            opened.append(start)
        elif sign["close"]:
            behind, bracket = end, opened[-1] if opened else None
            if bracket is not None and bracket >= edge:
                opened.pop()
        elif sign["class"]:
            finding = tell("attribute", text.quote_line(start))
            yield Hit(*_hide_around(text, start, end), finding)
        else:
            is_next = behind > edge and start - behind <= _NEXT
            first = bracket if is_next and bracket is not None else start
            if first < edge:
                opened.pop()
            is_within = is_next or (bool(opened) and opened[-1] >= edge)
            if start != behind and not is_within and not _is_at_edge(text.plain, start, end):
                yield from _leave_braces(text, sign)
            elif start == behind or _is_dotted(sign):
                hit = _hide_braces(text, sign, first, is_raw=edge <= first < start == behind)
                others.append((first, hit.start or 0))
                yield hit
    yield from _hide_blocks(text, others)


def _is_dotted(sign: re.Match[str]) -> bool:
    return bool(sign["late"] or _DOTTED.search(sign["inner"]))


def _leave_braces(text: Text, sign: re.Match[str]) -> Iterator[Hit]:
    if _is_dotted(sign):
        yield Hit(None, None, tell("open braces", text.quote(*sign.span())))


def _hide_braces(text: Text, sign: re.Match[str], first: int, *, is_raw: bool) -> Hit:
    """`is_raw`: brackets and braces are next to each other, so only raw HTML can be wrong."""
    start, end = sign.span()
    quote = text.quote(start, end)
    if is_raw and _RIGHT.match(quote):
        return Hit(first, end, tell("raw", text.quote(first, end)))
    block = text.block(start)
    if not re.search(r"\w", text.plain[block[0] : start] + text.plain[end : block[1]]):
        # Attributes in a block of their own were meant for the block before.
        block = (text.block(max(0, text.last_text(block[0])))[0], block[1])
    return Hit(*block, tell("apart" if first < block[0] else "braces", quote))


def _hide_blocks(text: Text, spans: list[tuple[int, int]]) -> Iterator[Hit]:
    """Hide each block by itself: a list would otherwise be hidden with all its items."""
    position = 0
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        position = max(position, text.block(start)[0])
        while position < end:
            block = text.block(position)
            if text.plain[slice(*block)].strip():
                yield Hit(*block, None)
            position = block[1] + 1


def _is_at_edge(plain: str, start: int, end: int) -> bool:
    """Return whether a line begins or a block ends here, as where attributes of a block are."""
    return (
        _LINE_END.match(plain, end) is not None
        or _LINE_START.search(plain, start - 9, start) is not None
    )


def _find_bars(text: Text) -> Iterator[Hit]:
    plain = text.plain
    opened: int | None = None
    is_strong = is_escaped = False
    for bars in (*_BARS.finditer(plain), None):
        if bars is None or bars[0] == EDGE:
            if opened is not None and is_strong:
                yield Hit(opened, None, tell("unclosed bars", text.quote_line(opened)))
            opened, is_strong, is_escaped = None, False, False
            continue
        if bars[0][0] == GUARDED_BAR:
            is_escaped = True
            continue
        before, after = _look_around(plain, *bars.span())
        if opened is not None and not before.isspace():
            quote = text.quote(opened, bars.end())
            yield Hit(opened, bars.end(), tell("raw", quote))
            opened, is_strong = None, False
        elif not after.isspace() and after != "|":
            opened = bars.start() if opened is None else opened
            is_strong |= not before.isalnum()
        elif opened is None and not is_escaped and _ENDS_WORD.match(before):
            quote = text.quote_around(bars.start())
            yield Hit(*text.block(bars.start()), tell("stray bars", quote))
    for bars in _SPACED_BARS.finditer(plain):
        yield Hit(None, None, tell("spaced bars", text.quote(*bars.span())))


def _look_around(plain: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters before and after, beyond the tags of emphasis and the like."""
    start -= 1
    while start >= 0 and plain[start] == INLINE:
        start -= 1
    while end < len(plain) and plain[end] == INLINE:
        end += 1
    return plain[start] if start >= 0 else " ", plain[end] if end < len(plain) else " "


def _find_quotes(text: Text) -> Iterator[Hit]:
    for quote in _QUOTE.finditer(text.plain):
        if quote["title"]:
            yield Hit(None, None, tell("title", text.quote(*quote.span("title"))))
        elif quote["callout"]:
            written = text.quote(*quote.span("callout"))
            yield Hit(quote.start() + len(QUOTE + EDGE), None, tell("callout", written))
        else:
            finding = tell("foreign", ">!")
            yield Hit(quote.start() + len(QUOTE + EDGE), None, finding)


def _find_foreign(text: Text, markup: Markup) -> Iterator[Hit]:
    opened: list[re.Match[str]] = []
    for token in markup.tokens.finditer(text.plain):
        if token["open"]:
            opened.append(token)
        elif token[0] == EDGE:
            opened.clear()
        elif opened:
            first = opened.pop()
            finding = tell(markup.kind, text.quote(*first.span()))
            yield Hit(first.start(), token.end(), finding)
    for token in () if markup.needs_end else opened:
        finding = tell(markup.kind, text.quote(*token.span()))
        yield Hit(token.start(), None, finding)
