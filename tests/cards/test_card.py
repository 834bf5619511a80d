from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from markupsafe import escape

import mkdocs_bookreview
from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.covers import Picture
from mkdocs_bookreview.cards.layout import CardLayout
from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.cards.tiles import Tile, build_title_tile
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

ASSETS = Path(mkdocs_bookreview.__file__).parent / "assets"
NOWHERE = Addresses({}, {}, {})
AUSTEN = Contributor("Jane Austen")


def builder(language="en", at=NOWHERE, seal="{}|{}".format, affiliate=None, layout=None, others=()):
    relations = Relations(Library.of(others), {})
    return CardBuilder(at, Words(language), seal, affiliate, relations, layout=layout)


def review(book=None, **more):
    return Review("r/emma.md", (book or Book("Emma"),), **more)


def book_card(book, language="en"):
    return builder(language).card(review(book)).books[0]


def rows(parts):
    return [fact for part in parts for fact in part.facts]


def facts(parts):
    return {fact.name: fact.value for fact in rows(parts)}


def facts_of_review(one, language="en"):
    """All facts of the reading and the review, beside the cover, without the line of dates."""
    layout = CardLayout(facts=("read", "reviewed", "copy"), more=())
    return rows(builder(language, layout=layout).card(one).books[0].parts)


def line(one, layout=None, comments=0):
    return list(builder(layout=layout).card(one, comments).dates)


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
    assert list(facts(book_card(book).more).items()) == [
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
    assert book_card(Book("Emma")).more == ()
    same = Book("Emma", published=PartialDate(1815), first_published=PartialDate(1815))
    assert book_card(same).more == ()
    german = Book("Emma", authors=(Contributor("A", "contributor"),), first_published=Y23)
    assert facts(book_card(german, "de").more) == {"Mit": "A", "Erstmals erschienen": "2023"}


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
    (row,) = facts_of_review(review(readings=(reading,)))
    name = "Read" if reading.status is Status.READ else "Reading"
    assert (row.key, row.name, row.value) == ("read", name, text)


def test_readings_share_a_row():
    """Two dated readings in a year are two; those without a date are counted."""
    undated, dated = Reading(Status.READ), Reading(Status.READ, ended=Y24)
    readings = (undated, undated, dated, dated)
    shown = {"en": "2 times, dates unknown", "de": "2-mal, Daten unbekannt"}
    for language, text in shown.items():
        (row,) = facts_of_review(review(readings=readings), language)
        assert row.value == f"{text}<br>2024<br>2024"


def read(*dates, **more):
    return tuple(Reading(Status.READ, ended=PartialDate(*one), **more) for one in dates)


@pytest.mark.parametrize(
    ("readings", "text"),
    [
        (read((2024, 4, 12)), "Read April 2024"),
        (read((2009,), (2016,), (2024, 4)), "Read 2009, 2016 and April 2024"),
        (read((2024, 4), (2009,)), "Read 2009 and April 2024"),
        (read((2024, 4, 1), (2024, 4, 30)), "Read April 2024 (2 times)"),
        (read((2001,), (2002,), (2003,), (2004,)), "Read 2001, 2002, 2003 and 2004"),
        (read((2001,), (2002,), (2003,), (2004,), (2005,)), "Read 5 times, most recently 2005"),
        ((Reading(Status.READ), *read((2005,))), "Read 2 times, most recently 2005"),
        ((Reading(Status.READ),), "Read"),
        ((Reading(Status.READ), Reading(Status.READ)), "Read 2 times"),
        ((Reading(Status.READ, ended=PartialDate(2006, is_approximate=True)),), "Read about 2006"),
        (
            (Reading(Status.READING, PartialDate(2024, 4, 2)),),
            "Currently reading, since April 2024",
        ),
        (
            (Reading(Status.STOPPED, ended=PartialDate(2024, 4, 2), at="45%"),),
            "Did not finish (stopped at 45%, April 2024)",
        ),
    ],
)
def test_the_line_sums_up_readings(readings, text):
    assert line(review(readings=readings)) == [text]


def test_the_line_says_all_kinds_of_readings_and_the_review():
    stopped = Reading(Status.STOPPED, ended=Y23)
    one = review(readings=(*read((2024, 4)), stopped), date=PartialDate(2024, 5, 1))
    shown = line(one, comments=12)
    assert shown == [
        "Read April 2024",
        "Did not finish (2023)",
        "reviewed May 1, 2024",
        '<a href="#bookreview-archive">12 comments</a>',
    ]
    assert line(review(date=PartialDate(2024))) == ["Reviewed 2024"]
    assert line(review(shelf=Status.PAUSED, date=PartialDate(2024))) == ["Paused", "reviewed 2024"]
    assert line(review(), comments=1) == ['<a href="#bookreview-archive">1 comment</a>']


def test_the_line_names_guests_only():
    ann = CardLayout(reviewer="Ann")
    assert line(review(reviewer="Ann", date=Y24), ann) == ["Reviewed 2024"]
    assert line(review(reviewer="Bo", date=Y24), ann) == ["Reviewed 2024 by Bo"]
    assert line(review(reviewer="Bo"), ann) == ["Reviewed by Bo"]
    assert line(review(reviewer="Ann", date=Y24)) == ["Reviewed 2024 by Ann"]


@pytest.mark.parametrize(
    ("more", "keys"),
    [
        ({"readings": read((2009,), (2024, 4))}, []),
        ({"readings": read((2024, 4, 12))}, ["read"]),
        ({"readings": read((2024,), rating=FOUR)}, ["read"]),
        ({"readings": read((2024,), started=Y23)}, ["read"]),
        ({"readings": read((2001,), (2002,), (2003,), (2004,), (2005,))}, ["read"]),
        ({"readings": (Reading(Status.READING, Y24),)}, []),
        ({"date": Y24, "reviewer": "Bo"}, []),
        ({"date": Y24, "reviewer": "Ann"}, ["reviewed"]),
        ({"date": Y24, "updated": Y24}, ["reviewed"]),
    ],
)
def test_rows_do_not_repeat_the_line(more, keys):
    card = builder(layout=CardLayout(reviewer="Ann")).card(review(**more))
    assert [row.key for row in rows(card.books[0].more)] == keys


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
        ({"copy": "Bought"}, {"My copy": "bought"}),
        ({"copy": "arc"}, {}),
        (
            {"copy": "ARC", "disclosure": "Sent by Faber."},
            {"My copy": "advance copy from the publisher"},
        ),
    ],
)
def test_facts_of_the_review(more, shown):
    assert {row.name: row.value for row in facts_of_review(review(**more))} == shown


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
    layout = CardLayout(more=("translator", "genres", "setting"))
    card = builder(at=Addresses({}, terms, {}), layout=layout).card(review)
    assert escape(card.books[0].byline) == (
        'by <a href="\0/authors/ann-b/">Ann &lt;b&gt;</a> and Cy &amp; co · P &amp; Q'
    )
    assert [escape(one) for one in card.books[0].series] == [
        'Part 2 of <a href="\0/series/sea/">sea</a>'
    ]
    assert [(one.name, escape(one.value)) for one in rows(card.books[0].more)] == [
        ("Translated by", '<a href="\0/authors/bo/">Bo</a>'),
        ("Genre", '<a href="\0/genres/novel/">novel</a>, Essay'),
        ("Setting", '<a href="\0/setting/japan/">Japan</a>'),
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
    ("links", "option", "shown"),
    [
        ((), "I earn.", None),
        ((WIKI,), "I earn.", None),
        ((WIKI, SHOP), "I earn.", "I earn."),
        ((SHOP,), None, Words()("affiliate")),
    ],
)
def test_paid_links(links, option, shown):
    card = builder(affiliate=option).card(review(Book("Emma", links=links)))
    assert card.affiliate == shown
    assert card.books[0].links == links


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, []),
        ({"copy": "bought"}, []),
        ({"copy": "Library"}, []),
        ({"copy": "arc"}, ["My copy: advance copy from the publisher"]),
        ({"copy": "from the author"}, ["My copy: From the author"]),
        ({"copy": "from Ann"}, ["My copy: from Ann"]),
        ({"disclosure": "A gift."}, ["A gift."]),
        ({"copy": "gift", "disclosure": "A gift of Faber."}, ["A gift of Faber."]),
    ],
)
def test_what_readers_must_know_first(more, shown):
    assert list(builder().card(review(**more)).disclosures) == shown


