"""Defines the options of metadata for search engines, link previews and other programs."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.switches import NO, YES

OFF = "none"


def _typed(value: object) -> object:
    """Return `none` for `false`, and `article` for `true` and for an empty value."""
    word = str(value).lower() if isinstance(value, str | bool | None) else ""
    if word in NO:
        return OFF
    return "article" if word in YES or value is None else value


class MetadataSettings(Typed):
    json_ld: bool = Field(
        True,
        examples=["false"],
        description="Each review has JSON-LD, in which search engines find the book that the"
        " review is about.",
    )
    microformats: bool = Field(
        True,
        examples=["false"],
        description="The card marks author, date, rating and book for other programs.",
    )
    open_graph: Annotated[Literal["article", "book", "none"], BeforeValidator(_typed)] = Field(
        "article",
        examples=["book"],
        description="The Open Graph type of a review, for link previews: an article or a book."
        " `false` leaves the Open Graph properties out of all pages.",
    )
    social_cards: bool = Field(
        True,
        examples=["false"],
        description="Changes the cards of Material's social plugin: the card of a review shows"
        " cover, title, author and stars. Pages that `bookreview` makes, such as lists, have"
        " no card.",
    )
