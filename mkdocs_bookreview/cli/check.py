"""Finds all problems of a site without building it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from textwrap import TextWrapper
from typing import NamedTuple

from mkdocs_bookreview.cards.progress import ReadingProgress, check_scales
from mkdocs_bookreview.cli.comments import FoundThreads, find_threads
from mkdocs_bookreview.cli.site import Progress, WrittenSite, describe_site, read_written_site
from mkdocs_bookreview.comments.archive.folder import read_archives
from mkdocs_bookreview.comments.consent import check_consent
from mkdocs_bookreview.frontmatter.future import describe_future, find_future
from mkdocs_bookreview.frontmatter.links import check_templates
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.scale import find_old_scale
from mkdocs_bookreview.frontmatter.split import find_line, split_body
from mkdocs_bookreview.listings.blocks import ListingBlocks, convert_blocks
from mkdocs_bookreview.listings.queries import Queries
from mkdocs_bookreview.listings.taxonomies import group_library
from mkdocs_bookreview.model.library import Library, list_keys
from mkdocs_bookreview.model.problem import Place, Problem, ProblemGroup
from mkdocs_bookreview.settings.config_file import find_place
from mkdocs_bookreview.settings.theme_files import check_theme_files
from mkdocs_bookreview.spoilers.check import MarkdownChecker, check_books
from mkdocs_bookreview.structured_data.authors import check_author
from mkdocs_bookreview.words.language import Words

_MOST_KINDS = 15  # in the summary, because it must fit on a screen
_WRAPPER = TextWrapper(
    100, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
)


class CheckedSite(NamedTuple):
    """Holds the number of `reviews`, and the `problems` of a site.

    Problems of the installed theme come first, then those of `mkdocs.yml`, and then all others by
    file and line.

    `note` mentions dates in the future, and ratings that seem to be on an earlier scale; None if
    there are none.
    """

    reviews: int
    problems: list[Problem]
    note: str | None


def check_site(config_file: Path, today: date, progress: Progress) -> CheckedSite:
    """Find all problems of a site.

    Raise OSError if `mkdocs.yml` or its docs folder cannot be read.
    """
    written = read_written_site(config_file, progress, today.year)
    problems = [*written.problems, *_check_spoilers(written.texts, written.site.pages)]
    problems += check_templates(written.settings.links, written.reviews, written.config.marks)
    problems += _check_descriptions(written)
    problems += _check_blocks(written, today)
    problems += _check_author(written, config_file, today)
    found = find_threads(written, today)
    problems += [*found.all_problems, *_check_archives(written, found), *_check_consent(written)]
    ordered = sorted(problems, key=lambda problem: problem.order)
    future = find_future(written.site.pages.values(), today)
    notes = [describe_future(future, serving=False)] if future else []
    if scale := find_old_scale(written.site.pages.values(), written.settings.rating):
        notes.append(scale)
    note = "\n".join(notes) or None
    first = (*check_theme_files(), *written.config.problems)
    return CheckedSite(len(written.reviews), [*first, *ordered], note)


def list_group(group: ProblemGroup) -> Iterator[str]:
    """Yield lines with all problems of one kind: the first in full, and the places of the others.

    Problems that fit on a line and have words of their own are all written out.
    """
    first, *others = group.problems
    yield ""
    yield str(first)
    if group.differs_in_line:
        yield from map(str, others)
        return
    yield f"  The same in {len(others)} more places:"
    places = ", ".join(str(problem.place) for problem in others)
    yield from _WRAPPER.wrap(places)


def sum_up(rare: int, groups: Sequence[ProblemGroup]) -> Iterator[str]:
    """Yield a line for each kind of problem that is reported together, the most frequent first."""
    if not groups:
        return
    ordered = sorted(groups, key=lambda group: (-len(group.problems), group.kind))
    for group in ordered[:_MOST_KINDS]:
        yield f"{len(group.problems):>8}  {group.label}"
    rest = rare + sum(len(group.problems) for group in ordered[_MOST_KINDS:])
    if rest:
        yield f"{rest:>8}  others"
    yield "`bookreview check --full` prints each problem with its own fix."


def _check_archives(written: WrittenSite, found: FoundThreads) -> Iterable[Problem]:
    pages = written.site.pages.values()
    keys = list_keys(page.review for page in pages if page.review)
    url = written.config.site.get("site_url") or None
    return read_archives(written.folder, pages, found.threads.by_source, url, keys).problems


def _check_consent(written: WrittenSite) -> Iterator[Problem]:
    config, options = written.config, written.settings.comments
    if options and written.provider:
        marks, repo = config.marks.below(("comments",)), config.site.get("repo_url")
        if problem := check_consent(options, config.extra, repo, marks):
            yield problem


def _check_author(written: WrittenSite, config_file: Path, today: date) -> Iterable[Problem]:
    options = written.settings.metadata
    if not options.json_ld and not options.microformats:
        return ()
    reviews = [page.review for page in written.list_published(today) if page.review]
    return check_author(reviews, describe_site(written), partial(find_place, config_file))


def _check_descriptions(written: WrittenSite) -> Iterator[Problem]:
    # All descriptions share a checker, because making one takes longer than checking a description.
    checker = MarkdownChecker()
    for taxonomy, vocabulary in written.site.vocabularies.items():
        file = written.settings.vocabularies[taxonomy]
        described = (one.description for one in vocabulary.entries.values() if one.description)
        for description in described:
            findings, _ = checker.check(description)
            for finding in findings:
                line = find_line(written.vocabularies[file], finding)
                yield Problem(Place(file, line), finding.what, finding.fix)


def _check_blocks(written: WrittenSite, today: date) -> Iterator[Problem]:
    words, settings = written.words, written.settings
    published = written.list_published(today)
    reviews = (page.review for page in published if page.review)
    library = Library.of(reviews, written.site.shelved, words.language)
    taxonomies = group_library(library, written.site.vocabularies, settings, words)
    queries = Queries(library, taxonomies, settings, words)
    for page in published:
        text = written.texts[page.source]
        for finding in queries.check(convert_blocks(split_body(text)), page.source):
            place = Place(page.source, find_line(text, finding))
            yield Problem(place, finding.what, finding.fix)


def _check_spoilers(
    texts: Mapping[str, str], pages: Mapping[str, WrittenPage]
) -> Iterator[Problem]:
    reviews = [page.review for page in pages.values() if page.review]
    keys = list_keys(reviews)
    progress = ReadingProgress(reviews, Words())
    checker = MarkdownChecker(ListingBlocks())
    for source, text in texts.items():
        findings, spoilers = checker.check(split_body(text))
        progress.add(source, spoilers)
        for finding in (*findings, *check_books(spoilers, keys)):
            place = Place(source, find_line(text, finding))
            yield Problem(place, finding.what, finding.fix)
    # The library comes first, because its newest reviews are first. All reviews follow, because the
    # library lacks the pages of books to be read.
    ordered = (*Library.of(reviews).reviews, *reviews)
    yield from check_scales(
        progress, ordered, lambda review, book: pages[review.source].marks.place(("book", book))
    )
