"""Finds characters that look like a space or are invisible, but that no parser reads as a space.

A Mac types U+00A0 for Option and the space bar; other such characters come with pasted text.
"""

import re
import unicodedata

# Use this between the brackets of a pattern. It includes format characters and a few letters,
# because they look blank, but `\s` does not match them.
BLANK = (
    r"\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
_UNUSUAL = re.compile(rf"(?![ \t\r\n])[{BLANK}]")


def name_invisible(text: str) -> str | None:
    """Return the first invisible character as `U+00A0 (no-break space)`; None if there is none."""
    match = _UNUSUAL.search(text)
    if not match:
        return None
    name = unicodedata.name(match[0], "control character").lower()
    return f"U+{ord(match[0]):04X} ({name})"
