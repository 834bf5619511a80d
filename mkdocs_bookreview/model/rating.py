"""How much a reviewer liked a book."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rating:
    """A value above zero on a scale that ends at `best`; unrated is no Rating, never zero."""

    value: Decimal
    best: int

    def __post_init__(self) -> None:
        if not 0 < self.value <= self.best:
            raise ValueError("value")

    @property
    def share(self) -> float:
        return float(self.value / self.best)
