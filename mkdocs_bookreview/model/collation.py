"""Sorts names as readers of a language expect them.

The tables are our own, because no package fits: PyICU has to be compiled against ICU, and its
unofficial wheels have 18 MB; icu4py does not sort; and pyuca (last version of 2017) has no rules of
languages and reads a table of 1.5 MB at each start. Every pair of letters in a table was compared
with ICU 77. Two things differ: `ё`, `ґ` and `ѓ` are separate letters in all languages, and a
dotless i is a separate letter only in the languages that have it.
https://cldr.unicode.org/index/cldr-spec/collation-guidelines
"""

# ruff: noqa: RUF001 - the tables have letters of many scripts, which look like Latin ones

import re
import unicodedata
from functools import cache, cached_property

from mkdocs_bookreview.model.names import fold_signs, strip_accents

_ANY = ""  # the key of letters that are the same for all languages
# A table has groups. The first letter of a group is at its usual place in the alphabet. The other
# letters of the group follow it as separate letters: in `l ł`, all names with `ł` come after those
# with `l`. A letter after `=` counts as the letter before it. The groups of `_ANY` count in all
# languages. An accented letter that is in no table counts as the letter without the accent.
_LETTERS = {
    _ANY: (
        "a, ae=æ, d=đ=ð, h=ħ, i=ı, l=ł, n ŋ, o=ø, oe=œ, z þ,"
        "а ә, г ґ ғ, д ђ ѓ, е ё є, з ѕ, и і ї ј, к қ, л љ, н њ ң, о ө, т ћ ќ, у ў ұ ү, х һ, ч џ,"
        "ا=أ=إ=آ=ٱ, ب پ, ج چ, ز ژ, ك=ک گ, ي=ی"
    ),
    "az": "c ç, e ə, g ğ, h x ı, k q, o ö, s ş, u ü, z w",
    "bs": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "cs": "c č, h ch, r ř, s š, z ž",
    "cy": "c ch, d dd, f ff, g ng, l ll, p ph, r rh, t th",
    "da": "y=ü, z æ=ä ø=ö=ő å=aa",
    "eo": "c ĉ, g ĝ, h ĥ, j ĵ, s ŝ, u ŭ",
    "es": "n ñ",
    "et": "s š z ž, w õ ä ö ü",
    "fa": "ن و ه",
    "fi": "y=ü, z å ä=æ ö=ø",
    "fil": "n ñ ng",
    "fo": "y=ü, z æ=ä ø=ö å=aa",
    "gl": "n ñ",
    "hr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "hu": "c cs, d dz dzs, g gy, l ly, n ny, o ö=ő, s sz, t ty, u ü=ű, z zs",
    "is": "a á, d ð, e é, i í, o ó, u ú, y ý, z þ æ=ä ö=ø å",
    "kk": "ы і",
    "lt": "c č, i=y, s š, z ž",
    "lv": "c č, g ģ, i y, k ķ, l ļ, n ņ, r ŗ, s š, z ž",
    "nb": "y=ü, z æ=ä ø=ö=ő=œ å=aa",
    "nn": "y=ü, z æ=ä ø=ö=ő=œ å=aa",
    "no": "y=ü, z æ=ä ø=ö=ő=œ å=aa",
    "pl": "a ą, c ć, e ę, l ł, n ń, o ó, s ś, z ź ż",
    "ro": "a ă â, i î, s ș=ş, t ț=ţ",
    "sk": "a ä, c č, h ch, o ô, r ř, s š, z ž",
    "sl": "c č ć, d đ, s š, z ž",
    "sq": "c ç, d dh, e ë, g gj, l ll, n nj, r rr, s sh, t th, x xh, z zh",
    "sr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "sv": "y=ü, z å ä=æ ö=ø",
    "tr": "c ç, g ğ, h ı, o ö, s ş, u ü",
    "vi": "a ă â, d đ, e ê, o ô ơ, u ư",
}
# These languages have two letters i: `I` is the capital of the dotless letter, `İ` that of `i`.
_DOTLESS = frozenset({"az", "tr"})
# These marks do not make another letter: in Vietnamese, `ấ` is the letter `â` with a tone.
_TONES = {"vi": "\u0300\u0301\u0303\u0309\u0323"}
# Arabic and Hebrew may leave out these signs for vowels, so they are ignored.
_POINTS = re.compile("[\u0591-\u05c7\u0640\u064b-\u0652]")
# In Polish `ł` is a separate letter after `l`. It is sorted as `l` and a character after this code
# point, because such characters come after all scripts.
_AFTER = 0xF0000
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_NOT_SORTED = re.compile("[^a-z0-9]+")  # in text of ASCII characters
# Numbers get zeros in front up to `_DIGITS` digits, because `Vol. 10` comes after `Vol. 2`.
_NUMBER = re.compile(r"\d+")
_DIGITS = 12
# Lists in these scripts have no headings by letter, because nearly every name begins with another
# character.
_NO_LETTERS = ("CJK", "HANGUL")

