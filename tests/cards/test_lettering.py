import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.cards.lettering import Try, fit, is_right_to_left, measure, split


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Never Let", ["Never", "Let"]),
        ("a Part-Time Indian", ["a", "Part-", "Time", "Indian"]),
        ("1984-85 -x", ["1984-85", "-", "x"]),
        ("雪国 b", ["雪", "国", "b"]),
        ("「猫」、ある", ["「猫」、", "あ", "る"]),
        ("チャット", ["チャッ", "ト"]),
        ("ノート", ["ノー", "ト"]),
        ("채식주의자 소년", ["채식주의자", "소년"]),
        ("ข้างหลังภาพเธอ", ["ข้างหลังภาพ", "เธอ"]),
        ("किताब घर", ["किताब", "घर"]),
        ("", []),
    ],
)
def test_where_lines_may_end(text, pieces):
    assert [piece.text for piece in split(text)] == pieces


def lines_of(text, room, lines=9):
    return fit(text, room, [Try(1, lines, may_cut=True)])[1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Nebelkrähenschwarmgesang", ["Nebelkr-", "ähensc-", "hwarm-", "gesang"]),
        (
            "ne\u0301ne\u0301ne\u0301ne\u0301ne\u0301",
            ["ne\u0301ne\u0301n-", "e\u0301ne\u0301ne\u0301"],
        ),
        ("हिन्दीहिन्दीहिन्दी", ["हिन्दीहि", "न्दीहिन्दी"]),
        ("🇩🇪🇫🇷🇮🇹🇪🇸🇵🇹🇬🇷", ["🇩🇪🇫🇷🇮🇹", "🇪🇸🇵🇹🇬🇷"]),
    ],
)
def test_long_words_are_cut_between_letters(text, lines):
    assert lines_of(text, 5.2) == lines


def test_titles_that_fit_are_whole_and_others_are_cut_off():
    tries = [Try(20, 2, may_cut=False), Try(10, 2, may_cut=False), Try(10, 2, may_cut=True)]
    assert fit("Never Let Me Go", 100, tries) == (20, ["Never Let", "Me Go"])
    assert fit("Incomprehension", 100, tries) == (10, ["Incomprehension"])
    size, lines = fit("Incomprehensibilities and a long rest of it", 100, tries)
    assert size == 10
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert measure(lines[1]) <= 10


@settings(max_examples=300)
@given(st.text(max_size=80), st.integers(4, 15))
def test_lines_have_room_and_lose_nothing(text, room):
    lines = lines_of(text, room, lines=200)
    assert all(measure(line) <= room * 1.001 for line in lines if len(line) > 8)
    kept = "".join(lines).replace("-", "").replace(" ", "")
    assert kept == "".join(text.split()).replace("-", "")


@pytest.mark.parametrize("text", ["e\u0301", "\u05d0\u05b8", "ก\u0e49", "क\u094d"])
def test_marks_have_no_width(text):
    assert measure(text) == measure(text[0])
    assert measure(unicodedata.normalize("NFC", text)) == measure(text)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("ألف", True), ("«אבג» x", True), ("Ulysses אבג", False), ("1984", False), ("", False)],
)
def test_direction(text, is_so):
    assert is_right_to_left(text) is is_so
