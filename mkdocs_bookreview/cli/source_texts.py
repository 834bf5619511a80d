"""Finds the hidden and the open texts in a site's sources, for the audit of the finished site."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from pathlib import Path

from yaml import Node

from mkdocs_bookreview.cli.markdown.config_tree import make_mapping
from mkdocs_bookreview.cli.markdown.extensions import SealingConverter, read_extensions
from mkdocs_bookreview.cli.site import WrittenSite
from mkdocs_bookreview.frontmatter.split import split_body
from mkdocs_bookreview.publishing.markdown_text import complete
from mkdocs_bookreview.spoilers.prose import read_plain

# These extensions add no hidden text that is not in the page's own Markdown, except `_READERS`.
_KNOWN = ("markdown.extensions.", "pymdownx.")
# These extensions may add such text, because they read other files.
_READERS = ("pymdownx.b64", "pymdownx.snippets")


def list_texts(value: object, leave_out: Collection[str] = ()) -> Iterator[str]:
    """Yield all texts in a review, except spoilers and the fields named in `leave_out`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from list_texts(item, leave_out)
    elif is_dataclass(value) and not getattr(value, "spoiler", False):
        for one in fields(value):
            if one.name not in leave_out:
                yield from list_texts(getattr(value, one.name), leave_out)


class SourceTexts:
    """Finds the hidden and the open texts of a site's pages.

    `tree` is the `mkdocs.yml` of the `written` site.
    """

    def __init__(self, written: WrittenSite, tree: Node) -> None:
        self._written = written
        self._extensions = read_extensions(tree, written.config.docs_dir)
        self._converter = SealingConverter(self._extensions, written.words)
        self._failed: list[str] = []
        self.read_open = cache(self._read_open)

    @property
    def sources(self) -> Iterable[str]:
        return self._written.texts.keys()

    def read_hidden(self, source: str) -> list[str]:
        """Return the hidden texts of a page, as HTML."""
        page = self._written.site.pages.get(source)
        hidden: list[str] = [*page.review.hidden] if page and page.review else []
        plain = None if self._reads_files else read_plain(self._read(source))
        return [*hidden, *(self._convert(source)[1] if plain is None else plain)]

    @cached_property
    def _reads_files(self) -> bool:
        """Return whether an extension may add text to a page that its own Markdown lacks."""
        names = self._extensions.options
        return any(name.startswith(_READERS) or not _is_known(name) for name in names)

    def _read(self, source: str) -> str:
        """Return the Markdown that a build converts, in which a page may be hidden as a whole."""
        page = self._written.site.pages.get(source)
        return complete(split_body(self._written.texts[source]), page, None, self._written.words)

    def _read_open(self, source: str) -> str | None:
        """Return the open text of a page; None for a page without a source."""
        if source not in self._written.texts:
            return None
        page = self._written.site.pages.get(source)
        texts = list_texts(page.review) if page and page.review else ()
        return "\n".join([self._convert(source)[0], *texts])

    def read_all_open(self, sources: Collection[str]) -> Iterator[str]:
        return (text for source in sources if (text := self.read_open(source)))

    def _convert(self, source: str) -> tuple[str, list[str]]:
        """Return the HTML of a page with placeholders, and the sealed elements to put there."""
        markdown = self._read(source)
        try:
            html = self._converter.convert(markdown)
        except Exception:  # an extension of the author may raise anything
            self._failed.append(source)
            bare = read_extensions(make_mapping(), Path())
            vault = self._converter.vault
            html = SealingConverter(bare, self._written.words, vault).convert(markdown)
        return html, self._converter.claim(source, html)

    def list_notes(self) -> Iterator[str]:
        if names := self._converter.missing:
            yield (
                "These Markdown extensions cannot be loaded, so pages are read without them:"
                f" {', '.join(names)}."
            )
        for source in dict.fromkeys(self._failed):
            yield (
                f"{source}: A Markdown extension fails on this page, so the page is read without"
                " your extensions."
            )


def _is_known(extension: str) -> bool:
    return "." not in extension or extension.startswith(_KNOWN)
