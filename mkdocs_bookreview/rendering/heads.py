"""Reads the head of a finished page, and renders what it lacks."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin

from mkdocs_bookreview.structured_data.head import Head, HeadLink, Property

# Reads comments and whole elements with other text too, because `</head>` in them is no end.
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|title|noscript|template)\b[^>]*>.*?</(?P=raw)\s*>"
    r"|<(?P<name>meta|link)\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|(?P<end></head\s*>)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_JSON_LD = re.compile(
    r"<script\b[^>]*?\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(?P<json>.*?)</script\s*>",
    re.DOTALL | re.IGNORECASE,
)
# How other programs name the types that we use.
_TYPES = {"Review": "(?:Critic)?Review", "Article": r"(?:\w*Article|BlogPosting)"}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# What `name` says on the web; everything else is a `property`.
_NAMED = ("twitter:", "description")


@dataclass(frozen=True, slots=True)
class Tag:
    """Describes a `meta` or `link` element of a head.

    `name` is that of the element in lower case, and `attributes` are by name in lower case. `start`
    and `end` are its offsets in the page.
    """

    name: str
    attributes: dict[str, str]
    start: int
    end: int

    def list_links(self, url: str) -> Iterator[Property]:
        """Yield where it leads to from a page at `url`, as properties.

        Only other forms of the page are resolved, because that is slow and most links are styles.
        """
        for relation in self.attributes.get("rel", "").lower().split():
            href = self.attributes.get("href", "")
            address = _resolve(href, url) if relation == "alternate" else href
            yield HeadLink(relation, address).as_property

    @property
    def property(self) -> Property | None:
        """Return the property that it sets; None if it sets none."""
        name = self.attributes.get("property") or self.attributes.get("name")
        content = self.attributes.get("content")
        return Property(name.lower(), content) if name and content is not None else None


@dataclass(frozen=True, slots=True)
class WrittenHead:
    """Describes the head of a page as it is written; `end` is the offset of its end tag."""

    tags: tuple[Tag, ...]
    end: int

    @property
    def names(self) -> set[str]:
        """Return the names of all properties that are set."""
        return {one.name for tag in self.tags if (one := tag.property)}


def _resolve(address: str, url: str) -> str:
    try:
        return urljoin(url, address.strip())
    except ValueError:  # because of an address such as `https://[`
        return address


def read_head(html: str) -> WrittenHead | None:
    """Return the head of a page; None if the page has no end of a head."""
    tags: list[Tag] = []
    for piece in _PIECE.finditer(html):
        if piece["end"]:
            return WrittenHead(tuple(tags), piece.start())
        if piece["name"]:
            attributes = dict(_read_attributes(piece["attributes"]))
            tags.append(Tag(piece["name"].lower(), attributes, *piece.span()))
    return None


def _read_attributes(text: str) -> Iterator[tuple[str, str]]:
    for name, *values in _ATTRIBUTE.findall(text):
        yield name.lower(), unescape("".join(values))


def add_head(html: str, head: Head) -> str:
    """Return the page with all that its head lacks.

    A property that the theme or the author wrote stays as it is, and ours is left out. So is our
    JSON-LD if some in the head says that the page is a review, or an article, as ours does.
    """
    written = read_head(html)
    if not written:
        return html
    known = written.names
    tags = written.tags if head.links else ()
    linked = {link for tag in tags for link in tag.list_links(head.url)}
    lacking = Head(
        tuple(one for one in head.properties if one.name not in known),
        None if _list_alike(html[: written.end], head) else head.json_ld,
        tuple(link for link in head.links if link.as_property not in linked),
    )
    return html[: written.end] + "".join(_render(lacking)) + html[written.end :]


def leave_out_doubles(html: str, head: Head) -> str:
    """Return the page without those of our properties that a plugin wrote too, later than we did.

    Ours are recognised by their content, because a plugin may have changed how they are written.
    """
    written = read_head(html)
    if not written:
        return html
    ours = Counter((*head.properties, *(link.as_property for link in head.links)))
    found: list[tuple[Property, Tag]] = []
    others: set[str] = set()
    for tag in written.tags:
        for one in filter(None, (tag.property, *tag.list_links(head.url))):
            if ours[one]:
                ours[one] -= 1
                found.append((one, tag))
            else:
                others.add(one.name)
    cuts = [(tag.start, tag.end) for one, tag in found if one.name in others]
    if double := _find_double(html[: written.end], head):
        cuts.append(double.span())
    for start, end in sorted(cuts, reverse=True):
        html = html[:start] + html[end:].removeprefix("\n")
    return html


def _render(head: Head) -> Iterator[str]:
    for link in head.links:
        kind = f' type="{escape(link.type)}"' if link.type else ""
        title = f' title="{escape(link.title)}"' if link.title else ""
        yield f'<link rel="{link.rel}"{kind}{title} href="{escape(link.href)}">\n'
    for one in head.properties:
        key = "name" if one.name.startswith(_NAMED) else "property"
        yield f'<meta {key}="{escape(one.name)}" content="{escape(one.content)}">\n'
    if head.json_ld:
        yield f'<script type="application/ld+json">{_encode(head.json_ld)}</script>\n'


def _encode(data: Mapping[str, object]) -> str:
    # Without `<`, because `</script>` or `<!--` in a text would change where the element ends.
    return _ENCODER.encode(data).replace("<", "\\u003c")


def _list_alike(start: str, head: Head) -> list[re.Match[str]]:
    """Return the JSON-LD elements at the start of a page that say of it what ours says.

    They are found by their text, because some themes write JSON that no parser accepts.
    """
    if not head.json_ld or "ld+json" not in start:
        return []
    kind = str(head.json_ld["@type"])
    says = re.compile(rf'"@type"\s*:\s*"{_TYPES.get(kind, re.escape(kind))}"')
    return [element for element in _JSON_LD.finditer(start) if says.search(element["json"])]


def _find_double(start: str, head: Head) -> re.Match[str] | None:
    """Return our JSON-LD if another plugin wrote some that says the same of the page."""
    alike = _list_alike(start, head)
    if len(alike) <= 1 or not head.json_ld:
        return None
    ours = _encode(head.json_ld)
    return next((element for element in alike if element["json"].strip() == ours), None)
