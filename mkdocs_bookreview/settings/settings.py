"""Defines the options of the plugin; the description of each field says what it means."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.model.names import slug
from mkdocs_bookreview.settings.card import CardSettings
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.links import Links
from mkdocs_bookreview.settings.metadata import MetadataSettings
from mkdocs_bookreview.settings.open_text import MOST_IN_NAME, check_plain
from mkdocs_bookreview.settings.pages import (
    PageSettings,
    ReviewsSettings,
    TaxonomySettings,
    ThemesSettings,
)
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.settings.schemas import Typed, refuse_switch
from mkdocs_bookreview.settings.switches import NO, YES

THEMES = "themes"
_LISTED = "themes.yml"
USUAL = ("authors", "series", "genres", "years", "shelves")
OWN_KEYS = (THEMES, "browse", "stats")
FURTHER = ("publishers", "languages", "formats", "ratings")


Sentence = Annotated[str, BeforeValidator(refuse_switch), AfterValidator(check_plain)]


def _switched(value: object) -> object:
    """Return None for `false`, and an empty mapping of options for `true` or an empty value."""
    word = str(value).lower() if isinstance(value, str | bool | None) else ""
    if word in NO:
        return None
    return {} if word in YES | {"none"} else value


def _named(value: object) -> object:
    """Return a mapping with text as keys, because YAML reads `no`, for Norwegian, as false."""
    if not isinstance(value, Mapping):
        return value
    return {"no" if key is False else str(key): one for key, one in value.items()}


class SpoilersSettings(Typed):
    seal: Literal["text", "encode"] = Field(
        "text",
        examples=["encode"],
        description="How pages store the text of spoilers: as text, or encoded until a reader"
        " opens it.",
    )
    audit: bool = Field(
        True,
        examples=["false"],
        description="The build searches the finished site for spoilers that are not hidden, and"
        " reports each one as a warning.",
    )
    bar: bool = Field(
        True,
        examples=["false"],
        description="A bar above the text asks how far readers have read. It also has a button"
        " that shows all spoilers.",
    )

    @property
    def is_encoded(self) -> bool:
        return self.seal == "encode"


class ExportsSettings(Typed):
    library: bool = Field(
        True,
        examples=["false"],
        description="All reviews are written into `library.json`, for programs to read.",
    )


def _exported(value: object) -> object:
    """Return options without any export for `false`, and the given options otherwise."""
    found = _switched(value)
    return {"library": False} if found is None else found


def _provided(value: object) -> object:
    """Return the value; for `false`, raise an error that says how to have no comments."""
    if str(value).lower() in NO:
        fix = "To have no comments, leave `comments` out."
        raise PydanticCustomError("off", "must be a mapping of keys to values", {"fix": fix})
    return value


class Settings(Typed):
    sign_off: Sentence | None = Field(
        None, examples=['"Read slowly."'], description="A sentence that appears under each review."
    )
    reviewer: Annotated[Sentence, StringConstraints(max_length=MOST_IN_NAME)] | None = Field(
        None,
        examples=["Ann"],
        description="The reviewer of all reviews that do not name a reviewer.",
    )
    disclosure: Sentence | None = Field(
        None,
        examples=['"I earn from qualifying purchases."'],
        description="Appears above affiliate links instead of the default sentence.",
    )
    links: Links = Field(
        default_factory=dict,
        examples=['{Open Library: "https://openlibrary.org/isbn/{isbn}"}'],
        description="Links on each review, such as one to a library. Facts of the book replace"
        " names in braces.",
    )
    words: Annotated[Mapping[str, Any], BeforeValidator(_named)] = Field(
        default_factory=dict,
        examples=["{themes: Motifs}"],
        description="Texts that replace those of the interface.",
    )
    rating: RatingSettings = Field(
        RatingSettings(),
        examples=["{scale: 5}"],
        description="The scale of ratings, and how they are shown.",
    )
    card: CardSettings = Field(
        CardSettings(),
        examples=["{facts: [verdict, rating, byline, dates]}"],
        description="What the card under a title shows.",
    )
    reviews: ReviewsSettings = Field(
        ReviewsSettings(), examples=["{per_page: 24}"], description="The list of all reviews."
    )
    browse: Annotated[PageSettings | None, BeforeValidator(_switched)] = Field(
        PageSettings(),
        examples=["{path: find/, title: Find a book}"],
        description="The page on which readers choose among all reviews.",
    )
    themes: ThemesSettings = Field(
        ThemesSettings(), examples=["{path: themes/}"], description="The pages of the themes."
    )
    taxonomies: Mapping[str, Annotated[TaxonomySettings | None, BeforeValidator(_switched)]] = (
        Field(
            default_factory=dict,
            examples=["{publishers: true}"],
            description="Lists that have pages besides themes: authors, series, genres, years,"
            " shelves (unless switched off), publishers, languages, formats, ratings, or any key of"
            " front matter.",
        )
    )
    stats: Annotated[PageSettings | None, BeforeValidator(_switched)] = Field(
        PageSettings(),
        examples=["{path: stats/, title: My reading years}"],
        description="Reading statistics, on a page of their own and on the pages of years.",
    )
    spoilers: SpoilersSettings = Field(
        SpoilersSettings(),
        examples=["{bar: false}"],
        description="What is done to keep spoilers hidden.",
    )
    metadata: MetadataSettings = Field(
        MetadataSettings(),
        examples=["{open_graph: book}"],
        description="Metadata of pages for search engines and link previews.",
    )
    exports: Annotated[ExportsSettings, BeforeValidator(_exported)] = Field(
        ExportsSettings(), description="The files that are written for other programs."
    )
    comments: Annotated[CommentsSettings | None, BeforeValidator(_provided)] = Field(
        None,
        examples=["{provider: isso, url: https://comments.example.org}"],
        description="The comment section; there is none without a provider.",
    )

    @property
    def grouped_by(self) -> Mapping[str, TaxonomySettings]:
        """Return all taxonomies that have pages, by name, in the order of menus."""
        usual = dict.fromkeys(USUAL, TaxonomySettings())
        themes = self.themes.model_copy(update={"vocabulary": self.themes.vocabulary or _LISTED})
        # Themes are set twice: first for their place in menus, and again at the end because
        # `taxonomies` may have the key `themes`, which is invalid and must not replace them.
        found = {THEMES: themes, **usual, **self.taxonomies} | {THEMES: themes}
        return {
            name: one.model_copy(update={"path": one.path or f"{slug(name)}/"})
            for name, one in found.items()
            if one
        }

    @property
    def has_feeds(self) -> bool:
        return self.reviews.feed or any(group.feed for group in self.grouped_by.values())

    @property
    def pages(self) -> Mapping[str, PageSettings]:
        """Return the pages that are not lists of terms, by name."""
        found = {"browse": self.browse, "stats": self.stats}
        return {
            name: one.model_copy(update={"path": one.path or f"{name}/"})
            for name, one in found.items()
            if one
        }

    @property
    def own_keys(self) -> frozenset[str]:
        """Return the keys of front matter that the author groups reviews by."""
        return frozenset(self.taxonomies).difference((*USUAL, *FURTHER))

    @property
    def vocabularies(self) -> Mapping[str, str]:
        """Return the names of the files that list terms, by taxonomy."""
        named = ((name, one.vocabulary) for name, one in self.grouped_by.items())
        return {name: file for name, file in named if file}
