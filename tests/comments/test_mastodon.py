"""Options of Mastodon, and the addresses of posts there."""

import json

import pytest

from mkdocs_bookreview.comments.mastodon import Mastodon
from mkdocs_bookreview.comments.provider import Answer, Conversation, ThreadId, UnfitIdError
from mkdocs_bookreview.comments.providers import read_provider
from mkdocs_bookreview.comments.section import SectionBuilder, SectionOptions, write_site
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.typed import read_typed
from mkdocs_bookreview.words.language import Words

POST = "https://books.example/@ann/109348264910239381"
DUNE = Conversation("/dune/", "Dune", "de", None, POST)


def read(**options):
    marks = Marks("mkdocs.yml")
    settings, problems = read_typed(CommentsSettings, {"provider": "mastodon", **options}, marks)
    assert not problems
    return read_provider(settings, marks)


def messages(**options):
    return [str(problem) for problem in read(**options)[1]]


@pytest.mark.parametrize(
    "address",
    [
        POST,
        f" {POST}/ ",
        f"{POST}?utm=1#reply",
        "https://books.example/@ann@other.example/109348264910239381",
        "https://books.example/@ann@other.example:3000/109348264910239381",
        "https://books.example/users/ann/statuses/109348264910239381",
        "https://books.example/web/@ann/109348264910239381",
        "https://books.example/web/statuses/109348264910239381",
        "https://books.example/deck/@ann/109348264910239381",
        "https://books.example/statuses/109348264910239381",
        f"{POST}/embed",
        "https://BOOKS.example/@ann/109348264910239381",
    ],
)
def test_all_addresses_of_a_post_name_its_server_and_its_id(address):
    post = Mastodon().read_post(address)
    assert post.server == "https://books.example"
    assert post.names == {"server": "https://books.example", "id": "109348264910239381"}
    assert post.page == address.strip().lower().partition("?")[0]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@ann@books.example",
        "books.example/@ann/1",
        "https://books.example",
        "https://books.example/@ann",
        "https://books.example/@ann/replies",
        "https://books.example/@ann/1/favourites",
        "https://books.example/@ann/1x",
        "https://books.example/tags/1",
        "https://bsky.app/profile/ann.example/post/3kabc",
        "javascript://books.example/@ann/1",
        "https://ann:secret@books.example/@ann/1",
        "https://books.example;script-src/@ann/1",
        "https://books.example:99999/@ann/1",
        "https://[books.example/@ann/1",
        "https://books.example/@ann/1 2",
        "https://books.example/@ann/١٢",
    ],
)
def test_what_is_no_post_is_refused_with_a_fix(address):
    assert Mastodon().read_post(address) is None
    assert Mastodon().embed(Conversation("/", "Dune", "en", None, address or "x")) is None
    with pytest.raises(UnfitIdError) as caught:
        Mastodon().thread(ThreadId(address, "written"), None)
    assert caught.value.must == "must be the address of a post"
    example = caught.value.fix.split("`")[1].removeprefix("mastodon: ")
    assert Mastodon().read_post(example)


def test_the_thread_is_the_post():
    assert Mastodon().thread(ThreadId(f"{POST}?a", "written"), "https://ann.example/") == POST


def test_a_page_has_nothing_but_its_post():
    section = SectionBuilder(Mastodon(), SectionOptions(), Words("de")).build(DUNE, "c.json")
    shown = dict(section.panel.data)
    assert json.loads(section.data["embed"]) == {
        "server": "https://books.example",
        "id": "109348264910239381",
        "post": POST,
    }
    assert (shown["host"], section.data["page"]) == ("books.example", POST)
    shared = json.loads(write_site(Mastodon(), Words("de"), "mastodon.js"))
    assert shared["options"] == {
        "sort": "oldest",
        "depth": 4,
        "avatars": False,
        "media": False,
        "hide": [],
        "language": "de",
    }
    assert shared["texts"]["reply_on"] == "Antworten bei {host}"


def test_a_page_without_a_post_has_no_section():
    page = Conversation("/dune/", "Dune", "de")
    assert SectionBuilder(Mastodon(), SectionOptions(), Words("de")).build(page, "c.json") is None


@pytest.mark.parametrize(
    ("options", "hosts"),
    [
        ({}, {"connect-src": ("https://books.example", "https://other.example")}),
        (
            {"avatars": True},
            {
                "connect-src": ("https://books.example", "https://other.example"),
                "img-src": ("https://books.example", "https://other.example"),
            },
        ),
        (
            {"media": True, "media_hosts": "https://files.books.example"},
            {
                "connect-src": ("https://books.example", "https://other.example"),
                "img-src": ("https://files.books.example",),
            },
        ),
    ],
)
def test_hosts_are_those_of_the_posts(options, hosts):
    posts = [POST, "https://other.example/@bob/1", "https://books.example/@ann/2", "nonsense"]
    assert read(**options)[0].hosts_of(posts) == hosts


def test_without_posts_no_host_is_known():
    assert Mastodon().hosts() == {}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"sort": "newst"}, ["comments.sort", "`newest`", "`newst`"]),
        ({"depth": 11}, ["comments.depth", "at most 10"]),
        ({"avatar": "true"}, ["Unknown key `comments.avatar`", "Did you mean `avatars`?"]),
        ({"media_hosts": "files.example"}, ["comments.media_hosts", "with `https://`"]),
        ({"hide": [""]}, ["comments.hide[1]", "must be text"]),
    ],
)
def test_wrong_options_are_reported_with_a_fix(options, words):
    [message] = messages(**options)
    assert all(word in message for word in words), message


def asking(status=200, body=b'{"id": "1"}', **headers):
    """Return a server that answers so, and remembers what it is asked."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def ask(url, headers=None):
        ask.asked = (url, headers)
        return Answer(status, named, body)

    return ask


def refuse(*_):
    raise OSError("Nothing answers.")


def faults(ask, site="https://ann.example/books/"):
    return list(Mastodon().find_post_faults(ask, POST, site))


def test_a_post_that_browsers_can_read_has_no_fault():
    ask = asking(access_control_allow_origin="*")
    assert faults(ask) == []
    assert ask.asked == (
        "https://books.example/api/v1/statuses/109348264910239381",
        {"Origin": "https://ann.example"},
    )
    assert faults(asking(), site=None) == []


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (refuse, ["Nothing answers. Check `comments.mastodon`", POST]),
        (asking(404), ["does not show", POST, "answers 404", "is public"]),
        (asking(401), ["does not show"]),
        (asking(200, b"<!doctype html>"), ["does not show", "answers 200"]),
        (asking(200, b"[1]"), ["does not show", "answers 200"]),
        (asking(503), ["answers with status 503", "Try again later."]),
        (asking(), ["does not allow pages of https://ann.example to read"]),
        (asking(access_control_allow_origin="https://b.example"), ["does not allow pages"]),
    ],
)
def test_a_post_that_cannot_be_read_is_a_fault(ask, words):
    [fault] = faults(ask)
    assert all(word in fault for word in words), fault


def test_an_address_of_no_post_is_left_to_the_build():
    assert list(Mastodon().find_post_faults(refuse, "nonsense", None)) == []