def kinds(parts):
    return [
        part.kind if part.kind != "facts" else [row.key for row in part.facts] for part in parts
    ]


FULL = review(
    Book(
        "Emma",
        authors=(AUSTEN, Contributor("B", "translator")),
        series=(SeriesEntry("Sea"),),
        genres=("Novel",),
        pace="slow",
        isbn=Isbn.read("0571224148"),
        links=(WIKI,),
    ),
    rating=FOUR,
    verdict="Good.",
    readings=read((2024,)),
    themes=(ThemeMention("Memory", reason="She forgets."),),
    copy="bought",
    more={"setting": ("Bath",)},
)


@pytest.mark.parametrize(
    ("layout", "beside", "below"),
    [
        (
            CardLayout(),
            ["verdict", "rating", "byline", "series", "themes", "dates"],
            [["translator", "genres", "pace", "isbn", "copy"], "reasons", "links"],
        ),
        (
            CardLayout(("genres", "rating", "isbn", "pace", "dates"), ("setting", "links")),
            [["genres"], "rating", ["isbn", "pace"], "dates"],
            [["setting"], "links"],
        ),
        (CardLayout((), ()), [], []),
        (CardLayout(("links",), ("verdict", "read")), ["links"], ["verdict", ["read"]]),
    ],
)
def test_the_author_chooses_facts_and_their_order(layout, beside, below):
    terms = pages_of("setting", ["Bath"])
    (book,) = builder(at=Addresses({}, terms, {}), layout=layout).card(FULL).books
    assert (kinds(book.parts), kinds(book.more)) == (beside, below)


