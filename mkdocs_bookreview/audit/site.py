"""Describes the finished site, as it was expected and as it was written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mkdocs_bookreview.audit.files import is_media, read_size, read_sizes, read_text
from mkdocs_bookreview.audit.hidden import HiddenTexts
from mkdocs_bookreview.audit.pages import cut_labels, cut_sealed


@dataclass(slots=True)
class SitePage:
    """Describes a page of the site.

    `name` is what messages call the page, `uri` the path of its file in the site, `labels` its
    title and tags. `sealed` is the HTML of the sealed elements in its text. `author` is the HTML
    of its author's own text; None if all visible text counts as the author's. If `is_trusted` is
    True, the author's text is not a leak in other files either. `size` counts the bytes of the file
    as the build wrote it; None if that is unknown. `fresh` is the part of the page that must be
    searched if the file still has this size; otherwise the whole file is searched.
    """

    name: str
    uri: str
    sealed: Sequence[str] = ()
    labels: str = ""
    author: str | None = None
    is_trusted: bool = False
    size: int | None = None
    fresh: str = ""


@dataclass
class FinishedSite:
    """Describes a folder of finished files, and how a build made them.

    `address` is its URL; empty if unknown. `names` are words that may appear anywhere, such as the
    site's name. `said` are texts that authors say openly, but not in a page's text. The uri of a
    file is the key of `pages`, of `copies` (the source path of a file that was only copied), of
    `redirects` (the size in bytes of a redirect of ours, which is not searched while it has it), of
    `makers` (the plugin that made a file) and of `unread` (why a file is not searched, or not to
    its end). `read_sealed` returns all sealed elements of a page by its name, even those that are
    not in its text. `hidden` searches for the hidden texts of all pages.

    If a site `is_encoded`, its pages must not have the text of their own spoilers either.

    If a site `is_foreign`, we did not follow its build, so any page may have sealed elements of any
    other page; `has_sealed` is True if a page has sealed elements. The open texts of authors are
    then read only if a text seems to leak, because reading takes long: `read_author` returns those
    of a page by its name (None if unknown), `read_said` those of all pages, and `read_names` more
    names.
    """

    folder: Path
    address: str = ""
    names: str = ""
    hidden: HiddenTexts = field(default_factory=HiddenTexts)
    said: list[str] = field(default_factory=list)
    pages: dict[str, SitePage] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, int] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    read_sealed: Callable[[str], Iterable[str]] = lambda _: ()
    is_encoded: bool = False
    is_foreign: bool = False
    has_sealed: bool = False
    read_author: Callable[[str], str | None] = lambda _: None
    read_said: Callable[[], Iterable[str]] = lambda: ()
    read_names: Callable[[], str] = lambda: ""

    @cached_property
    def sizes(self) -> dict[str, int]:
        return dict(read_sizes(str(self.folder)))

    def is_changed(self, uri: str) -> bool:
        """Return whether a file is unknown, or has another size than the build wrote or copied."""
        if page := self.pages.get(uri):
            return page.size != self.sizes.get(uri)
        if uri in self.redirects:
            return self.redirects[uri] != self.sizes.get(uri)
        if uri not in self.copies:
            return True
        return read_size(self.copies[uri]) != self.sizes.get(uri)

    def read(self, uri: str) -> str:
        """Return the text of a file, with spaces in place of a page's sealed elements.

        In an unchanged page only its own sealed elements are replaced. A plugin may have copied
        sealed elements of other pages into it, and those must be searched.
        """
        text = self.read_file(uri)
        page = self.pages.get(uri)
        if page and (self.is_foreign or self.is_changed(uri)):
            return self.cut(text)
        for sealed in self.read_sealed(page.name) if page else ():
            text = text.replace(sealed, " " * len(sealed), 1)
        return text

    def cut(self, html: str) -> str:
        """Return the HTML of a page with spaces in place of the parts that may hold hidden text."""
        return cut_labels(html) if self.is_encoded else cut_sealed(html)

    def read_file(self, uri: str) -> str:
        """Return the text of a file; if it cannot be read, list it in `unread` and return "".

        Pictures, fonts and recordings have no text.
        """
        # The name is checked first, because a library has a picture for each book.
        if is_media(uri):
            return ""

        def note(why: str) -> None:
            self.unread[uri] = why

        try:
            return read_text(self.folder / uri, note)
        except OSError as error:
            note(f"The file cannot be read: {error.strerror}.")
            return ""
