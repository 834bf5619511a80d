"""Keeps results of earlier builds, because `mkdocs serve` builds again after each edit."""

from collections.abc import Callable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Kept:
    """Keeps values by key, each until what it was made from changes.

    An origin is a tuple of all that a value was made from. Python compares objects in a tuple by
    identity first, so a large origin is compared at once if its parts were kept too.
    """

    def __init__(self) -> None:
        self._kept: dict[object, tuple[tuple[object, ...], Any]] = {}

    def find(self, key: object, origin: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Return the kept value of a key if its origin is equal; otherwise make it now."""
        known = self._kept.get(key)
        if known is None or known[0] != origin:
            self._kept[key] = known = origin, make()
        value: Value = known[1]
        return value

    def settle(self, key: object, value: Value) -> Value:
        """Return the earlier value of the key if it is equal, so that equal values are the same."""
        return self.find(key, (value,), lambda: value)
