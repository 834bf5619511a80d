"""Reads the head of a finished page, and renders what it lacks."""

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

# Reads comments and whole elements with other text too, because `</head>` in them is no end. An
# author may leave out the end tag, so a body ends the head too. Quotes count only after `=`, as in
# `<meta content=it's>`.
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
# A part of each tag that may say what one of ours says. Others are not read to save time, because
# most tags of a head are a theme's links to its styles.
_LIKE_OURS = re.compile(r"og:|twitter:|article:|book:|description|canonical|alternate")
_ANY = re.compile("")
# What most heads have in this form, with the word that they then have once, and parts of those
# that may have more.
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
# What other programs may call a page, by our type for it. A review is more than an article, so
# their article does not take the place of our review.
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
# What MkDocs' own themes write on the first page of a site without `site_description`.
_NO_DESCRIPTION = Property("description", "None")
# How such tags look; a head that has one is not a plain head, because its tag is replaced. Bytes
# that are not ASCII may be spaces too, such as no-break spaces.
_EMPTY = re.compile(rb"content=(?:\"[\s\x80-\xff]*\"|\"none\")")
_PICTURE = "og:image"
# Our values of these are those of our picture, so they are left out with it.
_OF_PICTURE = {f"{_PICTURE}:{part}" for part in ("width", "height", "alt")}


class Tag(NamedTuple):
    """Describes a `meta` or `link` element of a head by all that it sets, mostly one property.

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
    """Return the head of a page with those tags in whose text, in lower case, `wanted` is found.

    Links to other forms of the page are resolved from its `url`, because ours are whole. Return
    None if the page has no end of a head.
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
    """Return what a head says, and where it ends, if that is only its description and address.

    Most heads are such. Return None if a head may say more, or in another form. This was measured
    to take a quarter of the time of `read_head`. Bytes are searched, because that takes less time.
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
    """Holds a `head` as HTML: its `tags` by what they set, and the text of its JSON-LD.

    `json_ld` is empty if it has none.
    """

    head: Head
    tags: tuple[tuple[str, str], ...]
    json_ld: str


def render_head(head: Head) -> RenderedHead:
    """Return all that a head says as HTML."""
    links = [(link.as_property.name, _render_link(link)) for link in head.links]
    tags = [(one.name, _render_property(one)) for one in head.properties]
    data = _encode(head.json_ld) if head.json_ld else ""
    return RenderedHead(head, (*links, *tags), data)


class CompletedHead(NamedTuple):
    """Says that `added` belongs into a page at offset `end`, where its head ends."""

    html: str
    end: int
    added: str


def add_head(html: str, head: Head) -> str:
    """Return the page with all that its head lacks; see `complete_head`."""
    html, end, added = complete_head(html, render_head(head))
    return f"{html[:end]}{added}{html[end:]}"


def complete_head(html: str, rendered: RenderedHead) -> CompletedHead:
    """Return the page and what its head lacks.

    A property that the theme or the author wrote stays as it is, and ours is left out. Our JSON-LD
    is left out if the page has JSON-LD of the same kind, which is a review or an article.
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
    """Return the offsets of tags that set only properties that we set too, and leave them empty.

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
    """Return whether a property is known, or another that it describes.

    If `og:image` is known, `og:image:width` is too.
    """
    return name in known or name.rpartition(":")[0] in known


def leave_out_doubles(html: str, head: Head) -> str:
    """Return the page without those of our properties that a plugin wrote too, later than we did.

    Ours are recognised by their content, because a plugin may have changed how they are written.
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
    """Return the page without those tags that name a sealed picture, and what these tags said.

    A tag of ours takes the place of another that is left out, unless it names such a picture too.
    `is_sealed` says whether an address is that of a sealed picture.
    """
    html, found = _leave_out_json(html, is_sealed)
    if written := read_head(html, head.url, _ANY):
        left_out = list(_list_naming(written.tags, is_sealed))
        said = [one for tag in left_out for one in tag.properties]
        found += (one for one in said if is_sealed(one.content))
        html = _cut(html, ((tag.start, tag.end) for tag in left_out))
    return (_restore(html, head, is_sealed) if found else html), found


def _leave_out_json(html: str, is_sealed: Callable[[str], bool]) -> tuple[str, list[Property]]:
    """Leave out each JSON-LD element of a page that names a sealed picture, in the body too."""
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
    """Return what a string of JSON says; a string that is not valid stays as it is."""
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _list_naming(tags: Iterable[Tag], is_sealed: Callable[[str], bool]) -> Iterator[Tag]:
    """Yield the tags that name a sealed picture, and those that give its size or its text.

    The latter follow its tag, up to that of the next picture.
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
    """Return the page with those of our properties that it lacks, and with JSON-LD if it has none.

    Ours may name a sealed picture too, because authors choose the picture of a page, and may have a
    card that does not show the cover.
    """
    sealed = {one.name for one in head.properties if is_sealed(one.content)}
    properties = tuple(one for one in head.properties if not _is_known(one.name, sealed))
    data = None if _JSON_LD.search(html) else head.json_ld
    restored = add_head(html, replace(head, properties=properties, json_ld=data))
    return _leave_out_json(restored, is_sealed)[0]


# Rendered tags are kept, because half of a page's tags are those of other pages.
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
    # Without `<`, because `</script>` or `<!--` in a text would change where the element ends.
    return _ENCODER.encode(data).replace("<", "\\u003c")


def _list_alike(html: str, head: Head) -> list[re.Match[str]]:
    """Return the JSON-LD elements of a page that say of it what ours says, in the body too.

    They are found by their text, because some themes write JSON that no parser accepts.
    """
    # The first letter of the type is left out, because some write it as a capital.
    if not head.json_ld or _JSON_TYPE[1:] not in html:
        return []
    kind = str(head.json_ld["@type"])
    says = re.compile(rf'"@type"\s*:\s*(?:\[[^\]]*)?"{_TYPES.get(kind, re.escape(kind))}"')
    return [element for element in _JSON_LD.finditer(html) if says.search(element["json"])]


def _find_double(html: str, head: Head) -> re.Match[str] | None:
    """Return our JSON-LD if another plugin wrote some that says the same of the page."""
    alike = _list_alike(html, head)
    if len(alike) <= 1 or not head.json_ld:
        return None
    ours = _encode(head.json_ld)
    return next((element for element in alike if element["json"].strip() == ours), None)
