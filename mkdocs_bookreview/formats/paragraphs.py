"""Makes HTML of texts with line breaks, as WordPress does when it shows a comment."""

import re
from itertools import zip_longest

_BLOCKS = (
    "address|article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header"
    "|hr|li|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_TAG = re.compile(rf"(</?(?:{_BLOCKS})(?![\w-])[^<>]*>)", re.IGNORECASE)
_NAME = re.compile(r"<(/?)(\w+)")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
# A line that already ends with `<br>` gets no second `<br>`. A match never begins after a blank,
# because otherwise the time would grow with the square of the number of blanks in a row.
_LINE_END = re.compile(r"(?:<br\s*/?>|(?<![ \t]))[ \t]*\n", re.IGNORECASE)
# These elements get no paragraphs, because a paragraph would be invalid there, or would change how
# the element looks.
_NO_PARAGRAPHS = {"dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "summary", "td", "th"}


def make_paragraphs(text: str) -> str:
    r"""Return HTML with a paragraph for each block of lines, and a `<br>` between its lines.

    Block elements in the text stay: `a\nb\n\n<ul><li>c</li></ul>` becomes
    `<p>a<br>\nb</p><ul><li>c</li></ul>`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<" not in text:
        return _make_text(text, "")
    parts = _TAG.split(text)
    made: list[str] = []
    inside = ""
    for written, tag in zip_longest(parts[::2], parts[1::2], fillvalue=""):
        made += [_make_text(written, inside), tag]
        inside = _read_tag(tag, inside)
    return "".join(made)


def _read_tag(tag: str, inside: str) -> str:
    """Return the name of the block that the text after `tag` is in; "" if `tag` closes a block.

    `inside` is the block before `tag`. Within `<pre>`, all tags except `</pre>` are only text.
    """
    match = _NAME.match(tag)
    if not match:
        return inside
    name, closes = match[2].lower(), bool(match[1])
    if inside == "pre" and not (closes and name == "pre"):
        return inside
    return "" if closes else name


def _make_text(text: str, inside: str) -> str:
    if inside == "pre":
        return text
    if not text.strip():
        return ""
    if inside in _NO_PARAGRAPHS:
        return _break_lines(text)
    if "\n" not in text:
        return f"<p>{text.strip()}</p>"
    blocks = (block.strip() for block in _BLANK_LINES.split(text))
    return "\n".join(f"<p>{_break_lines(block)}</p>" for block in blocks if block)


def _break_lines(text: str) -> str:
    return _LINE_END.sub("<br>\n", text)
