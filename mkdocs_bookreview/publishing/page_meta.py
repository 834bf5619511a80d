"""Changes what the theme and other plugins read in a page's front matter."""

from collections.abc import MutableMapping

from mkdocs_bookreview.frontmatter.schema import PUBLIC_KEYS
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.markdown_text import description, plain
from mkdocs_bookreview.settings.open_text import holds_spoiler
from mkdocs_bookreview.words.language import Words


def leave_out_spoilers(meta: MutableMapping[str, object]) -> None:
    """Delete public keys, such as `description`, whose value holds a spoiler."""
    for key in PUBLIC_KEYS & meta.keys():
        if holds_spoiler(meta[key]):
            del meta[key]


def write_review(meta: MutableMapping[str, object], review: Review, words: Words) -> None:
    """Write the description of a review, and remove spoilers from its lists in front matter.

    Themes, warnings and quotes become plain lists of texts.
    """
    shown = {
        "themes": [theme.name for theme in review.themes if not theme.spoiler],
        "warnings": [warning.name for warning in review.warnings if not warning.spoiler],
        "quotes": [quote.text for quote in review.quotes if not quote.spoiler],
    }
    meta.update((key, value) for key, value in shown.items() if key in meta)
    meta["description"] = description(review, words)


def write_description(meta: MutableMapping[str, object], teaser: str, title: str) -> None:
    """Write a description if the page has none, because feeds would use its Markdown instead."""
    if not meta.get("description"):
        meta["description"] = plain(teaser or title)
