"""Read the values of front matter from text, as people write them.

The functions are validators for the schema. If a value is invalid, they raise
`PydanticCustomError` with a part of the message: `must be text`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html import unescape
from pathlib import PurePosixPath
from typing import Annotated, Literal, LiteralString
from urllib.parse import unquote

from pydantic import (
    AfterValidator,
    BeforeValidator,
    InstanceOf,
    PlainValidator,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.frontmatter.fixes.guesses import (
    guess_date,
    guess_day,
    guess_isbn,
    guess_rating,
    show_rating,
)
from mkdocs_bookreview.frontmatter.fixes.snippets import write_inline
from mkdocs_bookreview.model.book import SeriesPosition
from mkdocs_bookreview.model.dates import UNKNOWN, PartialDate
from mkdocs_bookreview.model.isbn import Isbn, check_digit_10, check_digit_13, only_digits
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.settings.open_text import TAG, OpenText, check_open, check_plain
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.settings.schemas import as_list, refuse_switch
from mkdocs_bookreview.settings.switches import NO, YES
from mkdocs_bookreview.words.languages import find_code

_DATE = re.compile(r"(~\s*)?(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?(~)?")
_DURATION = re.compile(
    r"(?:(\d{1,5})\s*h(?:rs?|ours?)?\.?)?[\s,]*(?:(\d{1,6})\s*m(?:ins?|inutes?)?\.?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,5})\s*[:h]\s*([0-5]\d)(?::[0-5]\d)?", re.IGNORECASE)
_FRACTION = re.compile(r"([\d.,]+)\s*(?:/|out of|of)\s*(\d+)", re.IGNORECASE)
_STARS = re.compile(r"(?P<full>[★⭐🌟✭✯]*)(?P<half>[½⯪✨]?|\s*1/2)(?P<empty>[☆✩⚝]*)")
_ENTITY = re.compile(r"&(?:#x?[0-9a-f]+|[a-z]+[0-9]*);", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.!?…\"'”’»)。！？])[^\S\n]*\n")  # noqa: RUF001 - East Asian
_FIRST_BOOK = -3400  # because there was no writing before
_FIRST_REVIEW = 1665  # when the first journals reviewed books
_LONGEST_LIFE = 120  # years, because nobody who is alive can have read a book earlier
_LONGEST_WAIT = 10  # years, because publishers do not announce books earlier
_MOST_TIMES = 100
_MUST_BE_READ = (
    "must be a day (2024-04-12), a month (2024-04), a year, about a year (~2006), or `true` if you"
    " do not know when"
)
_EMOJI_VARIATION = "\ufe0f"
_STARS_BEST = 5
_PAGE_ENDINGS = frozenset({"", ".htm", ".html", ".php", ".asp", ".aspx"})


def named(value: object) -> object:
    """Return a mapping for a bare name, and anything else as it is."""
    return {"name": value} if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Context:
    """Holds the facts about the site that validators need.

    `rating` has the options for ratings. `year` is the current year; None if dates in the future
    are not to be reported. `links` are the names of the links that the site makes on all reviews.
    """

    rating: RatingSettings
    year: int | None = None
    links: tuple[str, ...] = ()


def read_date(value: object) -> PartialDate:
    """Return a year, month or day, exact or approximate (`~2006`); a time of day is ignored."""
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        must = "must be a year, a month (2005-03) or a day (2005-03-01)"
        raise _invalid("date", must, guess_date(value) if isinstance(value, str) else None)
    before, *parts, after = match.groups()
    year, month, day = (int(part) if part else None for part in parts)
    try:
        return PartialDate(year or 0, month, day, bool(before or after))
    except ValueError as error:
        raise PydanticCustomError("date", "must be a date that exists") from error


def read_day(value: object) -> PartialDate:
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        when = read_date(value)
        if when.day is not None and not when.is_approximate:
            return _check_year(when, _FIRST_REVIEW)
    raise _invalid(
        "day",
        "must be a day, such as 2024-05-01",
        guess_day(value) if isinstance(value, str) else None,
    )


def _invalid(kind: LiteralString, must: LiteralString, meant: str | None) -> PydanticCustomError:
    """Return the error for a value, with the valid value that it seems to mean."""
    return PydanticCustomError(kind, must, {} if meant is None else {"meant": meant})


def read_published(value: object, info: ValidationInfo) -> PartialDate:
    """Return when a book was published, or will be; books of distant years are invalid."""
    year = _get_year(info)
    return _check_year(read_date(value), _FIRST_BOOK, year and year + _LONGEST_WAIT)


def read_reading_date(value: object, info: ValidationInfo) -> PartialDate | Literal[True]:
    """Return when a reading began or ended; True means that nobody knows when."""
    text = value.strip() if isinstance(value, str) else ""
    if text.lower() in YES | {UNKNOWN}:
        return True
    if not _DATE.fullmatch(text):
        meant = guess_date(text)
        context = {"meant": meant} if meant else _suggest_unread(text)
        raise PydanticCustomError("date", _MUST_BE_READ, context)
    year = _get_year(info)
    when = read_date(text)
    if 0 < when.year <= _MOST_TIMES and when.month is None and len(text) <= len("100"):
        fix = f"If you have read the book that many times, write `read: {{times: {when.year}}}`."
        raise PydanticCustomError("date", _MUST_BE_READ, {"fix": fix})
    return _check_year(when, year - _LONGEST_LIFE, year + 1) if year else when


def _suggest_unread(text: str) -> dict[str, object]:
    """Return the fix for `read: false` and the like; nothing for other texts."""
    fix = "If you have not read the book, leave the key out, or write `shelf: to-read` at the top."
    return {"fix": fix} if text.lower() in NO else {}


def _get_year(info: ValidationInfo) -> int | None:
    return info.context.year if isinstance(info.context, Context) else None


def _check_year(when: PartialDate, first: int, last: int | None = None) -> PartialDate:
    """Return the date; raise an error if it is before the year `first` or after the year `last`."""
    if when.year < first or (last and when.year > last):
        since = f"{-first} BCE" if first < 0 else str(first)
        span = f"from {since} to {last}" if last else f"not before {since}"
        facts = {"fix": "Check the year.", "span": span}
        raise PydanticCustomError("year", "must be a date {span}", facts)
    return when


def read_isbn(value: object) -> Isbn:
    try:
        return Isbn.read(str(value))
    except ValueError as error:
        digits = only_digits(str(value))
        if str(error) == "check digit":
            right = check_digit_10(digits) if len(digits) == 10 else check_digit_13(digits)  # noqa: PLR2004
            fix = (
                f"The last digit that fits the other digits is `{right}`. Compare all digits with"
                " the book."
            )
            raise PydanticCustomError(
                "isbn", "must have the right last digit", {"fix": fix}
            ) from error
        must = "must have 10 digits, or 13 digits that begin with 978 or 979"
        raise _invalid("isbn", must, guess_isbn(str(value))) from error


def read_position(value: object) -> SeriesPosition:
    """Return the place of a book in a series: `3`, `#3`, `0.5`, or `1-3` for an omnibus."""
    match = re.fullmatch(r"#?\s*(-?[\d.]+)(?:\s*[-–]\s*([\d.]+))?", str(value).strip())
    try:
        first = Decimal(match[1]) if match else None
        last = Decimal(match[2]) if match and match[2] else first
    except InvalidOperation:
        first = last = None
    if first is None or last is None or last < first:
        raise PydanticCustomError("position", "must be a number or a range")
    return SeriesPosition(_shortest(first), _shortest(last))


def _shortest(number: Decimal) -> Decimal:
    """Return the number without zeros at its end, because imported lists may have `1.0` for 1."""
    return Decimal(f"{number:f}".rstrip("0").rstrip(".")) if "." in f"{number:f}" else number


def read_paragraphs(value: object) -> tuple[str, ...]:
    """Return the paragraphs of a text, each on one line.

    Blank lines separate paragraphs. In a text without blank lines, a line that ends a sentence ends
    a paragraph, because YAML's `>` leaves no blank lines.
    """
    text = value.replace("\0", "").strip() if isinstance(value, str) else ""
    if not text:
        raise PydanticCustomError("string_type", "must be text")
    check_open(text)
    if TAG.search(text):
        fix = "Take out the tags. A blank line begins a paragraph."
        raise PydanticCustomError("markup", "must be text without HTML", {"fix": fix})
    # `R&D;` is not an entity, so only matches that unescape to something else count.
    if entity := next((one for one in _ENTITY.findall(text) if unescape(one) != one), None):
        fix = f"Write the character itself in place of `{entity}`."
        raise PydanticCustomError("markup", "must be text without HTML", {"fix": fix})
    parts = (_BLANK_LINE if _BLANK_LINE.search(text) else _SENTENCE_END).split(text)
    return tuple(" ".join(part.split()) for part in parts)


def read_duration(value: object) -> int:
    """Return minutes: `9h 46m`, `9:46` and `586m` give 586."""
    text = str(value).strip()
    if match := _CLOCK.fullmatch(text) or (text and _DURATION.fullmatch(text)):
        minutes = int(match[1] or 0) * 60 + int(match[2] or 0)
        if 0 < minutes < 60 * 10_000:
            return minutes
    raise PydanticCustomError("duration", "must be hours and minutes")


def read_rating(value: object, info: ValidationInfo) -> Rating:
    """Return a rating on the site's scale; the validation context must be a `Context`."""
    return _read_rating(value, info, "rating: ")


