"""Values as people write them, and what they mean; what cannot be read, and where it is told."""

import re

import pytest

from mkdocs_bookreview.frontmatter.read import read_page
from mkdocs_bookreview.model.book import SeriesPosition
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.review import CommentsOpen, Thread
from mkdocs_bookreview.settings.options import read_settings
from mkdocs_bookreview.settings.rating import RatingSettings


def read(lines, **rating):
    settings = RatingSettings.model_validate(rating)
    text = f"---\nbook: {{title: Emma}}\n{lines}\n---\n"
    return read_page(text, "emma.md", settings, {}, {})


def read_book(line):
    page = read_page(f"---\nbook:\n  title: Emma\n  {line}\n---\n", "emma.md", R, {}, {})
    return page.review.book, [str(problem) for problem in page.problems]


R = RatingSettings()


@pytest.mark.parametrize(
    ("written", "options", "value"),
    [
        ("4.5", {}, "4.5"),
        ("4,5", {}, "4.5"),
        ("5", {}, "5"),
        ("0.5", {}, "0.5"),
        ("4.5/5", {}, "4.5"),
        ("9/10", {}, "4.5"),
        ("9 / 10", {}, "4.5"),
        ("4 out of 5", {}, "4"),
        ("90 of 100", {}, "4.5"),
        ("★★★★½", {}, "4.5"),
        ("⭐⭐⭐⭐", {}, "4"),
        ("⭐️⭐️⭐️", {}, "3"),
        ("★★★☆☆", {}, "3"),
        ("★★★½☆", {}, "3.5"),
        ("★ ★ ★", {}, "3"),
        ("½", {}, "0.5"),
        ("★★ 1/2", {}, "2.5"),
        ("A-", {}, "4.5"),
        ("a−", {}, "4.5"),
        ("B+", {}, "4"),
        ("F", {}, "0.5"),
        ("7", {"scale": 10}, "7"),
        ("3.5/5", {"scale": 10}, "7"),
        ("A-", {"scale": 10}, "9"),
        ("★★★★", {"scale": 10}, "8"),
        ("★★★★★★☆☆☆☆", {"scale": 10}, "6"),
        ("★★★★★★", {"scale": 10}, "6"),
        ("★★★★★★☆☆☆☆", {}, "3"),
        ("4.75", {"step": "0.25"}, "4.75"),
        ("1/3", {"scale": 3, "step": 1}, "1"),
        ("2/6", {"scale": 3, "step": 1}, "1"),
        ("88", {"scale": 100, "step": 1}, "88"),
        ("S", {"letters": {"s": 5, "A": 4}}, "5"),
        ("a", {"letters": {"s": 5, "A": 4}}, "4"),
    ],
)
def test_rating(written, options, value):
    page = read(f"rating: {written}", **options)
    assert not page.problems
    assert f"{page.review.rating.value.normalize():f}" == value
    assert page.review.rating.best == options.get("scale", 5)


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("0", {}),
        ("0/5", {}),
        ("☆☆☆☆☆", {}),
        ("-1", {}),
        ("nan", {}),
        (".nan", {}),
        ("inf", {}),
        ("-.inf", {}),
        ("6", {}),
        ("11/10", {}),
        ("3/0", {}),
        ("★★★★★★", {}),
        ("★★★★★½", {}),
        ("4.75", {}),
        ("4.5", {"step": 1}),
        ("A-", {"step": 1}),
        ("B", {"letters": {"A": 5}}),
        ("1e999999999999", {}),
        ("9" * 5000, {}),
        ("1/" + "9" * 5000, {}),
        ("ten", {}),
        ("80%", {}),
        ("true", {}),
        ("[4]", {}),
        ("{a: 4}", {}),
        ("''", {}),
    ],
)
def test_no_rating(written, options):
    page = read(f"rating: {written}", **options)
    assert page.review.rating is None
    [problem] = page.problems
    step, best = options.get("step", "0.5"), options.get("scale", 5)
    assert f"`rating` must be {step} to {best} in steps of {step}" in problem.what
    assert (problem.place.line, problem.place.column) == (3, 1)


def test_unrated():
    assert read("rating:").review.rating is None
    assert not read("rating:").problems


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0571224148", "9780571224142"),
        ("0-571-22414-8", "9780571224142"),
        ("978-0-571-22414-2", "9780571224142"),
        ("978 0 571 22414 2", "9780571224142"),
        ("978\u20110\u2011571\u201122414\u20112", "9780571224142"),
        ("0–571–22414–8", "9780571224142"),
        ("080442957X", "9780804429573"),
        ("0-8044-2957-x", "9780804429573"),
        ("0321127420", "9780321127426"),
        ("9791090636071", "9791090636071"),
    ],
)
def test_isbn(written, digits):
    book, problems = read_book(f"isbn: {written}")
    assert (str(book.isbn), problems) == (digits, [])


