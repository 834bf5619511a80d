"""Describe Mastodon, where readers reply to a post: https://docs.joinmastodon.org/methods/statuses."""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from mkdocs_bookreview.comments.addresses import ServerOrigin
from mkdocs_bookreview.comments.network import Network, Post, split_post_address
from mkdocs_bookreview.settings.schemas import as_list

# Matches /@ann/1, /@ann@other.example/1, /users/ann/statuses/1, /web/@ann/1, /web/statuses/1.
_PATH = re.compile(
    r"(?:/(?:web|deck))?/(?:@[\w.-]+(?:@[\w.:-]+)?|users/[\w.-]+/statuses|statuses)"
    r"/(\d+)(?:/embed)?/?",
    re.ASCII,
)


class Mastodon(Network):
    """Reads the options of Mastodon, and describes replies to a post there."""

    name: ClassVar[str] = "Mastodon"
    adapter: ClassVar[str] = "mastodon"
    example: ClassVar[str] = "https://mastodon.example/@ann/109348264910239381"

    media_hosts: Annotated[tuple[ServerOrigin, ...], BeforeValidator(as_list)] = Field(
        (),
        examples=["[https://files.mastodon.example]"],
        description="The servers of pictures, if they differ from the server of the post. Only"
        " the output of `bookreview comments csp` depends on this option.",
    )

    def read_post(self, address: str) -> Post | None:
        parts = split_post_address(address)
        found = _PATH.fullmatch(parts.path) if parts else None
        if not parts or not found:
            return None
        server = f"{parts.scheme}://{parts.netloc.lower()}"
        return Post(server, {"server": server, "id": found[1]}, f"{server}{parts.path}")

    def picture_hosts(self, servers: tuple[str, ...]) -> tuple[str, ...]:
        return self.media_hosts or servers

    def api_address(self, post: Post) -> str:
        return f"{post.server}/api/v1/statuses/{post.names['id']}"

    def has_post(self, answer: Mapping[str, object]) -> bool:
        return "id" in answer
