"""What the author should know about the spoilers of a page."""

from mkdocs_bookreview.model.problem import Finding


def tell_stray_end() -> Finding:
    return Finding(
        "A `</spoiler>` has no `<spoiler>` before it; its paragraph is hidden up to there.",
        "Write `<spoiler>` where the spoiler begins, or take the `</spoiler>` out.",
        "</spoiler>",
    )


def tell_misspelt(name: str) -> Finding:
    return Finding(
        f"`{name}` is not `spoiler`, but what is in it was hidden all the same.",
        "Write `spoiler`.",
        name,
    )


def tell_unclosed(name: str, quote: str) -> Finding:
    return Finding(
        f"The spoiler `{quote}` has no end; all that follows is hidden with it.",
        f"Write `</{name}>` where the spoiler ends.",
        quote,
    )


def tell_unclosed_pipes(quote: str) -> Finding:
    return Finding(
        "A spoiler begins with `||` and has no second `||` in its paragraph;"
        " all that follows is hidden with it.",
        "Write `||text||`, or `/// spoiler` and `///` around several paragraphs.",
        f"||{quote}",
    )


def tell_stray_pipes(quote: str) -> Finding:
    return Finding(
        "A `||` next to a word has no second `||` in its paragraph, so all of it is hidden.",
        "Write `||text||`, or `\\|\\|` where you mean the signs themselves.",
        quote,
    )


def tell_unparsed(mark: str, quote: str) -> Finding:
    """`mark` is `///`, `???` or `!!!`."""
    cure = (
        "Write `/// spoiler | What it gives away`, options indented by four spaces in the next"
        " lines, and `///` at the end"
        if mark.startswith("/")
        else f'Write `{mark} spoiler "What it gives away"`, and indent the rest by four spaces'
    )
    what = f"`{quote}` did not parse as a spoiler; it is hidden with all that may belong to it."
    return Finding(what, f"{cure}; in raw HTML, `<spoiler>` and `</spoiler>`.", quote)


def tell_unparsed_block(quote: str) -> Finding:
    return Finding(
        f"`{quote}` in a spoiler did not parse as a block; the spoiler goes on to its end.",
        "Write the name and the options of a block that you have.",
        quote,
    )


def tell_raw(text: str) -> Finding:
    return Finding(
        f"In raw HTML `{text}` is no spoiler; it was hidden all the same.",
        "Write `<spoiler>text</spoiler>`.",
        text.partition("\n")[0],
    )


def tell_widened(name: str, quote: str) -> Finding:
    return Finding(
        f"The spoiler `{quote}` takes in several parts of a `<{name}>`, so all of it is hidden.",
        "Put a spoiler into each part, or `/// spoiler` and `///` around the whole.",
        quote,
    )


def tell_heading(text: str) -> Finding:
    return Finding(
        "A heading has a spoiler in it; its address and the table of contents leave it out.",
        "Put the spoiler into the text below the heading.",
        text or None,
    )
