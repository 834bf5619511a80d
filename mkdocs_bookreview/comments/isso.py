"""Describe Isso, which keeps comments on a small server of the author's: https://isso-comments.de.

Attributes are those of isso/js/app/default_config.js, languages those of isso/js/app/i18n.js.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.comments import isso_server
from mkdocs_bookreview.comments.addresses import ServerUrl, origin_of
from mkdocs_bookreview.comments.languages import nearest_language, one_of
from mkdocs_bookreview.comments.provider import (
    Absence,
    Ask,
    Conversation,
    Embed,
    PreviewServer,
    Provider,
    ThreadId,
)
from mkdocs_bookreview.comments.site_paths import put_in_site

LANGUAGES = (
    "bg ca cs da de el en eo es fa fi fr gl hr hu id it ja ko nl oc pl pt pt-BR pt-PT ru sk sv tr"
    " uk vi zh zh-CN zh-TW"
)

OTHER_LANGUAGES = {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "zh-hk": "zh-TW"}

_COLOR = r"#[0-9a-fA-F]{3,8}"
_HASH = r"[0-9a-f]{6,}"


def _count(value: object) -> str:
    text = str(value)
    if text != "inf" and not re.fullmatch(r"\d+", text, re.ASCII):
        raise PydanticCustomError("count", "must be a whole number, or `inf` for all")
    return text


Count = Annotated[str, BeforeValidator(_count)]


class Isso(Provider):
    """Reads the options of Isso, and describes its comments.

    `url` is None if there is only a preview; `with_server` sets the address of its server later.
    """

    name: ClassVar[str] = "Isso"
    where: ClassVar[str] = (
        "Use the address of your Isso server. If you have no server, write `preview: true`, and"
        " `mkdocs serve` starts one on your computer."
    )
    links_to_id: ClassVar[bool] = True
    mappings: ClassVar[tuple[str, ...]] = ("pathname",)

    preview: bool = Field(
        False,
        examples=["true"],
        description="`mkdocs serve` starts an Isso server of its own, whose comments stay on this"
        " computer. Needs `pip install mkdocs-bookreview[isso]`.",
    )
    url: ServerUrl | None = Field(
        None,
        validate_default=True,
        examples=["https://comments.example.org"],
        description="The address of the Isso server. Required unless `preview` is `true`.",
    )
    lang: Annotated[str, one_of(LANGUAGES, OTHER_LANGUAGES)] | None = Field(
        None,
        examples=["de"],
        description="The language of the comment section. By default, the language of the site,"
        " if Isso has it.",
    )
    sorting: Literal["newest", "oldest", "upvotes"] = Field(
        "oldest", examples=["newest"], description="Which comments come first."
    )
    max_comments_top: Count = Field(
        "inf",
        examples=["20"],
        description="How many comments are shown at first, not counting replies.",
    )
    max_comments_nested: Count = Field(
        "5", examples=["10"], description="How many replies to a comment are shown at first."
    )
    reveal_on_click: int = Field(
        5, ge=1, examples=["10"], description="How many more comments or replies a click shows."
    )
    avatar: bool = Field(
        True, examples=["false"], description="Shows a generated picture for each commenter."
    )
    avatar_bg: Annotated[str, Field(pattern=rf"^{_COLOR}$")] = Field(
        "#f0f0f0", examples=['"#f0f0f0"'], description="The background colour of these pictures."
    )
    avatar_fg: Annotated[str, Field(pattern=rf"^{_COLOR}( {_COLOR})*$")] = Field(
        "#9abf88 #5698c4 #e279a3 #9163b6 #be5168 #f19670 #e4bf80 #447c69",
        examples=['"#9abf88 #5698c4"'],
        description="The colours of these pictures.",
    )
    vote: bool = Field(
        True, examples=["false"], description="Lets readers vote comments up and down."
    )
    vote_levels: Annotated[str, Field(pattern=r"^-?\d+(,-?\d+)*$")] | None = Field(
        None,
        examples=['"-5,5,15"'],
        description="The numbers of votes at which a comment gets another CSS class.",
    )
    page_author_hashes: Annotated[str, Field(pattern=rf"^{_HASH}([ ,]+{_HASH})*$")] | None = Field(
        None,
        examples=["a1b2c3d4e5f6"],
        description="The hashes by which Isso recognises comments of the page's author.",
    )
    reply_notifications_default_enabled: bool = Field(
        False,
        examples=["true"],
        description="The checkbox for e-mails about replies starts ticked.",
    )

    @field_validator("url")
    @classmethod
    def _needs_a_server(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is None and not info.data.get("preview", True):
            # `preview` is missing here if it is invalid, because pydantic reports it separately.
            must = "must be the address of your Isso server"
            raise PydanticCustomError("nothing", must, {"needs": "preview"})
        return url

    def with_server(self, url: str) -> Self:
        return self.model_copy(update={"url": url}) if self.preview else self

    def make_preview(self, folder: Path, sites: Iterable[str]) -> PreviewServer | None:
        if not self.preview or not isso_server.is_installed():
            return None
        return isso_server.IssoPreview(folder, sites)

    def find_absence(self) -> Absence | None:
        if self.url is not None:
            return None
        advice = (
            "Comments are left out of this build: there is a preview, but no server."
            " Set `comments.url` to publish them."
        )
        if isso_server.is_installed():
            return Absence("comments_preview_stopped", None, advice)
        return Absence("comments_preview_missing", isso_server.INSTALL, advice)

    def thread(self, ident: ThreadId, site_url: str | None) -> str:
        return put_in_site(ident, site_url)

    def find_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        """Ask Isso as a reader's browser does, because Isso answers only sites that it knows."""
        if self.url is None:
            yield (
                "`comments` has no `url`, so there is no server to check. Set `comments.url` to"
                " the address of your Isso server."
            )
        elif not site_url:
            yield (
                "Isso must know the address of the site. Write `site_url: https://…` at the top"
                " level of mkdocs.yml."
            )
        else:
            try:
                yield from _find_faults(ask, self.url, origin_of(site_url))
            except OSError as error:
                yield str(error)

    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        if self.url is None:
            return {}
        # `style-src` is for the style sheet that Isso's script loads from the server.
        sources = (origin_of(self.url),)
        return dict.fromkeys(("script-src", "style-src", "connect-src", "img-src"), sources)

    def embed(self, conversation: Conversation) -> Embed | None:
        if self.url is None:
            return None
        return Embed(
            adapter="isso",
            name=self.name,
            origin=origin_of(self.url),
            # The title is sent, because otherwise the server loads the page to read its title
            # before it accepts a comment.
            options={"thread": conversation.thread, "title": conversation.title},
            comment=r"^#isso-\d+$",
        )

    def site_options(self, language: str) -> Mapping[str, object]:
        return {"server": self.url, "attributes": self._attributes(language)}

    def _attributes(self, language: str) -> dict[str, str]:
        """Return the attributes of Isso's script, without `data-isso-`.

        Options that the author has not set are left out, because Isso has the same defaults.
        """
        own = {"preview", "url", "lang"}
        given = {
            name.replace("_", "-"): str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in self.model_dump(exclude=own, exclude_unset=True).items()
            if value is not None
        }
        lang = self.lang or nearest_language(language, LANGUAGES, OTHER_LANGUAGES)
        return {"lang": lang, **given}


def _find_faults(ask: Ask, url: str, site: str) -> Iterator[str]:
    script = ask(f"{url}/js/embed.min.js").status
    answer = ask(f"{url}/info", {"Origin": site})
    known = answer.headers.get("access-control-allow-origin")
    if {script, answer.status} != {HTTPStatus.OK}:
        yield (
            f"{url}/js/embed.min.js answers with status {script}, and {url}/info with status"
            f" {answer.status}, but both must answer with status {HTTPStatus.OK}. Check"
            " `comments.url`, and whether your web server passes requests on to Isso."
        )
    elif known != site:
        yield (
            f"Isso is set up for {known or 'no site'}, and not for {site}. Write `{site}/` below"
            " `host` in isso.cfg, and restart Isso."
        )
