import re
from pathlib import Path

import pytest

from mkdocs_bookreview import comments
from mkdocs_bookreview.comments.giscus import LANGUAGES, OTHER_LANGUAGES
from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.languages import nearest_language
from mkdocs_bookreview.comments.provider import Conversation
from mkdocs_bookreview.comments.providers import PROVIDERS, read_provider
from mkdocs_bookreview.model.problem import Place
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.marked_yaml import Marks, read_marked_yaml
from mkdocs_bookreview.settings.schemas import known_keys
from mkdocs_bookreview.settings.typed import read_typed
from tests.comments.options import all_options

PACKAGE = Path(comments.__file__).parents[1]
GUIDE = PACKAGE.parent / "example_site" / "docs" / "guide"

GISCUS = {
    "provider": "giscus",
    "repo": "ann/books",
    "repo_id": "R_kgDOKq3vXw",
    "category": "Announcements",
    "category_id": "DIC_kwDOKq3vX84CbW1y",
}
DUNE = Conversation("/dune-frank-herbert/", 'Dune & "more"', "de")


def read(options, marks=None):
    settings, problems = read_typed(CommentsSettings, options, marks or Marks("mkdocs.yml"))
    assert not problems
    return read_provider(settings, marks or Marks("mkdocs.yml"))


def messages(options):
    return [str(problem) for problem in read(options)[1]]


def test_giscus_says_all_that_its_script_reads():
    provider, problems = read(GISCUS)
    assert not problems
    embed = provider.embed(DUNE)
    assert (embed.origin, embed.host) == ("https://giscus.app", "giscus.app")
    assert all_options(provider, DUNE) == {
        "host": "https://giscus.app",
        "attributes": {
            "repo": "ann/books",
            "repo-id": "R_kgDOKq3vXw",
            "category": "Announcements",
            "category-id": "DIC_kwDOKq3vX84CbW1y",
            "mapping": "specific",
            "strict": "1",
            "reactions-enabled": "1",
            "emit-metadata": "0",
            "input-position": "bottom",
            "lang": "de",
            "loading": "eager",
        },
        "themes": ["light", "dark"],
        "term": "/dune-frank-herbert/",
    }
    assert embed.page == "https://github.com/ann/books/discussions"


def test_giscus_options_reach_the_script():
    more = {
        "host": "https://Talk.example.org/",
        "theme_light": "noborder_light",
        "theme_dark": "https://example.org/dark.css",
        "reactions_enabled": "false",
        "input_position": "top",
        "strict": "false",
        "lang": "gr",
    }
    provider = read(GISCUS | more)[0]
    options = all_options(provider, DUNE)
    assert options["host"] == "https://talk.example.org"
    assert options["themes"] == ["noborder_light", "https://example.org/dark.css"]
    attributes = options["attributes"]
    names = ("reactions-enabled", "input-position", "strict", "lang")
    assert [attributes[name] for name in names] == ["0", "top", "0", "gr"]
    assert set(provider.hosts().values()) == {("https://talk.example.org",)}


