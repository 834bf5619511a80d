"""Puts the parts of a card in the order that the author chose."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from mkdocs_bookreview.cards.views import Fact, Part
from mkdocs_bookreview.settings.card import BESIDE_COVER, list_rest
from mkdocs_bookreview.settings.settings import Settings

_ROWS = "facts"


@dataclass(frozen=True, slots=True)
class Layout:
    """Says where a card shows what.

    `facts` names what is beside the cover, and `more` what is in the closed part. `reviewer` wrote
    the reviews that name nobody; None if the site names none.
    """

    facts: tuple[str, ...] = BESIDE_COVER
    more: tuple[str, ...] = list_rest(BESIDE_COVER)
    reviewer: str | None = None

    @property
    def divides_themes(self) -> bool:
        """Return whether themes that are too many beside the cover go into the closed part."""
        return "themes" in self.facts and bool(self.more)

    @property
    def has_dates(self) -> bool:
        return "dates" in self.facts or "dates" in self.more


def read_layout(settings: Settings) -> Layout:
    """Return the layout that the options ask for."""
    card = settings.card
    return Layout(card.list_facts(), card.list_more(settings.own_keys), settings.reviewer)


def arrange_more(layout: Layout, kinds: Collection[str], rows: Iterable[Fact]) -> tuple[Part, ...]:
    """Return the parts of the closed part, which begins with themes that are too many elsewhere."""
    return arrange(("further", *layout.more) if layout.more else (), kinds, rows)


def arrange(names: Iterable[str], kinds: Collection[str], rows: Iterable[Fact]) -> tuple[Part, ...]:
    """Return the parts that these names choose, in this order.

    `kinds` are the parts that have content, and `rows` are all rows. Rows that follow one another
    are one part: the names `isbn`, `pace`, `themes`, `copy` give rows, themes, rows.
    """
    by_key: dict[str, list[Fact]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    parts: list[Part] = []
    waiting: list[Fact] = []
    for name in names:
        if name in kinds:
            parts += _take(waiting)
            parts.append(Part(name))
        elif name in by_key:
            waiting += by_key[name]
    return (*parts, *_take(waiting))


def _take(waiting: list[Fact]) -> list[Part]:
    """Return the rows as a part, if there are any, and empty the list."""
    if not waiting:
        return []
    part = Part(_ROWS, tuple(waiting))
    waiting.clear()
    return [part]