def read_aspect(value: object, info: ValidationInfo) -> Rating:
    """Return the rating of an aspect, which is written like that of the book."""
    return _read_rating(value, info, "")


def _read_rating(value: object, info: ValidationInfo, key: str) -> Rating:
    """Return a rating; an example in the message begins with `key`."""
    assert isinstance(info.context, Context)
    settings = info.context.rating
    points = _points(str(value).strip().replace(_EMOJI_VARIATION, ""), settings)
    if points is None or not settings.has(points):
        raise _invalid_rating(value, points, settings, key)
    return Rating(points, settings.scale)


def read_aspects(value: object, info: ValidationInfo) -> object:
    """Return ratings by aspect, without the empty ones, which an author left for later."""
    if isinstance(value, Mapping):
        return {name: one for name, one in value.items() if one is not None}
    assert isinstance(info.context, Context)
    settings = info.context.rating
    example = write_inline({name: show_rating(settings) for name in settings.aspects[:1]})
    context = {"fix": f"Write for example `ratings: {example}`."} if settings.aspects else {}
    raise PydanticCustomError("aspects", "must be a mapping of aspects to ratings", context)


def is_bare(value: object) -> bool:
    """Return whether a rating is written as a number without a scale: `4`, but not `4/5`."""
    return isinstance(value, str) and _is_number(value)


