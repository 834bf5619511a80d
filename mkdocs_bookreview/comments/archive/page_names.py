"""Finds the page that a conversation of another program belongs to."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from mkdocs_bookreview.comments.archive.old_addresses import list_slugs, read_path
from mkdocs_bookreview.formats.comments import ThreadFacts
from mkdocs_bookreview.model.names import fold, slug

_ADDRESS = "its address"


@dataclass(frozen=True, slots=True)
class PageNames:
    """Lists the ids, addresses and titles by which another program may know a page.

    `file` is the name of its archive. `threads` are ids of its conversation. `redirects` are its
    former addresses, and `address` is its address relative to the root of the site; None if
    unknown. `slugs` and `titles` are forms of its title that other programs may have used.
    """

    file: str
    threads: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    address: str | None = None
    slugs: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageMatch:
    """Names the archive `file` of the page that a conversation belongs to, and the reason `why`.

    `is_guess` is True if only the slug or the title matches.
    """

    file: str
    why: str
    is_guess: bool = False


@dataclass(slots=True)
class _Rule:
    """Finds the archives of pages by one kind of name, such as their slugs.

    `of_page` returns the names of a page, and `of_facts` the names in the facts of a conversation.
    `files` maps each name to the archives of its pages. `why` is the reason that reports give.
    """

    why: str
    is_guess: bool
    of_page: Callable[[PageNames], Iterable[str]]
    of_facts: Callable[[ThreadFacts], Iterable[str]]
    files: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def find(self, facts: ThreadFacts) -> set[str]:
        return {file for name in self.of_facts(facts) for file in self.files.get(name, ())}


class PageIndex:
    """Matches conversations with the pages of a site.

    `base` is the path of the site, `/books` for example. `site_name` is its name, because programs
    add it to titles.
    """

    def __init__(self, pages: Iterable[PageNames], base: str = "", site_name: str = "") -> None:
        self.base = base
        self._base = "/".join(filter(None, base.casefold().split("/")))
        self._site_name = fold_title(site_name)
        self._rules = tuple(self._list_rules())
        for page in pages:
            for rule in self._rules:
                for name in filter(None, rule.of_page(page)):
                    rule.files[name].add(page.file)
                if rule.why == _ADDRESS and page.address is not None:
                    rule.files[read_path(f"/{page.address}") or ""].add(page.file)

    def _list_rules(self) -> Iterator[_Rule]:
        """Yield the rules, the surest first."""
        yield _Rule("its id", False, self._name_threads, self._name_ids)
        paths = self._list_paths
        yield _Rule("`redirect_from`", False, lambda page: _fold(page.redirects), paths)
        yield _Rule(_ADDRESS, False, lambda _: (), paths)
        yield _Rule("its slug", True, lambda page: map(slug, page.slugs), _name_slugs)
        yield _Rule("its title", True, lambda page: map(fold_title, page.titles), self._name_titles)

    def match(self, variants: Iterable[ThreadFacts]) -> PageMatch | None:
        """Return the page of a conversation; None if no page matches, or if several do.

        `variants` are the facts that the program knew, once for each address of the conversation.
        """
        variants = [*variants]
        several: set[str] = set()
        for rule in self._rules:
            files = {file for facts in variants for file in rule.find(facts)}
            # If a surer rule found several pages, later rules choose among these pages, because the
            # right page is one of them.
            files = files & several if several else files
            if len(files) == 1:
                return PageMatch(files.pop(), rule.why, rule.is_guess)
            several = files or several
        return None

    def _name_threads(self, page: PageNames) -> Iterator[str]:
        return (name for thread in page.threads for name in _name_id(thread))

    def _name_ids(self, facts: ThreadFacts) -> Iterator[str]:
        yield from _name_id(facts.identifier)
        yield from (f"/{path}" for path in self._list_paths(facts))

    def _list_paths(self, facts: ThreadFacts) -> Iterator[str]:
        """Yield the path of each address, also without the path of the site if it begins so."""
        for address in (facts.address, facts.identifier):
            path = read_path(address)
            if path is not None:
                yield path
                if self._base and f"{path}/".startswith(f"{self._base}/"):
                    yield path.removeprefix(self._base).strip("/")

    def _name_titles(self, facts: ThreadFacts) -> Iterator[str]:
        title = fold_title(facts.title)
        if title:
            yield title
            if self._site_name and title.endswith(f" {self._site_name}"):
                yield title.removesuffix(self._site_name).strip()


def _name_id(ident: str) -> Iterator[str]:
    """Yield an id and, if it is a path, its form for comparisons: `/Emma/` also gives `/emma`.

    The id `/` gives nothing, because it does not identify a conversation.
    """
    if ident.strip("/"):
        yield ident
        if path := read_path(ident):
            yield f"/{path}"


def _fold(addresses: Iterable[str]) -> Iterator[str]:
    return (path for address in addresses if (path := read_path(address)))


def _name_slugs(facts: ThreadFacts) -> Iterator[str]:
    return map(slug, list_slugs(facts))


def fold_title(title: str) -> str:
    """Return the words of a title, so that `Emma – Jane Austen` equals `emma, jane austen`."""
    return " ".join(re.findall(r"\w+", re.sub(r"['’]", "", fold(title))))
