"""Writes front matter that mkdocs-rss-plugin reads, and corrects the feeds of that plugin.

The plugin's keys and options: https://guts.github.io/mkdocs-rss-plugin/configuration/
"""

import json
import re
from collections.abc import Iterable, MutableMapping
from datetime import MINYEAR, date
from html import unescape
from mimetypes import guess_type
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.report import log
from mkdocs_bookreview.publishing.markdown_text import plain

_NAME = "rss"
_UNESCAPED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_TITLE = re.compile(r"<title>[^<]*</title>")
_NO_LENGTH = re.compile(r'(<enclosure url="([^"]*)" type="[^"]*" length=")None"')


class RssMeta:
    """Prepares the feeds of one build; does nothing if mkdocs-rss-plugin is not used.

    `options` are the options of mkdocs-rss-plugin; None without that plugin. `site_url` is empty if
    it is not set.
    """

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        plugin = config.plugins.get(_NAME)
        self.options = plugin.config if plugin and plugin.config.get("enabled", True) else None
        self.site_url = config.site_url or ""
        self.files = files
        self._lengths: dict[str, int] = {}

    def advise(self) -> None:
        """Report a setting that makes feeds take their dates from Git, not from reviews."""
        if self.options and self.options["date_from_meta"]["as_creation"] == "git":
            log.info(
                "The feed of the plugin `rss` takes its dates from Git. To use the dates of your"
                " reviews, write `date_from_meta: {as_creation: date, as_update: updated}` under"
                " `rss`."
            )

    def find_feed(self, reviews: Iterable[Review]) -> str | None:
        """Return the name of the plugin's feed; None if none of these reviews is in the feed."""
        if not self.options:
            return None
        kinds = [kind for kind in ("rss", "json") if self.options.get(f"{kind}_feed_enabled", True)]
        is_listed = re.compile(self.options["match_path"]).match
        if not kinds or not any(is_listed(review.source) for review in reviews):
            return None
        return str(self.options["feeds_filenames"][f"{kinds[0]}_created"])

    def keep_out(self, meta: MutableMapping[str, object]) -> None:
        """Keep a page out of feeds by the key `draft`, unless its front matter has that key."""
        if self.options:
            meta.setdefault("draft", True)

    def add(self, meta: MutableMapping[str, object], review: Review) -> None:
        """Write the dates, the reviewer and the cover of a review into its front matter.

        Keep it out of feeds if it has no date, or if its book waits to be read.
        """
        if not self.options:
            return
        if review.is_stub or not review.date:
            self.keep_out(meta)
        if review.date:
            _write_date(meta, "date", review.date)
            _write_date(meta, "updated", review.updated or review.date)
        if review.reviewer and "authors" not in meta:
            meta.setdefault("author", plain(review.reviewer))
        cover = next((book.cover for book in review.books if book.cover), None)
        file = self.files.get_file_from_path(cover) if cover else None
        if file and "illustration" not in meta:
            self._write_picture(meta, file)

    def _write_picture(self, meta: MutableMapping[str, object], file: File) -> None:
        """Write the path of a picture, because the plugin would request a full address."""
        if file.is_media_file() and guess_type(file.url)[0]:
            meta.setdefault("image", file.url)
            self._lengths[self.site_url + file.url] = Path(file.abs_src_path or "").stat().st_size

    def mend(self, site: Path) -> None:
        """Correct the feeds that the plugin has written to the folder `site`.

        The plugin does not escape names, it finds no length for our pictures, and it escapes
        titles, which are HTML already: `<title>A &amp;amp; B</title>` becomes `<title>A &amp;
        B</title>`.
        """
        names = self.options["feeds_filenames"] if self.options else {}
        for key, path in ((key, site / name) for key, name in names.items()):
            if path.is_file():
                mend = self._mend_xml if key.startswith("rss") else _mend_json
                # The file is read and written as bytes, because text would get the line ends of the
                # system.
                text = path.read_bytes().decode()
                mended = mend(text)
                if mended != text:
                    path.write_bytes(mended.encode())

    def _mend_xml(self, text: str) -> str:
        text = _TITLE.sub(lambda title: title[0].replace("&amp;", "&"), text)
        text = _UNESCAPED.sub("&amp;", text)
        return _NO_LENGTH.sub(self._set_length, text)

    def _set_length(self, match: re.Match[str]) -> str:
        return f'{match[1]}{self._lengths[match[2]]}"' if match[2] in self._lengths else match[0]


def _mend_json(text: str) -> str:
    feed = json.loads(text)
    titled = [item for item in feed.get("items", ()) if item.get("title")]
    escaped = [item for item in titled if unescape(item["title"]) != item["title"]]
    for item in escaped:
        item["title"] = unescape(item["title"])
    # The text stays as it is if nothing is wrong, because the file belongs to the plugin.
    return json.dumps(feed, ensure_ascii=False, indent=2) if escaped else text


def _write_date(meta: MutableMapping[str, object], key: str, when: PartialDate) -> None:
    """Write a date, unless the author gave one that the plugin can read.

    A day in quotes is replaced, because YAML reads it as text, and the plugin expects a time in a
    text.
    """
    written = meta.get(key)
    if written is None or (isinstance(written, str) and ":" not in written):
        meta[key] = date(max(when.year, MINYEAR), when.month or 1, when.day or 1)
