"""Many problems of one kind are one message, and every other is reported by itself."""

import logging

import pytest
from sites import build_site, review

from mkdocs_bookreview.model.problem import Place, Problem, group_problems
from mkdocs_bookreview.plugin.report import warn


def problem(what: str, number: int = 0, fix: str = "Mend it.") -> Problem:
    return Problem(Place(f"reviews/{number}.md", 3, 1), what, fix)


KINDS = [
    [f"`rating` must be 0.5 to 5, but is `{n}`." for n in range(7)],
    [f"`themes[{n}].weight` must be one of `a` and `b`, but is `{n}`." for n in range(7)],
    [f"`entry-{n}.pages` must be at least 1, but is `0`." for n in range(7)],
    [f"This page has {' and '.join(f'`k{k}`' for k in range(n + 1))}." for n in range(7)],
    [f"Spoiler text from `a{n}.md` appears at character {n}: `{n}`." for n in range(7)],
]


@pytest.mark.parametrize("whats", KINDS)
def test_values_do_not_make_a_kind(whats):
    rare, groups = group_problems([problem(what) for what in whats])
    assert (rare, [len(group.problems) for group in groups]) == ([], [7])


def test_a_summary_shows_numbers_that_are_limits():
    whats = [f"`rating` must be 0.5 to 5, but is `{n}`." for n in range(7)]
    whats += [f"Spoiler text appears at character {n}." for n in range(7)]
    _, groups = group_problems([problem(what) for what in whats])
    assert [group.label for group in groups] == [
        "`rating` must be 0.5 to 5, but is ….",
        "Spoiler text appears at character 0.",
    ]


def test_keys_do():
    whats = [f"Unknown key `{key}`." for key in ("stars", "score") for _ in range(7)]
    rare, groups = group_problems([problem(what) for what in whats])
    assert (rare, [group.kind for group in groups]) == (
        [],
        ["Unknown key `stars`.", "Unknown key `score`."],
    )


def test_five_are_reported_one_by_one():
    found = [problem("`a` is empty.", number) for number in range(5)]
    assert group_problems(found) == (found, [])


@pytest.mark.parametrize("is_checked", [True, False])
def test_a_message_has_the_count_and_three_places(caplog, is_checked):
    many = [problem("`a` is empty.", number) for number in range(9)]
    with caplog.at_level(logging.WARNING, "mkdocs.plugins.bookreview"):
        warn([many[0], problem("`b` is empty.", 4), *many[1:]], is_checked=is_checked)
    alone, grouped = (record.getMessage() for record in caplog.records)
    assert "reviews/4.md:3:1: `b` is empty. Mend it." in alone
    assert "9 problems" in grouped
    places = [number for number in range(9) if f"reviews/{number}.md:3:1" in grouped]
    assert places == [0, 1, 2]
    assert "6 more places" in grouped
    assert ("bookreview check" in grouped) == is_checked


def test_a_build_of_a_collection(tmp_path):
    flat = "---\ntitle: Book {0}\nauthor: A B\nrating: {0}\nkeywords: x\n---\nText.\n"
    pages = {f"reviews/{number}.md": flat.format(number % 5 + 1) for number in range(20)}
    pages |= {f"notes/{number}.md": review(date_read="2024-04-01") for number in range(8)}
    pages |= {"notes/last.md": review(stars="4"), "index.md": "---\nauthor: Ann\n---\n# Home\n"}
    site = build_site(tmp_path, pages)
    flat, read, alone = sorted(site.warnings, key=len, reverse=True)
    assert "20 problems" in flat
    assert "book: {title: Book 1, author: A B}" in flat
    assert "8 problems" in read
    assert "Did you mean `read`?" in read
    assert alone.startswith("notes/last.md:5:1: Unknown key `stars`. Did you mean `rating`?")
