"""Find problems with the files that a comment service loads into pages."""

from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from mkdocs_bookreview.comments.provider import Ask, Provider
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.marked_yaml import Marks


def find_file_faults(ask: Ask, address: str, fix: str) -> Iterator[str]:
    """Yield a sentence and its `fix` if a server does not have the file at an address."""
    try:
        answer = ask(address)
    except OSError as error:
        yield f"{error} {fix}"
        return
    if answer.is_error:
        yield f"{address} answers with status {answer.status}. {fix}"


def find_missing_files(provider: Provider, folder: Path, marks: Marks) -> Iterator[Problem]:
    """Yield a problem for each file that the comments need, and that the site does not have.

    `folder` is the folder of the finished site, and `marks` finds places in the mapping `comments`.
    """
    for option, address in provider.list_files():
        path = unquote(urlsplit(address).path)
        if not (folder / path).is_file():
            others = folder.rglob(f"*{PurePath(path).suffix}")
            near = find_near(path, (other.relative_to(folder).as_posix() for other in others))
            fix = (
                f"Did you mean `{near}`?"
                if near
                else (f"Save the file as `{path}` in your docs folder.")
            )
            what = f"`comments.{option}` names `{address}`, but the site has no such file."
            yield Problem(marks.place((option,)), what, fix)
