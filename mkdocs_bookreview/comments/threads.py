"""Give each page with comments a thread that stays when titles, files and addresses change."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from mkdocs_bookreview.comments.clashes import find_clashes
from mkdocs_bookreview.comments.lock import FILE_NAME, LockedPage, LockLine, match_lines
from mkdocs_bookreview.comments.pages import WrittenPage, find_book, find_order, find_written_id
from mkdocs_bookreview.comments.provider import Provider, ThreadId, UnfitIdError
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import CommentsOpen, Thread
from mkdocs_bookreview.settings.typed import shown

_NAMED = 5  # pages or lines that one message names


@dataclass(frozen=True, slots=True)
class Threads:
    """Holds the threads of a site.

    `by_source` maps the source of a page to the id of its thread, as the comment service writes it.
    `lines` are the lines that the lock file should have. `unlocked` are the sources of published
    pages whose line is missing or outdated; `fresh` are those of them that have no line at all.
    `orphans` are lines without a page. `problems` report ids that the service cannot take, and each
    thread that two unrelated pages share.
    """

    by_source: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[LockLine, ...] = ()
    unlocked: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    orphans: tuple[LockLine, ...] = ()
    problems: tuple[Problem, ...] = ()

    def advise(self) -> list[str]:
        """Return sentences on what the author should do about the lock file."""
        advice = []
        if self.unlocked:
            advice.append(
                f"{FILE_NAME} is not up to date for {list_names(self.unlocked)}, so a later"
                " change of title, file or address could lose comments. Run `bookreview comments"
                " registry`."
            )
        if self.orphans:
            pages = list_names(line.page for line in self.orphans)
            advice.append(
                f"{FILE_NAME} has lines for pages that do not exist: {pages}. If such a page has"
                " a new title and a new file name, write its new path as `page` in its line. If"
                " the page is gone, delete its line."
            )
        return advice


def derive_id(source: str, book: str | None, review: int = 1) -> ThreadId:
    """Return the id made of the key of the `book`, or of the page's path if it has no book.

    The key comes first, because it stays when the file is renamed. `books/emma.md` without a book
    gives `/books/emma/`, the book `emma` gives `/emma/`, and with `review` 2 it gives `/emma/2/`.
    """
    if book is None:
        return ThreadId(_path(_address(source)), "derived")
    return ThreadId(_path(book if review == 1 else f"{book}/{review}"), "derived")


def find_first_id(source: str, thread: Thread, book: str | None) -> str:
    """Return the id that the first versions of this plugin gave to a page, whatever the service."""
    if thread.id and thread.id.startswith("/"):
        return thread.id
    return _path(thread.id or book or _address(source))


def _address(source: str) -> str:
    path = source.rpartition(".")[0]
    folder, _, name = path.rpartition("/")
    return folder if name in {"index", "README"} else path


def _path(text: str) -> str:
    parts = [part for part in text.split("/") if part]
    return f"/{'/'.join(parts)}/" if parts else "/"


def assign_threads(
    pages: Iterable[WrittenPage],
    published: Iterable[str],
    provider: Provider,
    site_url: str | None,
    lines: Iterable[LockLine] = (),
    *,
    is_shared: bool = True,
) -> Threads:
    """Return the threads of all pages whose comments are open or closed.

    A page's id comes from the first of these that it has: `comments.id`, a line of the lock file,
    the key of its book, its source path. `published` are the sources of pages that readers see. If
    `is_shared` is False, each review of a book gets a thread of its own.
    """
    seen, before = frozenset(published), tuple(lines)
    ordered = _order(pages, seen)
    matched = match_lines((LockedPage(page.source, find_book(page)) for page in ordered), before)
    assigning = _Assigning(provider, site_url, matched, is_shared)
    threads = {page.source: assigning.assign(page) for page in ordered}
    clashes = find_clashes(ordered, threads, matched, provider, site_url)
    unlocked = _list_unlocked(ordered, seen, assigning.lines, matched)
    kept = [assigning.lines[source] for source in threads if source in seen or source in matched]
    used = set(matched.values())
    return Threads(
        by_source=threads,
        lines=tuple(kept),
        unlocked=unlocked,
        fresh=tuple(source for source in unlocked if source not in matched),
        orphans=tuple(line for line in before if line not in used),
        problems=(*assigning.problems, *clashes),
    )


def _order(pages: Iterable[WrittenPage], seen: Collection[str]) -> list[WrittenPage]:
    """Return the pages with comments, published ones first, because they get the first ids."""
    with_comments = filter(_has_comments, pages)
    return sorted(with_comments, key=lambda page: (page.source not in seen, *find_order(page)))


def _list_unlocked(
    pages: Iterable[WrittenPage],
    seen: Collection[str],
    lines: Mapping[str, LockLine],
    matched: Mapping[str, LockLine],
) -> tuple[str, ...]:
    """Return the sources of pages that readers see and whose line is missing or outdated."""
    visible = (page for page in pages if page.source in seen)
    return tuple(page.source for page in visible if _is_outdated(page, lines, matched))


def assign_posts(pages: Iterable[WrittenPage], service: str, provider: Provider) -> Threads:
    """Return the threads of all pages that name a post of the service."""
    threads: dict[str, str] = {}
    problems: list[Problem] = []
    for page in filter(_has_comments, pages):
        post = page.thread.posts.get(service) if page.thread else None
        if post is None:
            continue
        try:
            threads[page.source] = provider.thread(ThreadId(post, "written"), None)
        except UnfitIdError as error:
            place = page.marks.place(("comments", service))
            what = f"`comments.{service}` {error.must}, but is {shown(post)}."
            problems.append(Problem(place, what, error.fix))
    return Threads(threads, problems=tuple(problems))


def list_without_post(pages: Iterable[WrittenPage], service: str) -> list[str]:
    """Return the sources of pages that need a post for their comments, but do not name one."""
    asking = (page for page in pages if page.thread and _has_comments(page))
    return [page.source for page in asking if page.thread and service not in page.thread.posts]


def _has_comments(page: WrittenPage) -> bool:
    return page.thread is not None and page.thread.state is not CommentsOpen.OFF


def _is_outdated(
    page: WrittenPage, lines: Mapping[str, LockLine], matched: Mapping[str, LockLine]
) -> bool:
    """Return whether the lock file lacks a line for the page, or has an outdated line for it.

    A page with an id in its front matter needs no line, because this id does not change.
    """
    if page.source not in matched:
        return find_written_id(page) is None
    return matched[page.source] != lines[page.source]


class _Assigning:
    """Assigns threads; `lines` maps a source to the line that the lock file should have."""

    def __init__(
        self,
        provider: Provider,
        site_url: str | None,
        matched: Mapping[str, LockLine],
        is_shared: bool,
    ) -> None:
        self.provider = provider
        self.site_url = site_url
        self.matched = matched
        self.is_shared = is_shared
        self.lines: dict[str, LockLine] = {}
        self.problems: list[Problem] = []
        self._ids: defaultdict[str, dict[int, str]] = defaultdict(dict)  # by book and review number
        self._numbers: defaultdict[str, set[int]] = defaultdict(set)
        for line in matched.values():
            if line.book:
                self._ids[line.book].setdefault(line.review, line.id)
                self._numbers[line.book].add(line.review)

    def assign(self, page: WrittenPage) -> str:
        """Return the thread of a page in the form of the service."""
        book = find_book(page)
        number = self._number(page.source, book)
        written = find_written_id(page)
        thread = self._take_written(page, written) if written is not None else None
        # `written` is noted only if the service changed the id, because only then does the id
        # depend on `site_url`.
        kept = written if thread not in {None, written} else None
        if thread is None:
            ident = self._find_id(page.source, book, number)
            thread = self.provider.thread(ident, self.site_url)
        self.lines[page.source] = LockLine(thread, page.source, book, number, kept)
        return thread

    def _number(self, source: str, book: str | None) -> int:
        """Return the number of the page's review among all reviews of its book, from 1."""
        line = self.matched.get(source)
        if book is None:
            return 1
        if line and line.book == book:
            return line.review
        number = next(number for number in count(1) if number not in self._numbers[book])
        self._numbers[book].add(number)
        return number

    def _take_written(self, page: WrittenPage, written: str) -> str | None:
        """Return the thread of a page with an id of its own; None if the id is invalid.

        A new `site_url` gives another thread for the same written id. So the line of the lock file
        wins if it was made from this very id. If it was made from another id, or from none, the
        author has changed the id, and the new id wins. With the line `{id: /books/emma/, written:
        emma}` the id `emma` gives `/books/emma/` on any site, and `emma-2` gives a new thread.
        """
        try:
            thread = self.provider.thread(ThreadId(written, "written"), self.site_url)
        except UnfitIdError as error:
            place = page.marks.place(("comments", "id"))
            what = f"`comments.id` {error.must}, but is {shown(written)}."
            self.problems.append(Problem(place, what, error.fix))
            return None
        line = self.matched.get(page.source)
        return line.id if line and line.written == written else thread

    def _find_id(self, source: str, book: str | None, number: int) -> ThreadId:
        line = self.matched.get(source)
        if line and (self.is_shared or self._is_first(line)):
            return ThreadId(line.id, "locked")
        of_book = self._ids[book] if book else {}
        if self.is_shared and of_book:
            return ThreadId(of_book[min(of_book)], "locked")
        return derive_id(source, book, 1 if self.is_shared else number)

    def _is_first(self, line: LockLine) -> bool:
        """Return False if an earlier review of the book has the same thread."""
        ids = self._ids[line.book or ""]
        same = [number for number, ident in ids.items() if ident == line.id]
        return not same or line.review == min(same)


def list_names(names: Iterable[str]) -> str:
    """Return names for a message, and how many more there are: `a.md, b.md and 3 more`."""
    found = list(names)
    text = ", ".join(f"`{name}`" for name in found[:_NAMED])
    return text if len(found) <= _NAMED else f"{text} and {len(found) - _NAMED} more"
