"""The state of one conversion, and the order in which its text is sealed."""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.caught.text import unguard
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.spoilers.sealed.shortcut import seal_plain
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

# The end of a top-level block, in control characters that no author can write.
_BLOCK_END = "\x02bookreview-block\x03"
# Most headings, and the table of contents made of them, which therefore need no closer look.
_WORDS = re.compile(
    r"(?:[\w ,;.'’–-]++|</?(?:a|div|li|ul)(?: class=\"toc\"| href=\"#[\w-]*\")?>\n?|\n)*+"
)
log = logging.getLogger("mkdocs_bookreview")

Report = Callable[[Finding], object]


class Conversion:
    """The page that one Markdown instance converts.

    `source` is its Markdown as the author wrote it. `reaches` says whether its spoilers may begin
    or end elsewhere than with an element of the tree. `unclosed` has a report for each block that
    is still open. `placeholder` is the word for a spoiler where nothing can be sealed.
    """

    def __init__(self, words: Words, vault: Vault | None, report: Report | None) -> None:
        self.words = words
        self.placeholder = f"[{words('spoiler_word')}]"
        self._lock = vault.lock if vault else str
        self._report = report or _log
        self.begin("")

    def begin(self, source: str) -> None:
        self.source = source
        self.reaches = False
        self.unclosed: dict[object, Callable[[], Finding]] = {}
        self._has_whole_tree = False
        self._has_raw = False
        self._numbers = count(1)
        self._findings: dict[Finding, None] = {}

    def report(self, findings: Iterable[Finding]) -> None:
        """Report each finding once, however often it is found, when the page is done."""
        for finding in findings:
            self._findings[self._place(finding)] = None

    def _place(self, finding: Finding) -> Finding:
        quote = finding.source_line_text
        if quote is None or quote in self.source:
            return finding
        # The signs between the words may be others in the source than in HTML or an option.
        words = r"[^\w\n]+".join(re.findall(r"\w+", quote))
        written = re.search(rf"(?<!\w){words}(?!\w)", self.source) if words else None
        return replace(finding, source_line_text=written[0]) if written else finding

    def end_tree(self, root: Element, *, has_raw: bool) -> None:
        """Mark the ends of blocks, because those that no spoiler touches stay as they are."""
        self._has_whole_tree = True
        self._has_raw = has_raw
        for block in root:
            block.tail = f"{_BLOCK_END}{block.tail or ''}"

    def seal(self, html: str) -> str:
        """Seal the page once its tree is whole; before that, what others take from headings."""
        if not self._has_whole_tree:
            return self._seal_part(html)
        if self.reaches:  # a spoiler may go on from one block to others
            html, found = catch(html, self.placeholder)
            self.report(found)
            blocks = self._seal(html.split(_BLOCK_END))
        else:
            blocks = html.split(_BLOCK_END)
            lower = html.lower()
            for number, block in enumerate(lower.split(_BLOCK_END) if SPOILER in lower else ()):
                if SPOILER in block:
                    blocks[number] = self._seal_block(blocks[number])
        self.report(describe() for describe in self.unclosed.values())
        for finding in self._findings:
            self._report(finding)
        return unguard("".join(blocks))

    def _seal_part(self, html: str) -> str:
        """Return the text of a heading, as the table of contents and titles take it."""
        if _WORDS.fullmatch(html):
            return html
        caught, _ = catch(html, self.placeholder)
        sealed = seal([caught], self.words, lambda _: self.placeholder)
        return unguard(sealed.blocks[0])

    def _seal_block(self, block: str) -> str:
        # A raw `</em>` may end what began outside of the spoiler.
        plain = None
        if not self._has_raw:
            plain = seal_plain(block, self.words, self._lock, self._numbers)
        return self._seal([block])[0] if plain is None else plain

    def _seal(self, blocks: Sequence[str]) -> list[str]:
        sealed = seal(blocks, self.words, self._lock, self._numbers)
        self.report(sealed.findings)
        return sealed.blocks


def _log(finding: Finding) -> None:
    where = f" ({finding.source_line_text})" if finding.source_line_text else ""
    log.warning("%s %s%s", finding.what, finding.cure, where)
