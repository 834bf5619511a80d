"""Words, plurals, numbers and dates in the reader's language."""

from datetime import date
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_month_names
from babel.numbers import format_decimal

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.words.table import TABLE

ENGLISH = "en"
_MINUTES = 60


class Words:
    """The table in one language, with English where that language lacks a word.

    `language` is what themes call it: `de`, `pt-BR`, `zh-Hant`; one that nobody knows is English.
    """

    def __init__(self, language: str = ENGLISH) -> None:
        self.locale = _read_locale(language)
        self.language = self.locale.language
        self._numbers: dict[Decimal | int, str] = {}

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        return self.text(key, n).format(n=n, **values)

    def text(self, key: str, n: int | None = None) -> str:
        """Nothing is filled in yet."""
        texts = TABLE[key]
        text = texts.get(self.language) or texts[ENGLISH]
        if isinstance(text, str):
            return text
        return text.get(self.locale.plural_form(n or 0)) or text["other"]

    def find(self, key: str) -> str | None:
        """For keys made from what an author wrote: None where the table has no such word."""
        return self(key) if key in TABLE else None

    def date(self, when: PartialDate) -> str:
        """In full words, as far as the date is known: `April 2005`."""
        if when.year < 0:
            return self("year_before_common_era", year=-when.year)
        if when.month is None:
            return str(when.year)
        if when.day is None:
            return format_skeleton("yMMMM", date(when.year, when.month, 1), locale=self.locale)
        return format_date(date(when.year, when.month, when.day), "long", locale=self.locale)

    def number(self, value: Decimal | int) -> str:
        """Made once: to write one takes long, and a site has the same ones again and again."""
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
        """`French` for `fr`; a code that nobody knows stays as it is."""
        if name := self.locale.languages.get(code):
            return str(name)
        try:
            return Locale.parse(code, sep="-").get_display_name(self.locale) or code
        except (UnknownLocaleError, ValueError):
            return code


def _read_locale(language: str) -> Locale:
    name = language.replace("_", "-")  # MkDocs' own themes say `pt_BR`
    for code in (name, name.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(ENGLISH)
