"""Reads `mkdocs.yml` as a tree of YAML nodes, which keeps values that only MkDocs can read.

A value such as `!!python/name:material.extensions.emoji.twemoji` stays as it is in the tree, and
can be written again. Format: https://www.mkdocs.org/user-guide/configuration/
"""

from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.representer import SafeRepresenter

from mkdocs_bookreview.settings.config_file import list_config_files

_PARENT = "INHERIT"
_MAPPING, _SEQUENCE = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"


def read_tree(path: Path) -> MappingNode:
    """Return `mkdocs.yml` and the files that it inherits as one tree, without invalid files."""
    tree = make_mapping()
    for file in reversed(list_config_files(path)):
        _merge(tree, _compose(file))
    drop(tree, _PARENT)
    return tree


def _compose(path: Path) -> MappingNode:
    loader = yaml.SafeLoader(path.read_text("utf-8-sig"))
    try:
        node = loader.get_single_node()
        if isinstance(node, MappingNode):
            loader.flatten_mapping(node)  # because `<<` may bring keys of another mapping
            return node
    except yaml.YAMLError:
        pass  # because `read_config_file` has reported it
    finally:
        loader.dispose()
    return make_mapping()


def make_mapping(node: Node | None = None) -> MappingNode:
    """Return a new mapping with the pairs of `node`; it is empty if `node` is not a mapping."""
    return MappingNode(_MAPPING, [*node.value] if isinstance(node, MappingNode) else [])


def _merge(tree: MappingNode, other: MappingNode) -> None:
    """Put the values of another mapping into the tree, and merge mappings in it, as MkDocs does."""
    for key, value in other.value:
        known = find(tree, key.value)
        if isinstance(known, MappingNode) and isinstance(value, MappingNode):
            _merge(known, value)
        else:
            put(tree, key.value, value)


def find(node: Node | None, key: str) -> Node | None:
    """Return the value of a key; None if the node lacks the key, or is not a mapping."""
    for name, value in node.value if isinstance(node, MappingNode) else ():
        if name.value == key:
            return value  # type: ignore[no-any-return]  # nodes of yaml have no types
    return None


def find_custom_dir(tree: MappingNode, folder: Path) -> Path | None:
    """Return the author's folder of templates, which may be missing; `folder` has `mkdocs.yml`."""
    name = read_value(find(find(tree, "theme"), "custom_dir"))
    return folder / name if isinstance(name, str) else None


def put(tree: MappingNode, key: str, value: object) -> None:
    """Set the value of a key: a node, or data that YAML can write."""
    drop(tree, key)
    node = value if isinstance(value, Node) else represent(value)
    tree.value.append((represent(key), node))


def drop(tree: MappingNode, key: str) -> None:
    tree.value = [pair for pair in tree.value if pair[0].value != key]


def represent(value: object) -> Node:
    return SafeRepresenter().represent_data(value)


def write_tree(tree: MappingNode) -> str:
    text: str = yaml.serialize(tree, Dumper=yaml.SafeDumper, allow_unicode=True, width=1000)
    return text


def list_entries(node: Node | None) -> Iterator[tuple[str, Node | None]]:
    """Yield the names and the options of plugins or extensions.

    MkDocs allows a list of names and of mappings with one name, or a mapping of names to options.
    """
    if isinstance(node, MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    for item in node.value if isinstance(node, SequenceNode) else ():
        if isinstance(item, ScalarNode):
            yield item.value, None
        elif isinstance(item, MappingNode):
            yield from ((key.value, value) for key, value in item.value)


def make_sequence(items: list[Node]) -> SequenceNode:
    return SequenceNode(_SEQUENCE, items)


def write_entries(entries: list[tuple[str, Node | None]]) -> Node:
    """Return a list of plugins or extensions as YAML; an entry is only a name without options."""
    items = [
        represent(name) if options is None else _write_entry(name, options)
        for name, options in entries
    ]
    return make_sequence(items)


def _write_entry(name: str, options: Node) -> MappingNode:
    entry = make_mapping()
    put(entry, name, options)
    return entry


def read_value(node: Node | None) -> object:
    """Return a node as data; None if it has a value that is not plain YAML."""
    if node is None:
        return None
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    except yaml.YAMLError:
        return None
