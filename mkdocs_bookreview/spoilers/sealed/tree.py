"""Parses HTML as browsers do, and makes the few changes to the tree that sealing needs."""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_bookreview.spoilers.sealed.tags import (
    BLOCKS,
    PHRASING_BLOCKS,
    STRUCTURES,
)

ANCHORS = ("id", "name")

# A sealed phrase is moved out of these elements, because it is a button: they may not hold a
# button, or a second element of their kind would end the first.
LINKS = frozenset({"a", "button", "label", "nobr"})
# These elements may hold no sealed element, because a browser would move it out or show its
# content.
CLOSED_WORLDS = frozenset({"math", "select", "svg"})


def parse(html: str) -> LexborNode:
    """Return an element with the nodes that a browser would make of `html` within a `<div>`."""
    root = LexborHTMLParser("<div></div>", is_fragment=True).root
    assert root is not None
    root.inner_html = html
    return root


def is_same(node: LexborNode | None, other: LexborNode | None) -> bool:
    """Compare nodes by identity, because `==` compares their content, which takes time."""
    if node is None or other is None:
        return node is other
    return node.mem_id == other.mem_id


def has_class(node: LexborNode, name: str) -> bool:
    """Return whether a node has the class `name`, which must be in lower case."""
    return name in (node.attributes.get("class") or "").lower().split()


def list_children(element: LexborNode) -> list[LexborNode]:
    """Return elements, texts and comments as a list, so that they can be moved one by one."""
    children: list[LexborNode] = []
    child = element.first_child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def walk_up(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, from the innermost outwards."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def find_fork(start: LexborNode, end: LexborNode) -> LexborNode | None:
    """Return the innermost element that holds both nodes; None if they are in different trees."""
    around = {node.mem_id for node in walk_up(start)}
    return next((node for node in walk_up(end) if node.mem_id in around), None)


def is_phrasing(node: LexborNode) -> bool:
    """Return whether an element may hold no block; custom elements (`<my-card>`) may hold any."""
    name = node.tag or ""
    return name in PHRASING_BLOCKS or (name not in BLOCKS and "-" not in name)


def find_place(fork: LexborNode, *, is_block: bool) -> LexborNode:
    """Return the innermost element from `fork` outwards in which a sealed element may be set.

    A sealed block in `<p>a <em>…</em></p>` belongs beside the paragraph, because a browser would
    end the paragraph there. A sealed phrase in a link belongs beside the link, because it is a
    button.
    """
    place = fork
    # The walk goes up to the root, because an unfit element may be around an element that fits.
    for node in [fork, *walk_up(fork)]:
        is_unfit = is_phrasing(node) if is_block else node.tag in LINKS
        if is_unfit and node.parent is not None:
            place = node.parent
    return place


def find_whole(place: LexborNode) -> LexborNode | None:
    """Return the list, table or drawing to hide whole; None if a sealed element fits at `place`."""
    around = [place, *walk_up(place)]
    whole = next((node for node in around if node.tag in CLOSED_WORLDS), None)
    node = whole.parent if whole is not None else place
    while node is not None and node.tag in STRUCTURES:
        whole, node = node, node.parent
    return whole


def find_container(node: LexborNode) -> LexborNode:
    """Return the innermost element around `node` that may hold a sealed block."""
    around = [*walk_up(node)]
    container = find_place(around[0], is_block=True)
    while container.tag in STRUCTURES and container.parent is not None:
        container = find_place(container.parent, is_block=True)
    return container


def lift(node: LexborNode, place: LexborNode) -> None:
    """Split the elements around `node` until it is a child of `place`.

    `node` is `|` in `<p><em>a|b</em></p>`; lifted to the paragraph's parent it gives
    `<p><em>a</em></p>|<p><em>b</em></p>`. The second halves lose their ids, which are unique.
    """
    while (parent := node.parent) is not None and not is_same(parent, place):
        # A half without content is dropped, because it would be a new empty element.
        if not _is_blank(parent, node):
            _split(parent, node)
        parent.insert_before(node, move=True)
        if _is_blank(parent, None):
            parent.decompose()


def _is_blank(element: LexborNode, end: LexborNode | None) -> bool:
    """Return whether `element` has nothing but white space before its child `end`."""
    child = element.first_child
    while child is not None and not is_same(child, end):
        if not child.is_text_node or (child.text_content or "").strip():
            return False
        child = child.next
    return True


def _split(element: LexborNode, node: LexborNode) -> None:
    """Move the nodes before the child `node` into a copy of `element`, before `element`."""
    before = make_element(element, element.tag or "")
    element.insert_before(before, move=True)
    while (child := element.first_child) is not None and not is_same(child, node):
        before.insert_child(child, move=True)
    for name in ANCHORS:
        if name in element.attributes:
            del element.attrs[name]


def make_element(pattern: LexborNode, name: str) -> LexborNode:
    """Return an element of this name with the attributes of `pattern`, outside of the tree."""
    made = pattern.parser.create_node(name)
    for key, value in pattern.attributes.items():
        made.attrs[key] = value
    return made


def list_between(start: LexborNode, end: LexborNode | None) -> list[LexborNode]:
    """Return the nodes between two siblings, or all that follow the first if `end` is None."""
    nodes: list[LexborNode] = []
    node = start.next
    while node is not None and not is_same(node, end):
        nodes.append(node)
        node = node.next
    return nodes


def wrap(nodes: Sequence[LexborNode]) -> LexborNode:
    """Return a new element that holds these siblings, in their place."""
    holder = nodes[0].parser.create_node("div")
    nodes[0].insert_before(holder, move=True)
    for node in nodes:
        holder.insert_child(node, move=True)
    return holder
