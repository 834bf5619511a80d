"""Defines the options of ratings."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from mkdocs_bookreview.settings.schemas import Typed

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


def _upper(letters: object) -> object:
    return {str(k).upper(): v for k, v in letters.items()} if isinstance(letters, dict) else letters


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
