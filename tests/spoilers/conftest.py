"""Finished HTML read as a browser reads it."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown import Markdown
from pymdownx.superfences import fence_div_format

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.extension import SpoilerExtension

EXTENSIONS = ("tables", "fenced_code", "attr_list", "md_in_html", "footnotes", "def_list", "toc")
# What Material recommends, and each in which spoilers may stand.
ALL_EXTENSIONS = (
    *EXTENSIONS, "abbr", "admonition", "pymdownx.arithmatex", "pymdownx.blocks.caption",
    "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight", "pymdownx.superfences",
    "pymdownx.tabbed",
)  # fmt: skip
MERMAID = {"name": "mermaid", "class": "mermaid", "format": fence_div_format}
CONFIGS = {
    "pymdownx.superfences": {"custom_fences": [MERMAID]},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.tabbed": {"alternate_style": True},
}
BODY = "bookreview-spoiler__body"


class Page:
    """A converted text, parsed in a page, with a paragraph after it."""

    def __init__(self, html: str, findings: list[Finding], toc: list[dict[str, object]]) -> None:
        self.html = html
        self.findings = findings
        self.toc = toc
        page = f"<!doctype html><title>t</title><main>{html}</main><footer>after</footer>"
        self.root = html5lib.parse(page, namespaceHTMLElements=False)

    @property
    def shown(self) -> str:
        """Every text and attribute value outside the bodies of sealed elements."""
        return " ".join(_read_all(self.root, hidden=False))

    @property
    def hidden(self) -> str:
        return " ".join(
            " ".join(_read_all(body, hidden=True)) for body in self.find(BODY) if body is not None
        )

    @property
    def is_balanced(self) -> bool:
        body = self.root.find("body")
        return body is not None and [child.tag for child in body] == ["main", "footer"]

    def find(self, name: str) -> list[Element]:
        return [element for element in self.root.iter() if name in element.get("class", "").split()]

    @property
    def labels(self) -> list[str]:
        return ["".join(label.itertext()) for label in self.find("bookreview-spoiler__label")]


def _read_all(element: Element, *, hidden: bool) -> Iterator[str]:
    if not isinstance(element.tag, str):
        yield element.text or ""
    elif hidden or BODY not in element.get("class", "").split():
        yield from element.attrib.values()
        yield element.text or ""
        for child in element:
            yield from _read_all(child, hidden=hidden)
            yield child.tail or ""


Render = Callable[..., Page]


@pytest.fixture
def read_page() -> Callable[[str], Page]:
    return lambda html: Page(html, [], [])


@pytest.fixture
def render() -> Render:
    def convert(text: str, extensions: tuple[object, ...] = EXTENSIONS, **options: object) -> Page:
        findings: list[Finding] = []
        spoilers = SpoilerExtension(report=findings.append, **options)
        md = Markdown(extensions=[*extensions, spoilers], extension_configs=CONFIGS)
        html = md.convert(text)
        return Page(html, findings, getattr(md, "toc_tokens", []))

    return convert


@pytest.fixture
def render_all(render: Render) -> Render:
    return lambda text, **options: render(text, ALL_EXTENSIONS, **options)
