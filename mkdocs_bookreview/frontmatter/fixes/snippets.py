"""Write values as YAML that an author can copy into front matter."""

from typing import TypeGuard

import yaml

_WIDEST = 88  # characters of a mapping on one line; longer ones have a line for each key
# These words are quoted, because YAML reads them as null.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def write_inline(value: object) -> str:
    """Return a value on one line: `{name: Earthsea, position: 1}`."""
    if isinstance(value, dict):
        pairs = (f"{_scalar(key)}: {write_inline(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(write_inline, value))}]"
    return "" if value is None else _scalar(str(value))


def write_lines(data: dict[str, object], indent: str = "") -> list[str]:
    """Return a line for each key, or several if its mapping is too long for a line."""
    lines: list[str] = []
    for key, value in data.items():
        line = f"{indent}{_scalar(key)}: {write_inline(value)}"
        if isinstance(value, dict) and len(line) > _WIDEST:
            lines += [f"{indent}{_scalar(key)}:", *write_lines(value, f"{indent}  ")]
        else:
            lines.append(line)
    return lines


def _scalar(text: str) -> str:
    """Return text as it is, or in double quotes if YAML would not read it as the same text."""
    if text not in _NULLS and _is_plain(text):
        return text
    quoted = yaml.safe_dump(text, default_style='"', width=float("inf"), allow_unicode=True)
    return quoted.strip()


def _is_plain(text: str) -> bool:
    """Return whether YAML reads a text without quotes as the same text.

    The text is tried as a value, and in braces as a value and as a key.
    """
    try:
        nodes = [yaml.compose(one, yaml.SafeLoader) for one in (f"k: {text}", f"{{k: {text}}}")]
        key = yaml.compose(f"{{{text}: v}}", yaml.SafeLoader)
    except (yaml.YAMLError, ValueError):
        return False
    values = [node.value[0][1] for node in nodes if _is_pair(node)]
    if not _is_pair(key) or len(values) != len(nodes):
        return False
    scalars = [one for one in (*values, key.value[0][0]) if isinstance(one, yaml.ScalarNode)]
    return [one.value for one in scalars if one.style is None] == [text] * 3


def _is_pair(node: object) -> TypeGuard[yaml.MappingNode]:
    return isinstance(node, yaml.MappingNode) and len(node.value) == 1
