"""Which part of a title lists sort by."""

import pytest

from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.library import sort_reviews
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.titles import find_sort_title


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("The Ant", "en", "Ant"),
        ("the ant", "en-GB", "ant"),
        ("A\u00a0Mercy", "en", "Mercy"),
        ("An Ember in the Ashes", "en-US", "Ember in the Ashes"),
        ("“The Ant”", "en", "Ant”"),
        ("The “Ant”", "en", "Ant”"),
        ("Theory", "en", "Theory"),
        ("A", "en", "A"),
        ("A Is for Alibi", "en", "A Is for Alibi"),
        ("A & P", "en", "A & P"),
        ("A Toast", "en", "Toast"),
        ("The …", "en", "The …"),
        ("Die Hard", "en", "Die Hard"),
        ("Die Verwandlung", "de", "Verwandlung"),
        ("Des Teufels General", "de_AT", "Des Teufels General"),
        ("L'Étranger", "fr", "Étranger"),
        ("L’Étranger", "fr-CA", "Étranger"),
        ("Les Misérables", "fr", "Misérables"),
        ("'t Hooge Nest", "nl", "Hooge Nest"),
        ("¿Un mundo feliz?", "es", "mundo feliz?"),
        ("I promessi sposi", "it", "promessi sposi"),
        ("Un'estate", "it", "estate"),
        ("Ο Ζορμπάς", "el", "Ζορμπάς"),
        ("An Béal Bocht", "ga", "Béal Bocht"),
        ("Az ember", "hu", "ember"),
        ("The Ant", "ja", "The Ant"),
        ("The Ant", "Klingon", "The Ant"),
    ],
)
def test_article(title, language, expected):
    assert find_sort_title(Book(title, language=language), "xx") == expected
    assert find_sort_title(Book(title), language) == expected


def test_what_the_author_gives_to_sort_by_is_kept():
    assert find_sort_title(Book("The Ant", sort="The Ant"), "en") == "The Ant"


def test_lists_are_in_the_order_of_titles_without_articles():
    titles = [("The Ant", "en"), ("Bee", None), ("Die Ameise", "de"), ("Die Hard", None)]
    reviews = [Review(f"{title}.md", (Book(title, language=code),)) for title, code in titles]
    names = ["Die Ameise", "The Ant", "Bee", "Die Hard"]
    assert [one.book.title for one in sort_reviews(reviews, "title")] == names
    german = [one.book.title for one in sort_reviews([reviews[3], reviews[1]], "-title", "de")]
    assert german == ["Die Hard", "Bee"]
    assert sort_reviews(reviews, "-title", "de")[0].book.title == "Die Hard"
