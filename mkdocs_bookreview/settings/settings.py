"""Defines the options of the plugin; the description of each field says what it means."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.model.names import slug
from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.switches import NO, YES

# The values are for a scale of 5; `RatingSettings.letter` stretches them to the site's scale.
LETTERS: Mapping[str, Decimal] = {
    letter: Decimal(value)
    for letter, value in {
        "A+": "5",
        "A": "5",
        "A-": "4.5",
        "B+": "4",
        "B": "3.5",
        "B-": "3",
        "C+": "2.5",
        "C": "2",
        "C-": "1.5",
        "D": "1",
        "F": "0.5",
    }.items()
}
LETTERS_BEST = 5


def _folder(path: str) -> str:
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if not parts or ".." in parts:
        raise PydanticCustomError("folder", "must be a folder below the docs folder")
    return "/".join(parts) + "/"


def _upper(letters: object) -> object:
    return {str(k).upper(): v for k, v in letters.items()} if isinstance(letters, dict) else letters


Folder = Annotated[str, AfterValidator(_folder)]
Sort = Literal["-date", "date", "title", "author", "-rating"]
Positive = Annotated[Decimal, Field(gt=0, le=100)]


class RatingSettings(Typed):
    scale: int = Field(5, ge=1, le=100, examples=[5], description="The best rating there is.")
    step: Decimal = Field(
        Decimal("0.5"),
        ge=Decimal("0.01"),
        le=100,
        examples=[0.5],
        description="The difference from one rating to the next.",
    )
    letters: Annotated[Mapping[str, Positive], BeforeValidator(_upper)] = Field(
        default_factory=dict,
        examples=["{A: 5, B: 4, C: 3}"],
        description="What letter grades are worth on the scale.",
    )

    def letter(self, letter: str) -> Decimal | None:
        """Return the rating for a letter grade, None if it is unknown: on a scale of 10, B is 7."""
        if self.letters:
            return self.letters.get(letter)
        value = LETTERS.get(letter)
        return value * self.scale / LETTERS_BEST if value else None


class ReviewsSettings(Typed):
    path: Folder = Field("reviews/", examples=["reviews/"], description="Where the list is.")
    per_page: int = Field(
        24, ge=1, le=1000, examples=[24], description="How many reviews a page of a list shows."
    )
    sort: Sort = Field(
        "-date",
        examples=["-date"],
        description="Newest first; or by date, title, author, or best first.",
    )
    in_nav: bool = Field(
        False,
        examples=["true"],
        description="Reviews appear in the navigation, which makes large sites slow to build.",
    )


_SWITCHES = NO | YES | {""}


def _switched(value: object) -> object:
    """Return None for `false`, and no options for `true` and for an empty value."""
    word = str(value).lower() if isinstance(value, str | bool | None) else ""
    if word in NO:
        return None
    return {} if word in YES | {"none"} else value


class PageSettings(Typed):
    """Holds the options of a page that is not a list of terms, such as the page to browse."""

    path: Folder | None = Field(
        None, examples=["browse/"], description="Where the page is; by default, at its name."
    )
    title: str | None = Field(
        None, examples=["Find a book"], description="What the page is called."
    )


class TaxonomySettings(Typed):
    path: Folder | None = Field(
        None, examples=["authors/"], description="Where the pages are; by default, at its name."
    )
    title: str | None = Field(
        None, examples=["Writers"], description="What the list of all terms is called."
    )
    sort: Literal["name", "-name", "count"] | None = Field(
        None,
        examples=["name"],
        description="Terms by name, the other way round, or those with most books first.",
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
        description="Themes that are not listed have pages like all others (`open`), have them and"
        " are reported (`warn`), or are reported and have none (`strict`).",
    )


THEMES = "themes"
_LISTED = "themes.yml"
USUAL = ("authors", "series", "genres", "years", "shelves")
OWN_KEYS = (THEMES, "browse", "stats")
FURTHER = ("publishers", "languages", "formats", "ratings")


class SpoilersSettings(Typed):
    audit: bool = Field(
        True,
        examples=["false"],
        description="The finished site is searched for what it should hide; a leak is a warning.",
    )


class ExportsSettings(Typed):
    library: bool = Field(
        True,
        examples=["false"],
        description="All reviews are written into `library.json`, for programs to read.",
    )


def _exported(value: object) -> object:
    """Return options that switch all exports off for `false`, and others as they are."""
    found = _switched(value)
    return {"library": False} if found is None else found


def _cookie(value: object) -> object:
    """Refuse switches, because authors who write `consent: true` think that it asks readers."""
    if value is None or isinstance(value, bool) or str(value).strip().lower() in _SWITCHES:
        fix = (
            "Write the name of a cookie below `extra.consent.cookies`, such as `consent: comments`,"
            " or leave it out."
        )
        raise PydanticCustomError("cookie", "must be the name of a cookie", {"fix": fix})
    return value


class CommentsSettings(Typed):
    """Holds the options that all providers share.

    Other keys are kept unread in `provider_options`, because only the provider knows them.
    """

    model_config = ConfigDict(extra="allow")

    provider: str = Field(examples=["giscus"], description="Who keeps the comments.")
    load: Literal["click", "visible", "immediate"] = Field(
        "click",
        examples=["click"],
        description="When the section is loaded: by the reader's click, when it comes into view,"
        " or with the page.",
    )
    guard: bool = Field(
        True,
        examples=["false"],
        description="Comments on a book are covered by a warning of spoilers until a reader"
        " presses the button, or has marked the book as read.",
    )
    consent: Annotated[str | None, BeforeValidator(_cookie)] = Field(
        None,
        examples=["comments"],
        description="The name under `extra.consent.cookies` that readers must accept before"
        " anything is loaded without a click; that of the provider, if not given.",
    )
    shared: bool = Field(
        True,
        examples=["false"],
        description="Several reviews of one book have one thread.",
    )

    @property
    def service(self) -> str:
        """Return the name of the provider as tables and files have it."""
        return self.provider.lower()

    @property
    def provider_options(self) -> Mapping[str, object]:
        return self.model_extra or {}


def _provided(value: object) -> object:
    """Say to authors who expect a switch how there are no comments."""
    if str(value).lower() in NO:
        fix = "To have no comments, leave `comments` out of mkdocs.yml."
        raise PydanticCustomError("off", "must be a mapping of keys to values", {"fix": fix})
    return value


class Settings(Typed):
    sign_off: str | None = Field(
        None, examples=['"Read slowly."'], description="Appears under each review."
    )
    reviewer: str | None = Field(
        None, examples=["Ann"], description="Who wrote the reviews that name nobody."
    )
    disclosure: str | None = Field(
        None,
        examples=['"I earn from qualifying purchases."'],
        description="Appears above affiliate links instead of the default sentence.",
    )
    rating: RatingSettings = Field(RatingSettings(), description="How ratings are given.")
    reviews: ReviewsSettings = Field(ReviewsSettings(), description="The list of all reviews.")
    browse: Annotated[PageSettings | None, BeforeValidator(_switched)] = Field(
        PageSettings(),
        examples=["{path: find/, title: Find a book}"],
        description="The page on which readers choose among all reviews.",
    )
    themes: ThemesSettings = Field(ThemesSettings(), description="The pages of the themes.")
    taxonomies: Mapping[str, Annotated[TaxonomySettings | None, BeforeValidator(_switched)]] = (
        Field(
            default_factory=dict,
            examples=["{publishers: true}"],
            description="What else has pages: authors, series, genres, years, shelves, if not"
            " switched off, and publishers, languages, formats, ratings, or any key of front"
            " matter.",
        )
    )
    stats: Annotated[PageSettings | None, BeforeValidator(_switched)] = Field(
        PageSettings(),
        examples=["{path: stats/, title: My reading years}"],
        description="Figures of what was read, on a page of their own and on those of the years.",
    )
    spoilers: SpoilersSettings = Field(
        SpoilersSettings(), description="What is done to keep spoilers hidden."
    )
    exports: Annotated[ExportsSettings, BeforeValidator(_exported)] = Field(
        ExportsSettings(), description="What is written for other programs."
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
