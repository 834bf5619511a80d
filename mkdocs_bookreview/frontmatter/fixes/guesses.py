"""Find the valid value that an author seems to mean by an invalid one.

A value with several meanings is not guessed: `3/4/2024` is the third of April or the fourth of
March.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mkdocs_bookreview.model.isbn import Isbn, only_digits
from mkdocs_bookreview.settings.rating import RatingSettings

_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
    for length in range(3, len(name) + 1)
} | {"sept": 9}
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2}))?\.?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})\s*[-/.]\s*)?(\d{1,2})\s*[-/.]\s*(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ABOUT = re.compile(
    r"(?:about|around|approx(?:imately)?|ca?|circa|etwa|hacia|um|vers)\b\.?\s*([1-9]\d{3})"
    r"|([1-9]\d{3})\s?\?",
    re.IGNORECASE,
)
_BEFORE_OUR_ERA = re.compile(r"([1-9]\d{0,3})\s*b\.?\s*c\.?(?:\s*e\.?)?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_RANGE = re.compile(r"\s+(?:-|–|—|to|until)\s+|\s*[–—]\s*|(?<=\d{2})-(?=\d{4}[/.])")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_HIGHEST = 100  # percent, and the highest scale that people use
_ASTERISKS = re.compile(r"(?P<full>\*{1,5})(?P<half>\s*(?:½|1/2))?")  # people type them for stars
_TEN = 10
_SBN = 9  # digits of an ISBN whose leading zero a spreadsheet has dropped


def guess_date(text: str) -> str | None:
    """Return the date that a text means, as front matter writes it; None if it is unclear.

    `12 April 2024` gives `2024-04-12`, `ca. 2006` gives `~2006`, and `44 BC` gives `-0044`.
    """
    if about := _ABOUT.fullmatch(text.strip()):
        return f"~{about[1] or about[2]}"
    if before := _BEFORE_OUR_ERA.fullmatch(text.strip()):
        return f"-{int(before[1]):04}"
    found = {_write(*parts) for parts in _read_dates(_TIME.sub("", text.strip()))}
    possible = {one for one in found if one}
    return possible.pop() if len(possible) == 1 else None


def guess_day(text: str) -> str | None:
    found = guess_date(text)
    return found if found and found.count("-") == 2 else None  # noqa: PLR2004


def guess_readings(text: str) -> object | None:
    """Return the readings in a list that is written as text, or in a range of two dates.

    `2020/01/05, May 2022` gives `["2020-01-05", "2022-05"]`, and `2024/01/05-2024/01/09` gives
    `{"started": "2024-01-05", "finished": "2024-01-09"}`.
    """
    # The whole text is tried first, because a comma may be inside of a date: `April 12, 2024`.
    if one := guess_date(text):
        return one
    parts = [part.strip() for part in re.split(r"[;,]|\s+and\s+|\s+&\s+", text) if part.strip()]
    found = [_guess_reading(part) for part in parts]
    if not found or None in found:
        return None
    return found if len(found) > 1 else found[0]


def _guess_reading(text: str) -> object | None:
    ends = [guess_date(part) for part in _RANGE.split(text)]
    if None in ends or len(ends) > 2:  # noqa: PLR2004
        return None
    return ends[0] if len(ends) == 1 else {"started": ends[0], "finished": ends[1]}


def _read_dates(text: str) -> Iterator[tuple[int, int | None, int | None]]:
    """Yield the dates that the text may mean, each as year, month and day."""
    if match := _COMPACT.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        yield int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    elif match := _YEAR_LAST.fullmatch(text):
        first, second, year = match[1], int(match[2]), int(match[3])
        yield year, second, int(first) if first else None
        if first:
            yield year, int(first), second
    else:
        yield from _read_words(text.lower())


def _read_words(text: str) -> Iterator[tuple[int, int | None, int | None]]:
    """Yield the date in `April 12th, 2024`, `Apr 2024`, `read in 2024` or `(2024)`."""
    words = _WORDS.findall(text)
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(word) for word in words if re.fullmatch(r"\d{1,2}", word)]
    # Nothing is guessed for `~2006` and `in the 1990s`, because they are not exact dates.
    if len(years) != 1 or re.search(
        r"\d{4}\s*s\b|[~?]|\b(?:c|ca|circa|about|before|after)\b", text
    ):
        return
    if len(months) == 1 and len(days) <= 1:
        yield years[0], months[0], days[0] if days else None
    elif not months and not days:
        yield years[0], None, None


def _write(year: int, month: int | None, day: int | None) -> str | None:
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return "-".join(f"{part:02}" for part in (year, month, day) if part is not None)


def guess_rating(text: str, settings: RatingSettings) -> str | None:
    """Return the rating on the site's scale that is nearest and that its steps allow.

    On a scale of 5, `4 stars` gives `4` and `85%` gives `4.5`. `8` gives `4`, because it is taken
    for 8 out of 10. `0` gives None, because it is not a rating.
    """
    if match := _PERCENT.fullmatch(text):
        return _fit(_decimal(match[1]) / _HIGHEST, settings)
    if match := _ASTERISKS.fullmatch(text):
        text = f"{len(match['full'])}{'.5' if match['half'] else ''}"
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or re.search(r"[-−]\s*\d", text):
        return None
    points = _decimal(numbers[0])
    scales = (Decimal(settings.scale), Decimal(_TEN), Decimal(_HIGHEST))
    scale = next((one for one in scales if points <= one), None)
    return _fit(points / scale, settings) if scale else None


def show_rating(settings: RatingSettings) -> str:
    """Return a rating that is valid on the site's scale, for examples: `4.5` of 5, `9` of 10."""
    return _fit(Decimal("0.9"), settings) or f"{settings.step:f}"


def _fit(share: Decimal, settings: RatingSettings) -> str | None:
    """Return the rating nearest to a share of the scale; None if that is 0, or not a full step."""
    steps = (share * settings.scale / settings.step).quantize(Decimal(1), ROUND_HALF_UP)
    points = min(steps * settings.step, Decimal(settings.scale))
    if points <= 0 or share <= 0 or points % settings.step:
        return None
    plain = f"{points:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def guess_isbn(text: str) -> str | None:
    """Return the ISBN in a text, even if the ISBN has lost the zero at its beginning.

    `9780141439587 (paperback)` gives `9780141439587`, and `571224148` gives `0571224148`.
    """
    digits = only_digits(text)
    parts = [*re.findall(r"[\d-]{9,16}[\dXx]", text)]
    if len(digits) == _SBN:
        parts.append(f"0{digits}")
    found = {only_digits(part) for part in parts if _is_isbn(part)}
    return found.pop() if len(found) == 1 else None


def _is_isbn(text: str) -> bool:
    try:
        Isbn.read(text)
    except ValueError:
        return False
    return True


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
