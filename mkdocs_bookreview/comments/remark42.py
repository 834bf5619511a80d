"""Describe Remark42, which keeps comments on a server of the author's: https://remark42.com.

Options are those of `remark_config` in frontend/apps/remark42/app/typings/global.d.ts, languages
those of frontend/apps/remark42/app/locales in https://github.com/umputun/remark42.
"""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated, ClassVar
from urllib.parse import quote

from pydantic import Field

from mkdocs_bookreview.comments.addresses import ServerUrl, origin_of
from mkdocs_bookreview.comments.languages import nearest_language, one_of
from mkdocs_bookreview.comments.provider import (
    Ask,
    Conversation,
    Embed,
    Provider,
    ThreadId,
    UnfitIdError,
)
from mkdocs_bookreview.comments.site_paths import put_at_address

LANGUAGES = "ar be bg bp cs de en es fa fi fr it ja ko mk pl ro ru th tr ua vi zh zh-tw"

# Remark42 has codes of its own for Brazilian Portuguese and Ukrainian.
OTHER_LANGUAGES = {
    "pt": "bp",
    "pt-br": "bp",
    "uk": "ua",
    "zh-cn": "zh",
    "zh-hans": "zh",
    "zh-hant": "zh-tw",
    "zh-hk": "zh-tw",
}

_CUT_OFF = re.compile(r"[\s#]")


class Remark42(Provider):
    """Reads the options of Remark42, and describes how a page loads its comments."""

    name: ClassVar[str] = "Remark42"
    where: ClassVar[str] = "It is the REMARK_URL of your Remark42 server."
    links_to_id: ClassVar[bool] = True
    mappings: ClassVar[tuple[str, ...]] = ("url",)

    host: ServerUrl = Field(
        examples=["https://comments.example.org"],
        description="The address of the Remark42 server, the same as its REMARK_URL.",
    )
    site_id: Annotated[str, Field(pattern=r"^\S+$")] = Field(
        "remark",
        examples=["ann-books"],
        description="The name of your site, one of those in the setting SITE of the server.",
    )
    locale: Annotated[str, one_of(LANGUAGES, OTHER_LANGUAGES)] | None = Field(
        None,
        examples=["de"],
        description="The language of the comment section. By default, the language of the site,"
        " if Remark42 has it.",
    )
    max_shown_comments: Annotated[int, Field(ge=1)] = Field(
        15, examples=["30"], description="How many comments are shown at first on a small screen."
    )
    show_email_subscription: bool = Field(
        True,
        examples=["false"],
        description="Offers e-mails about replies, if the server sends them.",
    )
    show_rss_subscription: bool = Field(
        True, examples=["false"], description="Offers feeds of comments."
    )
    show_telegram_subscription: bool = Field(
        True,
        examples=["false"],
        description="Offers Telegram messages about replies, if the server sends them.",
    )
    simple_view: bool = Field(
        False,
        examples=["true"],
        description="Shows only the most important parts of the comment section.",
    )
    no_footer: bool = Field(
        False, examples=["true"], description="Hides the line that names Remark42."
    )

    def thread(self, ident: ThreadId, site_url: str | None) -> str:
        if ident.origin == "written" and _CUT_OFF.search(ident.text):
            raise UnfitIdError(
                "must have no spaces and no #, because Remark42 cuts off everything after them",
                "Write for example `comments: {id: https://ann.example/emma/}`.",
            )
        return put_at_address(ident, site_url)

    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        sources = (origin_of(self.host),)
        return dict.fromkeys(("script-src", "frame-src", "connect-src"), sources)

    def embed(self, conversation: Conversation) -> Embed:
        return Embed(
            adapter="remark42",
            name=self.name,
            origin=origin_of(self.host),
            options={"url": conversation.thread, "title": conversation.title},
            comment=r"^#remark42__comment-[\w-]+$",
        )

    def site_options(self, language: str) -> Mapping[str, object]:
        locale = self.locale or nearest_language(language, LANGUAGES, OTHER_LANGUAGES)
        given = self.model_dump(exclude={"host", "site_id", "locale"}, exclude_unset=True)
        config = {"host": self.host, "site_id": self.site_id, "locale": locale, **given}
        return {"config": config}

    def find_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        if site_url and site_url.startswith("https:") and self.host.startswith("http:"):
            yield (
                f"Browsers load nothing from {self.host} into {site_url}, because {self.host} has"
                " no HTTPS. Give the server a certificate, and write `https://` in"
                " `comments.host`."
            )
        try:
            # This request is sent, because no other request fails for an unknown site.
            answer = ask(f"{self.host}/api/v1/list?limit=1&site={quote(self.site_id, safe='')}")
            policy = ask(f"{self.host}/web/iframe.html").headers.get("content-security-policy", "")
        except OSError as error:
            yield f"{error} Check `comments.host`."
            return
        yield from self._find_site_faults(answer.status)
        if site_url and not _lets_in(policy, origin_of(site_url)):
            yield (
                f"Remark42 at {self.host} does not allow pages of {site_url} to show comments."
                f" Add {origin_of(site_url)} to ALLOWED_HOSTS in the server's environment, and"
                " restart the server."
            )

    def _find_site_faults(self, status: int) -> Iterator[str]:
        if status == HTTPStatus.BAD_REQUEST:
            yield (
                f"Remark42 at {self.host} has no site `{self.site_id}`. Correct"
                " `comments.site_id`, or add this name to SITE in the server's environment and"
                " restart the server."
            )
        elif status != HTTPStatus.OK:
            yield f"{self.host} answers with status {status}. Correct `comments.host`."


def _lets_in(policy: str, origin: str) -> bool:
    """Return whether the Content-Security-Policy of a page lets pages of `origin` embed it."""
    directives = (part.split() for part in policy.split(";"))
    sources = next(
        (rest for name, *rest in filter(None, directives) if name == "frame-ancestors"), ["*"]
    )
    scheme, _, host = origin.partition("://")
    wildcards = {f"*.{host.partition('.')[2]}", f"{scheme}://*.{host.partition('.')[2]}"}
    return bool({"*", origin, host, f"{scheme}:"} & set(sources) or wildcards & set(sources))
