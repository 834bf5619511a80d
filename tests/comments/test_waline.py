import json
import re

import pytest

from mkdocs_bookreview.comments.asking import ask_server
from mkdocs_bookreview.comments.provider import Answer, Conversation, ThreadId
from mkdocs_bookreview.comments.waline import CLIENT, LANGUAGES, LOCALE, OTHER_LANGUAGES, Waline
from tests.comments.options import all_options, settings_of
from tests.comments.packages import interface, package, snake_case
from tests.comments.services import waline

SERVER = "https://comments.ann.example"
OPTIONS = {"provider": "waline", "server_url": SERVER}
DUNE = Conversation("/dune/", 'Dune & "more"', "de", "https://ann.example/reviews/dune/")

# What is the page's, or follows the page; and counters, which have no place in our pages.
OURS = {"el", "path", "dark", "comment", "pageview"}


def read(**options):
    provider, problems = settings_of(OPTIONS | options)
    assert not problems
    return provider


def options_of(**options):
    return all_options(read(**options), DUNE)


def test_waline_is_quiet_unless_asked():
    embed = read().embed(DUNE)
    assert (embed.adapter, embed.name, embed.host) == ("waline", "Waline", "comments.ann.example")
    options = options_of()
    assert options == {
        "client": CLIENT,
        "path": "/dune/",
        "settings": {
            "serverURL": SERVER,
            "emoji": (),
            "search": False,
            "highlighter": False,
            "lang": "de",
        },
    }
    assert json.dumps(options)


def test_all_options_reach_waline():
    settings = options_of(
        server_url="https://example.org/waline/",
        lang="jp",
        locale={"sofa": "Nobody wrote yet."},
        meta=["nick", "mail"],
        required_meta="nick",
        login="force",
        comment_sorting="oldest",
        page_size="20",
        word_limit="500",
        emoji="https://emoji.example/weibo/",
        search="true",
        reaction="true",
        image_uploader="false",
        highlighter="true",
        tex_renderer="false",
        no_copyright="true",
        no_rss="true",
        recaptcha_v3_key="6Lc",
        turnstile_key="0x4",
    )["settings"]
    assert settings == {
        "serverURL": "https://example.org/waline",
        "lang": "jp",
        "locale": {"sofa": "Nobody wrote yet."},
        "meta": ("nick", "mail"),
        "requiredMeta": ("nick",),
        "login": "force",
        "commentSorting": "oldest",
        "pageSize": 20,
        "wordLimit": (0, 500),
        "emoji": ("https://emoji.example/weibo",),
        "search": True,
        "reaction": True,
        "imageUploader": False,
        "highlighter": True,
        "texRenderer": False,
        "noCopyright": True,
        "noRss": True,
        "recaptchaV3Key": "6Lc",
        "turnstileKey": "0x4",
    }


def test_pictures_for_reactions_may_be_ones_own():
    pictures = ["https://ann.example/yes.png", "https://ann.example/no.png"]
    assert options_of(reaction=pictures)["settings"]["reaction"] == tuple(pictures)
    assert options_of(reaction=pictures[0])["settings"]["reaction"] == (pictures[0],)