@pytest.mark.parametrize(
    ("layout", "beside", "below"),
    [
        (CardLayout(more=("links",)), 12, ["further"]),
        (CardLayout(more=()), 14, []),
        (CardLayout(("rating",), ("links",)), 14, []),
        (CardLayout(("rating",), ("links", "themes")), 14, ["themes"]),
    ],
)
def test_too_many_themes_are_in_the_closed_part(layout, beside, below):
    themes = tuple(ThemeMention(f"T{n}", reason="R.") for n in range(14))
    card = builder(layout=layout).card(review(themes=themes))
    assert (len(card.themes), len(card.further)) == (beside, 14 - beside)
    assert kinds(card.books[0].more) == below
    assert len(card.reasons) == 14


def test_nothing_is_shown_of_what_is_not_there():
    card = builder().card(review())
    assert kinds(card.books[0].parts) == ["rating"]  # it says that there is none
    assert card.books[0].more == ()
    assert (card.disclosures, card.affiliate, card.warnings) == ((), None, ())


def test_two_books_have_one_line_of_dates():
    emma, other = FULL.books[0], Book("Persuasion", authors=(AUSTEN,), genres=("Novel",))
    card = builder().card(replace(FULL, books=(emma, other)))
    assert [kinds(book.parts) for book in card.books] == [
        ["verdict", "rating", "byline", "series", "themes", "dates"],
        ["byline"],
    ]
    assert [kinds(book.more) for book in card.books] == [
        [["translator", "genres", "pace", "isbn"], "links"],
        [["genres"]],
    ]
    assert kinds(card.more) == [["copy"], "reasons"]


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


@pytest.mark.parametrize(
    ("books", "names"),
    [
        (["A", "B"], "A and B"),
        (["AB", "BC"], "A, B and C"),
        (["ABCD"], "A, B, C and D"),
        (["ABCDE"], "A, B, C and 2 more"),
        (["ABC", "", "CDEF"], "A, B, C and 3 more"),
    ],
)
def test_lists_name_the_authors_of_all_books(books, names):
    written = (Book(one, authors=tuple(map(Contributor, one))) for one in books)
    assert builder().item(Review("r/emma.md", tuple(written)), "a/", "").names == names


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
    assert after.related[2].cover == Tile("The Island")
    assert [(quote.text, quote.page) for quote in after.quotes] == [("Hello.", "Seite 12")]
    assert after.sign_off == "Bye."


def written(name, **more):
    return Review(f"r/{name}.md", (Book(name.title(), authors=(AUSTEN,), **more),))


def test_related_reviews_are_cards_with_covers():
    picture = Picture("bath.jpg", 2, 3)
    others = (written("emma"), written("bath", cover="bath.jpg"), written("sanditon"))
    related = {one.source: (one.book.title, f"{one.book.title}/") for one in others}
    at = Addresses({"bath.jpg": picture}, {}, related)
    one = replace(
        others[0],
        related=(Related("r/bath.md", why="A."), Related("sanditon-jane-austen", kind="draft")),
    )
    at.related["sanditon-jane-austen"] = related["r/sanditon.md"]
    bath, sanditon = builder(at=at, others=others).after(one, None).related
    assert (bath.title, bath.names, bath.address, bath.why) == (
        "Bath",
        "Jane Austen",
        "Bath/",
        "A.",
    )
    assert bath.cover == picture
    assert (sanditon.title, sanditon.kind, sanditon.address) == ("Sanditon", "draft", "Sanditon/")
    assert sanditon.cover == build_title_tile("Sanditon", "Jane Austen")


def test_what_other_reviews_show_on_their_cards_is_ground_for_building_again():
    emma, bath = written("emma"), written("bath")
    changed = (
        replace(bath, verdict="Good."),
        written("bath", cover="b.jpg"),
        written("bath", id="b"),
    )
    before = builder(others=(emma, bath)).grounds_after
    same = [builder(others=(emma, one)).grounds_after == before for one in changed]
    assert same == [True, False, False]
    assert builder(layout=CardLayout(more=())).grounds != builder().grounds


@pytest.mark.parametrize(("named", "shown"), [(0, 5), (2, 5), (3, 5), (4, 6), (9, 11)])
def test_five_works_are_related_unless_the_author_names_more(named, shown):
    """The reviews of one book are all close to one another."""
    others = tuple(replace(written("emma"), source=f"r/{n}.md") for n in range(9))
    at = Addresses({}, {}, {one.source: ("Emma", "e/") for one in others})
    one = replace(others[0], related=tuple(Related(title=f"T{n}") for n in range(named)))
    found = builder(at=at, others=others).after(one, None).related
    assert [card.title for card in found[:named]] == [f"T{n}" for n in range(named)]
    assert len(found) == shown