def test_ids_that_github_gave_to_old_repositories_are_fine():
    old = {
        "repo_id": "MDEwOlJlcG9zaXRvcnkzNTE5NTgwNTM=",
        "category_id": "MDE4OkRpc2N1c3Npb25DYXRlZ29yeTMyNzk2NTc1",
    }
    assert not messages(GISCUS | old)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"repo": "https://github.com/ann/books"}, ["comments.repo", "ann/books", "giscus.app"]),
        ({"repo_id": "DIC_kwDO"}, ["comments.repo_id", "starts with `R_`", "giscus.app gives"]),
        ({"category_id": "R_kgDO"}, ["starts with `DIC_`", "giscus.app gives"]),
        ({"category": ""}, ["comments.category", "giscus.app gives"]),
        ({"theme_dark": "blue"}, ["comments.theme_dark", "`blue`", "`dark_dimmed`"]),
        ({"host": "giscus.example.org"}, ["comments.host", "with `https://`"]),
        ({"host": "https://example.org/giscus"}, ["without a path"]),
        ({"host": "https://[example.org"}, ["comments.host", "with `https://`"]),
        ({"input_position": "left"}, ["comments.input_position", "`left`"]),
        ({"lang": "el"}, ["comments.lang", "Write `gr`."]),
        ({"lang": "nll"}, ["comments.lang", "Did you mean `nl`?"]),
        ({"reactions": "false"}, ["Did you mean `reactions_enabled`?"]),
        (
            {"repoid": "R_kgDO"},
            ["`comments.repoid`", "`repo_id` is here too. Keep only `repo_id`."],
        ),
    ],
)
def test_wrong_giscus_options_are_reported_with_a_fix(wrong, words):
    message = messages(GISCUS | wrong)[0]
    assert all(word in message for word in words), message


def test_each_missing_option_says_where_it_is_found():
    found = messages({"provider": "giscus"})
    assert len(found) == 4
    assert all("is missing" in message and "https://giscus.app" in message for message in found)


def test_an_unknown_provider_stands_at_its_line():
    yaml = read_marked_yaml("comments:\n  load: click\n  provider: giscuss\n", "mkdocs.yml")
    marks = yaml.marks.below(("comments",))
    provider, [problem] = read(yaml.mapping["comments"], marks)
    assert provider is None
    assert problem.place == Place("mkdocs.yml", 3, 3)
    assert "`giscuss`" in problem.what
    assert problem.fix == "Did you mean `giscus`?"


@pytest.mark.parametrize("url", ["https://comments.example.org", "https://comments.example.org/"])
def test_isso_says_where_its_server_is(url):
    provider = read({"provider": "isso", "url": url, "sorting": "newest"})[0]
    assert all_options(provider, DUNE) == {
        "server": "https://comments.example.org",
        "attributes": {"lang": "de", "sorting": "newest"},
        "thread": "/dune-frank-herbert/",
        "title": 'Dune & "more"',
    }


def test_isso_options_are_written_as_its_script_reads_them():
    options = {"vote": "false", "max_comments_top": 20, "vote_levels": "-5,5", "lang": "pt-PT"}
    provider = read({"provider": "isso", "url": "https://a.example", **options})[0]
    assert provider.site_options("de")["attributes"] == {
        "lang": "pt-PT",
        "vote": "false",
        "max-comments-top": "20",
        "vote-levels": "-5,5",
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sorting": "best"}, ["comments.sorting", "`best`"]),
        ({"max_comments_top": "many"}, ["comments.max_comments_top", "or `inf`"]),
        ({"avatar_bg": "grey"}, ["comments.avatar_bg", "`grey`"]),
        ({"lang": "zh-Hant"}, ["comments.lang", "Write `zh-TW`."]),
        ({"votes": "false"}, ["Did you mean `vote`?"]),
    ],
)
def test_wrong_isso_options_are_reported_with_a_fix(wrong, words):
    options = {"provider": "isso", "url": "https://a.example"}
    found = messages(options | wrong)
    assert len(found) == 1
    assert all(word in found[0] for word in words), found[0]


def test_isso_may_live_below_a_path():
    isso = Isso(url="https://example.org/isso/")
    assert isso.site_options("en")["server"] == "https://example.org/isso"
    assert isso.embed(DUNE).origin == "https://example.org"


@pytest.mark.parametrize("rest", ["?a=b", "/isso?a", "#a", "/isso#a", "/a b", "/a\u00a0b"])
@pytest.mark.parametrize(
    ("options", "key"), [(GISCUS, "host"), ({"provider": "isso"}, "url")], ids=["giscus", "isso"]
)
def test_the_address_of_a_server_has_no_query_fragment_or_space(options, key, rest):
    message = messages(options | {key: f"https://example.org{rest}"})[0]
    assert f"`comments.{key}` must be the address of a server, with `https://`" in message


