"""Replies on Mastodon, on sites that MkDocs and Material built. The server is a stub."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from mkdocs_bookreview.comments.mastodon import Mastodon as Provider
from tests.comments import networks
from tests.comments.reader import BUTTON, SECTION, STATUS
from tests.comments.sections import LIVE, note_errors, note_strangers, show, state, wait_for
from tests.comments.services import built
from tests.comments.services.http import Slow, StaticSite, reset, route_to, silent, status
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
REPLY = ".bookreview-network__reply"
TEXT = ".bookreview-network__text"


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
def publish(tmp_path_factory):
    served = []

    def serve(**options):
        comments = {"provider": "mastodon", **options}
        site = StaticSite(networks.build(tmp_path_factory.mktemp("site"), comments, POSTS))
        served.append(site.__enter__())
        return site

    yield serve
    for site in served:
        site.__exit__()


@pytest.fixture
def page(browser, server, other):
    context = browser.new_context()
    server.route(context)
    route_to(context, f"https://{OTHER}/**", other)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script("window.attack = (word) => { throw new Error(`attack: ${word}`); };")
    errors = note_errors(page)
    yield page
    assert errors == []
    context.close()


def dune(site):
    return f"{site.address}reviews/dune/"


def open_dune(page, site):
    page.goto(dune(site))
    show(page)


def after_post(*replies):
    return Conversation(reply(0, "<p>Post</p>", to=None), list(replies))


def test_nobody_is_asked_before_the_click(publish, page, server):
    site = publish()
    strangers = note_strangers(page, site.origin)
    page.goto(dune(site))
    page.wait_for_timeout(200)
    assert (state(page), strangers) == ("waiting", [])
    assert f"Comments are hosted by Mastodon ({HOST})" in page.inner_text(SECTION)
    show(page)
    address = f"https://{HOST}/api/v1/statuses/{POST}"
    assert sorted(strangers) == [address, f"{address}/context"]
    assert all("referer" not in request.headers for request in server.requests)


def test_replies_are_nested(publish, page):
    open_dune(page, publish())
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


def test_a_reply_says_who_wrote_it_when_and_where(publish, page):
    open_dune(page, publish())
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


def test_the_post_is_where_readers_answer(publish, page):
    open_dune(page, publish())
    head = page.locator(".bookreview-network__head")
    assert head.inner_text().split("\n")[0].strip() == f"Reply on {HOST}"
    assert head.locator("a").get_attribute("href") == PAGE
    assert "Replies: 8" in head.inner_text()
    assert "Shared: 0" in head.inner_text()


def test_dates_are_in_the_language_of_the_site_and_recent_ones_are_ages(publish, page, server):
    page.clock.set_fixed_time("2026-03-02T12:00:00Z")
    server.conversation = after_post(
        reply(1, "<p>a</p>"),
        reply(2, "<p>b</p>", created_at="2026-03-02T10:00:00Z"),
        reply(3, "<p>c</p>", created_at="2026-02-01T10:00:00Z"),
        reply(4, "<p>d</p>", created_at="soon"),
    )
    open_dune(page, publish())
    assert page.locator("time").all_inner_texts() == ["Feb 1, 2026", "yesterday", "today"]


def test_warnings_are_closed_like_spoilers(publish, page):
    open_dune(page, publish())
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


def test_details_and_spoilers_in_a_reply_are_closed(publish, page, server):
    hidden = '<p><span class="spoiler">Paul</span> <details>Chani</details></p>'
    server.conversation = after_post(reply(1, hidden))
    open_dune(page, publish())
    words = page.locator(TEXT).inner_text()
    assert ("Paul" in words, "Chani" in words) == (False, False)
    assert page.locator(f"{TEXT} .bookreview-spoiler").count() == 2


def test_pictures_are_links_until_the_author_wants_them(publish, page, server):
    open_dune(page, publish())
    assert page.locator(f"{LIVE} img").count() == 0
    link = page.locator(f"{TEXT} a", has_text="A map of Arrakis")
    assert link.get_attribute("href") == f"https://{HOST}/media/map.png"
    assert not [path for path in server.asked if path.endswith(".png")]


def test_pictures_have_words_and_come_late(publish, page, server):
    server.conversation = after_post(
        reply(1, "<p>a</p>", media_attachments=[image("a", "A map"), image("b", None)])
    )
    open_dune(page, publish(avatars=True, media=True))
    seen = page.locator(f"{LIVE} img").evaluate_all(
        "all => all.map((one) => [one.alt, one.loading])"
    )
    assert seen == [["", "lazy"], ["A map", "lazy"], ["Picture", "lazy"]]


@pytest.mark.parametrize(("sort", "names"), [("newest", "cba"), ("liked", "bca")])
def test_replies_are_sorted(publish, page, server, sort, names):
    server.conversation = after_post(
        reply(1, "<p>a</p>", favourites_count=0),
        reply(2, "<p>b</p>", favourites_count=7),
        reply(3, "<p>c</p>", favourites_count=3),
    )
    open_dune(page, publish(sort=sort))
    assert "".join(page.locator(TEXT).all_inner_texts()) == names


def test_accounts_and_replies_can_be_hidden(publish, page):
    hide = ["@Ben@books.example", f"https://{HOST}/@dee/{identify(4)}", "gil@far.example"]
    open_dune(page, publish(hide=hide))
    names = page.locator(f"{REPLY} header a:first-child").all_inner_texts()
    # Cem answered Ben, and answers the post now.
    assert names == ["Cem", "Eva", "Eva", "Fay"]


def test_deep_replies_are_not_indented_for_ever(publish, page, server):
    server.conversation = HOSTILE["deep"]
    open_dune(page, publish(depth=3))
    page.wait_for_function(f"document.querySelectorAll('{REPLY}').length === 200")
    depth = page.locator(LIVE).evaluate("live => live.querySelectorAll('ol ol ol ol').length")
    assert depth == 1
    assert (
        page.locator(LIVE).evaluate("live => live.querySelectorAll('ol ol ol ol ol').length") == 0
    )
    fifth = page.locator(REPLY).nth(4)
    assert fifth.locator("p").first.inner_text() == "in reply to Ann"
    assert page.locator(REPLY).nth(3).locator("p").first.inner_text() == "Level 4"


def test_many_replies_come_bit_by_bit(publish, page, server):
    server.conversation = HOSTILE["many"]
    page.clock.install()
    page.goto(dune(publish()))
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    show(page)
    # The rest waits for timers, so that the browser can do something else between.
    assert page.locator(REPLY).count() == 50
    page.clock.run_for(10_000)
    page.wait_for_function(f"document.querySelectorAll('{REPLY}').length === 2000")
    numbers = {text.split()[-1] for text in page.locator(TEXT).all_inner_texts()}
    assert numbers == {str(number) for number in range(1, 2001)}
    assert f"More replies on {HOST}" in page.inner_text(LIVE)


def test_leaving_ends_what_is_still_drawn(publish, page, server):
    server.conversation = HOSTILE["many"]
    page.clock.install()
    page.goto(dune(publish()))
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    show(page)
    assert page.locator(REPLY).count() == 50
    page.clock.resume()
    built.visit(page, "Emma")
    page.clock.run_for(60_000)
    assert page.locator(REPLY).count() == 0


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - {"many", "deep"}))
def test_hostile_answers_do_no_harm(publish, page, server, name):
    server.conversation = HOSTILE[name]
    page.goto(dune(publish(avatars=True, media=True)))
    show(page)
    assert page.locator(LIVE).evaluate(networks.HARM) == []
    for button in page.locator(".bookreview-comments .bookreview-spoiler > button").all()[:20]:
        button.click()
    page.wait_for_timeout(100)


@pytest.mark.parametrize(
    ("name", "count"), [("circle", 2), ("itself", 1), ("no list", 0), ("no replies", 0)]
)
def test_wrong_threads_show_each_reply_once(publish, page, server, name, count):
    server.conversation = HOSTILE[name]
    open_dune(page, publish())
    assert page.locator(REPLY).count() == count
    assert ("No replies yet." in page.inner_text(LIVE)) == (not count)


def test_private_replies_are_not_shown(publish, page, server):
    server.conversation = after_post(
        reply(1, "<p>a</p>", visibility="direct"), reply(2, "<p>b</p>", visibility="unlisted")
    )
    open_dune(page, publish())
    assert page.locator(TEXT).all_inner_texts() == ["b"]


def test_a_name_is_text(publish, page, server):
    server.conversation = after_post(
        reply(1, "<p>a</p>", account=account("eve", display_name="<b>Eve</b> &amp;"))
    )
    open_dune(page, publish())
    assert page.locator(f"{REPLY} bdi").first.inner_text() == "<b>Eve</b> &amp;"


def test_each_page_has_its_own_replies(publish, page):
    page.goto(dune(publish()))
    show(page)
    for _ in range(10):
        built.visit(page, "Emma")
        show(page)
        assert page.inner_text(f"{LIVE} .bookreview-network__below") == "No replies yet."
        assert f"Reply on {OTHER}" in page.inner_text(LIVE)
        built.visit(page, "Dune")
        show(page)
        assert page.locator(REPLY).count() == 8
    assert page.locator("link[href*=network]").count() == 1


def test_a_link_to_a_late_reply_waits_for_it(publish, page, server):
    server.conversation = HOSTILE["many"]
    page.goto(f"{dune(publish())}#mastodon-{identify(1500)}")
    wait_for(page, "ready")
    page.wait_for_function(
        "id => document.getElementById(id)?.getBoundingClientRect().top < innerHeight",
        arg=f"mastodon-{identify(1500)}",
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (reset, f"{HOST} does not answer"),
        (status(500), f"{HOST} does not answer"),
        (silent("no JSON"), f"{HOST} does not answer"),
        (status(404), f"The post was deleted, or {HOST} does not show it to everyone."),
        (status(401), f"The post was deleted, or {HOST} does not show it to everyone."),
    ],
)
def test_a_failure_is_said_and_can_be_tried_again(publish, page, server, how, words):
    server.misbehave("/api/*", how)
    page.goto(dune(publish()))
    page.click(BUTTON)
    wait_for(page, "failed")
    assert words in page.inner_text(STATUS)
    assert page.locator(f"{STATUS} a").get_attribute("href") == PAGE
    server.behave()
    show(page)
    assert page.locator(REPLY).count() == 8


def test_what_comes_late_is_welcome(publish, page, server):
    page.clock.install()
    slow = server.misbehave("/api/*", Slow())
    page.goto(dune(publish()))
    with page.expect_request("**/context"):
        page.click(BUTTON)
    page.clock.run_for(16_000)
    assert state(page) == "failed"
    slow.release()
    wait_for(page, "ready")


def policy(site, **options):
    hosts = Provider(**options).hosts_of(POSTS.values())
    named = {name.replace("-", "_"): " ".join(sources) for name, sources in hosts.items()}
    named["connect_src"] = f"'self' {named['connect_src']}"
    return built.policy(site.folder, **named)


def test_the_hosts_are_enough(publish, page):
    options = {"avatars": True, "media": True}
    site = publish(**options)
    site.headers["Content-Security-Policy"] = policy(site, **options)
    broken = []
    page.on("console", lambda line: broken.append(line.text) if HOST in line.text else None)
    open_dune(page, site)
    page.locator(f"{LIVE} img").first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.bookreview-comments img').naturalWidth > 0")
    assert broken == []


def test_what_the_site_forbids_is_said(publish, page):
    site = publish()
    site.headers["Content-Security-Policy"] = "connect-src 'self'"
    page.goto(dune(site))
    page.click(BUTTON)
    wait_for(page, "failed")
    assert f"this site does not let your browser use {HOST}" in page.inner_text(STATUS)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_colours_follow_the_page_and_axe_finds_nothing(publish, page, scheme):
    open_dune(page, publish(avatars=True, media=True))
    if scheme == "slate":
        assert built.toggle_palette(page) == "slate"
    page.locator(".bookreview-spoiler button").first.click()
    networks.check_axe(page)


def test_right_to_left(publish, page, server):
    server.conversation = after_post(
        reply(1, "<p>שלום</p>", language="he"), reply(2, "<p>Hello</p>", to=1)
    )
    open_dune(page, publish())
    page.evaluate("document.documentElement.dir = 'rtl'")
    first = page.locator(TEXT).first
    assert first.get_attribute("lang") == "he"
    assert first.evaluate("n => getComputedStyle(n).direction") == "rtl"
    assert page.locator(TEXT).nth(1).evaluate("n => getComputedStyle(n).direction") == "ltr"
    inner = page.locator(f"{LIVE} ol ol").bounding_box()
    outer = page.locator(f"{LIVE} > div > ol").bounding_box()
    assert inner["x"] + inner["width"] == pytest.approx(outer["x"] + outer["width"], abs=1)


def test_replies_can_be_reached_by_keyboard(publish, page):
    page.goto(dune(publish()))
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    wait_for(page, "ready")
    seen = []
    for _ in range(5):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert seen[0] == f"Reply on {HOST}"
    assert seen[1:4] == ["Ben", "Mar 1, 2026", "#dune"]
    assert re.match("Reply", seen[4])
