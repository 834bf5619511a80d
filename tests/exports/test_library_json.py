"""The JSON of all reviews, against what the manual says of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from catalogues import EMMA, REVIEWS, catalogue, rating
from hypothesis import given
from jsonschema import Draft202012Validator

from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.exports.library_json import VERSION, render_library
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import Aspect, ContentWarning, Quote, Reading, Review, Status

GUIDE = Path(__file__).parents[2] / "example_site/docs/guide"
SCHEMA = json.loads((GUIDE / "library.schema.json").read_text("utf-8"))


def read(*reviews: Review, url: str | None = None) -> dict[str, Any]:
    found = json.loads(render_library(catalogue(*reviews, url=url)))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def test_the_schema_is_one_and_allows_no_key_that_it_does_not_tell() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["version"] == {"const": VERSION}
    objects = [SCHEMA, *SCHEMA["$defs"].values()]
    assert all(one["additionalProperties"] is False for one in objects if one["type"] == "object")


def test_a_review() -> None:
    readings = (
        Reading(Status.READ, ended=PartialDate(2009, 3), rating=rating("8", 10)),
        Reading(Status.STOPPED, PartialDate(2024, 4, 2), PartialDate(2024, 4, 12), "45%"),
    )
    aspects = (Aspect("prose", rating("4.5")), Aspect("plot", rating("7", 10)))
    review = replace(EMMA, readings=readings, updated=PartialDate(2024, 6, 2), aspects=aspects)
    assert read(review, url="https://example.org/") == {
        "version": 1,
        "site": {"name": "Shelf", "url": "https://example.org/"},
        "reviews": [
            {
                "page": "emma/",
                "books": [
                    {
                        "key": "emma-jane-austen",
                        "title": "Emma",
                        "subtitle": "A Novel",
                        "authors": [
                            {"name": "Jane Austen", "role": "author", "sort": "Austen, Jane"},
                            {"name": "Anna Smith", "role": "translator"},
                        ],
                        "series": [{"name": "Classics", "position": "1-3"}, {"name": "Loose"}],
                        "isbn": "9780571224142",
                        "published": "1815-12",
                        "publisher": "John Murray",
                        "pages": 474,
                        "language": "en",
                        "format": "paperback",
                    }
                ],
                "date": "2024-05-01",
                "updated": "2024-06-02",
                "reviewer": "Ann",
                "rating": {"value": 4.5, "best": 5},
                "ratings": [
                    {"name": "prose", "value": 4.5, "best": 5},
                    {"name": "plot", "value": 7, "best": 10},
                ],
                "status": "stopped",
                "readings": [
                    {"status": "read", "finished": "2009-03", "rating": {"value": 8, "best": 10}},
                    {
                        "status": "stopped",
                        "started": "2024-04-02",
                        "stopped": "2024-04-12",
                        "at": "45%",
                    },
                ],
                "themes": [
                    {"name": "Marriage", "weight": "central", "reason": "It ends in three."},
                    {"name": "Class and money", "weight": "minor"},
                ],
                "description": "A match & its <maker>.",
                "verdict": "Clever, and kind.",
            }
        ],
        "shelved": [],
    }


def test_what_is_not_known_of_readings_and_books() -> None:
    """No day is made up: a reading without a date has only its status."""
    about = PartialDate(2006, is_approximate=True)
    readings = (
        Reading(Status.READ),
        Reading(Status.READ, about),
        Reading(Status.STOPPED, at="45%"),
        Reading(Status.READING),
    )
    book = replace(EMMA.book, sort="Emma, A", first_published=about, published=None)
    [found] = read(replace(EMMA, books=(book,), readings=readings))["reviews"]
    assert found["status"] == "reading"
    assert found["readings"] == [
        {"status": "read"},
        {"status": "read", "started": "~2006"},
        {"status": "stopped", "at": "45%"},
        {"status": "reading"},
    ]
    assert (found["books"][0]["sort"], found["books"][0]["first_published"]) == ("Emma, A", "~2006")
    assert "published" not in found["books"][0]


def test_what_waits_to_be_read_stands_apart() -> None:
    stub = Review("dune.md", (Book("Dune"),), shelf=Status.TO_READ)
    found = read(EMMA, stub)
    assert [one["page"] for one in found["reviews"]] == ["emma/"]
    book = {"key": "dune", "title": "Dune"}
    assert found["shelved"] == [{"page": "dune/", "books": [book], "status": "to-read"}]
    assert read() == {"version": 1, "site": {"name": "Shelf"}, "reviews": [], "shelved": []}


def test_nothing_that_gives_the_book_away() -> None:
    review = replace(
        EMMA,
        warnings=(ContentWarning("Secret death", spoiler=True),),
        quotes=(Quote("A secret line.", spoiler=True),),
    )
    text = render_library(catalogue(review))
    assert not [word for word in ("Disguise", "secret", "Secret") if word in text]


def test_a_review_stands_on_a_line() -> None:
    lines = render_library(catalogue(EMMA, replace(EMMA, source="b.md"))).splitlines()
    assert len([line for line in lines if line.startswith('  {"page": ')]) == 2


@given(REVIEWS)
def test_whatever_is_written_is_as_the_schema_says(review: Review) -> None:
    found = read(review)
    told = [*found["reviews"], *found["shelved"]][0]
    assert [one["title"] for one in told["books"]] == [book.title for book in review.books]


@pytest.mark.parametrize("root", ["https://a.example/pr-7", "https://a.example/pr-7/"])
def test_an_address_is_below_the_root_of_the_site(root: str) -> None:
    assert join_address(root, "reviews/emma/") == "https://a.example/pr-7/reviews/emma/"
    assert join_address(root, "./") == "https://a.example/pr-7/"
