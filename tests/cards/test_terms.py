"""What pages of terms and their indexes show. The words themselves are from the table."""

import re
from decimal import Decimal

import pytest

from mkdocs_bookreview.cards.terms import TermBuilder, TermLink, TermPages
from mkdocs_bookreview.model.book import Book, SeriesEntry, SeriesPosition
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Mention, group
from mkdocs_bookreview.model.vocabulary import Vocabulary, VocabularyEntry
from mkdocs_bookreview.words.language import Words

WORDS = Words()


def review(title, *series):
    return Review(f"{title}.md", (Book(title, series=series),))


def part(name, first, last=None):
    return SeriesEntry(name, SeriesPosition(Decimal(first), Decimal(last or first)))


def builder(mentions, entries=(), name="themes", sort="name"):
    taxonomy = group(mentions, Vocabulary.of(entries))
    addresses = {term.slug: f"{name}/{term.slug}/" for term in taxonomy.terms}
    return TermBuilder(TermPages(name, name.title(), taxonomy, addresses, sort), WORDS)


def card(terms, name):
    return terms.card(terms.taxonomy.find(name))


def rows(terms, name):
    """Return the names of linked terms by the name of their row."""
    found = card(terms, name).rows
    return {row: [[link.name for link in trail] for trail in trails] for row, trails in found}


def tree(terms):
    return [(branch.term.name, branch.opens, branch.closes) for branch in terms.index().tree]


def letters(terms):
    return {letter: [link.name for link in links] for letter, links in terms.index().letters}


ONE, TWO, THREE = review("One"), review("Two"), review("Three")
ENTRIES = (
    VocabularyEntry("ethics", "Ethics", related=("cloning", "law")),
    VocabularyEntry("law", "Law"),
    VocabularyEntry("memory", "Memory"),
    VocabularyEntry("medicine", "Medicine", parents=("ethics",)),
    VocabularyEntry("science", "Science"),
    VocabularyEntry(
        "cloning", "Cloning", parents=("medicine", "science"), related=("medicine", "memory")
    ),
)
THEMES = [
    Mention("Cloning", ONE),
    Mention("Cloning", TWO),
    Mention("Memory", ONE),
    Mention("Memory", TWO),
    Mention("Medicine", THREE),
    Mention("Law", THREE),
    Mention("Law", ONE, is_hidden=True),
    Mention("Law", TWO, is_hidden=True),
]


def test_a_link_counts_the_books_of_a_term_and_of_all_below_it():
    terms = builder(THEMES, ENTRIES)
    links = [terms.link(term) for term in terms.taxonomy.terms]
    assert links == [
        TermLink("Cloning", "themes/cloning/", 2),
        TermLink("Ethics", "themes/ethics/", 3),
        TermLink("Law", "themes/law/", 1),
        TermLink("Medicine", "themes/medicine/", 3),
        TermLink("Memory", "themes/memory/", 2),
        TermLink("Science", "themes/science/", 2),
    ]


def test_rows_of_a_term():
    terms = builder(THEMES, ENTRIES)
    assert rows(terms, "Cloning") == {
        WORDS("term_parents"): [["Ethics", "Medicine"], ["Science"]],
        WORDS("term_companions"): [["Memory"]],
        WORDS("term_related"): [["Memory"]],  # Medicine is related, but it is already a parent.
    }
    assert rows(terms, "Ethics") == {
        WORDS("term_children"): [["Medicine"]],
        WORDS("term_related"): [["Cloning"], ["Law"]],
    }
    assert list(rows(terms, "Medicine")) == [WORDS("term_parents"), WORDS("term_children")]
    assert rows(terms, "Law") == {}


def test_children_are_not_related_once_more():
    entries = (VocabularyEntry("a", "A", related=("b",)), VocabularyEntry("b", "B", parents=("a",)))
    terms = builder([Mention("B", ONE)], entries)
    assert rows(terms, "A") == {WORDS("term_children"): [["B"]]}


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("Memory", ["2"]), ("Ethics", ["3"]), ("Medicine", ["1", "3"])],
    ids=["nothing below it", "only books below it", "both"],
)
def test_count_of_a_term(name, numbers):
    assert re.findall(r"\d+", card(builder(THEMES, ENTRIES), name).count) == numbers


def test_children_without_books_of_their_own_are_no_parts_to_count():
    below = Mention("Cloning", ONE, paths=(("Science",),))
    assert card(builder([below, Mention("Science", ONE)]), "Science").count == "1 book"


def test_reviews_that_hide_a_term_are_counted():
    terms = builder(THEMES, ENTRIES)
    assert card(terms, "Law").hidden == WORDS("term_hidden", n=2)
    assert card(terms, "Memory").hidden is None


