"""Writes words, plurals, numbers and dates in the language of the site."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_month_names
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.words.languages import find_code, list_names
from mkdocs_bookreview.words.table import TABLE, Text

ENGLISH = "en"
_MINUTES = 60
_NONE: Mapping[str, Mapping[str, Text]] = MappingProxyType({})


class Words:
    """Gives the texts of the table in one language, or in English if the language lacks a text.

    `language` is a code as themes write it: `de`, `pt-BR`, `zh-Hant`; unknown codes mean English.
    `own` are the author's texts, by locale and by key; they replace those of the table. A locale is
    a name such as `de` or `pt_BR`, or an empty text for all languages.
    """

    def __init__(
        self, language: str = ENGLISH, own: Mapping[str, Mapping[str, Text]] = _NONE
    ) -> None:
        self.locale = _read_locale(language)
        self.language = self.locale.language
        self._own: dict[str, Text] = {}
        for name in ("", self.language, str(self.locale)):
            self._own |= own.get(name, {})
        self._numbers: dict[Decimal | int, str] = {}

    @property
    def tag(self) -> str:
        """Return the language as a BCP 47 tag, with its country or script: `pt-BR`."""
        return str(self.locale).replace("_", "-")

    @property
    def grounds(self) -> object:
        """Return all that the texts depend on; two `Words` with equal grounds give equal texts."""
        return str(self.locale), self._own

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """Return the text with `n` and `values` filled in: `words("pages", 2)` is `2 pages`."""
        return self.text(key, n).format(n=n, **values)

    def text(self, key: str, n: int | None = None) -> str:
        """Return the text in the plural form for `n`, with names in braces: `{n} pages`."""
        texts = TABLE[key]
        text = self._own.get(key) or texts.get(self.language) or texts[ENGLISH]
        if isinstance(text, str):
            return text
        return text.get(self.locale.plural_form(n or 0)) or text["other"]

    def find(self, key: str) -> str | None:
        """Return the text; None for an unknown key, because authors may name a part of the key."""
        return self(key) if key in TABLE else None

    def mark(self, key: str, n: int | None = None, **values: object) -> Markup:
        """Return the text as HTML, marked as English if the site's language lacks the text.

        The mark is needed because screen readers would mispronounce the text, and because pages in
        right-to-left languages would show its full stop at the wrong end.
        """
        text = escape(self(key, n, **values))
        if self.language in TABLE[key] or key in self._own:
            return text
        return Markup('<span lang="en" dir="ltr">{}</span>').format(text)

    def date(self, when: PartialDate) -> str:
        """Return the date in words, as far as it is known: `April 2005`, `about 2006`."""
        text = self._exact_date(when)
        return self("about", date=text) if when.is_approximate else text

    def _exact_date(self, when: PartialDate) -> str:
        if when.year < 0:
            return self("year_before_common_era", year=-when.year)
        if when.month is None:
            return str(when.year)
        if when.day is None:
            return format_skeleton("yMMMM", date(when.year, when.month, 1), locale=self.locale)
        return format_date(date(when.year, when.month, when.day), "long", locale=self.locale)

    def number(self, value: Decimal | int) -> str:
        """Return the number as the language writes it: `1,234` in English, `1.234` in German."""
        # Numbers are kept, because a site shows the same numbers again and again, and Babel was
        # measured to take 6 µs for each number.
        if value not in self._numbers:
            self._numbers[value] = format_decimal(value, locale=self.locale)
        return self._numbers[value]

    def month(self, number: int) -> str:
        return str(get_month_names("wide", "stand-alone", self.locale)[number])

    def duration(self, minutes: int) -> str:
        hours, minutes = divmod(minutes, _MINUTES)
        if not hours:
            return self("minutes", minutes=minutes)
        return self("hours", hours=hours, minutes=minutes)

    def language_name(self, code: str) -> str:
        """Return the name of a language: `French` for `fr` and `fre`, or `code` itself if unknown.

        `code` may also be a name of the language: in English, in the language itself, or in the
        language of the site.
        """
        code = find_code(code)
        if name := self.locale.languages.get(code):
            return str(name)
        try:
            return Locale.parse(code, sep="-").get_display_name(self.locale) or code
        except (UnknownLocaleError, ValueError):
            known = self._languages.get(fold(code))
            return str(self.locale.languages.get(known, code)) if known else code

    @cached_property
    def _languages(self) -> dict[str, str]:
        return list_names(self.locale)


def _read_locale(language: str) -> Locale:
    """Return the locale of a code, or else of the code's first part, or else English."""
    name = language.replace("_", "-")  # because MkDocs' own themes write `pt_BR`
    for code in (name, name.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(ENGLISH)
