"""Reads YAML as text, with the line of each key.

Every value stays text, because YAML would read `isbn: 0321127420` as an octal number,
`title: 10:04` as a number of minutes and `title: No` as false. The schema decides later which
values are numbers. Only YAML's null is None.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import yaml
from yaml.constructor import SafeConstructor

from mkdocs_bookreview.model.problem import Place, Problem

Path = tuple[str | int, ...]

_ENVIRONMENT = "!ENV"
_STANDARD = "tag:yaml.org,2002:"
_NULL = f"{_STANDARD}null"
_MERGE = f"{_STANDARD}merge"
# Most nodes are of these kinds. They are not tried, because PyYAML loads each of them if it loads
# what is in it.
_ALWAYS_LOADED = {
    (yaml.ScalarNode, f"{_STANDARD}str"),
    (yaml.ScalarNode, _NULL),
    (yaml.SequenceNode, f"{_STANDARD}seq"),
    (yaml.MappingNode, f"{_STANDARD}map"),
}
# A text may have at most this many nodes, or as many as it has characters if that is more. The
# limit exists because aliases of lists of aliases can make a short text expand without end.
_FEWEST_NODES = 20_000
_DEEPEST = 50  # levels, because the C loader and `_Reader.read` recurse once per level

_BRACKETS = re.compile(r"[\[\]{}]")
# `- - - …` nests without brackets. The first sign is outside of the repeated group for speed,
# because Python then tries to match only at such signs.
_COMPACT = re.compile(rf"[-?:]\s+(?:[-?:]\s+){{{_DEEPEST - 1}}}")

_RESOLVER: Any = yaml.resolver.Resolver()  # types-PyYAML lacks the types of its methods

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Marks:
    """Finds the line and column of each key in `file`.

    `find` returns the place of a path of keys and list indexes, or None. It searches only when it
    is called, because most pages have no problem and never need a place.
    """

    file: str
    find: Callable[[Path], Place | None] = lambda _: None

    def place(self, path: Path = ()) -> Place:
        """Return the place of a key, or of the nearest key above it that has a place."""
        for end in range(len(path), -1, -1):
            if place := self.find(path[:end]):
                return place
        return Place(self.file)

    def below(self, path: Path) -> "Marks":
        """Return marks for the mapping at `path`; their paths begin inside of that mapping."""

        def find(rest: Path) -> Place | None:
            return self.find((*path, *rest)) if rest else self.place(path)

        return Marks(self.file, find)


class Refused(NamedTuple):
    """Describes a value that PyYAML's safe loader refuses.

    `text` is its tag if the tag is wrong, such as `!!int`; otherwise it is the value as written.
    """

    place: Place
    text: str
    has_tag: bool


@dataclass(frozen=True, slots=True)
class MarkedData:
    """Holds `data` made of mappings with text keys, lists, text and None, with its `marks`.

    `data` is None if the text is empty or is not valid YAML; `problems` are the mistakes in the
    YAML. `refused` are values that we read as text, such as the date `2026-02-31`; MkDocs and most
    other programs refuse the whole text if it has such a value.
    """

    data: object
    marks: Marks
    problems: tuple[Problem, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def mapping(self) -> dict[str, object]:
        """Return the data if it is a mapping, or else an empty mapping."""
        return self.data if isinstance(self.data, dict) else {}


def read_marked_yaml(
    text: str, file: str, first_line: int = 1, environment: Mapping[str, str] | None = None
) -> MarkedData:
    """Read one YAML document that starts at line `first_line` of `file`.

    With an `environment`, `!ENV NAME`, `!ENV [NAME]` and `!ENV [NAME, OTHER, default]` are replaced
    by its values, as in `mkdocs.yml`.
    """
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and mark and mark.line >= len(text.splitlines()):
            # Report where the bracket or quote was opened, because the end of the file says
            # nothing about the mistake.
            mark = error.context_mark
        return _broken(file, first_line, mark, error.problem)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return _broken(file, first_line, None, str(error).splitlines()[0] if str(error) else None)
    if node is None:
        return MarkedData(None, Marks(file))
    reader = _Reader(file, first_line, max(_FEWEST_NODES, len(text)), environment)
    data = reader.read(node)
    if reader.left < 0:
        return _broken(file, first_line, None, "it nests or repeats itself without end")
    places = _Places(file, first_line, text)
    marks = Marks(file, places.find)
    return MarkedData(data, marks, tuple(reader.problems), tuple(reader.refused))


def no_mapping(document: MarkedData, example: str = "title: Emma") -> list[Problem]:
    """Return a problem if the file has a list or text instead of keys, or else an empty list."""
    if document.data is None or isinstance(document.data, dict):
        return []
    what, fix = (
        "The content must be a mapping of keys to values.",
        f"Write for example `{example}`.",
    )
    return [Problem(document.marks.place(), what, fix)]


def _compose(text: str) -> yaml.Node | None:
    # Deep data is read by the slow loader in Python, which raises RecursionError, because the C
    # loader of PyYAML 6.0.2 (libyaml 0.2.5) crashed the whole process at 200,000 levels.
    return yaml.compose(text, yaml.SafeLoader if _may_be_deep(text) else _LOADER)


def _may_be_deep(text: str) -> bool:
    brackets = (1 if one in "[{" else -1 for one in _BRACKETS.findall(text))
    return max(accumulate(brackets), default=0) > _DEEPEST or bool(_COMPACT.search(text))


def _broken(file: str, first_line: int, mark: yaml.Mark | None, why: str | None) -> MarkedData:
    place = (
        Place(file, mark.line + first_line, mark.column + 1) if mark else Place(file, first_line)
    )
    problem = Problem(
        place,
        f"Not valid YAML: {why or 'it cannot be read'}.",
        "Check colons, indents and quotes. Put text in quotes if it contains `: `, or starts with"
        " a sign such as `@`.",
    )
    return MarkedData(None, Marks(file), (problem,))


class _Reader:
    def __init__(
        self, file: str, first_line: int, most: int, environment: Mapping[str, str] | None
    ) -> None:
        self.environment = environment
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.refused: list[Refused] = []
        self.left = most

    def read(self, node: yaml.Node, depth: int = 0) -> object:
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            self.left = -1
            return None
        if self.environment is not None and node.tag == _ENVIRONMENT:
            return self.read_environment(node, self.environment, depth)
        if not _can_load(node):
            self.refuse(node)
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == _NULL and not node.style else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, depth + 1) for item in node.value]
        assert isinstance(node, yaml.MappingNode)
        return self.read_mapping(node, depth)

    def read_environment(
        self, node: yaml.Node, environment: Mapping[str, str], depth: int
    ) -> object:
        """Return the value of the first variable that is set; the last of several is a default."""
        names = [*node.value] if isinstance(node, yaml.SequenceNode) else [node]
        default = names.pop() if len(names) > 1 else None
        found = (str(name.value) for name in names)
        value = next((environment[name] for name in found if name in environment), None)
        return self.read(default, depth + 1) if default and value is None else value

    def read_mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        data: dict[str, object] = {}
        merged: dict[str, object] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                for part in _merged_parts(value):
                    found = self.read(part, depth + 1)
                    if not isinstance(found, dict):
                        self.refuse(key)  # the next problem, in the same line, explains it
                        self.report(key, "`<<` must name a mapping.", "Write for example `<<: *a`.")
                        continue
                    # In YAML the first of several merged mappings wins, and keys that are written
                    # out win over all of them.
                    merged = {**found, **merged}
            elif not isinstance(key, yaml.ScalarNode):
                self.refuse(key)  # the next problem, in the same line, explains it
                self.report(
                    key, "A key must be text, but is a list or a mapping.", "Write the key as text."
                )
            elif key.value in data:
                self.report(key, f"`{key.value}` appears twice.", "Keep one.")
                self.read(value, depth + 1)  # because MkDocs may refuse this value too
            else:
                if not _can_load(key) and key.value != "=":  # because PyYAML takes this key as text
                    self.refuse(key)
                data[key.value] = self.read(value, depth + 1)
        return {**merged, **data} if merged else data

    def report(self, node: yaml.Node, what: str, fix: str) -> None:
        self.problems.append(Problem(_place(self.file, self.first_line, node), what, fix))

    def refuse(self, node: yaml.Node) -> None:
        is_plain = isinstance(node, yaml.ScalarNode) and node.tag == _RESOLVER.resolve(
            yaml.ScalarNode, node.value, (True, False)
        )
        text = node.value if is_plain else node.tag.replace(_STANDARD, "!!")
        self.refused.append(
            Refused(_place(self.file, self.first_line, node), text, has_tag=not is_plain)
        )


def _can_load(node: yaml.Node) -> bool:
    """Return whether PyYAML's safe loader, which MkDocs uses, makes a value of a node."""
    if (type(node), node.tag) in _ALWAYS_LOADED:
        return True
    if isinstance(node, yaml.ScalarNode):
        return _can_load_text(node.tag, node.value)
    return _can_construct(node)


