"""Writes the lists of keys into the manual's page about words, from the table of words.

`python tests/words/words_page.py` writes them again after a change of the table.
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs_bookreview.words import table
from mkdocs_bookreview.words.table import TABLE, Text

PAGE = Path(__file__).parents[2] / "example_site/docs/guide/words.md"
_LISTS = re.compile(
    r"(?<=<!-- words: written by tests/words/words_page\.py -->\n).*(?=<!-- end of words -->)",
    re.DOTALL,
)
# A comment in the table begins a list, and each key is in the list of the comment before it.
_LINE = re.compile(r'^    (?:# (?P<comment>.+)|"(?P<key>\w+)":)', re.MULTILINE)
_FIRST = "Dates"
# Titles of parts whose comment is for developers.
_TITLES = {
    "listings": "Lists",
    "the page on which readers choose among all reviews": "Browse",
    "pages of themes, authors and other terms": "Themes, authors and other terms",
}


def fill_page(page: str) -> str:
    """Return the page with a list of all keys for each part of the table."""
    lists = "".join(f"\n### {title}\n\n{_write_list(keys)}" for title, keys in list_parts())
    return _LISTS.sub(lambda _: f"{lists}\n", page)


def list_parts() -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each part of the table, and its keys."""
    title, keys = _FIRST, list[str]()
    for found in _LINE.finditer(inspect.getsource(table)):
        if found["key"]:
            keys.append(found["key"])
        else:
            if keys:
                yield title, keys
            title, keys = _name_part(found["comment"]), []
    yield title, keys


def _name_part(comment: str) -> str:
    return _TITLES.get(comment) or comment[0].upper() + comment[1:]


def _write_list(keys: list[str]) -> str:
    rows = "".join(f"| `{key}` | {write_text(TABLE[key]['en'])} |\n" for key in keys)
    return f"| Key | English |\n| --- | --- |\n{rows}"


def write_text(text: Text) -> str:
    """Return the English text as code, because `{n}` at the end of a cell would be an attribute."""
    return (
        f"`{text}`" if isinstance(text, str) else "<br>".join(f"`{one}`" for one in text.values())
    )


if __name__ == "__main__":
    PAGE.write_text(fill_page(PAGE.read_text("utf-8")), "utf-8")
