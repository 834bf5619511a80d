"""Describe Bluesky, where readers reply to a post: https://docs.bsky.app/docs/api."""

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar
from urllib.parse import quote

from pydantic import Field

from mkdocs_bookreview.comments.addresses import ServerOrigin
from mkdocs_bookreview.comments.network import Network, Post, split_post_address

# Matches /profile/ann.example/post/3kabc and /profile/did:plc:abc/post/3kabc.
_PATH = re.compile(r"/profile/(did:[\w.:-]+|[\w-]+(?:\.[\w-]+)+)/post/([\w-]+)/?", re.ASCII)


class Bluesky(Network):
    """Reads the options of Bluesky, and describes replies to a post there."""

    name: ClassVar[str] = "Bluesky"
    adapter: ClassVar[str] = "bluesky"
    example: ClassVar[str] = "https://bsky.app/profile/ann.example/post/3kh7xqyabc22y"

    api: ServerOrigin = Field(
        "https://public.api.bsky.app",
        examples=["https://api.example.org"],
        description="The address of the server from which posts are loaded.",
    )

    def read_post(self, address: str) -> Post | None:
        parts = split_post_address(address)
        found = _PATH.fullmatch(parts.path) if parts else None
        if not parts or not found:
            return None
        page = f"{parts.scheme}://{parts.netloc.lower()}/profile/{found[1]}/post/{found[2]}"
        uri = f"at://{found[1]}/app.bsky.feed.post/{found[2]}"
        return Post(self.api, {"api": self.api, "uri": uri}, page)

    def hosts_of(self, posts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        return self.allow((self.api,))

    def picture_hosts(self, servers: tuple[str, ...]) -> tuple[str, ...]:
        return ("https://cdn.bsky.app",)

    def api_address(self, post: Post) -> str:
        uri = quote(post.names["uri"], safe="")
        return f"{self.api}/xrpc/app.bsky.feed.getPostThread?uri={uri}&depth=0&parentHeight=0"

    def has_post(self, answer: Mapping[str, object]) -> bool:
        thread = answer.get("thread")
        return isinstance(thread, Mapping) and "post" in thread
