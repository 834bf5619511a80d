"""Replies on Bluesky, on sites that MkDocs and Material built. The server is a stub."""

from datetime import UTC, datetime, timedelta

import pytest

from mkdocs_bookreview.comments.bluesky import Bluesky as Provider
from tests.comments import networks
from tests.comments.networks import REPLY, TEXT
from tests.comments.reader import LIVE, STATUS
from tests.comments.services import built
from tests.comments.services.bluesky import (
    API,
    DID,
    HANDLE,
    HOSTILE,
    PAGE,
    PICTURES,
    Bluesky,
    author,
    images,
    label,
    link,
    post,
    thread,
)
from tests.comments.services.http import data, status

pytestmark = pytest.mark.browser

POSTS = {
    "Dune": PAGE,
    "Emma": f"https://bsky.app/profile/{DID}/post/3ldune",
    "Beloved": f"https://bsky.app/profile/{HANDLE}/post/gone",
}


@pytest.fixture(scope="module")
def server():
    with Bluesky() as server:
        yield server


@pytest.fixture(autouse=True)
def _behave(server):
    friendly = server.conversation
    yield
    server.behave()
    server.requests.clear()
    server.conversation = friendly
    server.ignores_depth = False


@pytest.fixture
def read(browse, server, tmp_path):
    """Return a function that builds and serves the site, and opens a browser for it."""

    def read(**options):
        folder = networks.build(tmp_path, {"provider": "bluesky", **options}, POSTS)
        reader = browse(folder, server.route)
        reader.page.add_init_script(networks.ATTACK)
        return reader

    return read


@pytest.fixture
def show(read):
    """Return a function that does the same, and shows the comments on Dune."""

    def show(**options):
        reader = read(**options)
        reader.open()
        reader.show()
        return reader.page

    return show


def after_post(*replies):
    return thread(post(0, "I reviewed Dune."), *replies)


def test_one_request_gives_the_post_and_its_replies(read, server):
    reader = read()
    reader.open()
    assert f"Comments are hosted by Bluesky ({API})" in reader.text
    reader.show()
    [asked] = server.requests
    assert asked.path == "/xrpc/app.bsky.feed.getPostThread"
    assert asked.query["uri"] == f"at://{HANDLE}/app.bsky.feed.post/3ldune"
    assert len(reader.asked) == 1


def test_replies_are_nested_and_gaps_are_left_out(show):
    page = show()
    outline = page.locator(LIVE).evaluate(networks.OUTLINE)
    assert outline == [
        [1, "Ben"],
        [2, "Cem"],
        [3, "Ben"],
        [1, "Dee"],
        [1, "Eva"],
        [1, "Eva"],
        [1, "Fay"],
    ]
    assert "Replies: 7" in page.inner_text(LIVE)


def test_a_reply_says_who_wrote_it_when_and_where(show):
    page = show()
    first = page.locator(REPLY).first
    assert first.get_attribute("id") == "bluesky-3l1"
    links = first.locator("a").evaluate_all("all => all.map((one) => one.href)")
    assert links == [
        "https://bsky.app/profile/did:plc:ben",
        f"{page.url}#bluesky-3l1",
        "https://bsky.app/profile/did:plc:ben/post/3l1",
    ]
    assert first.locator("footer a").get_attribute("aria-label") == "Reply to Ben on bsky.app"
    assert first.locator(TEXT).inner_text() == "The desert is the hero.\nAnd the worms!"
    head = page.locator(".bookreview-network__head a")
    assert (head.inner_text(), head.get_attribute("href")) == ("Reply on bsky.app", PAGE)


def test_links_are_where_their_bytes_are(show):
    page = show()
    found = page.locator(REPLY).nth(3).locator(f"{TEXT} a")
    assert found.inner_text() == "the glossary"
    assert found.get_attribute("href") == "https://books.example/glossary"
    assert found.get_attribute("rel") == "nofollow noopener ugc"


