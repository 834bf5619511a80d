"""Sets what search engines and services read into the heads of pages."""

from mkdocs.structure.pages import Page

from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import find_title
from mkdocs_bookreview.publishing.filling import Publication
from mkdocs_bookreview.publishing.heads import HeadBuilder
from mkdocs_bookreview.structured_data.head import Head, HeadPage, HeadSite


def begin_heads(build: Build, published: Publication) -> HeadBuilder:
    """Return what builds the heads of all pages of a build."""
    config = build.config
    author = build.settings.reviewer or config.site_author
    site = HeadSite(config.site_name, build.words.tag, config.site_url or None, author or None)
    return HeadBuilder(published, site)


def build_head(heads: HeadBuilder, page: Page) -> Head:
    """Return what the head of a page says."""
    description = page.meta.get("description")
    facts = HeadPage(find_title(page), str(description or ""), page.canonical_url or None)
    return heads.build(page.file.src_uri, facts)
