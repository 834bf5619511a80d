"""Catalogues to export, and arbitrary ones."""

from decimal import Decimal

from hypothesis import strategies as st

from mkdocs_bookreview.exports.catalogue import Catalogue
from mkdocs_bookreview.model.book import Book, Contributor, SeriesEntry, SeriesPosition
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Reading, Review, Status, ThemeMention, Weight


def catalogue(*reviews: Review, url: str | None = "https://example.org/shelf/") -> Catalogue:
    addresses = {review.source: review.source.replace(".md", "/") for review in reviews}
    written = tuple(review for review in reviews if not review.is_stub)
    waiting = tuple(review for review in reviews if review.is_stub)
    return Catalogue("Shelf", url, written, waiting, addresses)


def part(name: str, first: str, last: str | None = None) -> SeriesEntry:
    return SeriesEntry(name, SeriesPosition(Decimal(first), Decimal(last or first)))


def rating(value: str, best: int = 5) -> Rating:
    return Rating(Decimal(value), best)


EMMA = Review(
    "emma.md",
    (
        Book(
            "Emma",
            subtitle="A Novel",
            authors=(
                Contributor("Jane Austen", sort="Austen, Jane"),
                Contributor("Anna Smith", role="translator"),
            ),
            series=(part("Classics", "1", "3"), SeriesEntry("Loose")),
            isbn=Isbn.read("0571224148"),
            published=PartialDate(1815, 12),
            publisher="John Murray",
            pages=474,
            language="en",
            format="paperback",
            ids={"goodreads": "6969"},
        ),
    ),
    date=PartialDate(2024, 5, 1),
    description="A match & its <maker>.",
    reviewer="Ann",
    rating=rating("4.5"),
    readings=(Reading(Status.READ, PartialDate(2024, 4, 2), PartialDate(2024, 4, 12)),),
    themes=(
        ThemeMention("Class and money", Weight.MINOR),
        ThemeMention("Disguise", Weight.CENTRAL, reason="The secret engagement.", spoiler=True),
        ThemeMention("Marriage", Weight.CENTRAL, reason="It ends in three."),
    ),
    verdict="Clever, and kind.",
)

# What YAML can hold: all but line breaks, which the reader of front matter takes out.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(
    lambda text: " ".join(text.split()) or "x"
)
PEOPLE = st.builds(
    Contributor,
    TEXTS,
    role=st.sampled_from(["author", "translator", "editor", "Illustrator", "contributor", "x"]),
    sort=st.none() | TEXTS,
)
DATES = st.builds(
    PartialDate,
    st.integers(-3000, -1) | st.integers(1, 2100),
    is_approximate=st.booleans(),
)
ENDINGS = st.sampled_from([Status.READ, Status.STOPPED, Status.READING])
READINGS = st.builds(Reading, ENDINGS, st.none() | DATES, st.none() | DATES)
RATINGS = st.integers(1, 100).flatmap(
    lambda best: st.builds(
        Rating, st.decimals("0.01", best, places=2).filter(lambda value: value > 0), st.just(best)
    )
)
BOOKS = st.builds(
    Book,
    TEXTS,
    authors=st.lists(PEOPLE, max_size=4).map(tuple),
    series=st.lists(st.builds(SeriesEntry, TEXTS), max_size=2).map(tuple),
    published=st.none() | DATES,
    first_published=st.none() | DATES,
    sort=st.none() | TEXTS,
    publisher=st.none() | TEXTS,
    subtitle=st.none() | TEXTS,
)
REVIEWS = st.builds(
    Review,
    st.just("a.md"),
    st.lists(BOOKS, min_size=1, max_size=2).map(tuple),
    description=st.none() | TEXTS,
    rating=st.none() | RATINGS,
    readings=st.lists(READINGS, max_size=3).map(tuple),
    shelf=st.sampled_from([None, Status.TO_READ, Status.PAUSED]),
    themes=st.lists(st.builds(ThemeMention, TEXTS), max_size=3).map(tuple),
)