def test_mentions_and_tags_lead_to_the_network(show, server):
    words = "Hi @ben, see #dune and #50%"
    facets = [
        *link(words, "@ben", "")["facets"],
        *link(words, "#dune", "")["facets"],
        *link(words, "#50%", "")["facets"],
    ]
    facets[0]["features"] = [{"$type": "x#mention", "did": "did:plc:ben"}]
    facets[1]["features"] = [{"$type": "x#tag", "tag": "dune"}]
    facets[2]["features"] = [{"$type": "x#tag", "tag": "50%"}]
    server.conversation = after_post(thread(post(1, words, record={"facets": facets})))
    page = show()
    links = page.locator(f"{TEXT} a").evaluate_all("all => all.map((one) => one.href)")
    assert links == [
        "https://bsky.app/profile/did:plc:ben",
        "https://bsky.app/hashtag/dune",
        "https://bsky.app/hashtag/50%25",
    ]
    assert page.locator(TEXT).inner_text() == words


def test_labelled_replies_are_closed_like_spoilers(show):
    page = show()
    spoiler = page.locator(REPLY).nth(4)
    button = spoiler.locator(".bookreview-spoiler button")
    assert (button.inner_text(), "Leto" in spoiler.inner_text()) == ("spoiler", False)
    button.click()
    assert "Leto dies." in spoiler.inner_text()
    warned = page.locator(REPLY).nth(6).locator(".bookreview-spoiler button")
    assert warned.inner_text() == "sensitive content"


def test_who_wants_to_be_read_by_members_only_is_not_shown(show, server):
    shy = author("shy", labels=[label("!no-unauthenticated")])
    server.conversation = after_post(
        thread(post(1, "a", author=shy), thread(post(2, "b", "ben"))),
        thread(post(3, "c", labels=[label("!hide")])),
        thread(post(4, "d", labels=[{**label("porn"), "neg": True}])),
    )
    page = show()
    assert page.locator(TEXT).all_inner_texts() == ["b", "d"]


def test_replies_that_the_author_hid_there_are_hidden_here(show, server):
    hidden = post(1, "a", "ben")
    answer = {
        "thread": after_post(thread(hidden), thread(post(2, "b"))),
        "threadgate": {"record": {"hiddenReplies": [hidden["uri"]]}},
    }
    server.misbehave("/xrpc/*", lambda _: data(answer).plus(Access_Control_Allow_Origin="*"))
    page = show()
    assert page.locator(TEXT).all_inner_texts() == ["b"]


def test_accounts_can_be_hidden(show):
    hide = ["@ben.example", "did:plc:dee", "https://bsky.app/profile/did:plc:eva/post/3l5"]
    page = show(hide=hide)
    names = page.locator(f"{REPLY} header a:first-child").all_inner_texts()
    assert names == ["Cem", "Eva", "Fay"]


def test_pictures_are_links_until_the_author_wants_them(show, server):
    page = show()
    assert page.locator(f"{LIVE} img").count() == 0
    found = page.locator(f"{TEXT} a", has_text="A map of Arrakis")
    assert found.get_attribute("href") == f"https://{PICTURES}/img/map@jpeg"
    assert server.asked[-1].startswith("/xrpc/")


def test_pictures_have_words(show, server):
    server.conversation = after_post(thread(post(1, "a", "ben", embed=images("A map"))))
    page = show(avatars=True, media=True)
    alts = page.locator(f"{LIVE} img").evaluate_all("all => all.map((one) => one.alt)")
    assert alts == ["", "A map"]


