"""Defines the options of the pages that a build makes: lists of reviews and of terms."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.switches import NO


def _folder(path: str) -> str:
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if not parts or ".." in parts:
        raise PydanticCustomError("folder", "must be a folder below the docs folder")
    return "/".join(parts) + "/"


Folder = Annotated[str, AfterValidator(_folder)]
Sort = Literal["-date", "date", "title", "author", "-rating"]
Layout = Literal["cards", "list", "table", "covers"]
UNGROUPED = "none"


def _grouped(value: object) -> object:
    """Return `none` for `false`, because authors who want no headings write `false` too."""
    return UNGROUPED if str(value).lower() in NO else value


class ReviewsSettings(Typed):
    path: Folder = Field("reviews/", examples=["reviews/"], description="The folder of the list.")
    per_page: int = Field(
        24, ge=1, le=1000, examples=[24], description="How many reviews a page of a list shows."
    )
    sort: Sort = Field(
        "-date",
        examples=["-date"],
        description="The order of the list: by date (`-date` is newest first), by title, by"
        " author, or best first (`-rating`).",
    )
    layout: Layout = Field(
        "cards",
        examples=["covers"],
        description="The layout of the list of all reviews, and of the lists of themes, authors"
        " and so on.",
    )
    group: (
        Annotated[
            Literal["year", "genre", "author", "none"],
            BeforeValidator(_grouped),
        ]
        | None
    ) = Field(
        None,
        examples=["genre"],
        description="The headings in the list; by default years, if it is sorted by date.",
    )
    list: bool = Field(
        True,
        examples=["false"],
        description="The list appears on its page; with `false` the page shows only what you"
        " write there.",
    )
    feed: bool = Field(
        False,
        examples=["true"],
        description="The list of all reviews has a feed with the newest; it needs `site_url`.",
    )
    in_nav: bool = Field(
        False,
        examples=["true"],
        description="Reviews appear in the navigation, which makes large sites slow to build.",
    )


class PageSettings(Typed):
    """Holds the options of a page that is not a list of terms, such as the page to browse."""

    path: Folder | None = Field(
        None,
        examples=["books/"],
        description="The path of the page; by default its name in these options.",
    )
    title: str | None = Field(None, examples=["Find a book"], description="The title of the page.")


class TaxonomySettings(Typed):
    path: Folder | None = Field(
        None,
        examples=["authors/"],
        description="The folder of the pages; by default the name of the list in these options.",
    )
    title: str | None = Field(
        None, examples=["Writers"], description="The title of the list of all terms."
    )
    sort: Literal["name", "-name", "count"] | None = Field(
        None,
        examples=["name"],
        description="Terms by name, in reverse, or those with most books first.",
    )
    vocabulary: str | None = Field(
        None,
        examples=["authors.yml"],
        description="The file, beside `mkdocs.yml`, that lists terms; for themes it is"
        " `themes.yml`, if there is one.",
    )
    feed: bool = Field(
        False,
        examples=["true"],
        description="Each term has a feed of its newest reviews; it needs `site_url`.",
    )


class ThemesSettings(TaxonomySettings):
    mode: Literal["open", "warn", "strict"] = Field(
        "open",
        examples=["warn"],
        description="Themes that the file does not list have pages (`open`), have pages and are"
        " reported (`warn`), or are reported and have no pages (`strict`).",
    )
