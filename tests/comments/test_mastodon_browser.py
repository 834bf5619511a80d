"""Replies on Mastodon, on sites that MkDocs and Material built. The server is a stub."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from mkdocs_bookreview.comments.mastodon import Mastodon as Provider
from tests.comments import networks
from tests.comments.networks import REPLY, TEXT
from tests.comments.reader import BUTTON, LIVE, STATUS
from tests.comments.services import built
from tests.comments.services.http import route_to, status
from tests.comments.services.mastodon import (
    HOST,
    HOSTILE,
    POST,
    Conversation,
    Mastodon,
    account,
    identify,
    image,
)
from tests.comments.services.mastodon import status as reply

pytestmark = pytest.mark.browser

OTHER = "other.example"
PAGE = f"https://{HOST}/@ann/{POST}"
POSTS = {
    "Dune": PAGE,
    "Emma": f"https://{OTHER}/@ann/{POST}",
    "Beloved": f"https://{HOST}/@ann/404",
}


@pytest.fixture(scope="module")
def server():
    with Mastodon() as server:
        yield server


@pytest.fixture(scope="module")
def other():
    with Mastodon() as server:
        server.conversation = Conversation(reply(0, "<p>Emma</p>", to=None), [])
        yield server


@pytest.fixture(autouse=True)
def _behave(server):
    friendly = server.conversation
    yield
    server.behave()
    server.requests.clear()
    server.conversation = friendly


@pytest.fixture
def read(browse, server, other, tmp_path):
    """Return a function that builds and serves the site, and opens a browser for it."""

    def read(**options):
        folder = networks.build(tmp_path, {"provider": "mastodon", **options}, POSTS)
        reader = browse(
            folder, server.route, partial(route_to, pattern=f"https://{OTHER}/**", server=other)
        )
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
    return Conversation(reply(0, "<p>Post</p>", to=None), list(replies))


def test_two_requests_give_the_post_and_its_replies(read, server):
    reader = read()
    reader.open()
    assert f"Comments are hosted by Mastodon ({HOST})" in reader.text
    reader.show()
    address = f"https://{HOST}/api/v1/statuses/{POST}"
    assert sorted(reader.asked) == [address, f"{address}/context"]
    assert all("referer" not in request.headers for request in server.requests)


def test_replies_are_nested(show):
    page = show()
    outline = page.locator(LIVE).evaluate(networks.OUTLINE)
    # Fay answers a reply that is gone, so that she answers the post.
    assert outline == [
        [1, "Ben"],
        [2, "Cem"],
        [3, "Ben"],
        [1, "Dee"],
        [1, "Eva"],
        [1, "Eva"],
        [1, "Fay"],
        [2, "Gil :cat:"],
    ]


def test_a_reply_says_who_wrote_it_when_and_where(show):
    page = show()
    first = page.locator(REPLY).first
    assert first.get_attribute("id") == f"mastodon-{identify(1)}"
    links = first.locator("a").evaluate_all("all => all.map((one) => [one.href, one.rel])")
    ugc = "nofollow noopener ugc"
    assert links == [
        [f"https://{HOST}/@ben", ugc],
        [f"{page.url}#mastodon-{identify(1)}", ""],
        [f"https://{HOST}/tags/dune", ugc],
        [f"https://{HOST}/@ben/{identify(1)}", ugc],
    ]
    time = first.locator("time")
    assert time.get_attribute("datetime") == "2026-03-01T10:01:00.000Z"
    assert time.inner_text() == "Mar 1, 2026"
    assert first.locator("footer").inner_text() == "Reply · Likes: 1"
    assert first.locator("footer a").get_attribute("aria-label") == f"Reply to Ben on {HOST}"
    assert page.inner_text(".bookreview-network__by >> nth=7").split("\n")[0] == "Gil :cat:"
    assert "@gil@far.example" in page.inner_text(LIVE)
    assert "@ben@books.example" in first.inner_text()


def test_the_post_is_where_readers_answer(show):
    page = show()
    head = page.locator(".bookreview-network__head")
    assert head.inner_text().split("\n")[0].strip() == f"Reply on {HOST}"
    assert head.locator("a").get_attribute("href") == PAGE
    assert "Replies: 8" in head.inner_text()
    assert "Shared: 0" in head.inner_text()


def test_dates_are_in_the_language_of_the_site_and_recent_ones_are_ages(read, server):
    reader = read()
    page = reader.page
    page.clock.set_fixed_time("2026-03-02T12:00:00Z")
    server.conversation = after_post(
        reply(1, "<p>a</p>"),
        reply(2, "<p>b</p>", created_at="2026-03-02T10:00:00Z"),
        reply(3, "<p>c</p>", created_at="2026-02-01T10:00:00Z"),
        reply(4, "<p>d</p>", created_at="soon"),
    )
    reader.open()
    reader.show()
    assert page.locator("time").all_inner_texts() == ["Feb 1, 2026", "yesterday", "today"]


def test_warnings_are_closed_like_spoilers(show):
    page = show()
    warned = page.locator(REPLY).nth(3)
    button = warned.locator(".bookreview-spoiler button")
    assert button.inner_text() == "The end of Dune"
    assert "Leto dies" not in page.locator(LIVE).inner_text()
    button.click()
    assert "Leto dies" in warned.inner_text()
    sensitive = page.locator(REPLY).nth(5)
    assert "Seen" in sensitive.inner_text()
    assert "The last page" not in sensitive.inner_text()
    sensitive.locator(".bookreview-spoiler button").click()
    assert "The last page" in sensitive.inner_text()


def test_details_and_spoilers_in_a_reply_are_closed(show, server):
    hidden = '<p><span class="spoiler">Paul</span> <details>Chani</details></p>'
    server.conversation = after_post(reply(1, hidden))
    page = show()
    words = page.locator(TEXT).inner_text()
    assert ("Paul" in words, "Chani" in words) == (False, False)
    assert page.locator(f"{TEXT} .bookreview-spoiler").count() == 2


def test_pictures_are_links_until_the_author_wants_them(show, server):
    page = show()
    assert page.locator(f"{LIVE} img").count() == 0
    link = page.locator(f"{TEXT} a", has_text="A map of Arrakis")
    assert link.get_attribute("href") == f"https://{HOST}/media/map.png"
    assert not [path for path in server.asked if path.endswith(".png")]


def test_pictures_have_words_and_come_late(show, server):
    server.conversation = after_post(
        reply(1, "<p>a</p>", media_attachments=[image("a", "A map"), image("b", None)])
    )
    page = show(avatars=True, media=True)
    seen = page.locator(f"{LIVE} img").evaluate_all(
        "all => all.map((one) => [one.alt, one.loading])"
    )
    assert seen == [["", "lazy"], ["A map", "lazy"], ["Picture", "lazy"]]


@pytest.mark.parametrize(("sort", "names"), [("newest", "cba"), ("liked", "bca")])
def test_replies_are_sorted(show, server, sort, names):
    server.conversation = after_post(
        reply(1, "<p>a</p>", favourites_count=0),
        reply(2, "<p>b</p>", favourites_count=7),
        reply(3, "<p>c</p>", favourites_count=3),
    )
    page = show(sort=sort)
    assert "".join(page.locator(TEXT).all_inner_texts()) == names


def test_accounts_and_replies_can_be_hidden(show):
    hide = ["@Ben@books.example", f"https://{HOST}/@dee/{identify(4)}", "gil@far.example"]
    page = show(hide=hide)
    names = page.locator(f"{REPLY} header a:first-child").all_inner_texts()
    # Cem answered Ben, and answers the post now.
    assert names == ["Cem", "Eva", "Eva", "Fay"]


def test_deep_replies_are_not_indented_for_ever(show, server):
    server.conversation = HOSTILE["deep"]
    page = show(depth=3)
    page.wait_for_function(f"document.querySelectorAll('{REPLY}').length === 200")
    depth = page.locator(LIVE).evaluate("live => live.querySelectorAll('ol ol ol ol').length")
    assert depth == 1
    assert (
        page.locator(LIVE).evaluate("live => live.querySelectorAll('ol ol ol ol ol').length") == 0
    )
    fifth = page.locator(REPLY).nth(4)
    assert fifth.locator("p").first.inner_text() == "in reply to Ann"
    assert page.locator(REPLY).nth(3).locator("p").first.inner_text() == "Level 4"


def test_many_replies_come_bit_by_bit(read, server):
    server.conversation = HOSTILE["many"]
    reader = read()
    page = reader.page
    page.clock.install()
    reader.open()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    reader.show()
    # The rest waits for timers, so that the browser can do something else between.
    assert page.locator(REPLY).count() == 50
    page.clock.run_for(10_000)
    page.wait_for_function(f"document.querySelectorAll('{REPLY}').length === 2000")
    numbers = {text.split()[-1] for text in page.locator(TEXT).all_inner_texts()}
    assert numbers == {str(number) for number in range(1, 2001)}
    assert f"More replies on {HOST}" in page.inner_text(LIVE)


def test_leaving_ends_what_is_still_drawn(read, server):
    server.conversation = HOSTILE["many"]
    reader = read()
    page = reader.page
    page.clock.install()
    reader.open()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    reader.show()
    assert page.locator(REPLY).count() == 50
    page.clock.resume()
    reader.visit("Emma")
    page.clock.run_for(60_000)
    assert page.locator(REPLY).count() == 0


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - {"many", "deep"}))
def test_hostile_answers_do_no_harm(show, server, name):
    server.conversation = HOSTILE[name]
    page = show(avatars=True, media=True)
    assert page.locator(LIVE).evaluate(networks.HARM) == []
    for button in page.locator(".bookreview-comments .bookreview-spoiler > button").all()[:20]:
        button.click()
    page.wait_for_timeout(100)


@pytest.mark.parametrize(
    ("name", "count"), [("circle", 2), ("itself", 1), ("no list", 0), ("no replies", 0)]
)
def test_wrong_threads_show_each_reply_once(show, server, name, count):
    server.conversation = HOSTILE[name]
    page = show()
    assert page.locator(REPLY).count() == count
    assert ("No replies yet." in page.inner_text(LIVE)) == (not count)


def test_private_replies_are_not_shown(show, server):
    server.conversation = after_post(
        reply(1, "<p>a</p>", visibility="direct"), reply(2, "<p>b</p>", visibility="unlisted")
    )
    page = show()
    assert page.locator(TEXT).all_inner_texts() == ["b"]


def test_a_name_is_text(show, server):
    server.conversation = after_post(
        reply(1, "<p>a</p>", account=account("eve", display_name="<b>Eve</b> &amp;"))
    )
    page = show()
    assert page.locator(f"{REPLY} bdi").first.inner_text() == "<b>Eve</b> &amp;"


def test_pages_have_their_own_servers_and_the_style_once(read):
    reader = read()
    page = reader.page
    reader.open()
    reader.show()
    reader.visit("Emma")
    reader.show()
    assert page.inner_text(f"{LIVE} .bookreview-network__below") == "No replies yet."
    assert f"Reply on {OTHER}" in page.inner_text(LIVE)
    reader.visit("Dune")
    reader.show()
    assert page.locator(REPLY).count() == 8
    assert page.locator("link[href*=network]").count() == 1


def test_a_link_to_a_late_reply_waits_for_it(read, server):
    server.conversation = HOSTILE["many"]
    reader = read()
    reader.open(rest=f"#mastodon-{identify(1500)}")
    reader.wait("ready")
    reader.page.wait_for_function(
        "id => document.getElementById(id)?.getBoundingClientRect().top < innerHeight",
        arg=f"mastodon-{identify(1500)}",
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (status(500), f"{HOST} does not answer"),
        (status(404), f"The post was deleted, or {HOST} does not show it to everyone."),
        (status(401), f"The post was deleted, or {HOST} does not show it to everyone."),
    ],
)
def test_a_failure_says_what_is_wrong_and_leads_to_the_post(read, server, how, words):
    server.misbehave("/api/*", how)
    reader = read()
    reader.open()
    reader.click()
    reader.wait("failed")
    assert words in reader.status
    assert reader.page.locator(f"{STATUS} a").get_attribute("href") == PAGE


def policy(site, **options):
    hosts = Provider(**options).hosts_of(POSTS.values())
    named = {name.replace("-", "_"): " ".join(sources) for name, sources in hosts.items()}
    named["connect_src"] = f"'self' {named['connect_src']}"
    return built.policy(site.folder, **named)


def test_the_hosts_are_enough_for_pictures(read):
    options = {"avatars": True, "media": True}
    reader = read(**options)
    page = reader.page
    reader.site.headers["Content-Security-Policy"] = policy(reader.site, **options)
    broken = []
    page.on("console", lambda line: broken.append(line.text) if HOST in line.text else None)
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


def test_right_to_left(show, server):
    server.conversation = after_post(
        reply(1, "<p>שלום</p>", language="he"), reply(2, "<p>Hello</p>", to=1)
    )
    page = show()
    page.evaluate("document.documentElement.dir = 'rtl'")
    first = page.locator(TEXT).first
    assert first.get_attribute("lang") == "he"
    assert first.evaluate("n => getComputedStyle(n).direction") == "rtl"
    assert page.locator(TEXT).nth(1).evaluate("n => getComputedStyle(n).direction") == "ltr"
    inner = page.locator(f"{LIVE} ol ol").bounding_box()
    outer = page.locator(f"{LIVE} > div > ol").bounding_box()
    assert inner["x"] + inner["width"] == pytest.approx(outer["x"] + outer["width"], abs=1)


def test_replies_can_be_reached_by_keyboard(read):
    reader = read()
    page = reader.page
    reader.open()
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    reader.wait("ready")
    seen = []
    for _ in range(5):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert seen[0] == f"Reply on {HOST}"
    assert seen[1:4] == ["Ben", "Mar 1, 2026", "#dune"]
    assert re.match("Reply", seen[4])
