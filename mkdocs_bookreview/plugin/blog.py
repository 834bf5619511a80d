"""Keeps spoilers out of the addresses that Material's blog makes of headings and categories."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from mkdocs_bookreview.publishing.teasers import find_teaser
from mkdocs_bookreview.settings.open_text import holds_spoiler
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.vault import Vault, strip
from mkdocs_bookreview.words.language import Words

Slugify = Callable[[str, str], str]

_OPTIONS = ("post_slugify", "categories_slugify")


def keep_from_addresses(config: MkDocsConfig, words: Words) -> None:
    """Make the blog's slug functions leave out spoilers in headings and categories."""
    for plugin in config.plugins.values():
        options = getattr(plugin, "config", {})  # because hooks are plugins too
        for name in _OPTIONS:
            if slugify := options.get(name):
                options[name] = _without_spoilers(slugify, words)


def leave_out_categories(config: MkDocsConfig, files: Files) -> None:
    """Remove the pages of categories whose name holds a spoiler.

    The blog must have made these pages before, because it reads the categories from the source
    files, in which we cannot remove spoilers.
    """
    for plugin in config.plugins.values():
        blog = getattr(plugin, "blog", None)
        views = getattr(blog, "views", ())
        for view in [view for view in views if holds_spoiler(view.name)]:
            _remove_view(blog, view, files)


def _remove_view(blog: Any, view: Any, files: Files) -> None:
    # Views are compared by identity, because MkDocs' pages with the same title are equal.
    blog.views = [other for other in blog.views if other is not view]
    for post in view.posts:
        post.categories = [other for other in post.categories if other is not view]
    for file in {page.file for page in (view, *view.pages)}:
        files.remove(file)


def _without_spoilers(slugify: Slugify, words: Words) -> Slugify:
    @wraps(slugify)
    def slugify_open(heading: str, separator: str) -> str:
        if holds_spoiler(heading):
            # Findings are dropped here, because they are reported when the front matter is read or
            # the page is converted.
            spoilers = SpoilerExtension(vault=Vault(words), report=lambda _: None)
            html = Markdown(extensions=[spoilers]).convert(heading)
            heading = find_teaser(strip(html)) or words("spoiler_word")
        return slugify(heading, separator)

    return slugify_open
