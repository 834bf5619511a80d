"""All problems of a site, without a build."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mkdocs_bookreview.cards.progress import ReadingProgress, check_scales
from mkdocs_bookreview.comments.providers import read_provider
from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.frontmatter.read import Page, find_line, split_body
from mkdocs_bookreview.frontmatter.site import read_site, read_text
from mkdocs_bookreview.model.library import Library, list_keys
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.config_file import ConfigFile, read_config_file
from mkdocs_bookreview.settings.settings import Settings, read_settings
from mkdocs_bookreview.spoilers.check import check_books, check_markdown
from mkdocs_bookreview.words.language import Words

_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})

Progress = Callable[[Sequence[Path]], Iterable[Path]]


def check_site(config_file: Path, progress: Progress) -> tuple[int, list[Problem]]:
    """The number of reviews, and their problems by file and line.

    Raises OSError where `mkdocs.yml` or its docs folder cannot be read.
    """
    config = read_config_file(config_file)
    settings, problems = _read_options(config)
    files = _find_files(config.docs_dir)
    texts = {
        _uri(path, config.docs_dir): text
        for path in progress([path for path in files if path.suffix in _SUFFIXES])
        if (text := _read(path, config.docs_dir, problems)) is not None
    }
    defaults = {
        _uri(path.parent, config.docs_dir): _read(path, config.docs_dir, problems) or ""
        for path in files
        if path.name == DEFAULTS_FILE
    }
    books = _read_books(problems, config_file.parent, config.docs_dir)
    uris = {_uri(path, config.docs_dir) for path in files}
    site = read_site(texts.items(), defaults, books, uris, settings.rating)
    problems += [*site.problems, *_check_spoilers(texts, site.pages)]
    count = sum(page.review is not None for page in site.pages.values())
    return count, [*config.problems, *sorted(problems, key=lambda problem: problem.order)]


def _read_options(config: ConfigFile) -> tuple[Settings, list[Problem]]:
    if config.options is None:
        what = "The plugin is not among `plugins`."
        return Settings(), [Problem(config.marks.place(), what, "Add `- bookreview` to them.")]
    settings, problems = read_settings(config.options, config.marks)
    if settings.comments:
        _, found = read_provider(settings.comments, config.marks.below(("comments",)))
        problems += found
    return settings, problems


def _find_files(docs_dir: Path) -> list[Path]:
    if not docs_dir.is_dir():
        raise FileNotFoundError(f"there is no folder {docs_dir}")
    return sorted(path for path in docs_dir.rglob("*") if path.is_file())


def _uri(path: Path, docs_dir: Path) -> str:
    return path.relative_to(docs_dir).as_posix()


def _read(path: Path, docs_dir: Path, problems: list[Problem]) -> str | None:
    return read_text(lambda: path.read_text("utf-8-sig"), _uri(path, docs_dir), problems)


def _read_books(problems: list[Problem], *folders: Path) -> str | None:
    for path in (folder / BOOKS_FILE for folder in folders):
        if path.is_file():
            return read_text(lambda path=path: path.read_text("utf-8-sig"), BOOKS_FILE, problems)  # type: ignore[misc]
    return None


def _check_spoilers(texts: Mapping[str, str], pages: Mapping[str, Page]) -> Iterator[Problem]:
    reviews = [page.review for page in pages.values() if page.review]
    keys = list_keys(reviews)
    progress = ReadingProgress(reviews, Words())
    for source, text in texts.items():
        findings, spoilers = check_markdown(split_body(text))
        progress.add(source, spoilers)
        for finding in (*findings, *check_books(spoilers, keys)):
            place = Place(source, find_line(text, finding.source_line_text))
            yield Problem(place, finding.what, finding.cure)
    # The newest first, and then those that wait to be read.
    ordered = (*Library.of(reviews).reviews, *reviews)
    yield from check_scales(
        progress, ordered, lambda review, book: pages[review.source].marks.place(("book", book))
    )
