"""Options of `custom`, and what authors hear of providers that we do not have."""

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from mkdocs_bookreview.comments.provider import Answer, Conversation
from mkdocs_bookreview.comments.providers import ALTERNATIVES, PROVIDERS, read_provider
from mkdocs_bookreview.comments.section import SectionBuilder, SectionOptions, write_site
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.typed import read_typed
from mkdocs_bookreview.words.language import Words
from tests.comments.options import all_options

CUSTOM = {"provider": "custom", "name": "Talk", "script": "https://talk.example/embed.js"}
DUNE = Conversation("/dune/", "Dune & {thread}", "de", "https://ann.example/dune/")


def read(options):
    marks = Marks("mkdocs.yml")
    settings, problems = read_typed(CommentsSettings, options, marks)
    assert not problems
    return read_provider(settings, marks)


def provider(**options):
    found, problems = read(CUSTOM | options)
    assert not problems
    return found


def messages(**options):
    return [str(problem) for problem in read(CUSTOM | options)[1]]


def test_an_element_is_written_as_html():
    talk = provider(
        element='<DIV id="talk" data-page="{thread}" hidden></DIV>',
        attributes={"data-title": "{title}", "async": True, "data-depth": 3},
        module="true",
    )
    assert all_options(talk, DUNE) == {
        "script": "https://talk.example/embed.js",
        "module": True,
        "attributes": {"data-title": "{title}", "async": "true", "data-depth": "3"},
        "element": ("div", {"id": "talk", "data-page": "{thread}", "hidden": ""}),
        "values": {"thread": "/dune/", "title": "Dune & {thread}"},
    }
    embed = talk.embed(DUNE)
    assert (embed.name, embed.host, embed.adapter) == ("Talk", "talk.example", "custom")


def test_without_an_element_there_is_a_div():
    assert provider().site_options("en")["element"] == ("div", {})
    assert provider(element="talk-box").site_options("en")["element"] == ("talk-box", {})


def test_a_page_has_nothing_but_its_own_values():
    talk = provider(element='<div data-a="{thread}{url}{theme}{language}"></div>')
    words = Words("de")
    section = SectionBuilder(talk, SectionOptions(), words).build(DUNE, "c.json")
    assert json.loads(section.data["embed"]) == {
        "values": {"thread": "/dune/", "url": "https://ann.example/dune/", "language": "de"}
    }
    shared = json.loads(write_site(talk, words, "custom.js"))["options"]
    assert shared["element"] == ["div", {"data-a": "{thread}{url}{theme}{language}"}]


def test_the_browser_finds_out_the_address_if_the_site_has_none():
    talk = provider(element='<div data-a="{url}"></div>')
    assert talk.embed(Conversation("/dune/", "Dune", "en")).options["values"] == {}


@pytest.mark.parametrize(
    ("options", "hosts"),
    [
        ({}, {"script-src": ("https://talk.example",)}),
        (
            {"hosts": "https://*.talk.example"},
            {
                "script-src": ("https://talk.example", "https://*.talk.example"),
                **dict.fromkeys(
                    ("style-src", "connect-src", "frame-src", "img-src"),
                    ("https://*.talk.example",),
                ),
            },
        ),
        (
            {"hosts": {"frame-src": "https://talk.example", "style-src": ["'unsafe-inline'"]}},
            {
                "script-src": ("https://talk.example",),
                "frame-src": ("https://talk.example",),
                "style-src": ("'unsafe-inline'",),
            },
        ),
        (
            {"script": "/js/talk.js", "hosts": {"connect-src": ["wss://a.example:8448"]}},
            {"connect-src": ("wss://a.example:8448",)},
        ),
    ],
)
def test_hosts_are_those_of_the_script_and_those_named(options, hosts):
    assert provider(**options).hosts() == hosts


