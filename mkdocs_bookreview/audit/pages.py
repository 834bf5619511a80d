"""Reads the hidden and the visible texts of a finished page, with an HTML5 parser.

The audit knows sealed spoilers by their public class names only.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_bookreview.audit.hidden import BODY_CLASS, decode

CLASS = "bookreview-spoiler"
_SEALED = re.compile(rf"<(div|span)\b[^<>]*?\bclass=\"?{CLASS}[\s\">]")
_BODY = re.compile(rf'<(?:div|span)\b[^<>]*?\bclass="?{BODY_CLASS}(?=[\s">])[^<>]*>')
_OURS = '[class^="bookreview-"]'  # cards and lists, whose words come from front matter
_NOT_SHOWN = "head, nav, script, style, template"
_JSON_LD = 'script[type^="application/ld+json" i]'
# These are searched too, because they describe the page to search engines and other sites.
_META = ", ".join(
    f'meta[{key}*="{word}" i]'
    for key in ("name", "property", "itemprop")
    for word in ("description", "title", "keywords", "alt")
)
# Elements that show pictures, and their attributes with addresses. Attributes with `data-` count,
# because scripts load their pictures.
_PICTURE_TAGS = ("<img", "<source", "<video", "<image", "<object", "<embed", "<input")
_PICTURE_KEYS = ("src", "data-src", "poster", "href", "xlink:href", "data")
_SET_KEYS = ("srcset", "data-srcset")
_NAME = r"\.(?:a?png|avif|bmp|gif|jfif|jpe?g|svg|tiff?|webp)\b"
_PICTURE_NAME = re.compile(_NAME, re.IGNORECASE)
_LINKED = re.compile(rf"[^?#]*{_NAME}\s*(?:[?#]|\Z)", re.IGNORECASE)
_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)", re.IGNORECASE)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


class Outside(NamedTuple):
    """Holds the texts of a page without its sealed elements.

    `shown` is the text that readers see. `named` is that text without our cards and lists, but with
    the page's title, metadata and texts of pictures. `source` is the HTML without sealed elements,
    cards and lists.
    """

    shown: str
    named: str
    source: str


def read_bodies(html: str) -> list[str]:
    """Return the HTML in each outermost sealed element of a page."""
    tree = LexborHTMLParser(html)
    inner = {node.mem_id for node in tree.css(f".{BODY_CLASS} .{BODY_CLASS}")}
    bodies = (body for body in tree.css(f".{BODY_CLASS}") if body.mem_id not in inner)
    return [html for body in bodies for html in _read_body(body)]


def _read_body(body: LexborNode) -> Iterator[str]:
    """Yield the HTML of a body, which has several parts if it is encoded."""
    parts = body.attributes.get("data-sealed")
    if parts is None:
        yield body.inner_html or ""
        return
    for part in parts.split("."):
        with suppress(ValueError):  # because others may have such an attribute too
            yield b64decode(f"{part}==").decode()


def read_outside(html: str) -> Outside:
    """Return the texts of a page outside of its sealed elements."""
    tree = LexborHTMLParser(html)
    _remove(tree, f".{CLASS}")
    copy = tree.clone()
    _remove(copy, _NOT_SHOWN)
    shown = _read_text(copy.body)
    _remove(tree, _OURS)
    named = [decode(node.text()) for node in tree.css(f"title, {_JSON_LD}")]
    named += [node.attributes.get("content") or "" for node in tree.css(_META)]
    named += [node.attributes.get("alt") or "" for node in tree.css("[alt]")]
    _remove(copy, _OURS)
    return Outside(shown, "\n".join((*named, _read_text(copy.body))), tree.html or "")


def _read_text(node: LexborNode | None) -> str:
    return node.text(separator=" ") if node else ""


def _remove(tree: LexborHTMLParser, selector: str) -> None:
    for node in reversed(
        tree.css(selector)
    ):  # inner ones first, because they go with the outer ones
        node.decompose()


def cut_sealed(html: str) -> str:
    """Return `html` with spaces in place of its sealed elements, so that offsets stay."""
    return _cut(html, _find_end)


def cut_labels(html: str) -> str:
    """Return `html` with spaces in place of each sealed element up to its body.

    The bodies stay: if they are encoded they have only a notice, so any other text in them is
    readable and is searched.
    """
    return _cut(html, _find_body)


def _cut(html: str, find_end: Callable[[str, re.Match[str]], int]) -> str:
    pieces: list[str] = []
    cursor = 0
    at = html.find(CLASS)
    while at >= 0:
        # The search is for the class, because a page has many elements, but few of them sealed.
        match = _SEALED.match(html, max(html.rfind("<", cursor, at), 0))
        if match and at < match.end():
            end = find_end(html, match)
            pieces += (html[cursor : match.start()], " " * (end - match.start()))
            cursor = end
        at = html.find(CLASS, max(cursor, at + 1))
    pieces.append(html[cursor:])
    return "".join(pieces)


def _find_body(html: str, start: re.Match[str]) -> int:
    """Return the offset of an element's body, or the end of its tag if it has no body."""
    body = _BODY.search(html, start.end(), _find_end(html, start))
    return body.end() if body else html.find(">", start.start()) + 1