def _invalid_rating(
    value: object, points: Decimal | None, settings: RatingSettings, key: str
) -> PydanticCustomError:
    context: dict[str, object] = {
        "first": f"{settings.lowest:f}",
        "best": settings.scale,
        "step": f"{settings.step:f}",
    }
    text = str(value) if points is None or _is_number(str(value)) else f"{points}"
    if points == 0:
        context["fix"] = "Leave it out if you have not rated the book."
    elif meant := guess_rating(text.strip(), settings):
        context["meant"] = meant
    else:
        context["fix"] = f"Write for example `{key}{show_rating(settings)}`."
    return PydanticCustomError("rating", "must be {first} to {best} in steps of {step}", context)


def _is_number(text: str) -> bool:
    return _number(text.strip()) is not None


def _points(text: str, settings: RatingSettings) -> Decimal | None:
    """Return points on the site's scale; on a scale of 10, `★★★★☆`, `4/5` and `8` all give 8."""
    scale = Decimal(settings.scale)
    if match := _FRACTION.fullmatch(text):
        value, best = _number(match[1]), _number(match[2])
        return value * scale / best if value and best else None
    if text and (match := _STARS.fullmatch(text.replace(" ", ""))):
        full, half, empty = len(match["full"]), bool(match["half"]), len(match["empty"])
        most = full + half + empty
        # People give up to five stars out of five on any scale, so stars count on the site's own
        # scale only if there are more than five of them and none is empty.
        best = scale if most > _STARS_BEST and not empty else Decimal(max(_STARS_BEST, most))
        return (full + Decimal(half) / 2) * scale / best
    return settings.letter(text.upper().replace("−", "-")) or _number(text)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_address(value: object) -> str:
    """Return a web address; other schemes are invalid, because browsers would run `javascript:`."""
    text = str(value).strip()
    if not re.match(r"https?://[^\s/]+", text):
        raise PydanticCustomError("url", "must be an address that starts with https://")
    return text


