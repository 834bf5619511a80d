"""Puts archived comments in the order of a conversation, with replies below their comments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_bookreview.comments.archive.data import ArchivedComment

# Deeper replies are shown at this level, because browsers nest at most 512 elements.
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """Holds a comment and its position in the nested lists of replies.

    `has_replies` says that a list of replies begins after it. `ends` counts the lists that end
    after it, from the innermost on: 2 for the only reply to the only reply to a comment.
    """

    comment: ArchivedComment
    has_replies: bool
    ends: int


def arrange(comments: Sequence[ArchivedComment]) -> tuple[PlacedComment, ...]:
    """Return the comments of a thread, each followed by its replies, the oldest first.

    Hidden comments are left out, unless they have replies that readers see.
    """
    ordered = _order(_group_replies(comments))
    shown = _find_shown(ordered)
    kept = [(comment, depth) for comment, depth in ordered if comment.id in shown]
    depths = [depth for _, depth in kept[1:]] + [0] * bool(kept)  # of the next comment, or else 0
    return tuple(
        PlacedComment(comment, below > depth, max(0, depth - below))
        for (comment, depth), below in zip(kept, depths, strict=True)
    )


def list_open(comments: Sequence[ArchivedComment]) -> list[ArchivedComment]:
    """Return the comments that other pages may show, in the same order.

    Sealed and hidden comments are left out. Replies to sealed comments are left out too, because
    replies often repeat the comment that they answer.
    """
    closed: set[str] = set()
    for comment, _ in _order(_group_replies(comments)):
        if comment.spoiler or comment.reply_to in closed:
            closed.add(comment.id)
    return [one for one in comments if one.id not in closed and not one.is_hidden]


def _group_replies(
    comments: Iterable[ArchivedComment],
) -> Mapping[str | None, list[ArchivedComment]]:
    replies = defaultdict[str | None, list[ArchivedComment]](list)
    for comment in comments:
        replies[comment.reply_to].append(comment)
    return replies


def _order(
    replies: Mapping[str | None, list[ArchivedComment]],
) -> list[tuple[ArchivedComment, int]]:
    """Return comments in the order of reading, each with its depth, at most `DEEPEST`."""
    ordered: list[tuple[ArchivedComment, int]] = []
    # A list replaces recursion, because a conversation may be deeper than Python's stack.
    waiting = [(comment, 0) for comment in reversed(replies.get(None, []))]
    while waiting:
        comment, depth = waiting.pop()
        ordered.append((comment, depth))
        below = reversed(replies.get(comment.id, []))
        waiting += [(reply, min(depth + 1, DEEPEST)) for reply in below]
    return ordered


def _find_shown(ordered: Iterable[tuple[ArchivedComment, int]]) -> set[str]:
    """Return the ids of comments that are not hidden, and of all that they reply to."""
    shown: set[str] = set()
    for comment, _ in reversed([*ordered]):
        if not comment.is_hidden or comment.id in shown:
            shown.add(comment.id)
            if comment.reply_to:
                shown.add(comment.reply_to)
    return shown
