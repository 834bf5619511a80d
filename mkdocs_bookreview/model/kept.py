"""Keeps results of earlier builds, because `mkdocs serve` builds again after each edit."""

from collections.abc import Callable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Kept:
    """Keeps values by key, each until its origin changes.

    An origin is a tuple of all objects that a value was made from. Python compares objects in a
    tuple by identity first, so comparing a large origin is fast if its parts are the same objects.
    """

    def __init__(self) -> None:
        self._kept: dict[object, tuple[tuple[object, ...], Any]] = {}

    def find(self, key: object, origin: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Return the kept value of a key if its origin is equal; otherwise make and keep one."""
        known = self._kept.get(key)
        if known is None or known[0] != origin:
            self._kept[key] = known = origin, make()
        value: Value = known[1]
        return value

    def settle(self, key: object, value: Value) -> Value:
        """Return the kept value of the key if it is equal, to have one object for equal values."""
        return self.find(key, (value,), lambda: value)
