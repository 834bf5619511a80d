"""Writes the front matter of exported pages, without spoilers and without our own keys."""

from collections.abc import Mapping, MutableMapping
from typing import Any

import yaml

from mkdocs_bookreview.frontmatter.fixes.facts import REVIEW_KEYS
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.schema import FOREIGN_KEYS, PUBLIC_KEYS
from mkdocs_bookreview.frontmatter.split import split_front_matter

# The parser in C is used if it is installed, because the parser in Python takes a fifth of the time
# of an export.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

# These keys are left out, because exported pages show their values already. `date` stays, because
# blogs sort posts by it.
_OURS = frozenset({"book", "comments", "redirect_from", "spoilers"})
_OF_REVIEWS = (FOREIGN_KEYS | PUBLIC_KEYS | {"date"}) - _OURS


def read_meta(text: str, page: WrittenPage) -> dict[str, Any]:
    """Return the front matter of a page without our keys; empty if MkDocs does not read it."""
    parts = split_front_matter(text)
    if not parts or page.body is not None:
        return {}
    meta = _read_mapping(parts.text)
    if page.review:
        # Unknown keys are left out, because one of them may be a misspelt key with a spoiler.
        return {key: value for key, value in meta.items() if key in _OF_REVIEWS}
    return {key: value for key, value in meta.items() if key not in _OURS}


def filter_defaults(text: str) -> str:
    """Return a `.meta.yml` without our keys, because exported pages show their values already."""
    meta = _read_mapping(text)
    ours = _OURS | (REVIEW_KEYS - _OF_REVIEWS)
    return write_yaml({key: value for key, value in meta.items() if key not in ours})


def _read_mapping(text: str) -> Mapping[str, Any]:
    try:
        meta = yaml.load(text, _Loader)  # noqa: S506 - both loaders are safe
    except Exception:  # because PyYAML lets through errors of Python's own types
        return {}
    return meta if isinstance(meta, dict) else {}


def write_meta(meta: MutableMapping[str, Any]) -> str:
    """Return front matter for the start of a page; "" if `meta` is empty."""
    return f"---\n{write_yaml(meta)}---\n" if meta else ""


def write_yaml(meta: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        dict(meta), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000
    )
    return text if meta else ""
