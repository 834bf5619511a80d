"""Lists the comments of an earlier blog, and those that may be spoilers, for the author."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs_bookreview.cli.archives import ArchiveSite
from mkdocs_bookreview.cli.site import Progress
from mkdocs_bookreview.cli.suspects import PageTexts, Suspicions, read_page_texts, write_plain
from mkdocs_bookreview.cli.terminal import say_count
from mkdocs_bookreview.comments.archive.data import FOLDER, ArchivedComment
from mkdocs_bookreview.comments.archive.stored import StoredFile
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml
from mkdocs_bookreview.spoilers.sealed.seal import has_spoilers, seal
from mkdocs_bookreview.words.language import Words

_SHOWN = 60  # letters of a comment
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Suspect:
    """Describes a `comment` that may be a spoiler, because of the `words` in it.

    It begins at `line` of `file`, the path that messages show.
    """

    file: str
    line: int
    comment: ArchivedComment
    words: tuple[str, ...]

    def __str__(self) -> str:
        name = _shorten(self.comment.name) or "Anonymous"
        text = _shorten(write_plain(self.comment.text))
        return f"{self.file}:{self.line}: {name}: {text}  ({', '.join(self.words[:_MOST_WORDS])})"


@dataclass(frozen=True, slots=True)
class CommentList:
    """Holds comment files, `with_page` and `without_page`, and likely spoilers as `suspects`."""

    with_page: tuple[StoredFile, ...]
    without_page: tuple[StoredFile, ...]
    suspects: tuple[Suspect, ...]

    @property
    def comments(self) -> list[ArchivedComment]:
        files = (*self.with_page, *self.without_page)
        return [comment for file in files for comment in file.comments]


def list_comments(site: ArchiveSite, progress: Progress) -> CommentList:
    """Return all comments of a site; `progress` gets the pages that are searched."""
    files = sorted(site.stored.files.values(), key=lambda file: (file.is_unmatched, file.name))
    with_page = tuple(file for file in files if file.name in site.sources)
    without_page = tuple(file for file in files if file.name not in site.sources and file.comments)
    return CommentList(with_page, without_page, tuple(_find_suspects(site, with_page, progress)))


def _find_suspects(
    site: ArchiveSite, files: Iterable[StoredFile], progress: Progress
) -> Iterator[Suspect]:
    texts = {file.name: _read_open(file) for file in files}
    pages = _read_pages(site, [source for name in texts for source in site.sources[name]], progress)
    suspicions = Suspicions(pages, ("\n".join(own.values()) for own in texts.values()))
    for file in files:
        found = {
            ident: words
            for ident, text in texts[file.name].items()
            if (words := [*_search(suspicions, site.sources[file.name], text)])
        }
        yield from _locate(file, found) if found else ()


def _search(suspicions: Suspicions, sources: Iterable[str], text: str) -> dict[str, None]:
    return dict.fromkeys(word for source in sources for word in suspicions.find(source, text))


def _read_pages(
    site: ArchiveSite, sources: list[str], progress: Progress
) -> Mapping[str, PageTexts]:
    pages, texts = site.written.site.pages, site.written.texts
    names = (path.as_posix() for path in progress([Path(source) for source in sources]))
    return {name: read_page_texts(pages[name], texts[name]) for name in names}


def _read_open(file: StoredFile) -> Mapping[str, str]:
    """Return the texts that everyone can read, by the ids of comments."""
    shown = (one for one in file.comments if not one.spoiler and not one.is_hidden)
    return {comment.id: write_plain(_leave_open(comment.text)) for comment in shown}


def _leave_open(html: str) -> str:
    return seal([html], Words(), lambda _: "").blocks[0] if has_spoilers(html) else html


def _locate(file: StoredFile, found: Mapping[str, Iterable[str]]) -> Iterator[Suspect]:
    """Yield each comment that may be a spoiler, with its line in the file.

    Comments with the key `spoiler` are left out, because the site's author has decided already.
    """
    name = f"{FOLDER}/{file.name}"
    document = read_marked_yaml(file.text, name)
    comments = {comment.id: comment for comment in file.comments}
    for number, item in enumerate(document.data if isinstance(document.data, list) else ()):
        ident = str(item.get("id")) if isinstance(item, dict) else ""
        if ident in found and "spoiler" not in item:
            line = document.marks.place((number,)).line or 1
            yield Suspect(name, line, comments[ident], tuple(found[ident]))


def describe_file(file: StoredFile, sources: Iterable[str] = ()) -> str:
    """Return a line about a file: how many comments it has, and the page that shows them."""
    pages = f"  ({', '.join(sources)})" if sources else ""
    return f"{FOLDER}/{file.name}: {describe_comments(file.comments)}{pages}"


def describe_comments(comments: Iterable[ArchivedComment]) -> str:
    """Return how many comments there are: `12 comments, 2 sealed, 1 hidden`."""
    comments = [*comments]
    sealed = sum(comment.spoiler is not None for comment in comments)
    hidden = sum(comment.is_hidden for comment in comments)
    counts = [f"{sealed} sealed"] * bool(sealed) + [f"{hidden} hidden"] * bool(hidden)
    return ", ".join([say_count(len(comments), "comment"), *counts])


def _shorten(text: str) -> str:
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
