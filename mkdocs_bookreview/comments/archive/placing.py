"""Decides in which file each comment of an export belongs."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_bookreview.comments.archive.data import ArchivedComment
from mkdocs_bookreview.comments.archive.gathering import Conversation
from mkdocs_bookreview.comments.archive.names import name_file
from mkdocs_bookreview.comments.archive.page_names import PageIndex, PageMatch
from mkdocs_bookreview.comments.archive.stored import UNMATCHED
from mkdocs_bookreview.formats.comments import ImportedComment

Places = Mapping[str, Mapping[str, ArchivedComment]]


@dataclass(frozen=True, slots=True)
class PlacedConversation:
    """Says which `file` below `comments/` a conversation belongs in.

    `match` is the page of the conversation; None if it is not known. `files` maps the name of a
    file to the comments that belong in it. These files can differ from `file`, because a comment
    that a person has put into another file stays there.
    """

    conversation: Conversation
    file: str
    match: PageMatch | None
    files: Mapping[str, Sequence[ImportedComment]]


def place(
    conversation: Conversation, pages: PageIndex, archives: Collection[str], places: Places
) -> PlacedConversation:
    """Return the files in which a conversation and its comments belong.

    `archives` are the names of pages' files, and `places` maps the id of a comment to the files
    that have it. The archive that already has most of the comments is preferred to every other
    match, because a person may have put them there.
    """
    found = {comment.id: find_files(comment, places) for comment in conversation.comments}
    counts = Counter(file for files in found.values() for file in files)
    match = _find_most(counts, archives) or pages.match(conversation.variants)
    file = match.file if match else _find_unmatched(counts, conversation)
    files: dict[str, list[ImportedComment]] = {}
    for comment in conversation.comments:
        name = _choose(found[comment.id], file)
        files.setdefault(name, []).append(comment)
    return PlacedConversation(conversation, file, match, files)


def find_files(comment: ImportedComment, places: Places) -> list[str]:
    """Return the files that have a comment with this id and date.

    The date must be equal too, because two blogs may have used the same number. A comment without a
    date in the file counts as well, because a person may have deleted its date and text.
    """
    date = comment.date and comment.date.replace(microsecond=0)
    files = places.get(comment.id, {})
    return [name for name, stored in files.items() if stored.date in {date, None}]


def _choose(files: Sequence[str], file: str) -> str:
    """Return the file for a comment whose conversation belongs in `file`.

    `files` are the files that have the comment already. It stays in one of them, but it moves from
    `unmatched/` to the archive of a page, because its page was not known before.
    """
    if file in files:
        return file
    is_page = not file.startswith(UNMATCHED)
    return next((name for name in files if not (is_page and name.startswith(UNMATCHED))), file)


def _find_most(counts: Counter[str], archives: Collection[str]) -> PageMatch | None:
    of_pages = [(-counts[name], name) for name in counts if name in archives]
    return PageMatch(min(of_pages)[1], "its comments") if of_pages else None


def _find_unmatched(counts: Counter[str], conversation: Conversation) -> str:
    """Return the file for a conversation without a page.

    The unmatched file that has most of its comments comes first, because a person may have renamed
    the file.
    """
    known = [(-counts[name], name) for name in counts if name.startswith(UNMATCHED)]
    return min(known)[1] if known else UNMATCHED + name_file(conversation.name)
