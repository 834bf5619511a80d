"""Describe a service of the author's choice by its snippet: a script, and the element it fills."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.comments.addresses import origin_of
from mkdocs_bookreview.comments.faults import find_file_faults
from mkdocs_bookreview.comments.provider import Ask, Conversation, Embed, Provider
from mkdocs_bookreview.settings.fixes import did_you_mean
from mkdocs_bookreview.settings.schemas import as_list

PLACEHOLDERS = ("thread", "title", "url", "language", "theme")

DIRECTIVES = ("script-src", "style-src", "connect-src", "frame-src", "img-src")
"""A bare list of hosts counts for these directives of a Content-Security-Policy."""

MORE_DIRECTIVES = ("font-src", "media-src", "worker-src", "child-src", "form-action")

_PLACEHOLDER = re.compile(r"\{(\w+)\}", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][\w:.-]*", re.ASCII)
_HOST = re.compile(r"(https?|wss?)://(\*\.)?[A-Za-z0-9.-]+(:(\d+|\*))?", re.ASCII)
_KEYWORD = re.compile(r"'[a-z0-9-]+'|data:|blob:", re.ASCII)
_UNSAFE = {"script", "style", "link", "iframe", "frame", "object", "embed", "base", "meta"}

Attributes = Mapping[str, str]
Element = tuple[str, Attributes]


def _attribute(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise PydanticCustomError("attribute", "must be the name of an HTML attribute")
    if name.lower().startswith("on"):
        fix = (
            "Remove this attribute. Put the code into a file, and write the path of the file as"
            " `script`."
        )
        raise PydanticCustomError("attribute", "must not be an attribute with code", {"fix": fix})
    if name.lower() in {"src", "type"}:
        fix = (
            'Write the address of the script as `script`. If the snippet has `type="module"`,'
            " write `module: true`."
        )
        raise PydanticCustomError("attribute", "must not be set here", {"fix": fix})
    return name


def _value(value: object) -> object:
    """Return a number, true or false as text, because HTML attributes have only text."""
    return str(value).lower() if isinstance(value, bool | int | float) else value


def _filled(text: str) -> str:
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            fix = did_you_mean(name, PLACEHOLDERS, "names in braces")
            raise PydanticCustomError(
                "placeholder",
                "must not have the unknown placeholder `{name}`",
                {"name": f"{{{name}}}", "fix": fix},
            )
    return text


Value = Annotated[str, BeforeValidator(_value), AfterValidator(_filled)]


class _Reader(HTMLParser):
    """Collects the elements of a snippet of HTML, and all text in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


def _element(value: object) -> object:
    """Return the tag and the attributes of an element: `<div id="a"></div>` gives (div, {id: a}).

    A bare tag may be written without its brackets.
    """
    if not isinstance(value, str):
        raise PydanticCustomError("element", "must be an HTML element")
    reader = _Reader()
    reader.feed(value if "<" in value else f"<{value}>")
    reader.close()
    if len(reader.found) != 1 or reader.text.strip():
        raise PydanticCustomError("element", "must be one empty HTML element")
    tag, attributes = reader.found[0]
    if tag in _UNSAFE or not _NAME.fullmatch(tag):
        raise PydanticCustomError("element", "must be an element that a script fills, such as div")
    for name, text in attributes.items():
        _attribute(name)
        _filled(text)
    return tag, attributes


def _script(text: str) -> str:
    parts = urlsplit(text)
    is_file = not parts.scheme and not parts.netloc and bool(parts.path)
    if not (is_file or (_is_web(text) and parts.hostname)) or any(
        letter.isspace() for letter in text
    ):
        raise PydanticCustomError(
            "script",
            "must be an address with `https://`, or the path of a file in your docs folder",
        )
    return text.removeprefix("/") if is_file else text


def _directive(text: str) -> str:
    known = (*DIRECTIVES, *MORE_DIRECTIVES)
    if text not in known:
        fix = did_you_mean(text, known)
        raise PydanticCustomError(
            "directive", "must be a directive of a Content-Security-Policy", {"fix": fix}
        )
    return text


def _source(text: str) -> str:
    if not _HOST.fullmatch(text) and not _KEYWORD.fullmatch(text):
        raise PydanticCustomError("source", "must be a host with `https://` and without a path")
    return text


def _by_directive(value: object) -> object:
    """Return a mapping of directives to hosts; a bare list of hosts counts for all `DIRECTIVES`."""
    if isinstance(value, Mapping):
        return value
    listed = as_list(value)
    for source in listed if isinstance(listed, list) else ():
        # A keyword is invalid in a list, because a list counts for all directives, so the keyword
        # would permit scripts too.
        if isinstance(source, str) and _KEYWORD.fullmatch(source):
            fix = f'Write such a keyword below a directive: `hosts: {{style-src: ["{source}"]}}`.'
            raise PydanticCustomError("source", "must be a list of hosts", {"fix": fix})
    return dict.fromkeys(DIRECTIVES, listed)


