"""Adds files to the site that the author did not write, such as pages of listings.

They have temporary source files, because other plugins expect a file behind each page.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.plugin.site_language import SiteLanguage
from mkdocs_bookreview.publishing.markdown_text import describe_term
from mkdocs_bookreview.publishing.shown import ListPage


class MadeFolder:
    """Keeps the sources of made files in a temporary folder, which is removed with this object.

    All builds of `mkdocs serve` share it, and write only texts that are new.
    """

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="bookreview-")
        self._paths: dict[str, Path] = {}
        self.texts: dict[str, str] = {}

    def write(self, uri: str, text: str) -> Path:
        """Write the text to the file of `uri`, unless the file has it, and return its path."""
        path = self._paths.setdefault(uri, Path(self._folder.name, str(len(self._paths))))
        if self.texts.get(uri) != text:
            path.write_text(text, encoding="utf-8")
            self.texts[uri] = text
        return path


class MadeFiles:
    """Adds files to one build.

    `folder` has their sources. `language` is the language of the build; None if the site has only
    one. `earlier` are the files of an earlier plan of this build, by path. They are used again,
    because menus may have the pages of these files already.
    """

    def __init__(
        self,
        files: Files,
        config: MkDocsConfig,
        folder: MadeFolder,
        language: SiteLanguage | None = None,
        earlier: Mapping[str, File] | None = None,
    ) -> None:
        self.files = files
        self.config = config
        self._folder = folder
        self._language = language
        self._earlier = earlier or {}
        self._own: dict[str, File] = {}
        self._folders: set[str] | None = None  # None until it is needed
        self._taken = {
            file.dest_uri.casefold(): file for file in files if file.inclusion.is_in_serve()
        }

    def add(self, uri: str, text: str, inclusion: InclusionLevel = InclusionLevel.INCLUDED) -> File:
        """Add a file to the site and return it.

        If another file has the same address, in upper or lower case, return that file instead.
        """
        return self._add(self._write(uri, text, inclusion), uri)

    def add_here(
        self, uri: str, text: str, inclusion: InclusionLevel = InclusionLevel.INCLUDED
    ) -> File:
        """Do the same as `add`, for a file that each language of the site has in its own folder."""
        if file := self._earlier.get(uri):
            self._folder.write(uri, text)
            return self._add(file, uri)
        return self._add(self._place(uri, text, inclusion), uri)

    def find_address(self, uri: str) -> str:
        """Return the address that a file at `uri`, added by `add_here`, will have."""
        return f"{self._language.folder if self._language else ''}{quote(uri)}"

    def _place(self, uri: str, text: str, inclusion: InclusionLevel) -> File:
        file = self._write(uri, text, inclusion)
        if self._language:
            self._language.place(file)
        return file

    def _write(self, uri: str, text: str, inclusion: InclusionLevel) -> File:
        path = self._folder.write(uri, text)
        return File.generated(self.config, uri, abs_src_path=str(path), inclusion=inclusion)

    def add_from_memory(self, uri: str, text: str, inclusion: InclusionLevel) -> File:
        """Do the same as `add` without a source file, because writing that file too takes longer.

        Only a build without `--dirty` may use this, because `--dirty` compares the times of source
        files.
        """
        file = File.generated(self.config, uri, content=text, inclusion=inclusion)
        return self._add(file, uri)

    def add_copy(self, uri: str, path: Path) -> File:
        """Do the same as `add`, for a file that is at `path` already."""
        return self._add(File.generated(self.config, uri, abs_src_path=str(path)), uri)

    def _add(self, file: File, uri: str) -> File:
        taken = self._taken.setdefault(file.dest_uri.casefold(), file)
        if taken is file:
            self.files.append(file)
            self._own[uri] = file
            if self._folders is not None:
                self._folders |= _list_folders(file.dest_uri.casefold())
        return taken

    def is_free(self, uri: str) -> bool:
        """Return whether a file can be at this path, and no file or folder is in its way."""
        name = uri.casefold()
        if self._folders is None:
            self._folders = {folder for taken in self._taken for folder in _list_folders(taken)}
        if name in self._taken or name in self._folders:
            return False
        return not any(folder in self._taken for folder in _list_folders(name))

    def find(self, uri: str) -> File | None:
        """Return the file at this path of the site, in upper or lower case; None without one."""
        return self._taken.get(uri.casefold())

    def is_own(self, file: File) -> bool:
        return self._own.get(file.src_uri) is file

    def list_pages(self) -> list[File]:
        return [file for file in self._own.values() if file.is_documentation_page()]

    def is_complete(self) -> bool:
        """Return whether all made files are in the build, and no other file has their addresses."""
        sources = self.files.src_uris
        if any(sources.get(uri) is not file for uri, file in self._own.items()):
            return False
        addresses = {file.dest_uri.casefold() for file in self._own.values()}
        others = (file for file in self.files if not self.is_own(file))
        shown = (file for file in others if file.inclusion.is_in_serve())
        return addresses.isdisjoint(file.dest_uri.casefold() for file in shown)

    def take_back(self, files: Files) -> dict[str, File]:
        """Remove the made files from `files`, and return those that were still in it, by path.

        `files` is the present list of files, because a plugin may have replaced the list.
        """
        sources = files.src_uris
        kept = {uri: file for uri, file in self._own.items() if sources.get(uri) is file}
        for file in kept.values():
            files.remove(file)
        return kept

    def find_text(self, file: File) -> str | None:
        """Return the text of a made file; None for any other file."""
        return self._folder.texts.get(file.src_uri) if self.is_own(file) else None


def _list_folders(uri: str) -> set[str]:
    """Return the folders around a file: `a/b/c.html` gives `a` and `a/b`."""
    parts = uri.split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts))}


def add_list_page(made: MadeFiles, listing: Listing) -> ListPage:
    """Add the page of a listing, and return the page or file that is at its address."""
    inclusion = InclusionLevel.INCLUDED if listing.is_index else InclusionLevel.NOT_IN_NAV
    file = made.add_here(listing.source, describe_term(listing), inclusion)
    is_page = file.is_documentation_page()
    if is_page and not listing.is_index:
        # The level is never raised, because the author's page there may be a draft.
        file.inclusion = min(file.inclusion, inclusion, key=lambda level: level.value)
    return ListPage(file.src_uri, file.dest_uri, file.url, is_page, made.is_own(file))