def test_isso_needs_a_server_or_a_preview():
    provider, [problem] = read({"provider": "isso"})
    assert provider is None
    assert "`comments.url` must be the address of your Isso server" in problem.what
    assert "preview: true" in problem.fix


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"url": "c.example.org"}, ["`c.example.org`", "Did you mean `https://c.example.org`?"]),
        ({"url": "c.example.org:8080/isso/"}, ["`https://c.example.org:8080/isso/`?"]),
        ({"url": "my server"}, ["Write for example `url: https://comments.example.org`."]),
        ({"url": ""}, ["but is empty"]),
        ({"preview": "maybe"}, ["comments.preview", "true or false"]),
        ({"ulr": "https://c.example.org"}, ["Did you mean `url`?"]),
    ],
)
def test_an_invalid_server_of_isso_is_one_problem(options, words):
    [message] = messages({"provider": "isso", **options})
    assert all(word in message for word in words), message


def test_the_mapping_of_giscus_app_is_answered():
    [message] = messages(GISCUS | {"mapping": "pathname"})
    assert "Unknown key `comments.mapping`. Leave it out" in message
    assert "`comments.id`" in message
    assert "`bookreview comments registry --adopt pathname`" in message


def test_a_preview_has_nothing_to_embed_until_its_server_runs():
    provider, problems = read({"provider": "isso", "preview": "true"})
    assert not problems
    assert provider.embed(DUNE) is None
    assert provider.with_server("http://127.0.0.1:8089").embed(DUNE).host == "127.0.0.1:8089"


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("de", "de"),
        ("el", "gr"),
        ("pt-BR", "pt"),
        ("zh-TW", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-TW", "zh-TW"),
        ("zh_CN", "zh-CN"),
        ("sr", "hbs"),
        ("de-AT", "de"),
        ("sv", "en"),
        ("", "en"),
    ],
)
def test_giscus_has_codes_of_its_own_for_languages(language, code):
    assert nearest_language(language, LANGUAGES, OTHER_LANGUAGES) == code


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_option_is_explained(name):
    for option, field in PROVIDERS[name].model_fields.items():
        assert field.description, option
        assert field.examples, option


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_guide_has_a_page_with_every_option(name):
    text = (GUIDE / f"comments-{name}.md").read_text("utf-8")
    options = text.partition("\n## Options\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)`", options, re.MULTILINE) == known_keys(PROVIDERS[name])
    nav = (GUIDE.parents[1] / "mkdocs.yml").read_text("utf-8")
    assert f"guide/comments-{name}.md" in nav


# `custom` is a word that other files need too.
@pytest.mark.parametrize("name", [name for name in PROVIDERS if name != "custom"])
def test_no_other_file_names_a_provider(name):
    """A provider is a file, an adapter and a row in the table; nothing else knows of it."""
    own = [f"{name}.py", f"{name}.js", f"{name}.css", f"{name}_", "providers.py"]
    if PROVIDERS[name].needs_post:
        # Front matter has a key of that name, so that a page can name its post.
        own.append("schema.py")
    kinds = {".py", ".js", ".css", ".html"}
    # These read the export of a service, or name it as the source of an import.
    exports = PACKAGE / "formats"
    own += ["importing.py", "comment_commands.py"]
    files = [
        file
        for file in PACKAGE.rglob("*")
        if file.suffix in kinds and not file.is_relative_to(exports)
    ]
    named = re.compile(rf"\b{name}\b", re.IGNORECASE)
    naming = [file.name for file in files if named.search(read_text(file))]
    assert [file for file in naming if not file.startswith(tuple(own))] == []


def read_text(file):
    """Return the text of a file without examples, which may name a provider."""
    return re.sub(r"examples=\[.*\]", "", file.read_text("utf-8"))
