"""Read defaults for all pages of a folder, from Material's `.meta.yml` files.

Defaults are merged with the front matter of a page as Material documents: mappings are combined,
lists are joined, and any other value of the page replaces the value of the folder.
https://squidfunk.github.io/mkdocs-material/plugins/meta/
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.marked_yaml import (
    MarkedData,
    Marks,
    Path,
    no_mapping,
    read_marked_yaml,
)

FILE_NAME = ".meta.yml"

_FLAG = re.compile(
    r"""(?:^|[{,])[ \t]*['"]?(draft|spoilers)['"]?\s*:\s*['"]?(?:true|yes|on|1)\b""",
    re.MULTILINE | re.IGNORECASE,
)


def read_defaults(text: str, file: str) -> MarkedData:
    """Return the content of a `.meta.yml`.

    If the file is invalid, `draft` and `spoilers` are still found in its text, so that a mistake
    publishes no draft and no spoiler.
    """
    document = read_marked_yaml(text, file)
    problems = (*document.problems, *no_mapping(document))
    data = document.mapping if isinstance(document.data, dict) else read_flags(text)
    return MarkedData(data, document.marks, problems)


def read_flags(text: str) -> dict[str, str]:
    """Return `draft` and `spoilers`, each only if the text of invalid YAML sets it to true."""
    return dict.fromkeys((name.lower() for name in _FLAG.findall(text)), "true")


def merge_defaults(source: str, page: MarkedData, defaults: Mapping[str, MarkedData]) -> MarkedData:
    """Return the front matter of a page merged with the defaults of its folders.

    `defaults` has the content of `.meta.yml` by folder; the docs folder itself is `.`. Inner
    folders override outer folders. The result has only the problems of merging, because the
    problems in the page and in `.meta.yml` are reported elsewhere.
    """
    if not defaults:
        return MarkedData(page.mapping, page.marks)
    merged = MarkedData({}, Marks(source))
    for folder in reversed(PurePosixPath(source).parents):
        if default := defaults.get(str(folder)):
            merged = _merge(merged, default)
    return _merge(merged, page)


def _merge(under: MarkedData, over: MarkedData) -> MarkedData:
    differing: list[Path] = []
    data = _merge_data(under.mapping, over.mapping, (), differing)

    def find(path: Path) -> Place | None:
        own = _unshifted(path, under.mapping, over.mapping)
        return (own is not None and over.marks.find(own)) or under.marks.find(path)

    problems = (_differs(path, under.marks, over.marks) for path in differing)
    return MarkedData(data, Marks(over.marks.file, find), (*under.problems, *problems))


def _merge_data(under: object, over: object, path: Path, differing: list[Path]) -> object:
    if over is None or under is None:
        return under if over is None else over
    if isinstance(under, dict) and isinstance(over, dict):
        below = {
            key: _merge_data(under.get(key), value, (*path, key), differing)
            for key, value in over.items()
        }
        return {**under, **below}
    if isinstance(under, list) and isinstance(over, list):
        return [*under, *over]
    # Values of different kinds are reported, because a list and a mapping cannot be merged.
    if type(under) is not type(over):
        differing.append(path)
    return over


def _differs(path: Path, under: Marks, over: Marks) -> Problem:
    what = (
        f"`{'.'.join(map(str, path))}` is in another form than in `{under.place(path)}`, so the"
        " two cannot be joined."
    )
    return Problem(
        over.place(path), what, "Write lists in both places, or mappings in both places."
    )


def _unshifted(path: Path, under: object, over: object) -> Path | None:
    """Return the path in the page's own front matter of the value at `path` after merging.

    In a joined list the items of the defaults come first, and give None. With two themes in the
    defaults, `("themes", 2)` gives `("themes", 0)`.
    """
    own: list[str | int] = []
    for part in path:
        if isinstance(part, int) and isinstance(under, list) and isinstance(over, list):
            if part < len(under):
                return None
            own.append(part - len(under))
            # Only the outermost list is joined, so numbers further in stay as they are.
            under = over = None
            continue
        own.append(part)
        under = under.get(part) if isinstance(under, dict) else None
        over = over.get(part) if isinstance(over, dict) else None
    return tuple(own)
