"""What the author should know about the spoilers of a page."""

from mkdocs_bookreview.model.problem import Finding


def tell_unclosed(name: str, quote: str) -> Finding:
    return Finding(
        f"The spoiler `{quote}` has no end; all that follows is hidden with it.",
        f"Write `</{name}>` where the spoiler ends.",
        quote,
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