def test_a_script_of_the_site_names_the_server_by_its_hosts():
    talk = provider(script="/js/talk.js", hosts=["https://*.talk.example", "https://b.example"])
    assert talk.site_options("en")["script"] == "js/talk.js"
    assert talk.embed(DUNE).host == "talk.example"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"script": ""}, ["comments.script", "the snippet"]),
        ({"script": "ftp://a.example/x.js"}, ["comments.script", "path of a file"]),
        ({"script": "https:///x.js"}, ["comments.script", "with `https://`"]),
        ({"script": "js/my talk.js"}, ["comments.script"]),
        (
            {"script": "js/talk.js"},
            ["comments.script", "`comments.hosts` lists a host", "hosts: ["],
        ),
        (
            {"script": "js/talk.js", "hosts": {"style-src": "'self'"}},
            ["unless `comments.hosts` lists a host"],
        ),
        ({"element": '<div data-page="{thred}"></div>'}, ["`{thred}`", "Did you mean `thread`?"]),
        ({"attributes": {"data-url": "{uri}"}}, ["data-url", "`{uri}`", "Did you mean `url`?"]),
        (
            {"attributes": {"onload": "go()"}},
            ["attributes.onload", "must not be an attribute with code"],
        ),
        (
            {"attributes": {"src": "x.js"}},
            ["attributes.src", "Write the address of the script as `script`"],
        ),
        ({"attributes": {"a b": "x"}}, ["must be the name of an HTML attribute"]),
        (
            {"element": '<div onclick="go()"></div>'},
            ["comments.element", "must not be an attribute with code"],
        ),
        (
            {"element": "<div>Hello</div>"},
            ["comments.element", "one empty HTML element", "'<div id="],
        ),
        ({"element": "<div></div><p></p>"}, ["one empty HTML element"]),
        ({"element": "<script></script>"}, ["comments.element", "such as div"]),
        ({"element": '<iframe src="https://a.example"></iframe>'}, ["such as div"]),
        ({"element": ["div"]}, ["must be an HTML element"]),
        ({"hosts": ["talk.example"]}, ["comments.hosts[1]", "a host with `https://`"]),
        ({"script": "a.js", "hosts": "x.example"}, ["comments.hosts", "a host with `https://`"]),
        ({"script": "a.js", "host": "https://x.example"}, ["Did you mean `hosts`?"]),
        ({"hosts": ["https://talk.example/path"]}, ["comments.hosts[1]", "without a path"]),
        (
            {"hosts": ["'unsafe-inline'"]},
            ["comments.hosts", "Write such a keyword below a directive"],
        ),
        ({"hosts": {"scrip-src": "https://a.example"}}, ["Did you mean `script-src`?"]),
        ({"name": ""}, ["comments.name", "the snippet"]),
        ({"elemnt": "div"}, ["Unknown key `comments.elemnt`", "Did you mean `element`?"]),
        ({"hosts_": "https://a.example"}, ["Unknown key `comments.hosts_`"]),
    ],
)
def test_wrong_options_are_reported_with_a_fix(options, words):
    [message] = messages(**options)
    assert all(word in message for word in words), message


def test_missing_options_say_where_they_are_found():
    found = [str(problem) for problem in read({"provider": "custom"})[1]]
    assert [message.split("`")[1] for message in found] == ["comments.name", "comments.script"]
    assert all("in the snippet that your comment service" in message for message in found)


def answer(status):
    return lambda _: Answer(status, {}, b"")


def refuse(_):
    raise OSError("Nothing answers.")


def test_a_script_that_is_not_there_is_a_fault():
    assert list(provider().find_faults(answer(200), None)) == []
    [missing] = provider().find_faults(answer(404), None)
    assert "https://talk.example/embed.js answers with status 404." in missing
    [down] = provider().find_faults(refuse, None)
    assert down == "Nothing answers. Check `comments.script`."


def test_a_server_that_was_not_asked_is_not_praised():
    assert provider().praise() == "Talk answers, and nothing is wrong."
    own = provider(script="js/talk.js", hosts="https://talk.example")
    assert list(own.find_faults(refuse, None)) == []
    assert own.praise().startswith("Talk was not asked: its script `js/talk.js` is a file")


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_a_provider_that_we_do_not_have_gets_an_answer(name):
    found, [problem] = read({"provider": name.title()})
    assert found is None
    assert f"`{name.title()}`, which is not supported." in problem.what
    assert problem.fix == ALTERNATIVES[name]
    assert "\n" not in problem.fix


def test_answers_lead_to_providers():
    named = {
        name for text in ALTERNATIVES.values() for name in re.findall(r"`provider: (\w+)`", text)
    }
    assert "custom" in named
    assert named <= set(PROVIDERS)
    assert not set(ALTERNATIVES) & set(PROVIDERS)


def examples():
    """Return the options of each example in the manual, by the name of its service."""
    manual = Path(__file__).parents[2] / "example_site" / "docs" / "guide" / "comments-custom.md"
    blocks = re.findall(
        r"^( *)```yaml[^\n]*\n(.*?)^ *```$", manual.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    found = [one for _, text in blocks if (one := find_comments(yaml.safe_load(dedent(text))))]
    return {one["name"]: one for one in found}


def find_comments(written):
    """Return the options of comments that an example has, perhaps as those of the plugin."""
    if "comments" in written:
        return written["comments"]
    plugins = [one for one in written.get("plugins", []) if isinstance(one, dict)]
    return plugins[0]["bookreview"]["comments"] if plugins else None


@pytest.mark.parametrize("name", examples())
def test_examples_of_the_manual_are_valid(name):
    talk, problems = read(examples()[name])
    assert not problems
    assert talk.embed(DUNE).options["values"]
    assert talk.hosts()["script-src"]


def test_the_manual_has_an_example_for_each_service():
    assert set(examples()) == {
        "Cusdis",
        "FastComments",
        "Coral",
        "our forum",
        "Talkyard",
        "Cactus Comments",
    }
