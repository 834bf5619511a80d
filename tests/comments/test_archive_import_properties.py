"""What holds for any import: nothing is lost, and it may stop anywhere and be run again."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.comments.archive.gathering import gather
from mkdocs_bookreview.comments.archive.page_names import PageIndex, PageNames
from mkdocs_bookreview.comments.archive.plan import FileChange, ImportPlan, plan_import
from mkdocs_bookreview.comments.archive.reading import read_archive
from mkdocs_bookreview.comments.archive.stored import StoredComments, StoredFile
from mkdocs_bookreview.formats.comments import ImportedComment, Kind, ThreadFacts

Files = dict[str, str]
PAGES = {
    "emma.yml": PageNames("emma.yml", redirects=("/a/", "/b/")),
    "dune.yml": PageNames("dune.yml", redirects=("/c/",)),
}
THREADS = [ThreadFacts(address) for address in ("/a/", "/b/", "http://x.example/c", "/d/", "/../e")]
TEXTS = st.text(alphabet="<>&/pb'\"# -:|\n\t\x85\u2028\x0b🙂é", max_size=20)
COMMENTS = st.lists(
    st.builds(
        ImportedComment,
        id=st.integers(0, 9).map("wp-{}".format),
        thread=st.sampled_from([*THREADS, ThreadFacts()]),
        parent=st.none() | st.integers(0, 12).map("wp-{}".format),
        name=st.sampled_from(["", "Ann", "# x: y", "<b>", "n" * 400]) | TEXTS,
        website=st.sampled_from(["", "https://a.example/", "http://[x"]),
        date=st.none() | st.datetimes(timezones=st.just(UTC)),
        text=st.sampled_from(["<p>Yes.</p>", "No."]) | TEXTS,
        likes=st.integers(0, 3),
        kind=st.sampled_from([Kind.KEPT, Kind.KEPT, Kind.SPAM, Kind.PINGBACK]),
    ),
    max_size=12,
)


def store(files: Files) -> StoredComments:
    return StoredComments(
        {
            name: StoredFile(name, Path(name), text, read_archive(text, name).comments)
            for name, text in files.items()
        }
    )


def plan(comments: Sequence[ImportedComment], files: Files, *pages: str) -> ImportPlan:
    index = PageIndex(PAGES[name] for name in pages)
    return plan_import(gather(comments), index, pages, store(files), with_websites=True)


def apply(files: Files, changes: Sequence[FileChange]) -> Files:
    new = files | {change.name: change.text for change in changes if change.text is not None}
    return {name: text for name, text in new.items() if FileChange(name, None) not in changes}


def list_ids(files: Files) -> set[tuple[str, str]]:
    return {
        (name, comment.id)
        for name, text in files.items()
        for comment in read_archive(text, name).comments
    }


@settings(max_examples=60)
@given(COMMENTS)
def test_all_comments_are_counted_and_can_be_read(comments: list[ImportedComment]) -> None:
    first = plan(comments, {}, *PAGES)
    files = apply({}, first.changes)
    assert first.written + first.left_out + first.unmatched == len(comments)
    assert len(list_ids(files)) == first.written + first.unmatched
    assert [one for name, text in files.items() for one in read_archive(text, name).problems] == []
    assert plan(comments, files, *PAGES).changes == ()


@settings(max_examples=60)
@given(COMMENTS, st.integers(0, 9), st.integers(0, 9))
def test_an_import_may_stop_anywhere(
    comments: list[ImportedComment], stop: int, again: int
) -> None:
    """Stop an import of a site with one page, and again after the other page is there."""
    pages = ("emma.yml",)
    files = apply({}, plan(comments, {}, *pages).changes[:stop])
    files = apply(files, plan(comments, files, *PAGES).changes[:again])
    last = plan(comments, files, *PAGES)
    files = apply(files, last.changes)
    assert list_ids(files) == list_ids(apply({}, plan(comments, {}, *PAGES).changes))
    assert plan(comments, files, *PAGES).changes == ()
