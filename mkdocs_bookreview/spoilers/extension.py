"""Adds spoilers to Python-Markdown, with or without MkDocs."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType, SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.util import STX, Registry
from pymdownx.blocks import BlocksExtension
from pymdownx.details import DetailsProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.words import read_words
from mkdocs_bookreview.spoilers import hidden
from mkdocs_bookreview.spoilers.caught.attributes import hide_in_attributes
from mkdocs_bookreview.spoilers.caught.elements import find_unclosed, write_tags
from mkdocs_bookreview.spoilers.caught.foreign import read_fences
from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.caught.text import guard_source, guard_tree
from mkdocs_bookreview.spoilers.conversion import Conversion, Report
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER, SPOILER_BYTES, lower_bytes
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.spoilers.written import block, inline, lazy
from mkdocs_bookreview.spoilers.written.parts import ExportedParts
from mkdocs_bookreview.words.language import ENGLISH, Words
from mkdocs_bookreview.words.table import TABLE

# The name by which `markdown_extensions` lists this extension; `pyproject.toml` registers it.
NAME = "bookreview_spoilers"
# Elements with no attribute, or only `href`, are skipped, because an address cannot contain a
# spoiler. Most elements are of this kind.
_PLAIN: list[list[str]] = [[], ["href"]]
_NONE: Mapping[str, object] = MappingProxyType({})
_SPOILER = {"class": SPOILER}  # most spoilers have only this attribute, which reveals nothing


class SpoilerExtension(BlocksExtension):  # type: ignore[misc]  # pymdownx ships no types
    """Seals each element of the class `spoiler`, and reads the Markdown syntaxes for spoilers.

    With a `vault`, the output has placeholders and the vault keeps the sealed elements; without it,
    the output has the elements themselves. `language` is the language of the labels. `words` are
    the `Words` of a build, or a mapping with the author's own texts, as in the plugin's option
    `words`. `report` gets the findings; without it, they go to the log.

    Raise ValueError if a text in `words` is invalid.
    """

    def __init__(
        self,
        *,
        vault: Vault | None = None,
        language: str = ENGLISH,
        words: Words | Mapping[str, object] = _NONE,
        report: Report | None = None,
    ) -> None:
        self._vault = vault
        self._words = words if isinstance(words, Words) else _read_words(language, words)
        self._report = report
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        super().extendMarkdown(md)
        if "|" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("|")

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802  # pymdownx
        conversion = Conversion(self._words, self._vault, self._report)
        # A ValueError is ignored, because it means that the author already has a block of this
        # name, which works as well: `types` of pymdownx.blocks.details can define one.
        with suppress(ValueError):
            block_mgr.register(block.SpoilerBlock, {"conversion": conversion})
        block_mgr.split_header = block.name_options(block_mgr.split_header)
        # Parts are read only without a vault, because with a vault our plugin adds the cards and
        # lists after the conversion.
        parts = None if self._vault else ExportedParts()
        _Steps(md, conversion, parts).register()


def _read_words(language: str, texts: Mapping[str, object]) -> Words:
    own, problems = read_words(texts, Marks(NAME), TABLE)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    return Words(language, own)


makeExtension = SpoilerExtension  # noqa: N816  # Python-Markdown's name


class _Steps:
    """Registers our steps of a conversion, which Python-Markdown runs between its own."""

    def __init__(self, md: Markdown, conversion: Conversion, parts: ExportedParts | None) -> None:
        self._md = md
        self._conversion = conversion
        self._parts = parts
        self._definitions = hidden.Definitions(md, conversion)
        blocks, phrases = md.parser.blockprocessors, md.inlinePatterns
        opened = partial(block.OpenSpoilerProcessor, md.parser, blocks["blocks"])
        lines = partial(lazy.LazyLinesProcessor, md, conversion)
        brackets = partial(inline.BracketsProcessor, md)
        rows = partial(inline.TableRowProcessor, md, conversion)
        # Each syntax is listed with its signs, because only pages with these signs need its
        # processor. It is made then, because MkDocs makes a new Markdown for each page.
        syntaxes: list[tuple[tuple[str, ...], Registry[Any], Callable[[], Any], str, float]] = [
            # This runs before all processors of callouts (105 and 105.1), because they would put a
            # callout in an open spoiler behind the spoiler.
            (("///",), blocks, opened, "bookreview_open_spoilers", 105.2),
            # This runs before admonitions and details (105), because they end a body at the first
            # line without indent.
            (("!!!", "???"), blocks, lines, "bookreview_lazy_lines", 105.1),
            (("!!!",), blocks, partial(AdmonitionProcessor, md.parser), "admonition", 105),
            (("???",), blocks, partial(DetailsProcessor, md.parser), "details", 105),
            # This runs before tables (75), because they read bars as the ends of cells.
            (("||", r"\|"), blocks, rows, "bookreview_table_rows", 75.1),
            # This runs after links (160) and raw HTML (90), because their attributes may contain
            # brackets.
            (("spoiler",), phrases, brackets, "bookreview_brackets", 89),
            # This runs after code, links (160) and raw HTML (90), because these may contain bars,
            # and before emphasis (60).
            (("||",), phrases, partial(inline.PipesProcessor, md), "bookreview_pipes", 65),
        ]
        # A syntax that the author has enabled is left out, because its processor works as well.
        self._syntaxes = [syntax for syntax in syntaxes if syntax[3] not in syntax[1]]
        self._registered: set[str] = set()

    def register(self) -> None:
        md = self._md
        # This runs first of all, because it must see the source as the author wrote it.
        _register(md.preprocessors, self.begin, NAME, 1000)
        # This runs after all extensions that add text, such as snippets, or remove it, because the
        # resulting text decides which syntaxes the page needs.
        _register(md.preprocessors, self.read_syntaxes, "bookreview_syntaxes", -1000)
        # This runs before footnotes (17), abbreviations (16) and the addresses of links (15),
        # because those processors remove their definitions.
        md.parser.blockprocessors.register(self._definitions, "bookreview_definitions", 17.5)
        # This runs after attr_list (8) and abbreviations (7), because they set classes and titles,
        # and before toc (5), because it lists headings.
        _register(md.treeprocessors, self.read_tree, NAME, 6)
        # This runs after all extensions that read texts from the tree, because it adds the marks of
        # block ends to the texts.
        _register(md.treeprocessors, self.end_tree, f"{NAME}_end", -1000)
        # This runs after all extensions that change HTML, because they may add spoilers. The lowest
        # priority that Python-Markdown and pymdownx use is 1.
        _register(md.postprocessors, self._conversion.seal, NAME, -1000)
        if self._parts:
            self._parts.register(md)
            _register(md.postprocessors, self._parts.put, "bookreview_parts", -1001)

    def begin(self, lines: list[str]) -> list[str]:
        self._definitions.reset()
        if self._parts:
            lines = self._parts.take(lines)
        source = "\n".join(lines)
        self._conversion.begin(source)
        if "```" in source or "~~~" in source:
            found: list[Finding] = []
            lines = read_fences(lines, found)
            self._conversion.report(found)
        return lines

    def read_syntaxes(self, lines: list[str]) -> list[str]:
        """Enable the syntaxes that the page uses, and return its lines with guarded signs.

        Unused syntaxes are left out, because each processor searches every paragraph. Signs in code
        are guarded, because they are no spoilers.
        """
        text = "\n".join([self._conversion.source, *lines]).lower()
        # Any syntax may be in raw elements with Markdown, because they are missing in the lines.
        has_more = any(isinstance(block, Element) for block in self._md.htmlStash.rawHtmlBlocks)
        for marks, registry, make, name, priority in self._syntaxes:
            is_needed = has_more or any(map(text.__contains__, marks))
            if is_needed and name not in self._registered:
                registry.register(make(), name, priority)
                self._registered.add(name)
            elif not is_needed and name in self._registered:  # because the previous page used it
                registry.deregister(name)
                self._registered.remove(name)
        blocks = self._md.parser.blockprocessors
        if "defindent" in blocks and ("///" in text or has_more):
            # The indent of definitions must be removed before blocks are read, because otherwise a
            # block of several paragraphs in a definition would have no end.
            blocks.register(blocks["defindent"], "defindent", 89.997)
        return guard_source(lines)

    def read_tree(self, root: Element) -> None:
        """Hide the definitions, attributes and headings in spoilers; set `Conversion.reaches`."""
        conversion = self._conversion
        marked = [element for element in root.iter() if element.keys() not in _PLAIN]
        spoilers = [element for element in marked if hidden.is_spoiler(element)]
        marked = [element for element in marked if element.attrib != _SPOILER]
        text = "".join(root.itertext())
        values = (value for element in marked for value in element.attrib.values() if value)
        if STX in text or STX in "".join(values):
            guard_tree(root, self._md)
        found = self._definitions.hide(root)
        found += hide_in_attributes(marked, conversion.placeholder)
        conversion.report([*found, *find_unclosed(conversion.source)])
        conversion.reaches |= (
            any(map(hidden.is_notes, marked))
            or any(map(_may_be_empty, filter(hidden.is_box, spoilers)))
            or self._may_reach_out(root, text, marked)
        )
        hidden.demote_headings(spoilers)
        if conversion.reaches:
            hidden.demote_hidden_headings(root, self._md)

    def _may_reach_out(self, root: Element, text: str, marked: Iterable[Element]) -> bool:
        """Return whether a spoiler may begin or end where no element of the tree begins or ends.

        `text` is the text of the tree, and `marked` are its elements with attributes.
        """
        raw = [block for block in self._md.htmlStash.rawHtmlBlocks if isinstance(block, str)]
        boxes = [box for box in root.iter("details") if not hidden.is_spoiler(box)]
        titles = "".join(f"<summary>{box.findtext('summary')}</summary>" for box in boxes)
        texts = (text, write_tags(marked) + titles, *raw)
        return any(map(has_signs, texts)) or SPOILER_BYTES in lower_bytes("".join(raw))

    def end_tree(self, root: Element) -> None:
        self._conversion.end_tree(root, has_raw=bool(self._md.htmlStash.rawHtmlBlocks))


def _may_be_empty(box: Element) -> bool:
    """Return whether a box may have nothing in it but its label."""
    return all(child.tag == "summary" or child.get("class") for child in box)


def _register(registry: Registry[Any], run: Callable[[Any], Any], name: str, at: float) -> None:
    """Make Python-Markdown call `run` at the priority `at`."""
    registry.register(SimpleNamespace(run=run), name, at)
