import pytest

from mkdocs_bookreview.comments.disqus import Disqus
from mkdocs_bookreview.comments.provider import Answer, Conversation, ThreadId
from tests.comments.options import all_options, settings_of
from tests.comments.packages import interface, package, snake_case

OPTIONS = {"provider": "disqus", "shortname": "ann-books"}
DUNE = Conversation("/dune/", 'Dune & "more"', "de", "https://ann.example/reviews/dune/")

# What a page tells of itself, and what needs a server that signs readers in.
OF_THE_PAGE = {"url", "identifier", "title"}
SIGNING_IN = {"sso", "remote_auth_s3", "api_key"}
CALLBACKS = (
    "preData preInit onInit onReady afterRender preReset onIdentify beforeComment onNewComment"
    " onPaginate"
)


def test_the_page_gets_what_disqus_asks_for():
    provider, problems = settings_of(OPTIONS)
    assert not problems
    embed = provider.embed(DUNE)
    assert (embed.adapter, embed.name, embed.host) == ("disqus", "Disqus", "ann-books.disqus.com")
    assert embed.options["page"] == {
        "identifier": "/dune/",
        "url": "https://ann.example/reviews/dune/",
        "title": 'Dune & "more"',
    }
    assert provider.site_options("en")["language"] is None


def test_a_site_without_an_address_gives_none():
    page = Disqus(shortname="a").embed(Conversation("/dune/", "Dune", "en")).options["page"]
    assert page == {"identifier": "/dune/", "title": "Dune"}


def test_all_options_reach_the_page():
    more = {"category_id": "123", "language": "pt_BR", "shortname": "Ann-Books"}
    provider = settings_of(OPTIONS | more)[0]
    options = all_options(provider, DUNE)
    assert (options["page"]["category_id"], options["language"]) == ("123", "pt_BR")
    assert provider.embed(DUNE).host == "ann-books.disqus.com"


@pytest.mark.parametrize("written", ["2014/05/emma/", "https://old.example/?p=1", "A title & more"])
def test_an_identifier_stays_exact(written):
    assert Disqus(shortname="a").thread(ThreadId(written, "written"), None) == written


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"shortname": "ann.example"}, ["comments.shortname", "letters, digits", "admin"]),
        ({"shortname": "-"}, ["comments.shortname"]),
        ({"shortname": "a/../b"}, ["comments.shortname"]),
        ({"shortname": "https://ann-books.disqus.com/x"}, ["Write `shortname: ann-books`."]),
        ({"category_id": "books"}, ["comments.category_id", "`books`", "1234567"]),
        ({"language": "de'"}, ["comments.language", "language: de"]),
        ({"short_name": "a"}, ["`comments.short_name`", "`shortname` is here too."]),
        ({"category": "1"}, ["`comments.category`", "Did you mean `category_id`?"]),
    ],
)
def test_wrong_options_are_reported_with_a_fix(wrong, words):
    message = settings_of(OPTIONS | wrong)[1][0]
    assert all(word in message for word in words), message


def test_a_missing_short_name_says_where_it_is_found():
    [message] = settings_of({"provider": "disqus"})[1]
    assert "`comments.shortname` is missing" in message
    assert "https://disqus.com/admin/" in message


def test_hosts_are_those_of_disqus():
    hosts = Disqus(shortname="a").hosts()
    assert set(hosts) == {"script-src", "style-src", "frame-src", "img-src", "connect-src"}
    assert hosts["script-src"] == (
        "https://disqus.com",
        "https://*.disqus.com",
        "https://*.disquscdn.com",
    )


def faults(status, error=None):
    asked = []

    def ask(url):
        asked.append(url)
        if error:
            raise error
        return Answer(status, {}, b"")

    found = list(Disqus(shortname="ann-books").find_faults(ask, "https://ann.example/"))
    assert asked == ["https://ann-books.disqus.com/embed.js"]
    return found


def test_check_says_what_is_wrong():
    assert faults(200) == []
    [unknown] = faults(404)
    assert "`ann-books`" in unknown
    assert "Correct `comments.shortname`." in unknown
    assert "status 503" in faults(503)[0]
    assert faults(0, OSError("It is down.")) == ["It is down. Try again later."]


def test_options_are_those_of_the_package():
    text = (package("disqus-react@1") / "types" / "index.d.ts").read_text("utf-8")
    theirs = {
        *interface(text, "DisqusConfig"),
        *interface(text, "DiscussionEmbedConfig"),
        *interface(text, "DiscussionEmbedProps"),
    } - {"config", *CALLBACKS.split()}
    ours = set(Disqus.model_fields) | OF_THE_PAGE | SIGNING_IN
    assert {snake_case(name) for name in theirs} == ours
