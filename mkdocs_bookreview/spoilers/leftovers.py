"""Spoilers that did not parse, found where their markup is printed as text."""

import re
from collections.abc import Sequence

from mkdocs_bookreview.spoilers.sealed.tags import Tag, cover
from mkdocs_bookreview.spoilers.spelling import SPOILER, is_misspelt

_HINT = re.compile(r"///[ \t]*s|(?:\?\?\?\+?|!!!)[ \t]*spo")
_MARK = re.compile(
    r"(?:^|(?<=[>\n]))[ \t]*(?:"
    r"(?P<fence>/{3,})[ \t]*(?:(?P<name>[\w-]+)|(?P<end>(?=[\n>]|\Z)))"
    r"|(?P<mark>\?{3}\+?|!{3})[ \t]*(?P<type>spo\w*))",
    re.IGNORECASE,
)


def has_leftovers(text: str) -> bool:
    """A first look at HTML in lower case."""
    return _has_signs(text) and _HINT.search(text) is not None


def add_leftovers(html: str, tags: Sequence[Tag]) -> Sequence[Tag]:
    """`tags`, and among them the printed markup as tags whose name is its slashes or marks.

    Blocks of other names count too, so that a closing fence finds its own opening one.
    """
    if not _has_signs(html):
        return tags
    marks = [_as_tag(match) for match in _MARK.finditer(cover(html, tags))]
    return sorted([*tags, *marks], key=lambda tag: tag.start) if marks else tags


def _has_signs(text: str) -> bool:
    # To look for one character takes a tenth of the time.
    return (
        ("/" in text and "///" in text)
        or ("?" in text and "???" in text)
        or ("!" in text and "!!!" in text)
    )


def is_leftover(tag: Tag) -> bool:
    return tag.name[0] in "/?!"


def is_leftover_spoiler(tag: Tag) -> bool:
    return is_leftover(tag) and tag.attributes.startswith("spo")


def _as_tag(match: re.Match[str]) -> Tag:
    name = match["fence"] or match["mark"]
    kind = (match["name"] or match["type"] or "").lower()
    kind = SPOILER if is_misspelt(kind) else kind
    return Tag(name, match.start(), match.end(), match["end"] is not None, kind)
