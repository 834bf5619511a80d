"""Measures words of any script and breaks them into lines.

Nobody knows which font a reader has, so widths are estimates in em, a little too large for most
fonts: they were compared with Palatino, Noto Serif, DejaVu Serif and Times.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Each pair has the first code point of a block of letters, and their mean width in em.
_BLOCKS = (
    (0x0000, 0.56),  # Latin
    (0x0370, 0.56),  # Greek
    (0x0400, 0.63),  # Cyrillic
    (0x0530, 0.70),  # Armenian
    (0x0590, 0.55),  # Hebrew
    (0x0600, 0.55),  # Arabic, Syriac, Thaana
    (0x0900, 0.60),  # Devanagari
    (0x0980, 0.65),  # Bengali, Gurmukhi, Gujarati, Odia
    (0x0B80, 0.92),  # Tamil, Telugu, Kannada, Malayalam, Sinhala
    (0x0E00, 0.60),  # Thai, Lao, Tibetan
    (0x1000, 0.80),  # Burmese
    (0x10A0, 0.64),  # Georgian
    (0x1100, 0.80),  # Ethiopic, Cherokee, Khmer, Mongolian and others
    (0x1E00, 0.56),  # more Latin and Greek
    (0x2000, 0.80),  # signs, and all other scripts
    (0xFB1D, 0.55),  # forms of Hebrew and Arabic letters
    (0xFF00, 0.80),
)
_STARTS = [start for start, _ in _BLOCKS]
_CAPITAL = 0.14  # em, how much wider capitals are
_SIGNS = (
    (0.32, "ijlI|.,:;'’!·"),
    (0.41, 'frt()[]{}-–"“”/«»‹›¡¿'),
    (0.96, "mwMW@%—…"),
)
_WIDTHS = {sign: width for width, signs in _SIGNS for sign in signs}
_WIDE = 1.0
_EMOJI = 1.3
_FIRST_EMOJI = 0x1F000
SPACE = 0.28  # em
_HYPHEN = "-"

_ATTACHED = frozenset({"Mn", "Me", "Mc", "Cf"})  # categories of marks on the letter before
_MOST_MARKS = 8  # characters of a letter; without a limit, made-up ones would be wider than a line
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_JOINER = "\u200d"
_VIRAMA = 9  # combining class of the sign that joins two consonants of India's scripts
# Thai and Lao vowels are written before or after the consonant that they belong to.
_VOWELS_BEFORE = frozenset("เแโใไເແໂໃໄ")
_VOWELS_AFTER = frozenset("ะาำๅๆฯະາຳ")
_FLAGS = range(0x1F1E6, 0x1F200)  # two of these letters make a flag
_SKINS = range(0x1F3FB, 0x1F400)
_SMALL_KANA = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")
_NEVER_FIRST = frozenset({"Pe", "Pf", "Po", "Lm"})  # categories: brackets, stops, long vowels
_NEVER_LAST = frozenset({"Ps", "Pi"})
_BREAK_AFTER = frozenset("-‐–—/")
_FIRST_BREAKABLE = "\u0e00"  # letters before it are of scripts that have spaces between words
_HYPHENATED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
# Arabic to Burmese, and Khmer, have marks above and below that need more room between lines.
_TALL = re.compile("[\u0600-\u109f\u1780-\u17ff\ufb50-\ufdff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Describes letters that stay on one line.

    `width` is in em, without the space that follows if `has_space`. If `is_cut`, the word goes on
    in the next piece, which must be on another line.
    """

    text: str
    width: float
    has_space: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """Describes a way to set a text: the font's `size`, and the largest number of lines.

    Long words are cut only if `may_cut`.
    """

    size: float
    lines: int
    may_cut: bool


def fit(text: str, width: float, tries: Sequence[Try]) -> tuple[float, list[str]]:
    """Return size and lines of the first try with which the text fits into `width`.

    If no try fits, the last try is used, and "…" replaces the rest of the text. `width` has the
    unit of the sizes. In a width of 150, "The Left Hand of Darkness" fits with a size of 29:
    The Left, Hand of, Darkness.
    """
    pieces = split(text)
    for one in tries:
        room = width / one.size
        parts = _cut_long(pieces, room) if one.may_cut else pieces
        if max((part.width for part in parts), default=0) > room:
            continue
        if len(lines := _break(parts, room)) <= one.lines:
            return one.size, [_write(line) for line in _balance(parts, room, len(lines))]
    lines = _break(parts, room)[: one.lines]
    return one.size, [*map(_write, lines[:-1]), _shorten(lines[-1], room)]