@lru_cache(maxsize=4096)  # because numbers and dates repeat on many pages
def _can_load_text(tag: str, text: str) -> bool:
    return _can_construct(yaml.ScalarNode(tag, text))


def _can_construct(node: yaml.Node) -> bool:
    try:
        SafeConstructor().construct_document(node)
    except Exception:  # because MkDocs, too, gives up after any exception
        return False
    return True


class _Places:
    """Finds places in the tree of a text, which is parsed again for the first place.

    The tree from which the data was read is not kept, because with thousands of pages the garbage
    collector would have many more objects to check.
    """

    __slots__ = ("_pairs", "_tree", "file", "first_line", "text")

    def __init__(self, file: str, first_line: int, text: str) -> None:
        self.file = file
        self.first_line = first_line
        self.text = text
        self._tree: yaml.Node | None = None
        self._pairs: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] | None = None

    def find(self, path: Path) -> Place | None:
        """Return the line of the key or list item at `path`; None if there is no such path."""
        self._tree = self._tree or _compose(self.text)
        at = node = self._tree
        for part in path:
            if isinstance(node, yaml.MappingNode):
                pairs = self.pairs(node)
                if part not in pairs:
                    return None
                at, node = pairs[str(part)]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                if part >= len(node.value):
                    return None
                at = node = node.value[part]
            else:
                return None
        return _place(self.file, self.first_line, at) if at else None

    def pairs(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Return the nodes of key and value by key; if a key appears twice, the first counts."""
        self._pairs = self._pairs or {}
        if id(node) not in self._pairs:
            self._pairs[id(node)] = {
                key.value: (key, value) for key, value in node.value[::-1] if _is_text(key)
            }
        return self._pairs[id(node)]


def _place(file: str, first_line: int, node: yaml.Node) -> Place:
    mark = node.start_mark
    return Place(file, mark.line + first_line, mark.column + 1)


def _merged_parts(node: yaml.Node) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)
