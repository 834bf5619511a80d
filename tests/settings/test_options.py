"""Options of the plugin, and their problems."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.settings.card import CardSettings
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.links import LinkSettings
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml
from mkdocs_bookreview.settings.options import read_settings
from mkdocs_bookreview.settings.pages import PageSettings, ReviewsSettings, ThemesSettings
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.settings.schemas import known_keys
from mkdocs_bookreview.settings.settings import Settings, SpoilersSettings


def test_defaults():
    found, problems = read_settings({})
    assert problems == []
    assert found == Settings()
    assert (found.rating.scale, found.rating.step) == (5, Decimal("0.5"))
    assert (found.reviews.path, found.reviews.per_page, found.reviews.sort) == (
        "reviews/",
        24,
        "-date",
    )
    assert (found.reviews.in_nav, found.comments) == (False, None)
    paths = {name: one.path for name, one in found.grouped_by.items()}
    assert paths == {
        name: f"{name}/" for name in ("themes", "authors", "series", "genres", "years", "shelves")
    }
    assert found.vocabularies == {"themes": "themes.yml"}


def test_taxonomies():
    options = {
        "themes": {"path": "t"},
        "taxonomies": {
            "series": "false",
            "genres": False,
            "publishers": None,
            "Place of action": "yes",
            "authors": {"path": "people/", "vocabulary": "people.yml"},
        },
    }
    found, problems = read_settings(options)
    assert problems == []
    assert {name: one.path for name, one in found.grouped_by.items()} == {
        "themes": "t/",
        "authors": "people/",
        "years": "years/",
        "shelves": "shelves/",
        "publishers": "publishers/",
        "Place of action": "place-of-action/",
    }
    assert found.vocabularies == {"themes": "themes.yml", "authors": "people.yml"}
    assert found.own_keys == {"Place of action"}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (
            {"authors": {"path": "Reviews"}},
            "`taxonomies.authors.path` must not be in the folder of `reviews`",
        ),
        (
            {"setting": {"path": "themes"}},
            "`taxonomies.setting.path` must not be in the folder of `themes`",
        ),
        (
            {"themes": {"path": "x"}},
            "`taxonomies.themes` is in the wrong place. Write `themes:` below `bookreview:`, and"
            " not below `taxonomies:`",
        ),
        ({"authors": {"vocabulary": "a.yml"}}, "`taxonomies.authors.vocabulary` needs the file"),
        ({"authors": {"path": "Series"}}, "authors.path` must not be in the folder of `series`"),
        ({"authors": {"path": "themes/x"}}, "authors.path` must not be in the folder of `themes`"),
        ({"reviews": True}, "`taxonomies.reviews.path` must not be in the folder of `reviews`"),
        (
            {"author": True},
            "`taxonomies.author` is not the name of a list. Did you mean `authors`?",
        ),
        ({"authors": [1]}, "`taxonomies.authors` must be a mapping of keys to values"),
        ({"authors": {"sort": "up"}}, "`taxonomies.authors.sort` must be"),
    ],
)
def test_wrong_taxonomies(options, problem):
    _, problems = read_settings({"taxonomies": options}, is_file=lambda _: False)
    assert [str(one) for one in problems if problem in str(one)], problems


@pytest.mark.parametrize("name", ["browse", "stats"])
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (True, (None, None)),
        (None, (None, None)),
        ("on", (None, None)),
        ({"path": "me/years", "title": "My years"}, ("me/years/", "My years")),
        (False, None),
        ("no", None),
    ],
)
def test_pages(name, written, expected):
    found, problems = read_settings({name: written})
    assert problems == []
    page = found.pages.get(name)
    if expected:
        path, title = expected
        assert (page.path, page.title) == (path or f"{name}/", title)
    else:
        assert page is None


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (
            {"stats": {"path": "Reviews"}},
            "`stats.path` must not be in the folder of `reviews`, and must not contain that"
            " folder, but is `Reviews/`.",
        ),
        ({"stats": {"path": "themes/x"}}, "`stats.path` must not be in the folder of `themes`"),
        (
            {"taxonomies": {"place": {"path": "stats"}}},
            "`taxonomies.place.path` must not be in the folder of `stats`",
        ),
        (
            {"taxonomies": {"stats": False}},
            "`taxonomies.stats` is in the wrong place. Write `stats:` below `bookreview:`, and"
            " not below `taxonomies:`.",
        ),
        (
            {"browse": {"path": "stats"}},
            "`browse.path` must not be in the folder of `stats`, and must not contain that folder",
        ),
        ({"stats": 5}, "`stats` must be a mapping of keys to values, but is `5`."),
        ({"stats": {"pat": "x"}}, "Unknown key `stats.pat`. Did you mean `path`?"),
    ],
)
def test_wrong_pages(options, problem):
    _, problems = read_settings(options)
    assert [str(one) for one in problems if problem in str(one)], problems


@pytest.mark.parametrize(
    "schema",
    [
        *(Settings, CardSettings, RatingSettings, ReviewsSettings, ThemesSettings, PageSettings),
        *(SpoilersSettings, CommentsSettings, LinkSettings),
    ],
)
def test_each_option_has_its_manual_text(schema):
    for name, option in schema.model_fields.items():
        assert option.description, name
        assert option.description.endswith("."), name


@pytest.mark.parametrize(
    ("written", "path"),
    [("books", "books/"), ("/books/", "books/"), ("./a//b", "a/b/"), ("a/./b/", "a/b/")],
)
def test_folder(written, path):
    found, problems = read_settings({"reviews": {"path": written}})
    assert (found.reviews.path, problems) == (path, [])


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"sign_of": "x"}, "Unknown key `sign_of`."),
        ({"sign_off": ["x"]}, "`sign_off` must be text, but is a list."),
        ({"sign_off": "Bye.<br>Ann"}, "`sign_off` must be text without HTML, but is `Bye.<br>Ann`"),
        ({"reviewer": '<a href="/me/">Ann</a>'}, "`reviewer` must be text without HTML"),
        ({"sign_off": True}, "`sign_off` must be text for readers, but is `true`."),
        ({"reviewer": "false"}, "`reviewer` must be text for readers, but is `false`."),
        ({"rating": {"aspects": ["a", True]}}, "`rating.aspects[2]` must be text for readers"),
        ({"links": {"Shop": True}}, "`links.Shop` must be an address that starts with https://"),
        ({"links": {"Shop": 5}}, "`links.Shop` must be an address that starts with https://"),
        ({"rating": 5}, "`rating` must be a mapping of keys to values, but is `5`."),
        ({"rating": None}, "`rating` must be a mapping of keys to values, but is empty."),
        ({"rating": {"scale": "five"}}, "`rating.scale` must be a whole number, but is `five`."),
        ({"rating": {"scale": 0}}, "`rating.scale` must be at least 1, but is `0`."),
        ({"rating": {"scale": 101}}, "`rating.scale` must be at most 100, but is `101`."),
        ({"rating": {"scale": 4.5}}, "`rating.scale` must be a whole number, but is `4.5`."),
        ({"rating": {"step": 0}}, "`rating.step` must be at least 0.01, but is `0`."),
        ({"rating": {"step": float("nan")}}, "`rating.step` must be a number, but is `nan`."),
        ({"rating": {"letters": {"A": 0}}}, "`rating.letters.A` must be more than 0, but is `0`."),
        ({"rating": {"letters": ["A"]}}, "`rating.letters` must be a mapping of names to values"),
        (
            {"rating": {"display": "star"}},
            "`rating.display` must be `stars`, `number` or `both`, but is `star`.",
        ),
        ({"rating": {"words": {"A": "x"}}}, "`rating.words.A` must be a number, but is `A`."),
        ({"rating": {"words": {5: ""}}}, "`rating.words.5` must be text, but is empty."),
        ({"rating": {"words": {5: "x" * 61}}}, "`rating.words.5` must be at most 60 characters"),
        ({"rating": {"words": ["x"]}}, "`rating.words` must be a mapping of names to values"),
        ({"rating": {"words": {6: "x"}}}, "`rating.words.6` must be a rating: 0.5 to 5 in steps"),
        ({"rating": {"words": {0: "x"}}}, "`rating.words.0` must be a rating"),
        ({"rating": {"words": {4.3: "x"}}}, "`rating.words.4.3` must be a rating"),
        ({"rating": {"aspects": ["a", "a"]}}, "`rating.aspects` must not have `a` twice."),
        ({"rating": {"aspects": ["Prose", "prose"]}}, "`rating.aspects` must not have `Prose` twi"),
        ({"rating": {"aspects": "a, b"}}, "`rating.aspects` must be a list, but is `a, b`."),
        ({"rating": {"scale": 0, "words": {9: "x"}}}, "`rating.scale` must be at least 1"),
        ({"links": {" ": "https://a.example"}}, "`links` has a link without a name."),
        (
            {"links": {"Shop": "https://a.example", "shop": "https://b.example"}},
            "`links.shop` and `links.Shop` are the same name.",
        ),
        ({"rating": {"aspects": {"a": 1}}}, "`rating.aspects` must be text, but is a mapping."),
        ({"rating": {"aspect": ["a"]}}, "Unknown key `rating.aspect`."),
        ({"reviews": {"path": "../x"}}, "`reviews.path` must be a folder below the docs folder"),
        ({"reviews": {"path": ""}}, "`reviews.path` must be a folder below the docs folder"),
        ({"reviews": {"per_page": 0}}, "`reviews.per_page` must be at least 1"),
        (
            {"reviews": {"sort": "newest"}},
            "`reviews.sort` must be `-date`, `date`, `title`, `author` or `-rating`",
        ),
        ({"reviews": {"in_nav": "perhaps"}}, "`reviews.in_nav` must be true or false"),
        ({"comments": {"repo": "x"}}, "`comments.provider` is missing."),
        ({"comments": "giscus"}, "`comments` must be a mapping of keys to values"),
        (
            {"comments": {"provider": "isso", "load": "now"}},
            "`comments.load` must be `click`, `visible` or `immediate`",
        ),
    ],
)
def test_wrong_option(options, what):
    found, [problem] = read_settings({**options, "disclosure": "Kept."})
    assert problem.what.startswith(what)
    assert problem.fix
    assert problem.place.file == "mkdocs.yml"
    assert found.disclosure == "Kept."
    assert found.rating.scale == 5


def test_all_problems_at_once():
    options = {
        "sign_of": "x",
        "rating": {"scal": 10, "step": "half"},
        "reviews": {"per_page": -1},
        "comments": {"provider": "isso", "load": "later"},
    }
    found, problems = read_settings(options)
    assert len(problems) == 5
    assert [problem.fix for problem in problems if "Unknown key" in problem.what] == [
        "Did you mean `scale`?",
        "Did you mean `sign_off`?",
    ]
    assert found.comments.provider == "isso"


def test_options_of_the_provider_are_kept():
    comments = {"provider": "giscus", "load": "visible", "repo": "ann/books", "strict": True}
    found, problems = read_settings({"comments": comments})
    assert problems == []
    assert found.comments.provider_options == {"repo": "ann/books", "strict": True}


def test_letters():
    letters = read_settings({"rating": {"letters": {"a": 5, "b+": 4.5}}})[0].rating
    assert (letters.letter("A"), letters.letter("B+"), letters.letter("C")) == (
        5,
        Decimal("4.5"),
        None,
    )


def test_numbers_are_text_where_text_belongs():
    found, problems = read_settings({"reviewer": 2024, "rating": {"aspects": [1.5]}})
    assert (found.reviewer, found.rating.aspects, problems) == ("2024", ("1.5",), [])


def test_keys_of_words_are_text():
    found, problems = read_settings({"words": {False: {"themes": "Temaer"}, 5: "x"}})
    assert (found.words, problems) == ({"no": {"themes": "Temaer"}, "5": "x"}, [])


@pytest.mark.parametrize("words", [{5: "All", 4.5: 10}, {"5": "All", "4.5": "10"}])
def test_words_of_ratings(words):
    found, problems = read_settings({"rating": {"words": words, "aspects": "prose"}})
    assert problems == []
    assert found.rating.words == {Decimal(5): "All", Decimal("4.5"): "10"}
    assert found.rating.aspects == ("prose",)


def test_words_of_ratings_have_the_line_of_their_key():
    text = "rating:\n  scale: 10\n  words:\n    10: All\n    11: More\n"
    written = read_marked_yaml(text, "mkdocs.yml")
    _, [problem] = read_settings(written.mapping, written.marks)
    assert str(problem.place) == "mkdocs.yml:5:5"


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates()
)
keys = st.sampled_from(
    [
        name
        for one in (Settings, CardSettings, RatingSettings, ReviewsSettings)
        for name in known_keys(one)
    ]
)
options = st.recursive(
    scalars,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(keys | st.text(max_size=5) | st.integers() | st.none(), below, max_size=4)
    ),
    max_leaves=10,
)


@settings(max_examples=200)
@given(st.dictionaries(keys | st.text(max_size=5) | st.integers(), options, max_size=6))
def test_any_options(given_options):
    found, problems = read_settings(given_options)
    assert isinstance(found, Settings)
    for problem in problems:
        assert problem.what.strip()
        assert problem.fix.strip()
        assert "\n" not in str(problem)


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        (False, "To have no comments, leave `comments` out."),
        ("false", "To have no comments, leave `comments` out."),
        (True, "Write for example `comments: {provider: isso, url: "),
        ("isso", "Write for example `comments: {provider: isso, url: "),
        ([], "Write for example `comments: {provider: isso, url: "),
    ],
)
def test_comments_without_a_mapping_get_a_snippet(value, fix):
    _, [problem] = read_settings({"comments": value})
    assert "`comments` must be a mapping of keys to values" in problem.what
    assert problem.fix.startswith(fix)


@pytest.mark.parametrize("name", ["card", "rating", "reviews", "spoilers", "themes"])
def test_options_with_keys_have_an_example_that_is_valid(name):
    _, [problem] = read_settings({name: ["x"]})
    shown = problem.fix.removeprefix("Write for example `").removesuffix("`.")
    assert shown.startswith(f"{name}: {{")
    assert read_settings(read_marked_yaml(shown, "mkdocs.yml").mapping)[1] == []


@pytest.mark.parametrize("value", [True, "true", "off", "", None])
def test_consent_is_the_name_of_a_cookie(value):
    options = {"comments": {"provider": "isso", "load": "visible", "consent": value}}
    _, [problem] = read_settings(options)
    assert "`comments.consent` must be the name of a cookie" in problem.what
    assert "such as `consent: comments`" in problem.fix


@pytest.mark.parametrize(
    ("reviews", "fix"),
    [
        ({"group": "years"}, "Write `group: year`."),
        ({"layout": "cover"}, "Write `layout: covers`."),
        ({"layout": "grid"}, "Write one of these, or leave the key out."),
        ({"list": "nein"}, "Write `list: false`."),
        ({"grup": "year"}, "Did you mean `group`?"),
    ],
)
def test_wrong_options_of_lists(reviews, fix):
    found, [problem] = read_settings({"reviews": reviews})
    assert problem.fix == fix
    assert (found.reviews.layout, found.reviews.group, found.reviews.list) == ("cards", None, True)


def test_no_headings_can_be_written_as_a_switch():
    found, problems = read_settings({"reviews": {"group": "false"}})
    assert (found.reviews.group, problems) == ("none", [])
