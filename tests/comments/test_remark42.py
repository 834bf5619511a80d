import re

import pytest

from mkdocs_bookreview.comments.provider import Answer, Conversation, ThreadId, UnfitIdError
from mkdocs_bookreview.comments.remark42 import LANGUAGES, OTHER_LANGUAGES
from tests.comments.options import all_options, settings_of

HOST = "https://comments.ann.example"
SITE = "https://ann.example/books/"
OPTIONS = {"provider": "remark42", "host": HOST}
DUNE = Conversation(f"{SITE}dune/", 'Dune & "more"', "de", f"{SITE}reviews/dune/")


def read(**options):
    provider, problems = settings_of(OPTIONS | options)
    assert not problems
    return provider


def test_the_page_gets_what_remark42_asks_for():
    provider = read()
    embed = provider.embed(DUNE)
    assert (embed.adapter, embed.name, embed.host) == (
        "remark42",
        "Remark42",
        "comments.ann.example",
    )
    assert all_options(provider, DUNE) == {
        "config": {"host": HOST, "site_id": "remark", "locale": "de"},
        "url": f"{SITE}dune/",
        "title": 'Dune & "more"',
    }


def test_all_options_reach_remark42():
    provider = read(
        host="https://example.org/remark/",
        site_id="ann-books",
        locale="ua",
        max_shown_comments="30",
        show_email_subscription="false",
        show_rss_subscription="false",
        show_telegram_subscription="false",
        simple_view="true",
        no_footer="true",
    )
    assert all_options(provider, DUNE)["config"] == {
        "host": "https://example.org/remark",
        "site_id": "ann-books",
        "locale": "ua",
        "max_shown_comments": 30,
        "show_email_subscription": False,
        "show_rss_subscription": False,
        "show_telegram_subscription": False,
        "simple_view": True,
        "no_footer": True,
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"host": "comments.ann.example"}, ["comments.host", "with `https://`"]),
        ({"host": "javascript:alert(1)"}, ["comments.host", "with `https://`"]),
        ({"site_id": "my site"}, ["comments.site_id", "`my site`", "ann-books"]),
        ({"locale": "uk"}, ["comments.locale", "Write `ua`."]),
        ({"locale": "pt-BR"}, ["comments.locale", "Write `bp`."]),
        ({"locale": "sv"}, ["comments.locale", "`sv`"]),
        ({"max_shown_comments": "0"}, ["comments.max_shown_comments", "at least 1"]),
        ({"simple_view": "perhaps"}, ["comments.simple_view", "true or false"]),
        ({"theme": "dark"}, ["`comments.theme`"]),
        ({"siteid": "x"}, ["`comments.siteid`", "Did you mean `site_id`?"]),
    ],
)
def test_wrong_options_are_reported_with_a_fix(wrong, words):
    [message] = settings_of(OPTIONS | wrong)[1]
    assert all(word in message for word in words), message


def test_a_missing_host_says_where_it_is_found():
    [message] = settings_of({"provider": "remark42"})[1]
    assert "`comments.host` is missing" in message
    assert "REMARK_URL" in message


@pytest.mark.parametrize(
    ("language", "code"),
    [("de", "de"), ("uk", "ua"), ("pt_BR", "bp"), ("zh-Hant", "zh-tw"), ("zh", "zh"), ("sv", "en")],
)
def test_remark42_has_codes_of_its_own_for_languages(language, code):
    assert read().site_options(language)["config"]["locale"] == code
    assert set(OTHER_LANGUAGES.values()) <= set(LANGUAGES.split())


@pytest.mark.parametrize(
    ("ident", "thread"),
    [
        (ThreadId("/dune/"), "https://ann.example/books/dune/"),
        (ThreadId("dune", "written"), "https://ann.example/books/dune/"),
        (ThreadId("/2014/dune.html", "written"), "https://ann.example/2014/dune.html"),
        (ThreadId("https://old.example/?p=12", "written"), "https://old.example/?p=12"),
        (ThreadId("https://old.example/x#y", "locked"), "https://old.example/x#y"),
    ],
)
def test_a_thread_is_an_address(ident, thread):
    assert read().thread(ident, SITE) == thread


def test_without_site_url_a_thread_is_a_path():
    assert read().thread(ThreadId("/dune/"), None) == "/dune/"


@pytest.mark.parametrize(
    "text", ["https://old.example/#a", "https://old.example/a b", "../x", "//x"]
)
def test_an_id_that_no_mail_can_link_to_is_reported(text):
    with pytest.raises(UnfitIdError) as error:
        read().thread(ThreadId(text, "written"), SITE)
    assert "comments: {id:" in error.value.fix


def test_hosts_are_the_server():
    expected = dict.fromkeys(("script-src", "frame-src", "connect-src"), (HOST,))
    assert read(host=f"{HOST}/remark").hosts() == expected


@pytest.mark.parametrize(
    ("link", "is_comment"),
    [
        ("#remark42__comment-5f1e7c2a-1b2c-4d3e-8f90-abcdefabcdef", True),
        ("#remark42__comment-", False),
        ("#12", False),
    ],
)
def test_links_to_comments_are_known(link, is_comment):
    assert bool(re.search(read().embed(DUNE).comment, link)) == is_comment


FINE = Answer(200, {}, b"{}")


def faults(posts=FINE, frame=FINE, site_url=SITE, **options):
    def ask(url):
        answer = posts if "/api/v1/list?limit=1&site=ann%20%26%2F" in url else frame
        assert url.startswith((f"{HOST}/api/", f"{HOST}/web/iframe.html", "http://"))
        if isinstance(answer, OSError):
            raise answer
        return answer

    provider = read(**options).model_copy(update={"site_id": "ann &/"})
    return list(provider.find_faults(ask, site_url))


def framed(ancestors):
    return Answer(200, {"content-security-policy": f"default-src 'self'; {ancestors}"}, b"")


def test_check_is_content_with_a_server_that_knows_the_site():
    assert faults() == []
    assert faults(site_url=None) == []
    assert faults(frame=framed("frame-ancestors 'self' https://ann.example")) == []
    assert faults(frame=framed("frame-ancestors *.example")) == []
    assert faults(frame=framed("frame-ancestors *")) == []


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"posts": OSError("It is down.")}, ["It is down.", "`comments.host`"]),
        ({"posts": Answer(400, {}, b"")}, ["no site `ann &/`", "SITE"]),
        ({"posts": Answer(404, {}, b"")}, ["status 404", "`comments.host`"]),
        (
            {"frame": framed("frame-ancestors 'self' https://other.example")},
            ["ALLOWED_HOSTS", "Add https://ann.example to"],
        ),
        ({"host": "http://comments.ann.example"}, ["HTTPS", "`comments.host`"]),
    ],
)
def test_check_says_what_is_wrong(answers, words):
    [fault] = faults(**answers)
    assert all(word in fault for word in words), fault
