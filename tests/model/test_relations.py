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
    [(author, others)] = relations.of_authors(one)
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
    assert (alike(relations, stub), relations.in_series(stub), relations.of_authors(stub)) == (
        [],
        [],
        [],
    )
    assert relations.of_books(stub) == []
