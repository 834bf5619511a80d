from decimal import Decimal

import pytest

from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library, find_clashing_books, sort_reviews
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Reading, Review, Status


def review(title, date=None, rating=None, author=None, source=None, **more):
    authors = (Contributor(*author),) if author else ()
    return Review(
        source or f"{title}.md",
        (Book(title, authors=authors),),
        date=PartialDate(*date) if date else None,
        rating=Rating(Decimal(rating), 5) if rating else None,
        **more,
    )


def titles(reviews):
    return [one.book.title for one in reviews]


REVIEWS = [
    review("Emma", (2024, 5, 1), "4", ("Jane Austen", "author", "Austen, Jane")),
    review("dune", (2023, 1, 1), "5", ("Frank Herbert", "author", "Herbert, Frank")),
    review("Zorba", (2024, 5, 1), None, ("Nikos Kazantzakis", "translator")),
    review("Äsop", None, "4"),
    review("Beowulf", None, "0.5"),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("-date", ["Emma", "Zorba", "dune", "Äsop", "Beowulf"]),
        ("date", ["dune", "Emma", "Zorba", "Äsop", "Beowulf"]),
        ("title", ["Äsop", "Beowulf", "dune", "Emma", "Zorba"]),
        ("author", ["Emma", "dune", "Zorba", "Äsop", "Beowulf"]),
        ("-rating", ["dune", "Äsop", "Emma", "Beowulf", "Zorba"]),
        ("rating", ["Beowulf", "Äsop", "Emma", "dune", "Zorba"]),
    ],
)
def test_sort(by, expected):
    assert titles(sort_reviews(REVIEWS, by)) == expected
    assert titles(sort_reviews(reversed(REVIEWS), by)) == expected


def test_reviews_without_a_date_are_as_old_as_their_last_reading():
    def read(*dates):
        return tuple(Reading(Status.READ, ended=when and PartialDate(*when)) for when in dates)

    reviews = [
        review("Dated", (2024, 5, 1), readings=read((2019,))),
        review("Old", readings=read((2025,), (2010, 2), None)),
        review("Begun", readings=(Reading(Status.READING, PartialDate(2024, 6)),)),
        review("Read", readings=read((2024, 4, 30))),
        review("Unknown", readings=read(None)),
        review("Nothing"),
    ]
    newest = ["Old", "Begun", "Dated", "Read", "Nothing", "Unknown"]
    assert titles(sort_reviews(reviews, "-date")) == newest
    assert titles(Library.of(reviews).reviews) == newest
    oldest = ["Read", "Dated", "Begun", "Old", "Nothing", "Unknown"]
    assert titles(sort_reviews(reviews, "date")) == oldest


def test_ties_of_title_go_by_source():
    twins = [review("Emma", source=f"{name}.md") for name in "cab"]
    assert [one.source for one in sort_reviews(twins, "-date")] == ["a.md", "b.md", "c.md"]


def test_neighbours():
    library = Library.of(REVIEWS)
    first, *_, last = library.reviews
    assert titles(library.reviews) == ["Emma", "Zorba", "dune", "Äsop", "Beowulf"]
    assert library.later(first) is None
    assert library.earlier(last) is None
    for place, one in enumerate(library.reviews[:-1]):
        assert library.earlier(one) is library.reviews[place + 1]
        assert library.later(library.reviews[place + 1]) is one


def test_what_waits_to_be_read_is_left_out():
    stub = review("Ulysses", shelf=Status.TO_READ)
    library = Library.of([*REVIEWS, stub])
    assert stub not in library.reviews
    assert library.earlier(stub) is None
    assert library.later(stub) is None


def test_no_reviews():
    assert Library.of([]).reviews == ()


@pytest.mark.parametrize(
    ("readings", "shelf", "status"),
    [
        ([], None, None),
        ([Reading(Status.READING, PartialDate(2024))], None, Status.READING),
        ([Reading(Status.READ, ended=PartialDate(2024))], None, Status.READ),
        ([Reading(Status.STOPPED, ended=PartialDate(2024))], None, Status.STOPPED),
        (
            [
                Reading(Status.READ, ended=PartialDate(2020)),
                Reading(Status.READING, PartialDate(2024)),
            ],
            None,
            Status.READING,
        ),
        ([Reading(Status.READING, PartialDate(2024))], Status.PAUSED, Status.PAUSED),
        ([], Status.TO_READ, Status.TO_READ),
    ],
)
def test_status(readings, shelf, status):
    assert review("Emma", readings=tuple(readings), shelf=shelf).status is status


def test_key():
    austen, other = Contributor("Jane Austen"), Contributor("A. B.", "translator")
    assert Book("Emma", authors=(other, austen)).key == "emma-jane-austen"
    assert Book("Emma", authors=(other,)).key == "emma-a-b"
    assert Book("Emma").key == "emma"
    assert Book("Emma", id="E").key == "E"


def test_who_only_helped_is_not_credited():
    helper = Contributor("A. B.", "Contributor")
    assert Book("Emma", authors=(helper, Contributor("Ann"))).key == "emma-ann"
    book = Book("Emma", authors=(helper,))
    assert (book.key, book.credited, book.work) == ("emma", (), ("emma", ""))


def test_clashing_books():
    one = review("Emma", author=("Jane Austen",), source="1.md")
    edition = review("EMMA", author=("Jane Austen",), source="2.md")
    other = Review("3.md", (Book("Persuasion"), Book("Other", id="emma-jane-austen")))
    assert find_clashing_books([other, edition, one]) == [(other, one)]
    assert find_clashing_books([edition, one]) == []


@pytest.mark.parametrize("value", ["0", "-1", "5.5"])
def test_no_rating(value):
    with pytest.raises(ValueError, match="value"):
        Rating(Decimal(value), 5)
