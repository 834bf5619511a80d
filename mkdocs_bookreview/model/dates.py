"""Describes dates that may be known to the day, to the month or only to the year."""

from dataclasses import dataclass
from datetime import date

UNKNOWN = "unknown"  # a date in front matter, and the id of the term for unknown dates
_MONTHS = 12  # of a year
_VAGUE = 5 * _MONTHS  # months by which `~2006` may be wrong in each direction


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date is known to the year, the month or the day; the rest is None.

    Year -800 is 800 BCE; there is no year 0. `is_approximate` is True if the date is a guess of the
    author, who wrote `~2006`. Raise ValueError for a date that does not exist, such as 30 February.
    """

    year: int
    month: int | None = None
    day: int | None = None
    is_approximate: bool = False

    def __post_init__(self) -> None:
        if self.year == 0 or abs(self.year) > 9999:  # noqa: PLR2004 - the limit of datetime
            raise ValueError("year")
        if self.day is not None and self.month is None:
            raise ValueError("month")
        # Years BCE are checked as a leap year, because `date` accepts no year below 1.
        year = 2000 if self.year < 0 else self.year
        month, day = (1 if part is None else part for part in (self.month, self.day))
        date(year, month, day)

    @classmethod
    def of(cls, when: date) -> "PartialDate":
        return cls(when.year, when.month, when.day)

    @property
    def order(self) -> tuple[int, int, int]:
        """Return a key that sorts by time; `2024` comes before `2024-05`."""
        return (self.year, self.month or 0, self.day or 0)

    def is_before(self, other: "PartialDate") -> bool:
        """Return whether this is certainly earlier: `2024` is not before `2024-05`."""
        if self.is_approximate or other.is_approximate:
            return self.is_before_by(0, other)
        if self.year != other.year:
            return self.year < other.year
        for mine, theirs in zip(self.order, other.order, strict=True):
            if not mine or not theirs:
                return False
            if mine != theirs:
                return mine < theirs
        return False

    def is_before_by(self, months: int, other: "PartialDate") -> bool:
        """Return whether this date is certainly more than `months` months before the other.

        From `2003` to `2005` it may be only 12 months and a day, so the result is True for 12, but
        False for 13.
        """
        last = self.year * _MONTHS + (self.month or _MONTHS) + self.is_approximate * _VAGUE
        first = other.year * _MONTHS + (other.month or 1) - other.is_approximate * _VAGUE
        return first - last > months

    def __str__(self) -> str:
        """Return the date in the form of front matter: `2005-03`, `-0800`, `~2006`."""
        year = f"{'-' if self.year < 0 else ''}{abs(self.year):04}"
        parts = [year, *(f"{part:02}" for part in (self.month, self.day) if part)]
        return f"{'~' if self.is_approximate else ''}{'-'.join(parts)}"
