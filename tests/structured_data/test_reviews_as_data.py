"""Built pages, read by extruct and mf2py, beside the text of their front matter."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import extruct
import mf2py
import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.cli.check import check_site
from tests.plugin.sites import Site, build_site
from tests.plugin.syntaxes import SYNTAXES, sentinel

ROOT = "https://example.org/shelf/"
SITE_AUTHOR = "Ann Example"
STEP = 0.25
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
HIDDEN = sentinel("theme")

FRONT = {
    "full": f"""
date: 2024-05-01
updated: 2024-06-02
description: A school story, until it stops being one.
reviewer: Nell Ashworth
read: 2024-04
rating: 4.25
themes: [Memory, {{name: Grief & loss, weight: central}}, {{name: {HIDDEN}, spoiler: true}}]
book:
  title: Snow Country
  subtitle: A Novel
  authors:
    - Yasunari Kawabata
    - {{name: Edward G. Seidensticker, role: translator}}
    - {{name: Ilse Illo, role: Illustrator}}
    - {{name: Ed Itor, role: editor}}
    - {{name: Fay Word, role: foreword}}
  isbn: "9780571224142"
  format: paperback
  pages: 175
  publisher: Penguin Classics
  published: 1957
  first_published: 1948
  language: English
  original_language: ja
  original_title: 雪国
  genres: [Novel, Classics]
  series: {{name: Penguin Modern, position: 6}}
  cover: cover.png
  ids: {{goodreads: "14028", openlibrary: OL59863W, wikidata: Q1198379, shelfmark: a/7}}
""",
    "plain": """
date: 2023-01-31
rating: 0.25
book: {title: Emma, author: Jane Austen, first_published: 1815}
""",
    "retitled": """
rating: 4
book:
  title: The Golden Compass
  author: Philip Pullman
  language: en
  original_title: Northern Lights
  original_language: en
  first_published: 1995
""",
    "unrated": """
date: 2024-05
themes: [Memory]
book: {title: Emma, author: Jane Austen, published: "~1816", format: gebunden, cover: cover.png}
""",
    "several": f"""
rating: 3
themes: [Memory, {{name: {HIDDEN}, spoiler: true}}]
book:
  - {{title: Odyssey, author: Homer, first_published: -700, language: Marain}}
  - {{title: Collected, author: WHO Foundation, published: 2001, first_published: 1999}}
""",
    "heard": """
rating: 5
book:
  title: Piranesi
  authors: [Susanna Clarke, {name: Chiwetel Ejiofor, role: narrator}]
  format: audiobook
  duration: 6h 58m
  series: [{name: Halls, position: 1-3}, {name: Houses, position: 0.5}, Birds]
""",
    "waiting": """
