"""Tests texts that name several people or terms, by applying each fix as it is written."""

import re

import pytest

from mkdocs_bookreview.frontmatter.several import split_people, split_terms
from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.settings.settings import Settings

OPTIONS = {"taxonomies": {"authors": {"vocabulary": "authors.yml"}}}
OF_BOOK = ("author", "authors", "genres", "moods", "series", "publisher")
TITLE = "  title: T"


def read(line, listed=None, books=None):
    key = line.partition(":")[0]
    lines = [f"  {line}"] if key in OF_BOOK else []
    text = "\n".join(["book:", TITLE, *lines, *([] if lines else [line])])
    texts = [("a.md", f"---\n{text}\n---\nText.\n")]
    settings = Settings.model_validate(OPTIONS)
    return read_site(texts, {}, books, listed or {}, {"a.md"}, settings)


def names(site):
    review = site.pages["a.md"].review
    book = review.book
    found = [*book.authors, *book.series, *review.themes, *review.warnings]
    return [*(one.name for one in found), *book.genres, *book.moods]


LINES = {
    "author: Ann Lee & Bo Li": ["Ann Lee", "Bo Li"],
    "author: Ann Lee, Bo Li and Cy Ng": ["Ann Lee", "Bo Li", "Cy Ng"],
    "authors: Ann Lee; Bo Li": ["Ann Lee", "Bo Li"],
    "author: King, Stephen; Straub, Peter": ["Stephen King", "Peter Straub"],
    "author: Ann O'Neil, J. Lo": ["Ann O'Neil", "J. Lo"],
    "author: Strunk, William, Jr. and White, E. B.": ["William Strunk Jr.", "E. B. White"],
    "author: Ann Lee, PhD and Bo Li": ["Ann Lee PhD", "Bo Li"],
    "author: Ann Lee & Bo Li; Cy Ng": ["Ann Lee", "Bo Li", "Cy Ng"],
    "author: Goscinny & Uderzo": ["Goscinny", "Uderzo"],
    "author: Strunk and White": ["Strunk", "White"],
    "author: Saint-Exupéry & O'Neil & Li": ["Saint-Exupéry", "O'Neil", "Li"],
    "author: Ann Lee/Bo Li": ["Ann Lee", "Bo Li"],
    "author: Ann Lee, Ed Li, Md Ng": ["Ann Lee", "Ed Li", "Md Ng"],
    "author: Ana Ruiz y Luis Gil": ["Ana Ruiz", "Luis Gil"],
    "author: Илья Ильф и Евгений Петров": ["Илья Ильф", "Евгений Петров"],
    "author: 村上春樹、川上未映子": ["村上春樹", "川上未映子"],
    "author: Ann Lee, Bo Li (Translator)": ["Ann Lee", "Bo Li"],
    "author: Lee, Ann (Goodreads Author); Li, Bo (Ed.)": ["Ann Lee", "Bo Li"],
    "themes: Memory, Class": ["Memory", "Class"],
    "themes: NULL, Void": ["NULL", "Void"],
    "themes: Amor, muerte y memoria": ["Amor", "muerte", "memoria"],
    "themes: Memory, class and grief": ["Memory", "class", "grief"],
    "themes: 'Yes: no; #2'": ["Yes: no", "#2"],
    "genres: Crime, Noir": ["Crime", "Noir"],
    "moods: dark; slow": ["dark", "slow"],
    "warnings: Death, Illness": ["Death", "Illness"],
    "series: 'Earthworks, #2'": ["Earthworks"],
    "series: Earthworks (Book 1-3)": ["Earthworks"],
    "series: 'A: B, Vol. 2.5'": ["A: B"],
    "series: 'Area 51, #2'": ["Area 51"],
    "series: Earthworks, Teil 2": ["Earthworks"],
    "series: 'Spring (Earthworks, #2)'": ["Earthworks"],
    "series: 'Earthworks #2, Springs #1'": ["Earthworks", "Springs"],
}


@pytest.mark.parametrize(("line", "expected"), LINES.items())
def test_fix(line, expected):
    (problem,) = read(line).problems
    assert (problem.place.file, problem.place.line) == ("a.md", 4)
    several, single = re.findall("`([^`]*)`", problem.fix)
    fixed = read(several)
    assert fixed.problems == ()
    assert names(fixed) == expected
    kept = read(single)
    assert kept.problems == ()
    assert names(kept) == names(read(line))


