"""Material's blog: it makes a post's address of the heading as its author wrote that."""

from collections.abc import Callable
from functools import wraps

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.frontmatter.values import holds_spoiler
from mkdocs_bookreview.plugin.teasers import find_teaser
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.vault import Vault, strip
from mkdocs_bookreview.words.language import Words

Slugify = Callable[[str, str], str]

_OPTION = "post_slugify"


def keep_from_addresses(config: MkDocsConfig, words: Words) -> None:
    """Spoilers in headings, of which the page is told when it is converted."""
    for plugin in config.plugins.values():
        options = getattr(plugin, "config", {})  # hooks are among them, and have none
        if slugify := options.get(_OPTION):
            options[_OPTION] = _without_spoilers(slugify, words)


def _without_spoilers(slugify: Slugify, words: Words) -> Slugify:
    @wraps(slugify)
    def slugify_open(heading: str, separator: str) -> str:
        if holds_spoiler(heading):
            spoilers = SpoilerExtension(vault=Vault(words), report=lambda _: None)
            html = Markdown(extensions=[spoilers]).convert(heading)
            heading = find_teaser(strip(html)) or words("spoiler_word")
        return slugify(heading, separator)

    return slugify_open
