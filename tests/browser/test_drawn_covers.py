"""Drawn covers in a real browser: no text runs out of them, in any script."""

import random
import unicodedata

import pytest
from playwright.sync_api import Browser

from mkdocs_bookreview.cards.typographic import draw_cover

pytestmark = pytest.mark.browser

# Words of titles, short and long ones.
SCRIPTS = {
    "Latin": "the of Silence Mountains WAR extraordinarily Überwältigungsversuche Mémoires MMMWWW",
    "Cyrillic": "и на Преступление ЖИЗНЬ наказание достопримечательностями Щука мёртвые",
    "Greek": "ο του Πειρασμός ΖΩΗ τελευταίος ηλεκτροεγκεφαλογράφημα βίος",
    "Hebrew": "על של סיפור ואהבה והאוניברסיטאות חושך",
    "Arabic": "من إلى موسم الهجرة فأسقيناكموه الشمال والمستشفيات",
    "Devanagari": "की और कितने पाकिस्तान उपन्यासकारों गोदान किंकर्तव्यविमूढ़",
    "Thai": "ความสุขของกะทิ สี่แผ่นดิน ข้างหลังภาพ ประวัติศาสตร์ ผู้ดี",
    "East Asian": "雪国 ノルウェイの森 채식주의자 红楼梦 「吾輩は猫である」 ー",
}
# Words of the titles in each script; most titles are short.
COUNTS = (*[1] * 3, *[2] * 3, *[3] * 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12, 14, 17, 20, 30, 40)
FONTS = ("var(--none)", '"DejaVu Serif"', '"DejaVu Sans"')
MEASURE = """() => [...document.querySelectorAll("svg text")].map(text => {
  const box = text.getBBox(), cover = text.ownerSVGElement.viewBox.baseVal
  return [
    text.textContent,
    Math.min(box.x, box.y, cover.width - box.x - box.width, cover.height - box.y - box.height),
  ]
})"""


# A browser without a font for a script draws a box for each mark, beside that of its letter. Nobody
# can read that, so the marks are left out then.
HAS_FONT = """letter => {
  const brush = document.createElement("canvas").getContext("2d")
  brush.font = "100px serif"
  return brush.measureText(letter).width < 1.2 * brush.measureText(letter[0]).width
}"""
MARKED = ("\u0915\u0941", "\u0e01\u0e38")


def make_titles() -> list[tuple[str, str]]:
    """Return 25 titles and names for each script, of 1 to 40 words, always the same ones."""
    dice = random.Random(16)
    return [
        (
            " ".join(dice.choices(words.split(), k=count)),
            ", ".join(dice.choices(words.split(), k=n)),
        )
        for words in SCRIPTS.values()
        for count in COUNTS
        for n in [dice.choice((1, 1, 2, 3, 12))]
    ]


def leave_out_marks(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) != "Mn")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_text_stays_inside_the_cover(browser: Browser, direction: str) -> None:
    titles = make_titles()
    assert len(titles) == 200
    page = browser.new_page()
    try:
        if not all(page.evaluate(HAS_FONT, letter) for letter in MARKED):
            titles = [tuple(map(leave_out_marks, one)) for one in titles]
        covers = "".join(draw_cover(*one) for one in titles)
        page.set_content(f'<html dir="{direction}"><body>{covers}</body></html>')
        for font in FONTS:
            page.add_style_tag(content=f"svg text {{font-family: {font}, serif}}")
            texts = page.evaluate(MEASURE)
            assert len(texts) == 400
            assert [text for text, least in texts if least < 2] == [], font
    finally:
        page.close()
