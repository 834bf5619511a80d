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
class Panel:
    """Describes the part of a comment section that is equal on many pages.

    `lines` are paragraphs below the `title`. `warning` is a text about possible spoilers, or None.
    `command` is a command for the author to type; None if there is none. `button` is the label of
    the button that loads the widget, and `has_button` says whether it is visible at first.
    `no_script` is a text for readers without JavaScript. `data` are names and values of data
    attributes for the script. Without a widget, `button` and `no_script` are None, and `data` is
    empty.
    """

    title: str
    lines: tuple[str, ...] = ()
    warning: str | None = None
    command: str | None = None
    button: str | None = None
    has_button: bool = True
    no_script: str | None = None
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Describes a comment section, which has a widget or only text.

    `data` maps names of data attributes to the values for this page alone; the value of `embed` is
    JSON with the widget's options. Without a widget, `data` is empty.
    """

    panel: Panel
    data: Mapping[str, str] = field(default_factory=dict)


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
    options = provider.site_options(words.language)
    return _to_json({"adapter": adapter, "options": options, "texts": texts})


class SectionBuilder:
    """Builds the comment sections of a site. The parts that all pages share are built once."""

    def __init__(self, provider: Provider, options: SectionOptions, words: Words) -> None:
        self._provider = provider
        self._options = options
        self._words = words
        self._title = words("comments_title")
        self._warning = words("comments_spoilers")
        self._button = words("comments_show")
        self._no_script = words("comments_no_script")
        self._texts = {"offline": words("comments_offline"), "failed": words("comments_failed")}
        # The panels of a site differ only in the server, and in whether the page is about a book.
        self._panels: dict[tuple[str, bool], Panel] = {}

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
            return Section(Panel(self._title, (self._words("comments_closed"),)))
        if embed := self._provider.embed(conversation):
            return self._live_section(embed, conversation, site, book)
        absence = self._provider.find_absence()
        if absence and serving:
            text = self._words(absence.words)
            return Section(Panel(self._title, (text,), command=absence.command))
        return None

    def _live_section(
        self, embed: Embed, conversation: Conversation, site: str, book: str | None
    ) -> Section:
        data = {
            "embed": _to_json(embed.options),
            "site": site,
            "thread": conversation.thread,
            "guard": book if self._options.guard else None,
            "page": embed.page,
        }
        key = embed.origin, bool(book)
        if key not in self._panels:
            self._panels[key] = self._live_panel(embed, is_book=bool(book))
        own = {name: value for name, value in data.items() if value is not None}
        return Section(self._panels[key], own)

    def _live_panel(self, embed: Embed, *, is_book: bool) -> Panel:
        data = {
            "host": embed.host,
            "load": self._options.load,
            "consent": self._options.consent,
            "comment": embed.comment,
            "returns": embed.returns,
            **self._texts,
        }
        return Panel(
            title=self._title,
            lines=(self._words("comments_from", host=embed.host, name=embed.name),),
            warning=self._warning if is_book else None,
            button=self._button,
            has_button=(is_book and self._options.guard) or self._options.load == "click",
            no_script=self._no_script,
            data=tuple((name, value) for name, value in data.items() if value is not None),
        )


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
