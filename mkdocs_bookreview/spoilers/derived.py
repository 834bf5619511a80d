"""What files say of pages: entries of search indexes, feeds and other data."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

_TEXTS = ("content", "summary", "description")
_TIMES = ("date", "updated", "published", "lastmod")


def read_entries(text: str) -> Iterator[tuple[str, ...]]:
    """The texts of each object of JSON (also where a script assigns it) and element of XML.

    One of them may be the address of a page. Other files have no entries.
    """
    start = text.lstrip()[:1]
    if start == "<":
        try:
            root = ET.fromstring(text)  # noqa: S314  # the build itself wrote it
        except ET.ParseError:
            return
        yield from _read_elements(root)
        return
    body = text[text.find("{") :].rstrip().removesuffix(";") if start not in "[{" else text
    try:
        data = json.loads(body)
    except ValueError:
        return
    yield from _read_objects(data)


def _read_objects(data: Any) -> Iterator[tuple[str, ...]]:
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, dict):
        yield tuple(_list_texts(data))
    for child in children:
        if isinstance(child, dict | list):
            yield from _read_objects(child)


def _list_texts(data: dict[str, Any]) -> Iterator[str]:
    """Those of its values, and of what is in these."""
    for value in data.values():
        inner = value.values() if isinstance(value, dict) else value
        texts = inner if isinstance(value, dict | list) else (value,)
        yield from (text for text in texts if isinstance(text, str))


def _read_elements(element: ET.Element) -> Iterator[tuple[str, ...]]:
    for child in element:
        yield from _read_elements(child)
    if len(element):
        yield tuple(
            "".join(child.itertext())
            if child.tag.lower().endswith(_TEXTS)
            else child.text or child.get("href") or ""
            for child in element
            if not child.tag.lower().endswith(_TIMES)
        )
