"""What the card shows where, and how mistakes in that are reported."""

import pytest

from mkdocs_bookreview.settings.card import BESIDE_COVER, FACTS, CardSettings
from mkdocs_bookreview.settings.config_file import read_config_file
from mkdocs_bookreview.settings.options import read_settings

PLACES = {"taxonomies": {"setting": True, "award": True}}


def read(card):
    settings, problems = read_settings({**PLACES, "card": card})
    assert problems == []
    return settings.card.list_facts(), settings.card.list_more(settings.own_keys)


def test_by_default_every_fact_has_its_place():
    facts, more = read({})
    assert facts == BESIDE_COVER
    assert sorted((*facts, *more)) == sorted((*FACTS, "setting", "award"))
    assert more[more.index("copy") + 1 :] == ("award", "setting", "reasons", "links", "blurb")


@pytest.mark.parametrize(
    ("card", "facts", "more"),
    [
        ({"facts": ["genres", "rating"], "more": ["isbn"]}, ("genres", "rating"), ("isbn",)),
        ({"facts": "rating", "more": "links"}, ("rating",), ("links",)),
        ({"facts": ["setting"], "more": False}, ("setting",), ()),
        ({"facts": False, "more": []}, (), ()),
        (
            {"more": ["series", "themes"]},
            ("verdict", "rating", "aspects", "byline", "dates"),
            ("series", "themes"),
        ),
    ],
)
def test_the_author_chooses(card, facts, more):
    assert read(card) == (facts, more)


def test_what_is_not_beside_the_cover_is_below():
    facts, more = read({"facts": ["isbn", "setting"], "more": None})
    assert facts == ("isbn", "setting")
    assert {"verdict", "dates", "award"} <= set(more)
    assert not {"isbn", "setting"} & set(more)


@pytest.mark.parametrize(
    ("card", "problem"),
    [
        (
            {"facts": ["genre"]},
            "`card.facts` names `genre`, which is not a fact. Did you mean `genres`?",
        ),
        (
            {"more": ["settings"]},
            "`card.more` names `settings`, which is not a fact. Did you mean `setting`?",
        ),
        (
            {"facts": "rating, byline"},
            "`card.facts` must be a list, but is `rating, byline`."
            " Write `facts: [rating, byline]`.",
        ),
        (
            {"more": True},
            "`card.more` must be a list of facts, but is `true`."
            " For the usual facts, leave the key out.",
        ),
        (
            {"facts": ["publisher"]},
            "`card.facts` names `publisher`, which is not a fact. Did you mean `byline`?",
        ),
        (
            {"facts": ["Warnings"]},
            "`card.facts` names `Warnings`, which is not a fact. Leave it out, because the page"
            " always shows it in another place.",
        ),
        ({"facts": ["isbn", "isbn"]}, "`isbn` appears twice in `card`. Keep one."),
        ({"facts": ["isbn"], "more": ["isbn"]}, "`isbn` appears twice in `card`. Keep one."),
        ({"fact": ["isbn"]}, "Unknown key `card.fact`. Did you mean `facts`?"),
        ({"facts": None}, "`card.facts` must be a list, but is empty."),
        ({"facts": [["isbn"]]}, "`card.facts[1]` must be text, but is a list."),
    ],
)
def test_wrong_cards(card, problem):
    _, problems = read_settings({**PLACES, "card": card})
    assert [str(one).partition(": ")[2] for one in problems if problem in str(one)], problems


def test_a_problem_names_its_line(tmp_path):
    path = tmp_path / "mkdocs.yml"
    lines = (
        "plugins:",
        "- bookreview:",
        "    card:",
        "      facts:",
        "      - isbn",
        "      - isbm",
    )
    path.write_text("\n".join(lines), "utf-8")
    config = read_config_file(path)
    _, (problem,) = read_settings(config.options, config.marks)
    assert (problem.place.line, problem.fix) == (6, "Did you mean `isbn`?")


def test_the_examples_of_the_manual_are_valid():
    for field in CardSettings.model_fields.values():
        names = field.examples[0].strip("[]").split(", ")
        assert set(names) <= set(FACTS)


def test_the_bar_of_spoilers_can_be_switched_off():
    assert read_settings({})[0].spoilers.bar
    assert not read_settings({"spoilers": {"bar": "false"}})[0].spoilers.bar
