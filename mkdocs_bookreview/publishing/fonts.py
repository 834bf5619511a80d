"""Finds out which letters a font has, because a card would show a box for a missing letter."""

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from mkdocs_bookreview.cards.lettering import is_right_to_left, is_tall

_SIZE = 24  # pixels; enough to distinguish letters
_NEVER = "\U0010ffff"  # a character that no font has, because Unicode reserves it
_LAST_LATIN = "\u024f"
_PUNCTUATION = (
    "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2026\u2039\u203a"
)
# These are the scripts of fonts that may not be downloaded yet. Any other font counts as Latin
# only, because most fonts of Google are.
_SCRIPTS = {"Roboto": ("LATIN", "GREEK", "CYRILLIC")}


def has_letters(files: Iterable[Path], text: str) -> bool:
    """Return whether each of these fonts can draw the text."""
    letters = {letter for letter in text if not letter.isspace()}
    needs_shaping = is_tall(text) or any(map(is_right_to_left, letters))
    if needs_shaping and not _can_shape():
        return False
    return all(_has(file, letter) for file in files for letter in letters)


def may_have_letters(family: str, text: str) -> bool:
    """Return whether a font that is not downloaded yet probably has the letters of a text."""
    scripts = _SCRIPTS.get(family, ("LATIN",))
    return all(_is_of(scripts, letter) for letter in text)


def find_files(folder: Path, styles: Collection[str]) -> list[Path]:
    """Return the files in a folder for these styles of a font, such as `Bold`, in their order.

    A missing style is replaced as in Material's social plugin: by a regular style, or else by the
    first style.
    """
    files = {file.stem: file for file in sorted(folder.glob("*.[ot]tf"))}
    regular = sorted(
        (name for name in files if "Regular" in name), key=lambda name: (len(name), name)
    )
    fallback = next(iter([*regular, *files]), "")
    return [files.get(style) or files[fallback] for style in styles if files]


def is_font(file: Path) -> bool:
    """Return whether a file can be read as a font; a half-downloaded file cannot."""
    from PIL import ImageFont  # noqa: PLC0415 - late, because it takes 60 ms

    try:
        ImageFont.truetype(str(file), _SIZE)
    except OSError:
        return False
    return True


def _is_of(scripts: Iterable[str], letter: str) -> bool:
    if letter <= _LAST_LATIN or letter in _PUNCTUATION:
        return True
    return unicodedata.name(letter, "").startswith(tuple(f"{script} " for script in scripts))


@lru_cache(maxsize=1)
def _can_shape() -> bool:
    """Return whether Pillow can join letters, and draw them from right to left."""
    from PIL import features  # noqa: PLC0415 - late, because it takes 60 ms

    return bool(features.check_feature("raqm"))


@lru_cache(maxsize=8192)
def _has(file: Path, letter: str) -> bool:
    # The drawing is compared with that of a character that no font has, because Pillow does not say
    # which letters a font has.
    return _draw(file, letter) != _draw(file, _NEVER)


@lru_cache(maxsize=1024)
def _draw(file: Path, letter: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - see above

    font = ImageFont.truetype(str(file), _SIZE, layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("L", (3 * _SIZE, 3 * _SIZE))
    ImageDraw.Draw(image).text((_SIZE, _SIZE), letter, fill=255, font=font)
    return image.tobytes()
