"""Renders the comment sections of pages."""

from collections.abc import Mapping

from markupsafe import escape

from mkdocs_bookreview.comments.section import Panel, Section
from mkdocs_bookreview.rendering.templates import Templates

# This control character marks the place of a page's attributes, because nobody writes it in a text.
# (YAML has it only as an escape.)
_ATTRIBUTES = "\x01"


class CommentRenderer:
    """Renders comment sections.

    Sections with equal panels share one rendered template, because rendering takes ten times as
    long as a replacement.
    """

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._panels: dict[Panel, str] = {}

    def render(self, section: Section) -> str:
        """Return the HTML of a comment section."""
        panel = section.panel
        if panel not in self._panels:
            attributes = _write_attributes(dict(panel.data)) + _ATTRIBUTES
            self._panels[panel] = self._templates.render(
                "comments", comments=panel, attributes=attributes
            )
        return self._panels[panel].replace(_ATTRIBUTES, _write_attributes(section.data))


def _write_attributes(data: Mapping[str, str]) -> str:
    return "".join([f' data-{name}="{escape(value)}"' for name, value in data.items()])
