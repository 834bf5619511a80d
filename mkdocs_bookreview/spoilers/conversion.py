"""The state of one conversion, and the order in which its text is sealed."""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.blocks import split_blocks
from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.caught.text import unguard
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.spoilers.sealed.shortcut import seal_plain
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

_WORDS = re.compile(r"[\w ,;.’'–-]*")  # most headings, which therefore need no closer look
log = logging.getLogger("mkdocs_bookreview")


Report = Callable[[Finding], object]


class Conversion:
    """The page that one Markdown instance converts.

    `source` is its Markdown as the author wrote it. `has_raw` says whether it has raw HTML, and
    `reaches` whether its spoilers may begin or end elsewhere than with an element of the tree.
    `unclosed` has a report for each block that is still open. `placeholder` is the word for a
    spoiler where nothing can be sealed.
    """

    def __init__(self, words: Words, vault: Vault | None, report: Report | None) -> None:
        self.words = words
        self.placeholder = f"[{words('spoiler_word')}]"
        self._lock = vault.lock if vault else str
        self.report = report or _log
        self.begin("")

    def begin(self, source: str) -> None:
        self.source = source
        self.has_whole_tree = False
        self.has_raw = False
        self._numbers = count(1)
        self.reaches = False
        self.unclosed: dict[object, Callable[[], Finding]] = {}
        self._findings: dict[Finding, None] = {}

    def tell(self, findings: Iterable[Finding]) -> None:
        """Keep each finding once, however often it is found."""
        self._findings.update(dict.fromkeys(map(self._place, findings)))

    def _place(self, finding: Finding) -> Finding:
        quote = finding.source_line_text
        if quote is None or quote in self.source:
            return finding
        # The signs between the words may be others in the source than in HTML or an option.
        words = r"[^\w\n]+".join(re.findall(r"\w+", quote))
        written = re.search(rf"(?<!\w){words}(?!\w)", self.source) if words else None
        return replace(finding, source_line_text=written[0]) if written else finding

    def seal(self, html: str) -> str:
        """Seal the page once its tree is whole; before that, what others take from headings."""
        if not self.has_whole_tree:
            return self._seal_part(html)
        if self.reaches:  # a spoiler may go on from one block to others
            caught, found = catch(html, self.placeholder)
            self.tell(found)
            blocks = self._seal(split_blocks(caught))
        else:
            blocks = split_blocks(html)
            for number, lower in enumerate(split_blocks(html.lower())):
                if SPOILER in lower:
                    blocks[number] = self._seal_block(blocks[number])
        if self.unclosed:
            self.tell([tell() for tell in self.unclosed.values()])
        for finding in self._findings:
            self.report(finding)
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
        can_be_plain = not self.has_raw
        plain = can_be_plain and seal_plain(block, self.words, self._lock, self._numbers)
        return plain or self._seal([block])[0]

    def _seal(self, blocks: Sequence[str]) -> list[str]:
        sealed = seal(blocks, self.words, self._lock, self._numbers)
        self.tell(sealed.findings)
        return sealed.blocks

    def find_line(self, fence: str, label: str | None) -> str | None:
        """Return the source line that opens a block."""
        line = re.search(
            rf"^[^\w\n/]*{fence}[ \t]*spoiler\b[^\n]*{re.escape(label or '')}.*",
            self.source,
            re.IGNORECASE | re.MULTILINE,
        )
        return line[0].strip() if line else None


def _log(finding: Finding) -> None:
    where = f" ({finding.source_line_text})" if finding.source_line_text else ""
    log.warning("%s %s%s", finding.what, finding.cure, where)
