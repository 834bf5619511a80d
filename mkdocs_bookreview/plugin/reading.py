"""Reads all front matter and data files, before MkDocs converts the first page."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel

from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.site import EarlierPages, read_site
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.plugin.data_files import find_data_file, read_data, read_file
from mkdocs_bookreview.plugin.site_language import SiteLanguage, find_source
from mkdocs_bookreview.publishing.plan import Plan, add_reviewer, list_sources, plan_reviews
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def read_plan(
    files: Files,
    config: MkDocsConfig,
    settings: Settings,
    words: Words,
    today: date,
    serving: bool,
    earlier: EarlierPages,
    language: SiteLanguage | None = None,
) -> Plan:
    """Read all front matter and data files, and return the plan of the site.

    In `files`, mark drafts, and exclude data files. `today` decides which reviews are dated in the
    future. `serving` includes drafts in lists. `earlier` has the pages that earlier builds read.
    `language` is the language of the build; None if the site has only one.
    """
    problems: list[Problem] = []
    vocabularies = {
        taxonomy: read_data(name, files, config, problems)
        for taxonomy, name in settings.vocabularies.items()
        if find_data_file(name, config)
    }
    site = read_site(
        _read_pages(files, problems),
        _read_defaults(files, problems),
        read_data(BOOKS_FILE, files, config, problems),
        vocabularies,
        {*files.src_uris, *(language.list_names(files) if language else ())},
        settings,
        earlier,
        today.year,
        partial(find_source, files) if language else None,
    )
    kept = earlier.kept
    pages = kept.find("pages", (site,), lambda: add_reviewer(site.pages, settings))
    hidden = _mark_drafts(pages, files, today)
    reviews = [
        page.review
        for source, page in pages.items()
        if page.review and (serving or source not in hidden)
    ]
    # The settings are not compared, because `site` is another object after they change.
    wanted = frozenset(list_sources(config.nav))
    origin = site, tuple(reviews), words.grounds, wanted
    plan = kept.find(
        "plan", origin, lambda: plan_reviews(pages, reviews, site, settings, words, wanted)
    )
    return replace(plan, problems=(*problems, *plan.problems))


def _mark_drafts(pages: Mapping[str, WrittenPage], files: Files, today: date) -> set[str]:
    """Mark drafts and pages dated in the future as drafts of MkDocs, and return their sources."""
    hidden = {
        source
        for source, page in pages.items()
        if not page.is_published(today) or not files.src_uris[source].inclusion.is_included()
    }
    for source in hidden:
        files.src_uris[source].inclusion = InclusionLevel.DRAFT
    return hidden


def _read_pages(files: Files, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield the source and the text of each page that the author or another plugin wrote.

    Exclude a page that is not valid text, because MkDocs would stop the build at it.
    """
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        text = read_file(file, problems)
        if text is None:
            file.inclusion = InclusionLevel.EXCLUDED
        else:
            yield file.src_uri, text


def _read_defaults(files: Files, problems: list[Problem]) -> dict[str, str]:
    """Return the text of each `.meta.yml` by its folder, or "" if it is not valid text."""
    return {
        posixpath.dirname(file.src_uri) or ".": read_file(file, problems) or ""
        for file in files
        if posixpath.basename(file.src_uri) == DEFAULTS_FILE
    }
