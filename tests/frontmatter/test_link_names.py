"""Numbers in templates of links, beside those that books have."""

import pytest

from mkdocs_bookreview.frontmatter.links import check_templates
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.problem import Place
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.links import LinkSettings
from mkdocs_bookreview.settings.marked_yaml import Marks

REVIEWS = (
    Review("a.md", (Book("A"), Book("B", ids={"Goodreads": "1"}))),
    Review("b.md", (Book("C", ids={"asin": "B0"}),)),
)
MARKS = Marks("mkdocs.yml", lambda path: Place("mkdocs.yml", 7) if path[-1:] == ("Shop",) else None)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example/{isbn}", []),
        ("https://a.example/{ids.goodreads}/{ids.ASIN}", []),
        ("https://a.example/{ids.storygraph}", []),
        (
            "https://a.example/{ids.godreads}/{title}",
            [
                "mkdocs.yml:7: `links.Shop` names `{ids.godreads}`, but no book has"
                " `ids: {godreads: …}`. Did you mean `{ids.goodreads}`?"
            ],
        ),
    ],
)
def test_only_what_is_misspelt_is_reported(url, found):
    links = {"Shop": LinkSettings(url=url)}
    assert [str(one) for one in check_templates(links, REVIEWS, MARKS)] == found
