"""A hook for MkDocs that writes down all it can reach of each page, early and late in each event.

It stands in `seen.txt` beside `mkdocs.yml`. Only a page's Markdown is left out, which is raw.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

_pages: list[Page] = []


def show(thing: object) -> object:
    if isinstance(thing, Page):
        known = {**vars(thing), "title": getattr(thing, "title", None), "markdown": None}
        return {name: show(value) for name, value in known.items() if is_text(value)}
    if isinstance(thing, list):
        return [show(item) for item in thing]
    return str(thing)


def is_text(value: object) -> bool:
    return isinstance(value, str | dict | TableOfContents)


def note(config: Any, *things: object) -> None:
    with Path(config.config_file_path).with_name("seen.txt").open("a", encoding="utf-8") as seen:
        seen.writelines(f"{show(thing)}\n" for thing in things)


def _see_content(html: str, *, page: Page, config: Any, **_: Any) -> None:
    note(config, html, page)


def _see_all_pages(env: Any, *, config: Any, files: Any) -> None:
    _pages[:] = [file.page for file in files.documentation_pages()]
    note(config, env.globals, *_pages)


def _see_context(context: Any, *, config: Any, **_: Any) -> None:
    note(config, *context.values())


def _see_output(output: str, *, config: Any, **_: Any) -> None:
    note(config, output)


def _see_page(_output: str, *, page: Page, config: Any) -> None:
    note(config, page)


def _see_build(*, config: Any) -> None:
    note(config, *_pages)


def _at(*priorities: int, see: Callable[..., None]) -> CombinedEvent[Any, None]:
    return CombinedEvent(*(event_priority(one)(partial(see)) for one in priorities))


on_page_content = _at(1000, 99, 0, -1000, see=_see_content)
on_env = _at(1000, 0, -1000, see=_see_all_pages)
on_page_context = _at(1000, 0, -99, -101, -1000, see=_see_context)
# From 100 on a page's own spoilers are in its output, and nowhere else.
on_post_page = CombinedEvent(_at(1000, 101, see=_see_output), _at(99, 0, -1000, see=_see_page))
on_template_context = _at(0, -1000, see=_see_context)
on_post_template = _at(0, -1000, see=_see_output)
on_post_build = _at(0, -1000, see=_see_build)
