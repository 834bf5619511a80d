"""Defines the options of ratings."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.settings.schemas import Typed, refuse_switch, split_list

# The values are for a scale of 5; `RatingSettings.letter` converts them to the site's scale.
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


def _upper(letters: object) -> object:
    return {str(k).upper(): v for k, v in letters.items()} if isinstance(letters, dict) else letters


def _as_text(words: object) -> object:
    """Return a mapping with numbers as text, because MkDocs reads numbers and our commands text."""
    if not isinstance(words, dict):
        return words
    return {
        str(key): str(word)
        if isinstance(word, int | float) and not isinstance(word, bool)
        else word
        for key, word in words.items()
    }


def _differ(names: tuple[str, ...]) -> tuple[str, ...]:
    folded = [*map(fold, names)]
    if twice := next((name for name in names if folded.count(fold(name)) > 1), None):
        fix = {"fix": "Keep one of them.", "name": twice}
        raise PydanticCustomError("twice", "must not have `{name}` twice", fix)
    return names


Positive = Annotated[Decimal, Field(gt=0, le=100)]
# Longer words would not fit beside the stars.
Short = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Aspects = Annotated[
    tuple[Annotated[Short, BeforeValidator(refuse_switch)], ...],
    BeforeValidator(split_list),
    AfterValidator(_differ),
]
Display = Literal["stars", "number", "both"]


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
        description="The rating for each letter grade.",
    )
    display: Display = Field(
        "both", examples=["stars"], description="Ratings are shown as stars, as a number, or both."
    )
    words: Annotated[Mapping[Decimal, Short], BeforeValidator(_as_text)] = Field(
        default_factory=dict,
        examples=["{5: A favourite, 3: Good in parts}"],
        description="The meaning of ratings, in words that are shown beside them.",
    )
    aspects: Aspects = Field(
        (),
        examples=["[characters, prose]"],
        description="The aspects that reviews rate, under `ratings:` in front matter.",
    )

    def has(self, value: Decimal) -> bool:
        """Return whether a review can have this rating: on the scale, and on one of its steps."""
        return 0 < value <= self.scale and not value % self.step

    @property
    def lowest(self) -> Decimal:
        """Return the lowest rating that the scale and its steps allow."""
        return min(self.step, Decimal(self.scale))

    def letter(self, letter: str) -> Decimal | None:
        """Return the rating for a letter grade, None if it is unknown: on a scale of 10, B is 7."""
        if self.letters:
            return self.letters.get(letter)
        value = LETTERS.get(letter)
        return value * self.scale / LETTERS_BEST if value else None
