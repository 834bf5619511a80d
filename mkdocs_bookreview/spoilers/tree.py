"""The open elements at a place in HTML, as a list linked from the innermost outwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mkdocs_bookreview.spoilers.sealed.tags import (
    BLOCKS,
    HEADINGS,
    PHRASING_BLOCKS,
    STRUCTURES,
    Tag,
    name_elements,
)

# In these a button is not allowed, or a second one of their kind ends the first and all in it.
_LINKS = frozenset({"a", "button", "label", "nobr"})
# In these a browser knows no sealed element: it throws it out, or shows what is in it.
_CLOSED_WORLDS = frozenset({"math", "select", "svg"})
_SELECT = frozenset({"select"})

# What a tag ends, and what keeps it from ending more.
_ITEMS = {"li": frozenset({"li"}), **dict.fromkeys(("dd", "dt"), frozenset({"dd", "dt"}))}
_ITEM_BARRIERS = (
    BLOCKS - {"address", "div", "p"} | {"button", "object", "template"} | _CLOSED_WORLDS
)
_P = frozenset({"p"})
_P_BARRIERS = _CLOSED_WORLDS | name_elements("button caption object table td template th")
_ENDS_P = BLOCKS - name_elements(
    "body caption col colgroup html legend optgroup option select tbody td tfoot th thead tr"
)
# In which elements parts of a table may stand; all that is open in these ends.
_SECTIONS = name_elements("table tbody template tfoot thead")
_TABLE = name_elements("table template")
_CELLS = name_elements("caption td th")
_HOMES = {
    **dict.fromkeys(("td", "th"), _SECTIONS | {"tr"}),
    "tr": _SECTIONS,
    **dict.fromkeys(("caption", "col", "colgroup", "tbody", "tfoot", "thead"), _TABLE),
}


@dataclass(slots=True, eq=False)
class Node:
    """An element.

    `in_phrasing`: it, or one around it, may hold no block; `outer` is then the element around all
    of these. `in_link` and `beyond_link` say the same of elements that may hold no button,
    `in_closed_world` of drawings and the like. `is_dropped`: its tags are not printed.
    """

    tag: Tag
    parent: Node | None
    depth: int
    in_phrasing: bool
    outer: Node | None
    in_link: bool
    beyond_link: Node | None
    in_closed_world: bool
    is_dropped: bool = False

    @property
    def name(self) -> str:
        return self.tag.name

    @property
    def is_block(self) -> bool:
        return self.tag.name in BLOCKS


class OpenElements:
    def __init__(self) -> None:
        self.top: Node | None = None
        self._counts: Counter[str] = Counter()

    def push(self, tag: Tag) -> Node:
        top, name = self.top, tag.name
        phrasing, link, closed = _is_phrasing(name), name in _LINKS, name in _CLOSED_WORLDS
        if top is None:
            node = Node(tag, None, 1, phrasing, None, link, None, closed)
        else:
            outer = top.outer if top.in_phrasing else top
            beyond = top.beyond_link if top.in_link else top
            phrasing, link = phrasing or top.in_phrasing, link or top.in_link
            closed = closed or top.in_closed_world
            node = Node(tag, top, top.depth + 1, phrasing, outer, link, beyond, closed)
        self._counts[name] += 1
        self.top = node
        return node

    def pop(self, name: str) -> list[Node]:
        """The elements that a closing tag ends, innermost first; none if it ends nothing."""
        top = self.top
        if top is not None and top.tag.name == name:
            self.top = top.parent
            self._counts[name] -= 1
            return [top]
        if not self._counts[name] or not self._is_open({name}, _SELECT):
            return []
        return self._pop_through({name})

    def pop_implied(self, name: str) -> list[Node]:
        """The elements that browsers end where an opening tag stands, innermost first.

        https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody
        """
        popped: list[Node] = []
        if name in _ITEMS and self._is_open(_ITEMS[name], _ITEM_BARRIERS):
            popped += self._pop_through(_ITEMS[name])
        if name in _ENDS_P and self._counts["p"] and self._is_open(_P, _P_BARRIERS):
            popped += self._pop_through(_P)
        if name in HEADINGS and self.top and self.top.name in HEADINGS:
            popped += self._pop_through(HEADINGS)
        if name == "table" and self._is_open(_TABLE, _CELLS):
            popped += self._pop_through(_TABLE)
        if name in _HOMES and self._counts["table"]:
            while self.top and self.top.name not in _HOMES[name]:
                popped += self._pop_through({self.top.name})
        return popped

    def _is_open(self, names: Collection[str], barriers: Collection[str]) -> bool:
        for node in walk_up(self.top, None):
            if node.name in names:
                return True
            if node.name in barriers:
                return False
        return False

    def _pop_through(self, names: Collection[str]) -> list[Node]:
        popped: list[Node] = []
        while node := self.top:
            popped.append(node)
            self.top = node.parent
            self._counts[node.name] -= 1
            if node.name in names:
                break
        return popped


def _is_phrasing(name: str) -> bool:
    """Elements of the author's own (`<my-card>`) may hold anything."""
    return name in PHRASING_BLOCKS or (name not in BLOCKS and "-" not in name)


def walk_up(node: Node | None, ancestor: Node | None) -> Iterator[Node]:
    """From `node` outwards, without `ancestor`."""
    while node is not None and node is not ancestor:
        yield node
        node = node.parent


def find_fork(one: Node | None, other: Node | None) -> Node | None:
    """The innermost element that both stand in, or are."""
    while one is not other:
        if other is None or (one is not None and one.depth >= other.depth):
            assert one is not None
            one = one.parent
        else:
            other = other.parent
    return one


def find_container(node: Node | None) -> Node | None:
    """The innermost element around `node` that may hold a sealed block; None is the document."""
    while node is not None and (node.in_phrasing or node.name in STRUCTURES):
        node = node.outer if node.in_phrasing else node.parent
    return node


def find_whole(node: Node | None) -> Node | None:
    """The list, table or drawing around a place that can hold no sealed element; else None."""
    whole = None
    if node is not None and node.in_closed_world:
        whole = next(up for up in walk_up(node, None) if up.name in _CLOSED_WORLDS)
        node = whole.parent
    while node is not None and node.name in STRUCTURES:
        whole, node = node, node.parent
    return whole