def check_filled(address: str) -> str:
    """Return the address of one book's link; raise an error for a template with placeholders."""
    if re.search(r"[{}]", address):
        fix = "Write the address itself, or put a template for all books into the option `links`."
        raise PydanticCustomError("template", "must be an address without braces", {"fix": fix})
    return address


def read_site_path(value: object) -> str:
    """Return an old path of a page, with percent signs decoded: `/caf%C3%A9/` gives `/café/`."""
    text = unquote(str(value).strip())
    parts = text.removeprefix("/").removesuffix("/").split("/")
    is_path = text.startswith("/") and parts != [""]
    if not is_path or {"", ".", ".."} & set(parts) or re.search(r"[\s?#\\\0-\x1f]", text):
        raise PydanticCustomError(
            "site_path", "must be a path of this site that starts with / and has no ? or #"
        )
    if not is_page_path(text):
        raise PydanticCustomError("site_path", "must be the path of a page, and not of a file")
    return text


def is_page_path(path: str) -> bool:
    """Return whether a path on the site can lead to a page, and not to a file like `feed.xml`."""
    return path.endswith("/") or PurePosixPath(path).suffix.lower() in _PAGE_ENDINGS


def read_links(value: object) -> object:
    """Return links by name as mappings with `url`; a bare address is the `url`.

    `false` becomes None, and empty links are left out.
    """
    if not isinstance(value, Mapping):
        return value
    for name in value:
        check_open(name)
        if not fold(name):
            fix = "Write the name that readers see before the address, such as `Open Library`."
            raise PydanticCustomError("unnamed", "must have a name for each link", {"fix": fix})
    return {name: _read_link(link) for name, link in value.items() if link is not None}


def _read_link(link: object) -> object:
    if isinstance(link, str):
        return None if link.lower() in NO else {"url": link}
    return link


Text = OpenText
Sentence = Annotated[Text, BeforeValidator(refuse_switch), AfterValidator(check_plain)]
Paragraphs = Annotated[
    tuple[Text, ...], BeforeValidator(read_paragraphs), BeforeValidator(refuse_switch)
]
Texts = Annotated[tuple[Text, ...], BeforeValidator(as_list)]
Published = Annotated[PartialDate, PlainValidator(read_published)]
ReadingDate = Annotated[PartialDate | Literal[True], PlainValidator(read_reading_date)]
Day = Annotated[PartialDate, PlainValidator(read_day)]
IsbnText = Annotated[InstanceOf[Isbn], BeforeValidator(read_isbn)]
Position = Annotated[InstanceOf[SeriesPosition], BeforeValidator(read_position)]
Duration = Annotated[int, BeforeValidator(read_duration)]
AspectText = Annotated[InstanceOf[Rating], BeforeValidator(read_aspect)]
RatingText = Annotated[InstanceOf[Rating], BeforeValidator(read_rating)]
Language = Annotated[Text, AfterValidator(find_code)]
Address = Annotated[str, BeforeValidator(read_address)]
SitePath = Annotated[str, BeforeValidator(read_site_path)]
