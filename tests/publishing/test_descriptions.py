"""Each page has a description of its own: a sentence, without what its list does not show."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.site import Site
from mkdocs_bookreview.model.book import Book, Contributor, SeriesEntry
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import Reading, Review, Status, ThemeMention
from mkdocs_bookreview.model.vocabulary import Vocabulary, VocabularyEntry
from mkdocs_bookreview.publishing.descriptions import Descriptions, describe_pages
from mkdocs_bookreview.publishing.plan import plan_reviews
from mkdocs_bookreview.publishing.shortening import shorten
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def write(title: str, author: str = "", *themes: str | ThemeMention, **more: object) -> Review:
    """Return a review; those with titles that come first in the alphabet are older."""
    date = PartialDate(2024, 1, ord(title[0]) % 28 + 1)
    book = Book(title, authors=(Contributor(author),) if author else (), **more.pop("book", {}))  # type: ignore[arg-type]
    mentions = tuple(ThemeMention(one) if isinstance(one, str) else one for one in themes)
    keys: dict[str, object] = {"date": date, "themes": mentions, **more}
    return Review(f"{title}.md", (book,), **keys)  # type: ignore[arg-type]


def describe(
    written: Iterable[Review],
    language: str = "en",
    entries: Iterable[VocabularyEntry] = (),
    shelved: tuple[Review, ...] = (),
    /,
    **options: object,
) -> Descriptions:
    reviews = tuple(written)
    pages = {one.source: WrittenPage(one.source, review=one) for one in reviews}
    site = Site(pages, shelved, {"themes": Vocabulary.of(entries)}, ())
    chosen, words = Settings.model_validate(options), Words(language)
    plan = plan_reviews(pages, reviews, site, chosen, words, ("reviews/index.md",))
    return describe_pages(plan, chosen, words)


def read(when: int) -> tuple[Reading, ...]:
    return (Reading(Status.READ, ended=PartialDate(when)),)


HIDDEN = ThemeMention("Memory", spoiler=True)
LIBRARY = [
    write("Ay", "Ann Oh", "Memory", "Sea", readings=read(2023), verdict="A quiet one."),
    write("Bee", "Bo Li", "Memory", readings=read(2024)),
    write("Cee", "Bo Li", "Memory", book={"series": (SeriesEntry("Bees"),)}),
    write("Dee", "Bo Li", HIDDEN, book={"series": (SeriesEntry("Bees"),)}, readings=read(2024)),
    write("Eff", "Ed Ro", "Memory", shelf=Status.TO_READ, book={"series": (SeriesEntry("Bees"),)}),
]
ENTRIES = [
    VocabularyEntry("memory", "Memory", parents=("mind",)),
    VocabularyEntry("mind", "Mind"),
]
SHELVED = (write("Gee", "Gi Hu", shelf=Status.READING),)
SENTENCES = {
    "reviews/index": (
        "Reviews of 4 books, among them “Dee” and “Cee” by Bo Li.",
        "Besprechungen von 4 Büchern, darunter „Dee“ und „Cee“ von Bo Li.",
    ),
    "reviews/page/2": (
        "Reviews of 4 books, among them “Bee” by Bo Li and “Ay” by Ann Oh, page 2.",
        "Besprechungen von 4 Büchern, darunter „Bee“ von Bo Li und „Ay“ von Ann Oh, Seite 2.",
    ),
    "browse/index": (
        "Browse by theme, author, rating and more: 4 reviews, among them “Dee” and “Cee” by Bo Li.",
        "Stöbern nach Thema, Name, Bewertung und mehr: 4 Besprechungen, darunter „Dee“ und „Cee“"
        " von Bo Li.",
    ),
    "stats/index": (
        "Reading statistics by month and year: 3 books read, among them “Dee” and “Bee” by Bo Li.",
        "Lesestatistik nach Monat und Jahr: 3 gelesene Bücher, darunter „Dee“ und „Bee“ von Bo Li.",
    ),
    "themes/index": (
        "Themes: 3 entries for 3 books, among them Mind and Sea.",
        "Themen: 3 Einträge für 3 Bücher, darunter Mind und Sea.",
    ),
    "themes/memory": (
        "Memory: 3 books, among them “Ay” by Ann Oh and “Bee” by Bo Li.",
        "Memory: 3 Bücher, darunter „Ay“ von Ann Oh und „Bee“ von Bo Li.",
    ),
    "themes/sea": (
        "Sea: 1 book (“Ay” by Ann Oh). A quiet one.",
        "Sea: 1 Buch („Ay“ von Ann Oh). A quiet one.",
    ),
    "themes/mind": (
        "Mind: 3 books in subthemes, among them “Ay” by Ann Oh and “Bee” by Bo Li.",
        "Mind: 3 Bücher in Unterthemen, darunter „Ay“ von Ann Oh und „Bee“ von Bo Li.",
    ),
    "authors/index": (
        "Authors: 2 entries for 4 books (Bo Li and Ann Oh).",
        "Autorinnen und Autoren: 2 Einträge für 4 Bücher (Bo Li und Ann Oh).",
    ),
    "authors/bo-li": (
        "Bo Li: 3 books, among them “Dee” and “Cee”.",
        "Bo Li: 3 Bücher, darunter „Dee“ und „Cee“.",
    ),
    "authors/bo-li/page/2": (
        "Bo Li: 3 books, among them “Bee”, page 2.",
        "Bo Li: 3 Bücher, darunter „Bee“, Seite 2.",
    ),
    "series/bees": (
        "Bees: 2 books (“Dee” and “Cee” by Bo Li).",
        "Bees: 2 Bücher („Dee“ und „Cee“ von Bo Li).",
    ),
    "series/bees/page/2": (
        "Bees: 2 books, page 2.",
        "Bees: 2 Bücher, Seite 2.",
    ),
    "years/index": (
        "Years: 2 entries for 3 books (2024 and 2023).",
        "Jahre: 2 Einträge für 3 Bücher (2024 und 2023).",
    ),
    "years/2024": (
        "2024: 2 books read (“Dee” and “Bee” by Bo Li).",
        "2024: 2 Bücher gelesen („Dee“ und „Bee“ von Bo Li).",
    ),
    "shelves/reading": (
        "Currently reading: 1 book, not reviewed yet.",
        "Lese ich gerade: 1 Buch, noch nicht besprochen.",
    ),
    "shelves/to-read": (
        "To read: 1 book, not reviewed yet.",
        "Möchte ich lesen: 1 Buch, noch nicht besprochen.",
    ),
    "Ay": (
        "A review of Ay – Ann Oh. A quiet one.",
        "Eine Besprechung von Ay – Ann Oh. A quiet one.",
    ),
    "Eff": ("To read: Eff – Ed Ro", "Möchte ich lesen: Eff – Ed Ro"),
}


@pytest.fixture(scope="module", params=["en", "de"])
def texts(request: pytest.FixtureRequest) -> tuple[int, Mapping[str, str]]:
    found = describe(LIBRARY, request.param, ENTRIES, SHELVED, reviews={"per_page": 2})
    return ["en", "de"].index(request.param), found.texts


@pytest.mark.parametrize("source", SENTENCES)
def test_sentence(source: str, texts: tuple[int, Mapping[str, str]]) -> None:
    language, found = texts
    assert found[f"{source}.md"] == SENTENCES[source][language]


def test_no_sentence_names_what_is_hidden_or_has_no_review(
    texts: tuple[int, Mapping[str, str]],
) -> None:
    _, found = texts
    assert "Dee" not in "".join(text for source, text in found.items() if "memory" in source)
    lists = [text for source, text in found.items() if source != "Eff.md"]
    assert not any(word in text for text in lists for word in ("Eff", "Ed Ro", "Gee", "Gi Hu"))
    assert len({*found.values()}) == len(found)


def test_no_reviews() -> None:
    assert describe([]).texts == {
        "reviews/index.md": "No reviews yet. The first will appear here.",
    }


ORDERS = {"name": "Art and Bees", "-name": "Sea and Bees", "count": "Sea and Art"}


@pytest.mark.parametrize("order", ORDERS)
def test_an_index_names_the_terms_that_it_shows_first(order: str) -> None:
    reviews = [write("A", "X", "Art", "Bees"), write("B", "X", "Sea"), write("C", "X", "Sea")]
    found = describe(reviews, themes={"sort": order}).texts
    text = f"Themes: 3 entries for 3 books, among them {ORDERS[order]}."
    assert found["themes/index.md"] == text


def test_the_order_of_titles_is_that_of_the_list() -> None:
    reviews = [write(title, "X") for title in ("B", "A", "C")]
    found = describe(reviews, reviews={"sort": "title"}).texts
    assert found["reviews/index.md"] == "Reviews of 3 books, among them “A” and “B” by X."


def test_terms_of_one_name_say_what_they_are() -> None:
    reviews = [write("A", "Penguin", "sea", book={"genres": ("Sea",), "publisher": "Penguin"})]
    found = describe(reviews, taxonomies={"publishers": True}).texts
    assert found["themes/sea.md"] == "sea (Themes): 1 book (“A” by Penguin)."
    assert found["genres/sea.md"] == "Sea (Genres): 1 book (“A” by Penguin)."
    assert found["authors/penguin.md"] == "Penguin (Authors): 1 book (“A”)."
    assert found["publishers/penguin.md"] == "Penguin (Publishers): 1 book (“A” by Penguin)."


def test_a_review_of_two_books_names_each_with_its_author() -> None:
    books = (Book("A", authors=(Contributor("X"),)), Book("B", authors=(Contributor("Y"),)))
    found = describe([Review("a.md", books)]).texts
    assert found["reviews/index.md"] == "Reviews of 2 books (“A” by X and “B” by Y)."
    assert found["authors/x.md"] == "X: 2 books (“A” and “B” by Y)."


def test_two_reviews_of_a_book() -> None:
    book = Book("Emma", authors=(Contributor("Jane Austen"),))
    days = [PartialDate(2024, 5, 1), PartialDate(2024, 6, 2), None, None, PartialDate(2024, 5, 1)]
    reviews = [
        Review(f"{number}.md", (book,), date=day, reviewer="Ann <b>" if day else None)
        for number, day in enumerate(days)
    ]
    reviews.append(Review("own.md", (book,), description="Mine."))
    found = describe(reviews).texts
    assert [found[one.source] for one in reviews] == [
        "Ann ‹b›, May 1, 2024: A review of Emma – Jane Austen",
        "Ann ‹b›, June 2, 2024: A review of Emma – Jane Austen",
        "A review of Emma – Jane Austen",
        "A review of Emma – Jane Austen (2)",
        "Ann ‹b›, May 1, 2024: A review of Emma – Jane Austen (2)",
        "Mine.",
    ]
    assert found["reviews/index.md"] == "Review of 1 book (“Emma” by Jane Austen)."


def test_a_number_does_not_make_a_text_equal_to_another() -> None:
    reviews = [write(title) for title in ("A", "A (2)")]
    reviews += [Review("b.md", (Book("A"),)), Review("c.md", (Book("B"),))]
    reviews.append(Review("d.md", (Book("C"),), description="A review of B"))
    found = describe(reviews).texts
    assert found["c.md"] == "A review of B (2)"
    assert len({*found.values()}) == len(found)


def test_terms_that_share_a_description_in_the_file() -> None:
    entries = [
        VocabularyEntry("one", "One", description="Of *loss*."),
        VocabularyEntry("two", "Two", description="Of loss.\n"),
        VocabularyEntry("three", "Three", description="Of gain."),
    ]
    found = describe([write("A", "X", "One", "Two", "Three")], "en", entries)
    assert found.repeated == {"themes/one.md", "themes/two.md"}


SAME = ("A road " * 9).strip()
LONG = {
    "an author": (
        "Emma",
        "Ann " * 50,
        "Cy",
        f"“Emma” by {'Ann ' * 15}".strip() + "… and “Zoo” by Cy",
    ),
    "authors": (SAME[:55], "Ann " * 50, "Cy " * 50, f"“{SAME[:55]}” and “Zoo”"),
    "titles": (SAME + " x" * 500, "Bo", "Cy", f"“{SAME[:57]}…” by Bo and “Zoo” by Cy"),
    "no spaces": ("A" + "x" * 500, "Bo", "Cy", f"“A{'x' * 58}…” by Bo and “Zoo” by Cy"),
}


@pytest.mark.parametrize("kind", LONG)
def test_long_names_are_cut_or_left_out(kind: str) -> None:
    title, author, other, names = LONG[kind]
    found = describe([write(title, author, "Sea"), write("Zoo", other, "Sea")]).texts
    assert found["themes/sea.md"] == f"Sea: 2 books ({names})."
    assert all(len(text) <= 160 for source, text in found.items() if "/" in source)


def test_what_a_review_says_is_left_out_where_it_does_not_fit() -> None:
    found = describe([write("Emma", "Bo", "Sea", verdict="Long. " * 40)]).texts
    assert found["themes/sea.md"] == "Sea: 1 book (“Emma” by Bo)."


CUTS = [
    ("A long title", 12, "A long title"),
    ("A long title", 9, "A long…"),
    ("A long, title", 9, "A long…"),
    ("Anaximander", 6, "Anaxi…"),
    ("a " + "b" * 20, 10, "a bbbbbbb…"),
    ("雪国の長い題名", 4, "雪国の…"),
    ("cafe\u0301 noir", 5, "caf…"),
    ("ab👩\u200d🚀cd", 5, "ab…"),
    ("ab👍\U0001f3fdcd", 4, "ab…"),
]


@pytest.mark.parametrize(("text", "most", "cut"), CUTS)
def test_shorten(text: str, most: int, cut: str) -> None:
    assert shorten(text, most) == cut


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90).filter(str.strip)


@given(
    st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=6), st.sampled_from(["en", "de"])
)
@settings(max_examples=60)
@example([('<b>"x"</b>', "{n}", "{title}")], "en")
@example([("a" * 5000, "b" * 5000, "c" * 5000), ("a" * 5000 + "d",) * 3], "de")
@example([("\u2028\n\t x", "\u202e\u05d0", "&amp;")], "en")
def test_any_names(books: list[tuple[str, str, str]], language: str) -> None:
    reviews = [
        Review(
            f"{number}.md",
            (Book(title, authors=(Contributor(author),), genres=(theme,)),),
            themes=(ThemeMention(theme),),
        )
        for number, (title, author, theme) in enumerate(books)
    ]
    found = describe(reviews, language, reviews={"per_page": 2}).texts
    assert len({*found.values()}) == len(found)
    lists = [text for source, text in found.items() if "/" in source]
    assert all(text == " ".join(text.split()) and len(text) <= 200 for text in lists)
    assert not any(sign in text for text in found.values() for sign in '<>"')
