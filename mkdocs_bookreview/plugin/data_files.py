"""Finds and reads the author's data files, beside `mkdocs.yml` or in the docs folder."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from mkdocs_bookreview.comments.archive.data import FOLDER as ARCHIVES
from mkdocs_bookreview.comments.lock import FILE_NAME as LOCK_FILE
from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.site import read_text
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.publishing.markdown_text import find_description
from mkdocs_bookreview.settings.settings import Settings


def config_folder(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def config_name(config: MkDocsConfig) -> str:
    """Return the name of the configuration file, such as `properdocs.yml`."""
    return Path(config.config_file_path).name if config.config_file_path else "mkdocs.yml"


def find_data_file(name: str, config: MkDocsConfig) -> Path | None:
    paths = (folder / name for folder in (config_folder(config), Path(config.docs_dir)))
    return next((path for path in paths if path.is_file()), None)


def find_data_files(config: MkDocsConfig, settings: Settings) -> list[Path]:
    """Return the paths of data files and of the folder of archives, beside `mkdocs.yml`."""
    names = (BOOKS_FILE, LOCK_FILE, *settings.vocabularies.values())
    paths = [config_folder(config) / name for name in names]
    folder = config_folder(config) / ARCHIVES
    return [*filter(Path.is_file, paths), *filter(Path.is_dir, [folder])]


def read_data(name: str, files: Files, config: MkDocsConfig, problems: list[Problem]) -> str | None:
    """Return the text of a data file, and exclude it from the site if it is in the docs folder.

    Return None if there is no such file. If the file cannot be read, add a problem and return None.
    """
    path = config_folder(config) / name
    docs = Path(config.docs_dir)
    below = path.relative_to(docs).as_posix() if path.is_relative_to(docs) else name
    kept = [file for uri in dict.fromkeys((below, name)) if (file := files.src_uris.get(uri))]
    for file in kept:
        file.inclusion = InclusionLevel.EXCLUDED
    if path.is_file():
        return read_text(lambda: path.read_text("utf-8-sig"), name, problems)
    return read_file(kept[0], problems) if kept else None


def read_file(file: File, problems: list[Problem]) -> str | None:
    return read_text(lambda: file.content_string, file.src_uri, problems)


def find_text(
    listing: Listing | None, page: Page, config: MkDocsConfig, settings: Settings
) -> Path | None:
    """Return the data file that has the text of a page that we made; None for other pages."""
    is_made = page.file.generated_by is not None
    if not is_made or not listing or not find_description(listing):
        return None
    return find_data_file(settings.vocabularies[listing.taxonomy or ""], config)
