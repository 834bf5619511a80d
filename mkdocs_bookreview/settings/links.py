"""Defines the option `links`: addresses with placeholders, which become links on each review."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.schemas import Typed

# An address may have these names in braces, or the book's id in a catalogue: `{ids.goodreads}`.
NAMES = ("isbn", "isbn10", "title", "author")
IDS = "ids."
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Other words for our names, because `isbn13` is nearer to `isbn10` than to `isbn`.
_MEANT = {"isbn13": "isbn", "isbn_13": "isbn", "isbn_10": "isbn10"}
_CATALOGUES = ("amazon", "asin", "goodreads", "librarything", "openlibrary", "storygraph")
_EXAMPLE = "https://openlibrary.org/isbn/{isbn}"
# The host has no brace, because the facts of a book must not decide which site a link leads to.
_ADDRESS = re.compile(r"https?://[^\s/?#{}]+(?:[/?#].*)?", re.DOTALL)


def _check_address(url: str) -> str:
    example = {"fix": f"Write for example `{_EXAMPLE}`."}
    if not _ADDRESS.fullmatch(url):
        must = "must be an address that starts with https:// and a host without braces"
        raise PydanticCustomError("template", must, example)
    # Placeholders are removed first, because `_check_names` checks the names in them.
    if re.search(r"\s", PLACEHOLDER.sub("", url)):
        must = "must be an address without spaces"
        raise PydanticCustomError("template", must, {"fix": "Write `%20` for a space."})
    if re.search(r"[{}]", PLACEHOLDER.sub("", url)):
        raise PydanticCustomError("template", "must have braces only around a name", example)
    return url


def _check_names(url: str) -> str:
    for name in PLACEHOLDER.findall(url):
        if not _is_known(name):
            context = {"shown": f"{{{name}}}", "fix": _suggest(name)}
            raise PydanticCustomError("template", "must not have `{shown}`", context)
    return url


def _is_known(name: str) -> bool:
    return name in NAMES or bool(re.fullmatch(rf"{re.escape(IDS)}\S(?:.*\S)?", name))


def _suggest(name: str) -> str:
    """Return the fix for an unknown name in braces: `goodreads` means `ids.goodreads`."""
    word = name.rpartition(".")[2].strip().lower()
    ident = f"{IDS}{word}" if word in _CATALOGUES else None
    if meant := _MEANT.get(word) or ident or find_near(name, NAMES):
        return f"Did you mean `{{{meant}}}`?"
    listed = ", ".join(f"`{{{one}}}`" for one in NAMES)
    return f"Valid names: {listed}, and `{{{IDS}goodreads}}` for any key of `ids`."


def _named(value: object) -> object:
    """Return a mapping for a bare address or another single value, and anything else as it is."""
    if isinstance(value, bool | int | float):
        return {"url": str(value).lower()}
    return {"url": value} if isinstance(value, str) else value


class LinkSettings(Typed):
    """Defines a link on each review whose book has all facts that `url` names in braces."""

    synonyms = dict.fromkeys(("address", "href", "link", "template"), "url")

    url: Annotated[str, AfterValidator(_check_address), AfterValidator(_check_names)] = Field(
        examples=[f'"{_EXAMPLE}"'],
        description="The address of the link. Facts of the book replace names in braces, such as"
        " `{isbn}`.",
    )
    affiliate: bool = Field(
        False,
        examples=["true"],
        description="You can earn money with this link, so it is marked as an ad.",
    )

    @property
    def idents(self) -> list[str]:
        """Return the keys of `ids` that the address names."""
        names = PLACEHOLDER.findall(self.url)
        return [name.removeprefix(IDS) for name in names if name.startswith(IDS)]


Links = Mapping[str, Annotated[LinkSettings, BeforeValidator(_named)]]
