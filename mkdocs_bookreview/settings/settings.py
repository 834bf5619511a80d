"""The options of the plugin; what each means stands in its description."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.typed import Typed, read_typed

# On a scale of 5; other scales stretch it.
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
        if self.letters:
            return self.letters.get(letter)
        value = LETTERS.get(letter)
        return value * self.scale / LETTERS_BEST if value else None


class ReviewsSettings(Typed):
    path: Folder = Field("reviews/", examples=["reviews/"], description="Where the list stands.")
    per_page: int = Field(
        24, ge=1, le=1000, examples=[24], description="How many reviews a page of a list shows."
    )
    sort: Literal["-date", "date", "title", "author", "-rating"] = Field(
        "-date",
        examples=["-date"],
        description="Newest first; or by date, title, author, or best first.",
    )
    in_nav: bool = Field(
        False,
        examples=["true"],
        description="Reviews stand in the navigation, which makes large sites slow to build.",
    )


class ThemesSettings(Typed):
    path: Folder = Field("themes/", examples=["themes/"], description="Where theme pages stand.")
    vocabulary: str | None = Field(
        None,
        examples=["themes.yml"],
        description="The file, beside `mkdocs.yml`, that lists themes: `themes.yml`, if there is"
        " one.",
    )
    mode: Literal["open", "warn", "strict"] = Field(
        "open",
        examples=["warn"],
        description="Themes that are not listed have pages like all others (`open`), have them and"
        " are told (`warn`), or are told and have none (`strict`).",
    )

    @property
    def file(self) -> str:
        return self.vocabulary or "themes.yml"


class SpoilersSettings(Typed):
    audit: bool = Field(
        True,
        examples=["false"],
        description="The finished site is searched for what it should hide; a leak is a warning.",
    )


class CommentsSettings(Typed):
    """What all providers share; their own options stand beside it and are kept unread."""

    model_config = ConfigDict(extra="allow")

    provider: str = Field(examples=["giscus"], description="Who keeps the comments.")
    load: Literal["click", "visible", "immediate"] = Field(
        "click",
        examples=["click"],
        description="When the section is loaded: by the reader's click, when it comes into view,"
        " or with the page.",
    )

    @property
    def provider_options(self) -> Mapping[str, object]:
        return self.model_extra or {}


class Settings(Typed):
    sign_off: str | None = Field(
        None, examples=['"Read slowly."'], description="Stands under each review."
    )
    reviewer: str | None = Field(
        None, examples=["Ann"], description="Who wrote the reviews that name nobody."
    )
    disclosure: str | None = Field(
        None,
        examples=['"I earn from qualifying purchases."'],
        description="Stands above links that are affiliate links, in place of our own sentence.",
    )
    rating: RatingSettings = Field(RatingSettings(), description="How ratings are given.")
    reviews: ReviewsSettings = Field(ReviewsSettings(), description="The list of all reviews.")
    themes: ThemesSettings = Field(ThemesSettings(), description="The pages of the themes.")
    spoilers: SpoilersSettings = Field(
        SpoilersSettings(), description="What is done to keep spoilers hidden."
    )
    comments: CommentsSettings | None = Field(
        None, description="The comment section; there is none without a provider."
    )


def read_settings(
    options: Mapping[str, object],
    marks: Marks | None = None,
    is_file: Callable[[str], bool] = lambda _: True,
) -> tuple[Settings, list[Problem]]:
    """Wrong options are problems, and have their defaults in the settings returned.

    `is_file` knows the data files, which stand beside `mkdocs.yml`.
    """
    marks = marks or Marks("mkdocs.yml")
    found, problems = read_typed(Settings, options, marks)
    settings = found or Settings()
    if settings.reviews.path.casefold() == settings.themes.path.casefold():
        what = f"`themes.path` must not be that of the reviews, but is `{settings.themes.path}`."
        place = marks.place(("themes", "path"))
        problems.append(Problem(place, what, "Write for example `path: themes/`."))
    key = "vocabulary" if settings.themes.vocabulary else "mode"
    if (settings.themes.vocabulary or settings.themes.mode != "open") and not is_file(
        settings.themes.file
    ):
        what = f"`themes.{key}` needs the file `{settings.themes.file}`, which is not there."
        cure = "Write it beside `mkdocs.yml`; `{memory: Memory}` is enough to begin with."
        problems.append(Problem(marks.place(("themes", key)), what, cure))
    return settings, problems
