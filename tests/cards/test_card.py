from decimal import Decimal

import pytest
from markupsafe import escape

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.covers import Picture
from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.frontmatter.vocabulary import read_vocabulary
from mkdocs_bookreview.model.book import Book, Contributor, Link, SeriesEntry, SeriesPosition
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import (
    ContentWarning,
    Quote,
    Reading,
    Related,
    Review,
    Severity,
    Status,
    ThemeMention,
    Weight,
)
from mkdocs_bookreview.model.taxonomy import Mention, group
from mkdocs_bookreview.words.language import Words

NOWHERE = Addresses({}, {}, {})
AUSTEN = Contributor("Jane Austen")


def builder(language="en", at=NOWHERE, seal="{}|{}".format, affiliate=None):
    relations = Relations(Library.of(()), {})
    return CardBuilder(at, Words(language), seal, affiliate, relations)


def review(book=None, **more):
    return Review("r/emma.md", (book or Book("Emma"),), **more)


def book_card(book, language="en"):
    return builder(language).card(review(book)).books[0]


def facts(found):
    return {fact.name: fact.value for fact in found}


@pytest.mark.parametrize(
    ("facts", "language", "byline"),
    [
        ({}, "en", ""),
        ({"authors": (AUSTEN,)}, "en", "by Jane Austen"),
        ({"authors": (AUSTEN,)}, "de", "von Jane Austen"),
        (
            {"authors": (AUSTEN, Contributor("B"), Contributor("C"))},
            "en",
            "by Jane Austen, B and C",
        ),
        ({"authors": (AUSTEN, Contributor("B", "translator"))}, "en", "by Jane Austen"),
        ({"publisher": "Faber"}, "en", "Faber"),
        ({"published": PartialDate(2005)}, "en", "2005"),
        ({"publisher": "Faber", "published": PartialDate(-800)}, "en", "Faber, 800 BCE"),
        ({"pages": 1}, "en", "1 page"),
        ({"pages": 282, "duration": 586}, "en", "282 pages"),
        ({"duration": 586}, "en", "9 h 46 min"),
        ({"duration": 46}, "de", "46 Min."),
        (
            {"authors": (AUSTEN,), "publisher": "F", "published": PartialDate(2005, 4), "pages": 2},
            "en",
            "by Jane Austen · F, April 2005 · 2 pages",
        ),
    ],
)
def test_byline(facts, language, byline):
    assert book_card(Book("Emma", **facts), language).byline == byline


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (None, None, "Part of Earthsea"),
        ("1", "1", "Part 1 of Earthsea"),
        ("0.5", "0.5", "Part 0.5 of Earthsea"),
        ("1", "3", "Parts 1–3 of Earthsea"),
    ],
)
def test_series(first, last, sentence):
    position = SeriesPosition(Decimal(first), Decimal(last)) if first else None
    book = Book("Emma", series=(SeriesEntry("Earthsea", position),))
    assert book_card(book).series == (sentence,)


def test_facts_of_the_book():
    book = Book(
        "Snow Country",
        authors=(
            Contributor("Kawabata"),
            Contributor("Seidensticker", "Translator"),
            Contributor("Bond", "translator"),
            Contributor("Sato", "calligrapher"),
            Contributor("Ito", "contributor"),
        ),
        published=PartialDate(1957),
        first_published=PartialDate(1937),
        original_title="雪国",
        original_language="ja",
        language="en",
        format="paperback",
        genres=("Novel", "Classic"),
        moods=("sad",),
        pace="slow",
        pages=100,
        duration=60,
        isbn=Isbn.read("0571224148"),
    )
    assert list(facts(book_card(book).facts).items()) == [
        ("Translated by", "Seidensticker and Bond"),
        ("Calligrapher", "Sato"),
        ("With", "Ito"),
        ("First published", "1937"),
        ("Original", "雪国 (Japanese)"),
        ("Language", "English"),
        ("Format", "Paperback"),
        ("Genre", "Novel, Classic"),
        ("Mood", "sad"),
        ("Pace", "Slow"),
        ("Length", "1 h 0 min"),
        ("ISBN", "9780571224142"),
    ]
    assert book_card(Book("Emma")).facts == ()
    same = Book("Emma", published=PartialDate(1815), first_published=PartialDate(1815))
    assert book_card(same).facts == ()
    german = Book("Emma", authors=(Contributor("A", "contributor"),), first_published=Y23)
    assert facts(book_card(german, "de").facts) == {"Mit": "A", "Zuerst erschienen": "2023"}


