"""Finds the addresses of reviews, terms and covers in a build."""

from pathlib import Path

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.report import log, warn
from mkdocs_bookreview.publishing import addresses
from mkdocs_bookreview.publishing.pictures import CopyFolder, CoverFile


def find_build_addresses(build: Build) -> Addresses:
    """Return the addresses of all reviews, terms and covers, relative to the site's root.

    Add small copies of covers to the site, and report covers that cannot be copied.
    """
    files = build.files
    covers: dict[str, CoverFile] = {}
    for cover in addresses.list_covers(build.plan):
        if (file := files.get_file_from_path(cover)) and file.is_media_file():
            covers[cover] = CoverFile(file.url, Path(file.abs_src_path or ""))
    folder = CopyFolder(config_folder(build.config), build.made.add_copy, log.info)
    pictures, problems = build.pictures.read(covers, folder)
    warn(problems, is_checked=False)
    return addresses.find_addresses(
        build.plan,
        build.settings,
        build.words,
        pictures,
        lambda source: files.src_uris[source].url,
        build.listed,
    )
