import re
from xml.etree import ElementTree as ET

import pytest

from mkdocs_bookreview.cards.tiles import build_letter_tile, build_title_tile, shorten
from mkdocs_bookreview.cards.typographic import choose_look, draw_cover
from mkdocs_bookreview.publishing.assets import ASSETS

TITLES = ["Persuasion", "雪国", "", *(f"Book {number}" for number in range(200))]


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("Emma", "E"),
        ("«E\u0301lan»", "É"),
        ("1984", "1"),
        ("हिन्दी", "हि"),
        ("雪国", "雪"),
        ("<b>", "b"),
        ("…", ""),
        ("\x00\ud800 It", "I"),
        ("", ""),
    ],
)
def test_letter(title, letter):
    assert build_letter_tile(title, "Ann").text == letter


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Emma", "Emma"),
        ("a" * 60, "a" * 60),
        ("雪" * 61, "雪" * 60 + "…"),
        ("one two " * 8, "one two " * 7 + "one…"),
    ],
)
def test_long_titles_end_in_dots(title, text):
    assert shorten(title) == text
    assert build_title_tile(title, "Ann").text == text


def test_a_tile_has_the_colours_of_the_drawn_cover():
    css = (ASSETS / "css/cards.css").read_text("utf-8")
    for title in TITLES:
        tile = build_title_tile(title, "Ann")
        assert (tile.text, tile.colours, tile.is_dark) == (
            title,
            build_letter_tile(title, "Ann").colours,
            build_letter_tile(title, "Ann").is_dark,
        )
        rule = css.partition(f'[data-colours="{tile.colours}"]')[2].partition("}")[0]
        ink, paper = re.findall("#[0-9a-f]{6}", rule)
        [ground, *_] = ET.fromstring(draw_cover(title, "Ann"))
        assert ground.get("fill") == (ink if tile.is_dark else paper)


def test_all_colours_and_designs_are_chosen():
    looks = [choose_look(title, "Ann") for title in TITLES]
    assert {look.colours for look in looks} == {*range(12)}
    assert {look.is_dark for look in looks} == {False, True}
    assert {look.design for look in looks} == {0, 1, 2}
