from datetime import date
from itertools import pairwise

import pytest

from mkdocs_bookreview.model.dates import PartialDate


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((2005,), "2005"),
        ((2005, 3), "2005-03"),
        ((2005, 3, 1), "2005-03-01"),
        ((5,), "0005"),
        ((-800,), "-0800"),
        ((-44, 3, 15), "-0044-03-15"),
        ((2024, 2, 29), "2024-02-29"),
        ((9999, 12, 31), "9999-12-31"),
        ((2006, None, None, True), "~2006"),
        ((-800, 3, None, True), "~-0800-03"),
    ],
)
def test_text(parts, text):
    assert str(PartialDate(*parts)) == text


@pytest.mark.parametrize(
    "parts",
    [
        (0,),
        (10_000,),
        (-10_000,),
        (2005, 0),
        (2005, 13),
        (2005, 0, 5),
        (2005, 2, 30),
        (2023, 2, 29),
        (2005, None, 1),
        (2005, 1, 0),
    ],
)
def test_no_such_date(parts):
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's words are Python's
        PartialDate(*parts)


def test_order():
    dates = [(-800,), (-44, 3, 15), (1,), (2005,), (2005, 3), (2005, 3, 1), (2005, 3, 2), (2005, 4)]
    for earlier, later in pairwise(PartialDate(*parts) for parts in dates):
        assert earlier.order < later.order


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((2004,), (2005,), True),
        ((2005,), (2004,), False),
        ((2005,), (2005,), False),
        ((2005,), (2005, 3), False),
        ((2005, 3), (2005,), False),
        ((2005, 2, 28), (2005, 3), True),
        ((2005, 3, 1), (2005, 3), False),
        ((2005, 3, 1), (2005, 3, 2), True),
        ((-44,), (5,), True),
        ((2001, None, None, True), (2006,), False),
        ((2000, None, None, True), (2006,), True),
        ((2000,), (2006, None, None, True), True),
        ((2000, None, None, True), (2006, None, None, True), False),
        ((2006, 5, 1, True), (2006, 4, 1), False),
    ],
)
def test_is_before(one, other, expected):
    assert PartialDate(*one).is_before(PartialDate(*other)) is expected


@pytest.mark.parametrize(
    ("one", "other", "months"),
    [
        ((2003,), (2005,), 12),
        ((2003, 1), (2005,), 23),
        ((2003, 1, 1), (2005, 12, 31), 34),
        ((2005,), (2005,), -12),
        ((2005,), (2003,), -36),
        ((2000, None, None, True), (2006,), 0),
    ],
)
def test_months_between_dates(one, other, months):
    earlier, later = PartialDate(*one), PartialDate(*other)
    assert earlier.is_before_by(months, later)
    assert not earlier.is_before_by(months + 1, later)


def test_of_a_day():
    assert PartialDate.of(date(2024, 5, 1)) == PartialDate(2024, 5, 1)
