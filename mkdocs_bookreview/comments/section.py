"""Describe the comment section of one page, as its template sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mkdocs_bookreview.comments import preview
from mkdocs_bookreview.comments.provider import Conversation, Embed, Provider
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.words.language import Words

Load = Literal["click", "visible", "immediate"]


@dataclass(frozen=True, slots=True)
class Section:
    """Describes a comment section, with a widget or with nothing but text.

    `lines` are paragraphs below the `title`. `command` is what to type, if a line asks for it.
    `embed` is the widget as JSON, and `load` says when it is loaded. `button` loads it, `no_script`
    is for readers without JavaScript, and `texts` are what the script says, by name. Without a
    widget, `embed`, `button` and `no_script` are None.
    """

    title: str
    lines: tuple[str, ...] = ()
    command: str | None = None
    embed: str | None = None
    load: Load = "click"
    button: str | None = None
    no_script: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


def build_section(
    provider: Provider,
    load: Load,
    conversation: Conversation,
    words: Words,
    state: CommentsOpen = CommentsOpen.OPEN,
    *,
    has_book: bool = True,
    serving: bool = False,
) -> Section | None:
    """Return the comment section of a page; None if it has none.

    If a preview has no server, there is a section only on `mkdocs serve`, since only its author can
    do something about that.
    """
    if state is CommentsOpen.OFF:
        return None
    title = words("comments_title")
    if state is CommentsOpen.CLOSED:
        return Section(title, (words("comments_closed"),))
    embed = provider.embed(conversation)
    if embed:
        return _live_section(embed, load, words, has_book)
    return _section_without_preview(words) if serving else None


def _live_section(embed: Embed, load: Load, words: Words, has_book: bool) -> Section:
    lines = [words("comments_from", host=embed.host, name=embed.name)]
    if has_book:
        lines.append(words("comments_spoilers"))
    return Section(
        title=words("comments_title"),
        lines=tuple(lines),
        embed=embed.to_json(),
        load=load,
        button=words("comments_show"),
        no_script=words("comments_no_script"),
        texts={
            "loading": words("comments_loading", host=embed.host),
            "failed": words("comments_failed", host=embed.host),
            "retry": words("comments_retry"),
            "offline": words("comments_offline"),
        },
    )


def _section_without_preview(words: Words) -> Section:
    title = words("comments_title")
    if preview.is_installed():
        return Section(title, (words("comments_preview_stopped"),))
    return Section(title, (words("comments_preview_missing"),), command=preview.INSTALL)
