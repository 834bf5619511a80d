"""Find pages that share a thread although they have nothing to do with each other."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import PurePosixPath

from babel import Locale

from mkdocs_bookreview.comments.lock import LockLine
from mkdocs_bookreview.comments.pages import WrittenPage, find_book, find_written_id
from mkdocs_bookreview.comments.provider import Provider, ThreadId
from mkdocs_bookreview.model.names import slug
from mkdocs_bookreview.model.problem import Place, Problem

_REGION = r"(?:[-_][A-Za-z]{2,4})?"


def find_clashes(
    pages: Iterable[WrittenPage],
    threads: Mapping[str, str],
    matched: Mapping[str, LockLine],
    provider: Provider,
    site_url: str | None,
) -> Iterator[Problem]:
    """Yield a problem for each page that shares its thread with an unrelated page.

    `threads` maps the source of each page to its thread, and `matched` maps it to its line in the
    lock file.
    """
    first: dict[str, WrittenPage] = {}
    # Reviews come first, because the later page is asked to take another id, and that is easier for
    # a page without a review.
    for page in sorted(pages, key=lambda written: (written.review is None, written.source)):
        thread = threads[page.source]
        other = first.setdefault(thread, page)
        if other is not page and not _belong_together(page, other):
            place = _find_place(page, matched.get(page.source))
            what = (
                f"The comments of `{page.source}` and of `{other.source}` have the same id,"
                f" `{thread}`."
            )
            free = _find_free(page.source, provider, site_url, set(threads.values()))
            fix = (
                f"Write for example `comments: {{id: {free}}}` in the front matter of"
                f" `{page.source}`."
            )
            yield Problem(place, what, fix)


def _belong_together(page: WrittenPage, other: WrittenPage) -> bool:
    """Return whether two pages are translations of each other, or are about the same book."""
    names = (_language_parts().sub("", source) for source in (page.source, other.source))
    return len(set(names)) == 1 or (
        find_book(page) is not None and find_book(page) == find_book(other)
    )


@cache
def _language_parts() -> re.Pattern[str]:
    """Return a pattern for the folder or ending of a language: `de/a.md`, `a.pt-BR.md`.

    Only codes of languages count, so `tv/news.md` and `news.md` are different pages. A code that is
    a word too, such as `it` or `my`, counts as a language.
    """
    codes = sorted(code for code in map(str, Locale("en").languages) if len(code) == 2)  # noqa: PLR2004
    language = f"(?:{'|'.join(codes)}){_REGION}"
    return re.compile(rf"^{language}/|\.{language}(?=\.\w+$)")


def _find_place(page: WrittenPage, line: LockLine | None) -> Place:
    if find_written_id(page):
        return page.marks.place(("comments", "id"))
    if line and line.find_place:
        return line.find_place()
    return page.marks.place(("book",) if page.review else ("comments",))


def _find_free(
    source: str, provider: Provider, site_url: str | None, taken: Collection[str]
) -> str:
    name = slug(PurePosixPath(source).stem)
    ids = (f"{name}-{number}" for number in count(2))
    return next(
        free for free in ids if provider.thread(ThreadId(free, "written"), site_url) not in taken
    )
