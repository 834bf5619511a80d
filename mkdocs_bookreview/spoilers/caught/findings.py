"""Describes to authors what went wrong with their spoilers."""

from typing import NamedTuple

from mkdocs_bookreview.model.problem import Finding


class Failure(NamedTuple):
    """Describes `what` is wrong with a spoiler and how to `fix` it; a quote replaces each `@`."""

    what: str
    fix: str

    def report(self, quote: str) -> Finding:
        what, fix = (text.replace("@", quote) for text in self)
        return Finding(what, fix, quote.partition("\n")[0])


_BARS = r"Write `||text||`, or `\|\|` where you mean the signs themselves."
_BLOCK = "`/// spoiler | What it gives away` before the text and `///` after it"
_USE_BLOCK = f"Write {_BLOCK}."
_USE_TAGS = "Write `<spoiler>text</spoiler>`."

MISSPELT = Failure(
    "`@` is not `spoiler`, but the text that it marks is hidden.", "Write `spoiler`."
)
ATTRIBUTE = Failure(
    "`@` is not a spoiler, but all that may belong to it is hidden.",
    'Write `class="spoiler"`, with straight quotes, in a tag that has its `<` and `>`.',
)
LINE = Failure(
    "`@` is not a valid spoiler; it is hidden with all that may belong to it.",
    f'Write {_BLOCK}, or `??? spoiler "What it gives away"` before text indented by four spaces.'
    " Indent options by four spaces. In raw HTML, write `<spoiler>` and `</spoiler>`.",
)
INNER = Failure(
    "`@` in a spoiler is not a valid block, so the spoiler is extended to the end of that block.",
    "Use the name of a block that your Markdown extensions define, with options that it accepts.",
)
STRAY_SLASHES = Failure(
    "A line `@` does not end a block, and the text before it is shown.",
    f"Write {_BLOCK}, or delete the line.",
)
TAG = Failure("`@` is not a valid tag; what may belong to it is hidden.", _USE_TAGS)
STRAY_END = Failure(
    "`@` has no `<spoiler>` before it; its paragraph is hidden up to there.", _USE_TAGS
)
CUT_SHORT = Failure("`@` has no `>`, but ends its element.", "Write `@>`.")
UNCLOSED_ELEMENT = Failure(
    "A spoiler in `@>` is never closed; everything after it is hidden.",
    "Write its closing tag where it ends.",
)
BRACES = Failure(
    "`@` does not mark a spoiler here, so its paragraph is hidden.",
    f"Write `[text]{{.spoiler}}`, with nothing between the brackets, or {_BLOCK}.",
)
APART = Failure(
    "`@` does not work, because its bracket begins in another block. Everything from that block to"
    " this one is hidden.",
    _USE_BLOCK,
)
OPEN_BRACES = Failure(
    "`@` hides nothing, because no text in brackets is before it.",
    "Write `[text]{.spoiler}`, or a backslash before the brace.",
)
RAW = Failure(
    "`@` does not work here, for example because it is in raw HTML; it is hidden.", _USE_TAGS
)
UNCLOSED_BARS = Failure(
    "A `||` has no second `||` in its paragraph; all that follows is hidden.",
    f"{_BARS} For several paragraphs, write {_BLOCK}.",
)
STRAY_BARS = Failure(
    "A `||` next to a word has no second `||` in its paragraph, which is hidden.", _BARS
)
SPACED_BARS = Failure("`@` hides nothing, because there are spaces next to the `||`.", _BARS)
FOREIGN = Failure(
    "`@` is spoiler markup of another system; the text that it marks is hidden.",
    f"Write `||text||`, or {_BLOCK}. In tables and raw HTML, write `<spoiler>text</spoiler>`."
    " Put a backslash before the first sign if you mean the signs themselves.",
)
CALLOUT = Failure(
    "The quote of the kind `@` is not a valid spoiler, so all of it is hidden.",
    f"Write {_BLOCK}, or turn on the callouts of `pymdownx.quotes`.",
)
TITLE = Failure("`@` is only a title: the text below it is open to search and feeds.", _USE_BLOCK)
INNOCENT_WORD = Failure("`@` is not a spoiler, and nothing is hidden.", _USE_BLOCK)
EMPTY_BOX = Failure(
    "The `@` has nothing in it; all that follows is hidden.",
    "Indent the hidden text by four spaces, or write it before the closing `///`.",
)
IN_ATTRIBUTE = Failure(
    "`@` is not a spoiler in the description of a picture, or in the title of a link or an"
    " abbreviation, where only plain text can be; it is left out.",
    "Write it in the text, after the picture, the link or the abbreviation.",
)
DEFINITION = Failure(
    "`@` defines a link or an abbreviation and may contain a spoiler; all of it is hidden.",
    "Write the spoiler in the text. If you do not mean a definition, delete the `:` after the"
    " bracket.",
)
REPLACED = Failure(
    "The footnote `@` is left out, because another one has the same name.",
    "Give each footnote a name of its own.",
)
