"""Describes to authors what to fix so that the build hides no more than they marked."""

from mkdocs_bookreview.model.problem import Finding


def report_unclosed(name: str, quote: str) -> Finding:
    return Finding(
        f"The spoiler `{quote}` is never closed, so everything after it is hidden too.",
        f"Write `</{name}>` where the spoiler ends.",
        quote,
    )


def report_widened(name: str, quote: str) -> Finding:
    return Finding(
        f"The spoiler `{quote}` covers several parts of a `<{name}>`, so the whole `<{name}>` is"
        " hidden.",
        "Write a separate spoiler in each part, or write `/// spoiler` before the whole and `///`"
        " after it.",
        quote,
    )


def report_heading(text: str) -> Finding:
    return Finding(
        "A heading contains a spoiler. The spoiler is left out of the address of the heading and"
        " of the table of contents.",
        "Put the spoiler into the text below the heading.",
        text or None,
    )


def report_inseparable(quote: str) -> Finding:
    return Finding(
        f"The spoiler `{quote}` cannot be separated from the text around it, so all of that is"
        " hidden.",
        "Close every element that begins in the spoiler before the spoiler ends, and write `///"
        " spoiler` before a table or a drawing and `///` after it.",
        quote,
    )
