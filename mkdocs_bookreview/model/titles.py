"""Find the part of a title by which lists sort it: `The Ant` is sorted as `Ant`."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from mkdocs_bookreview.model.book import Book

_MOST_KEPT = 50_000  # titles, because each list of a site sorts the same titles again

# These are the articles that lists skip, by the code of their language. As in libraries, only forms
# of the nominative are skipped, and no partitive articles such as the French `des`.
_ARTICLES: Mapping[str, str] = {
    "af": "die 'n",
    "ca": "el la els les l' un una",
    "cy": "y yr",
    "da": "den det de en et",
    "de": "der die das ein eine",
    "el": "ο η το οι τα ένας μια μία ένα",  # noqa: RUF001 - Greek
    "en": "the a an",
    "eo": "la",
    "es": "el la lo los las un una unos unas",
    "fr": "le la les l' un une",
    "ga": "an na",
    "gl": "o a os as un unha",
    "hu": "a az egy",
    "it": "il lo la l' i gli le un uno una un'",
    "nb": "den det de en ei et",
    "nl": "de het een 't 'n",
    "nn": "den det de en ei et",
    "no": "den det de en ei et",
    "pt": "o a os as um uma",
    "ro": "un o",
    "sv": "den det de en ett",
}
_BEFORE = '[\\s"“”„«»‹›\u2018\u201a¿¡(\\[]*'  # signs that may be before the first word
_APOSTROPHES = "['\u2019\u02bc]"
# Before these words `a` is a letter and not an article: `A Is for Alibi`, `A to Z`, `A & P`.
_AFTER_A_LETTER = r"(?!\s+(?:&|\+|(?:and|is|to|und|és)\b))"


def find_sort_title(book: Book, language: str) -> str:
    """Return the text to sort a book by: its `sort`, or its title without the leading article.

    Articles are those of the book's language, or of `language` if the book has no language.
    """
    return book.sort or _skip_article(book.title, book.language or language)


@lru_cache(maxsize=_MOST_KEPT)
def _skip_article(title: str, language: str) -> str:
    """Return the title without its article, if any word is left: `The Ant` -> `Ant`."""
    articles = _ARTICLES.get(_find_main_code(language))
    found = _build_pattern(articles).match(title) if articles else None
    rest = title[found.end() :] if found else ""
    return rest if re.search(r"\w", rest) else title


def _find_main_code(language: str) -> str:
    """Return the language without its country or script: `de-AT` and `de_AT` -> `de`."""
    return re.split("[-_]", language.lower(), maxsplit=1)[0]


@cache  # patterns are built on first use, because a site needs those of one or two languages
def _build_pattern(articles: str) -> re.Pattern[str]:
    """Return a pattern for any of the articles and the space after it; `l'` needs no space."""
    forms = (
        re.escape(one).replace("'", _APOSTROPHES)
        + (_AFTER_A_LETTER if one == "a" else "")
        + ("" if one.endswith("'") else r"\s+")
        for one in articles.split()
    )
    return re.compile(rf"{_BEFORE}(?:{'|'.join(forms)}){_BEFORE}", re.IGNORECASE)