Y23, Y24 = PartialDate(2023), PartialDate(2024)
FOUR = Rating(Decimal(4), 5)


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (Reading(Status.READ, None, PartialDate(2024, 4, 12)), "April 12, 2024"),
        (Reading(Status.READ, Y23, PartialDate(2024, 4)), "2023 to April 2024"),
        (Reading(Status.READ, None, PartialDate(2006, is_approximate=True)), "about 2006"),
        (Reading(Status.READ, Y23), "started 2023"),
        (Reading(Status.READ), "Date unknown"),
        (Reading(Status.READ, rating=FOUR), "Date unknown · 4 out of 5"),
        (Reading(Status.READING, Y24), "Currently reading, since 2024"),
        (Reading(Status.READING), "Currently reading"),
        (Reading(Status.STOPPED, None, Y24), "Did not finish (2024)"),
        (Reading(Status.STOPPED, None, Y24, "45%"), "Did not finish (stopped at 45%, 2024)"),
        (Reading(Status.STOPPED, Y23, Y24), "Did not finish (2023 to 2024)"),
        (Reading(Status.STOPPED, Y23), "Did not finish (started 2023)"),
        (Reading(Status.STOPPED), "Did not finish"),
        (Reading(Status.STOPPED, at="45%"), "Did not finish (stopped at 45%)"),
        (Reading(Status.READ, None, Y24, rating=FOUR), "2024 · 4 out of 5"),
    ],
)
def test_reading(reading, text):
    assert facts(builder().card(review(readings=(reading,))).facts) == {"Read": text}


def test_readings_without_a_date_share_a_row():
    """A dated one has its own row each time, because two readings in a year are two."""
    undated, dated = Reading(Status.READ), Reading(Status.READ, ended=Y24)
    readings = (undated, undated, dated, dated)
    shown = {"en": "2 times, dates unknown", "de": "2-mal, Daten unbekannt"}
    for language, text in shown.items():
        rows = builder(language=language).card(review(readings=readings)).facts
        assert [row.value for row in rows] == [text, "2024", "2024"]


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, {}),
        ({"date": PartialDate(2024, 5, 1)}, {"Reviewed": "May 1, 2024"}),
        ({"reviewer": "Ann"}, {"Reviewed": "Ann"}),
        ({"date": PartialDate(2024, 5, 1), "reviewer": "Ann"}, {"Reviewed": "May 1, 2024 by Ann"}),
        (
            {"date": PartialDate(2024, 5, 1), "updated": PartialDate(2024, 6, 2)},
            {"Reviewed": "May 1, 2024, updated June 2, 2024"},
        ),
        ({"updated": PartialDate(2024, 6, 2)}, {}),
        ({"copy": "ARC"}, {"My copy": "advance copy from the publisher"}),
        ({"copy": "stolen"}, {"My copy": "Stolen"}),
        ({"shelf": Status.PAUSED}, {"Read": "Paused"}),
        ({"shelf": Status.TO_READ}, {"Read": "To read"}),
    ],
)
def test_facts_of_the_review(more, shown):
    assert facts(builder().card(review(**more)).facts) == shown


