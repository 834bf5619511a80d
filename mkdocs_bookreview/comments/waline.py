"""Describe Waline, which keeps comments on a small server of the author's: https://waline.js.org.

Options are those of `init` in the npm package @waline/client, languages those of its
src/config/i18n/index.ts, texts those of generate.ts beside it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated, ClassVar, Literal
from urllib.parse import unquote

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.comments.addresses import Folder, ServerUrl, origin_of
from mkdocs_bookreview.comments.languages import nearest_language, one_of
from mkdocs_bookreview.comments.provider import Ask, Conversation, Embed, Provider, ThreadId
from mkdocs_bookreview.comments.site_paths import put_in_site
from mkdocs_bookreview.settings.fixes import did_you_mean
from mkdocs_bookreview.settings.schemas import as_list

LANGUAGES = (
    "zh zh-CN zh-TW en en-US fr fr-FR it it-IT jp jp-JP ko ko-KR pt-BR ru ru-RU vi vi-VN de es"
    " es-MX"
)

OTHER_LANGUAGES = {
    "ja": "jp",
    "pt": "pt-BR",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
    "zh-hk": "zh-TW",
}

LOCALE = (
    "nick nickError mail mailError link optional placeholder sofa submit like cancelLike reply"
    " cancelReply comment refresh more preview emoji uploadImage seconds minutes hours days now"
    " uploading login logout admin sticky word wordHint anonymous level0 level1 level2 level3"
    " level4 level5 gif gifSearchPlaceholder profile approved waiting spam unsticky oldest latest"
    " hottest reactionTitle commentUnderReview subPostComment subSiteComment subscribeToReplies"
)

# This version is fixed, because the tests of this project run with it.
CLIENT = "https://unpkg.com/@waline/client@3.13.0/dist"

# Waline's server takes avatars from the first host, or from the second host if the commenter's name
# is a number. An author may have configured other hosts.
_AVATARS = ("https://seccdn.libravatar.org", "https://q1.qlogo.cn")
_REACTIONS = "https://unpkg.com"  # because the pictures of `reaction: true` are there
_RECAPTCHA = ("https://www.recaptcha.net", "https://www.gstatic.cn", "https://www.gstatic.com")
_TURNSTILE = "https://challenges.cloudflare.com"

# JavaScript's decodeURI, which the client uses, leaves `;/?:@&=+$,#` as they are, so we must too.
_RESERVED = re.compile(r"%(?=(?:3B|2F|3F|3A|40|26|3D|2B|24|2C|23))", re.IGNORECASE)

Meta = Literal["nick", "mail", "link"]


def _locale(texts: Mapping[str, str]) -> Mapping[str, str]:
    if wrong := next((name for name in texts if name not in LOCALE.split()), None):
        raise PydanticCustomError(
            "locale",
            f"must name texts of Waline, but has `{wrong}`",
            {"fix": did_you_mean(wrong, LOCALE.split(), "names")},
        )
    return texts


def _word_limit(value: object) -> object:
    """Return the fewest and the most words: `[10, 500]` stays, and `500` alone is the most."""
    return ("0", value) if isinstance(value, str | int) else value


def _in_order(limits: tuple[int, int]) -> tuple[int, int]:
    if limits[0] > limits[1] > 0:
        raise PydanticCustomError("word_limit", "must have the lower number first")
    return limits


def _kind_of_reaction(value: object) -> str:
    is_address = isinstance(value, str) and "/" in value
    return "addresses" if is_address or isinstance(value, list | tuple) else "switch"


Count = Annotated[int, Field(ge=0)]
WordLimit = Annotated[tuple[Count, Count], BeforeValidator(_word_limit), AfterValidator(_in_order)]
Addresses = Annotated[tuple[ServerUrl, ...], BeforeValidator(as_list)]
Reaction = Annotated[
    Annotated[bool, Tag("switch")] | Annotated[Addresses, Tag("addresses")],
    Discriminator(_kind_of_reaction),
]
Metas = Annotated[tuple[Meta, ...], BeforeValidator(as_list)]
Key = Annotated[str, Field(pattern=r"^[\w-]+$")]


class Waline(Provider):
    """Reads the options of Waline, and describes its comments."""

    name: ClassVar[str] = "Waline"
    where: ClassVar[str] = "It is the address at which your Waline server answers."
    links_to_id: ClassVar[bool] = True
    mappings: ClassVar[tuple[str, ...]] = ("pathname",)

    server_url: ServerUrl = Field(
        examples=["https://comments.example.org"], description="The address of the Waline server."
    )
    client: Folder = Field(
        CLIENT,
        examples=["/assets/waline"],
        description="The folder that has `waline.js` and `waline.css` of the package"
        " @waline/client: its address on the web, or its path on your site.",
    )
    lang: Annotated[str, one_of(LANGUAGES, OTHER_LANGUAGES)] | None = Field(
        None,
        examples=["de"],
        description="The language of the comment section. By default, the language of the site,"
        " if Waline has it.",
    )
    locale: Annotated[Mapping[str, str], AfterValidator(_locale)] = Field(
        {},
        examples=["{sofa: No comments yet.}"],
        description="Texts that replace those of Waline, by the names that Waline gives to them.",
    )
    meta: Metas = Field(
        ("nick", "mail", "link"),
        examples=["[nick]"],
        description="The fields about the reader in the comment form.",
    )
    required_meta: Metas = Field(
        (),
        examples=["[nick, mail]"],
        description="The fields about the reader that must be filled in.",
    )
    login: Literal["enable", "disable", "force"] = Field(
        "enable",
        examples=["disable"],
        description="Whether readers can sign in (`enable`),"
        " cannot (`disable`), or must (`force`).",
    )
    comment_sorting: Literal["latest", "oldest", "hottest"] = Field(
        "latest", examples=["oldest"], description="Which comments come first."
    )
    page_size: Annotated[int, Field(ge=1)] = Field(
        10, examples=["20"], description="How many conversations are shown at once."
    )
    word_limit: WordLimit | None = Field(
        None,
        examples=["[0, 500]"],
        description="The smallest and the largest number of words in a comment; 0 means no limit."
        " A single number is the largest.",
    )
    emoji: Addresses = Field(
        (),
        examples=['["https://unpkg.com/@waline/emojis@1.2.0/weibo"]'],
        description="Addresses of folders with emoji that readers can choose, each with an"
        " `info.json`.",
    )
    search: bool = Field(
        False,
        examples=["true"],
        description="Lets readers search for pictures at giphy.com, to which their browsers then"
        " connect.",
    )
    reaction: Reaction = Field(
        False,
        examples=["true"],
        description="Shows reaction pictures above the comments: those of Waline, or those at the"
        " addresses in a list.",
    )
    image_uploader: bool = Field(
        True,
        examples=["false"],
        description="Lets readers add pictures to comments. A picture is stored in the text of"
        " its comment.",
    )
    highlighter: bool = Field(
        False,
        examples=["true"],
        description="Colours code in the preview of a comment. This writes styles into the page,"
        " which a Content-Security-Policy may forbid.",
    )
    tex_renderer: bool = Field(
        True,
        examples=["false"],
        description="Marks formulas in the preview of a comment, because the preview cannot show"
        " them.",
    )
    no_copyright: bool = Field(
        False, examples=["true"], description="Hides the line that names Waline."
    )
    no_rss: bool = Field(False, examples=["true"], description="Hides the links to feeds.")
    recaptcha_v3_key: Key | None = Field(
        None,
        examples=["6Lc_example"],
        description="Your key for reCAPTCHA, which then checks that commenters are people.",
    )
    turnstile_key: Key | None = Field(
        None,
        examples=["0x4AAexample"],
        description="Your key for Cloudflare Turnstile, which then checks that commenters are"
        " people.",
    )

    def thread(self, ident: ThreadId, site_url: str | None) -> str:
        return put_in_site(ident, site_url)

    def name_path(self, path: str) -> str:
        """Return the decoded path; characters with a meaning in an address stay encoded."""
        return unquote(_RESERVED.sub("%25", path))

    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        server, client = origin_of(self.server_url), self._client_hosts()
        emoji = tuple(origin_of(address) for address in self.emoji)
        found = {
            "script-src": (*client, *self._find_checkers()),
            "style-src": (*client, *(["'unsafe-inline'"] if self.highlighter else [])),
            "connect-src": (server, *emoji, *(["https://api.giphy.com"] if self.search else [])),
            "img-src": (server, *_AVATARS, *emoji, *self._pictures()),
            "frame-src": self._find_checkers(),
        }
        return {name: tuple(dict.fromkeys(hosts)) for name, hosts in found.items() if hosts}

    def _client_hosts(self) -> tuple[str, ...]:
        return () if self.client.startswith("/") else (origin_of(self.client),)

    def _find_checkers(self) -> tuple[str, ...]:
        recaptcha = _RECAPTCHA if self.recaptcha_v3_key else ()
        return (*recaptcha, _TURNSTILE) if self.turnstile_key else recaptcha

    def _pictures(self) -> Iterator[str]:
        if self.image_uploader:
            yield "data:"
        if self.search:
            yield "https://*.giphy.com"
        if self.reaction is True:
            yield _REACTIONS
        elif self.reaction:
            yield from map(origin_of, self.reaction)

    def embed(self, conversation: Conversation) -> Embed:
        return Embed(
            adapter="waline",
            name=self.name,
            origin=origin_of(self.server_url),
            options={"path": conversation.thread},
            # Ids of comments are numbers, or 24 hexadecimal digits if the server uses MongoDB or
            # LeanCloud.
            comment=r"^#(\d+|[\da-f]{24})$",
        )

    def site_options(self, language: str) -> Mapping[str, object]:
        lang = self.lang or nearest_language(language, LANGUAGES, OTHER_LANGUAGES)
        return {"client": self.client, "settings": {**self._settings(), "lang": lang}}

    def _settings(self) -> dict[str, object]:
        """Return the options by Waline's names; most are only there if the author has set them."""
        own = {"client", "lang", "server_url"}
        given = self.model_dump(exclude=own, exclude_unset=True, exclude_none=True)
        # These three options are always given, because if they are missing, Waline turns them on,
        # asks two more hosts, and shows more than most comments need.
        quiet = {"emoji": self.emoji, "search": self.search, "highlighter": self.highlighter}
        named = {_camel(name): value for name, value in {**given, **quiet}.items()}
        return {"serverURL": self.server_url, **named}

    def find_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        yield from self._find_server_faults(ask, site_url)
        yield from self._find_client_faults(ask)

    def _find_server_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        headers = {"Origin": origin_of(site_url), "Referer": site_url} if site_url else {}
        try:
            answer = ask(f"{self.server_url}/api/comment?type=count&url=%2F", headers)
        except OSError as error:
            yield f"{error} Check `comments.server_url`."
            return
        if answer.status == HTTPStatus.FORBIDDEN:
            yield (
                f"Waline at {self.server_url} does not serve {site_url}. Add the host of your"
                " site to SECURE_DOMAINS in the server's environment, and restart the server."
            )
        elif answer.status != HTTPStatus.OK:
            yield f"{self.server_url} answers with status {answer.status}. Its log says why."
        elif (reason := _find_error(answer.body)) is not None:
            yield f"{self.server_url} {reason}."
        elif "access-control-allow-origin" not in answer.headers:
            yield (
                f"{self.server_url} does not allow other sites to read its answers. Set up the"
                " web server in front of Waline so that it passes on the header"
                " Access-Control-Allow-Origin."
            )

    def _find_client_faults(self, ask: Ask) -> Iterator[str]:
        if self.client.startswith("/"):
            return
        is_ours = self.client == CLIENT
        fix = "Try again later." if is_ours else f"Write for example `client: {CLIENT}`."
        try:
            answer = ask(f"{self.client}/waline.js")
        except OSError as error:
            yield f"{error} {fix}"
            return
        if answer.status != HTTPStatus.OK:
            yield f"{self.client}/waline.js answers with status {answer.status}. {fix}"
        elif "access-control-allow-origin" not in answer.headers:
            yield (
                f"{self.client} does not allow other sites to load its scripts as modules. {fix}"
            )


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def _find_error(body: bytes) -> str | None:
    """Return the end of a sentence on the error in a server's answer; None if there is no error."""
    try:
        answer = json.loads(body)
        number, message = answer["errno"], answer.get("errmsg")
    except (ValueError, KeyError, TypeError, AttributeError):
        return "does not answer as Waline does. Correct `comments.server_url`"
    return f"reports error {number}: {message}. Its log says why" if number else None
