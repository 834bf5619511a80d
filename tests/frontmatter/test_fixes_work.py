"""Every fix that a message offers is followed to the letter: the file is valid, and says the same.

A row has the front matter, and what the page must say in the end, by the path of its attributes.
"""

import pytest
from literally import follow, read

BOOK = "book: {title: Emma, author: Jane Austen}\n"
STATUS = "review.readings.0.status"
READ = "review.readings.0.ended"

# Keys of other programs, and keys in a wrong place, at the top of a review.
AT_THE_TOP = [
    ("date_read: 2024-04-01", {READ: "2024-04-01"}),
    ("dateRead: 2024-04-01", {READ: "2024-04-01"}),
    ("Date Read: 2024/04/01", {READ: "2024-04-01"}),
    ("finished: 1 April 2024", {READ: "2024-04-01"}),
    ("date_finished: April 2024", {READ: "2024-04"}),
    ("finishReadDate: 20240401", {READ: "2024-04-01"}),
    (
        "date_started: 2024-03-01\ndate_finished: 2024-04-01",
        {READ: "2024-04-01", "review.readings.0.started": "2024-03-01"},
    ),
    (
        "dates_read: [2020-01-05, 2022-03]",
        {READ: "2020-01-05", "review.readings.1.ended": "2022-03"},
    ),
    (
        "dates_read: 2020/01/05, 2022/03/04",
        {READ: "2020-01-05", "review.readings.1.ended": "2022-03-04"},
    ),
    (
        "dates_read: 2024/01/05-2024/01/09",
        {READ: "2024-01-09", "review.readings.0.started": "2024-01-05"},
    ),
    (
        "read: 2020-01-05\ndate_read: 2022-03-04",
        {READ: "2020-01-05", "review.readings.1.ended": "2022-03-04"},
    ),
    ("read: 2020-01-05\ndate_read: 2020-01-05", {READ: "2020-01-05"}),
    ("date_stopped: 2024-04-01", {READ: "2024-04-01", STATUS: "stopped"}),
    ("stars: 4", {"review.rating.value": "4"}),
    ("arc: true", {"review.copy": "arc"}),
    ("netgalley: yes", {"review.copy": "netgalley"}),
    (
        'buy: "https://a.example/1"\nbookshop: "https://a.example/2"',
        {"review.book.links.0.name": "Shop", "review.book.links.1.name": "Bookshop"},
    ),
    (
        'affiliate_link: "https://a.example/1"',
        {"review.book.links.0.name": "Shop", "review.book.links.0.affiliate": "True"},
    ),
    ("score: 4/5", {"review.rating.value": "4"}),
    ("my_rating: ★★★★", {"review.rating.value": "4"}),
    ("myRate: 4 stars", {"review.rating.value": "4"}),
    ("rating: 4\nstars: 4", {"review.rating.value": "4"}),
    ("rating: 4\nstars: 3", {"review.rating.value": "4"}),
    ("ratings: 4", {"review.rating.value": "4"}),
    ("ratings: 8/10", {"review.rating.value": "4"}),
    ("ratings: 4 stars", {"review.rating.value": "4"}),
    ("year: 1815", {"review.book.published": "1815"}),
    ("year_read: 2019", {READ: "2019"}),
    ("pubDate: 2024-05-01", {"review.date": "2024-05-01"}),
    ('rating: "****"', {"review.rating.value": "4"}),
    ('stars: "***1/2"', {"review.rating.value": "3.5"}),
    (
        'goodreads: "https://a.example/1"\ngoodreads_url: "https://a.example/2"',
        {
            "review.book.links.0.url": "https://a.example/1",
            "review.book.links.1.url": "https://a.example/2",
        },
    ),
    ("year: circa 1815", {"review.book.published": "~1815"}),
    ("year: 44 BC", {"review.book.published": "-0044"}),
    ("publication_year: 1815", {"review.book.published": "1815"}),
    ("publishDate: December 1815", {"review.book.published": "1815-12"}),
    ("summary: A village.", {"review.description": "A village."}),
    (
        "translator: Anna Bronski",
        {"review.book.authors.1.name": "Anna Bronski", "review.book.authors.1.role": "translator"},
    ),
    (
        "narrator: [A One, B Two]",
        {"review.book.authors.2.name": "B Two", "review.book.authors.2.role": "narrator"},
    ),
    ("isbn10: 0141439580", {"review.book.isbn": "9780141439587"}),
    ("isbn13: 9780141439587", {"review.book.isbn": "9780141439587"}),
    ("isbn_10: 0141439580\nisbn_13: 9780141439587", {"review.book.isbn": "9780141439587"}),
    ("isbn: 9780141439587", {"review.book.isbn": "9780141439587"}),
    ("page_count: 474", {"review.book.pages": "474"}),
    ("totalPage: 474 pages", {"review.book.pages": "474"}),
    ("pages: 474", {"review.book.pages": "474"}),
    ("publsher: Penguin", {"review.book.publisher": "Penguin"}),
    ("genre: Comedy", {"review.book.genres.0": "Comedy"}),
    ("genre: Comedy, Romance", {"review.book.genres.1": "Romance"}),
    ("topics: [Class]", {"review.themes.0.name": "Class"}),
    (
        "themes: [Wit]\ntopics: [Class]",
        {"review.themes.0.name": "Wit", "review.themes.1.name": "Class"},
    ),
    ("content_warnings: Death, Illness", {"review.warnings.1.name": "Illness"}),
    ("spoiler: true", {"review.spoilers": "True"}),
    ("spoiler: yess", {"review.spoilers": "True"}),
    ("status: to-read", {"review.shelf": "to-read"}),
    ("status: TBR", {"review.shelf": "to-read"}),
    ("status: new", {"review.shelf": ""}),
    ("status: read", {STATUS: "read", READ: ""}),
    ("status: DNF", {STATUS: "stopped", READ: ""}),
    ("status: currently reading", {STATUS: "reading"}),
    ("dnf: true", {STATUS: "stopped", READ: ""}),
    ("times_read: 2", {STATUS: "read", "review.readings.1.ended": ""}),
    ("original_publication_year: 1815", {"review.book.first_published": "1815"}),
    ("exclusive_shelf: to-read", {"review.shelf": "to-read"}),
    ("shelf: want to read", {"review.shelf": "to-read"}),
    ("shelf: on hold", {"review.shelf": "paused"}),
    ("shelf: Paused", {"review.shelf": "paused"}),
    ("shelf: kitchen", {"review.shelf": ""}),
    ("asin: B000FC1PJI", {"review.book.ids.asin": "B000FC1PJI"}),
    ("goodreads_id: 6969", {"review.book.ids.goodreads": "6969"}),
    (
        "goodreads: https://www.goodreads.com/book/show/6969",
        {"review.book.links.0.url": "https://www.goodreads.com/book/show/6969"},
    ),
    ("lastmod: 2024-04-02T10:00:00Z", {"review.updated": "2024-04-02"}),
    ("date: 2 April 2024", {"review.date": "2024-04-02"}),
    ("date: 13/4/2024", {"review.date": "2024-04-13"}),
    ("read: 2024/04/01", {READ: "2024-04-01"}),
    ("read: ca. 2006", {READ: "~2006"}),
    ("read: 2006?", {READ: "~2006"}),
    ("read: 2020/01/05, May 2022", {READ: "2020-01-05", "review.readings.1.ended": "2022-05"}),
    (
        "read: {start: 2024-03-01, end: 2024-04-01}",
        {READ: "2024-04-01", "review.readings.0.started": "2024-03-01"},
    ),
    ("read: {finish: 1 April 2024}", {READ: "2024-04-01"}),
    ("rating: 4 stars", {"review.rating.value": "4"}),
    ("rating: 80%", {"review.rating.value": "4"}),
    ("rating: 8", {"review.rating.value": "4"}),
    ("rating: 0", {"review.rating": ""}),
    ("ratng: 4", {"review.rating.value": "4"}),
    ("ratng: 4 of five stars", {"review.rating.value": "4"}),
    ("aliases: [/2014/emma/]", {"review.redirect_from.0": "/2014/emma/"}),
    ("moon_phase: full", {"review.book.title": "Emma"}),
    (
        "themes: [{title: Class, wieght: central}]",
        {"review.themes.0.name": "Class", "review.themes.0.weight": "central"},
    ),
    ("themes: [{name: Class, weight: Centrall}]", {"review.themes.0.weight": "central"}),
    ("themes: [{name: Class, weight: tiny}]", {"review.themes.0.weight": ""}),
    ("themes: [{name: Class, spoiler: ✓}]", {"review.themes.0.spoiler": "True"}),
    ("quotes: [{quote: Badly done.}]", {"review.quotes.0.text": "Badly done."}),
    (
        "warnings: {severe: [Death], mild: [Illness]}",
        {"review.warnings.0.severity": "graphic", "review.warnings.1.severity": "minor"},
    ),
]