def test_the_least_number_of_words_may_be_given():
    assert options_of(word_limit=["3", "500"])["settings"]["wordLimit"] == (3, 500)
    assert options_of(word_limit=["3", "0"])["settings"]["wordLimit"] == (3, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"server_url": "comments.ann.example"}, ["comments.server_url", "with `https://`"]),
        ({"client": "unpkg.com/@waline/client"}, ["comments.client", "with `https://`"]),
        ({"client": "//unpkg.com/x"}, ["comments.client", "/assets/waline"]),
        ({"client": "/a?b"}, ["comments.client", "such as `/assets/folder`"]),
        ({"lang": "ja"}, ["comments.lang", "Write `jp`."]),
        ({"lang": "pl"}, ["comments.lang", "`pl`", "`pt-BR`"]),
        ({"locale": {"sofas": "x"}}, ["comments.locale", "`sofas`", "Did you mean `sofa`?"]),
        ({"meta": "name"}, ["comments.meta", "`nick`, `mail` or `link`", "`name`"]),
        ({"required_meta": ["nick", "email"]}, ["comments.required_meta[2]", "`email`"]),
        ({"login": "never"}, ["comments.login", "`disable`", "`never`"]),
        ({"comment_sorting": "newest"}, ["comments.comment_sorting", "`latest`", "`newest`"]),
        ({"page_size": "0"}, ["comments.page_size", "at least 1"]),
        ({"word_limit": "-1"}, ["comments.word_limit", "at least 0"]),
        ({"word_limit": "many"}, ["comments.word_limit", "whole number", "[0, 500]"]),
        ({"word_limit": ["500", "3"]}, ["comments.word_limit", "lower number first"]),
        ({"word_limit": ["1", "2", "3"]}, ["comments.word_limit", "[0, 500]"]),
        ({"emoji": ["weibo"]}, ["comments.emoji[1]", "with `https://`", "`weibo`"]),
        ({"search": "giphy"}, ["comments.search", "true or false"]),
        ({"reaction": "perhaps"}, ["comments.reaction", "true or false"]),
        ({"reaction": ["yes.png"]}, ["comments.reaction[1]", "with `https://`"]),
        ({"turnstile_key": "a b"}, ["comments.turnstile_key", "`a b`"]),
        ({"serverURL": "x"}, ["`comments.serverURL`", "`server_url` is here too."]),
        ({"dark": "auto"}, ["`comments.dark`"]),
    ],
)
def test_wrong_options_are_reported_with_a_fix(wrong, words):
    messages = settings_of(OPTIONS | wrong)[1]
    assert len(messages) == 1, messages
    assert all(word in messages[0] for word in words), messages[0]


def test_a_missing_server_says_where_it_is_found():
    [message] = settings_of({"provider": "waline"})[1]
    assert "`comments.server_url` is missing" in message
    assert "your Waline server" in message


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("de", "de"),
        ("ja", "jp"),
        ("pt", "pt-BR"),
        ("zh_Hant", "zh-TW"),
        ("de-AT", "de"),
        ("sv", "en"),
    ],
)
def test_the_language_of_the_site_is_used(language, code):
    assert read().site_options(language)["settings"]["lang"] == code


@pytest.mark.parametrize(
    ("ident", "thread"),
    [
        (ThreadId("/dune-frank-herbert/"), "/books/dune-frank-herbert/"),
        (ThreadId("dune", "written"), "/books/dune/"),
        (ThreadId("/2014/dune.html", "written"), "/2014/dune.html"),
        (ThreadId("/x/", "locked"), "/x/"),
    ],
)
def test_a_thread_is_a_path_of_the_site(ident, thread):
    assert read().thread(ident, "https://ann.github.io/books/") == thread


def test_ids_of_other_set_ups_are_decoded_as_the_client_does():
    assert read().name_path("/caf%C3%A9/a%2Fb%20c/") == "/café/a%2Fb c/"


def test_hosts_are_those_that_the_options_need():
    assert read().hosts() == {
        "script-src": ("https://unpkg.com",),
        "style-src": ("https://unpkg.com",),
        "connect-src": (SERVER,),
        "img-src": (SERVER, "https://seccdn.libravatar.org", "https://q1.qlogo.cn", "data:"),
    }
    own = read(client="/assets/waline", image_uploader="false").hosts()
    assert set(own) == {"connect-src", "img-src"}


def test_hosts_of_all_that_can_be_switched_on():
    hosts = read(
        search="true",
        highlighter="true",
        reaction="true",
        emoji="https://emoji.example/weibo",
        recaptcha_v3_key="6Lc",
        turnstile_key="0x4",
    ).hosts()
    assert hosts["style-src"] == ("https://unpkg.com", "'unsafe-inline'")
    assert hosts["connect-src"] == (SERVER, "https://emoji.example", "https://api.giphy.com")
    assert {"https://*.giphy.com", "https://unpkg.com", "https://emoji.example"} <= set(
        hosts["img-src"]
    )
    checks = {"https://www.recaptcha.net", "https://challenges.cloudflare.com"}
    assert checks <= set(hosts["script-src"])
    assert checks <= set(hosts["frame-src"])
    own = read(reaction=["https://ann.example/yes.png"]).hosts()
    assert "https://ann.example" in own["img-src"]


