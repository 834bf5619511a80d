"""Sets what search engines and services read into the heads of pages."""

from pathlib import Path

from mkdocs.structure.pages import Page

from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import find_title
from mkdocs_bookreview.publishing.filling import Publication
from mkdocs_bookreview.publishing.heads import HeadBuilder
from mkdocs_bookreview.settings.config_file import find_place
from mkdocs_bookreview.structured_data.authors import check_author
from mkdocs_bookreview.structured_data.head import Head, HeadPage, HeadSite


def begin_heads(published: Publication) -> HeadBuilder:
    """Return what builds the heads of all pages of a build."""
    return HeadBuilder(published, published.head_site)


def describe_site(build: Build) -> HeadSite:
    """Return what heads and cards say of the site."""
    config = build.config
    author = build.settings.reviewer or config.site_author
    return HeadSite(config.site_name, build.words.tag, config.site_url or None, author or None)


def find_long_author(build: Build) -> list[Problem]:
    """Return a problem if search engines would refuse the author of a review."""
    path = build.config.config_file_path
    options = build.settings.metadata
    if not options.json_ld and not options.microformats:
        return []
    return check_author(
        build.plan.reviews,
        describe_site(build),
        lambda key: find_place(Path(path), key) if path else Place("mkdocs.yml"),
    )


def describe_page(page: Page) -> HeadPage:
    """Return what heads and cards say of a page."""
    description = page.meta.get("description")
    return HeadPage(find_title(page), str(description or ""), page.canonical_url or None)


def build_head(heads: HeadBuilder, page: Page) -> Head:
    """Return what the head of a page says."""
    return heads.build(page.file.src_uri, describe_page(page))
