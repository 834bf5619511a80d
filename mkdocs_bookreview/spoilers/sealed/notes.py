"""Finds footnotes that only spoilers refer to, as Python-Markdown prints them."""

import re

from selectolax.lexbor import LexborNode

_NOTES = "div.footnote > ol > li[id]"
# The address may begin with the address of a page, because excerpts refer to the page they come
# from.
_REFERENCE = re.compile(r'class="footnote-ref" href="[^"#]*#([^"]+)"')
_SPACE_AT_END = re.compile(r"(?:&(?:#160|nbsp);|\s)+\Z")


def find_hidden_notes(root: LexborNode, source: str) -> list[LexborNode]:
    """Return the footnotes to which no open text refers.

    The spoilers were cut out of `root`, but not out of the HTML `source`. A note without any
    reference is hidden too, because we cannot know to which text it belongs.
    """
    notes = {note.id or "": note for note in root.css(_NOTES)}
    texts = {key: note.html or "" for key, note in notes.items()}
    linked = set(_REFERENCE.findall(source))
    rest = root.html or ""
    for text in texts.values():
        rest = rest.replace(text, "")
    waiting = [rest]
    while waiting:
        text = waiting.pop()
        opened = set(_REFERENCE.findall(text))
        # References that are printed as text count too, because in raw HTML they do not become
        # links.
        opened |= {key for key in texts.keys() - linked if f"[^{key.partition(':')[2]}]" in text}
        waiting += [texts.pop(key) for key in opened & texts.keys()]
    return [notes[key] for key in notes if key in texts]


def drop_back_links(note: LexborNode, ampersand: str) -> None:
    """Drop the links of a note to its references; `ampersand` replaces `&` in the tree."""
    for link in note.css("a.footnote-backref"):
        before = link.prev
        if before is not None and before.is_text_node:
            text = (before.text_content or "").replace(ampersand, "&")
            before.replace_with(_SPACE_AT_END.sub("", text).replace("&", ampersand))
        link.decompose()
