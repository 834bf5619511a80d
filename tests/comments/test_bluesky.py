"""Options of Bluesky, and the addresses of posts there."""

import json

import pytest

from mkdocs_bookreview.comments.bluesky import Bluesky
from mkdocs_bookreview.comments.provider import Answer, Conversation, ThreadId, UnfitIdError
from mkdocs_bookreview.comments.providers import read_provider
from mkdocs_bookreview.comments.section import SectionBuilder, SectionOptions, write_site
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.typed import read_typed
from mkdocs_bookreview.words.language import Words

POST = "https://bsky.app/profile/ann.example/post/3kh7xqyabc22y"
URI = "at://ann.example/app.bsky.feed.post/3kh7xqyabc22y"
API = "https://public.api.bsky.app"
DUNE = Conversation("/dune/", "Dune", "de", None, POST)


def read(**options):
    marks = Marks("mkdocs.yml")
    settings, problems = read_typed(CommentsSettings, {"provider": "bluesky", **options}, marks)
    assert not problems
    return read_provider(settings, marks)


@pytest.mark.parametrize(
    ("address", "page", "uri"),
    [
        (POST, POST, URI),
        (f" {POST}/?ref=x#top ", POST, URI),
        (
            "https://bsky.app/profile/did:plc:z72i7hd/post/3kabc",
            "https://bsky.app/profile/did:plc:z72i7hd/post/3kabc",
            "at://did:plc:z72i7hd/app.bsky.feed.post/3kabc",
        ),
        (
            "https://Other.example/profile/a-b.example.org/post/3kabc",
            "https://other.example/profile/a-b.example.org/post/3kabc",
            "at://a-b.example.org/app.bsky.feed.post/3kabc",
        ),
    ],
)
def test_the_address_of_a_post_names_its_writer_and_its_key(address, page, uri):
    post = Bluesky().read_post(address)
    assert (post.page, post.names, post.server) == (page, {"api": API, "uri": uri}, API)
    assert Bluesky().thread(ThreadId(address, "written"), None) == page


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann.example",
        "https://bsky.app/profile/ann.example",
        "https://bsky.app/profile/ann/post/3kabc",
        "https://bsky.app/profile/ann.example/post/",
        "https://bsky.app/profile/ann.example/post/3k/liked-by",
        "https://bsky.app/profile/ann.example/feed/3k",
        "https://bsky.app/profile/../post/3k",
        "bsky.app/profile/ann.example/post/3k",
        "at://ann.example/app.bsky.feed.post/3k",
        "https://mastodon.example/@ann/1",
        "javascript://bsky.app/profile/ann.example/post/3k",
    ],
)
def test_what_is_no_post_is_refused_with_a_fix(address):
    assert Bluesky().read_post(address) is None
    with pytest.raises(UnfitIdError) as caught:
        Bluesky().thread(ThreadId(address, "written"), None)
    example = caught.value.fix.split("`")[1].removeprefix("bluesky: ")
    assert Bluesky().read_post(example)


def test_a_page_has_nothing_but_its_post():
    provider = read(sort="liked")[0]
    section = SectionBuilder(provider, SectionOptions(), Words("de")).build(DUNE, "c.json")
    shown = dict(section.panel.data)
    assert json.loads(section.data["embed"]) == {"api": API, "uri": URI, "post": POST}
    assert (shown["host"], section.data["page"]) == ("public.api.bsky.app", POST)
    assert shown["comment"] == r"^#bluesky-[\w.-]+$"
    shared = json.loads(write_site(provider, Words("de"), "bluesky.js"))["options"]
    assert (shared["sort"], shared["language"]) == ("liked", "de")


@pytest.mark.parametrize(
    ("options", "hosts"),
    [
        ({}, {"connect-src": (API,)}),
        ({"media": True}, {"connect-src": (API,), "img-src": ("https://cdn.bsky.app",)}),
        ({"api": "https://Api.example.org/"}, {"connect-src": ("https://api.example.org",)}),
    ],
)
def test_hosts_do_not_depend_on_the_posts(options, hosts):
    provider = read(**options)[0]
    assert provider.hosts() == provider.hosts_of([POST, "nonsense"]) == hosts


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"api": "api.example.org"}, ["comments.api", "with `https://`"]),
        ({"api": "https://api.example.org/xrpc"}, ["comments.api", "without a path"]),
        ({"sorting": "liked"}, ["Unknown key `comments.sorting`", "Did you mean `sort`?"]),
        ({"media_hosts": "https://a.example"}, ["Unknown key `comments.media_hosts`"]),
    ],
)
def test_wrong_options_are_reported_with_a_fix(options, words):
    [problem] = read(**options)[1]
    assert all(word in str(problem) for word in words), problem


def asking(status, answer):
    def ask(url, headers):
        ask.asked = (url, headers)
        return Answer(status, {"access-control-allow-origin": "*"}, json.dumps(answer).encode())

    return ask


@pytest.mark.parametrize(
    ("status", "answer", "words"),
    [
        (200, {"thread": {"post": {}}}, None),
        (200, {"thread": {"$type": "app.bsky.feed.defs#notFoundPost"}}, "does not show"),
        (200, {"thread": "text"}, "does not show"),
        (400, {"error": "NotFound"}, "answers 400"),
        (502, {}, "Try again later."),
    ],
)
def test_a_post_that_is_not_there_is_a_fault(status, answer, words):
    ask = asking(status, answer)
    found = list(Bluesky().find_post_faults(ask, POST, "https://ann.example/"))
    assert bool(found) == bool(words)
    assert not words or words in found[0]
    query = "uri=at%3A%2F%2Fann.example%2Fapp.bsky.feed.post%2F3kh7xqyabc22y&depth=0&parentHeight=0"
    assert ask.asked[0] == f"{API}/xrpc/app.bsky.feed.getPostThread?{query}"
