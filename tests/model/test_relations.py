from decimal import Decimal

import pytest

from mkdocs_bookreview.listings.taxonomies import group_library
from mkdocs_bookreview.model.book import Book, Contributor, SeriesEntry, SeriesPosition
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Review, ThemeMention
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words
from tests.growth import measure_growth

MOST = 2  # times as long in a library ten times as large; about 1 was measured


def review(name, *themes, author="", part=None, genre="", title=None, day=1):
    series = ()
    if part is not None:
        position = SeriesPosition(Decimal(part), Decimal(part)) if part else None
        series = (SeriesEntry("Sea", position),)
    book = Book(
        title or name,
        authors=(Contributor(author),) if author else (),
        series=series,
        genres=(genre,) if genre else (),
    )
    mentions = tuple(one if isinstance(one, ThemeMention) else ThemeMention(one) for one in themes)
    return Review(f"{name}.md", (book,), date=PartialDate(2024, 1, day), themes=mentions)


def relate(*reviews):
    library = Library.of(reviews)
    return Relations(library, group_library(library, {}, Settings(), Words()))


def alike(relations, one, most=3, without=()):
    found = relations.alike(one, most, without)
    return [(other.source[:-3], [term.name for term in terms]) for other, terms in found]


def test_rare_themes_count_more():
    one = review("one", "Rare", "Common")
    others = [review(f"common{n}", "Common") for n in range(8)]
    rare = review("rare", "Rare")
    both = review("both", "Common", "Rare")
    relations = relate(one, rare, both, *others)
    assert alike(relations, one, most=3) == [
        ("both", ["Rare", "Common"]),
        ("rare", ["Rare"]),
        ("common0", ["Common"]),
    ]
    assert alike(relations, one, 1, {"both.md"}) == [("rare", ["Rare"])]


def test_what_gives_a_book_away_is_nothing_in_common():
    hidden = ThemeMention("Twins", spoiler=True)
    one, other = review("one", hidden), review("other", "Twins")
    assert alike(relate(one, other), one) == []
    assert alike(relate(one, other), other) == []


def test_genres_are_said_where_there_are_no_themes_in_common():
    one = review("one", "A", genre="Fantasy")
    other, themed = review("other", genre="Fantasy"), review("themed", "A", genre="Fantasy")
    assert alike(relate(one, other, themed), one) == [("themed", ["A"]), ("other", ["Fantasy"])]


def test_neighbours_in_a_series():
    parts = [review(f"p{part}", part=part) for part in ("3", "0.5", "1", "")]
    relations = relate(*parts)
    found = {}
    for one in parts:
        for neighbours in relations.in_series(one):
            sources = [other and other.source for other in (neighbours.earlier, neighbours.later)]
            found[one.source] = (neighbours.series.name, *sources)
    assert found == {
        "p0.5.md": ("Sea", None, "p1.md"),
        "p1.md": ("Sea", "p0.5.md", "p3.md"),
        "p3.md": ("Sea", "p1.md", None),
    }


def test_others_of_an_author_and_of_a_book():
    one = review("one", author="Ann", day=3)
    again = review("again", author="Ann", title="one", day=1)
    late, early = review("late", author="Ann", day=9), review("early", author="Ann", day=2)
    relations = relate(one, again, late, early, review("none"))
    [(author, others)] = relations.of_authors(one, 5)
    assert [[two.source for two in found] for _, found in relations.of_authors(one, 1)] == [
        ["late.md"]
    ]
    assert (author.name, [other.source for other in others]) == (
        "Ann",
        ["late.md", "early.md"],
    )
    assert [other.source for other in relations.of_books(one)] == ["again.md"]
    assert [other.source for other in relations.find("late.md")] == ["late.md"]
    assert [other.source for other in relations.find(one.book.key)] == ["one.md", "again.md"]
    assert relations.find("nothing") == []


@pytest.mark.parametrize("count", [1, 5])
def test_the_same_in_every_order(count):
    reviews = [review(f"r{n}", f"T{n % 3}", f"T{n % 2}", genre="G") for n in range(9)]
    straight, turned = relate(*reviews), relate(*reversed(reviews))
    for one in reviews:
        assert alike(straight, one, count) == alike(turned, one, count)


def test_a_review_that_waits_has_no_relations():
    relations = relate(review("one", "A"))
    stub = review("stub", "A", author="Ann", part="1")
    assert (alike(relations, stub), relations.in_series(stub), relations.of_authors(stub, 2)) == (
        [],
        [],
        [],
    )
    assert relations.of_books(stub) == []


def test_the_best_match_is_found_among_many_of_one_theme():
    """Though what has most in common is the oldest."""
    many = [review(f"{name}{n}", name, day=2) for name in ("a", "b") for n in range(70)]
    crowd = [review(f"c{n}", "c", "d", day=2) for n in range(300)]
    one, best = review("one", "a", "b", day=3), review("best", "a", "b", day=1)
    other, second = review("other", "c", "d", "e", day=3), review("second", "c", "e", day=1)
    relations = relate(*many, *crowd, one, best, other, second)
    assert alike(relations, one, 1) == [("best", ["a", "b"])]
    assert alike(relations, other, 1) == [("second", ["e", "c"])]


def test_neighbours_of_reviews_that_share_positions():
    sea = [review("v1", part="1", title="V", day=1), review("v2", part="1", title="V", day=2)]
    after = review("w", part="2", title="W")
    relations = relate(*sea, after)
    for one in sea:
        [found] = relations.in_series(one)
        assert (found.earlier, found.later) == (None, after)
    [found] = relations.in_series(after)
    assert (found.earlier, found.later) == (sea[1], None)


def test_a_review_of_several_parts():
    entry = [SeriesEntry("Sea", SeriesPosition(Decimal(n), Decimal(n))) for n in (1, 3)]
    both = Review("both.md", tuple(Book(f"B{n}", series=(one,)) for n, one in enumerate(entry)))
    two, four = review("two", part="2"), review("four", part="4")
    relations = relate(both, two, four)
    [found] = relations.in_series(both)
    assert (found.earlier, found.later) == (None, four)
    [found] = relations.in_series(four)
    assert found.earlier is both


def test_parts_without_a_place_are_alike():
    one, other = review("one", part=""), review("other", part="")
    assert alike(relate(one, other), one) == [("other", ["Sea"])]


@pytest.mark.parametrize("shared", [{"part": "1"}, {"author": "Ann"}, {"genre": "G"}])
def test_time_for_a_review_does_not_grow_with_the_library(shared):
    def prepare(count):
        reviews = [review(f"r{n}", "T", **shared) for n in range(count)]
        relations = relate(*reviews)

        def relate_some():
            for one in reviews[:1000]:
                relations.in_series(one)
                relations.of_authors(one, 2)
                relations.alike(one, 3, ())

        return relate_some

    assert measure_growth(prepare(1000), prepare(10_000), MOST) < MOST


def test_of_very_many_that_are_equally_alike_the_newest_are_told():
    crowd = [review(f"r{n:04}", "T", "U", day=1 + n % 28) for n in range(2800)]
    relations = relate(*crowd, review("one", "T", "U"))
    found = alike(relations, review("one", "T", "U"), 5)
    assert [name for name, _ in found] == [f"r{n:04}" for n in range(27, 28 * 5, 28)]