def test_fix_of_a_role():
    (problem,) = read("author: Ann Lee, Bo Li (Trans.)").problems
    fixed = read(re.findall("`([^`]*)`", problem.fix)[0])
    people = fixed.pages["a.md"].review.book.authors
    assert [(one.name, one.role) for one in people] == [
        ("Ann Lee", "author"),
        ("Bo Li", "translator"),
    ]


def test_warnings_by_severity():
    text = "warnings: {graphic: 'Death, Illness', minor: [War]}"
    (problem,) = read(text).problems
    several, single = re.findall("`([^`]*)`", problem.fix)
    for fix, expected in ((several, ["Death", "Illness"]), (single, ["Death, Illness"])):
        fixed = read(f"warnings: {{{fix}, minor: [War]}}")
        assert fixed.problems == ()
        assert names(fixed) == [*expected, "War"]


def test_fix_of_a_position():
    (problem,) = read("series: 'Earthworks, #2'").problems
    fixed = read(re.findall("`([^`]*)`", problem.fix)[0])
    assert str(fixed.pages["a.md"].review.book.series[0].position) == "2"


@pytest.mark.parametrize(
    ("line", "several"),
    [
        ("authors: [Cy Ng, Ann Lee & Bo Li]", "authors: [Cy Ng, Ann Lee, Bo Li]"),
        ("series: [Other, 'Earthworks, #2']", "series: [Other, {name: Earthworks, position: 2}]"),
        ("themes: [Grief, Memory; Class]", "themes: [Grief, Memory, Class]"),
    ],
)
def test_fix_of_an_item(line, several):
    (problem,) = read(line).problems
    written, fix = line.rpartition(", ")[2] if "'" not in line else "'Earthworks, #2'", several
    assert line.replace(written.rstrip("]"), re.findall("`([^`]*)`", problem.fix)[0]) == fix
    assert read(several).problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "author: King, Stephen",
        "author: Kurt Vonnegut, Jr.",
        "author: Simon & Sons",
        "author: Marks & Spencer Company",
        "author: Ortega y Gasset",
        "author: Bed & breakfast",
        "publisher: Simon & Schuster",
        "author: Farrar, Straus and Giroux",
        "author: Le Guin, Ursula K.",
        "author: van der Post, Laurens Jan",
        "author: José Ortega y Gasset",
        "author: Food and Agriculture Organization",
        "author: Bill & Melinda Gates Foundation",
        "author: Conan Doyle, Sir Arthur",
        "author: Ann Lee & Bo Li, Translator",
        "author: AC/DC",
        "author: Аркадий и Борис Стругацкие",
        "author: Department of Health and Human Services",
        "author: '<b>Ann Lee</b> & <b>Bo Li</b>'",
        "author: Studio 54 & Area 51",
        "author: {name: Ann Lee & Bo Li}",
        "authors: [Ann Lee, Bo Li]",
        "themes: Sons and Lovers",
        "themes: [Sons and Lovers, 'Memory, lost']",
        "themes: What we keep of them, and what it costs",
        "genres: Sword & sorcery",
        "series: Catch-22",
        "series: Area 51",
        "series: 'Earthworks, #3-1'",
        "series: {name: 'Earthworks, #2'}",
    ],
)
def test_one_name(line):
    assert read(line).problems == ()


def test_a_listed_name_is_one_name():
    listed = {
        "authors": "two: {name: Ann Lee & Bo Li}",
        "themes": 'loss: {name: "Memory, lost"}',
    }
    assert read("author: Ann Lee & Bo Li", listed).problems == ()
    assert read("themes: Memory, Lost", listed).problems == ()


def test_books_are_reported_in_their_file():
    books = "b:\n  title: B\n  author: Ann Lee & Bo Li\n"
    (problem,) = read("rating: 4", books=books).problems
    assert str(problem).startswith("books.yml:3:")
    assert "`b.author` is `Ann Lee & Bo Li`" in problem.what


@pytest.mark.parametrize("text", ["", ";", ",", " & ", ", and ", "; ;", "and", "A &", "& A b"])
def test_signs_alone_name_nobody(text):
    assert split_people(text) == []
    assert split_terms(text, is_item=False) == []
