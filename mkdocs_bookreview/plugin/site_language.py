"""Follows mkdocs-static-i18n, which builds the site again for each of its languages.

The plugin removes the files of other languages from a build, and writes the pages of a language
below a folder with its code: https://ultrabug.github.io/mkdocs-static-i18n/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_NAME = "i18n"


@dataclass(frozen=True, slots=True)
class SiteLanguage:
    """Describes the language of a build.

    `code` is the code in `mkdocs.yml`, such as `de`. `folder` is the folder of the language's pages
    on the site, such as `de/`; empty for the default language. `is_first` is True in the first of
    the builds of the site.
    """

    code: str
    folder: str
    is_first: bool
    _plugin: Any

    @classmethod
    def find(cls, config: MkDocsConfig) -> "SiteLanguage | None":
        """Return the language of this build; None if the site does not use the plugin.

        The plugin must have had its `on_config`, because it chooses the language there.
        """
        plugin: Any = config.plugins.get(_NAME)
        code = getattr(plugin, "current_language", None)
        if not code:
            return None
        folder = "" if plugin.is_default_language_build else f"{code}/"
        return cls(code, folder, not plugin.building, plugin)

    def place(self, file: File) -> None:
        """Move a made file to the pages of this language.

        Also set the attributes that the plugin reads for the sitemap and for links to other
        languages.
        """
        file.dest_uri = f"{self.folder}{file.dest_uri}"
        made: Any = file
        made.locale = made.localization = made.locale_alternate_of = self.code
        made.norm_src_uri = file.src_uri
        made.alternates = {self.code: file}

    def is_original(self, file: File) -> bool:
        """Return whether a page is in this language, and not in place of a missing translation."""
        return getattr(file, "locale", self.code) == self.code

    def find_shared_source(self, file: File) -> str:
        """Return the path that all translations of a page share: `a.md` for `a.de.md`."""
        return getattr(file, "norm_src_uri", file.src_uri)

    def list_names(self, files: Files) -> Iterator[str]:
        """Yield the other paths by which pages can name files.

        In a German build, `emma.jpg` beside a page may be `emma.de.jpg`, and `de/emma.jpg` may be
        `en/emma.jpg`.
        """
        is_folder = self._plugin.config.docs_structure == "folder"
        codes = (self.code, self._plugin.default_language) if is_folder else ()
        for file in files:
            if name := getattr(file, "norm_src_uri", None):
                yield name
                yield from (f"{code}/{name}" for code in codes)

    def list_first_pages(self) -> list[File]:
        """Return the pages that plugins made for the default language; none in the first build."""
        pages = self._plugin.i18n_files_per_language.get(self._plugin.default_language, ())
        return [] if self.is_first else [file for file in pages if file.generated_by]

    def add_to_sitemap(self, files: Files) -> None:
        """Have the sitemap list the made pages too, because the plugin has not seen them."""
        pages = [file for file in files.documentation_pages() if hasattr(file, "alternates")]
        self._plugin.i18n_files_per_language[self.code] = pages


def find_source(files: Files, path: str) -> str:
    """Return the path of the file that the plugin uses for `path`, or `path` if there is none."""
    # An empty path, or a path with `..`, is returned at once, because the plugin fails at it.
    if not path or ".." in PurePosixPath(path).parts:
        return path
    file = files.get_file_from_path(path)
    return file.src_uri if file else path
