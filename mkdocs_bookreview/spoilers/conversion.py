"""What one Markdown instance knows of the page that it converts."""

import logging
import re
from collections.abc import Callable, Iterable

from mkdocs_bookreview.spoilers.findings import Finding
from mkdocs_bookreview.spoilers.sealing import seal
from mkdocs_bookreview.spoilers.vault import Vault
from mkdocs_bookreview.words.language import Words

log = logging.getLogger("mkdocs_bookreview")

Report = Callable[[Finding], object]


class Conversion:
    def __init__(self, words: Words, vault: Vault | None, report: Report | None) -> None:
        self.words = words
        self.vault = vault
        self.report = report or _log
        self.begin("")

    @property
    def placeholder(self) -> str:
        """What stands for a spoiler where there can be no sealed one."""
        return f"[{self.words('spoiler_word')}]"

    def begin(self, source: str) -> None:
        self.source = source
        self.has_whole_tree = False
        self.unclosed: dict[object, Finding] = {}
        self._findings: dict[Finding, None] = {}

    def tell(self, findings: Iterable[Finding]) -> None:
        """Each once, however often it is found."""
        self._findings.update(dict.fromkeys(findings))

    def seal(self, html: str) -> str:
        """The page itself once the tree is whole; before that, what others take from headings."""
        if not self.has_whole_tree:
            return seal(html, self.words, lambda _: self.placeholder).html
        sealed = seal(html, self.words, self.vault.lock if self.vault else None)
        self.tell([*self.unclosed.values(), *sealed.findings])
        for finding in self._findings:
            self.report(finding)
        self.begin("")
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
