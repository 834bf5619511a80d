"""Find our key and value for the keys of other programs, and for keys that people make up.

The table of names is searched before spellings are compared, because `date_read` means `read`, but
is spelt almost like `updated`.
"""

import re
from collections.abc import Mapping
from functools import partial

from mkdocs_bookreview.frontmatter.fixes.facts import Fact, Key
from mkdocs_bookreview.frontmatter.fixes.shapes import (
    Shape,
    count_times,
    keep,
    keep_date,
    keep_digits,
    keep_list,
    keep_paths,
    link_goodreads,
    link_page,
    link_shop,
    name_copy,
    name_part,
    name_people,
    name_roles,
    read_date,
    read_reading_at,
    read_readings,
    split_list,
    take_single,
    unlink,
)

_ACCOUNTS = frozenset({"admin", "administrator", "root", "webmaster"})


def plain(name: str) -> str:
    """Return a key as in our table: `Date Read`, `date-read` and `dateRead` give `date_read`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^\w]+", "_", spaced).strip("_").lower()


def is_account(value: object) -> bool:
    """Return whether a value is a login name, because WordPress writes `admin` as the author."""
    return isinstance(value, str) and value.strip().lower() in _ACCOUNTS


def _names(key: Key, names: str, shape: Shape = keep) -> dict[str, tuple[Key, Shape]]:
    return dict.fromkeys(names.split(), (key, shape))


# Each of our keys is followed by its names in other programs, in the form that `plain` gives them.
SYNONYMS: Mapping[str, tuple[Key, Shape]] = {
    **_names(
        ("read",),
        "date_read dates_read read_date read_dates read_on readdate finished finished_on finish"
        " finish_date date_finished finished_date finish_read_date end_date date_completed"
        " completed completed_on last_date_read date_finished_reading read_at finished_at"
        " year_read read_year",
        read_readings,
    ),
    **_names(
        ("read",),
        "started started_on start start_date date_started started_date start_read_date"
        " date_started_reading started_at",
        partial(read_reading_at, "started"),
    ),
    **_names(
        ("read",),
        "dnf did_not_finish abandoned stopped date_stopped date_abandoned dropped",
        partial(read_reading_at, "stopped"),
    ),
    **_names(("read",), "times_read read_count times rereads", count_times),
    **_names(
        ("rating",),
        "stars star score my_rating myrating my_rate rate rated grade rating_value star_rating"
        " book_rating review_rating personal_rating own_rating score_5 score_10",
        take_single,
    ),
    **_names(
        ("shelf",), "exclusive_shelf bookshelf shelves read_status reading_status", take_single
    ),
    **_names(("description",), "summary teaser excerpt abstract"),
    **_names(("verdict",), "tldr tl_dr bottom_line one_liner takeaway conclusion"),
    **_names(("themes",), "topics topic theme subjects subject", split_list),
    **_names(("spoilers",), "spoiler has_spoilers contains_spoilers is_spoiler"),
    **_names(
        ("warnings",),
        "content_warnings content_warning trigger_warnings trigger_warning triggers cw tw",
        split_list,
    ),
    **_names(
        ("date",),
        "date_reviewed review_date reviewed reviewed_on pub_date_review date_published"
        " publish_date_review posted date_posted date_created created pub_date",
        read_date,
    ),
    **_names(
        ("updated",),
        "lastmod last_modified modified last_updated date_modified updated_date",
        read_date,
    ),
    **_names(("reviewer",), "reviewed_by reviewer_name"),
    **_names(("copy",), "copy_source book_source acquired obtained"),
    **_names(("copy",), "arc", partial(name_copy, "arc")),
    **_names(("copy",), "netgalley", partial(name_copy, "netgalley")),
    **_names(("redirect_from",), "aliases old_urls redirects", keep_paths),
    **_names(("quotes",), "quotations favorite_quotes favourite_quotes highlights"),
    **_names(("book", "title"), "book_title booktitle name book_name"),
    **_names(("book", "blurb"), "book_description publisher_description synopsis"),
    **_names(("book", "author"), "book_author bookauthor writer written_by"),
    **_names(
        ("book", "authors"),
        "contributors creators book_authors writers additional_authors",
        name_roles,
    ),
    **_names(
        ("book", "authors"),
        "translator translators translated_by",
        partial(name_people, "translator"),
    ),
    **_names(
        ("book", "authors"),
        "narrator narrators narrated_by reader",
        partial(name_people, "narrator"),
    ),
    **_names(("book", "authors"), "illustrator illustrators", partial(name_people, "illustrator")),
    **_names(("book", "authors"), "editor editors edited_by", partial(name_people, "editor")),
    **_names(
        ("book", "published"),
        "year publication_year year_published published_year pub_year book_year publication_date"
        " publish_date publishdate published_date date_of_publication release_date released"
        " release_year edition_published publishing_release_date",
        read_date,
    ),
    **_names(("book", "published"), "publish", keep_date),
    **_names(
        ("book", "first_published"),
        "original_publication_year original_year year_first_published first_publication_year",
        read_date,
    ),
    **_names(("book", "publisher"), "publishing_house press imprint published_by"),
    **_names(("book", "isbn"), "isbn10 isbn13 isbn_10 isbn_13 isbn_uid ean", take_single),
    **_names(
        ("book", "pages"),
        "page_count pagecount total_page total_pages number_of_pages num_pages numpages"
        " page_number pages_count page",
        take_single,
    ),
    **_names(("book", "pages"), "total", keep_digits),
    **_names(("book", "duration"), "audio_length audiobook_length runtime listening_time length"),
    **_names(
        ("book", "series"),
        "series_position series_number series_index series_order series_no number_in_series"
        " book_number volume",
        partial(name_part, "position"),
    ),
    **_names(
        ("book", "series"), "series_name series_title book_series", partial(name_part, "name")
    ),
    **_names(("book", "genres"), "genre book_genre book_genres", split_list),
    **_names(("book", "genres"), "category", keep_list),
    **_names(("book", "moods"), "mood", split_list),
    **_names(("book", "format"), "binding book_format media medium edition_format"),
    **_names(("book", "language"), "book_language"),
    **_names(
        ("book", "cover"),
        "cover_image coverimage cover_url coverurl book_cover cover_img cover_art thumbnail"
        " local_cover_image featured_image hero_image",
    ),
    **_names(("book", "ids"), "asin", partial(name_part, "asin")),
    **_names(("book", "ids"), "goodreads_id goodreads_book_id", link_goodreads),
    **_names(
        ("book", "links"),
        "goodreads goodreads_url goodreads_link",
        partial(link_page, "Goodreads"),
    ),
    **_names(("book", "links"), "amazon amazon_url amazon_link", partial(link_page, "Amazon")),
    **_names(("book", "links"), "openlibrary open_library", partial(link_page, "Open Library")),
    **_names(("book", "links"), "storygraph storygraph_url", partial(link_page, "StoryGraph")),
    **_names(
        ("book", "links"),
        "buy buy_link buy_url buy_at purchase purchase_link purchase_url shop shop_link shop_url",
        partial(link_page, "Shop"),
    ),
    **_names(("book", "links"), "bookshop bookshop_link", partial(link_page, "Bookshop")),
    **_names(("book", "links"), "affiliate affiliate_link affiliate_url", link_shop),
}


# These names count only under `book:`, because at the top level they belong to themes and plugins.
BELOW_BOOK: Mapping[str, tuple[Key, Shape]] = {
    **_names(("themes",), "tags tag keywords", split_list),
    **_names(("book", "genres"), "categories category", split_list),
    **_names(("book", "language"), "lang"),
    **_names(("book", "cover"), "image picture"),
    **_names(("copy",), "source"),
    **_names(("book", "links"), "link url website", partial(link_page, "Website")),
    # At the top level these are dates of a post in Astro, but below `book:` they can only be the
    # date of the book.
    **_names(("book", "published"), "pub_date pubdate", read_date),
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
    """Return the fact that a word for a shelf means: `tbr` gives `shelf: to-read`; or None."""
    value = take_single(value)
    if not isinstance(value, str):
        return None
    return _SHELVES.get(re.sub(r"[\s_]+", "-", value.strip().strip("#").lower()))


def find_fact(name: str, value: object, *, is_below_book: bool = False) -> Fact | None:
    """Return the fact that a key of another program states; None if it has no meaning for us.

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
