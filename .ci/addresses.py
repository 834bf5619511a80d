"""Write the owner of the repository into every file that has an address of the project.

The owner is that of `Source` under `project.urls` in pyproject.toml. With `--check`, only report
the files that have another owner. With `--release OWNER`, also report an owner other than this: the
workflow for releases passes the owner of the repository in which it runs.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_NAME = "mkdocs-bookreview"
_SOURCE = re.compile(rf"https://github\.com/(?P<owner>[\w-]+)/{_NAME}")
_OWNER = re.compile(
    rf"(?P<before>github\.com/|githubusercontent\.com/|github_id: )[\w-]+(?=/{_NAME}\b)"
    rf"|(?P<site>https://)[\w-]+(?=\.github\.io/{_NAME}\b)"
)
_FILES = ("*.md", "*.toml", ".github/**/*.yml", ".github/**/*.md", "example_site/docs/guide/*.md")


def find_owner() -> str:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    match = _SOURCE.fullmatch(project["urls"]["Source"])
    if not match:
        sys.exit(f"pyproject.toml: `Source` must be https://github.com/OWNER/{_NAME}.")
    return match["owner"]


def set_owner(text: str, owner: str) -> str:
    return _OWNER.sub(lambda match: f"{match['before'] or match['site']}{owner}", text)


def find_others(owner: str) -> Iterator[tuple[Path, str]]:
    """Yield the files that have another owner, with what they should be."""
    for path in sorted({path for pattern in _FILES for path in _ROOT.glob(pattern)}):
        text = path.read_text("utf-8")
        if (new := set_owner(text, owner)) != text:
            yield path, new


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--release", metavar="OWNER")
    chosen = parser.parse_args()
    owner = find_owner()
    if chosen.release and chosen.release != owner:
        sys.exit(
            f"pyproject.toml: the owner in `Source` is {owner}, but the repository is"
            f" {chosen.release}'s. Write {chosen.release} there, and run `python .ci/addresses.py`."
        )
    others = dict(find_others(owner))
    if others and (chosen.check or chosen.release):
        names = ", ".join(path.relative_to(_ROOT).as_posix() for path in others)
        sys.exit(f"The owner is not {owner} in {names}. Run `python .ci/addresses.py`.")
    for path, text in others.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
