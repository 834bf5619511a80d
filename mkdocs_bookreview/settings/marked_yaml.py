"""YAML read as text with places: the schema decides what is a number, not the notation.

So `isbn: 0321127420` is no octal number, `title: 10:04` no count of minutes, `title: 8.38` and
`title: No` are titles. Only what YAML calls null is None.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

import yaml

from mkdocs_bookreview.model.problem import Place, Problem

Path = tuple[str | int, ...]

_ENVIRONMENT = "!ENV"
_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"
_FEWEST_NODES = 20_000  # aliases can make a short text expand without end
_DEEPEST = 50

_BRACKETS = re.compile(r"[\[\]{}]")
_COMPACT = re.compile(rf"(?:[-?:]\s+){{{_DEEPEST}}}")  # `- - - …` nests without brackets

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Marks:
    """Where each key of a mapping stands; what has no place of its own has its parent's.

    Places are looked for only when one is asked for, as most pages have no problem.
    """

    file: str
    find: Callable[[Path], Place | None] = lambda _: None

    def place(self, path: Path = ()) -> Place:
        for end in range(len(path), -1, -1):
            if place := self.find(path[:end]):
                return place
        return Place(self.file)

    def below(self, path: Path) -> "Marks":
        def find(rest: Path) -> Place | None:
            return self.find((*path, *rest)) if rest else self.place(path)

        return Marks(self.file, find)


@dataclass(frozen=True, slots=True)
class MarkedData:
    """`data` is made of mappings with text keys, lists, text and None; None if it is no YAML."""

    data: object
    marks: Marks
    problems: tuple[Problem, ...] = ()

    @property
    def mapping(self) -> dict[str, object]:
        return self.data if isinstance(self.data, dict) else {}


def read_marked_yaml(
    text: str, file: str, first_line: int = 1, environment: Mapping[str, str] | None = None
) -> MarkedData:
    """Read one YAML document that starts at `first_line` of `file`.

    With an `environment`, `!ENV NAME` and `!ENV [NAME, OTHER, default]` are values of it, as in
    `mkdocs.yml`.
    """
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and mark and mark.line >= len(text.splitlines()):
            mark = error.context_mark  # what is open at the end was opened here
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
    return MarkedData(data, Marks(file, places.find), tuple(reader.problems))


def no_mapping(document: MarkedData, example: str = "title: Emma") -> list[Problem]:
    """The problem of a file that should have keys and has a list or mere text."""
    if document.data is None or isinstance(document.data, dict):
        return []
    what, cure = "It must be a mapping of keys to values.", f"Write for example `{example}`."
    return [Problem(document.marks.place(), what, cure)]


def _compose(text: str) -> yaml.Node | None:
    # The C loader cannot say that it is too deep: it ends the whole process.
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
        "Check colons, indents and quotes; text that has `: ` or starts with a sign needs quotes.",
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
        self.left = most

    def read(self, node: yaml.Node, depth: int = 0) -> object:
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            self.left = -1
            return None
        if self.environment is not None and node.tag == _ENVIRONMENT:
            return self.read_environment(node, self.environment)
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == _NULL and not node.style else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, depth + 1) for item in node.value]
        assert isinstance(node, yaml.MappingNode)
        return self.read_mapping(node, depth)

    def read_environment(self, node: yaml.Node, environment: Mapping[str, str]) -> str | None:
        if not isinstance(node, yaml.SequenceNode):
            return environment.get(str(node.value))
        *names, default = [str(item.value) for item in node.value] or [""]
        return next((environment[name] for name in names if name in environment), default)

    def read_mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        data: dict[str, object] = {}
        merged: dict[str, object] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                for part in _merged_parts(value):
                    found = self.read(part, depth + 1)
                    if not isinstance(found, dict):
                        self.report(key, "`<<` must name a mapping.", "Write for example `<<: *a`.")
                        continue
                    merged = {**found, **merged}
            elif not isinstance(key, yaml.ScalarNode):
                self.report(key, "A key must be text, but is a list or a mapping.", "Name the key.")
            elif key.value in data:
                self.report(key, f"`{key.value}` appears twice.", "Keep one.")
            else:
                data[key.value] = self.read(value, depth + 1)
        return {**merged, **data} if merged else data

    def report(self, node: yaml.Node, what: str, cure: str) -> None:
        self.problems.append(Problem(_place(self.file, self.first_line, node), what, cure))


class _Places:
    """The tree is composed again for the first place asked for, rather than kept for each page."""

    __slots__ = ("_pairs", "_tree", "file", "first_line", "text")

    def __init__(self, file: str, first_line: int, text: str) -> None:
        self.file = file
        self.first_line = first_line
        self.text = text
        self._tree: yaml.Node | None = None
        self._pairs: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] | None = None

    def find(self, path: Path) -> Place | None:
        """A key's own place; for an item of a list that of the item."""
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
        """Of a key that stands twice the first counts."""
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
