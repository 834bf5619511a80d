"""A suggested file is written as it must be on the page, and resembles what the page names."""

import pytest
from literally import follow, read

PICTURES = ["covers/emma.jpg", "reviews/persuasion.png", "covers/dune.jpg"]
REVIEWS = [
    ("reviews/old/persuasion.md", "---\nbook: {title: Persuasion}\n---\n"),
    ("dune/index.md", "---\nbook: {title: Dune, author: Frank Herbert}\n---\n"),
]

IN_DOCS = "Put the picture at `covers/middlemarch.jpg` in the docs folder."


def fixes(front):
    text = f"---\nbook: {{title: Emma{front}\n---\n"
    site = read(text, others=REVIEWS, files=PICTURES)
    return [problem.fix for problem in site.problems]


@pytest.mark.parametrize(
    ("cover", "fix"),
    [
        ("ema.jpg", "Did you mean `../covers/emma.jpg`?"),
        ("covers/emma.jpg", "Did you mean `../covers/emma.jpg`?"),
        ("persuasion.jpg", "Did you mean `persuasion.png`?"),
        ("../covers/middlemarch.jpg", IN_DOCS),
        ("/covers/middlemarch.jpg", IN_DOCS),
        ("middlemarch.jpg", "Put the picture beside the page."),
        ("../../middlemarch.jpg", "Put the picture beside the page, and write its file name."),
    ],
)
def test_cover(cover, fix):
    assert fixes(f", cover: {cover}}}") == [fix]


@pytest.mark.parametrize(
    ("named", "fix"),
    [
        ("persuasoin.md", "Did you mean `old/persuasion.md`?"),
        ("dune.md", "Did you mean `../dune/index.md`?"),
        ("dune-frank-hebert", "Did you mean `dune-frank-herbert`?"),
        ("old/middlemarch.md", "Write the file name of the review, or the key of its book."),
    ],
)
def test_related(named, fix):
    assert fixes(f"}}\nrelated: [{{review: {named}}}]") == [fix]


@pytest.mark.parametrize("cover", ["ema.jpg", "persuasion.jpg"])
def test_a_suggested_cover_exists(cover):
    [fix] = fixes(f", cover: {cover}}}")
    assert fixes(f", cover: {fix.split('`')[1]}}}") == []


def test_a_missing_cover_is_found_where_the_fix_puts_it():
    [fix] = fixes(", cover: /covers/middlemarch.jpg}")
    text = "---\nbook: {title: Middlemarch, cover: /covers/middlemarch.jpg}\n---\n"
    assert read(text, files=[fix.split("`")[1]]).problems == ()


def test_a_cover_from_the_top_of_the_site_needs_one_fix():
    """Hugo and Jekyll write such paths, and the lines to write repeat them."""
    text = "---\ntitle: Emma\nauthor: Jane Austen\nrating: 4\ncover: /covers/emma.jpg\n---\nText.\n"
    [problem] = read(text, files=PICTURES).problems
    site = read(follow(text, problem), files=PICTURES)
    assert site.problems == ()
    assert site.pages["reviews/emma.md"].review.book.cover == "covers/emma.jpg"