def test_attached_pages_and_films_are_links(show, server):
    external = {"uri": "https://books.example/map", "title": "A map"}
    film = {"$type": "app.bsky.embed.video#view", "playlist": "https://a.example/x", "alt": "Film"}
    both = {"media": {"external": {"uri": "https://books.example/end"}}, "record": {}}
    embeds = [{"external": external}, film, both, "text", {"images": "text"}]
    made = [thread(post(n, "a", "ben", embed=one)) for n, one in enumerate(embeds, 1)]
    server.conversation = after_post(*made)
    page = show()
    found = page.locator(f"{TEXT} a").evaluate_all("all => all.map((one) => [one.href, one.text])")
    assert found == [
        ["https://books.example/map", "A map"],
        ["https://bsky.app/profile/did:plc:ben/post/3l2", "Film"],
        ["https://books.example/end", "https://books.example/end"],
    ]


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - {"many", "deep", "gone", "blocked"}))
def test_hostile_answers_do_no_harm(show, server, name):
    server.conversation = HOSTILE[name]
    page = show(avatars=True, media=True)
    assert page.locator(LIVE).evaluate(networks.HARM) == []
    for button in page.locator(".bookreview-comments .bookreview-spoiler > button").all()[:20]:
        button.click()
    page.wait_for_timeout(100)


@pytest.mark.parametrize("name", ["gone", "blocked"])
def test_a_post_that_is_gone_is_said(read, server, name):
    server.conversation = HOSTILE[name]
    reader = read()
    reader.open()
    reader.click()
    reader.wait("failed")
    assert "The post was deleted" in reader.status
    assert reader.page.locator(f"{STATUS} a").get_attribute("href") == PAGE


def test_deep_replies_are_not_indented_for_ever(show, server):
    server.conversation = HOSTILE["deep"]
    server.ignores_depth = True
    page = show(depth=2)
    page.wait_for_function(f"document.querySelectorAll('{REPLY}').length === 200")
    assert page.locator(LIVE).evaluate("live => live.querySelectorAll('ol ol ol').length") == 1
    assert page.locator(LIVE).evaluate("live => live.querySelectorAll('ol ol ol ol').length") == 0


def test_what_is_deeper_than_the_server_tells_is_on_the_network(show, server):
    nested = {**thread(post(1, "a", replyCount=3))}
    del nested["replies"]
    server.conversation = after_post(nested)
    page = show()
    more = page.locator(".bookreview-network__below a")
    assert (more.inner_text(), more.get_attribute("href")) == ("More replies on bsky.app", PAGE)


def test_many_replies_come_bit_by_bit(read, server):
    server.conversation = HOSTILE["many"]
    reader = read()
    page = reader.page
    page.clock.install()
    reader.open()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    reader.show()
    assert page.locator(REPLY).count() == 50
    page.clock.run_for(10_000)
    page.wait_for_function(f"document.querySelectorAll('{REPLY}').length === 2000")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (status(502), f"{API} does not answer"),
        (status(400), f"The post was deleted, or {API} does not show it to everyone."),
    ],
)
def test_a_failure_says_what_is_wrong(read, server, how, words):
    server.misbehave("/xrpc/*", how)
    reader = read()
    reader.open()
    reader.click()
    reader.wait("failed")
    assert words in reader.status


def test_the_hosts_are_enough_for_pictures(read):
    options = {"avatars": True, "media": True}
    reader = read(**options)
    page, site = reader.page, reader.site
    hosts = Provider(**options).hosts()
    site.headers["Content-Security-Policy"] = built.policy(
        site.folder,
        connect_src=f"'self' {' '.join(hosts['connect-src'])}",
        img_src=" ".join(hosts["img-src"]),
    )
    broken = []
    page.on("console", lambda line: broken.append(line.text) if "bsky" in line.text else None)
    reader.open()
    reader.show()
    page.locator(f"{LIVE} img").first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.bookreview-comments img').naturalWidth > 0")
    assert broken == []


def test_opened_spoilers_and_pictures_have_no_fault_that_axe_knows(read):
    reader = read(avatars=True, media=True)
    reader.open()
    reader.show()
    reader.page.locator(".bookreview-spoiler button").first.click()
    assert reader.find_faults() == []
    assert built.toggle_palette(reader.page) == "slate"
    assert reader.find_faults() == []
