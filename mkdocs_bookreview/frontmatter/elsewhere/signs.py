"""Tell pages about books from pages about films, food and the like, by keys and folders."""

from collections.abc import Iterator, Mapping, Set

from mkdocs_bookreview.frontmatter.fixes.synonyms import SYNONYMS, plain

# Hardly any page but a review has these keys. A page with two keys of a book counts as a review
# only if one of the two is in this set, because articles have an author and a series too.
_SURE = frozenset(
    {"isbn", "rating", "publisher", "read", "verdict", "book_title", "book_author", "asin"}
    | {"narrator", "goodreads", "goodreads_id", "storygraph", "publication_year", "page_count"}
    | {name for name, (key, _) in SYNONYMS.items() if key in {("read",), ("rating",)}}
    | {name for name, (key, _) in SYNONYMS.items() if key == ("book", "isbn")}
) - {
    "finish",
    "start",
    "started",
    "stopped",
    "completed",
    "times",
    "rate",
    "end_date",
    "start_date",
}
_LIKELY = frozenset(
    {"author", "authors", "series", "genres", "pages", "first_published", "shelf", "translator"}
    | {"contributors", "creators", "started", "finished", "stopped", "completed", "series_name"}
    | {"series_position", "series_number", "series_index", "published_year", "total_page", "genre"}
    | {"total_pages", "writer", "narrators", "translators", "status", "bookshelf", "dnf"}
)
# Pages with these keys are about films, music, games or food, which have ratings too.
_OTHER_THINGS = frozenset(
    {"director", "directors", "actors", "cast", "starring", "imdb", "imdb_id", "tmdb", "tmdb_id"}
    | {"artist", "album", "developer", "platform", "platforms", "ingredients", "servings", "recipe"}
    | {"prep_time", "cook_time", "total_time", "cuisine", "calories", "brewery", "winery"}
)
# A page whose folder or `type` has one of these names is not about a book, unless a key such as
# `isbn` shows that it is.
_OTHER_KINDS = frozenset(
    {"recipe", "film", "movie", "album", "song", "course", "lesson", "tutorial", "game", "podcast"}
    | {"recipes", "films", "movies", "albums", "songs", "courses", "lessons", "tutorials", "games"}
    | {"podcasts", "episode", "episodes", "show", "shows", "restaurant", "restaurants", "wine"}
    | {"wines", "beer", "beers", "coffee", "product", "products", "app", "apps", "talk", "talks"}
    | {"concert", "concerts", "music", "cooking", "food", "tv", "cinema", "drinks", "software"}
)
_KINDS = frozenset({"type", "kind", "layout", "template", "category", "categories", "collection"})
_ONLY_BOOKS_HAVE = frozenset(
    {"isbn", "goodreads", "storygraph", "page_count"}
    | {name for name, (key, _) in SYNONYMS.items() if key[-1] == "isbn" or name.startswith("book_")}
)
_LEAST = 2  # keys
DESCRIBING = _SURE | _LIKELY


def is_about_book(keys: Set[str], source: str, data: Mapping[str, object]) -> bool:
    """Return whether a page is probably about a book.

    At least two keys must describe a book, and nothing must show that the page is about a film or
    the like, unless a key such as `isbn` proves that it is about a book. `keys` are names as
    `plain` returns them, and `source` and `data` are the page's path and front matter.
    """
    is_sure = bool(keys & _SURE) and len(keys & DESCRIBING) >= _LEAST
    return is_sure and (bool(keys & _ONLY_BOOKS_HAVE) or not _is_other(keys, source, data))


def _is_other(keys: Set[str], source: str, data: Mapping[str, object]) -> bool:
    """Return whether the keys, folders or type of a page say that it is not about a book."""
    words = {plain(word.removesuffix(".html")) for word in _list_kinds(data)}
    words |= {plain(folder) for folder in source.split("/")[:-1]}
    return bool(keys & _OTHER_THINGS or words & _OTHER_KINDS)


def _list_kinds(data: Mapping[str, object]) -> Iterator[str]:
    for key, value in data.items():
        if plain(key) in _KINDS:
            yield from map(str, value if isinstance(value, list) else [value])
