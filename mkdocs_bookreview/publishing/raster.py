"""Turns drawn covers into pictures, because services that preview links show no SVG.

A browser finds a font for each letter, but CairoSVG sets a whole cover in one font, and shows a box
for a letter that this font lacks. CairoSVG also cannot join letters, put marks above and below
letters, or write from right to left. So covers with such letters get no picture.
"""

import importlib.util
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path

from mkdocs_bookreview.cards.kept_copies import write_complete
from mkdocs_bookreview.cards.lettering import is_right_to_left, is_tall
from mkdocs_bookreview.cards.typographic import HEIGHT, WIDTH
from mkdocs_bookreview.model.problem import name_first
from mkdocs_bookreview.publishing.pictures import (
    COPIES_ADDRESS,
    FOLDER,
    CopyFolder,
    CoverFile,
    report_progress,
)

_SCALE = 3  # because Facebook shows a picture that is less than 600 pixels wide in a small preview
RASTER_SIZE = (_SCALE * WIDTH, _SCALE * HEIGHT)  # width and height of each picture, in pixels
# This is a part of each picture's key, so that a change here makes all pictures again.
_VERSION = b"1"
_COLOURS = 32  # because a cover mixes two colours, and more were measured to double the file
# The first font that has all letters of a cover is used. Names of fonts that are not installed do
# no harm, because the system uses its default font for them.
_FAMILIES = ("serif", "Noto Serif", "Noto Serif CJK JP", "Noto Sans CJK JP", "sans-serif")
_TEXT = re.compile(r">([^<>]+)<")

_NO_CAIRO = (
    "Drawn covers are not shown in link previews, because CairoSVG does not find the library cairo"
    " ({error}). Install it where the site is built, for example with `apt-get install libcairo2`"
    " or `brew install cairo`."
)
_NO_FOLDER = "Drawn covers are not shown in link previews, because this file cannot be written: {}."
_NO_LETTERS = (
    "The drawn covers of {titles} are not shown in link previews, because no font on this"
    " computer has their letters. Install a font with these letters where the site is built, for"
    " example `fonts-noto-cjk` for Chinese, Japanese and Korean, or give the book a `cover`. A"
    " title that is written from right to left, or whose letters change their form, always needs"
    " a `cover`."
)


def is_installed() -> bool:
    """Return whether CairoSVG and Pillow are installed, which the extra `[images]` contains."""
    return all(importlib.util.find_spec(name) for name in ("cairosvg", "PIL"))


def raster_covers(drawn: Mapping[str, str], to: CopyFolder) -> dict[str, CoverFile]:
    """Return the pictures of drawn covers, by their SVG markup, and add them to the site.

    `drawn` maps the markup to the book's title, for messages. The result lacks covers that cannot
    be drawn, and is empty without the extra `[images]`.
    """
    if not is_installed():
        return {}
    folder = to.folder / FOLDER
    files = {svg: _describe(svg, folder) for svg in drawn}
    # Names are listed, because asking for each file was measured to take eight times as long.
    kept = set(os.listdir(folder)) if folder.is_dir() else set()  # noqa: PTH208
    missing = {svg: title for svg, title in drawn.items() if files[svg].path.name not in kept}
    failed = set(_make(missing, files, to.report)) if missing else set()
    made = {svg: one for svg, one in files.items() if svg not in failed}
    for one in made.values():
        to.add(one.address, one.path)
    return made


def _describe(svg: str, folder: Path) -> CoverFile:
    name = f"{sha256(_VERSION + svg.encode()).hexdigest()[:16]}.png"
    return CoverFile(f"{COPIES_ADDRESS}/{name}", folder / name)


def _make(
    drawn: Mapping[str, str], files: Mapping[str, CoverFile], report: Callable[[str], object]
) -> list[str]:
    """Write the pictures of covers, and return the markup of covers that cannot be drawn."""
    try:
        import cairosvg  # noqa: F401, PLC0415 - late, because it takes longer than a small build
    except OSError as error:
        report(_NO_CAIRO.format(error=str(error).partition("\n")[0]))
        return list(drawn)
    try:
        # Threads run at the same time here, because cairo and Pillow do most of their work outside
        # of Python.
        with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
            found = pool.map(lambda svg: _draw(svg, files[svg].path), drawn)
            made = [*report_progress(found, len(drawn), report, "PNG files")]
    except OSError as error:
        report(_NO_FOLDER.format(error))
        return list(drawn)
    failed = [svg for svg, is_made in zip(drawn, made, strict=True) if not is_made]
    if failed:
        report(_NO_LETTERS.format(titles=name_first([drawn[svg] for svg in failed])))
    return failed


def _draw(svg: str, path: Path) -> bool:
    """Write the picture of a cover, and return whether the cover could be drawn."""
    if png := render_png(svg):
        write_complete(path, png)
    return bool(png)


def render_png(svg: str) -> bytes | None:
    """Return a drawn cover as a PNG file; None if no font can draw its letters."""
    import cairosvg  # noqa: PLC0415 - see above

    svg = unicodedata.normalize("NFC", svg)
    family = _find_family("".join(map(unescape, _TEXT.findall(svg))))
    if not family:
        return None
    # The namespace and the font are added, because the markup is made for an HTML page, which needs
    # no namespace, and whose styles set the font.
    start = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{family}" '
    drawing = svg.replace("<svg ", start, 1)
    return _reduce(cairosvg.svg2png(drawing.encode(), output_width=RASTER_SIZE[0]))


def _find_family(text: str) -> str | None:
    """Return the name of a font that can draw the text; None if there is none."""
    if is_tall(text) or any(is_right_to_left(letter) for letter in text):
        return None
    letters = {letter for letter in text if not letter.isspace()}
    return next((name for name in _FAMILIES if all(_has(name, one) for one in letters)), None)


@lru_cache(maxsize=4096)
def _has(family: str, letter: str) -> bool:
    """Return whether the font that Cairo chooses for a name has a letter."""
    import cairocffi  # noqa: PLC0415 - CairoSVG requires it

    font = cairocffi.ScaledFont(cairocffi.ToyFontFace(family))
    glyphs = font.text_to_glyphs(0, 0, letter, with_clusters=False)
    # Glyph 0 of each font is the box in place of a missing letter.
    return all(number for number, *_ in glyphs)


def _reduce(png: bytes) -> bytes:
    """Return the PNG file with few colours, because that saves two thirds and looks the same."""
    from PIL import Image  # noqa: PLC0415 - see above

    with Image.open(BytesIO(png)) as image:
        reduced = image.convert("RGB").quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    written = BytesIO()
    reduced.save(written, "PNG")
    return written.getvalue()
