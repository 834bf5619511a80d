"""Reads texts that all readers see, and that therefore must not hold a spoiler."""

import re
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

# The start or the end of a spoiler is enough to match, so that unclosed spoilers are found too.
_SPOILER = re.compile(
    r"\|\|(?=\S)|(?<=\S)\|\||<\s*/?\s*spoil|(?:/{3,}|[?!]{3}\+?)\s*spoil"
    r"|\{[^}]*\.spoil|class\s*=[^>]*\bspoiler"
    # The signs of forums, Goodreads, Reddit, Hugo and Jekyll, and wikis count too, because an
    # author who writes them wants to hide something.
    r"|\[\s*/?\s*(?:su_)?spoiler\b[^\]]*\]|\(view spoiler\)|>!\S.*!<|\{\{?[<%]?-?\s*spoiler\b",
    re.IGNORECASE,
)
# Only these tags count as HTML, because anything else, such as `<rich>`, may be text.
TAG = re.compile(r"</?(?:a|b|br|div|em|i|p|span|strong)\b[^<>]*>", re.IGNORECASE)


def _read(value: object) -> object:
    """Return text as one line; it must not hold a spoiler, because all readers see it."""
    if not isinstance(value, str):
        return value
    check_open(value)
    return " ".join(value.replace("\0", "").split())


def check_open(text: str) -> None:
    if holds_spoiler(text):
        fix = "Remove the spoiler. A theme, a warning or a quote can have `spoiler: true` instead."
        raise PydanticCustomError("spoiler", "must not hold a spoiler", {"fix": fix})


def check_plain(text: str) -> str:
    """Return the text; raise an error if it has HTML, because readers would see the tags."""
    if TAG.search(text):
        fix = {"fix": "Take out the tags."}
        raise PydanticCustomError("markup", "must be text without HTML", fix)
    return text


def holds_spoiler(value: object) -> bool:
    """Return whether a text, or a text in a list, has a sign that begins or ends a spoiler."""
    texts = value if isinstance(value, list) else [value]  # one level, because YAML may nest deep
    return any(isinstance(text, str) and _SPOILER.search(text) for text in texts)


# The name of a reviewer may be this long, because Google ignores a review whose author's name has
# 100 characters or more.
MOST_IN_NAME = 99
OpenText = Annotated[str, BeforeValidator(_read), StringConstraints(min_length=1, max_length=5000)]
