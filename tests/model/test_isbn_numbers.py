import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.model.isbn import Isbn, check_digit_10, check_digit_13

quick = settings(max_examples=200)


@quick
@given(st.text("0123456789", min_size=9, max_size=9))
def test_ten_digits_become_thirteen(digits):
    ten = digits + check_digit_10(digits)
    assert str(Isbn.read(ten)) == "978" + digits + check_digit_13("978" + digits)
    assert Isbn.read(ten) == Isbn.read(str(Isbn.read(ten)))


@quick
@given(
    st.text("0123456789", min_size=9, max_size=9),
    st.sampled_from(["978", "979"]),
    st.text("0123456789X", min_size=1, max_size=1),
)
def test_one_last_digit_is_right(digits, prefix, last):
    ten, thirteen = digits + last, prefix + digits + last
    assert is_read(ten) == (last == check_digit_10(ten))
    assert is_read(thirteen) == (last == check_digit_13(thirteen))


@quick
@given(st.integers(0, 8), st.integers(1, 9), st.text("0123456789", min_size=9, max_size=9))
def test_a_wrong_digit_is_found(place, difference, digits):
    right = digits + check_digit_10(digits)
    wrong = str((int(right[place]) + difference) % 10)
    assert not is_read(right[:place] + wrong + right[place + 1 :])


@quick
@given(st.text())
def test_any_text(text):
    if is_read(text):
        assert len(str(Isbn.read(text))) == 13


@pytest.mark.parametrize(
    "text", ["", "X", "-", "٠٥٧١٢٢٤١٤٨", "057122414²", "9780571224142 9780571224142"]
)
def test_no_isbn(text):
    assert not is_read(text)


def is_read(text):
    try:
        Isbn.read(text)
    except ValueError:
        return False
    return True