# The same below `book:`.
IN_THE_BOOK = [
    ("name: Emma", {"review.book.title": "Emma"}),
    ("titel: Emma", {"review.book.title": "Emma"}),
    (
        "author: Jane Austen",
        {"review.book.title": "Emma", "review.book.authors.0.name": "Jane Austen"},
    ),
    ("title: Emma\nwriter: Jane Austen", {"review.book.authors.0.name": "Jane Austen"}),
    (
        "title: Emma\nauthor: {full_name: Jane Austen}",
        {"review.book.authors.0.name": "Jane Austen"},
    ),
    (
        "title: Emma\ncontributors: [{name: Jane Austen}, {name: A B, type: editor}]",
        {"review.book.authors.1.role": "editor"},
    ),
    ("title: Emma\nrating: 4", {"review.rating.value": "4"}),
    ("title: Emma\nstars: 4", {"review.rating.value": "4"}),
    ("title: Emma\ndate_read: 2024-04-01", {READ: "2024-04-01"}),
    ("title: Emma\ntags: [Class, Wit]", {"review.themes.1.name": "Wit", "review.book.pages": ""}),
    ("title: Emma\ntags: Class, Wit", {"review.themes.1.name": "Wit"}),
    ("title: Emma\nstatus: to-read", {"review.shelf": "to-read"}),
    ("title: Emma\ncategories: [Comedy]", {"review.book.genres.0": "Comedy"}),
    (
        "title: Emma\nseries: Highbury\nseries_position: 2",
        {"review.book.series.0.position": "2", "review.book.series.0.name": "Highbury"},
    ),
    ("title: Emma\nseries: {title: Highbury, number: 2}", {"review.book.series.0.position": "2"}),
    ("title: Emma\nisbn: ISBN 0141439580", {"review.book.isbn": "9780141439587"}),
    ("title: Emma\nisbn: 141439580", {"review.book.isbn": "9780141439587"}),
    (
        "title: Emma\nisbn: B000FC1PJI",
        {"review.book.ids.asin": "B000FC1PJI", "review.book.isbn": ""},
    ),
    ("title: Emma\npages: 1,474 pages", {"review.book.pages": "1474"}),
    ("title: Emma\npagess: 474", {"review.book.pages": "474"}),
    ("title: Emma\npublished: January 1816", {"review.book.published": "1816-01"}),
    ("title: Emma\npublished: 1815\nyear: 1816", {"review.book.published": "1815"}),
    ("title: Emma\nlang: en", {"review.book.language": "en"}),
    (
        "title: Emma\nlinks: {Shop: {href: https://shop.example/}}",
        {"review.book.links.0.url": "https://shop.example/"},
    ),
    ("title: Emma\nmoon: full", {"review.book.title": "Emma"}),
]

