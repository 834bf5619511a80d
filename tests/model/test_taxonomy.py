import pytest

from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Mention, find_companions, group

ONE, TWO, THREE = (Review(f"{n}.md", (Book(f"Book {n}"),)) for n in (1, 2, 3))


def terms(names, reserved=()):
    return group([Mention(name, ONE) for name in names], reserved=reserved).terms


def test_spellings_are_one_term():
    taxonomy = group(
        [
            Mention("found-family", ONE),
            Mention("Found Family", TWO),
            Mention("Found Family", THREE),
            Mention("FOUND_FAMILY", ONE),
        ]
    )
    [term] = taxonomy.terms
    assert (term.name, term.slug, term.reviews) == (
        "Found Family",
        "found-family",
        (ONE, TWO, THREE),
    )
    assert taxonomy.find("found family") is term
    assert taxonomy.find("family") is None


def test_spellings_that_are_equally_common():
    assert terms(["memory", "Memory"])[0].name == "Memory"
    assert terms(["Memory", "memory"])[0].name == "Memory"


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["C++", "C", "C#"], {"C": "c", "C#": "c-2", "C++": "c-3"}),
        (["C-2", "C", "C#"], {"C": "c", "C-2": "c-2", "C#": "c-3"}),
        (["Index", "Page"], {"Index": "index-2", "Page": "page-2"}),
        (["Index", "Index 2"], {"Index": "index-2", "Index 2": "index-2-2"}),
        (["雪国", "Война", "हिन्दी"], {"Война": "война", "हिन्दी": "हिन्दी", "雪国": "雪国"}),
        (["🙂", "!", "?"], {"!": "u21", "?": "u3f", "🙂": "u1f642"}),
    ],
)
def test_slugs(names, slugs):
    expected = list(slugs.items())
    for order in (names, names[::-1]):
        found = terms(order, {"index", "page"})
        assert sorted((term.name, term.slug) for term in found) == sorted(expected)


def test_terms_are_sorted_by_folded_name():
    assert [term.name for term in terms(["zeal", "Äon", "Beauty"])] == ["Äon", "Beauty", "zeal"]


def test_nothing():
    assert group([]).terms == ()
    assert group([]).find("x") is None


def books(count):
    return [Review(f"{n:02}.md", (Book(f"Book {n:02}"),)) for n in range(count)]


def test_companions_are_those_with_most_in_common():
    reviews = books(20)
    having = {"Everywhere": range(20), "Rare": (0, 1), "Twin": (0, 1, 2), "Once": (0,)}
    taxonomy = group(Mention(name, reviews[n]) for name, numbers in having.items() for n in numbers)
    found = find_companions(taxonomy, most=5)
    names = {slug: [term.name for term in terms] for slug, terms in found.items()}
    assert names == {
        "rare": ["Twin", "Everywhere"],
        "twin": ["Rare", "Everywhere"],
        "everywhere": ["Twin", "Rare"],
    }
    assert [one.name for one in find_companions(taxonomy, most=1)["rare"]] == ["Twin"]


def test_books_are_counted_once_with_all_that_is_below():
    one, two, three = books(3)
    again = Review("again.md", one.books)
    paths = (("Ethics", "Medicine"), ("Science",))
    taxonomy = group(
        [
            Mention("Cloning", one, paths=paths),
            Mention("Cloning", again),
            Mention("Medicine", one),
            Mention("Medicine", two),
            Mention("Ethics", three),
        ]
    )
    counts = {term.name: taxonomy.count(term) for term in taxonomy.terms}
    assert counts == {"Cloning": 1, "Ethics": 3, "Medicine": 2, "Science": 1}
    assert [term.name for term in taxonomy.roots] == ["Ethics", "Science"]
    cloning = taxonomy.find("cloning")
    trails = [[term.name for term in trail] for trail in taxonomy.trails(cloning)]
    assert trails == [["Ethics", "Medicine"], ["Science"]]
    assert [term.name for term in taxonomy.children(taxonomy.find("Ethics"))] == ["Medicine"]


def test_what_hides_a_term_is_counted_and_nothing_else():
    one, two, three = books(3)
    taxonomy = group(
        [
            Mention("Twins", one, is_hidden=True, paths=(("Family",),)),
            Mention("Twins", two),
            Mention("Grief", three, is_hidden=True),
        ]
    )
    assert [(term.name, term.reviews, term.hidden) for term in taxonomy.terms] == [
        ("Twins", (two,), 1)
    ]
