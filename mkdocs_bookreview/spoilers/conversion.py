"""What one Markdown instance knows of the page that it converts."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.blocks import join_blocks, split_blocks
from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.caught.text import unguard
from mkdocs_bookreview.spoilers.plain import seal_plain
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.spoilers.sealing import seal
from mkdocs_bookreview.words.language import Words

log = logging.getLogger("mkdocs_bookreview")


Report = Callable[[Finding], object]


class Conversion:
    def __init__(self, words: Words, vault: Vault | None, report: Report | None) -> None:
        self.words = words
        # What stands for a spoiler where there can be no sealed one.
        self.placeholder = f"[{words('spoiler_word')}]"
        self.vault = vault
        self.report = report or _log
        self.begin("")

    def begin(self, source: str) -> None:
        self.source = source
        self.has_whole_tree = False
        self.has_raw = False
        self.reaches = False  # whether spoilers may begin or end elsewhere than with an element
        self._numbers = count(1)
        self.unclosed: dict[object, Callable[[], Finding]] = {}
        self._findings: dict[Finding, None] = {}

    def tell(self, findings: Iterable[Finding]) -> None:
        """Each once, however often it is found."""
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
        """The page itself once the tree is whole; before that, what others take from headings."""
        caught, found = catch(html, self.placeholder)
        if not self.has_whole_tree:
            return unguard(seal(caught, self.words, lambda _: self.placeholder).html)
        self.tell(found)
        # What was caught may go on from one block to others.
        parts = split_blocks(html) if caught is html else [join_blocks(caught)]
        parts[1::2] = map(self._seal_block, parts[1::2])
        html = "".join(parts) if parts[1:] else self._seal(parts[0])
        if self.unclosed:
            self.tell([tell() for tell in self.unclosed.values()])
        for finding in self._findings:
            self.report(finding)
        return unguard(html)

    def _seal_block(self, html: str) -> str:
        lock = self.vault.lock if self.vault else str
        if not self.has_raw and (plain := seal_plain(html, self.words, lock, self._numbers)):
            return plain
        return self._seal(html)

    def _seal(self, html: str) -> str:
        sealed = seal(html, self.words, self.vault.lock if self.vault else None, self._numbers)
        self.tell(sealed.findings)
        return sealed.html

    def find_line(self, fence: str, label: str | None) -> str | None:
        """The source line that opens a block."""
        line = re.search(
            rf"^[^\w\n/]*{fence}[ \t]*spoiler\b[^\n]*{re.escape(label or '')}.*",
            self.source,
            re.IGNORECASE | re.MULTILINE,
        )
        return line[0].strip() if line else None


def _log(finding: Finding) -> None:
    where = f" ({finding.source_line_text})" if finding.source_line_text else ""
    log.warning("%s %s%s", finding.what, finding.cure, where)
