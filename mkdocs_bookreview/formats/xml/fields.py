"""Reads the fields of a record."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mkdocs_bookreview.formats.comments import read_time
from mkdocs_bookreview.formats.refused import ExportRefusedError, refuse
from mkdocs_bookreview.formats.xml.faults import ONE_CDATA
from mkdocs_bookreview.formats.xml.records import Element

# WordPress writes the first date for drafts, and PHP turns it into the second.
_NO_DATES = ("0000-00-00", "-0001-11-30")
_NUMBER = re.compile(r"-?[0-9]{1,20}")  # as many digits as the largest number of a database has


class Fields:
    """Reads the fields of a record by name; a missing field has an empty text."""

    def __init__(self, path: Path, record: Element) -> None:
        self._path = path
        self._record = record
        # The mapping is stored here for speed, because an export has a dozen fields for each
        # comment.
        self._texts = record.texts
        self._repeated = record.repeated

    def text(self, name: str) -> str:
        """Return the text of a field.

        Refuse the file if the field appears twice or has tags, because a part would be lost.
        """
        if self._repeated or (text := self._texts.get(name)) is None:
            return self._search(name)
        return text

    def _search(self, name: str) -> str:
        found: list[Element | str] = [*self.all(name), *self.texts(name)]
        if len(found) > 1:
            raise self.refuse(
                f"`<{name}>` appears twice in this `<{self._record.raw_name}>`.",
                "Remove one of them, or close the record before the second one and begin another"
                " record.",
            )
        field = found[0] if found else ""
        if isinstance(field, str):
            return field
        if field.children or field.texts:
            raise self.refuse(f"`<{name}>` has tags beside its text.", ONE_CDATA)
        return field.text

    def texts(self, name: str) -> list[str]:
        """Return the text of each field of this name that has neither attributes nor elements."""
        record = self._record
        if name not in record.texts:
            return []
        return [record.texts[name], *(text for other, text in record.repeated if other == name)]

    def number(self, name: str) -> int | None:
        """Return the whole number in a field; None if it is empty or missing."""
        text = self.text(name).strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise self.refuse(
                f"`<{name}>` must be a whole number, but is `{text[:40]}`.",
                "Write digits only, for example `12`.",
            )
        return int(text)

    def time(self, name: str) -> datetime | None:
        """Return the time in a field, in UTC; None if it is empty, missing or all zeros."""
        text = self.text(name).strip()
        if not text or text.startswith(_NO_DATES):
            return None
        if (time := read_time(text)) is None:
            raise self.refuse(
                f"`<{name}>` must be a date, but is `{text[:40]}`.",
                f"Write for example `<{name}>2014-05-03 09:12:00</{name}>`.",
            )
        return time

    def all(self, name: str) -> Iterator[Element]:
        """Yield every element of this name that has attributes or elements in it."""
        return (child for child in self._record.children if child.name == name)

    def has(self, prefix: str) -> bool:
        """Return whether the name of any field begins with `prefix`."""
        names = (*self._record.texts, *(child.name for child in self._record.children))
        return any(name.startswith(prefix) for name in names)

    def refuse(self, what: str, fix: str) -> ExportRefusedError:
        """Return the error for the line in which the record begins."""
        return refuse(self._path, self._record.line or None, what, fix)
