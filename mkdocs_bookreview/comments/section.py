"""Describes the comment section of one page, as its template sees it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mkdocs_bookreview.comments.provider import Conversation, Embed, Provider
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.words.language import Words

Load = Literal["click", "visible", "immediate"]

# What the script says; it fills in `{host}`, which on some services differs from page to page.
_TEXTS = (
    *("loading", "silent", "blocked", "unknown", "retry", "page"),
    *("unsent", "vote_up", "vote_down", "spoiler"),
)


@dataclass(frozen=True, slots=True)
class Widget:
    """Describes what the script needs to know of one page.

    `site` is the address of the JSON that all pages share, and `options` are the JSON of those
    options that are this page's own. `thread` is the id of the comments, and `host` the server that
    has them. `load` says when they are loaded. `guard` is the key of the book whose spoilers the
    comments may have; None if nothing covers them. `consent` is the cookie that a reader must
    accept before anything is loaded unasked; None if the site asks for no consent. `comment`,
    `returns` and `page` are those of `Embed`.
    """

    site: str
    options: str
    thread: str
    host: str
    load: Load
    guard: str | None
    consent: str | None
    comment: str | None
    returns: str | None
    page: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """Describes a comment section, with a widget or with nothing but text.

    `lines` are paragraphs below the `title`. `warning` says that comments may have spoilers.
    `command` is what to type, if a line asks for it. `button` loads the widget. `no_script` is for
    readers without JavaScript, `offline` for those who read the page from a file, and `failed` is
    said if not even our own files can be loaded.
    """

    title: str
    lines: tuple[str, ...] = ()
    warning: str | None = None
    command: str | None = None
    widget: Widget | None = None
    button: str | None = None
    no_script: str | None = None
    offline: str | None = None
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class SectionOptions:
    """Holds what all sections of a site share.

    `site` is the address of the JSON of `write_site`, as seen from the page. `guard` says if the
    comments on a book are covered until a reader acts.
    """

    site: str
    load: Load = "click"
    guard: bool = True
    consent: str | None = None


def write_site(provider: Provider, words: Words, adapter: str) -> str:
    """Return the JSON that all pages of a site share, and that is loaded when a reader acts.

    `adapter` is the address of the provider's module, as seen from the JSON. Options are here as
    far as they do not depend on the page, because a closed section should be small.
    """
    embed = provider.embed(Conversation("", "", words.language))
    texts = {name: words.text(f"comments_{name}") for name in _TEXTS}
    options = embed.options if embed else {}
    return _to_json({"adapter": adapter, "options": options, "texts": texts})


def build_section(
    provider: Provider,
    options: SectionOptions,
    conversation: Conversation,
    words: Words,
    state: CommentsOpen = CommentsOpen.OPEN,
    *,
    book: str | None = None,
    serving: bool = False,
) -> Section | None:
    """Return the comment section of a page; None if it has none.

    `book` is the key of the page's book; None if the page is about none. If a preview has no
    server, there is a section only on `mkdocs serve`, since only its author can do something about
    that.
    """
    if state is CommentsOpen.OFF or (provider.needs_post and not conversation.post):
        return None
    title = words("comments_title")
    if state is CommentsOpen.CLOSED:
        return Section(title, (words("comments_closed"),))
    if embed := provider.embed(conversation):
        shared = provider.embed(Conversation("", "", conversation.language))
        own = _find_own(embed, shared)
        widget = _describe_widget(embed, own, options, conversation, book)
        return _live_section(embed.name, widget, words, has_book=bool(book))
    absence = provider.find_absence()
    if absence and serving:
        return Section(title, (words(absence.words),), command=absence.command)
    return None


def _find_own(embed: Embed, shared: Embed | None) -> Mapping[str, object]:
    """Return the options that differ from those of `shared`, which `write_site` has written."""
    common = shared.options if shared else {}
    return {
        name: value
        for name, value in embed.options.items()
        if name not in common or common[name] != value
    }


def _describe_widget(
    embed: Embed,
    own: Mapping[str, object],
    options: SectionOptions,
    conversation: Conversation,
    book: str | None,
) -> Widget:
    return Widget(
        site=options.site,
        options=_to_json(own),
        thread=conversation.thread,
        host=embed.host,
        load=options.load,
        guard=book if options.guard else None,
        consent=options.consent,
        comment=embed.comment,
        returns=embed.returns,
        page=embed.page,
    )


def _live_section(name: str, widget: Widget, words: Words, *, has_book: bool) -> Section:
    return Section(
        title=words("comments_title"),
        lines=(words("comments_from", host=widget.host, name=name),),
        warning=words("comments_spoilers") if has_book else None,
        widget=widget,
        button=words("comments_show"),
        no_script=words("comments_no_script"),
        offline=words("comments_offline"),
        failed=words("comments_failed"),
    )


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