@pytest.mark.parametrize(
    ("link", "is_comment"),
    [
        ("#12", True),
        ("#66a1b2c3d4e5f60718293a4b", True),
        ("#the-end", False),
        ("#", False),
        ("#12x", False),
        ("#__comments", False),
    ],
)
def test_links_to_comments_are_known(link, is_comment):
    assert bool(re.search(read().embed(DUNE).comment, link)) == is_comment


OPEN = {"access-control-allow-origin": "*"}
FINE = Answer(200, OPEN, b'{"errno":0,"errmsg":"","data":[0]}')
SCRIPT = Answer(200, OPEN, b"")


def faults(server=FINE, script=SCRIPT, **options):
    def ask(url, headers=None):
        answer = server if url.startswith(SERVER) else script
        if url.startswith(SERVER):
            assert headers == {"Origin": "https://ann.example", "Referer": "https://ann.example/b/"}
        if isinstance(answer, OSError):
            raise answer
        return answer

    return list(read(**options).find_faults(ask, "https://ann.example/b/"))


def test_check_is_content_with_a_server_that_answers():
    assert faults() == []


@pytest.mark.parametrize(
    ("server", "words"),
    [
        (OSError("It is down."), ["It is down.", "`comments.server_url`"]),
        (Answer(403, OPEN, b""), ["SECURE_DOMAINS", "https://ann.example/b/"]),
        (Answer(500, OPEN, b""), ["status 500"]),
        (Answer(200, OPEN, b'{"errno":1000,"errmsg":"no database"}'), ["1000: no database"]),
        (Answer(200, OPEN, b"<!doctype html>"), ["does not answer as Waline does"]),
        (Answer(200, OPEN, b"[]"), ["does not answer as Waline does"]),
        (Answer(200, {}, FINE.body), ["Access-Control-Allow-Origin"]),
    ],
)
def test_check_says_what_is_wrong_with_the_server(server, words):
    [fault] = faults(server)
    assert all(word in fault for word in words), fault


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (OSError("It is down."), "It is down."),
        (Answer(404, OPEN, b""), "waline.js answers with status 404"),
        (Answer(200, {}, b""), "as modules"),
    ],
)
def test_check_says_what_is_wrong_with_the_script(script, words):
    [fault] = faults(script=script)
    assert words in fault
    assert fault.endswith("Try again later.")
    [fault] = faults(script=script, client="https://cdn.example/waline")
    assert fault.endswith(f"Write for example `client: {CLIENT}`.")
    assert faults(script=script, client="/assets/waline") == []


def test_check_asks_a_real_waline(tmp_path):
    waline.need_waline()
    with waline.Waline(tmp_path, "https://ann.example", only=("ann.example",)) as server:
        provider = read(server_url=server.address, client=server.client.origin)
        assert list(provider.find_faults(ask_server, "https://ann.example/b/")) == []
        [fault] = provider.find_faults(ask_server, "https://ben.example/")
        assert "SECURE_DOMAINS" in fault
        server.kill()
        [fault] = provider.find_faults(ask_server, "https://ann.example/b/")
        assert "Nothing answers" in fault


def sources():
    """Return the sources of the published client, by path."""
    mapped = json.loads((package("@waline/client@3.13.0") / "dist" / "waline.js.map").read_text())
    return dict(zip(mapped["sources"], mapped["sourcesContent"], strict=True))


def source(ending):
    return next(text for path, text in sources().items() if path.endswith(ending))


def test_options_are_those_of_the_package():
    text = (package("@waline/client@3.13.0") / "dist" / "waline.d.ts").read_text("utf-8")
    theirs = {*interface(text, "WalineProps"), *interface(text, "WalineInitOptions")}
    names = {snake_case(name) for name in theirs} - OURS
    assert names == set(Waline.model_fields) - {"client"}


def test_languages_are_those_of_the_package():
    table = re.search(r"DEFAULT_LOCALES: Locales = \{(.*?)\}", source("i18n/index.ts"), re.DOTALL)
    theirs = set(re.findall(r"^\s+'?([\w-]+)'?[:,]", table[1], re.MULTILINE))
    assert {code.lower() for code in LANGUAGES.split()} == theirs
    assert set(OTHER_LANGUAGES.values()) <= set(LANGUAGES.split())


def test_texts_are_those_of_the_package():
    table = re.search(r"localeKeys = \[(.*?)\]", source("i18n/generate.ts"), re.DOTALL)
    assert re.findall(r"'(\w+)'", table[1]) == LOCALE.split()