SECRETS = review(
    themes=(
        ThemeMention("Memory", Weight.MINOR),
        ThemeMention("Zebra <i>", Weight.CENTRAL, reason="Zebra", spoiler=True),
        ThemeMention("School"),
    ),
    warnings=(
        ContentWarning("Zebra hunt", Severity.GRAPHIC, spoiler=True),
        ContentWarning("Death", Severity.MINOR),
        ContentWarning("Illness"),
    ),
    quotes=(Quote("Hello."), Quote("It was a Zebra.", "12", spoiler=True)),
)


def pages_of(name, names, vocabulary=""):
    """As if another review had them; `vocabulary` is the text of a file."""
    listed, _ = read_vocabulary(vocabulary, "a.yml")
    terms = group([Mention(one, Review("x.md", (Book("X"),))) for one in names], listed)
    addresses = {one.slug: f"{name}/{one.slug}/" for one in terms.terms}
    return {name: TermPages(name, name.title(), terms, addresses)}


AT = Addresses({}, pages_of("themes", ["memory", "Zebra <i>"]), {})


def test_what_is_sealed_stands_nowhere_else():
    sealed = []

    def seal(html, name):
        sealed.append((name, html))
        return f"<sealed id={name}>"

    cards = builder(at=AT, seal=seal)
    shown = repr(
        (
            cards.card(SECRETS),
            cards.after(SECRETS, "Bye."),
            cards.item(SECRETS, "a/", "t"),
        )
    )
    assert "ebra" not in shown
    assert sealed == [
        ("bookreview-card-spoiler-1", "Zebra &lt;i&gt; <small>Zebra</small>"),
        ("bookreview-card-spoiler-2", "Zebra hunt"),
        ("bookreview-card-spoiler-3", "It was a Zebra. <small>page 12</small>"),
    ]


def test_ids_begin_anew_on_each_page():
    cards = builder(at=AT)
    assert cards.card(SECRETS) == cards.card(SECRETS)


def test_themes():
    """By weight; one with a page has its name and address from there."""
    chips = builder(at=AT).card(SECRETS).themes
    assert [(chip.name, chip.address) for chip in chips] == [
        ("", None),
        ("School", None),
        ("memory", "themes/memory/"),
    ]
    assert chips[0].sealed_html.startswith("Zebra &lt;i&gt; <small>Zebra</small>|")


def test_facts_lead_to_the_pages_of_what_they_name():
    terms = {
        **pages_of("authors", ["Ann <b>", "Bo"], "bo: {name: Bodil, aliases: [Bo]}"),
        **pages_of("series", ["Sea"]),
        **pages_of("genres", ["Novel"]),
        **pages_of("setting", ["Japan"]),
    }
    book = Book(
        "T",
        authors=(Contributor("Ann <b>"), Contributor("Cy & co"), Contributor("Bo", "translator")),
        series=(SeriesEntry("sea", SeriesPosition(Decimal(2), Decimal(2))),),
        genres=("novel", "Essay"),
        publisher="P & Q",
    )
    review = Review("t.md", (book,), more={"setting": ("Japan",), "other": ("X",)})
    card = builder(at=Addresses({}, terms, {})).card(review)
    assert escape(card.books[0].byline) == (
        'by <a href="\0/authors/ann-b/">Ann &lt;b&gt;</a> and Cy &amp; co · P &amp; Q'
    )
    assert [escape(one) for one in card.books[0].series] == [
        'Part 2 of <a href="\0/series/sea/">sea</a>'
    ]
    assert [(one.name, escape(one.value)) for one in card.books[0].facts] == [
        ("Translated by", '<a href="\0/authors/bo/">Bo</a>'),
        ("Genre", '<a href="\0/genres/novel/">novel</a>, Essay'),
    ]
    assert [(one.name, escape(one.value)) for one in card.facts] == [
        ("Setting", '<a href="\0/setting/japan/">Japan</a>')
    ]


def test_warnings():
    groups = builder("de").card(SECRETS).warnings
    assert [(group.name, [chip.name for chip in group.warnings]) for group in groups] == [
        ("Drastisch", [""]),
        ("Am Rande", ["Death"]),
        (None, ["Illness"]),
    ]


