"""Gives reviews a card of Material's social plugin with cover, title, author and stars.

Options of the plugin, which a page can set too, under `social`:
https://squidfunk.github.io/mkdocs-material/plugins/social/
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.model.problem import name_first
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.mentions import mention_once
from mkdocs_bookreview.plugin.report import log
from mkdocs_bookreview.publishing.fonts import find_files, has_letters, is_font, may_have_letters
from mkdocs_bookreview.publishing.social_cards import (
    COVER_SIZE,
    LAYOUT,
    STYLES,
    build_options,
    write_text,
)
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

_NAMES = re.compile(r"(?:.*/)?social(?: #\d+)?")  # a second plugin is `material/social #2`
_META = "social"
_DEFAULT_FONT = "Roboto"
_DEFAULT_LAYOUT = "default"

_NO_ADDRESS = (
    "Reviews and lists have no social cards, because a card needs the address of the site. Write"
    " `site_url` in {config}."
)
_NO_LETTERS = (
    "The font `{family}` lacks letters of titles or authors, so these reviews have the usual social"
    " card of the site: {sources}. Choose a font of Google that has these letters, for example with"
    " `cards_layout_options: {{font_family: Noto Serif JP}}` under `social`."
)
_BROKEN = (
    "The font `{path}` of the social cards cannot be read. Delete this file, and the social plugin"
    " downloads it again."
)


class SocialCards:
    """Prepares the cards of one build; does nothing if the social plugin is not used."""

    def __init__(self, config: MkDocsConfig, settings: Settings, words: Words) -> None:
        self._config = config
        self._words = words
        self._rating = settings.rating
        self._plugins = _find_plugins(config) if settings.metadata.social_cards else []
        self._lacking: dict[str, list[str]] = {}
        self._fonts: dict[tuple[str, str], list[Path]] = {}
        self._broken: list[Path] = []
        # The font is looked up before pages are read, because the social plugin may download it
        # meanwhile, and then earlier and later reviews would be treated differently.
        self._find_files(self._gather({}))

    @property
    def is_on(self) -> bool:
        return bool(self._plugins)

    def keep_out(self, meta: MutableMapping[str, Any], source: str) -> None:
        """Switch off the card of a page, unless its front matter or the plugin asks for one."""
        own = _read_own(meta) if self._plugins else None
        if own is not None and not self._is_wanted(source):
            meta[_META] = {"cards": False, **own}

    def add(
        self,
        meta: MutableMapping[str, Any],
        review: Review,
        find_cover: Callable[[tuple[int, int]], Path | None],
    ) -> None:
        """Choose our layout for the card of a review, unless the author chose a layout.

        `find_cover` returns a picture of the given size in pixels. If it returns None, or if the
        font lacks a letter, the review keeps the usual card. Without `site_url` it has no card.
        """
        own = _read_own(meta) if self._plugins else None
        if own is None or not any(_has_card(plugin, review.source) for plugin in self._plugins):
            return
        if not self._config.site_url:
            self.keep_out(meta, review.source)
        elif own.get("cards", True) and not self._has_layout(own):
            given = self._gather(own)
            if not self._has_letters(review, given):
                self._lacking.setdefault(self._find_font(given), []).append(review.source)
            elif cover := find_cover(COVER_SIZE):
                options = self._build_options(review, cover, given)
                meta[_META] = {**own, "cards_layout": LAYOUT, "cards_layout_options": options}

    def report(self, kept: Kept) -> None:
        """Report a missing `site_url`, broken fonts, and reviews with letters that a font lacks.

        `kept` remembers the reports of earlier builds of `mkdocs serve`, which are not repeated.
        """
        if self._plugins and not self._config.site_url:
            name = Path(self._config.config_file_path or "mkdocs.yml").name
            mention_once(_NO_ADDRESS.format(config=name), kept)
        for path in dict.fromkeys(self._broken):
            log.warning(_BROKEN.format(path=path))
        for family, sources in self._lacking.items():
            message = _NO_LETTERS.format(family=family, sources=name_first(sources))
            mention_once(message, kept)

    def _is_wanted(self, source: str) -> bool:
        included = (plugin for plugin in self._plugins if plugin["cards_include"])
        return bool(self._config.site_url) and any(_has_card(one, source) for one in included)

    def _build_options(
        self, review: Review, cover: Path, given: Mapping[str, object]
    ) -> dict[str, object]:
        site = self._config.site_name
        return {
            **build_options(review, cover, site, self._words, self._rating, given),
            "font_family": self._find_font(given),
            "font_variant": _find_variant(given),
        }

    def _has_layout(self, own: Mapping[str, Any]) -> bool:
        chosen = (plugin["cards_layout"] for plugin in self._plugins)
        return "cards_layout" in own or any(layout != _DEFAULT_LAYOUT for layout in chosen)

    def _gather(self, own: Mapping[str, Any]) -> dict[str, object]:
        """Return the author's options for layouts; the page's options override the plugin's."""
        layers = [plugin["cards_layout_options"] for plugin in self._plugins]
        options: dict[str, object] = {}
        for layer in (*layers, own.get("cards_layout_options")):
            options |= layer if isinstance(layer, dict) else {}
        return options

    def _find_font(self, given: Mapping[str, object]) -> str:
        font = self._config.theme.get("font")
        of_theme = font.get("text") if isinstance(font, dict) else None
        return str(given.get("font_family") or of_theme or _DEFAULT_FONT)

    def _has_letters(self, review: Review, given: Mapping[str, object]) -> bool:
        text = write_text(review, self._words)
        if files := self._find_files(given):
            return has_letters(files, text)
        # A font that is not downloaded yet counts as having all letters if the author chose it,
        # because the author knows the font.
        return bool(given.get("font_family")) or may_have_letters(self._find_font(given), text)

    def _find_files(self, given: Mapping[str, object]) -> list[Path]:
        """Return the files of the font; none if a file is missing, or cannot be read as a font."""
        key = family, variant = self._find_font(given), _find_variant(given)
        if self._plugins and key not in self._fonts:
            folder = Path(self._plugins[0]["cache_dir"], "fonts", family)
            styles = [f"{variant} {style}".strip() for style in STYLES]
            files = find_files(folder, styles)
            broken = [file for file in files if not is_font(file)]
            self._broken += broken
            self._fonts[key] = [] if broken else files
        return self._fonts.get(key, [])


def _find_variant(given: Mapping[str, object]) -> str:
    return str(given.get("font_variant") or "")


def _has_card(plugin: Any, source: str) -> bool:
    """Return whether the options of a social plugin allow a card for a page."""
    if included := plugin["cards_include"]:
        return any(fnmatch(source, pattern) for pattern in included)
    return not any(fnmatch(source, pattern) for pattern in plugin["cards_exclude"])


def _find_plugins(config: MkDocsConfig) -> list[Any]:
    """Return the options of each social plugin that makes cards."""
    found = [plugin.config for name, plugin in config.plugins.items() if _NAMES.fullmatch(name)]
    ours = (one for one in found if "cards_layout" in one)  # another plugin may have that name
    return [one for one in ours if one["enabled"] and one["cards"]]


def _read_own(meta: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the page's settings for the plugin; None if the plugin cannot read them."""
    own = meta.get(_META, {})
    return own if isinstance(own, dict) else None
