"""Find what is wrong with the files that a comment service loads into pages."""

from collections.abc import Iterator

from mkdocs_bookreview.comments.provider import Ask


def find_file_faults(ask: Ask, address: str, cure: str) -> Iterator[str]:
    """Yield a sentence and its `cure` if a server does not have the file at an address."""
    try:
        answer = ask(address)
    except OSError as error:
        yield f"{error} {cure}"
        return
    if answer.is_error:
        yield f"{address} answers {answer.status}. {cure}"
