"""The patterns of the package, which must find the same in every release of Python 3.11."""

import re
from pathlib import Path

import mkdocs_bookreview

PACKAGE = Path(mkdocs_bookreview.__file__).parent


def test_no_group_is_repeated_possessively() -> None:
    """Python 3.11.2 fails to match `(…)*+` with a choice inside; `(?>(…)*)` means the same."""
    written = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+[^\s=]")
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if written.search(line) and not line.lstrip().startswith("#")
    ]
    assert found == []
