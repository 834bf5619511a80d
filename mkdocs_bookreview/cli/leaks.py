"""Writes the leaks of a site as text, as JSON, or as annotations of GitHub Actions."""

import json
import os
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from mkdocs_bookreview.audit.folder import FoundLeak
from mkdocs_bookreview.audit.secrets import read_words
from mkdocs_bookreview.cli.audit import AuditedSite
from mkdocs_bookreview.cli.pages import find_output

FEW = 5  # leaks listed per file by default, because a search index may have hundreds
_FEEDS = re.compile(r"(?:^|/)(?:atom|feed|index|rss)[^/]*\.(?:atom|json|rss|xml)$|\.(?:atom|rss)$")
_SEARCH = re.compile(r"(?:^|/)search(?:_index)?\.json$|(?:^|/)search/|\.pf_\w+$")
_MARKDOWN = re.compile(r"\.(?:md|markdown|txt)$")
_CODES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_CODES = {**_CODES, ord(":"): "%3A", ord(","): "%2C"}


class DescribedLeak(NamedTuple):
    """Describes a leak in the `file` of a site, for a person.

    `line` and `column` are the place in that file. `kind` is `text` or `picture`; `quote` is the
    beginning of the hidden text, or the path of the picture. `source` is the page that hides it,
    below the docs folder, and `source_line` the line there; None if it is not found.
    """

    file: str
    line: int
    column: int
    kind: str
    quote: str
    source: str
    source_line: int | None
    fix: str


class LeakReport:
    """Describes the leaks of a site."""

    def __init__(self, audited: AuditedSite) -> None:
        self._audited = audited

    @cached_property
    def leaks(self) -> list[DescribedLeak]:
        return [self._describe(found) for found in self._audited.leaks]

    def _describe(self, found: FoundLeak) -> DescribedLeak:
        uri, leak, line, column, _ = found
        source_line = self._find_line(leak.page, leak.quote)
        fix = self._find_fix(found)
        return DescribedLeak(uri, line, column, leak.kind, leak.quote, leak.page, source_line, fix)

    def _find_line(self, source: str, quote: str) -> int | None:
        text = self._audited.written.texts.get(source, "")
        words = r"[\W_]+".join(map(re.escape, read_words(quote)))
        match = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
        return text.count("\n", 0, match.start()) + 1 if match else None

    def _find_fix(self, found: FoundLeak) -> str:
        if self._is_not_encoded(found):
            return (
                "`spoilers.seal` is `encode`, but this spoiler is not encoded. Build the site"
                " again with the plugin `bookreview`. If the spoiler still appears, find the"
                " plugin, hook or template that writes it."
            )
        page = self._audited.written.site.pages.get(found.leak.page)
        if page and page.spoilers:
            return (
                "Only the plugin `bookreview` hides a page with `spoilers: true`. Put the text"
                " into a block `/// spoiler`, or build the site from the folder that `bookreview"
                " export markdown FOLDER` writes."
            )
        if not self._audited.is_sealed:
            return self._find_fix_of_all()
        if found.is_in_head:
            return (
                "A plugin made the description of this page from its text. Write a `description`"
                " in the front matter of the page."
            )
        for pattern, fix in _FIXES:
            if pattern.search(found.uri):
                return fix
        return "Find the plugin, hook or template that writes the spoiler into this file."

    def _is_not_encoded(self, found: FoundLeak) -> bool:
        """Return whether a page has the text of its own spoiler, although it must be encoded."""
        is_own = found.uri in (find_output(found.leak.page, folders) for folders in (True, False))
        is_encoded = self._audited.written.settings.spoilers.is_encoded
        # The offset is also 0 if the place was not found, so the leak may be anywhere.
        may_be_in_text = not found.is_in_head or found.leak.offset == 0
        return is_own and is_encoded and self._audited.is_sealed and may_be_in_text

    def _find_fix_of_all(self) -> str:
        """Return the fix for a site on which no spoiler is sealed."""
        if self._audited.lists_extension:
            return (
                "No spoiler on this site is hidden. Install mkdocs-bookreview in the environment"
                " that builds the site."
            )
        return (
            "No spoiler on this site is hidden. Add `- bookreview_spoilers` to"
            " `markdown_extensions`, and build the site again."
        )


_FIXES = (
    (
        _SEARCH,
        "Build the site and its search index again. Pagefind and the search of Zensical skip"
        " hidden spoilers. Set up any other search so that it skips elements with the class"
        " `bookreview-spoiler`.",
    ),
    (
        _FEEDS,
        "Write a `description` in the front matter of the page, or leave the page out of this"
        " feed.",
    ),
    (
        _MARKDOWN,
        "This file has the plain text of pages, in which spoilers are not hidden. Leave pages"
        " with spoilers out of this file, or turn off the plugin that writes it.",
    ),
)


def write_report(audited: AuditedSite, site: Path, format_: str, *, full: bool) -> Iterator[str]:
    """Yield the lines of a report; `format_` is `text`, `json` or `github`.

    `full` lists every leak of a file, not only the first few. The formats for programs, `json` and
    `github`, always list every leak.
    """
    leaks = LeakReport(audited).leaks
    if format_ == "json":
        yield _write_json(leaks, audited)
    elif format_ == "github":
        yield from _write_github(leaks, audited, site)
    else:
        yield from _write_text(leaks, site, full=full)


def _write_text(leaks: list[DescribedLeak], site: Path, *, full: bool) -> Iterator[str]:
    """Yield a line for each leak, then a line for each fix with the number of files to fix."""
    for file, group in groupby(leaks, lambda leak: leak.file):
        own = [*group]
        for leak in own if full else own[:FEW]:
            line = f":{leak.source_line}" if leak.source_line else ""
            yield (
                f"{site / file}:{leak.line}:{leak.column}: Spoiler {leak.kind} from"
                f" `{leak.source}{line}`: `{leak.quote}`."
            )
        if not full and own[FEW:]:
            yield f"  {len(own) - FEW} more in this file; `--full` lists them."
    for fix in dict.fromkeys(leak.fix for leak in leaks):
        files = len({leak.file for leak in leaks if leak.fix == fix})
        yield f"\nTo fix {files} file{'s' * (files > 1)}: {fix}"


def _write_json(leaks: list[DescribedLeak], audited: AuditedSite) -> str:
    data = {
        "files": audited.files,
        "leaks": [leak._asdict() for leak in leaks],
        "unread": [{"file": file, "why": why} for file, why in sorted(audited.unread.items())],
        "notes": [*audited.notes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _write_github(leaks: list[DescribedLeak], audited: AuditedSite, site: Path) -> Iterator[str]:
    """Yield a command for each leak, which GitHub shows at the line of the source.

    Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    docs_dir = Path(os.path.relpath(audited.written.config.docs_dir))
    for leak in leaks:
        file = (docs_dir / leak.source).as_posix().translate(_PROPERTY_CODES)
        line = f",line={leak.source_line}" if leak.source_line else ""
        what = f"Spoiler {leak.kind} `{leak.quote}` appears in {site / leak.file}. {leak.fix}"
        yield f"::error file={file}{line},title=Spoiler leaks::{what.translate(_CODES)}"