shelf: to-read
book: {title: Middlemarch, author: George Eliot}
""",
}

Front = dict[str, Any]
# Finds in the front matter what a property must be.
Expected = Callable[[Front], list[str]]


def find(data: object, path: str) -> list[str]:
    """Return all values at a path such as `book.author.name` as text, through lists."""
    found = [data]
    for key in path.split("."):
        found = [value for one in found if isinstance(one, Mapping) for value in flat(one.get(key))]
    return [str(value) for value in found]


def flat(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def at(path: str) -> Expected:
    return lambda front: find(front, path)


def just(*values: object) -> Expected:
    return lambda _: [str(value) for value in values]


def people(role: str) -> Expected:
    """Return the names in `book.authors` with this role; a bare name is that of an author."""

    def list_names(front: Front) -> list[str]:
        named = [
            one if isinstance(one, dict) else {"name": one}
            for one in flat(front["book"]["authors"])
        ]
        return [one["name"] for one in named if one.get("role", "author").lower() == role]

    return list_names


def open_themes(front: Front) -> list[str]:
    named = [one if isinstance(one, dict) else {"name": one} for one in flat(front.get("themes"))]
    return [one["name"] for one in named if not one.get("spoiler")]


def heading(front: Front) -> list[str]:
    book = front["book"]
    names = flat(book.get("author")) or people("author")(front)
    return [f"{book['title']} – {', '.join(names)}"]


# What https://developers.google.com/search/docs/appearance/structured-data/review-snippet requires
# and recommends of a review; `name` of the book is the name of what is reviewed.
REQUIRED = (
    "author.name",
    "itemReviewed.name",
    "reviewRating.ratingValue",
    "reviewRating.bestRating",
    "reviewRating.worstRating",
)
REVIEW: dict[str, Expected] = {
    "@context": just("https://schema.org"),
    "@type": just("Review"),
    "name": heading,
    "inLanguage": just("en"),
    "reviewRating.@type": just("Rating"),
    "reviewRating.ratingValue": at("rating"),
    "reviewRating.bestRating": just(5),
    "reviewRating.worstRating": just(STEP),
    "itemReviewed.name": at("book.title"),
    "itemReviewed.about.name": open_themes,
    "reviewBody": just(),
    "itemReviewed.aggregateRating": just(),
}
JSON_LD: dict[str, dict[str, Expected]] = {
    "full": {
        **REVIEW,
        "url": just(f"{ROOT}reviews/full/"),
        "description": at("description"),
        "author.@type": just("Person"),
        "author.name": at("reviewer"),
        "datePublished": at("date"),
        "dateModified": at("updated"),
        "itemReviewed.@type": just("Book"),
        "itemReviewed.alternativeHeadline": at("book.subtitle"),
        "itemReviewed.author.name": people("author"),
        "itemReviewed.author.url": just(f"{ROOT}authors/yasunari-kawabata/"),
        "itemReviewed.translator.name": people("translator"),
        "itemReviewed.illustrator.name": people("illustrator"),
        "itemReviewed.editor.name": people("editor"),
        "itemReviewed.contributor.name": people("foreword"),
        "itemReviewed.isbn": at("book.isbn"),
        "itemReviewed.bookFormat": just("https://schema.org/Paperback"),
        "itemReviewed.numberOfPages": at("book.pages"),
        "itemReviewed.publisher.name": at("book.publisher"),
        "itemReviewed.datePublished": at("book.published"),
        "itemReviewed.inLanguage": just("en"),
        "itemReviewed.genre": at("book.genres"),
        "itemReviewed.image": just(f"{ROOT}reviews/cover.png"),
        "itemReviewed.translationOfWork.name": at("book.original_title"),
        "itemReviewed.translationOfWork.inLanguage": at("book.original_language"),
        "itemReviewed.translationOfWork.datePublished": at("book.first_published"),
        "itemReviewed.isPartOf.@type": just("BookSeries"),
        "itemReviewed.isPartOf.name": at("book.series.name"),
        "itemReviewed.isPartOf.url": just(f"{ROOT}series/penguin-modern/"),
        "itemReviewed.position": at("book.series.position"),
        "itemReviewed.about.@type": just("DefinedTerm", "DefinedTerm"),
        "itemReviewed.about.url": just(f"{ROOT}themes/memory/", f"{ROOT}themes/grief-loss/"),
        "itemReviewed.sameAs": just(
            "https://www.goodreads.com/book/show/14028",
            "https://openlibrary.org/works/OL59863W",
            "https://www.wikidata.org/wiki/Q1198379",
        ),
    },
    "plain": {
        **REVIEW,
        "author.name": just(SITE_AUTHOR),
        "datePublished": at("date"),
        "dateModified": just(),
        "itemReviewed.datePublished": at("book.first_published"),
        "itemReviewed.author.name": at("book.author"),
        "itemReviewed.isbn": just(),
        "itemReviewed.image": just(),
        "itemReviewed.position": just(),
    },
    "retitled": {
        **REVIEW,
        "itemReviewed.exampleOfWork.name": at("book.original_title"),
        "itemReviewed.exampleOfWork.datePublished": at("book.first_published"),
        "itemReviewed.translationOfWork": just(),
        "itemReviewed.datePublished": just(),
    },
    "unrated": {
        "@type": just("Article"),
        "headline": heading,
        "image": just(f"{ROOT}reviews/cover.png"),
        "author.name": just(SITE_AUTHOR),
        "about.@type": just("Book"),
        "about.name": at("book.title"),
        "about.datePublished": just(),
        "about.bookFormat": just("https://schema.org/Hardcover"),
        "about.about.name": at("themes"),
        "reviewRating": just(),
        "itemReviewed": just(),
    },
    "several": {
        "@type": just("Article"),
        "about.@type": just("Book", "Book"),
        "about.name": at("book.title"),
        "about.author.name": at("book.author"),
        "about.author.@type": just("Person", "Organization"),
        "about.datePublished": just(2001),
        "about.exampleOfWork.datePublished": just(1999),
        "about.inLanguage.name": just("Marain"),
        "keywords.name": open_themes,
        "reviewRating": just(),
    },
    "heard": {
        **REVIEW,
        "itemReviewed.@type": just("Book", "Audiobook"),
        "itemReviewed.author.name": people("author"),
        "itemReviewed.readBy.name": people("narrator"),
        "itemReviewed.bookFormat": just("https://schema.org/AudiobookFormat"),
        "itemReviewed.duration": just("PT6H58M"),
        "itemReviewed.isPartOf.name": just("Halls", "Houses", "Birds"),
        "itemReviewed.isPartOf.hasPart.position": at("book.series.position"),
        "itemReviewed.isPartOf.hasPart.name": just("Piranesi", "Piranesi"),
        "itemReviewed.position": just(),
    },
}
H_REVIEW: dict[str, Expected] = {
    "type": just("h-review"),
    "properties.name": heading,
    "properties.rating": at("rating"),
    "properties.category": open_themes,
    "properties.item.type": just("h-cite"),
    "properties.item.properties.name": at("book.title"),
    "properties.content": just(),
}
MICROFORMATS: dict[str, dict[str, Expected]] = {
    "full": {
        **H_REVIEW,
        "properties.url": just(f"{ROOT}reviews/full/"),
        "properties.summary": at("description"),
        "properties.published": at("date"),
        "properties.updated": at("updated"),
        "properties.best": just(5),
        "properties.worst": just(STEP),
        "properties.author.type": just("h-card"),
        "properties.author.properties.name": at("reviewer"),
        "properties.item.properties.author": people("author"),
        "properties.item.properties.published": at("book.published"),
        "properties.item.properties.uid": lambda front: [f"urn:isbn:{front['book']['isbn']}"],
        "properties.item.properties.photo": just(f"{ROOT}reviews/cover.png"),
    },
    "plain": {**H_REVIEW, "properties.author.properties.name": just(SITE_AUTHOR)},
    "retitled": H_REVIEW,
    "unrated": {**H_REVIEW, "properties.best": just(), "properties.worst": just()},
    "several": {
        **H_REVIEW,
        "properties.name": just("Odyssey · Collected – Homer and WHO Foundation"),
        "properties.item.type": just("h-cite", "h-cite"),
    },
    "heard": H_REVIEW,
}


def read_front(text: str) -> Front:
    """Return the values of front matter as text, as its author wrote them."""
    return yaml.load(text, yaml.BaseLoader)


def read_data(html: str, url: str) -> dict[str, Any]:
    """Return what a page says to programs, by syntax."""
    data = extruct.extract(html, base_url=url)
    return {**data, "mf2py": mf2py.parse(doc=html, url=url)["items"]}


def check_page(html: str, name: str, front: Front) -> None:
    """Fail if the page says anything else than its front matter, or something that it hides."""
    data = read_data(html, f"{ROOT}reviews/{name}/")
    assert re.findall(r"zqx\w*", json.dumps(data, ensure_ascii=False)) == []
    (described,) = data["json-ld"]
    (marked,) = data["mf2py"]
    assert data["microformat"] == [marked]
    found = {path: find(described, path) for path in JSON_LD[name]}
    assert found == {path: expected(front) for path, expected in JSON_LD[name].items()}
    found = {path: find(marked, path) for path in MICROFORMATS[name]}
    assert found == {path: expected(front) for path, expected in MICROFORMATS[name].items()}
    if described["@type"] == "Review":
        assert all(any(find(described, path)) for path in REQUIRED)
    assert all(len(author) < 100 for author in find(described, "author.name"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """With `minify`, which writes all of a page anew."""
    body = "\n\n".join(syntax.format(sentinel(name)) for name, syntax in SYNTAXES.items())
    pages: dict[str, str | bytes] = {
        f"reviews/{name}.md": f"---\n{front.lstrip()}---\nOpen words.\n\n{body}\n"
        for name, front in FRONT.items()
    }
    pages["reviews/cover.png"] = PICTURE
    plugins = [
        "search",
        {"bookreview": {"rating": {"step": STEP}}},
        {"minify": {"minify_html": True}},
    ]
    folder = tmp_path_factory.mktemp("data")
    return build_site(folder, pages, plugins=plugins, site_url=ROOT, site_author=SITE_AUTHOR)


@pytest.mark.parametrize("name", JSON_LD)
def test_a_review_says_what_its_front_matter_says(site: Site, name: str) -> None:
    check_page(site.text(f"reviews/{name}/index.html"), name, read_front(FRONT[name]))


@pytest.mark.parametrize(
    ("page", "wrong"),
    [("e-content", 'class="e-content"'), ("implied-name", " p-item h-cite")],
    ids=["text", "name"],
)
def test_a_page_whose_marks_are_around_spoilers_fails(page: str, wrong: str) -> None:
    """These pages were saved; without the class in question, nothing hidden can be read."""
    html = (Path(__file__).with_name("pages") / f"{page}.html").read_text("utf-8")
    front = read_front(FRONT["full"])
    with pytest.raises(AssertionError, match="zqx"):
        check_page(html, "full", front)
    assert wrong in html
    assert "zqx" not in json.dumps(read_data(html.replace(wrong, ""), ROOT))


def test_a_book_that_waits_and_a_list_are_no_reviews(site: Site) -> None:
    pages = ("reviews/waiting", "reviews", "themes", "themes/memory", "authors/homer", "stats")
    for page in pages:
        data = read_data(site.text(f"{page}/index.html"), f"{ROOT}{page}/")
        assert not data["json-ld"], page
        assert not data["mf2py"], page


def test_a_site_can_keep_its_address_its_ratings_and_its_names_to_itself(tmp_path: Path) -> None:
    """Without `site_url` and `site_author`, and with a card that shows no rating."""
    options = {"card": {"facts": ["byline"], "more": ["isbn"]}}
    pages = {"emma.md": f"---{FRONT['plain']}---\nText.\n"}
    site = build_site(tmp_path, pages, options, theme="mkdocs", use_directory_urls=False)
    data = read_data(site.text("emma.html"), f"{ROOT}emma.html")
    (described,), (marked,) = data["json-ld"], data["mf2py"]
    assert described["@type"] == "Article"
    assert described["author"] == {"@type": "Organization", "name": "Shelf"}
    assert "https://" not in json.dumps({**described, "@context": ""})
    assert find(marked, "properties.url") == [f"{ROOT}emma.html"]
    assert find(marked, "properties.rating") == []


@pytest.mark.parametrize("left", ["json_ld", "microformats"])
def test_each_can_be_turned_off(tmp_path: Path, left: str) -> None:
    options = {"metadata": {"json_ld": False, "microformats": False} | {left: True}}
    pages = {"emma.md": f"---{FRONT['plain']}---\nText.\n"}
    site = build_site(tmp_path, pages, options, theme="mkdocs")
    data = read_data(site.text("emma/index.html"), ROOT)
    assert [bool(data["json-ld"]), bool(data["mf2py"])] == [left == "json_ld", left != "json_ld"]


# What may end an element, an attribute or a string early, or is hard to write in other ways.
AWKWARD = (
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "\"'`",
    "a & b &amp;amp; c",
    "\u2028x\u2029y",
    "\\u003c \\n",
    "{{ page }} {% raw %}",
    "🦉👩🏽‍🚀",
    "مئة عام من العزلة",
    "\u202eabc\u202c",
    "雪国",
    "x" * 4900,
    "wide " * 900,
)
LETTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="|<>[]{}!?/\u3164")
TEXT = st.one_of(
    st.sampled_from(AWKWARD),
    st.builds("{} {}".format, st.sampled_from(AWKWARD[:11]), st.text(LETTERS, max_size=20)),
)


@st.composite
def front_matter(draw: st.DrawFn) -> Front:
    number = draw(st.integers(1, 10**9))
    return {
        "rating": "4",
        "description": draw(TEXT),
        "reviewer": draw(TEXT.filter(lambda text: len(" ".join(text.split())) < 100)),
        "themes": [f"Theme {number} {draw(TEXT)}".replace("/", "")],  # else, two themes
        "book": {
            "title": f"Book {number} {draw(TEXT)}",
            "subtitle": draw(TEXT),
            "author": {"name": f"Author {number} {draw(TEXT)}"},
            "publisher": draw(TEXT),
            "original_title": draw(TEXT),
            "language": draw(TEXT),
            "genres": [draw(TEXT)],
            "series": [{"name": f"Series {number} {draw(TEXT)}", "position": "1"}],
        },
    }


def draw_fronts() -> list[Front]:
    """Return what Hypothesis draws, because all of it is built as one site."""
    drawn: list[Front] = []

    @settings(max_examples=25, database=None, derandomize=True, phases=[Phase.generate])
    @given(front_matter())
    def collect(front: Front) -> None:
        drawn.append(front)

    collect()
    return drawn


WRITTEN: dict[str, str] = {
    "author.name": "reviewer",
    "itemReviewed.about.name": "themes",
    "itemReviewed.name": "book.title",
    "itemReviewed.alternativeHeadline": "book.subtitle",
    "itemReviewed.author.name": "book.author.name",
    "itemReviewed.publisher.name": "book.publisher",
    "itemReviewed.translationOfWork.name": "book.original_title",
    "itemReviewed.inLanguage.name": "book.language",
    "itemReviewed.genre": "book.genres",
    "itemReviewed.isPartOf.name": "book.series.name",
}
MARKED: dict[str, str] = {
    "properties.author.properties.name": "reviewer",
    "properties.category": "themes",
    "properties.item.properties.name": "book.title",
    "properties.item.properties.author": "book.author.name",
}
QUOTES = str.maketrans({'"': "”", "<": "‹", ">": "›"})  # as themes have no escape for them


def on_one_line(found: list[str]) -> list[str]:
    return [" ".join(text.split()) for text in found]


def test_every_text_comes_through(tmp_path: Path) -> None:
    fronts = draw_fronts()
    pages = {
        f"r{place}.md": f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\nText.\n"
        for place, front in enumerate(fronts)
    }
    site = build_site(tmp_path, pages, theme="mkdocs", site_url=ROOT)
    for place, front in enumerate(fronts):
        html, url = site.text(f"r{place}/index.html"), f"{ROOT}r{place}/"
        (described,) = extruct.extract(html, base_url=url, syntaxes=["json-ld"])["json-ld"]
        (marked,) = mf2py.parse(doc=html, url=url)["items"]
        for path, source in WRITTEN.items():
            assert find(described, path) == on_one_line(find(front, source)), path
        for path, source in MARKED.items():
            assert find(marked, path) == on_one_line(find(front, source)), path
        title = [f"{front['book']['title']} – {front['book']['author']['name']}"]
        assert find(described, "name") == find(marked, "properties.name") == on_one_line(title)
        (summary,) = on_one_line([front["description"]])
        for said in (find(described, "description"), find(marked, "properties.summary")):
            assert said == [summary.translate(QUOTES)]


@pytest.mark.parametrize("letters", [99, 100])
def test_a_reviewer_has_less_than_100_letters(tmp_path: Path, letters: int) -> None:
    pages = {
        "emma.md": f"---\nreviewer: {'a' * letters}\nrating: 4\nbook: {{title: Emma}}\n---\nText.\n"
    }
    site = build_site(tmp_path, pages, theme="mkdocs")
    (described,) = read_data(site.text("emma/index.html"), ROOT)["json-ld"]
    told = "emma.md:2:1: `reviewer` must be at most 99 characters long, but is `aaa"
    assert [one[: len(told)] for one in site.warnings] == ([told] if letters == 100 else [])
    assert described["author"]["name"] == ("a" * 99 if letters == 99 else "Shelf")


LONG = "Ann and " * 13
AUTHORS = {
    "site_author": ({"site_author": LONG}, "", "Shelf"),
    "site_name": ({"site_name": LONG}, "", None),
    "named": ({"site_author": LONG}, "reviewer: Nell\n", "Nell"),
    "short": ({"site_author": "Ann"}, "", "Ann"),
}


@pytest.mark.parametrize("name", AUTHORS)
def test_a_long_author_of_the_site_is_reported_with_its_line(tmp_path: Path, name: str) -> None:
    config, front, author = AUTHORS[name]
    pages = {"emma.md": f"---\n{front}rating: 4\nbook: {{title: Emma}}\n---\nText.\n"}
    site = build_site(tmp_path, pages, theme="mkdocs", **config)
    (described,) = read_data(site.text("emma/index.html"), ROOT)["json-ld"]
    assert find(described, "author.name") == flat(author)
    told = []
    if name.startswith("site_"):
        lines = (tmp_path / "mkdocs.yml").read_text("utf-8").splitlines()
        line = next(place for place, text in enumerate(lines, 1) if text.startswith(f"{name}:"))
        told = [f"mkdocs.yml:{line}:1: `{name}` is the author of reviews without `reviewer`"]
    assert [one.partition(",")[0] for one in site.warnings] == told
    checked = check_site(tmp_path / "mkdocs.yml", date(2024, 1, 1), lambda pages: pages)
    assert [str(one).partition(",")[0] for one in checked.problems] == told
