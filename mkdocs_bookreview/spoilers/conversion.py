"""Keeps the state of one page's conversion, and seals the spoilers in its finished HTML."""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.caught.text import may_be_guarded, unguard
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER_BYTES, lower_bytes
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.spoilers.sealed.shortcut import seal_plain
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

# This marks the end of a top-level block. It has control characters, because no author can write
# them.
_BLOCK_END = "\x02bookreview-block\x03"
_BLOCK_END_BYTES = _BLOCK_END.encode()
# Most headings and tables of contents match this, and no text that matches can contain a spoiler.
_WORDS = re.compile(
    r"(?>(?:[\w ,;.'’–-]++|</?(?:a|div|li|ul)(?: class=\"toc\"| href=\"#[\w-]*\")?>\n?|\n)*)"
)
log = logging.getLogger("mkdocs_bookreview")

Report = Callable[[Finding], object]


class Conversion:
    """Holds the state of the page that a Markdown instance converts.

    `source` is the page's Markdown as the author wrote it. `reaches` is True if a spoiler may begin
    or end where no element of the tree begins or ends, for example in raw HTML. `has_lost_text` is
    True if we left out text that may have referred to footnotes. `unclosed` maps each block that is
    still open to a function that returns a report of it. `words` has the words of the page's
    language. `placeholder` is the word that replaces a spoiler in a text that cannot hold a sealed
    element, such as an attribute.
    """

    def __init__(self, words: Words, vault: Vault | None, report: Report | None) -> None:
        self.words = words
        self.placeholder = f"[{words('spoiler_word')}]"
        self._keep: Callable[[str], str] = vault.lock if vault else str
        self._report = report or _log
        self.begin("")

    def begin(self, source: str) -> None:
        """Forget the previous page, and begin the page whose Markdown is `source`."""
        self.source = source
        self.reaches = False
        self.has_lost_text = False
        self.unclosed: dict[object, Callable[[], Finding]] = {}
        self._has_whole_tree = False
        self._has_raw = False
        self._is_guarded = False
        self._numbers = count(1)
        self._findings: dict[Finding, None] = {}

    def report(self, findings: Iterable[Finding]) -> None:
        """Collect findings, so that each is reported once when the page is finished."""
        for finding in findings:
            self._findings[self._place(finding)] = None

    def _place(self, finding: Finding) -> Finding:
        quote = finding.source_line_text
        if quote is None or quote in self.source:
            return finding
        # Only the words are compared, because the quote comes from the HTML or from an option, and
        # the signs between the words may be different in the source.
        words = r"[^\w\n]+".join(re.findall(r"\w+", quote))
        written = re.search(rf"(?<!\w){words}(?!\w)", self.source) if words else None
        return replace(finding, source_line_text=written[0]) if written else finding

    def end_tree(self, root: Element, *, has_raw: bool) -> None:
        """Mark the end of each block, because `seal` must not change blocks without a spoiler."""
        self._has_whole_tree = True
        self._has_raw = has_raw
        for block in root:
            block.tail = f"{_BLOCK_END}{block.tail or ''}"

    def seal(self, html: str) -> str:
        """Return the page with its spoilers sealed.

        Before the tree is complete, another extension calls this with the text of a heading. A word
        replaces each spoiler in that text, because a heading's text can hold no sealed element.
        """
        if not self._has_whole_tree:
            return self._seal_part(html)
        page = lower_bytes(html)
        self._is_guarded = may_be_guarded(page)
        if self.reaches:  # all at once, because a spoiler may continue in other blocks
            html, found = catch(html, self.placeholder)
            self.report(found)
            blocks = self._seal(html.split(_BLOCK_END))
        else:
            blocks = html.split(_BLOCK_END)
            parts = page.split(_BLOCK_END_BYTES) if SPOILER_BYTES in page else ()
            for number, part in enumerate(parts):
                if mentions := part.count(SPOILER_BYTES):
                    blocks[number] = self._seal_block(blocks[number], mentions)
        self.report(describe() for describe in self.unclosed.values())
        for finding in self._findings:
            self._report(finding)
        sealed = "".join(blocks)
        return unguard(sealed) if self._is_guarded else sealed

    def _seal_part(self, html: str) -> str:
        """Return the text of a heading with a word in place of each spoiler."""
        if _WORDS.fullmatch(html):
            return html
        caught, _ = catch(html, self.placeholder)
        sealed = seal([caught], self.words, lambda _: self.placeholder)
        return unguard(sealed.blocks[0])

    def _seal_block(self, block: str, mentions: int) -> str:
        # Pages with raw HTML need the parser, because a raw `</em>` may end an element that began
        # outside of the spoiler.
        plain = None
        if not self._has_raw:
            plain = seal_plain(block, mentions, self.words, self._lock, self._numbers)
        return self._seal([block])[0] if plain is None else plain

    def _lock(self, sealed: str) -> str:
        # The vault must get signs without guards, because nothing changes its elements later.
        return self._keep(unguard(sealed) if self._is_guarded else sealed)

    def _seal(self, blocks: Sequence[str]) -> list[str]:
        sealed = seal(blocks, self.words, self._lock, self._numbers, hides_notes=self.has_lost_text)
        self.report(sealed.findings)
        return sealed.blocks


def _log(finding: Finding) -> None:
    where = f" ({finding.source_line_text})" if finding.source_line_text else ""
    log.warning("%s %s%s", finding.what, finding.fix, where)
