"""Describe Disqus, a company that keeps comments on its own servers: https://disqus.com.

Options are those of `config` in the npm package disqus-react, as far as a page without a server of
its own can use them: `sso`, `remoteAuthS3` and `apiKey` need a server that signs each reader in,
and the callbacks are for scripts.
"""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.comments.provider import Ask, Conversation, Embed, Provider

# Other characters are invalid, because the short name is a part of a host name.
_SHORTNAME = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?", re.ASCII)
_IN_ADDRESS = re.compile(r"(?:https?://)?([a-z0-9_-]+)\.disqus\.com(?:/.*)?", re.ASCII)

# Disqus publishes no list of the hosts that it uses. These hosts are in the policies of sites that
# use Disqus. Inline styles are allowed too, because Disqus' script writes styles into the page.
_SOURCES = ("https://disqus.com", "https://*.disqus.com", "https://*.disquscdn.com")


def _shortname(text: str) -> str:
    name = text.lower()
    if _SHORTNAME.fullmatch(name):
        return name
    meant = _IN_ADDRESS.fullmatch(name)
    raise PydanticCustomError(
        "shortname",
        "must be the short name of your site at Disqus: letters, digits and hyphens",
        {"fix": f"Write `shortname: {meant[1]}`."} if meant else {},
    )


class Disqus(Provider):
    """Reads the options of Disqus, and describes how a page loads its comments."""

    name: ClassVar[str] = "Disqus"
    where: ClassVar[str] = (
        "The short name is the first part of the address of your site at Disqus:"
        " `NAME.disqus.com`. You find it at https://disqus.com/admin/."
    )

    shortname: Annotated[str, AfterValidator(_shortname)] = Field(
        examples=["ann-books"], description="The short name of your site at Disqus."
    )
    category_id: Annotated[str, Field(pattern=r"^\d+$")] | None = Field(
        None,
        examples=['"1234567"'],
        description="The number of the Disqus category for new discussions. By default, the"
        " default category of your site at Disqus.",
    )
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([_-][A-Za-z]+)*$")] | None = Field(
        None,
        examples=["de"],
        description="The language of the comment section, as a language code of Disqus. By"
        " default, the language that you chose for your site at Disqus.",
    )

    @property
    def _origin(self) -> str:
        return f"https://{self.shortname}.disqus.com"

    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        directives = ("script-src", "frame-src", "img-src", "connect-src")
        return {**dict.fromkeys(directives, _SOURCES), "style-src": (*_SOURCES, "'unsafe-inline'")}

    def embed(self, conversation: Conversation) -> Embed:
        page = {
            "identifier": conversation.thread,
            "url": conversation.url,
            "title": conversation.title,
            "category_id": self.category_id,
        }
        return Embed(
            adapter="disqus",
            name=self.name,
            origin=self._origin,
            # Empty values are left out. Without `url`, Disqus takes the address of the window, with
            # its query.
            options={"page": {name: value for name, value in page.items() if value}},
            comment=r"^#comment-\d+$",
        )

    def site_options(self, language: str) -> Mapping[str, object]:
        domains = ["disqus.com", "disquscdn.com"]
        return {"host": self._origin, "domains": domains, "language": self.language}

    def find_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        try:
            status = ask(f"{self._origin}/embed.js").status
        except OSError as error:
            yield f"{error} Try again later."
            return
        if status == HTTPStatus.NOT_FOUND:
            yield (
                f"Disqus knows no site with the short name `{self.shortname}`."
                f" Correct `comments.shortname`. {self.where}"
            )
        elif status != HTTPStatus.OK:
            yield f"{self._origin}/embed.js answers with status {status}. Try again later."
