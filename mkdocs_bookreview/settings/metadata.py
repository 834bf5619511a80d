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
        description="The head of each review has JSON-LD, from which search engines read which book"
        " it is about.",
    )
    microformats: bool = Field(
        True,
        examples=["false"],
        description="The card marks author, date, rating and book for other programs.",
    )
    open_graph: Annotated[Literal["article", "book", "none"], BeforeValidator(_typed)] = Field(
        "article",
        examples=["book"],
        description="What a shared link to a review is to other services: an article, or a book;"
        " `false` leaves the properties for links out of all pages.",
    )
    social_cards: bool = Field(
        True,
        examples=["false"],
        description="If Material's social plugin is used, its card of a review shows cover, title,"
        " author and stars, and pages that the plugin makes have no card.",
    )
