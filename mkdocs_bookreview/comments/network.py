"""Describe replies to a post on a social network, which appear below a review as comments."""

import json
import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from urllib.parse import SplitResult

from pydantic import BeforeValidator, Field

from mkdocs_bookreview.comments.addresses import origin_of, split_address
from mkdocs_bookreview.comments.provider import (
    Answer,
    Ask,
    Conversation,
    Embed,
    Provider,
    ThreadId,
    UnfitIdError,
)
from mkdocs_bookreview.settings.schemas import as_list

# Letters of any alphabet are valid. A user is not, because `https://a.example@b.example/` leads to
# `b.example`, but looks like an address of `a.example`.
_HOST = re.compile(r"[\w.-]+(:\d+)?")
_GONE = {400, 401, 403, 404, 410}


@dataclass(frozen=True, slots=True)
class Post:
    """Describes a post that readers reply to.

    `server` is the origin of the API that returns the post. `names` are the options by which the
    script of the network finds the post there, such as its id. `page` is the address at which
    people read the post.
    """

    server: str
    names: Mapping[str, str]
    page: str


class Network(Provider):
    """Reads the options of a social network, and describes the replies to a post."""

    needs_post: ClassVar[bool] = True
    where: ClassVar[str] = "Each page names its post."
    texts: ClassVar[tuple[str, ...]] = (
        *("reply", "reply_to", "reply_on", "answers", "replies", "boosts", "likes"),
        *("empty", "more", "gone", "picture", "sensitive"),
    )

    adapter: ClassVar[str]
    """`adapter` names the module that shows replies, and the key in front matter."""

    example: ClassVar[str]
    """`example` is the address of a post, for messages."""

    sort: Literal["oldest", "newest", "liked"] = Field(
        "oldest",
        examples=["newest"],
        description="Which replies to the post come first. Replies to replies are always in the"
        " order in which they were written.",
    )
    depth: Annotated[int, Field(ge=0, le=10)] = Field(
        4, examples=["2"], description="How many levels of replies to replies are indented."
    )
    avatars: bool = Field(
        False, examples=["true"], description="Shows the pictures of those who replied."
    )
    media: bool = Field(
        False,
        examples=["true"],
        description="Shows pictures in replies; otherwise there are links to them.",
    )
    hide: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(as_list)] = (
        Field(
            (),
            examples=["['@spam@example.social']"],
            description="Replies that are not shown: accounts, or addresses of single replies.",
        )
    )

    @abstractmethod
    def read_post(self, address: str) -> Post | None:
        """Return the post at an address that an author wrote; None if no post can be there."""

    @abstractmethod
    def picture_hosts(self, servers: tuple[str, ...]) -> tuple[str, ...]:
        """Return the hosts of pictures in replies; `servers` are the servers of the posts."""

    def thread(self, ident: ThreadId, site_url: str | None) -> str:
        post = self.read_post(ident.text)
        if not post:
            fix = (
                "Open the post in a browser, and copy its address. Write for example"
                f" `{self.adapter}: {self.example}`."
            )
            raise UnfitIdError("must be the address of a post", fix)
        return post.page

    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        return self.hosts_of(())

    def hosts_of(self, posts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        found = {post.server for address in posts if (post := self.read_post(address))}
        return self.allow(tuple(sorted(found)))

    def allow(self, servers: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """Return the hosts that are needed if these servers have the posts."""
        pictures = self.picture_hosts(servers) if self.avatars or self.media else ()
        hosts = {"connect-src": servers, "img-src": pictures}
        return {directive: sources for directive, sources in hosts.items() if sources}

    def embed(self, conversation: Conversation) -> Embed | None:
        post = self.read_post(conversation.post) if conversation.post else None
        if conversation.post and not post:
            return None
        return Embed(
            adapter=self.adapter,
            name=self.name,
            origin=post.server if post else "",
            options={**post.names, "post": post.page} if post else {},
            comment=rf"^#{self.adapter}-[\w.-]+$",
            page=post.page if post else None,
        )

    def site_options(self, language: str) -> Mapping[str, object]:
        common = self.model_dump(include={"sort", "depth", "avatars", "media", "hide"})
        return {**common, "language": language}

    @abstractmethod
    def api_address(self, post: Post) -> str:
        """Return the address at which the server of a post answers for it."""

    @abstractmethod
    def has_post(self, answer: Mapping[str, object]) -> bool:
        """Return whether the answer has the post; `answer` is empty if it was not a mapping."""

    def find_post_faults(self, ask: Ask, post: str, site_url: str | None) -> Iterator[str]:
        """Yield a fault if we or the browsers of readers cannot read the post."""
        found = self.read_post(post)
        # Nothing is reported here, because the build reports invalid addresses of posts.
        if not found:
            return
        headers = {"Origin": origin_of(site_url)} if site_url else {}
        try:
            answer = ask(self.api_address(found), headers)
        except OSError as error:
            yield f"{error} Check `comments.{self.adapter}` in the page that names {found.page}."
            return
        if fault := self._find_fault(answer, found, headers.get("Origin")):
            yield fault

    def _find_fault(self, answer: Answer, post: Post, origin: str | None) -> str | None:
        if answer.status in _GONE or not (answer.is_error or self.has_post(_read(answer.body))):
            return (
                f"{post.server} does not show {post.page} to everyone (it answers"
                f" {answer.status}). Check `comments.{self.adapter}` in the page that names this"
                " post, and whether the post is public."
            )
        if answer.is_error:
            return (
                f"{post.server} answers with status {answer.status} for {post.page}. Try again"
                " later."
            )
        readers = answer.headers.get("access-control-allow-origin")
        if origin and readers not in {"*", origin}:
            return (
                f"{post.server} does not allow pages of {origin} to read its answers. Name a post"
                " on another server."
            )
        return None


def _read(body: bytes) -> Mapping[str, object]:
    """Return the mapping in a body of JSON; an empty mapping if the body is something else."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def split_post_address(address: str) -> SplitResult | None:
    """Return the parts of the address of a post; None if it is not an address on the web."""
    parts = split_address(address.strip())
    return parts if parts and _HOST.fullmatch(parts.netloc) else None