SHOP = Link("Shop", "https://shop.example/", affiliate=True)
WIKI = Link("Wiki", "https://wiki.example/")


@pytest.mark.parametrize(
    ("links", "disclosure", "option", "shown"),
    [
        ((), None, None, []),
        ((WIKI,), None, "I earn.", []),
        ((WIKI, SHOP), None, "I earn.", ["I earn."]),
        ((SHOP,), "A gift of the publisher.", "I earn.", ["A gift of the publisher.", "I earn."]),
        ((), "A gift of the publisher.", None, ["A gift of the publisher."]),
        ((SHOP,), None, None, [Words()("affiliate")]),
    ],
)
def test_disclosures(links, disclosure, option, shown):
    one = review(Book("Emma", links=links), disclosure=disclosure)
    card = builder(affiliate=option).card(one)
    assert list(card.disclosures) == shown
    assert card.books[0].links == links


def test_two_books():
    picture = Picture("emma.jpg", 2, 3)
    at = Addresses({"r/emma.jpg": picture}, {}, {})
    emma = Book("Emma", authors=(AUSTEN,), cover="r/emma.jpg")
    both = Review("r/emma.md", (emma, Book("Persuasion")))
    card = builder(at=at).card(both)
    assert [book.heading for book in card.books] == ["Emma", "Persuasion"]
    assert [book.cover.picture for book in card.books] == [picture, None]
    assert card.books[1].cover.drawn
    item = builder(at=at).item(both, "emma/", "A teaser.")
    assert (item.title, item.names, item.teaser) == (
        "Emma · Persuasion",
        "Jane Austen",
        "A teaser.",
    )


def test_two_books_of_one_title():
    pictures = {name: Picture(name, 2, 3) for name in ("one.jpg", "two.jpg")}
    books = (Book("Emma", cover="one.jpg"), Book("Emma", id="b", cover="two.jpg"), Book("Emma"))
    card = builder(at=Addresses(pictures, {}, {})).card(Review("r/emma.md", books))
    shown = [book.cover.picture and book.cover.picture.address for book in card.books]
    assert shown == ["one.jpg", "two.jpg", None]


def test_unrated_is_not_nought():
    assert builder().card(review()).stars is None
    assert builder().item(review(), "a/", "").stars is None


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, None),
        ({"readings": (Reading(Status.READ, ended=PartialDate(2024)),)}, None),
        ({"readings": (Reading(Status.STOPPED, ended=PartialDate(2024)),)}, "Did not finish"),
        ({"readings": (Reading(Status.READING, PartialDate(2024)),)}, "Currently reading"),
        ({"shelf": Status.PAUSED}, "Paused"),
    ],
)
def test_status_in_a_list(more, status):
    assert builder().item(review(**more), "a/", "").status == status


def test_three_themes_in_a_list():
    one = review(themes=tuple(ThemeMention(name) for name in "abcd"))
    assert builder().item(one, "a/", "").themes == ("a", "b", "c")


def test_after():
    at = Addresses({}, {}, {"r/x.md": ("Brave New World", "brave/")})
    one = review(
        related=(
            Related("r/x.md", why="Same."),
            Related("r/x.md", title="Mine"),
            Related(title="The Island", kind="film", url="https://i.example/"),
            Related("gone.md"),
        ),
        quotes=(Quote("Hello.", "12"),),
    )
    after = builder("de", at).after(one, "Bye.")
    assert [
        (card.title, card.address, card.url, card.kind, card.why) for card in after.related
    ] == [
        ("Brave New World", "brave/", None, None, "Same."),
        ("Mine", "brave/", None, None, None),
        ("The Island", None, "https://i.example/", "film", None),
    ]
    assert [(quote.text, quote.page) for quote in after.quotes] == [("Hello.", "Seite 12")]
    assert after.sign_off == "Bye."
