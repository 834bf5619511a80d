"""Imports the comments of an earlier blog."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from pathlib import Path

from mkdocs_bookreview.cli.archives import ArchiveSite
from mkdocs_bookreview.comments.archive.data import FOLDER
from mkdocs_bookreview.comments.archive.gathering import Gathered, gather
from mkdocs_bookreview.comments.archive.notes import describe, suggest
from mkdocs_bookreview.comments.archive.placing import PlacedConversation
from mkdocs_bookreview.comments.archive.plan import FileChange, ImportPlan, plan_import
from mkdocs_bookreview.comments.archive.stored import UNMATCHED
from mkdocs_bookreview.comments.archive.writing import replace_file
from mkdocs_bookreview.comments.site_paths import find_base
from mkdocs_bookreview.formats import disqus, isso, wxr
from mkdocs_bookreview.formats.comments import ImportedComment
from mkdocs_bookreview.model.review import CommentsOpen

SOURCES: Mapping[str, Callable[[Path], Iterable[ImportedComment]]] = {
    "wordpress": wxr.read_comments,
    "disqus": disqus.read_comments,
    "isso": isso.read_comments,
}

_LEFT_OUT = {
    "pingback": ("pingback or trackback", "pingbacks and trackbacks"),
    "note": ("note between editors", "notes between editors"),
    "pending": ("pending", "pending"),
    "spam": ("spam", "spam"),
    "trash": ("in the trash", "in the trash"),
    "deleted": ("deleted", "deleted"),
    "repeated": ("repeated", "repeated"),
    "empty": ("without text", "without text"),
    "too long": ("too long", "too long"),
}


class ExportUnreadableError(Exception):
    """Raised if a file of an export cannot be read; the message says why."""


def read_export(
    source: str,
    paths: Sequence[Path],
    progress: Callable[[Iterable[ImportedComment]], Iterable[ImportedComment]],
) -> Gathered:
    """Read the files of an export to their end.

    Raise ExportRefusedError at the first fault, and ExportUnreadableError if a file cannot be read.
    """
    try:
        return gather(progress(chain.from_iterable(map(SOURCES[source], paths))))
    except OSError as error:
        raise ExportUnreadableError(
            f"{error.filename or 'The file'} cannot be read: {error.strerror}."
        ) from error


def plan_site(
    site: ArchiveSite,
    export: Gathered,
    progress: Callable[[Sequence[str]], Iterable[str]],
    *,
    with_websites: bool,
) -> ImportPlan:
    """Return the plan of an import; raise the same errors as `plan_import`."""
    return plan_import(
        export,
        site.index(),
        site.sources.keys(),
        site.stored,
        progress,
        with_websites=with_websites,
    )


def write_plan(site: ArchiveSite, changes: Iterable[FileChange]) -> None:
    """Write each changed file in one step, and delete files whose comments have moved.

    `changes` has the deletions last, because then an interrupted import loses nothing, and the next
    import completes it. Raise OSError if a file cannot be written.
    """
    for change in changes:
        stored = site.stored.files.get(change.name)
        path = stored.path if stored else site.written.folder / FOLDER / change.name
        if change.text is None:
            path.unlink()
        else:
            replace_file(path, change.text)


def describe_changes(site: ArchiveSite, plan: ImportPlan) -> Iterator[str]:
    """Yield a line for each archive that changes; guesses are marked, because they may be wrong."""
    guesses = {one.file: one.match.why for one in plan.placed if one.match and one.match.is_guess}
    for change in plan.changes:
        if change.text is None or change.name.startswith(UNMATCHED):
            continue
        parts = [f"{change.added} new"] if change.added else []
        parts += [f"moved from {FOLDER}/{name}" for name in change.moved]
        where = ", ".join(_name_page(site, one) for one in site.sources.get(change.name, ()))
        guess = f"; found only by {guesses[change.name]}" if change.name in guesses else ""
        yield f"{FOLDER}/{change.name}: {', '.join(parts)}  ({where}{guess})"


def _name_page(site: ArchiveSite, source: str) -> str:
    thread = site.written.site.pages[source].thread
    is_off = thread is not None and thread.state is CommentsOpen.OFF
    return f"{source}, which has `comments: false` and shows no comments" if is_off else source


def describe_unmatched(site: ArchiveSite, plan: ImportPlan) -> Iterator[str]:
    """Yield a line for each file of comments that no page shows, with the fix."""
    base = find_base(site.site_url)
    taken = site.stored.files.keys() | {change.name for change in plan.changes}
    for one in plan.placed:
        for name, comments in sorted(one.files.items()):
            if name in site.sources:
                continue
            facts = one.conversation.facts
            fix = _suggest_name(one, name, taken) or _suggest_page(site, one)
            fix = fix or suggest(facts, base)
            yield (
                f"{FOLDER}/{name}: Comments without a page: {len(comments)}. They are from"
                f" {describe(facts)}. {fix}"
            )


def _suggest_name(one: PlacedConversation, name: str, taken: Set[str]) -> str | None:
    """Return the fix for an archive whose page is gone; None if its page was never found."""
    if name.startswith(UNMATCHED):
        return None
    if not one.match:
        return (
            "Their page is gone, or its comments have another id now. Run `bookreview check` for"
            " the fix."
        )
    target = f"`{FOLDER}/{one.match.file}`"
    if one.match.file in taken:
        return f"Move these comments to {target}, which is the file of their page."
    return f"Rename this file to {target}, which is the name that their page expects."


def _suggest_page(site: ArchiveSite, one: PlacedConversation) -> str | None:
    """Return the fix if the page at the old address exists, but cannot have comments."""
    match = site.silent.match(one.conversation.variants)
    if not match:
        return None
    return (
        f"Write `comments: true` in the front matter of {match.file}, the page at this address,"
        " and import again."
    )


def describe_counts(plan: ImportPlan) -> Iterator[str]:
    """Yield lines that count the comments left out by reason, broken replies, and all comments."""
    left_out = plan.gathered.left_out
    if left_out:
        parts = [
            f"{left_out[kind]} {_say(kind, left_out[kind])}"
            for kind in _LEFT_OUT
            if kind in left_out
        ]
        yield f"Left out: {', '.join(parts)}."
    if plan.without_parent:
        count = plan.without_parent
        yield f"New replies to a missing comment, imported as comments of their own: {count}."
    if plan.circles:
        yield (
            f"Circles of comments that reply to each other: {plan.circles}. The oldest comment of"
            " a circle no longer counts as a reply."
        )
    yield (
        f"{plan.gathered.read} read = {plan.written} with a page + {plan.left_out} left out +"
        f" {plan.unmatched} without a page."
    )


def _say(kind: str, count: int) -> str:
    return _LEFT_OUT[kind][count != 1]
