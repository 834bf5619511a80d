"""Resolves the names of XML elements and attributes, also those with undeclared prefixes."""

from collections.abc import Mapping
from typing import Protocol


class Names(Protocol):
    """Returns the name that an element or attribute has in a format.

    `prefix` is empty if the name has none, and `uri` is None if no namespace is declared for it.
    """

    def __call__(self, prefix: str, uri: str | None, local: str) -> str: ...


class Namespaces:
    """Knows the declarations that are in scope at a place of a file.

    `resolved` has the full names that were found there, by the names in the file.

    Format: https://www.w3.org/TR/xml-names/
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._declared: Mapping[str, str] = {}
        self._outer: list[tuple[int, Mapping[str, str]]] = []
        self.resolved: dict[str, str] = {}

    def enter(self, depth: int, attributes: Mapping[str, str]) -> dict[str, str]:
        """Read the declarations of an element; return its attributes by their full names."""
        declared = {
            name.partition(":")[2]: uri
            for name, uri in attributes.items()
            if name == "xmlns" or name.startswith("xmlns:")
        }
        if declared:
            self._outer.append((depth, self._declared))
            self._declared = {**self._declared, **declared}
            self.resolved.clear()
        # A default namespace is for elements only, so an attribute without prefix keeps its name.
        return {
            self.resolve(name) if ":" in name else name: value for name, value in attributes.items()
        }

    def leave(self, depth: int) -> None:
        """Forget the declarations of the element that ends."""
        if self._outer and self._outer[-1][0] == depth:
            _, self._declared = self._outer.pop()
            self.resolved.clear()

    def resolve(self, raw_name: str) -> str:
        """Return the full name of an element."""
        name = self.resolved.get(raw_name)
        if name is None:
            prefix, _, local = raw_name.rpartition(":")
            name = self._names(prefix, self._declared.get(prefix), local)
            self.resolved[raw_name] = name
        return name
