"""Boxes without a body: its text was not indented, so it follows them openly."""

import re

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.findings import tell
from mkdocs_bookreview.spoilers.marks import UNCLOSED

_LABEL = r"((?:[^<\n]|<(?!/?(?:summary|p)\b))*+)"
EMPTY = re.compile(
    r"<details\b[^<>]*\bclass=\"(?:[^\"<>]* )?spoiler[ \"][^<>]*>\s*"
    rf"(?:<summary>{_LABEL}</summary>\s*)?</details>"
    r"|<div\b[^<>]*\bclass=\"(?=[^\"]*\badmonition\b)(?:[^\"<>]* )?spoiler[ \"][^<>]*>\s*"
    rf"(?:<p class=\"admonition-title\">{_LABEL}</p>\s*)?</div>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")


def hide_after_empty(html: str, found: list[Finding]) -> str:
    """Let each empty spoiler take in all that follows it in its container."""

    def hide(match: re.Match[str]) -> str:
        label = _TAG.sub("", match[1] or match[2] or "")
        found.append(tell("empty", f"spoiler {label}".strip()))
        return f"<{UNCLOSED}>{match[0]}"

    return EMPTY.sub(hide, html)
