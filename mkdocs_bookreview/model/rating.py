"""Describes how much a reviewer liked a book."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating has a `value` above zero and at most `best`, where the scale ends.

    A book without a rating has None in its place, never a rating of zero.
    """

    value: Decimal
    best: int

    def __post_init__(self) -> None:
        if not 0 < self.value <= self.best:
            raise ValueError("value")

    @property
    def share(self) -> float:
        return float(self.value / self.best)


def plain_number(value: Decimal) -> int | float:
    """Return the number in its form in JSON: `4` for 4.0, and `4.5` for 4.5."""
    return int(value) if value == int(value) else float(value)
