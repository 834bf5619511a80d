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
    "`@` is not `spoiler`. The text that it marks is hidden anyway.",
    "Write `spoiler` instead.",
)
ATTRIBUTE = Failure(
    "`@` is not a valid spoiler. All text that may belong to it is hidden.",
    'Write `class="spoiler"`, with straight quotes, in a tag with `<` and `>`.',
)
LINE = Failure(
    "`@` is not a valid spoiler. This line is hidden, and so is all text that may belong to it.",
    f'Write {_BLOCK}, or `??? spoiler "What it gives away"` before text indented by four spaces.'
    " Indent options by four spaces. In raw HTML, write `<spoiler>` and `</spoiler>`.",
)
IN_LINE = Failure(
    "`@` does not work within a line. Its text is hidden anyway.",
    "Within a line, write `||text||`. For a block, write `/// spoiler | What it gives away` on a"
    " line of its own before the text, and `///` on a line of its own after it.",
)
INNER = Failure(
    "`@` in a spoiler is not a valid block, so the spoiler is extended to the end of that block.",
    "Use the name of a block that your Markdown extensions define, with options that it accepts.",
)
STRAY_SLASHES = Failure(
    "A line `@` does not close any block, and the text before it is not hidden.",
    f"Write {_BLOCK}, or delete the line.",
)
TAG = Failure("`@` is not a valid tag. All text that may belong to it is hidden.", _USE_TAGS)
STRAY_END = Failure(
    "`@` has no `<spoiler>` before it. Its paragraph is hidden up to `@`.", _USE_TAGS
)
CUT_SHORT = Failure("The tag `@` has no `>` at its end.", "Write `@>`.")
UNCLOSED_ELEMENT = Failure(
    "A spoiler in `@>` is never closed, so everything after it is hidden.",
    "Write the closing tag of the spoiler where the spoiler ends.",
)
BRACES = Failure(
    "`@` does not mark a spoiler here, so its paragraph is hidden.",
    f"Write `[text]{{.spoiler}}`, with nothing between `]` and `{{`, or {_BLOCK}.",
)
APART = Failure(
    "`@` does not work, because its `[` is in another block. Everything from that block to this"
    " one is hidden.",
    _USE_BLOCK,
)
OPEN_BRACES = Failure(
    "`@` hides nothing, because there is no text in brackets before it.",
    "Write `[text]{.spoiler}`. If you do not mean a spoiler, put a backslash before the brace.",
)
RAW = Failure(
    "`@` does not work here, for example because it is in raw HTML. Its text is hidden anyway.",
    _USE_TAGS,
)
UNCLOSED_BARS = Failure(
    "A `||` has no second `||` in its paragraph, so everything after it is hidden.",
    f"{_BARS} For several paragraphs, write {_BLOCK}.",
)
STRAY_BARS = Failure(
    "A `||` next to a word has no second `||` in its paragraph, so the paragraph is hidden.", _BARS
)
SPACED_BARS = Failure("`@` hides nothing, because there are spaces next to the `||`.", _BARS)
FOREIGN = Failure(
    "`@` is spoiler markup of another system. The text that it marks is hidden.",
    f"Write `||text||`, or {_BLOCK}. In tables and raw HTML, write `<spoiler>text</spoiler>`."
    " Put a backslash before the first sign if you mean the signs themselves.",
)
CALLOUT = Failure(
    "The quote of the kind `@` is not a valid spoiler, so all of it is hidden.",
    f"Write {_BLOCK}, or turn on the callouts of `pymdownx.quotes`.",
)
TITLE = Failure(
    "`@` is only a title. The text below it is not hidden, and appears in search and feeds.",
    _USE_BLOCK,
)
INNOCENT_WORD = Failure("`@` is not a spoiler, and nothing is hidden.", _USE_BLOCK)
EMPTY_BOX = Failure(
    "The `@` has nothing in it, so everything after it is hidden.",
    "Indent the hidden text by four spaces, or write it before the closing `///`.",
)
IN_ATTRIBUTE = Failure(
    "`@` is not a spoiler in the description of a picture, or in the title of a link or an"
    " abbreviation. Only plain text is possible there, so the spoiler is left out.",
    "Write the spoiler in the text, after the picture, the link or the abbreviation.",
)
DEFINITION = Failure(
    "`@` defines a link or an abbreviation and may contain a spoiler, so all of it is hidden.",
    "Write the spoiler in the text. If you do not mean a definition, delete the `:` after the"
    " bracket.",
)
REPLACED = Failure(
    "The footnote `@` is left out, because another footnote has the same name.",
    "Give each footnote a name of its own.",
)
