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
        "Put a spoiler into each part, or `/// spoiler` and `///` around the whole.",
        quote,
    )


def report_heading(text: str) -> Finding:
    return Finding(
        "A heading contains a spoiler; its address and the table of contents leave it out.",
        "Put the spoiler into the text below the heading.",
        text or None,
    )


def report_inseparable(quote: str) -> Finding:
    return Finding(
        f"The spoiler `{quote}` cannot be separated from the text around it, so all of that is"
        " hidden.",
        "Close every element that begins in the spoiler before the spoiler ends, and use"
        " `/// spoiler` and `///` around tables and drawings.",
        quote,
    )
