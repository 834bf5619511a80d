import pytest

from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.cards.views import BookProgress
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.review import ContentWarning, Quote, Review, ThemeMention
from mkdocs_bookreview.words.language import Words

EMMA = Book("Emma")
LAMP = Book("The Lamp", chapters=20)


def review(*books, source="r/emma.md", **more):
    return Review(source, books or (EMMA,), **more)


def control(one, *spoilers, language="en", elsewhere=(), others=()):
    progress = ReadingProgress((one, *others), Words(language))
    progress.add(one.source, spoilers)
    progress.add("notes.md", elsewhere)
    return progress.control(one.source, one)


@pytest.mark.parametrize(
    ("book", "spoilers", "asked"),
    [
        (EMMA, [{}, {}, {}], (None, None, "", "")),
        (EMMA, [{}, {"progress": "45%"}], ("progress", 100, "", "% of the book")),
        (EMMA, [{"chapter": "3"}], ("chapter", None, "Chapter ", "")),
        (EMMA, [{"chapter": "3"}, {"progress": "45%"}], ("progress", 100, "", "% of the book")),
        (LAMP, [{}, {}, {}], (None, None, "", "")),
        (LAMP, [{"chapter": "3"}], ("chapter", 20, "Chapter ", " of 20")),
        (LAMP, [{"progress": "45%"}], ("chapter", 20, "Chapter ", " of 20")),
    ],
)
def test_the_scale_of_a_book(book, spoilers, asked):
    (found,) = control(review(book), *spoilers).books
    assert found == BookProgress(book.key, "How far have you read?", *asked)


def test_words_in_another_language():
    (found,) = control(review(LAMP), {"chapter": "3"}, language="de").books
    assert (found.question, found.before, found.after) == (
        "Lesestand",
        "Kapitel ",
        " von 20",
    )


def test_a_review_without_spoilers_asks_nothing():
    assert control(review()) is None
    assert control(review(), elsewhere=[{"book": "other"}]) is None


@pytest.mark.parametrize(
    "facts",
    [
        {"themes": (ThemeMention("Death", spoiler=True), ThemeMention("Sea"))},
        {"warnings": (ContentWarning("Death", spoiler=True),)},
        {"quotes": (Quote("…", spoiler=True),)},
    ],
)
def test_spoilers_on_the_card_count(facts):
    found = control(review(**facts), {}, {})
    assert (len(found.books), found.total) == (1, 3)


def test_spoilers_of_a_book_on_other_pages():
    found = control(review(), elsewhere=[{"book": "emma", "progress": "5%"}, {}])
    assert [one.scale for one in found.books] == ["progress"]
    assert found.total == 0


def test_several_books_are_asked_for_by_title():
    found = control(review(EMMA, LAMP), {}, {"book": "the-lamp", "chapter": "3"})
    assert found.book == "emma"
    assert [one.question for one in found.books] == [
        "How far have you read Emma?",
        "How far have you read The Lamp?",
    ]
    (lamp,) = control(review(EMMA, LAMP), *[{"book": "the-lamp"}] * 3).books
    assert lamp.key == "the-lamp"


def test_a_book_is_counted_in_any_of_its_reviews():
    again = review(Book("Emma", chapters=55), source="r/again.md")
    (found,) = control(review(), {"progress": "5%"}, others=[again]).books
    assert found.most == 55


@pytest.mark.parametrize(
    ("spoilers", "has_control"),
    [
        ([], False),
        ([{}, {}], False),
        ([{}, {}, {}], True),
        ([{"chapter": "3"}], True),
        ([{"progress": "5%"}], True),
        ([{"book": "other", "chapter": "3"}], False),
        ([{"book": "other", "chapter": "3"}, {}], True),
    ],
)
def test_few_spoilers_without_a_place_need_no_control(spoilers, has_control):
    assert (control(review(), *spoilers) is not None) == has_control


def test_no_control_if_the_author_wants_none():
    progress = ReadingProgress((review(),), Words(), has_bar=False)
    progress.add("r/emma.md", [{"chapter": "3"}] * 5)
    assert progress.control("r/emma.md", review()) is None
    assert not progress.is_mixed("emma")


def test_other_pages_show_all_where_there_are_several():
    progress = ReadingProgress((), Words())
    progress.add("two.md", [{}, {"book": "emma"}])
    progress.add("placed.md", [{}, {"chapter": "3"}])
    progress.add("three.md", [{}, {}, {"book": "emma"}])
    assert progress.control("none.md", None) is None
    assert progress.control("two.md", None) is None
    for source, total in {"placed.md": 2, "three.md": 3}.items():
        found = progress.control(source, None)
        assert (found.book, found.books, found.total) == (None, (), total)


@pytest.mark.parametrize(
    ("book", "spoilers", "is_mixed"),
    [
        (EMMA, [{"chapter": "3"}], False),
        (EMMA, [{"chapter": "3"}, {"progress": "5%"}], True),
        (EMMA, [{"chapter": "3", "progress": "5%"}], True),
        (EMMA, [{"chapter": "3"}, {"progress": "5%", "book": "other"}], False),
        (Book("Emma", chapters=55), [{"chapter": "3"}, {"progress": "5%"}], False),
    ],
)
def test_scales_that_do_not_agree(book, spoilers, is_mixed):
    progress = ReadingProgress([review(book)], Words())
    progress.add("r/emma.md", spoilers)
    assert progress.is_mixed("emma") == is_mixed