def series(*parts, name="series"):
    reviews = [review(f"Book {n}", one) for n, one in enumerate(parts)]
    mentions = [Mention(entry.name, one) for one in reviews for entry in one.book.series]
    return builder(mentions, name=name)


@pytest.mark.parametrize(
    ("parts", "gaps"),
    [
        (["1", "2"], None),
        (["2", "1", "7"], "3–6"),
        (["3", "5"], "1–2, 4"),
        (["0.5", "1", "1.5", "3"], "2"),
        (["1", "2.5"], "2"),
        (["4", "1-3"], None),
        (["1-5", "2", "7"], "6"),
    ],
)
def test_gaps_of_a_series(parts, gaps):
    terms = series(*(part("Sea", *one.split("-")) for one in parts))
    assert card(terms, "Sea").gaps == (gaps and WORDS("series_gaps", gaps=gaps))


def test_gaps_count_the_parts_of_this_series_alone():
    both = review("Both", part("Sea", "3"), part("sea", "1"), part("Land", "2"), SeriesEntry("Sea"))
    terms = builder([Mention("Sea", both), Mention("Land", both)], name="series")
    assert card(terms, "Sea").gaps == WORDS("series_gaps", gaps="2")
    assert card(terms, "Land").gaps == WORDS("series_gaps", gaps="1")


def test_only_series_have_gaps():
    assert card(series(part("Sea", "2"), name="themes"), "Sea").gaps is None


def test_index_without_a_tree():
    index = builder([Mention("Memory", ONE), Mention("Grief", ONE), Mention("Memory", TWO)]).index()
    links = (TermLink("Grief", "themes/grief/", 1), TermLink("Memory", "themes/memory/", 2))
    assert (index.tree, index.letters) == ((), (("", links),))


def test_index_of_nothing():
    index = builder([]).index()
    assert (index.tree, index.letters) == ((), ())


def test_index_with_a_tree():
    terms = builder(THEMES, ENTRIES)
    assert tree(terms) == [
        ("Ethics", True, 0),
        ("Medicine", True, 0),
        ("Cloning", False, 2),
        ("Law", False, 0),
        ("Memory", False, 0),
        ("Science", True, 0),
        ("Cloning", False, 1),
    ]
    assert letters(terms) == {"": ["Cloning", "Ethics", "Law", "Medicine", "Memory", "Science"]}


def test_branches_are_in_the_order_of_terms():
    children = [Mention(name, ONE, paths=(("Top",),)) for name in ("C", "A", "B")]
    assert tree(builder(children)) == [
        ("Top", True, 0),
        ("A", False, 0),
        ("B", False, 0),
        ("C", False, 1),
    ]


def test_what_is_below_a_term_with_two_parents_is_in_the_tree_once():
    paths = (("A", "Shared"), ("B", "Shared"))
    assert tree(builder([Mention("Leaf", ONE, paths=paths)])) == [
        ("A", True, 0),
        ("Shared", True, 0),
        ("Leaf", False, 2),
        ("B", True, 0),
        ("Shared", False, 1),
    ]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("count", ["Ethics", "Medicine", "Cloning", "Memory", "Science", "Law"]),
        ("-name", ["Science", "Memory", "Medicine", "Law", "Ethics", "Cloning"]),
    ],
)
def test_index_in_another_order_is_one_list(sort, names):
    terms = builder(THEMES, ENTRIES, sort=sort)
    assert (tree(terms), letters(terms)) == ([], {"": names})


MANY = [f"Aa{n:02}" for n in range(25)]
OTHERS = ["Ähre", "élan", "Emma", "1984", "雪国", "Ωmega"]


def test_letters_of_a_long_index():
    found = letters(builder([Mention(name, ONE) for name in (*MANY, *OTHERS)]))
    assert found == {
        "A": [*MANY, "Ähre"],
        "E": ["élan", "Emma"],
        "Ω": ["Ωmega"],
        "#": ["1984", "雪国"],
    }
    assert list(found) == ["A", "E", "Ω", "#"]


def test_letters_are_those_by_which_terms_are_sorted():
    mentions = [Mention(name, ONE) for name in MANY]
    mentions += [
        Mention("Jane Brontë", ONE, sort="Ćosić"),
        *(Mention(f"C{n}", ONE) for n in "abcde"),
    ]
    assert letters(builder(mentions))["C"] == [*(f"C{n}" for n in "abcde"), "Jane Brontë"]


def test_a_short_index_has_no_letters():
    found = letters(builder([Mention(name, ONE) for name in (*MANY, *OTHERS[1:])]))
    assert list(found) == [""]
    assert len(found[""]) == 30
