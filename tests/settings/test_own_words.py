"""Texts that an author puts in place of ours, and what is wrong with them."""

import re

import pytest
import yaml

from mkdocs_bookreview.model.problem import Place
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.words import read_words
from mkdocs_bookreview.words.language import Words
from mkdocs_bookreview.words.table import TABLE

MARKS = Marks("mkdocs.yml", lambda path: Place(".".join(["words", *map(str, path)])))
PAGES = {"one": "{n} leaf", "other": "{n} leaves"}


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ({}, {}),
        ({"themes": "Motifs"}, {"": {"themes": "Motifs"}}),
        ({"themes": "  My\n motifs "}, {"": {"themes": "My motifs"}}),
        ({"pages": PAGES}, {"": {"pages": PAGES}}),
        ({"pages": "{n} pp."}, {"": {"pages": "{n} pp."}}),
        ({"pages": {"other": "many pages"}}, {"": {"pages": {"other": "many pages"}}}),
        ({"by": "a book"}, {"": {"by": "a book"}}),
        (
            {"themes": "Motifs", "de": {"themes": "Motive"}, "pt_BR": {"themes": "Temas"}},
            {"": {"themes": "Motifs"}, "de": {"themes": "Motive"}, "pt_BR": {"themes": "Temas"}},
        ),
        ({"zh-hant": {"themes": "主題"}}, {"zh_Hant": {"themes": "主題"}}),
    ],
)
def test_valid(given, own):
    assert read_words(given, MARKS, TABLE) == (own, [])


@pytest.mark.parametrize(
    ("given", "what", "fix"),
    [
        ({"theme": "x"}, "Unknown key `words.theme`.", "Did you mean `themes`?"),
        ({"Find it at": "x"}, "Unknown key `words.Find it at`.", "Did you mean `links`?"),
        ({"zzzzzz": "x"}, "Unknown key `words.zzzzzz`.", "The page “Words” of the manual"),
        (
            {"de": "x"},
            "`words.de` must be a mapping of keys to texts, but is `x`.",
            'Write for example `de: {themes: "Themes"}`.',
        ),
        ({"de": {"theme": "x"}}, "Unknown key `words.de.theme`.", "Did you mean `themes`?"),
        ({"xx": {"themes": "x"}}, "Unknown key `words.xx`.", "The page “Words” of the manual"),
        ({"themes": None}, "`words.themes` must be text, but is empty.", '`themes: "Themes"`'),
        ({"themes": " "}, "`words.themes` must be text, but is empty.", '`themes: "Themes"`'),
        ({"themes": True}, "`words.themes` must be text, but is `true`.", '`themes: "Themes"`'),
        ({"themes": "false"}, "`words.themes` must be text, but is `false`.", '`themes: "Themes"`'),
        ({"themes": ["x"]}, "`words.themes` must be text, but is a list.", '`themes: "Themes"`'),
        (
            {"themes": {"other": "x"}},
            "`words.themes` must be text, but is a mapping.",
            'Write for example `themes: "Themes"`.',
        ),
        (
            {"themes": "x" * 501},
            "`words.themes` must be at most 500 characters long, but has 501.",
            "Shorten the text",
        ),
        (
            {"by": "by {name}"},
            "`words.by` must not have the name `{name}`, because nothing replaces it.",
            "Did you mean `names`?",
        ),
        ({"themes": "{n}"}, "`words.themes` must not have the name `{n}`", "Leave it out."),
        (
            {"by": "by {names"},
            "`words.by` must have braces only around a name, but is `by {names`.",
            'Write for example `by: "by {names}"`.',
        ),
        ({"by": "{names!r}"}, "`words.by` must have braces only around a name", "by {names}"),
        ({"by": "{names.x}"}, "`words.by` must have braces only around a name", "by {names}"),
        (
            {"by": "{{x}} {names}"},
            "`words.by` must not have the name `{x}`",
            "Valid names: `names`.",
        ),
        ({"by": "{names} {names}"}, "`words.by` must have each name once", "by {names}"),
        (
            {"pages": {"on": "1", "other": "{n}"}},
            "Unknown key `words.pages.on`.",
            "Did you mean `one`?",
        ),
        (
            {"pages": {"one": "a page"}},
            "`words.pages.other` is missing.",
            'Write for example `pages: {one: "{n} page", other: "{n} pages"}`.',
        ),
        (
            {"pages": {"one": ["1"], "other": "{n}"}},
            "`words.pages.one` must be text, but is a list.",
            'Write for example `one: "{n} page"`.',
        ),
    ],
)
def test_wrong(given, what, fix):
    own, problems = read_words({**given, "links": "Buy it at"}, MARKS, TABLE)
    assert problems[0].what.startswith(what)
    assert fix in problems[0].fix
    named = re.search("`(.*?)`", what)[1]
    assert problems[0].place.file in {named, named.removesuffix(".other")}
    assert own == {"": {"links": "Buy it at"}}


def test_each_fix_for_a_text_is_valid():
    """A fix shows the English text, so that must be a text that can be written."""
    for key, texts in TABLE.items():
        _, [problem] = read_words({key: []}, MARKS, TABLE)
        written = yaml.safe_load(re.search(r"Write for example `(.*)`\.$", problem.fix)[1])
        assert written == {key: texts["en"]}
        assert read_words(written, MARKS, TABLE)[1] == []


@pytest.mark.parametrize(
    ("language", "key", "n", "text"),
    [
        ("en", "themes", None, "Motifs"),
        ("fr", "themes", None, "Motifs"),
        ("de", "themes", None, "Motive"),
        ("de-AT", "themes", None, "Motive"),
        ("de-CH", "themes", None, "Motivli"),
        ("en", "pages", 1, "1 leaf"),
        ("en", "pages", 2, "2 leaves"),
        ("de", "links", None, "Zu finden bei"),
    ],
)
def test_the_nearest_text_is_used(language, key, n, text):
    given = {
        "themes": "Motifs",
        "pages": PAGES,
        "de": {"themes": "Motive"},
        "de-CH": {"themes": "Motivli"},
    }
    own, problems = read_words(given, MARKS, TABLE)
    assert problems == []
    assert Words(language, own)(key, n) == text


def test_own_texts_are_not_marked_as_english():
    words = Words("fr", {"": {"themes": "Thèmes & cie"}})
    assert words.mark("themes") == "Thèmes &amp; cie"
    assert words.mark("reviews") == '<span lang="en" dir="ltr">Reviews</span>'


def test_words_with_other_texts_have_other_grounds():
    plain, own = Words("de"), Words("de", {"": {"themes": "Motifs"}})
    assert plain.grounds == Words("de", {"fr": {"themes": "Motifs"}}).grounds
    assert plain.grounds != own.grounds
    assert own.grounds == Words("de", {"de": {"themes": "Motifs"}}).grounds


def test_numbers_are_text():
    own, problems = read_words({"themes": 5, "pages": {"one": 1, "other": "{n}"}}, MARKS, TABLE)
    assert (own, problems) == ({"": {"themes": "5", "pages": {"one": "1", "other": "{n}"}}}, [])
