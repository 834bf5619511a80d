from xml.etree import ElementTree as ET

import pytest

from mkdocs_bookreview.cards.tiles import draw_tile
from mkdocs_bookreview.cards.typographic import choose_look, draw_cover


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
    *_, text = ET.fromstring(draw_tile(title, "Ann"))
    assert "".join(text.itertext()) == letter


def test_colours_are_those_of_the_large_cover():
    titles = [f"Book {number}" for number in range(100)]
    for title in titles:
        tile, large = (ET.fromstring(draw(title, "Ann")) for draw in (draw_tile, draw_cover))
        ground, ink, _ = choose_look(title, "Ann")
        assert tile[0].get("fill") == large[0].get("fill") == ground
        assert tile.get("fill") == ink
    assert {choose_look(title, "Ann")[2] for title in titles} == {0, 1, 2}
