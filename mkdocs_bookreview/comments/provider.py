"""What a provider of comments must say, so that one script in the browser can show it."""

import json
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar
from urllib.parse import urlsplit

from mkdocs_bookreview.settings.typed import Typed

THEME = "{theme}"
"""Stands in script attributes and messages where the name of the light or dark theme belongs."""


@dataclass(frozen=True, slots=True)
class Node:
    """The element that the widget is put into."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrameTheme:
    """How a widget in a frame is told to be light or dark.

    `frame` is a CSS selector, `origin` the frame's, `message` what is posted to it.
    """

    frame: str
    origin: str
    light: str
    dark: str
    message: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Embed:
    """A widget as data.

    `origin` is the server that the reader's browser asks. `ready` is a CSS selector that matches
    once the widget is there. `again` names global functions that put the loaded script to work on
    a new page; a script that has none is run anew. `returns` is the query parameter with which
    readers come back from signing in. A widget without a `theme` follows the page's CSS.
    """

    name: str
    origin: str
    script: str
    attributes: Mapping[str, str]
    node: Node
    ready: str
    again: tuple[str, ...] = ()
    returns: str | None = None
    theme: FrameTheme | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.origin).netloc

    def to_json(self) -> str:
        return json.dumps(_fields(self), ensure_ascii=False, separators=(",", ":"), default=_fields)


def _fields(part: Embed | Node | FrameTheme) -> dict[str, object]:
    """`asdict` would copy all that is in them, on every page."""
    return {one.name: getattr(part, one.name) for one in fields(part)}


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is talked about: `thread` is its permanent id, `language` the page's, as BCP 47."""

    thread: str
    title: str
    language: str


class Provider(Typed):
    """A provider's own options, and what it makes of them."""

    where: ClassVar[str]
    """Where an author finds what the required options ask for."""

    @abstractmethod
    def embed(self, conversation: Conversation) -> Embed | None:
        """None where there is no server to ask."""


def nearest_language(language: str, known: str, others: Mapping[str, str] | None = None) -> str:
    """The known code for a BCP 47 language, English if there is none.

    `known` are codes with spaces between. `others` maps languages, in lower case, to codes that
    only the provider uses.
    """
    code = language.replace("_", "-").lower()
    codes = {one.lower(): one for one in known.split()} | dict(others or {})
    return codes.get(code) or codes.get(code.split("-")[0]) or "en"