OTHERS = [
    ("author: Jane Austen\nbook: {title: Emma}\n", {"review.book.authors.0.name": "Jane Austen"}),
    ("book: Emma\n", {"review.book.title": "Emma"}),
    (
        "book: Emma\nauthor: Jane Austen\nrating: 4\n",
        {"review.book.authors.0.name": "Jane Austen", "review.rating.value": "4"},
    ),
    ("book:\n", {"review.book.title": "Emma"}),
    ("bok: {title: Emma}\nrating: 4\n", {"review.book.title": "Emma"}),
    (
        "title: Emma\nauthor: Jane Austen\nisbn: 9780141439587\nrating: 4\n",
        {"review.book.isbn": "9780141439587", "review.rating.value": "4"},
    ),
    (
        "title: 'Emma: A Novel'\nauthors: [Jane Austen]\nstars: ★★★★½\ntags: [a]\nlayout: post\n",
        {"review.book.title": "Emma: A Novel", "review.rating.value": "4.5"},
    ),
    (
        "review: {book: Emma, author: Jane Austen, score: 8, moon: full}\n",
        {"review.book.title": "Emma", "review.rating.value": "4"},
    ),
    ("title: Emma\nrating: splendid\nisbn: 1\n", {"review.book.title": "Emma"}),
    ("draft: true\ntitle: Emma\n", {"review.book.title": "Emma", "draft": "True"}),
]

