"""Define the methods of a comment provider, so that one loader can show any provider."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar, Literal, Protocol, Self
from urllib.parse import urlsplit

from mkdocs_bookreview.settings.schemas import Typed


@dataclass(frozen=True, slots=True)
class ThreadId:
    """Holds the permanent id of the comments of a page.

    `origin` says where `text` comes from: it is `written` in front matter by the author, `locked`
    in the lock file in the form of the service, or `derived` from the key of the book or the path
    of the page.
    """

    text: str
    origin: Literal["written", "locked", "derived"] = "derived"


class UnfitIdError(Exception):
    """Raised if a service cannot take an id that an author wrote.

    `must` ends a sentence that starts with the key, and `fix` is a sentence of its own.
    """

    def __init__(self, must: str, fix: str) -> None:
        super().__init__(must, fix)
        self.must = must
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Conversation:
    """Describes the subject and the place of the comments on a page.

    `thread` is the permanent id of the comments, in the form of the service. `title` is the title
    of the page as plain text. `language` is a BCP 47 code. `url` is the absolute address of the
    page; None if the site has no `site_url`. `post` is the address of the post on a social network
    to which readers reply; None if the page names no post.
    """

    thread: str
    title: str
    language: str
    url: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Embed:
    """Describes the comments of one page for the browser.

    `adapter` is the name of a module in `assets/js/comments/`. `name` is what readers call the
    service. `origin` is the server that the reader's browser asks. `options` are the page's own
    options, in JSON's types. Only the adapter reads them, together with those of
    `Provider.site_options`. `comment` is a regular expression that matches the hash of a link to
    one comment. `returns` is the query parameter with which readers come back from signing in.
    `page` is the address at the service where people can read the comments. `comment`, `returns`
    and `page` are None if the service has no such value.

    Pages with the same `origin` have the same `name`, `comment` and `returns`.
    """

    adapter: str
    name: str
    origin: str
    options: Mapping[str, object]
    comment: str | None = None
    returns: str | None = None
    page: str | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.origin).netloc


@dataclass(frozen=True, slots=True)
class Answer:
    """Holds the answer of a server. `headers` have names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_error(self) -> bool:
        return self.status >= HTTPStatus.BAD_REQUEST


class Ask(Protocol):
    """Asks a server from the author's machine. Raises OSError if it does not answer."""

    def __call__(
        self, url: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Answer: ...


class PreviewError(Exception):
    """Raised if the server of a preview does not start; the message gives the author the reason."""


class PreviewServer(Protocol):
    """Runs a comment server on the author's computer."""

    @property
    def address(self) -> str: ...

    def start(self) -> None:
        """Start the server, and return when it answers. Raise PreviewError if it does not."""

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Absence:
    """Describes the reason why a page has no comments yet.

    `words` is the key of a text for the page on `mkdocs serve`. `command` is the command that this
    text asks for; None if it asks for none. `advice` is a sentence for the author who builds the
    site.
    """

    words: str
    command: str | None
    advice: str


class Provider(Typed):
    """Reads the options of a provider, and describes the comments that they give."""

    name: ClassVar[str]
    """`name` is what readers call the service."""

    where: ClassVar[str]
    """`where` says where an author finds the values of required options."""

    links_to_id: ClassVar[bool] = False
    """`links_to_id` says if mails of the service link to the site's address and the thread's id."""

    mappings: ClassVar[tuple[str, ...]] = ("pathname", "url", "title", "og:title")
    """`mappings` names the values from which other plugins and themes make ids for the service."""

    needs_post: ClassVar[bool] = False
    """`needs_post` says if a page has comments only if it names a post on a social network."""

    texts: ClassVar[tuple[str, ...]] = ()
    """`texts` are keys of texts that only this service's module needs, without `comments_`."""

    @abstractmethod
    def embed(self, conversation: Conversation) -> Embed | None:
        """Return the comments of a page; None if there is no server to ask."""

    @abstractmethod
    def site_options(self, language: str) -> Mapping[str, object]:
        """Return the options that all pages of a site in `language` share, in JSON's types.

        They are separate from those of a page, because pages should be small and quick to build.
        """

    @abstractmethod
    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        """Map directives of a Content-Security-Policy to the sources that the service needs."""

    def thread(self, ident: ThreadId, site_url: str | None) -> str:
        """Return the id in the form of the service.

        Two ids give the same result only if they are two forms of one id, such as `emma` and
        `/books/emma/`. If the provider needs a post, `ident` has the address of the post.

        Raise UnfitIdError if the service cannot take an id that the author wrote.
        """
        return ident.text

    def name_path(self, path: str) -> str:
        """Return the id that the service's own script makes of a path such as `/books/dune/`."""
        return path

    def relink(self, thread: str) -> str | None:
        """Return a text that joins an old conversation to `thread` if an author adds it there.

        Return None if the service does not need or support such a text.
        """
        return None

    def find_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        """Yield a sentence for each problem of the server, with the fix."""
        yield from ()

    def praise(self) -> str:
        """Return the message for the author if `find_faults` found nothing."""
        return f"{self.name} answers, and nothing is wrong."

    def hosts_of(self, posts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the hosts that a site needs if its pages name these posts."""
        return self.hosts()

    def find_post_faults(self, ask: Ask, post: str, site_url: str | None) -> Iterator[str]:
        """Yield a sentence for each problem of a post that a page names, with the fix."""
        yield from ()

    def list_files(self) -> Iterable[tuple[str, str]]:
        """Return the files of the site that the service needs, each as an option and its path."""
        return ()

    def find_absence(self) -> Absence | None:
        """Return the reason why there is no server to ask; None if there is one."""
        return None

    def make_preview(self, folder: Path, sites: Iterable[str]) -> PreviewServer | None:
        """Return a server for `mkdocs serve`, not started yet; None if no preview is possible.

        `folder` keeps its comments between runs, and `sites` are the addresses of the site.
        """
        return None

    def with_server(self, url: str) -> Self:
        """Return the same options with the address of the preview's server."""
        return self
