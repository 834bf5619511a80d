"""Reads the texts about single pages in search indexes, feeds and other data files."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

_TEXTS = ("content", "summary", "description")
_TIMES = ("date", "updated", "published", "lastmod")


def read_entries(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the texts of each object in JSON or of each element in XML; other files have none.

    One of the texts may be the address of a page. Scripts may assign the JSON to a variable.
    """
    try:
        if text.lstrip().startswith("<"):
            yield from _read_xml(text)
        else:
            yield from _read_json(text)
    except (ET.ParseError, ValueError, RecursionError):
        return


def _read_json(text: str) -> Iterator[tuple[str, ...]]:
    objects: list[dict[str, Any]] = []

    def keep(data: dict[str, Any]) -> dict[str, Any]:
        objects.append(data)
        return data

    is_list = text.lstrip().startswith("[")
    json.loads(text if is_list else text[text.find("{") :].rstrip().rstrip(";"), object_hook=keep)
    yield from (tuple(_list_texts(data)) for data in reversed(objects))


def _list_texts(data: dict[str, Any]) -> Iterator[str]:
    """Yield the values that are texts, and the texts in values that are lists or mappings."""
    for value in data.values():
        inner = value.values() if isinstance(value, dict) else value
        texts = inner if isinstance(value, dict | list) else (value,)
        yield from (text for text in texts if isinstance(text, str))


def _read_xml(text: str) -> Iterator[tuple[str, ...]]:
    for element in reversed([*ET.fromstring(text).iter()]):  # noqa: S314  # the build wrote it
        if len(element):
            children = (child for child in element if not child.tag.lower().endswith(_TIMES))
            yield tuple(map(_read_child, children))


def _read_child(child: ET.Element) -> str:
    is_text = child.tag.lower().endswith(_TEXTS)
    return "".join(child.itertext()) if is_text else child.text or child.get("href") or ""