def _find_end(html: str, start: re.Match[str]) -> int:
    depth = 0
    for tag in re.compile(rf"<(/?){start[1]}\b").finditer(html, start.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html.find(">", tag.end()) + 1
    return len(html)


def read_pictures(sealed: Iterable[str], uri: str, root: str = "") -> set[str]:
    """Return the paths of the pictures that the page `uri` hides, such as `/reviews/ending.jpg`.

    `root` is the address of the site; empty if it is not known. The path of a picture on another
    site begins with the host: `//example.org/ending.jpg`. A link to a picture counts too, because
    plugins that enlarge pictures link to the large picture.
    """
    sealed = [*sealed]
    # All elements are checked together first, because most pages hide no picture.
    html = "".join(filter(_may_show, sealed)) if _may_show("".join(sealed)) else ""
    if not html:
        return set()
    tree = LexborHTMLParser(html)
    linked = (text for node in tree.css("*") for text in node.attributes.values() if text)
    return _list_pictures(tree, uri, root) | _resolve(filter(_LINKED.match, linked), uri, root)


def _may_show(html: str) -> bool:
    """Return whether HTML may show a picture, or lead to one."""
    if any(map(html.__contains__, _PICTURE_TAGS)):
        return True
    return bool(_PICTURE_NAME.search(html)) or b"url(" in html.encode("utf-8", "replace").lower()


def read_sealed_pictures(html: str, sealed: Iterable[str], uri: str, root: str = "") -> set[str]:
    """Return the paths of the hidden pictures that the page `uri` does not also show openly."""
    hidden = read_pictures(sealed, uri, root)
    if not hidden:
        return hidden
    tree = LexborHTMLParser(html)
    _remove(tree, f".{CLASS}")
    shown = _list_pictures(tree, uri, root)
    # Only full addresses are compared by their ends, because they may begin with the address of the
    # site if we do not know it. For other paths, `/end.jpg` is not `/pics/end.jpg`.
    full = [path for path in shown if path.startswith("//") and not root]
    found = {path for path in hidden - shown if not is_named(path, full)}
    return {path for path in found if not is_copied(path, shown)}


def find_named_pictures(html: str, uri: str, sealed: set[str]) -> list[str]:
    """Return the pictures of `sealed` that a page names in its head or in JSON-LD."""
    tree = LexborHTMLParser(html)
    _remove(tree, f".{CLASS}")
    values = [node.attributes.get("content") for node in tree.css("meta[content]")]
    for node in tree.css("link"):
        values += [node.attributes.get("href"), *_split_set(node.attributes.get("imagesrcset"))]
    values += [text for node in tree.css(_JSON_LD) for text in _STRING.findall(node.text())]
    named = {resolve_picture(decode(value.replace("\\/", "/")), uri) for value in values if value}
    return sorted(path for path in sealed if is_named(path, named))


def is_named(path: str, paths: Iterable[str]) -> bool:
    """Return whether the picture at `path` is one of those at `paths`.

    Only the ends of paths are compared, because a path may begin with the site's own path, which we
    may not know.
    """
    paths = list(paths)
    if not path.startswith("//"):
        return any(other.endswith(path) for other in paths)
    return is_copied(path, paths) or any(path.endswith(other) for other in paths if other)


def is_copied(path: str, paths: Iterable[str]) -> bool:
    """Return whether `path` is a picture of another host, and it or its copy is in `paths`.

    Plugins copy such pictures to folders with the host's name: `/assets/b.org/1.jpg`.
    """
    return path.startswith("//") and any(other.endswith(path[1:]) for other in paths)


def _list_pictures(tree: LexborHTMLParser, uri: str, root: str) -> set[str]:
    found: list[str | None] = []
    for node in tree.css(", ".join(tag.removeprefix("<") for tag in _PICTURE_TAGS)):
        found += [node.attributes.get(key) for key in _PICTURE_KEYS]
        found += (one for key in _SET_KEYS for one in _split_set(node.attributes.get(key)))
    for node in tree.css("[style]"):
        found += _IN_STYLE.findall(node.attributes.get("style") or "")
    return _resolve(filter(None, found), uri, root)


def _resolve(addresses: Iterable[str], uri: str, root: str) -> set[str]:
    paths = (resolve_picture(address, uri, root) for address in addresses)
    return {path for path in paths if path}


def _split_set(value: str | None) -> list[str]:
    """Return the addresses in `srcset`: `a.jpg 400w, b.jpg 800w` has `a.jpg` and `b.jpg`."""
    return [part.split()[0] for part in re.split(r",\s", value or "") if part.strip()]


def resolve_picture(address: str, uri: str, root: str = "") -> str:
    """Return the path of a picture's `address` on the page `uri`; empty if it has no path.

    `read_pictures` describes these paths and `root`.
    """
    try:
        parts = urlsplit(urljoin(f"{root or '/'}{uri}", address.strip()))
        site = urlsplit(root)
    except ValueError:  # because of an address such as `https://[`
        return ""
    # A `data:` address gives no path, because it has the picture itself, or a short placeholder.
    if not parts.path.startswith("/"):
        return ""
    # The scheme is left out, because many sites are served by both HTTP and HTTPS.
    host = f"//{parts.netloc}" if parts.netloc else ""
    start = f"//{site.netloc}{unquote(site.path)}"
    path = f"{host}{unquote(parts.path)}"
    return f"/{path.removeprefix(start)}" if root and path.startswith(start) else path
