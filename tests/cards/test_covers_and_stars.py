import struct
import zlib
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.cards.covers import Picture, build_cover, read_picture
from mkdocs_bookreview.cards.stars import build_stars
from mkdocs_bookreview.cards.typographic import draw_cover
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.words.language import Words

TITLES = [
    "Emma",
    "",
    "It",
    "Ægir & <Þór> \"said\" 'so'",
    "The Absolutely True Diary of a Part-Time Indian, and What Came After It in the End",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "雪国と千羽鶴と山の音と眠れる美女",
    "موسم الهجرة إلى الشمال",
    "🙂🙂🙂",
    "x" * 3000,
    "word " * 600,
    "null\x00 and bell\x07",
]


def shown(svg):
    return "".join(ET.fromstring(svg).itertext())


@pytest.mark.parametrize("title", TITLES)
def test_drawn_cover(title):
    svg = draw_cover(title, "Jane Austen & <Co>")
    drawing = ET.fromstring(svg)
    assert drawing.get("aria-hidden") == "true"
    assert "style" not in svg
    assert svg == draw_cover(title, "Jane Austen & <Co>")
    lines = [part for part in drawing.iter() if part.get("y") and part.tag != "rect"]
    assert lines
    assert all(0 < float(line.get("y")) < 300 for line in lines)


@pytest.mark.parametrize("title", ["Emma", "Never Let Me Go", "Wuthering Heights", "雪国と千羽鶴"])
def test_no_word_is_lost(title):
    assert shown(draw_cover(title, "")).replace(" ", "") == title.replace(" ", "")


@settings(max_examples=200)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_title(title, author):
    svg = draw_cover(title, author)
    ET.fromstring(svg)
    assert svg == draw_cover(title, author)


def test_covers_differ():
    assert len({draw_cover(f"Title {n}", "").replace(str(n), "") for n in range(60)}) > 20


def test_cover():
    book = Book("Emma", authors=(Contributor("Jane Austen"), Contributor("B", "translator")))
    picture = Picture("emma.jpg", 20, 30)
    assert build_cover(book, picture, Words("de")).alt == "Cover von Emma"
    assert build_cover(book, picture, Words()).picture is picture
    drawn = build_cover(book, None, Words())
    assert drawn.drawn == draw_cover("Emma", "Jane Austen")
    assert drawn.picture is None


def png(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(120, 180), (120, 180)),
        (SVG.format(40, 60).encode(), (40, 60)),
        (SVG.format("100%", "100%").encode(), (200, 300)),
        (b"<svg width=", (200, 300)),
        (b"<?xml version='1.0'?><svg><", (200, 300)),
        (b"", (200, 300)),
        (b"no picture", (200, 300)),
        (b"\x89PNG\r\n\x1a\n", (200, 300)),
        (b"\xff\xd8\xff\xe0", (200, 300)),
        (b"RIFF\0\0\0\0WEBPVP8 ", (200, 300)),
        (b"GIF89a", (200, 300)),
    ],
)
def test_size_of_a_picture(tmp_path, data, size):
    file = tmp_path / "emma.bin"
    file.write_bytes(data)
    is_measured = size != (200, 300)
    found = read_picture("emma.bin", file)
    assert found == Picture("emma.bin", *size, is_measured=is_measured)


def test_a_picture_that_is_not_there(tmp_path):
    assert read_picture("a", tmp_path / "none.png") == Picture("a", 200, 300, is_measured=False)


def visible(value, best=5):
    """The share of the row of stars that is filled."""
    row = ET.fromstring(build_stars(Rating(Decimal(value), best), Words()).row)
    width = float(row.get("viewBox").split()[2])
    if (cut := row.find("svg")) is not None:
        return float(cut.get("width")) / width
    return row.find("path[@class='bookreview-stars__full']").get("d").count("M") * 24 / width


@pytest.mark.parametrize("best", [1, 3, 5, 10, 100])
def test_more_stars_show_more(best):
    values = [Decimal(n) / 100 for n in range(1, best * 100 + 1)]
    shares = [visible(value, best) for value in values]
    assert all(one < other for one, other in pairwise(shares))
    assert shares[-1] == 1
    stars = min(best, 5)
    assert all(
        abs(share - float(value) / best) < 0.1 / stars
        for share, value in zip(shares, values, strict=True)
    )


@pytest.mark.parametrize("value", [1, 2, 3, 4, 5])
def test_whole_stars_are_cut_between_stars(value):
    assert visible(value) == value / 5
    assert visible(value * 2, 10) == visible(value * 20, 100) == value / 5


@pytest.mark.parametrize(
    ("value", "best", "language", "text", "numbers", "drawn"),
    [
        ("4.5", 5, "en", "4.5 out of 5", ("4.5", "4.5/5"), "★★★★½"),
        ("4.50", 5, "de", "4,5 von 5", ("4,5", "4,5/5"), "★★★★½"),
        ("4", 5, "en", "4 out of 5", ("4", "4/5"), "★★★★"),
        ("3", 3, "en", "3 out of 3", ("3", "3/3"), "★★★"),
        ("0.1", 5, "en", "0.1 out of 5", ("0.1", "0.1/5"), "½"),
        ("9", 10, "en", "9 out of 10", ("9/10", "9/10"), "★★★★½"),
        ("88", 100, "en", "88 out of 100", ("88/100", "88/100"), "★★★★½"),
    ],
)
def test_displays_of_a_rating(value, best, language, text, numbers, drawn):
    rating, words = Rating(Decimal(value), best), Words(language)
    both, stars, number = (
        build_stars(rating, words, RatingSettings(scale=best, display=display))
        for display in ("both", "stars", "number")
    )
    assert both.text == stars.text == number.text == text
    assert (both.number, number.number, stars.number) == (*numbers, "")
    assert (both.brief, number.brief, stars.brief) == (f"★ {numbers[0]}", numbers[1], drawn)
    assert both.row == stars.row
    assert number.row == ""
    row = ET.fromstring(both.row)
    assert row.get("aria-hidden") == "true"
    paths = {path.get("class"): path.get("d").count("M") for path in row.iter("path")}
    empty, full = (paths.get(f"bookreview-stars__{name}", 0) for name in ("empty", "full"))
    count = Decimal(value) if best <= 5 else Decimal(value) * 5 / best
    assert (empty, full) == (min(best, 5) - floor(count), ceil(count))


def test_words_belong_to_exactly_their_rating():
    settings = RatingSettings(words={5: "A favourite", Decimal("3.0"): "Good in parts"})
    found = [build_stars(Rating(Decimal(n), 5), Words(), settings).word for n in ("5", "4.5", "3")]
    assert found == ["A favourite", None, "Good in parts"]