@pytest.mark.parametrize(
    "written",
    [
        "0571224149",
        "0-571-22414-X",
        "0804429571",
        "0–571–22414–9",
        "0\u20118044\u20112957\u20111",
        "9780571224140",
        "978-0-571-22414-0",
        "979 10 90636 07 0",
    ],
)
def test_wrong_last_digit(written):
    book, [problem] = read_book(f"isbn: {written}")
    assert book.isbn is None
    assert problem.startswith(
        f"emma.md:4:3: `book.isbn` must have the right last digit, but is `{written}`."
    )
    right = re.search("fits the other digits is `(.)`", problem)[1]
    assert Isbn.read(written[:-1] + right)


@pytest.mark.parametrize(
    "written",
    [
        "12345",
        "9770571224142",
        "ISBN 0571224148",
        "57122414X8",
        "978057122414X",
        "''",
        "[1]",
        "\uff11\uff12\uff13",
    ],
)
def test_no_isbn(written):
    book, [problem] = read_book(f"isbn: {written}")
    assert book.isbn is None
    assert "`book.isbn` must have 10 digits, or 13 digits that begin with 978 or 979" in problem
    assert problem.endswith(" `isbn: 0571224148`.")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2005", PartialDate(2005)),
        ("05", PartialDate(5)),
        ("-800", PartialDate(-800)),
        ("-0044-03-15", PartialDate(-44, 3, 15)),
        ("2005-03", PartialDate(2005, 3)),
        ("2005-3-1", PartialDate(2005, 3, 1)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
        ("2005-03-01T10:00:00Z", PartialDate(2005, 3, 1)),
        ("2005-03-01 10:00", PartialDate(2005, 3, 1)),
    ],
)
def test_date(written, date):
    book, problems = read_book(f"published: {written}")
    assert (book.published, problems) == (date, [])


@pytest.mark.parametrize(
    "written",
    ["0", "2005-00", "2005-13", "2005-00-07", "2005-03-00", "2005-02-30", "2023-02-29"],
)
def test_impossible_date(written):
    book, [problem] = read_book(f"published: {written}")
    assert book.published is None
    assert f"must be a date that exists, but is `{written}`." in problem


@pytest.mark.parametrize(
    "written", ["20055", "March 2005", "2005/03", "--5", "2005-03-01 x", "[2]"]
)
def test_no_date(written):
    book, [problem] = read_book(f"published: {written}")
    assert book.published is None
    assert "must be a year, a month (2005-03) or a day (2005-03-01)" in problem


@pytest.mark.parametrize("written", ["2024", "2024-05", "soon", "2024-02-30", "[1]"])
def test_review_date_is_a_day(written):
    page = read(f"date: {written}")
    assert page.review.date is None
    assert len(page.problems) == 1


@pytest.mark.parametrize(
    ("written", "first", "last", "shown"),
    [
        ("1", 1, 1, "1"),
        ("1.0", 1, 1, "1"),
        ("10", 10, 10, "10"),
        ("0", 0, 0, "0"),
        ("0.5", 0.5, 0.5, "0.5"),
        (".5", 0.5, 0.5, "0.5"),
        ("1-3", 1, 3, "1–3"),
        ("1 – 3", 1, 3, "1–3"),
        ('"#2"', 2, 2, "2"),
        ("1.5-2.50", 1.5, 2.5, "1.5–2.5"),
    ],
)
def test_series_position(written, first, last, shown):
    book, problems = read_book(f"series: {{name: Earthsea, position: {written}}}")
    position = book.series[0].position
    assert isinstance(position, SeriesPosition)
    assert ([float(part) for part in position.order], problems) == ([first, last], [])
    assert str(position) == shown


@pytest.mark.parametrize("written", ["3-1", "one", "1-", "..", "1.2.3", "1e3", "[1]", "''"])
def test_no_series_position(written):
    book, [problem] = read_book(f"series: {{name: Earthsea, position: {written}}}")
    assert book.series[0].position is None
    assert "`book.series.position` must be a number or a range" in problem


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("9h 46m", 586),
        ("9h46m", 586),
        ("9h46", 586),
        ("9 h 46 min", 586),
        ("9 hours, 46 minutes", 586),
        ("9 hrs. 46 mins.", 586),
        ("9h", 540),
        ("1:30", 90),
        ("1:30:59", 90),
        ("90 min", 90),
        ("90m", 90),
    ],
)
def test_duration(written, minutes):
    book, problems = read_book(f"duration: {written}")
    assert (book.duration, problems) == (minutes, [])


@pytest.mark.parametrize(
    "written",
    ["0", "9", "0:00", "1:75", "9 horses", "90 months", "99999h", "9" * 5000 + "h", "''", "[9h]"],
)
def test_no_duration(written):
    book, [problem] = read_book(f"duration: {written}")
    assert book.duration is None
    assert "`book.duration` must be hours and minutes" in problem


