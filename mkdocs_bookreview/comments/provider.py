"""Define what a provider of comments must say, so that one script in the browser can show it."""

import json
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar
from urllib.parse import urlsplit

from mkdocs_bookreview.settings.typed import Typed

THEME = "{theme}"
"""Is replaced by the name of the light or dark theme, in script attributes and messages."""


@dataclass(frozen=True, slots=True)
class Node:
    """Describes the element that the widget is put into, by its tag and attributes."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrameTheme:
    """Describes how a widget in a frame becomes light or dark.

    `frame` is a CSS selector of the frame, and `origin` is its origin. `light` and `dark` are names
    of themes. `message` is posted to the frame, with the name in place of `THEME`.
    """

    frame: str
    origin: str
    light: str
    dark: str
    message: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Embed:
    """Describes a widget as data.

    `name` is that of the provider. `origin` is the server that the reader's browser asks. `script`
    is the address of its script, and `attributes` are those of the script element. `node` is where
    the widget appears. `ready` is a CSS selector that matches once the widget is there. `again`
    names global functions that put the loaded script to work on a new page; a script without any is
    run anew. `returns` is the query parameter with which readers come back from signing in; None if
    there is none. `theme` is None if the widget follows the page's CSS.
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
    """Return the fields by name; `asdict` would copy all of their content, on every page."""
    return {one.name: getattr(part, one.name) for one in fields(part)}


@dataclass(frozen=True, slots=True)
class Conversation:
    """Describes what readers talk about on a page.

    `thread` is the permanent id of the comments. `title` is that of the page, and `language` its
    language, as a BCP 47 code.
    """

    thread: str
    title: str
    language: str


class Provider(Typed):
    """Reads the options of a provider, and describes the widget that they give."""

    where: ClassVar[str]
    """Says where an author finds what the required options ask for."""

    @abstractmethod
    def embed(self, conversation: Conversation) -> Embed | None:
        """Return the widget for a page; None if there is no server to ask."""


def nearest_language(language: str, known: str, others: Mapping[str, str] | None = None) -> str:
    """Return the known code for a BCP 47 language, or English if there is none.

    `known` are codes with spaces between. `others` maps languages, in lower case, to codes that
    only the provider uses. With `de` known, `de_AT` gives `de`.
    """
    code = language.replace("_", "-").lower()
    codes = {one.lower(): one for one in known.split()} | dict(others or {})
    return codes.get(code) or codes.get(code.split("-")[0]) or "en"
