"""What the author should know about failed spoilers."""

from mkdocs_bookreview.model.problem import Finding

_BARS = "Write `||text||`, or `\\|\\|` where you mean the signs themselves."
_BLOCK = "`/// spoiler | What it gives away` before the text and `///` after it"


def tell_misspelt(name: str) -> Finding:
    what = f"`{name}` is not `spoiler`, but what is in it is hidden."
    return Finding(what, f"Write `<spoiler>text</spoiler>`, or {_BLOCK}.", name)


def tell_class(name: str) -> Finding:
    what = f"The class `{name}` is not `spoiler`, but what has it is hidden."
    return Finding(what, 'Write `class="spoiler"`.', name)


def tell_attribute(tag: str) -> Finding:
    what = f"`{tag}` is not a spoiler, but what is in it is hidden."
    return Finding(what, 'Write `class="spoiler"` with straight quotes.', tag)


def tell_fence(quote: str) -> Finding:
    """`quote` is a printed line that begins with `///`, `???`, `!!!` or the like."""
    if quote.lstrip().startswith("/"):
        fix = f"Write {_BLOCK}; options follow in lines indented by four spaces"
    else:
        fix = 'Write `??? spoiler "What it gives away"`, and indent the text by four spaces'
    what = f"`{quote}` did not parse as a spoiler; it is hidden with all that may belong to it."
    return Finding(what, f"{fix}. In raw HTML, write `<spoiler>` and `</spoiler>`.", quote)


def tell_inner_fence(quote: str) -> Finding:
    what = f"`{quote}` in a spoiler did not parse as a block; the spoiler goes on to its end."
    return Finding(what, "Write the name and the options of a block that you have.", quote)


def tell_stray_fence() -> Finding:
    what = "A line `///` ends no block, and what is before it is shown."
    return Finding(what, f"Write {_BLOCK}, or delete the line.", "///")


def tell_stray_end(quote: str) -> Finding:
    what = f"`{quote}` has no `<spoiler>` before it; its paragraph is hidden up to there."
    return Finding(what, "Write `<spoiler>text</spoiler>`, or delete the tag.", quote)


def tell_tag(quote: str) -> Finding:
    what = f"`{quote}` did not parse as a tag; what follows is hidden."
    return Finding(what, "Write `<spoiler>text</spoiler>`.", quote)


def tell_braces(quote: str, *, is_apart: bool) -> Finding:
    here = "so its paragraph is hidden"
    apart = "because its bracket begins in another block; all between them is hidden"
    return Finding(
        f"`{quote}` did not parse as an attribute of a spoiler, {apart if is_apart else here}.",
        f"Write `[text]{{.spoiler}}`, with nothing between the brackets, or {_BLOCK}.",
        quote,
    )


def tell_open_braces(quote: str) -> Finding:
    what = f"`{quote}` hides nothing, because no text in brackets is before it."
    return Finding(what, "Write `[text]{.spoiler}`, or a backslash before the brace.", quote)


def tell_raw(quote: str) -> Finding:
    what = f"`{quote}` did not parse, as in raw HTML; it is hidden."
    return Finding(what, "Write `<spoiler>text</spoiler>`.", quote.partition("\n")[0])


def tell_unclosed_bars(quote: str) -> Finding:
    what = "A `||` has no second `||` in its paragraph; all that follows is hidden."
    return Finding(what, f"{_BARS} For several paragraphs, write {_BLOCK}.", quote)


def tell_stray_bars(quote: str) -> Finding:
    what = "A `||` next to a word has no second `||` in its paragraph, which is hidden."
    return Finding(what, _BARS, quote)


def tell_spaced_bars(quote: str) -> Finding:
    what = f"`{quote}` hides nothing, because there are spaces next to the `||`."
    return Finding(what, _BARS, quote)


def tell_foreign(quote: str, fix: str) -> Finding:
    what = f"`{quote}` is spoiler markup of another system; what it marks is hidden."
    return Finding(what, fix, quote)


def tell_title(quote: str) -> Finding:
    what = f"`{quote}` is only a title: the text below it is open to search and feeds."
    return Finding(what, f'Write {_BLOCK}, or `??? spoiler "{quote}"`.', quote)


def tell_innocent(quote: str) -> Finding:
    return Finding(f"`{quote}` is not a spoiler, and nothing is hidden.", f"Write {_BLOCK}.", quote)


def tell_empty(quote: str) -> Finding:
    what = f"The spoiler `{quote}` has nothing in it; all that follows is hidden."
    fix = "Indent what it hides by four spaces, or write it before the closing `///`."
    return Finding(what, fix, quote)


def tell_value(quote: str) -> Finding:
    return Finding(
        f"`{quote}` is no spoiler in the description of a picture or the title of a link, where"
        " only plain text can be; it is left out.",
        "Write it behind the picture or the link, outside of these brackets.",
        quote,
    )


def tell_callout(quote: str) -> Finding:
    what = f"The quote of the kind `{quote}` did not parse as a spoiler, so all of it is hidden."
    return Finding(what, f"Write {_BLOCK}, or turn on the callouts of `pymdownx.quotes`.", quote)


def tell_unclosed_element(name: str) -> Finding:
    what = f"A spoiler in a `<{name}>` has no end; all that follows is hidden with it."
    return Finding(what, f"Write `</{name}>` where the spoiler ends.", f"<{name}")


def tell_closing(quote: str) -> Finding:
    return Finding(f"`{quote}` has no `>`, but ends its element.", f"Write `{quote}>`.", quote)