NO_LETTER = "#"  # the heading for names that do not begin with a letter


class Collation:
    """Sorts by the alphabet of a `language`, a code such as `sv`.

    A language without a table is sorted by the letters that are the same for all languages.
    Case, accents, quotes and other signs count only if names are the same without them.
    """

    def __init__(self, language: str = _ANY) -> None:
        self.language = language
        self._weights = _read_weights(language)
        own = ((letter, weight) for letter, weight in self._weights.items() if _is_own(weight))
        self._letters: dict[str, str] = {}
        for letter, weight in own:
            self._letters.setdefault(weight, letter)
        self._has_digraphs = any(letter.isascii() for letter in self._weights)
        # Keys are cached, because a build sorts the same names several times.
        self._keys: dict[str, tuple[str, str]] = {}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Return a pattern of all letters; it is built on first use, because few names need it."""
        # The longest letters are tried first, because `dzs` and `dz` are different letters.
        ordered = sorted(self._weights, key=lambda letter: (-len(letter), letter))
        return re.compile("|".join(map(re.escape, ordered)))

    def key(self, text: str) -> tuple[str, str]:
        """Return a key to sort a name by: its letters first, and then the name itself.

        In Swedish, `Åse` gives the letters `z`, the first character after `_AFTER`, `s` and `e`.
        `Vol. 2` gives `vol 000000000002`.
        """
        if text not in self._keys:
            plain = self._lower(text)
            self._keys[text] = self._weigh(plain), plain
        return self._keys[text]

    def letter(self, text: str) -> str:
        """Return the heading of a name in a list: a capital letter, or `NO_LETTER`."""
        key = self.key(text)[0]
        first = self._letters.get(key[:2]) or key[:1]
        if not first.isalpha() or unicodedata.name(first[0], "").startswith(_NO_LETTERS):
            return NO_LETTER
        if self.language in _DOTLESS and first in ("i", "ı"):
            return "İ" if first == "i" else "I"
        return first[0].upper()[:1] + first[1:]

    def _lower(self, text: str) -> str:
        if self.language in _DOTLESS:
            text = text.replace("I", "ı").replace("İ", "i")
        plain = unicodedata.normalize("NFC", text).casefold()
        if tones := _TONES.get(self.language):
            plain = unicodedata.normalize("NFD", plain).translate(dict.fromkeys(map(ord, tones)))
        return unicodedata.normalize("NFC", plain)

    def _weigh(self, plain: str) -> str:
        text = fold_signs(plain).replace("'", "").replace('"', "")
        text = _NUMBER.sub(lambda match: match[0].zfill(_DIGITS), text)
        if not text.isascii():
            text = _POINTS.sub("", text).translate(_KATAKANA)
        # ASCII names are not looked up, to save time, unless the table has ASCII letters: `ch`.
        if self._has_digraphs or not text.isascii():
            text = self._pattern.sub(lambda match: self._weights[match[0]], text)
        if text.isascii():
            return _NOT_SORTED.sub(" ", text).strip()
        kept = (one if _is_sorted(one) else " " for one in strip_accents(text))
        return " ".join("".join(kept).split())


def _is_sorted(character: str) -> bool:
    """Return whether a character counts: a letter, a mark on it, a digit, or from `_AFTER` on."""
    is_mark = unicodedata.category(character).startswith("M")
    return character.isalnum() or is_mark or ord(character) >= _AFTER


def _is_own(weight: str) -> bool:
    return ord(weight[-1]) >= _AFTER


def _read_weights(language: str) -> dict[str, str]:
    """Return the text by which a letter is sorted, for each letter of the tables.

    In Swedish `å` is sorted by `z` and the first character after `_AFTER`, `ä` by `z` and the
    second. If a letter is in both tables, the table of the language wins.
    """
    weights: dict[str, str] = {}
    used: dict[str, int] = {}
    for name in dict.fromkeys((language, _ANY)):
        for group in filter(None, _LETTERS.get(name, "").split(",")):
            first, *others = group.split()
            base, *same = first.split("=")
            for letter in same:
                weights.setdefault(letter, base)
            for other in others:
                letter, *same = other.split("=")
                if letter not in weights:
                    used[base] = used.get(base, 0) + 1
                for one in (letter, *same):
                    weights.setdefault(one, f"{base}{chr(_AFTER + used.get(base, 0))}")
    return weights


@cache
def find_collation(language: str) -> Collation:
    """Return the collation of a language, which is the same object each time and keeps its keys."""
    return Collation(language)
