"""Puts the parts of a card in the order that the author chose."""

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_bookreview.cards.views import CardPart, Fact
from mkdocs_bookreview.settings.card import BESIDE_COVER, list_rest
from mkdocs_bookreview.settings.settings import Settings

_ROWS = "facts"


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Describes where a card shows its parts.

    `facts` names the parts beside the cover, and `more` the parts in the closed part. `reviewer` is
    the author of reviews that name no reviewer; None if the site's options name nobody.
    """

    facts: tuple[str, ...] = BESIDE_COVER
    more: tuple[str, ...] = list_rest(BESIDE_COVER)
    reviewer: str | None = None

    @property
    def divides_themes(self) -> bool:
        """Return whether the closed part gets the themes that have no room beside the cover."""
        return "themes" in self.facts and bool(self.more)

    @property
    def has_dates(self) -> bool:
        return "dates" in self.facts or "dates" in self.more


@dataclass(frozen=True, slots=True)
class Shown:
    """Holds the content of a card: `kinds` names its parts that are not empty; `rows` are facts."""

    kinds: frozenset[str] = frozenset()
    rows: tuple[Fact, ...] = ()

    def __or__(self, other: "Shown") -> "Shown":
        return Shown(self.kinds | other.kinds, self.rows + other.rows)


def read_layout(settings: Settings) -> CardLayout:
    """Return the layout that the options ask for."""
    card = settings.card
    return CardLayout(card.list_facts(), card.list_more(settings.own_keys), settings.reviewer)


def arrange_more(layout: CardLayout, shown: Shown) -> tuple[CardPart, ...]:
    """Return the parts of the closed part: first the themes without room beside the cover."""
    return arrange_parts(("further", *layout.more) if layout.more else (), shown)


def arrange_parts(names: Iterable[str], shown: Shown) -> tuple[CardPart, ...]:
    """Return the parts that these names choose, in this order.

    Rows that follow one another are one part: the names `isbn`, `pace`, `themes`, `copy` give rows,
    themes, rows.
    """
    by_key: dict[str, list[Fact]] = {}
    for row in shown.rows:
        by_key.setdefault(row.key, []).append(row)
    parts: list[CardPart] = []
    waiting: list[Fact] = []
    for name in names:
        if name in shown.kinds:
            parts += _take(waiting)
            parts.append(CardPart(name))
        elif name in by_key:
            waiting += by_key[name]
    return (*parts, *_take(waiting))


def _take(waiting: list[Fact]) -> list[CardPart]:
    """Return the rows as a part, if there are any, and empty the list."""
    if not waiting:
        return []
    part = CardPart(_ROWS, tuple(waiting))
    waiting.clear()
    return [part]
