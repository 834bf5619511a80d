"""Dates that may be known only in part."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day. Year -800 is 800 BCE; there is no year 0.

    Raises ValueError for a date that no calendar has.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year == 0 or abs(self.year) > 9999:  # noqa: PLR2004 - what datetime can hold
            raise ValueError("year")
        if self.day is not None and self.month is None:
            raise ValueError("month")
        year = 2000 if self.year < 0 else self.year
        month, day = (1 if part is None else part for part in (self.month, self.day))
        date(year, month, day)

    @classmethod
    def of(cls, when: date) -> "PartialDate":
        return cls(when.year, when.month, when.day)

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts by time; a date known less exactly comes before those within it."""
        return (self.year, self.month or 0, self.day or 0)

    def is_before(self, other: "PartialDate") -> bool:
        """Certainly so: a date known less exactly is not before one within it."""
        for mine, theirs in zip(self.order, other.order, strict=True):
            if not mine or not theirs:
                return False
            if mine != theirs:
                return mine < theirs
        return False

    def __str__(self) -> str:
        year = f"{'-' if self.year < 0 else ''}{abs(self.year):04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part)])