Sources = Annotated[tuple[Annotated[str, AfterValidator(_source)], ...], BeforeValidator(as_list)]
Hosts = Mapping[Annotated[str, AfterValidator(_directive)], Sources]


class Custom(Provider):
    """Reads the options of a snippet, and describes the comments that it shows.

    `called` and `hosts_` are the options `name` and `hosts`. They have other names here, because
    the names `name` and `hosts` belong to every provider.
    """

    name: ClassVar[str] = "custom"
    where: ClassVar[str] = "The value is in the snippet that your comment service gives you."

    called: str = Field(
        alias="name",
        min_length=1,
        examples=["Cusdis"],
        description="The name of the service, which readers see.",
    )
    hosts_: Annotated[Hosts, BeforeValidator(_by_directive)] = Field(
        default_factory=dict,
        alias="hosts",
        examples=["[https://cusdis.com]"],
        description="The hosts that readers' browsers connect to: a list, or a mapping of"
        " Content-Security-Policy directives to hosts.",
    )
    script: Annotated[str, AfterValidator(_script)] = Field(
        examples=["https://cusdis.com/js/cusdis.es.js"],
        description="The address of the script, or the path of a file in your docs folder.",
    )
    module: bool = Field(
        False, examples=["true"], description='Loads the script as `type="module"`.'
    )
    attributes: Mapping[Annotated[str, AfterValidator(_attribute)], Value] = Field(
        default_factory=dict,
        examples=["{data-page: '{thread}'}"],
        description="Attributes of the script.",
    )
    element: Annotated[Element, BeforeValidator(_element)] = Field(
        ("div", {}),
        examples=['\'<div id="comments" data-page="{thread}"></div>\''],
        description="The element that the script fills, as HTML.",
    )

    @field_validator("script")
    @classmethod
    def _asks_somebody(cls, script: str, info: ValidationInfo) -> str:
        # `hosts_` is missing here if it is invalid, because pydantic reports it separately.
        hosts = info.data.get("hosts_")
        if hosts is not None and not _is_web(script) and not any(map(_is_host, _flat(hosts))):
            fix = "Write for example `hosts: [https://cusdis.com]`."
            raise PydanticCustomError(
                "hosts",
                "must be an address with `https://` unless `comments.hosts` lists a host",
                {"fix": fix, "needs": "hosts"},
            )
        return script

    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        scripts = (origin_of(self.script),) if _is_web(self.script) else ()
        found = {"script-src": scripts, **self.hosts_}
        found["script-src"] = tuple(dict.fromkeys((*scripts, *found["script-src"])))
        return {directive: sources for directive, sources in found.items() if sources}

    def embed(self, conversation: Conversation) -> Embed:
        given = {
            "thread": conversation.thread,
            "title": conversation.title,
            "url": conversation.url,
            "language": conversation.language,
        }
        used = self._used()
        return Embed(
            adapter="custom",
            name=self.called,
            origin=self._origin(),
            # Values that we do not know are left out, because the browser fills them in: the theme,
            # and the address of the page if the site has no `site_url`.
            options={
                "values": {name: text for name, text in given.items() if text and name in used}
            },
        )

    def site_options(self, language: str) -> Mapping[str, object]:
        return {
            "script": self.script,
            "module": self.module,
            "attributes": self.attributes,
            "element": self.element,
        }

    def find_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        if _is_web(self.script):
            yield from find_file_faults(ask, self.script, "Check `comments.script`.")

    def list_files(self) -> Iterable[tuple[str, str]]:
        return () if _is_web(self.script) else (("script", self.script),)

    def praise(self) -> str:
        if _is_web(self.script):
            return f"{self.called} answers, and nothing is wrong."
        return (
            f"{self.called} was not asked: its script `{self.script}` is a file of your site, so"
            " there is no address to ask."
        )

    def _used(self) -> set[str]:
        texts = " ".join((*self.attributes.values(), *self.element[1].values()))
        return set(_PLACEHOLDER.findall(texts))

    def _origin(self) -> str:
        """Return the server that readers are told about: the script's, or the first of `hosts`."""
        if _is_web(self.script):
            return origin_of(self.script)
        return next(filter(_is_host, _flat(self.hosts_))).replace("*.", "")


def _flat(hosts: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for sources in hosts.values():
        yield from sources


def _is_web(script: str) -> bool:
    return script.startswith(("https://", "http://"))


def _is_host(source: str) -> bool:
    return bool(_HOST.fullmatch(source))
