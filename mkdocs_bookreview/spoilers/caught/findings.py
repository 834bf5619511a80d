"""What the author should know about failed spoilers."""

from mkdocs_bookreview.model.problem import Finding

_BARS = r"Write `||text||`, or `\|\|` where you mean the signs themselves."
_BLOCK = "`/// spoiler | What it gives away` before the text and `///` after it"
BLOCK_FIX = f"Write {_BLOCK}."
_TAGS = "Write `<spoiler>text</spoiler>`."

# What is wrong, with `@` where the quote is, and how to fix it.
_TEXTS = {
    "misspelt": ("`@` is not `spoiler`, but what is in it is hidden.", _TAGS),
    "class": (
        "The class `@` is not `spoiler`, but what has it is hidden.",
        'Write `class="spoiler"`.',
    ),
    "attribute": (
        "`@` is not a spoiler, but what may belong to it is hidden.",
        'Write `class="spoiler"`, with straight quotes, in a tag that has its `<` and `>`.',
    ),
    "slashes": (
        "`@` did not parse as a spoiler; it is hidden with all that may belong to it.",
        f"Write {_BLOCK}, with options indented by four spaces. In raw HTML, write `<spoiler>`.",
    ),
    "marks": (
        "`@` did not parse as a spoiler; it is hidden with all that may belong to it.",
        'Write `??? spoiler "What it gives away"`, and indent the text by four spaces.'
        " In raw HTML, write `<spoiler>` and `</spoiler>`.",
    ),
    "inner": (
        "`@` in a spoiler did not parse as a block; the spoiler goes on to its end.",
        "Write the name and the options of a block that you have.",
    ),
    "stray slashes": (
        "A line `@` ends no block, and what is before it is shown.",
        f"Write {_BLOCK}, or delete the line.",
    ),
    "stray end": ("`@` has no `<spoiler>` before it; its paragraph is hidden up to there.", _TAGS),
    "tag": ("`@` did not parse as a tag; what may belong to it is hidden.", _TAGS),
    "end": ("`@` has no `>`, but ends its element.", "Write `@>`."),
    "unclosed": (
        "A spoiler in `@>` has no end; all that follows is hidden.",
        "Write its closing tag where it ends.",
    ),
    "braces": (
        "`@` did not parse as an attribute of a spoiler, so its paragraph is hidden.",
        f"Write `[text]{{.spoiler}}`, with nothing between the brackets, or {_BLOCK}.",
    ),
    "apart": (
        "`@` did not parse, because its bracket begins in another block; both are hidden with all"
        " between them.",
        f"Write {_BLOCK}.",
    ),
    "open braces": (
        "`@` hides nothing, because no text in brackets is before it.",
        "Write `[text]{.spoiler}`, or a backslash before the brace.",
    ),
    "raw": ("`@` did not parse, as in raw HTML; it is hidden.", _TAGS),
    "unclosed bars": (
        "A `||` has no second `||` in its paragraph; all that follows is hidden.",
        f"{_BARS} For several paragraphs, write {_BLOCK}.",
    ),
    "stray bars": (
        "A `||` next to a word has no second `||` in its paragraph, which is hidden.",
        _BARS,
    ),
    "spaced bars": ("`@` hides nothing, because there are spaces next to the `||`.", _BARS),
    "foreign": ("`@` is spoiler markup of another system; what it marks is hidden.", BLOCK_FIX),
    "foreign in line": (
        "`@` is spoiler markup of another system; what it marks is hidden.",
        f"Write `||text||`, or {_BLOCK}.",
    ),
    "callout": (
        "The quote of the kind `@` did not parse as a spoiler, so all of it is hidden.",
        f"Write {_BLOCK}, or turn on the callouts of `pymdownx.quotes`.",
    ),
    "title": (
        "`@` is only a title: the text below it is open to search and feeds.",
        BLOCK_FIX,
    ),
    "innocent": ("`@` is not a spoiler, and nothing is hidden.", BLOCK_FIX),
    "empty": (
        "The `@` has nothing in it; all that follows is hidden.",
        "Indent what it hides by four spaces, or write it before the closing `///`.",
    ),
    "value": (
        "`@` is no spoiler in the description of a picture or the title of a link, where only plain"
        " text can be; it is left out.",
        "Write it behind the picture or the link, outside of these brackets.",
    ),
}


def tell(kind: str, quote: str) -> Finding:
    what, fix = (text.replace("@", quote) for text in _TEXTS[kind])
    return Finding(what, fix, quote.partition("\n")[0])
