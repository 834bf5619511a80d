"""Finds the code of a language, whether an author writes a code or a name."""

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from mkdocs_bookreview.model.names import fold

_MOST_KEPT = 1000
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z\d]{2,8})*", re.IGNORECASE)
_SCRIPT_LENGTH = 4  # letters, as in `zh-Hant`
# Each code is listed with the language's name for itself and other common names, because Babel
# would have to load the data of every language to find these names.
_NAMES = (
    "af Afrikaans, ar العربية, bg български, ca català, cs čeština česky, cy Cymraeg, da "
    "dansk, de Deutsch, el ελληνικά, en English, eo Esperanto, es español castellano "
    "Castilian, et eesti, eu euskara, fa فارسی Farsi, fi suomi, fr français, ga Gaeilge, gl "
    "galego, he עברית, hi हिन्दी, hr hrvatski, hu magyar, id Bahasa_Indonesia, is íslenska, "
    "it italiano, ja 日本語, ko 한국어, la Latina, lt lietuvių, lv latviešu, nb bokmål, nl "
    "Nederlands Flemish, nn nynorsk, no norsk, pl polski, pt português, ro română, ru "
    "русский, sk slovenčina, sl slovenščina, sq shqip, sr српски srpski, sv svenska, th ไทย, "
    "tr Türkçe, uk українська, vi tiếng_Việt, yi ייִדיש, zh 中文 汉语 漢語 Mandarin"
)


@lru_cache(maxsize=_MOST_KEPT)
def find_code(language: str) -> str:
    """Return the BCP 47 code of a language: `de` for `deu`, `ger`, `DE`, `German` and `Deutsch`.

    A country or script stays: `por-br` gives `pt-BR`. An unknown language is returned as it is.
    """
    if _CODE.fullmatch(language):
        first, *others = re.split("[-_]", language.lower())
        # Aliases are resolved, because libraries write three letters, `ger` or `deu`, for a code
        # that has two letters in BCP 47.
        code = get_global("language_aliases").get(first, first)
        if code in Locale("en").languages:
            return "-".join([code, *map(_write_subtag, others)])
    return _list_names().get(fold(language), language)


def is_code(language: str) -> bool:
    """Return whether a text has the form of a code such as `pt-BR`, and not that of a name."""
    return bool(_CODE.fullmatch(language))


def _write_subtag(subtag: str) -> str:
    return subtag.title() if len(subtag) == _SCRIPT_LENGTH else subtag.upper()


@cache
def _list_names() -> dict[str, str]:
    """Return codes by the folded names of languages, in English and in each language itself."""
    names = list_names(Locale("en"))
    for group in _NAMES.split(","):
        code, *own = group.split()
        names |= dict.fromkeys(map(fold, own), code)
    return names


def list_names(locale: Locale) -> dict[str, str]:
    """Return the codes of all languages by their folded names in the language of `locale`."""
    found = ((fold(str(name)), code) for code, name in locale.languages.items())
    return {name: code.replace("_", "-") for name, code in sorted(found, reverse=True)}
