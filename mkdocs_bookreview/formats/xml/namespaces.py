"""Resolves the names of XML elements and attributes, also those with undeclared prefixes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol


class Names(Protocol):
    """Returns the full name of an element or attribute: the same for all prefixes of a namespace.

    `local` is the name without its prefix. `prefix` is empty if the name has no prefix, and `uri`
    is None if no namespace is declared for the prefix.
    """

    def __call__(self, prefix: str, uri: str | None, local: str) -> str: ...


class Namespaces:
    """Tracks the namespace declarations that are in scope while a file is read.

    `resolved` maps the names in the file to their full names.

    Format: https://www.w3.org/TR/xml-names/
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._declared: Mapping[str, str] = {}
        self._outer: list[tuple[int, Mapping[str, str]]] = []
        self.resolved = _Resolved(self.resolve)

    def enter(self, depth: int, attributes: Sequence[str]) -> dict[str, str]:
        """Read the declarations of an element; return its attributes by their full names.

        `attributes` has each name as in the file, followed by its value: `["id", "7"]`.
        """
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        declared = {
            name.partition(":")[2]: uri
            for name, uri in pairs
            if name == "xmlns" or name.startswith("xmlns:")
        }
        if declared:
            self._outer.append((depth, self._declared))
            self._declared = {**self._declared, **declared}
            self.resolved.clear()
        # A default namespace is for elements only, so an attribute without prefix keeps its name.
        return {self.resolved[name] if ":" in name else name: value for name, value in pairs}

    def leave(self, depth: int) -> None:
        """Forget the declarations of the element that ends."""
        if self._outer and self._outer[-1][0] == depth:
            _, self._declared = self._outer.pop()
            self.resolved.clear()

    def resolve(self, raw_name: str) -> str:
        """Return the full name of an element."""
        prefix, _, local = raw_name.rpartition(":")
        return self._names(prefix, self._declared.get(prefix), local)


class _Resolved(dict[str, str]):
    """Maps each name in the file to its full name, and remembers the results."""

    def __init__(self, resolve: Callable[[str], str]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, raw_name: str) -> str:
        name = self[raw_name] = self._resolve(raw_name)
        return name
