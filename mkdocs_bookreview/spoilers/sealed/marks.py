"""Finds where the spoilers of finished HTML begin and end, by its tags.

The HTML tree does not show this: HTML has no element `<spoiler>`, so a browser ends it with the
paragraph around it. A browser also moves text between the rows of a table out of the table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mkdocs_bookreview.spoilers.sealed.tags import PARTS, VOID, Tag, read_classes

SPOILER = "spoiler"
SPOILER_BYTES = SPOILER.encode()
# This tag begins a spoiler that continues to the end of the element around its paragraph.
UNCLOSED = "spoiler-unclosed"

# Spoilers may be nested this deep, because browsers nest at most 512 elements, and a sealed spoiler
# has five.
_DEEPEST = 50


@dataclass(slots=True)
class Mark:
    """Describes where a spoiler is in HTML.

    `tag` begins it and may hold its facts. `start` and `end` are offsets in characters; `end` is
    None if the closing tag is missing. `is_inner` is True if it is in another spoiler.
    """

    tag: Tag
    start: int
    end: int | None
    is_inner: bool = False


def lower_bytes(html: str) -> bytes:
    """Return a text as bytes in lower case, for a search for `SPOILER_BYTES`.

    The search is in bytes, because `str.lower` takes four times as long if a text is not ASCII.
    """
    return html.encode("utf-8", "replace").lower()


def find_marks(tags: Sequence[Tag]) -> list[Mark]:
    """Return the spoilers in the order of their starts; any two are nested or do not overlap."""
    spoilers = [tag for tag in tags if is_spoiler(tag)]
    pairs = pair_tags(tags, {tag.name for tag in spoilers})
    return [*_nest(_mark(tag, pairs.get(tag.start)) for tag in spoilers)]


def is_spoiler(tag: Tag) -> bool:
    if tag.closing:
        return False
    return tag.name in (SPOILER, UNCLOSED) or SPOILER in map(
        str.lower, read_classes(tag.attributes)
    )


def _mark(tag: Tag, closing: Tag | None) -> Mark:
    if tag.name in VOID:
        return Mark(tag, tag.start, tag.end)
    if tag.name in PARTS:  # only their content can be sealed, because their parent takes no other
        return Mark(tag, tag.end, closing.start if closing else None)
    return Mark(tag, tag.start, closing.end if closing else None)


def pair_tags(tags: Iterable[Tag], names: set[str]) -> dict[int, Tag]:
    """Return the closing tags of elements of these names, by the offsets of the opening tags.

    `<b>a<b>b</b>` has one pair: the second `<b>`, at offset 4, and `</b>`.
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    pairs: dict[int, Tag] = {}
    for tag in tags:
        if tag.name not in names:
            continue
        if not tag.closing:
            waiting[tag.name].append(tag.start)
        elif waiting[tag.name]:
            pairs[waiting[tag.name].pop()] = tag
    return pairs


def _nest(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Extend each spoiler to the end of every spoiler that begins in it.

    In `<b class="spoiler">one <spoiler>two</b> three</spoiler>` the first gets the end of the
    second.
    """
    around: list[Mark] = []  # the outermost first, so no end is later than the one before it
    for mark in marks:
        if len(around) > _DEEPEST:
            continue  # because the spoilers around it hide it
        while around and _end(around[-1]) <= mark.start:
            around.pop()
        mark.is_inner = bool(around)
        if mark.end is not None:
            for outer in reversed(around):
                if _end(outer) >= mark.end:
                    break
                outer.end = mark.end
            around.append(mark)
        if mark.end is not None or not mark.is_inner:  # else the outer spoiler hides its text
            yield mark


def _end(mark: Mark) -> int:
    assert mark.end is not None
    return mark.end


def write_marks(
    html: str,
    tags: Iterable[Tag],
    marks: Iterable[Mark],
    breaks: Iterable[int],
    write_comment: Callable[[str, int], str],
) -> str:
    """Return HTML with comments for starts, ends and breaks, and without tags that are not HTML.

    `breaks` are the offsets at which blocks 1, 2 and so on begin. Spoiler number 3 gets comments of
    the kinds `S` and `E`, and block 1 gets a comment of the kind `B`.
    """
    comments = [*_list_comments(marks), *((at, 1, n, "B") for n, at in enumerate(breaks, 1))]
    edits = [(at, rank, n, at, write_comment(kind, abs(n))) for at, rank, n, kind in comments]
    pieces: list[str] = []
    cursor = 0
    for at, _, _, end, text in sorted([*edits, *_list_dropped(tags)]):
        pieces += (html[cursor:at], text)
        cursor = max(cursor, end)
    return "".join([*pieces, html[cursor:]])


def _list_comments(marks: Iterable[Mark]) -> Iterator[tuple[int, int, int, str]]:
    """Yield sortable comments: at one offset, inner spoilers end first, and outer begin first."""
    for number, mark in enumerate(marks):
        yield mark.start, 2, number, "S"
        if mark.end is not None:
            yield mark.end, 0, -number, "E"


def _list_dropped(tags: Iterable[Tag]) -> Iterator[tuple[int, int, int, int, str]]:
    for tag in tags:
        # A tag without its `>` is removed too, because otherwise a comment after it becomes its
        # attributes.
        if tag.name in (SPOILER, UNCLOSED) or not tag.complete:
            yield tag.start, 3, 0, tag.end, ""
