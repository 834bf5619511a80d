"""What is wrong with the spoilers of a text, without building a site."""

from markdown import Markdown

from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.findings import Finding

_EXTENSIONS = ("tables", "fenced_code", "attr_list", "md_in_html", "footnotes")


def check_markdown(text: str) -> list[Finding]:
    """`text` is a page's Markdown, without its front matter."""
    findings: list[Finding] = []
    spoilers = SpoilerExtension(report=findings.append)
    Markdown(extensions=[*_EXTENSIONS, spoilers]).convert(text)
    return findings
