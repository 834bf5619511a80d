import pytest

from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import group

ONE, TWO, THREE = (Review(f"{n}.md", (Book(f"Book {n}"),)) for n in (1, 2, 3))


def terms(names, reserved=()):
    return group([(name, ONE) for name in names], reserved).terms


def test_spellings_are_one_term():
    taxonomy = group(
        [
            ("found-family", ONE),
            ("Found Family", TWO),
            ("Found Family", THREE),
            ("FOUND_FAMILY", ONE),
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
