"""Reads a site as its author wrote it, without MkDocs."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs_bookreview.cli.pages import find_pages
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.providers import read_provider
from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.frontmatter.elsewhere.recognise import (
    MDX,
    find_lone_pages,
    is_in_folder,
    report_mdx,
)
from mkdocs_bookreview.frontmatter.posts import is_post
from mkdocs_bookreview.frontmatter.read import WrittenPage, read_page
from mkdocs_bookreview.frontmatter.site import Site, read_site, read_text
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.config_file import ConfigFile, read_config_file
from mkdocs_bookreview.settings.options import read_settings
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.settings.words import read_words
from mkdocs_bookreview.structured_data.head import HeadSite
from mkdocs_bookreview.words.language import Words
from mkdocs_bookreview.words.table import TABLE

Progress = Callable[[Sequence[Path]], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """Describes a site before a build.

    `settings` are the valid options, and `site` has the front matter of all pages. `texts` maps the
    source of a page to its text, and `vocabularies` the name of a file that lists terms to its
    text. `problems` are the problems of options, files and pages; `config` has the problems of
    `mkdocs.yml`. `drafts` are the sources that match `draft_docs`. Files that match `exclude_docs`
    are left out. `folder` is the folder of `mkdocs.yml`. `words` are the words that readers see.
    `provider` is the comment service; None if the site has no comments, or if their options are
    invalid.
    """

    folder: Path
    config: ConfigFile
    settings: Settings
    words: Words
    provider: Provider | None
    texts: Mapping[str, str]
    vocabularies: Mapping[str, str]
    site: Site
    problems: tuple[Problem, ...]
    drafts: frozenset[str]

    def list_published(self, today: date) -> list[WrittenPage]:
        """Return the pages that the site has on that day, without drafts."""
        pages = (page for page in self.site.pages.values() if page.source not in self.drafts)
        return [page for page in pages if page.is_published(today)]

    def is_moved(self, source: str) -> bool:
        """Return whether the blog plugin makes the page's address from its date and title."""
        return self.config.has_blog and is_post(source)

    @property
    def reviews(self) -> list[Review]:
        return [page.review for page in self.site.pages.values() if page.review]


def describe_site(written: WrittenSite) -> HeadSite:
    """Return the site's name, language, address and author for other programs."""
    config = written.config.site
    author = written.settings.reviewer or config.get("site_author")
    url = config.get("site_url") or None
    return HeadSite(config.get("site_name", ""), written.words.tag, url, author or None)


def read_written_site(
    config_file: Path, progress: Progress, year: int | None = None
) -> WrittenSite:
    """Read all files of a site.

    `progress` gets the paths of the pages, and yields them one by one. `year` is the current year;
    if it is None, dates in the future are not reported.

    Raise OSError if `mkdocs.yml`, a pattern in it or its docs folder cannot be read.
    """
    config = read_config_file(config_file)
    folders = (config_file.parent, config.docs_dir)
    settings, provider, problems = _read_options(config, folders)
    own_texts, found = read_words(settings.words, config.marks.below(("words",)), TABLE)
    problems += found
    words = Words(config.language, own_texts)
    files = {_uri(path, config.docs_dir): path for path in list_files(config.docs_dir)}
    pages = find_pages(files, config.site, folders=config.use_directory_urls)
    texts = {
        _uri(path, config.docs_dir): text
        for path in progress([files[source] for source in pages])
        if (text := _read(path, config.docs_dir, problems)) is not None
    }
    defaults = {
        _uri(path.parent, config.docs_dir): _read(path, config.docs_dir, problems) or ""
        for path in files.values()
        if path.name == DEFAULTS_FILE
    }
    books = _read_data(BOOKS_FILE, problems, folders)
    vocabularies = {
        taxonomy: _read_data(name, problems, folders)
        for taxonomy, name in settings.vocabularies.items()
        if any((folder / name).is_file() for folder in folders)
    }
    site = read_site(
        texts.items(), defaults, books, vocabularies, files.keys(), settings, year=year
    )
    drafts = frozenset(source for source, is_published in pages.items() if not is_published)
    listed = {settings.vocabularies[one]: text or "" for one, text in vocabularies.items()}
    problems += _check_mdx(files, config.docs_dir, settings)
    return WrittenSite(
        config_file.parent,
        config,
        settings,
        words,
        provider,
        texts,
        listed,
        site,
        (*problems, *site.problems),
        drafts,
    )


def _read_options(
    config: ConfigFile, folders: Iterable[Path]
) -> tuple[Settings, Provider | None, list[Problem]]:
    if config.options is None:
        what = "`plugins` does not list `bookreview`."
        return (
            Settings(),
            None,
            [Problem(config.marks.place(), what, "Write `- bookreview` below `plugins:`.")],
        )
    settings, problems = read_settings(
        config.options,
        config.marks,
        lambda name: any((folder / name).is_file() for folder in folders),
    )
    provider = None
    if settings.comments:
        provider, found = read_provider(settings.comments, config.marks.below(("comments",)))
        problems += found
    return settings, provider, problems


def _check_mdx(files: Mapping[str, Path], docs_dir: Path, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each file with a review that MkDocs does not turn into a page.

    Files in the folder of reviews are left out, because `read_site` reports them.
    """
    lone = find_lone_pages(files, settings)
    for source, path in files.items():
        if source.endswith(MDX) and not is_in_folder(source, settings, lone):
            text = _read(path, docs_dir, []) or ""
            page = read_page(text, source, settings.rating, {}, {})
            if page.review or any(problem.kind for problem in page.problems):
                yield report_mdx(source)


def list_files(docs_dir: Path) -> list[Path]:
    """Return all files below a folder. Raise FileNotFoundError if there is no such folder."""
    if not docs_dir.is_dir():
        raise FileNotFoundError(f"there is no folder {docs_dir}")
    # Links to folders are followed, because MkDocs follows them.
    found = os.walk(docs_dir, followlinks=True)
    paths = (Path(folder, name) for folder, _, names in found for name in names)
    return sorted(path for path in paths if path.is_file())


def _uri(path: Path, docs_dir: Path) -> str:
    return path.relative_to(docs_dir).as_posix()


def _read(path: Path, docs_dir: Path, problems: list[Problem]) -> str | None:
    return read_text(lambda: path.read_text("utf-8-sig"), _uri(path, docs_dir), problems)


def _read_data(name: str, problems: list[Problem], folders: Iterable[Path]) -> str | None:
    for path in (folder / name for folder in folders):
        if path.is_file():
            return read_text(lambda path=path: path.read_text("utf-8-sig"), name, problems)  # type: ignore[misc]
    return None
