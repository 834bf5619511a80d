"""Gives the author advice that is not about mistakes: how to begin, how to keep addresses."""

import json
from collections.abc import Iterable, Iterator, Sized

from mkdocs_bookreview.listings.taxonomies import find_movable, find_numbered
from mkdocs_bookreview.model.taxonomy import Term
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_name
from mkdocs_bookreview.plugin.report import log
from mkdocs_bookreview.settings.settings import THEMES

_MOST = 3  # pairs in one message, because each adds two lines

_BEGINNING = """\
There is no review yet, so no lists are made. A page with `book:` at its top is a review. Write for
example `{folder}emma.md` in your docs folder:
---
book:
  title: Emma
  author: Jane Austen
---
What I think of it."""
_NO_PAGE = (
    "`reviews.list` is `false`, but you have no page `{source}`, so the list of all reviews is"
    " still shown. Write a page `{source}` with the text that readers see instead of the list."
)
_ALL_HIDDEN = "All reviews are drafts or dated in the future, so no lists are made."


def advise(build: Build) -> None:
    if not build.plan.library.reviews and not build.plan.library.waiting:
        has_hidden = any(page.review for page in build.plan.pages.values())
        folder = build.settings.reviews.path
        log.info(_ALL_HIDDEN if has_hidden else _BEGINNING.format(folder=folder))
    has_list = any(one.is_of_all and one.shows == "reviews" for one in build.shown.values())
    if has_list and not build.settings.reviews.list:
        log.info(_NO_PAGE.format(source=f"{build.settings.reviews.path}index.md"))
    for name, taxonomy in build.plan.taxonomies.items():
        if pairs := list(find_numbered(taxonomy)):
            log.info(_describe(build, name, pairs))
        if spelt := list(find_movable(taxonomy)):
            log.info(_describe_movable(build, name, spelt))


def advise_nav(build: Build, missing: Iterable[tuple[str, str]], file: str | None) -> None:
    """Report pages of lists that the navigation lacks; `missing` has their titles and sources.

    `file` is the file from which a plugin reads the navigation; None if the navigation is `nav` in
    the configuration file.
    """
    is_markdown = file is not None and file.endswith(".md")
    line = "\n* [{}]({})" if is_markdown else "\n  - {}: {}"
    lines = "".join(line.format(title, source) for title, source in missing)
    where = f"in {file}" if file else f"in `nav` of {config_name(build.config)}"
    log.info(f"These pages are not {where}. To show them there, add:{lines}")


def _describe(build: Build, name: str, pairs: list[tuple[Term, Term]]) -> str:
    """Return a message about names that give the same address.

    It has the lines for the vocabulary that keep the addresses as they are.
    """
    terms = {term.slug: term for pair in pairs[:_MOST] for term in pair if not term.entry}
    first, second = pairs[0]
    return (
        f"`{first.name}` and `{second.name}` in `{name}` would have the same address, so the"
        f" second has the address `{second.slug}`{_count_more(name, pairs)}. After a new review,"
        f" the two addresses may be swapped. {_list_lines(build, name, terms.values())}"
    )


def _describe_movable(build: Build, name: str, spelt: list[tuple[Term, str]]) -> str:
    """Return a message about names with several spellings that give different addresses."""
    term, other = spelt[0]
    return (
        f"`{term.name}` and `{other}` in `{name}` are spellings of one name. The address of its"
        f" page, `{term.slug}`, comes from the most frequent spelling{_count_more(name, spelt)}."
        " A new review may change this address."
        f" {_list_lines(build, name, (term for term, _ in spelt[:_MOST]))}"
    )


def _count_more(name: str, found: Sized) -> str:
    return f" ({len(found) - 1} more of this kind in `{name}`)" if len(found) > 1 else ""


def _list_lines(build: Build, name: str, terms: Iterable[Term]) -> str:
    """Return the steps and the vocabulary's lines that keep the addresses of terms."""
    names = {term.slug: json.dumps(term.name, ensure_ascii=False) for term in terms}
    lines = "".join(f"\n{slug}: {text}" for slug, text in names.items())
    return f"To keep the addresses, {'; then '.join(_list_steps(build, name))}:{lines}"


def _list_steps(build: Build, name: str) -> Iterator[str]:
    """Yield what the author must do: change settings, then write lines in the vocabulary."""
    file = build.settings.vocabularies.get(name) or f"{name}.yml"
    is_theme = name == THEMES
    if name not in build.settings.vocabularies:
        yield f"set `taxonomies: {{{name}: {{vocabulary: {file}}}}}` under `bookreview`"
    if is_theme and not build.plan.taxonomies[name].vocabulary.entries:
        yield "set `themes: {mode: open}` under `bookreview`, unless you list all themes"
    yield f"write in {file} beside {config_name(build.config)}"