@pytest.mark.parametrize(
    ("written", "thread"),
    [
        ("true", Thread()),
        ("yes", Thread()),
        ("false", Thread(CommentsOpen.OFF)),
        ("off", Thread(CommentsOpen.OFF)),
        ("closed", Thread(CommentsOpen.CLOSED)),
        ("{id: /dune/}", Thread(CommentsOpen.OPEN, "/dune/")),
        ("{id: 12, state: closed}", Thread(CommentsOpen.CLOSED, "12")),
        ("{id: 'Emma: a review? #1'}", Thread(id="Emma: a review? #1")),
        ("{id: 'https://old.example/emma?a=1'}", Thread(id="https://old.example/emma?a=1")),
        (
            "{mastodon: https://m.example/@a/1}",
            Thread(posts={"mastodon": "https://m.example/@a/1"}),
        ),
        (
            "{bluesky: https://b.example/1, id: x}",
            Thread(id="x", posts={"bluesky": "https://b.example/1"}),
        ),
    ],
)
def test_comments(written, thread):
    for page in (
        read(f"comments: {written}"),
        read_page(f"---\ncomments: {written}\n---\n", "a.md", R, {}, {}),
    ):
        assert (page.thread, page.problems) == (thread, ())


@pytest.mark.parametrize(
    "written", ["perhaps", "[a]", "{id: ''}", "{id: '||x||'}", "{ide: x}", "{mastodon: '@ann'}"]
)
def test_wrong_comments(written):
    page = read(f"comments: {written}")
    assert page.thread == Thread()
    assert len(page.problems) == 1


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "'JavaScript:alert(1)'",
        "' javascript:alert(1)'",
        "'data:text/html,x'",
        "//example.org/",
        "/local/",
        "https://",
        "''",
    ],
)
@pytest.mark.parametrize("line", ["links: {Shop: %s}", "links: {Shop: {url: %s, affiliate: true}}"])
def test_no_address(written, line):
    book, [problem] = read_book(line % written)
    assert book.links == ()
    assert "must be an address that starts with https://" in problem


@pytest.mark.parametrize("written", ["javascript:x", "ftp://x/"])
def test_no_address_of_what_is_related(written):
    page = read(f"related: [{{title: The Island, url: '{written}'}}]")
    assert page.review.related[0].url is None
    assert len(page.problems) == 1


@pytest.mark.parametrize(
    "written", ["https://x/y.jpg", "http://x/y.jpg", "ftp://x/y.jpg", "//x/y.jpg"]
)
def test_cover_from_elsewhere(written):
    book, [problem] = read_book(f"cover: {written}")
    assert book.cover is None
    assert "`book.cover` must be a picture file beside the page" in problem


@pytest.mark.parametrize(
    ("source", "written", "cover"),
    [
        ("emma.md", "emma.jpg", "emma.jpg"),
        ("reviews/emma.md", "emma.jpg", "reviews/emma.jpg"),
        ("reviews/emma.md", "./emma.jpg", "reviews/emma.jpg"),
        ("reviews/emma.md", "../covers/emma.jpg", "covers/emma.jpg"),
        ("reviews/emma.md", "/covers/emma.jpg", "covers/emma.jpg"),
    ],
)
def test_cover(source, written, cover):
    page = read_page(f"---\nbook: {{title: E, cover: {written}}}\n---\n", source, R, {}, {})
    assert page.review.book.cover == cover


@pytest.mark.parametrize("written", ["/a/", "/2014/05/emma/", "/old.html", "[/a/]"])
def test_redirect(written):
    page = read(f"redirect_from: {written}")
    assert page.review.redirect_from == (written.strip("[]"),)
    assert not page.problems


@pytest.mark.parametrize(
    "written", ["a/", "https://x/", "//x/", "/a?b", "'/a#b'", "/../a", "/a b", "'/a\\b'", "[[/a]]"]
)
def test_no_redirect(written):
    page = read(f"redirect_from: {written}")
    assert page.review.redirect_from == ()
    assert len(page.problems) == 1


@pytest.mark.parametrize(
    ("line", "must"),
    [
        ("pages: 0", "must be at least 1, but is `0`"),
        ("pages: 12.5", "must be a whole number, but is `12.5`"),
        ("pages: 1" + "0" * 5000, "must be a"),
        ("pages: '1000000'", "must be at most 100000"),
        ("id: a b", "must be text without spaces and without /, but is `a b`"),
        ("subtitle: ' '", "must be text, but is empty"),
        ("language: " + "x" * 5001, "must be at most 5000 characters long"),
        ("links: https://x/", "must be a mapping of names to values"),
        ("ids: [a]", "must be a mapping of names to values, but is a list"),
        ("genres: [[a]]", "must be text, but is a list"),
    ],
)
def test_wrong_fact(line, must):
    book, [problem] = read_book(line)
    assert f" {must}" in problem
    assert "Write for example `" in problem
    assert book.title == "Emma"


def test_step_that_is_too_small():
    _, [problem] = read_settings({"rating": {"step": 1e-30}})
    assert "`rating.step` must be at least 0.01" in problem.what
