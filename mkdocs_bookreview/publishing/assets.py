"""Reads our stylesheets and scripts, and joins them to the files that pages load."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from mkdocs_bookreview.comments.provider import Conversation, Provider
from mkdocs_bookreview.comments.section import write_site
from mkdocs_bookreview.publishing.shrinking import shrink_css, shrink_js
from mkdocs_bookreview.words.language import Words

ASSETS = files("mkdocs_bookreview") / "assets"
STYLES: tuple[str, ...] = (
    "base.css",
    "cards.css",
    "lists.css",
    "browse.css",
    "stats.css",
    "spoilers.css",
)
SCRIPTS: tuple[str, ...] = ("spoilers.js",)
REDIRECT = ("redirect.js",)  # only pages that redirect to others need it
BROWSE = ("browse.js",)  # not in SCRIPTS, because only one page needs it
DECODE = ("decode.js",)  # only sites with encoded spoilers need it
FEEDS = ("feeds.js",)  # only sites with feeds in Material need it
# Only sites with comments of an earlier blog load the files of `ARCHIVE_…`, and only sites with a
# comment service load the files of `COMMENT_…`.
ARCHIVE_STYLES, ARCHIVE_SCRIPTS = ("archive.css",), ("archive.js",)
COMMENT_STYLES, COMMENT_SCRIPTS = ("comments.css",), ("comments.js",)
# These styles undo styles of other themes, so only sites without Material load them.
THEME_STYLES = ("themes.css",)
_SHRINK = {"css": shrink_css, "js": shrink_js}

# `_IMPORT` finds the modules that a module for comments imports, and `_BESIDE` the other files that
# it loads from its folder.
_IMPORT = re.compile(r'^import .* from "\./(.*\.js)";$', re.MULTILINE)
_BESIDE = re.compile(r'new URL\("\./(.*?)", import\.meta\.url\)')


@dataclass(frozen=True, slots=True)
class Asset:
    """Holds a stylesheet or a script.

    `uri` is its path on the site. The path contains a digest of the `text`, because browsers would
    otherwise use an old version from their cache.
    """

    uri: str
    text: str


def read_asset(folder: str, names: Iterable[str]) -> Asset:
    """Return an asset that joins files in our folder `css` or `js`, without their comments."""
    texts = ((ASSETS / folder / name).read_text("utf-8") for name in names)
    text = "\n".join(map(_SHRINK[folder], texts))
    digest = sha256(text.encode()).hexdigest()[:8]
    return Asset(f"assets/bookreview/bookreview.{digest}.{folder}", text)


def read_assets(
    *,
    has_archives: bool,
    has_comments: bool,
    is_encoded: bool,
    has_feeds: bool = False,
    is_material: bool = True,
) -> tuple[Asset, Asset]:
    """Return the styles and the scripts that every page of a site loads.

    `is_encoded` means that pages have encoded spoilers, and `has_feeds` that their heads name
    feeds. `is_material` means that the theme is Material, or one that styles text as it does.
    """
    # The decoder comes first, because it must listen before the other script opens a spoiler.
    styles, scripts = STYLES, (*DECODE, *SCRIPTS) if is_encoded else SCRIPTS
    if has_archives:
        styles, scripts = (*styles, *ARCHIVE_STYLES), (*scripts, *ARCHIVE_SCRIPTS)
    if has_comments:
        styles, scripts = (*styles, *COMMENT_STYLES), (*scripts, *COMMENT_SCRIPTS)
    if has_feeds and is_material:
        scripts = (*scripts, *FEEDS)
    if not is_material:
        styles = (*styles, *THEME_STYLES)
    return read_asset("css", styles), read_asset("js", scripts)


def read_modules(name: str) -> tuple[Asset, ...]:
    """Return the module `name.js` for comments, which comes first, and all files that it needs.

    The digest of all their texts is in the name of their folder, not in their own names, because
    these files name one another.
    """
    texts: dict[str, str] = {}
    wanted = [f"{name}.js"]
    while wanted:
        file = wanted.pop()
        if file not in texts:
            text = texts[file] = (ASSETS / "js" / "comments" / file).read_text("utf-8")
            wanted += [*_IMPORT.findall(text), *_BESIDE.findall(text)]
    digest = sha256("".join(texts.values()).encode()).hexdigest()[:8]
    folder = f"assets/bookreview/comments.{digest}"
    return tuple(Asset(f"{folder}/{file}", text) for file, text in texts.items())


def write_comments(provider: Provider, words: Words) -> tuple[Asset, ...]:
    """Return the files that the comments of all pages share: first JSON, then modules.

    Return none if the provider has no server, because then no page loads comments.
    """
    embed = provider.embed(Conversation("", "", words.language))
    if not embed:
        return ()
    modules = read_modules(embed.adapter)
    text = write_site(provider, words, modules[0].uri.removeprefix("assets/bookreview/"))
    digest = sha256(text.encode()).hexdigest()[:8]
    return Asset(f"assets/bookreview/comments.{digest}.json", text), *modules