def measure(text: str) -> float:
    """Return the approximate width of a text in em."""
    return sum(map(_measure_letter, text))


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction is one of Hebrew, Arabic or the like."""
    for character in text:
        if (direction := unicodedata.bidirectional(character)) in {"L", "R", "AL"}:
            return direction != "L"
    return False


def is_tall(text: str) -> bool:
    """Return whether lines need more distance, because of marks above and below the letters."""
    return bool(_TALL.search(text))


@lru_cache(maxsize=4096)
def _measure_letter(character: str) -> float:
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    if _is_wide(character):
        return _EMOJI if ord(character) >= _FIRST_EMOJI and not character.isalpha() else _WIDE
    base = unicodedata.normalize("NFD", character)[0]
    if base.isspace():
        return SPACE
    block = _BLOCKS[bisect(_STARTS, ord(base)) - 1][1]
    return _WIDTHS.get(base, block + _CAPITAL * base.isupper())


def _is_wide(character: str) -> bool:
    return not character.isascii() and unicodedata.east_asian_width(character) in "WF"


def split(text: str) -> list[Piece]:
    """Return the pieces between which a line may end.

    Words are pieces, each ideograph is one, and a word may end after a hyphen: "雪国 a-b" gives
    雪, 国, a- and b.
    """
    pieces: list[Piece] = []
    for word in text.split():
        *parts, last = _split_word(word)
        pieces += [Piece(part, measure(part)) for part in parts]
        pieces.append(Piece(last, measure(last), has_space=True))
    return pieces


def _split_word(word: str) -> list[str]:
    # Most words end here, because looking at each letter was measured to take four times as long.
    if max(word) < _FIRST_BREAKABLE and _BREAK_AFTER.isdisjoint(word):
        return [word]
    parts: list[str] = []
    before = ""
    for letter in _split_letters(word):
        if before and not _may_end_between(before, letter):
            parts[-1] += letter
        else:
            parts.append(letter)
        before = letter
    return parts


def _split_letters(word: str) -> list[str]:
    """Return the letters of a word, each with its marks: "né" gives n and é, however é is coded."""
    letters: list[str] = []
    for character in word:
        if letters and _belongs_to(letters[-1], character):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _belongs_to(letter: str, character: str) -> bool:
    last = letter[-1]
    return len(letter) < _MOST_MARKS and (
        unicodedata.category(character) in _ATTACHED
        or last == _JOINER
        or unicodedata.combining(last) == _VIRAMA
        or last in _VOWELS_BEFORE
        or character in _VOWELS_AFTER
        or ord(character) in _SKINS
        or (ord(character) in _FLAGS and ord(last) in _FLAGS and len(letter) == 1)
    )


def _may_end_between(before: str, after: str) -> bool:
    if before[-1] in _BREAK_AFTER:
        return after[0].isalpha()
    if after[0] in _VOWELS_BEFORE:
        return True
    if not (_is_ideograph(before[0]) or _is_ideograph(after[0])):
        return False
    is_first_wrong = after[0] in _SMALL_KANA or unicodedata.category(after[0]) in _NEVER_FIRST
    return not is_first_wrong and unicodedata.category(before[0]) not in _NEVER_LAST


def _is_ideograph(character: str) -> bool:
    # Korean is wide too, but its words are kept together, because it has spaces.
    return _is_wide(character) and not "\uac00" <= character <= "\ud7a3"


def _cut_long(pieces: Iterable[Piece], room: float) -> list[Piece]:
    return [part for piece in pieces for part in _cut(piece, room)]


def _cut(piece: Piece, room: float) -> list[Piece]:
    """Return the parts of a piece that is wider than `room`, as even as possible."""
    if piece.width <= room:
        return [piece]
    hyphen = _HYPHEN if unicodedata.name(piece.text[0], "").startswith(_HYPHENATED) else ""
    letters = _split_letters(piece.text)
    available = room - measure(hyphen)
    count = len(_fill(letters, available))
    narrow = _find_narrowest(available, count, lambda width: len(_fill(letters, width)))
    *texts, last = _fill(letters, narrow)
    parts = [Piece(text + hyphen, measure(text + hyphen), is_cut=True) for text in texts]
    return [*parts, Piece(last, measure(last), piece.has_space)]


def _fill(letters: Iterable[str], room: float) -> list[str]:
    texts: list[str] = []
    used = room
    for letter in letters:
        width = measure(letter)
        if texts and used + width <= room:
            texts[-1] += letter
        else:
            texts.append(letter)
            used = 0
        used += width
    return texts


def _break(pieces: Iterable[Piece], room: float) -> list[list[Piece]]:
    """Return lines of at most `room` em. A piece that is wider gets a line of its own."""
    lines: list[list[Piece]] = []
    used = room
    for piece in pieces:
        if lines and not lines[-1][-1].is_cut and used + piece.width <= room:
            lines[-1].append(piece)
        else:
            lines.append([piece])
            used = 0
        used += piece.width + SPACE * piece.has_space
    return lines


def _balance(pieces: Sequence[Piece], room: float, count: int) -> list[list[Piece]]:
    """Return as many lines as `count`, as even in width as possible.

    For "Never Let Me Go" in 7 em, "Never Let Me", "Go" becomes "Never Let", "Me Go".
    """
    return _break(pieces, _find_narrowest(room, count, lambda width: len(_break(pieces, width))))


def _find_narrowest(room: float, count: int, count_lines: Callable[[float], int]) -> float:
    """Return about the smallest width that needs no more lines than `count`, as `room` does."""
    low, high = room / max(count, 1) / 2, room
    while high - low > SPACE:
        middle = (low + high) / 2
        if count_lines(middle) <= count:
            high = middle
        else:
            low = middle
    return high


def _write(line: Iterable[Piece]) -> str:
    return "".join(piece.text + " " * piece.has_space for piece in line).rstrip()


def _shorten(line: Iterable[Piece], room: float) -> str:
    """Return as much of a line as there is room for with "…" after it."""
    [text, *_] = _fill(_split_letters(_write(line)), room - measure("…"))
    return text.rstrip(" ,;:-–") + "…"
