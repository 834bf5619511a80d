"""Build the data from which a template makes the comment section of a page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mkdocs_bookreview.comments.provider import Conversation, Embed, Provider
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.words.language import Words

Load = Literal["click", "visible", "immediate"]

# The script fills in `{host}` in these texts, because on some services pages have different hosts.
_TEXTS = (
    *("loading", "silent", "blocked", "unknown", "retry", "page"),
    *("unsent", "vote_up", "vote_down", "spoiler"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """Describes a comment section, which has a widget or only text.

    `lines` are paragraphs below the `title`. `warning` is a text about possible spoilers, or None.
    `command` is a command for the author to type; None if there is none. `options` is JSON with the
    widget's options for this page alone. `data` maps names of data attributes to other values for
    the script. `button` is the label of the button that loads the widget, and `has_button` says
    whether it is visible at first. `no_script` is a text for readers without JavaScript. Without a
    widget, `options`, `button` and `no_script` are None.
    """

    title: str
    lines: tuple[str, ...] = ()
    warning: str | None = None
    command: str | None = None
    options: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    button: str | None = None
    has_button: bool = True
    no_script: str | None = None


@dataclass(frozen=True, slots=True)
class SectionOptions:
    """Holds the author's options for all sections of a site.

    `guard` says whether the comments on a book are covered until a reader acts. `consent` is the
    cookie that a reader must accept before comments load without a click; None if the site asks for
    no cookie.
    """

    load: Load = "click"
    guard: bool = True
    consent: str | None = None


def write_site(provider: Provider, words: Words, adapter: str) -> str:
    """Return the JSON that all pages of a site share, and that is loaded when a reader acts.

    `adapter` is the address of the provider's module, as seen from the JSON. The JSON has all
    options that do not depend on the page, because a page should be small.
    """
    texts = {name: words.text(f"comments_{name}") for name in (*_TEXTS, *provider.texts)}
    options = _shared_options(provider, words.language)
    return _to_json({"adapter": adapter, "options": options, "texts": texts})


class SectionBuilder:
    """Builds the comment sections of a site. The parts that all pages share are built once."""

    def __init__(self, provider: Provider, options: SectionOptions, words: Words) -> None:
        self._provider = provider
        self._options = options
        self._words = words
        self._shared = _shared_options(provider, words.language)
        self._title = words("comments_title")
        self._warning = words("comments_spoilers")
        self._button = words("comments_show")
        self._no_script = words("comments_no_script")
        self._texts = {"offline": words("comments_offline"), "failed": words("comments_failed")}

    def build(
        self,
        conversation: Conversation,
        site: str,
        state: CommentsOpen = CommentsOpen.OPEN,
        *,
        book: str | None = None,
        serving: bool = False,
    ) -> Section | None:
        """Return the comment section of a page; None if it has none.

        `site` is the address of the JSON of `write_site`, as seen from the page. `book` is the key
        of the page's book; None if the page is about none. If a preview has no server, only `mkdocs
        serve` shows a section, because only the author can install the server.
        """
        if state is CommentsOpen.OFF or (self._provider.needs_post and not conversation.post):
            return None
        if state is CommentsOpen.CLOSED:
            return Section(self._title, (self._words("comments_closed"),))
        if embed := self._provider.embed(conversation):
            return self._live_section(embed, conversation, site, book)
        absence = self._provider.find_absence()
        if absence and serving:
            return Section(self._title, (self._words(absence.words),), command=absence.command)
        return None

    def _live_section(
        self, embed: Embed, conversation: Conversation, site: str, book: str | None
    ) -> Section:
        guard = book if self._options.guard else None
        shared = self._shared.items()
        data = {
            "site": site,
            "thread": conversation.thread,
            "guard": guard,
            **self._describe(embed),
            **self._texts,
        }
        return Section(
            title=self._title,
            lines=(self._words("comments_from", host=embed.host, name=embed.name),),
            warning=self._warning if book else None,
            options=_to_json(dict(item for item in embed.options.items() if item not in shared)),
            data={name: value for name, value in data.items() if value is not None},
            button=self._button,
            has_button=bool(guard) or self._options.load == "click",
            no_script=self._no_script,
        )

    def _describe(self, embed: Embed) -> dict[str, str | None]:
        """Return the data that the script needs before it loads a widget."""
        return {
            "host": embed.host,
            "load": self._options.load,
            "consent": self._options.consent,
            "comment": embed.comment,
            "returns": embed.returns,
            "page": embed.page,
        }


def _shared_options(provider: Provider, language: str) -> Mapping[str, object]:
    """Return the options that all pages share: those of a conversation without any text."""
    embed = provider.embed(Conversation("", "", language))
    return embed.options if embed else {}


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