CASES = [
    *((f"{BOOK}{text}\n", facts) for text, facts in AT_THE_TOP),
    *(("book:\n  " + text.replace("\n", "\n  ") + "\n", facts) for text, facts in IN_THE_BOOK),
    *OTHERS,
]
ANOTHER_SCALE = {"rating": {"scale": 10, "step": 1}}


def find(thing, path):
    for part in path.split("."):
        if isinstance(thing, dict):
            thing = thing[part]
        else:
            thing = thing[int(part)] if part.isdigit() else getattr(thing, part)
    return "" if thing is None else str(thing)


def mend(text, options=None):
    """Follow the first fix until there is none; each must remove its own problem."""
    for _ in range(9):
        site = read(text, options=options)
        if not site.problems:
            return site.pages["reviews/emma.md"]
        problem = site.problems[0]
        text = follow(text, problem)
        left = [one.what for one in read(text, options=options).problems]
        assert problem.what not in left, (str(problem), text)
    raise AssertionError(text)


def test_there_are_enough_kinds():
    assert len(CASES) >= 60


@pytest.mark.parametrize(("front", "facts"), CASES, ids=[front for front, _ in CASES])
def test_fix(front, facts):
    page = mend(f"---\n{front}---\nText.\n")
    assert {path: find(page, path) for path in facts} == facts


ASPECTS = {"rating": {"aspects": ["characters", "prose"]}}
RATED = {"review.aspects.0.rating.value": "4", "review.aspects.1.rating.value": "5"}


@pytest.mark.parametrize(
    "front",
    [
        "rating: {characters: 4, prose: 5}",
        "characters: 4\nprose: 5",
        "ratings: {prose: 5}\nCharacters: 4",
        "ratings: {charcters: 4, prosa: 5}",
        "prose: 4\nratings: {characters: 4, prose: 5}",
    ],
)
def test_ratings_of_aspects_in_a_wrong_place(front):
    page = mend(f"---\n{BOOK}{front}\n---\nText.\n", ASPECTS)
    assert {path: find(page, path) for path in RATED} == RATED


@pytest.mark.parametrize("rating", ["ten", "4 stars", "4.25", "11", "95%", "0"])
def test_ratings_on_another_scale(rating):
    page = mend(f"---\n{BOOK}rating: {rating}\n---\nText.\n", ANOTHER_SCALE)
    assert (page.review.rating is None) == (rating == "0")


@pytest.mark.parametrize("front", ["tags: [a]", "shelf: kitchen", "date_read: 2024-04-01"])
def test_nothing_else_is_suggested(front):
    [problem, *_] = read(f"---\n{BOOK.replace('}', ', tags: [a]}')}{front}\n---\n").problems
    assert not [word for word in ("pages", "updated", "shelf: to-read") if word in str(problem)]
