"""Reads the head of a finished page, and adds our tags that it lacks."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urljoin

from mkdocs_bookreview.structured_data.head import Head, HeadLink, Property

# Matches comments and whole elements too, because `</head>` in them does not end the head. `<body`
# ends the head as well, because an author may leave out the end tag. Quotes count only after `=`,
# because of `<meta content=it's>`.
_PIECE = re.compile(
    r"<(?:"
    r"!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|(?P<raw>script|style|title|noscript|template)\b[^>]*>[^<]*(?:<(?!/(?P=raw))[^<]*)*"
    r"|(?P<name>meta|link)\b(?P<attributes>(?>(?:[^>=]+|=\s*(?:\"[^\"]*\"|'[^']*')?)*))>"
    r"|(?P<end>/head\s*>|body\b)"
    r")",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
# Each tag that may set the same property as one of ours has one of these parts. Other tags are not
# read, because that would take time, and most of them are a theme's links to its styles.
_LIKE_OURS = re.compile(r"og:|twitter:|article:|book:|description|canonical|alternate")
_ANY = re.compile("")
# Most heads have these tags, in this form. Each comes with a word and the name of its property: if
# the word is in the head only once, no other tag sets the property. A head with a part in `_MORE`
# may set other properties.
_USUAL = {
    b'<meta name="description" content=': (b"description", "description"),
    b'<link rel="canonical" href=': (b"canonical", "link canonical"),
}
_MORE = (b"<!--", b"og:", b"twitter:", b"article:", b"book:", b"alternate")
_BODY = re.compile(r"</head>\s*<body\b")
_JSON_TYPE = "application/ld+json"
_JSON_LD = re.compile(
    r"<script\b[^>]*?\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(?P<json>.*?)</script\s*>",
    re.DOTALL | re.IGNORECASE,
)
# The types that other programs may give a page, by our type. An article of theirs does not replace
# our review, because a review says more.
_TYPES = {"Review": "(?:Critic)?Review", "Article": r"(?:\w*Article|BlogPosting|(?:Critic)?Review)"}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
# A meta tag whose name begins with one of these has the attribute `name`, because HTML and X
# (Twitter) read that. All others have `property`, which Open Graph reads.
_NAMED = ("twitter:", "description")
# Other names of properties, as https://ogp.me and X (Twitter) have them.
_ALIASES = {
    "og:image:url": "og:image",
    "og:image:secure_url": "og:image",
    "twitter:image:src": "twitter:image",
}
# MkDocs' own themes write this on the first page of a site without `site_description`.
_NO_DESCRIPTION = Property("description", "None")
# Matches an empty property, or `_NO_DESCRIPTION`. A head with one is not a plain head, because the
# tag is replaced. Bytes that are not ASCII match, because they may be no-break spaces.
_EMPTY = re.compile(rb"content=(?:\"[\s\x80-\xff]*\"|\"none\")")
_PICTURE = "og:image"
# These are left out if our picture is left out, because they describe it.
_OF_PICTURE = {f"{_PICTURE}:{part}" for part in ("width", "height", "alt")}


class Tag(NamedTuple):
    """Describes a `meta` or `link` element of a head by the properties that it sets, mostly one.

    `start` and `end` are its offsets in the page.
    """

    properties: tuple[Property, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WrittenHead:
    """Describes the head of a page as it is written; `end` is the offset of its end tag."""

    tags: tuple[Tag, ...]
    end: int

    @property
    def names(self) -> set[str]:
        """Return the names of all properties that are set."""
        return {one.name for tag in self.tags for one in tag.properties}


def read_head(html: str, url: str = "", wanted: re.Pattern[str] = _LIKE_OURS) -> WrittenHead | None:
    """Return the head of a page with the tags in whose lower-case text `wanted` has a match.

    Alternate links are resolved against the page's `url`, because our links are full addresses.
    Return None if the page has no end of a head.
    """
    tags: list[Tag] = []
    for piece in _PIECE.finditer(html):
        if piece.lastgroup == "end":
            return WrittenHead(tuple(tags), piece.start())
        if piece.lastgroup == "attributes" and wanted.search(piece["attributes"].lower()):
            properties = tuple(_read_properties(piece["name"], piece["attributes"], url))
            tags.append(Tag(properties, *piece.span()))
    return None


def _read_plain_head(html: str) -> tuple[set[str], int] | None:
    """Return the property names and the end of a head with only a description and an address.

    Most heads have only these two. Return None if a head may have more, or in another form. This
    was measured to take a quarter of the time of `read_head`. Bytes are searched, because that
    takes less time.
    """
    end = html.find("</head>")
    text = html[: max(end, 0)].encode("utf-8", "replace").lower()
    is_end = _BODY.match(html, end) and text.rfind(b"<script") <= text.rfind(b"</script")
    if not is_end or _EMPTY.search(text) or any(map(text.__contains__, _MORE)):
        return None
    said = {name for form, (_, name) in _USUAL.items() if form in text}
    if sum(text.count(word) for word, _ in _USUAL.values()) != len(said):
        return None
    return said, end


def _read_properties(name: str, text: str, url: str) -> Iterator[Property]:
    attributes: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(text):
        attributes.setdefault(key.lower(), unescape("".join(values)))
    if name.lower() == "link":
        href = attributes.get("href", "")
        for relation in attributes.get("rel", "").lower().split():
            address = _resolve(href, url) if relation == "alternate" else href
            yield HeadLink(relation, address).as_property
        return
    # Some authors write `<meta name="description" property="og:description" content="…">`.
    names = " ".join(attributes.get(key, "") for key in ("property", "name", "itemprop"))
    for one in names.lower().split() if "content" in attributes else ():
        yield Property(_ALIASES.get(one, one), attributes["content"])


def _resolve(address: str, url: str) -> str:
    try:
        return urljoin(url, address.strip())
    except ValueError:  # because of an address such as `https://[`
        return address


@dataclass(frozen=True, slots=True)
class RenderedHead:
    """Holds a `head` as HTML: the name of each property and its tag, and the text of its JSON-LD.

    `json_ld` is empty if the head has no JSON-LD.
    """

    head: Head
    tags: tuple[tuple[str, str], ...]
    json_ld: str


def render_head(head: Head) -> RenderedHead:
    """Return the HTML of each link, each property and the JSON-LD of a head."""
    links = [(link.as_property.name, _render_link(link)) for link in head.links]
    tags = [(one.name, _render_property(one)) for one in head.properties]
    data = _encode(head.json_ld) if head.json_ld else ""
    return RenderedHead(head, (*links, *tags), data)


class CompletedHead(NamedTuple):
    """Holds a page, and the HTML `added` that belongs at the offset `end`, where its head ends."""

    html: str
    end: int
    added: str


def add_head(html: str, head: Head) -> str:
    """Return the page with our tags that its head lacks; see `complete_head`."""
    html, end, added = complete_head(html, render_head(head))
    return f"{html[:end]}{added}{html[end:]}"


def complete_head(html: str, rendered: RenderedHead) -> CompletedHead:
    """Return the page and our tags that its head lacks.

    A property that the theme or the author wrote stays as it is, and ours is left out. Our JSON-LD
    is left out if the page has JSON-LD of the same type, such as `Review`.
    """
    head = rendered.head
    if plain := _read_plain_head(html):
        known, end = plain
    elif written := read_head(html, head.url):
        if empty := _find_empty(written, head):
            return complete_head(_cut(html, empty), rendered)
        known, end = written.names, written.end
    else:
        return CompletedHead(html, 0, "")
    if _PICTURE in known:
        known |= _OF_PICTURE
    lacking = [tag for name, tag in rendered.tags if name not in known]
    if rendered.json_ld and not _list_alike(html, head):
        lacking.append(f'<script type="{_JSON_TYPE}">{rendered.json_ld}</script>\n')
    return CompletedHead(html, end, "".join(lacking))


def _find_empty(written: WrittenHead, head: Head) -> list[tuple[int, int]]:
    """Return the offsets of tags whose properties are all empty, if we have a value for each.

    Templates write such tags for pages without a value in their front matter.
    """
    names = {one.name for one in head.properties}
    return [
        (tag.start, tag.end)
        for tag in written.tags
        if tag.properties
        and all(
            one.name in names and (not one.content.strip() or one == _NO_DESCRIPTION)
            for one in tag.properties
        )
    ]


def _is_known(name: str, known: set[str]) -> bool:
    """Return whether a property, or the property that it describes, is known.

    If `og:image` is known, `og:image:width` is too.
    """
    return name in known or name.rpartition(":")[0] in known


def leave_out_doubles(html: str, head: Head) -> str:
    """Return the page without our tags for properties that a plugin has set after us.

    Our tags are recognised by their content, because a plugin may have changed their HTML.
    """
    written = read_head(html, head.url)
    if not written:
        return html
    ours = Counter((*head.properties, *(link.as_property for link in head.links)))
    found: list[tuple[Property, Tag]] = []
    others: set[str] = set()
    for tag in written.tags:
        for one in tag.properties:
            if ours[one]:
                ours[one] -= 1
                found.append((one, tag))
            else:
                others.add(one.name)
    cuts = {(tag.start, tag.end) for one, tag in found if _is_known(one.name, others)}
    if double := _find_double(html, head):
        cuts.add(double.span())
    return _cut(html, cuts)


def _cut(html: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        html = html[:start] + html[end:].removeprefix("\n")
    return html


def leave_out_pictures(
    html: str, head: Head, is_sealed: Callable[[str], bool]
) -> tuple[str, list[Property]]:
    """Return the page without tags that name a sealed picture, and the properties that named one.

    Our tag replaces a tag that is left out, unless ours names a sealed picture too. `is_sealed`
    returns whether an address is that of a sealed picture.
    """
    html, found = _leave_out_json(html, is_sealed)
    if written := read_head(html, head.url, _ANY):
        left_out = list(_list_naming(written.tags, is_sealed))
        said = [one for tag in left_out for one in tag.properties]
        found += (one for one in said if is_sealed(one.content))
        html = _cut(html, ((tag.start, tag.end) for tag in left_out))
    return (_restore(html, head, is_sealed) if found else html), found


def _leave_out_json(html: str, is_sealed: Callable[[str], bool]) -> tuple[str, list[Property]]:
    """Return the page without JSON-LD that names a sealed picture, and the names as properties."""
    found: list[Property] = []

    def drop(element: re.Match[str]) -> str:
        texts = map(_decode, _STRING.findall(element["json"]))
        named = next(filter(is_sealed, texts), None)
        if named is None:
            return element[0]
        found.append(Property(_JSON_TYPE, named))
        return ""

    return _JSON_LD.sub(drop, html), found


def _decode(text: str) -> str:
    """Return the text of a JSON string; an invalid string stays as it is."""
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _list_naming(tags: Iterable[Tag], is_sealed: Callable[[str], bool]) -> Iterator[Tag]:
    """Yield the tags that name a sealed picture, and the tags with its size or description.

    Size and description come after the tag of their picture, and before that of the next picture.
    """
    sealed: set[str] = set()
    for tag in tags:
        names = {one.name for one in tag.properties}
        if any(is_sealed(one.content) for one in tag.properties):
            sealed |= names
            yield tag
        elif names & sealed:
            sealed -= names
        elif any(_is_known(name, sealed) for name in names):
            yield tag


def _restore(html: str, head: Head, is_sealed: Callable[[str], bool]) -> str:
    """Return the page with our properties that it lacks, and our JSON-LD if the page has none.

    Our properties and JSON-LD that name a sealed picture are left out. They may name one, because
    authors choose the picture of a page, and may have a card that does not show the cover.
    """
    sealed = {one.name for one in head.properties if is_sealed(one.content)}
    properties = tuple(one for one in head.properties if not _is_known(one.name, sealed))
    data = None if _JSON_LD.search(html) else head.json_ld
    restored = add_head(html, replace(head, properties=properties, json_ld=data))
    return _leave_out_json(restored, is_sealed)[0]


# Rendered tags are kept, because half of a page's tags are on other pages too.
@lru_cache
def _render_link(link: HeadLink) -> str:
    kind = f' type="{escape(link.type)}"' if link.type else ""
    title = f' title="{escape(link.title)}"' if link.title else ""
    return f'<link rel="{link.rel}"{kind}{title} href="{escape(link.href)}">\n'


@lru_cache
def _render_property(one: Property) -> str:
    key = "name" if one.name.startswith(_NAMED) else "property"
    return f'<meta {key}="{one.name}" content="{escape(one.content)}">\n'


def _encode(data: Mapping[str, object]) -> str:
    # `<` is escaped, because `</script>` or `<!--` in a text would change where the element ends.
    return _ENCODER.encode(data).replace("<", "\\u003c")


def _list_alike(html: str, head: Head) -> list[re.Match[str]]:
    """Return the JSON-LD elements in head and body that give the page the same type as ours.

    They are found by their text, because some themes write JSON that no parser accepts.
    """
    # The first letter of the type is left out, because some programs write it as a capital.
    if not head.json_ld or _JSON_TYPE[1:] not in html:
        return []
    kind = str(head.json_ld["@type"])
    says = re.compile(rf'"@type"\s*:\s*(?:\[[^\]]*)?"{_TYPES.get(kind, re.escape(kind))}"')
    return [element for element in _JSON_LD.finditer(html) if says.search(element["json"])]


def _find_double(html: str, head: Head) -> re.Match[str] | None:
    """Return our JSON-LD element if another gives the page the same type; otherwise None."""
    alike = _list_alike(html, head)
    if len(alike) <= 1 or not head.json_ld:
        return None
    ours = _encode(head.json_ld)
    return next((element for element in alike if element["json"].strip() == ours), None)
