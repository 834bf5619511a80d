"""Read a site as its author wrote it, without MkDocs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_bookreview.comments.providers import read_provider
from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.frontmatter.read import Page
from mkdocs_bookreview.frontmatter.site import Site, read_site, read_text
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.config_file import ConfigFile, read_config_file
from mkdocs_bookreview.settings.options import read_settings
from mkdocs_bookreview.settings.settings import Settings

_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})

_NEVER_PUBLISHED = (".*", "/templates/")  # since MkDocs leaves them out by default

Progress = Callable[[Sequence[Path]], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """Describes a site before a build.

    `texts` are those of pages by source, and `vocabularies` those of files that list terms by file
    name. `problems` are those of options, files and pages; `config` has those of `mkdocs.yml`.
    """

    config: ConfigFile
    settings: Settings
    texts: Mapping[str, str]
    vocabularies: Mapping[str, str]
    site: Site
    problems: tuple[Problem, ...]

    def list_published(self, today: date) -> list[Page]:
        """Return the pages that the site has on that day, without drafts and excluded files."""
        left_out = _find_left_out(self.config.site)
        pages = (page for page in self.site.pages.values() if not left_out(page.source))
        return [page for page in pages if page.is_published(today)]

    @property
    def reviews(self) -> list[Review]:
        return [page.review for page in self.site.pages.values() if page.review]


def read_written_site(config_file: Path, progress: Progress) -> WrittenSite:
    """Read all files of a site; `progress` is given the pages, and yields them one by one.

    Raise OSError if `mkdocs.yml` or its docs folder cannot be read.
    """
    config = read_config_file(config_file)
    folders = (config_file.parent, config.docs_dir)
    settings, problems = _read_options(config, folders)
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
    books = _read_data(BOOKS_FILE, problems, folders)
    vocabularies = {
        taxonomy: _read_data(name, problems, folders)
        for taxonomy, name in settings.vocabularies.items()
        if any((folder / name).is_file() for folder in folders)
    }
    uris = {_uri(path, config.docs_dir) for path in files}
    site = read_site(texts.items(), defaults, books, vocabularies, uris, settings)
    listed = {settings.vocabularies[one]: text or "" for one, text in vocabularies.items()}
    return WrittenSite(config, settings, texts, listed, site, (*problems, *site.problems))


def _read_options(config: ConfigFile, folders: Iterable[Path]) -> tuple[Settings, list[Problem]]:
    if config.options is None:
        what = "The plugin is not among `plugins`."
        return Settings(), [Problem(config.marks.place(), what, "Add `- bookreview` to them.")]
    settings, problems = read_settings(
        config.options,
        config.marks,
        lambda name: any((folder / name).is_file() for folder in folders),
    )
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


def _read_data(name: str, problems: list[Problem], folders: Iterable[Path]) -> str | None:
    for path in (folder / name for folder in folders):
        if path.is_file():
            return read_text(lambda path=path: path.read_text("utf-8-sig"), name, problems)  # type: ignore[misc]
    return None


def _find_left_out(site: Mapping[str, str]) -> Callable[[str], bool]:
    """Return a function that says whether `exclude_docs` or `draft_docs` leaves out a source.

    Raise OSError if one of their patterns is invalid.
    https://www.mkdocs.org/user-guide/configuration/#exclude_docs
    """
    excluded = [*_NEVER_PUBLISHED, *site.get("exclude_docs", "").splitlines()]
    drafts = site.get("draft_docs", "").splitlines()
    try:
        specs = [GitIgnoreSpec.from_lines(lines) for lines in (excluded, drafts)]
    except ValueError as error:
        raise OSError(f"exclude_docs or draft_docs has a wrong pattern. {error}") from error
    return lambda source: any(spec.match_file(source) for spec in specs)
