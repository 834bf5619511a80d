"""Find the key and value of ours for what other programs write, and for what people write by hand.

A table of names comes before every comparison of spelling, because `date_read` is spelt almost like
`updated`, and means `read`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_bookreview.frontmatter.guesses import guess_date, guess_readings
from mkdocs_bookreview.frontmatter.schema import BookIn, ContributorIn, ReviewIn
from mkdocs_bookreview.settings.fixes import accepts, guess_value
from mkdocs_bookreview.settings.schemas import Typed, known_keys

Key = tuple[str, ...]
Shape = Callable[[object], object | None]

REVIEW_KEYS = frozenset(known_keys(ReviewIn))
BOOK_KEYS = frozenset(known_keys(BookIn))

_NO = frozenset({"", "false", "no", "off", "none", "n/a", "-"})
_YES = frozenset({"true", "yes", "on"})
_ACCOUNTS = frozenset({"admin", "administrator", "root", "webmaster"})
_LINK = re.compile(r"(?P<sign>!?)\[\[(?:(?P<file>[^\]|]*)\|)?(?P<text>[^\]|]+)\]\]")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact is a `value` at `key` of our front matter: `("book", "published")` or `("read",)`."""

    key: Key
    value: object


def plain(name: str) -> str:
    """Return a key as the table has it: `Date Read`, `date-read` and `dateRead` are `date_read`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^\w]+", "_", spaced).strip("_").lower()


def unlink(value: object) -> object:
    """Return text without the brackets of Obsidian's links: `[[Jane Austen]]` is `Jane Austen`.

    `![[emma.jpg]]`, which shows a picture, is `emma.jpg`.
    """
    if isinstance(value, list):
        # Without quotes YAML reads such a link as a list of a list.
        if len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1:
            return unlink(value[0][0])
        return [unlink(item) for item in value]
    if not isinstance(value, str):
        return value
    return _LINK.sub(_read_link, value).strip()


def _read_link(match: re.Match[str]) -> str:
    """Return the text of a link, but the file of a picture, whose text is its width."""
    return match["file"] if match["sign"] and match["file"] else match["text"]


def is_account(value: object) -> bool:
    """Return whether an author is an account: WordPress writes its name for the person behind."""
    return isinstance(value, str) and value.strip().lower() in _ACCOUNTS


def _keep(value: object) -> object:
    return value


def _single(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _readings(value: object) -> object | None:
    """Return the times that a book was read; `no` and the like give None."""
    value = _single(value)
    if isinstance(value, list):
        found = [_readings(item) for item in value if item is not None]
        return None if None in found else found
    if not isinstance(value, str) or value.strip().lower() in _NO:
        return value if isinstance(value, dict) else None
    return "true" if value.strip().lower() in _YES else guess_readings(value) or value


def _at(name: str, value: object) -> object | None:
    """Return a reading with this date, or with `true` for a day that is not known."""
    found = _readings(value)
    return {name: found} if isinstance(found, str) else None


def _part(name: str, value: object) -> object | None:
    value = _single(value)
    return {name: value} if isinstance(value, str) and value.strip() else None


def _people(role: str, value: object) -> object | None:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        return None
    return [{"name": name, "role": role} for name in names]


def _contributors(value: object) -> object:
    """Return people whose `type` or `job` is their `role`, as some programs have them."""
    people = value if isinstance(value, list) else [value]
    return [
        {ContributorIn.synonyms.get(key, key): item for key, item in person.items()}
        if isinstance(person, dict)
        else person
        for person in people
    ]


def _of_goodreads(value: object) -> object | None:
    return _part("goodreads", value) if str(value).strip().isdigit() else None


def _link(name: str, value: object) -> object | None:
    return {name: value} if str(value).startswith(("http://", "https://")) else None


def _times(value: object) -> object | None:
    text = str(value).strip()
    return {"times": text} if text.isdigit() and int(text) > 0 else None


def _listed(value: object) -> object | None:
    """Return a list; text with commas is several items."""
    if isinstance(value, list):
        return value
    parts = re.split(r"\s*[,;]\s*", value) if isinstance(value, str) else []
    return [part.lstrip("#") for part in parts if part] or None


def _paths(value: object) -> object | None:
    """Return old addresses; other lists of aliases hold names."""
    paths = value if isinstance(value, list) else [value]
    return paths if paths and all(str(path).startswith("/") for path in paths) else None


def _date(value: object) -> object:
    return (guess_date(value) or value) if isinstance(value, str) else value


def _known_date(value: object) -> object | None:
    """Return a date, and nothing for `publish: true`, which another program reads."""
    return guess_date(value) if isinstance(value, str) else None


def _digits(value: object) -> object | None:
    value = _single(value)
    return value if isinstance(value, str) and value.strip().isdigit() else None


def _list_only(value: object) -> object | None:
    """Return a list, and nothing for text, which is a part of the site: `category: reviews`."""
    return value if isinstance(value, list) else None


def _names(key: Key, names: str, shape: Shape = _keep) -> dict[str, tuple[Key, Shape]]:
    return dict.fromkeys(names.split(), (key, shape))


# What others call it, by our key. The names are as `plain` writes them.
SYNONYMS: Mapping[str, tuple[Key, Shape]] = {
    **_names(
        ("read",),
        "date_read dates_read read_date read_dates read_on readdate finished finished_on finish"
        " finish_date date_finished finished_date finish_read_date end_date date_completed"
        " completed completed_on last_date_read date_finished_reading read_at finished_at"
        " year_read read_year",
        _readings,
    ),
    **_names(
        ("read",),
        "started started_on start start_date date_started started_date start_read_date"
        " date_started_reading started_at",
        partial(_at, "started"),
    ),
    **_names(
        ("read",),
        "dnf did_not_finish abandoned stopped date_stopped date_abandoned dropped",
        partial(_at, "stopped"),
    ),
    **_names(("read",), "times_read read_count times rereads", _times),
    **_names(
        ("rating",),
        "stars star score my_rating myrating my_rate rate rated grade rating_value star_rating"
        " book_rating review_rating personal_rating own_rating score_5 score_10",
        _single,
    ),
    **_names(("shelf",), "exclusive_shelf bookshelf shelves read_status reading_status", _single),
    **_names(("description",), "summary teaser excerpt abstract"),
    **_names(("verdict",), "tldr tl_dr bottom_line one_liner takeaway conclusion"),
    **_names(("themes",), "topics topic theme subjects subject", _listed),
    **_names(("spoilers",), "spoiler has_spoilers contains_spoilers is_spoiler"),
    **_names(
        ("warnings",),
        "content_warnings content_warning trigger_warnings trigger_warning triggers cw tw",
        _listed,
    ),
    **_names(
        ("date",),
        "date_reviewed review_date reviewed reviewed_on pub_date_review date_published"
        " publish_date_review posted date_posted date_created created pub_date",
        _date,
    ),
    **_names(
        ("updated",),
        "lastmod last_modified modified last_updated date_modified updated_date",
        _date,
    ),
    **_names(("reviewer",), "reviewed_by reviewer_name"),
    **_names(("copy",), "copy_source book_source acquired obtained"),
    **_names(("redirect_from",), "aliases old_urls redirects", _paths),
    **_names(("quotes",), "quotations favorite_quotes favourite_quotes highlights"),
    **_names(("book", "title"), "book_title booktitle name book_name"),
    **_names(("book", "author"), "book_author bookauthor writer written_by"),
    **_names(
        ("book", "authors"),
        "contributors creators book_authors writers additional_authors",
        _contributors,
    ),
    **_names(
        ("book", "authors"), "translator translators translated_by", partial(_people, "translator")
    ),
    **_names(
        ("book", "authors"), "narrator narrators narrated_by reader", partial(_people, "narrator")
    ),
    **_names(("book", "authors"), "illustrator illustrators", partial(_people, "illustrator")),
    **_names(("book", "authors"), "editor editors edited_by", partial(_people, "editor")),
    **_names(
        ("book", "published"),
        "year publication_year year_published published_year pub_year book_year publication_date"
        " publish_date publishdate published_date date_of_publication release_date released"
        " release_year edition_published publishing_release_date",
        _date,
    ),
    **_names(("book", "published"), "publish", _known_date),
    **_names(
        ("book", "first_published"),
        "original_publication_year original_year year_first_published first_publication_year",
        _date,
    ),
    **_names(("book", "publisher"), "publishing_house press imprint published_by"),
    **_names(("book", "isbn"), "isbn10 isbn13 isbn_10 isbn_13 isbn_uid ean", _single),
    **_names(
        ("book", "pages"),
        "page_count pagecount total_page total_pages number_of_pages num_pages numpages"
        " page_number pages_count page",
        _single,
    ),
    **_names(("book", "pages"), "total", _digits),
    **_names(("book", "duration"), "audio_length audiobook_length runtime listening_time length"),
    **_names(
        ("book", "series"),
        "series_position series_number series_index series_order series_no number_in_series"
        " book_number volume",
        partial(_part, "position"),
    ),
    **_names(("book", "series"), "series_name series_title book_series", partial(_part, "name")),
    **_names(("book", "genres"), "genre book_genre book_genres", _listed),
    **_names(("book", "genres"), "category", _list_only),
    **_names(("book", "moods"), "mood", _listed),
    **_names(("book", "format"), "binding book_format media medium edition_format"),
    **_names(("book", "language"), "book_language"),
    **_names(
        ("book", "cover"),
        "cover_image coverimage cover_url coverurl book_cover cover_img cover_art thumbnail"
        " local_cover_image featured_image hero_image",
    ),
    **_names(("book", "ids"), "asin", partial(_part, "asin")),
    **_names(("book", "ids"), "goodreads_id goodreads_book_id", _of_goodreads),
    **_names(
        ("book", "links"),
        "goodreads goodreads_url goodreads_link",
        partial(_link, "Goodreads"),
    ),
    **_names(("book", "links"), "amazon amazon_url amazon_link", partial(_link, "Amazon")),
    **_names(("book", "links"), "openlibrary open_library", partial(_link, "Open Library")),
    **_names(("book", "links"), "storygraph storygraph_url", partial(_link, "StoryGraph")),
}

# These mean something of ours only under `book:`, because at the top themes and plugins own them.
BELOW_BOOK: Mapping[str, tuple[Key, Shape]] = {
    **_names(("themes",), "tags tag keywords", _listed),
    **_names(("book", "genres"), "categories category", _listed),
    **_names(("book", "language"), "lang"),
    **_names(("book", "cover"), "image picture"),
    **_names(("copy",), "source"),
    **_names(("book", "links"), "link url website", partial(_link, "Website")),
    # Blogs made with Astro have the day of the post here, but below `book:` it is the book's.
    **_names(("book", "published"), "pub_date pubdate", _date),
}

_WORDS_FOR_STATES: Mapping[str, Fact] = {
    "to-read toread want-to-read want tbr wishlist planned unread backlog not-started": Fact(
        ("shelf",), "to-read"
    ),
    "reading currently-reading current in-progress started": Fact(("shelf",), "reading"),
    "paused on-hold": Fact(("shelf",), "paused"),
    "read finished done completed complete": Fact(("read",), "true"),
    "dnf did-not-finish abandoned stopped dropped gave-up": Fact(("read",), {"stopped": "true"}),
}
_STATES = frozenset(
    {"status", "state", "shelf", "read_status", "reading_status", "exclusive_shelf", "bookshelf"}
)
_SHELVES = {word: fact for words, fact in _WORDS_FOR_STATES.items() for word in words.split()}


def find_shelf(value: object) -> Fact | None:
    """Return what the word for a state of reading means: `tbr` is `shelf: to-read`."""
    value = _single(value)
    if not isinstance(value, str):
        return None
    return _SHELVES.get(re.sub(r"[\s_]+", "-", value.strip().strip("#").lower()))


def find_fact(name: str, value: object, *, is_below_book: bool = False) -> Fact | None:
    """Return the fact that a key of another program states; None if the table does not have it.

    The value is not yet checked; `settle` does that.
    """
    word, value = plain(name), unlink(value)
    if word in _STATES:
        if found := find_shelf(value):
            return found
        if word in {"status", "state", "shelf"}:
            return None
    found_in = BELOW_BOOK if is_below_book and word in BELOW_BOOK else SYNONYMS
    if word not in found_in:
        return None
    key, shape = found_in[word]
    shaped = shape(value)
    return None if shaped is None else Fact(key, shaped)


def settle(fact: Fact, context: object) -> Fact | None:
    """Return the fact with a value that its key can take; None if there is none.

    `context` is what the validators of the schemas must know about the site.
    """
    is_book = fact.key[0] == "book"
    schema: type[Typed] = BookIn if is_book else ReviewIn
    if fact.key[-1] not in (BOOK_KEYS if is_book else REVIEW_KEYS):
        return None
    error = accepts(schema, fact.key[-1], fact.value, context)
    if not error:
        return fact
    if isinstance(fact.value, list) and len(fact.value) == 1:
        return settle(replace(fact, value=fact.value[0]), context)
    better = guess_value(error) if isinstance(fact.value, str) else None
    if better is None or accepts(schema, fact.key[-1], better, context):
        return None
    return replace(fact, value=better)


def join(facts: Iterable[Fact]) -> dict[Key, object]:
    """Return one value for each key: the dates of one reading, or several readings, are joined."""
    found: dict[Key, list[object]] = {}
    for fact in facts:
        found.setdefault(fact.key, []).append(fact.value)
    return {key: _join(key, values) for key, values in found.items()}


def _join(key: Key, values: list[object]) -> object:
    if len(values) == 1:
        return values[0]
    if key == ("read",):
        return _join_readings(values)
    if key == ("book", "series"):
        return _join_parts("name", values)
    mappings = [value for value in values if isinstance(value, dict)]
    if len(mappings) == len(values):
        return _join_named(mappings)
    if any(isinstance(value, list) for value in values):
        flat = [item for one in values for item in (one if isinstance(one, list) else [one])]
        return [item for number, item in enumerate(flat) if item not in flat[:number]]
    return max(values, key=lambda value: len(str(value)) if key == ("book", "isbn") else 0)


def _join_named(mappings: list[dict[str, object]]) -> dict[str, object]:
    """Return one mapping; another value of the same name has a number: `Website 2`."""
    found: dict[str, object] = {}
    for name, item in (pair for one in mappings for pair in one.items()):
        if item not in found.values():
            same = sum(
                re.fullmatch(rf"{re.escape(name)}(?: \d+)?", one) is not None for one in found
            )
            found[f"{name} {same + 1}" if same else name] = item
    return found


def _join_readings(values: list[object]) -> object:
    """Return one reading if the values are its parts, or else a list of readings."""
    dated = [value for value in values if value != "true"]
    ends = [value for value in dated if isinstance(value, str)]
    others = [value for value in dated if not isinstance(value, str)]
    if len(ends) <= 1 and all(isinstance(one, dict) for one in others):
        parts = [{"finished": end} for end in ends] if others else [*ends]
        merged = _join_parts("finished", [*others, *parts])
        if isinstance(merged, dict):
            return _end_once(merged)
    flat = [item for one in dated for item in (one if isinstance(one, list) else [one])]
    return flat if len(flat) > 1 else (flat or values)[0]


def _end_once(reading: dict[str, object]) -> dict[str, object]:
    """Return the reading with one end: if it was stopped, the last date is when."""
    if "stopped" not in reading or "finished" not in reading:
        return reading
    end = reading["finished"] if reading["stopped"] == "true" else reading["stopped"]
    return {
        key: end if key == "stopped" else one for key, one in reading.items() if key != "finished"
    }


def _join_parts(name: str, values: list[object]) -> object:
    """Return a mapping with the parts in all values; bare text is the part of this `name`."""
    parts = [one if isinstance(one, dict) else {name: _single(one)} for one in values]
    return {key: item for part in parts for key, item in part.items()}
