"""Tests names and their order on a Swedish site whose author spells them in several ways."""

import pytest

from tests.plugin.sites import build_site, text_of, with_class

BOOKS = {
    "a": ("Ängel", "J. R. R. Larsson", "deu", "Crimes"),
    "b": ("Zulu", "J.R.R. Larsson", "German", "Crime"),
    "c": ("“Åland”", "Ursula K. Le Guin", "ger", "Péché"),
    "d": ("Aalto", "Åsa Öberg", "de", "Péché"),
    "e": ("Örebro", "Daphne du Maurier", "Deutsch", "Péché"),
    "f": ("Zeta", "Flannery O'Connor", "tyska", "Péché"),
    "g": ("Zeta Två", "Flannery O’Connor", "eng", "Péché"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pages = {
        f"reviews/{name}.md": f"---\nbook:\n  title: {title}\n  author: {author}\n"
        f"  language: {language}\n  genres: [{genre}]\n---\nText.\n"
        for name, (title, author, language, genre) in BOOKS.items()
    }
    options = {"reviews": {"sort": "title"}, "taxonomies": {"languages": True}}
    theme = {"name": "material", "language": "sv", "font": False}
    return build_site(tmp_path_factory.mktemp("names"), pages, options, theme=theme)


def names(site, path, kind):
    return [text_of(one) for one in with_class(site.page(path), kind)]


def test_titles_are_in_the_order_of_the_language(site):
    assert names(site, "reviews/index.html", "bookreview-item__title") == [
        *("Aalto", "Zeta", "Zeta Två", "Zulu", "“Åland”", "Ängel", "Örebro")
    ]


def test_authors_are_sorted_by_family_name_under_letters(site):
    page = site.page("authors/index.html")
    lists = page.xpath('//ul[@class="bookreview-terms"]')
    found = [[text_of(link) for link in one.xpath(".//a")] for one in lists]
    letters = names(site, "authors/index.html", "bookreview-terms__letter")
    assert dict(zip(letters, found, strict=True)) == {
        "D": ["Daphne du Maurier"],
        "L": ["J. R. R. Larsson", "Ursula K. Le Guin"],
        "O": ["Flannery O'Connor"],
        "Ö": ["Åsa Öberg"],
    }


def test_a_language_is_one_however_it_is_written(site):
    links = site.page("languages/index.html").xpath('//ul[@class="bookreview-terms"]//a')
    assert [text_of(link) for link in links] == ["engelska", "tyska"]


def test_names_nearly_alike_are_mentioned_once(site):
    assert site.warnings == []
    (info,) = [one for one in site.infos if "nearly alike" in one]
    assert info.endswith("\n  genres: Crime / Crimes")
