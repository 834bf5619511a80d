"""Any service by its snippet, on sites that MkDocs and Material built. The services are stubs."""

import pytest

from mkdocs_bookreview.comments.custom import Custom
from tests.comments.sections import (
    BUTTON,
    LIVE,
    SECTION,
    STATUS,
    note_errors,
    note_strangers,
    policy,
    show,
    state,
    wait_for,
)
from tests.comments.services.built import build_site, toggle_palette, visit
from tests.comments.services.http import Server, Slow, StaticSite, html, no_frames, script, status

pytestmark = pytest.mark.browser

# Fills its element at once, as services in the document of the page do.
INLINE = """(() => {
  const place = document.getElementById("talk");
  const { thread, title, theme, url } = place.dataset;
  const words = [thread, title, theme, url, document.currentScript.dataset.language];
  place.append(Object.assign(document.createElement("p"), { textContent: words.join(" | ") }));
  window.runs = (window.runs ?? 0) + 1;
})();"""

FRAMED = """document.getElementById("talk").append(
  Object.assign(document.createElement("iframe"), {
    src: new URL("/frame", document.currentScript.src).href, title: "Talk",
  }));"""

ELEMENT = """customElements.define("talk-box", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: this.getAttribute("mode") });
    setTimeout(() => { root.innerHTML = `<p>Thread ${this.getAttribute("thread")}</p>`; }, 50);
  }
});"""

DIV = (
    '<div id="talk" data-thread="{thread}" data-title="{title}" data-theme="{theme}"'
    ' data-url="{url}"></div>'
)


@pytest.fixture(scope="module")
def talk():
    with Server() as server:
        yield server


@pytest.fixture(autouse=True)
def _behave(talk):
    yield
    talk.behave()
    talk.requests.clear()
    talk.up()


def options(talk, path="/inline.js", **more):
    talk.pages = {
        "/inline.js": script(INLINE),
        "/module.js": script(INLINE.replace("document.currentScript.dataset.language", "'m'")),
        "/framed.js": script(FRAMED),
        "/element.js": script(ELEMENT),
        "/frame": html("<p>Comments<script>parent.postMessage('hello', '*')</script>"),
    }
    named = {"provider": "custom", "name": "Talk", "script": f"{talk.origin}{path}"}
    return {**named, "element": DIV, "attributes": {"data-language": "{language}"}, **more}


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.errors = note_errors(page)
    yield page
    assert page.errors == []
    context.close()


@pytest.fixture
def publish(tmp_path_factory):
    """Build and serve a site with these options of comments; return its server."""
    served = []

    def serve(comments):
        site = StaticSite(build_site(tmp_path_factory.mktemp("site"), comments))
        served.append(site.__enter__())
        return site

    yield serve
    for site in served:
        site.__exit__()


def dune(site):
    return f"{site.address}reviews/dune/"


def test_nobody_is_asked_before_the_click(talk, publish, page):
    site = publish(options(talk))
    strangers = note_strangers(page, site.origin)
    page.goto(dune(site))
    page.wait_for_timeout(200)
    assert (state(page), strangers) == ("waiting", [])
    assert "Comments are hosted by Talk (127.0.0.1" in page.inner_text(SECTION)
    show(page)
    words = page.inner_text("#talk").split(" | ")
    assert words[:3] == ["/dune-frank-herbert/", "Dune", "light"]
    assert words[3:] == [dune(site), "en"]
    assert page.locator(LIVE).get_attribute("inert") is None


@pytest.mark.parametrize("load", ["visible", "immediate"])
def test_it_loads_unasked_if_the_author_wants_it(talk, publish, page, load):
    site = publish(options(talk, load=load, guard=False))
    page.goto(dune(site))
    page.locator(SECTION).scroll_into_view_if_needed()
    wait_for(page, "ready")
    assert page.locator("#talk p").is_visible()


def test_comments_that_came_unasked_are_covered(talk, publish, page):
    page.goto(dune(publish(options(talk, load="immediate"))))
    wait_for(page, "ready")
    assert page.locator(LIVE).get_attribute("inert") is not None
    page.click(BUTTON)
    assert page.locator("#talk p").is_visible()


def test_a_dark_page_is_told_when_comments_are_mounted(talk, publish, page):
    page.goto(dune(publish(options(talk))))
    assert toggle_palette(page) == "slate"
    show(page)
    assert "| dark |" in page.inner_text("#talk")


@pytest.mark.parametrize("path", ["/inline.js", "/module.js"])
def test_each_page_has_its_own_thread(talk, publish, page, path):
    site = publish(options(talk, path, module=path == "/module.js"))
    page.goto(dune(site))
    for _ in range(10):
        for title in ("Emma", "Dune"):
            visit(page, title)
            show(page)
            assert page.inner_text("#talk").startswith(f"/{title.lower()}-")
    assert page.locator("#talk").count() == 1
    assert page.evaluate("runs") == 20


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_an_element_is_defined_once(talk, publish, page, mode):
    box = f'<talk-box thread="{{thread}}" mode="{mode}"></talk-box>'
    site = publish(options(talk, "/element.js", module=True, element=box))
    page.goto(dune(site))
    show(page)
    visit(page, "Emma")
    show(page)
    assert page.get_attribute("talk-box", "thread") == "/emma-jane-austen/"
    assert page.locator("talk-box").bounding_box()["height"] > 0
    assert talk.asked == ["/element.js"]


def test_a_frame_is_ready_when_it_speaks(talk, publish, page):
    site = publish(options(talk, "/framed.js"))
    slow = talk.misbehave("/frame", Slow())
    page.goto(dune(site))
    page.click(BUTTON)
    slow.until_asked()
    page.wait_for_timeout(200)
    assert state(page) == "loading"
    slow.release()
    wait_for(page, "ready")


@pytest.mark.parametrize("how", [status(404), no_frames])
def test_an_error_page_in_a_frame_is_a_failure(talk, publish, page, how):
    page.clock.install()
    site = publish(options(talk, "/framed.js"))
    talk.misbehave("/frame", how)
    page.goto(dune(site))
    page.click(BUTTON)
    page.wait_for_selector("#talk iframe", state="attached")
    page.wait_for_timeout(200)
    page.clock.run_for(16_000)
    assert state(page) == "failed"
    assert "does not answer" in page.inner_text(STATUS)


def test_a_failure_can_be_tried_again(talk, publish, page):
    site = publish(options(talk))
    talk.down()
    page.goto(dune(site))
    page.click(BUTTON)
    wait_for(page, "failed")
    talk.up()
    assert page.inner_text(BUTTON) == "Try again"
    show(page)
    assert page.locator("#talk p").count() == 1


def test_what_comes_late_is_welcome(talk, publish, page):
    page.clock.install()
    site = publish(options(talk))
    slow = talk.misbehave("/inline.js", Slow())
    page.goto(dune(site))
    page.click(BUTTON)
    slow.until_asked()
    page.clock.run_for(16_000)
    assert state(page) == "failed"
    slow.release()
    wait_for(page, "ready")


def test_a_page_that_is_left_shows_nothing_later(talk, publish, page):
    site = publish(options(talk))
    slow = talk.misbehave("/inline.js", Slow())
    page.goto(dune(site))
    page.click(BUTTON)
    slow.until_asked()
    visit(page, "Emma")
    slow.release()
    talk.behave()
    show(page)
    assert page.inner_text("#talk").startswith("/emma-jane-austen/")
    assert page.evaluate("runs") == 1


def policy_of(site, wanted, **changed):
    hosts = Custom.model_validate({k: v for k, v in wanted.items() if k != "provider"}).hosts()
    return policy(site.folder, {**hosts, **changed})


def test_the_hosts_are_enough(talk, publish, page):
    wanted = options(talk, "/framed.js", hosts={"frame-src": talk.origin})
    site = publish(wanted)
    site.headers["Content-Security-Policy"] = policy_of(site, wanted)
    page.goto(dune(site))
    show(page)


@pytest.mark.parametrize("directive", ["script-src", "frame-src"])
def test_what_the_site_forbids_is_said(talk, publish, page, directive):
    wanted = options(talk, "/framed.js", hosts={"frame-src": talk.origin})
    site = publish(wanted)
    site.headers["Content-Security-Policy"] = policy_of(site, wanted, **{directive: ()})
    page.goto(dune(site))
    page.click(BUTTON)
    wait_for(page, "failed")
    assert "this site does not let your browser use" in page.inner_text(STATUS)


def test_a_script_of_the_site_is_found_from_every_page(talk, publish, page):
    wanted = options(talk, script="js/talk.js", hosts=talk.origin)
    site = publish(wanted)
    site.pages["/js/talk.js"] = script(INLINE)
    strangers = note_strangers(page, site.origin)
    page.goto(dune(site))
    show(page)
    assert strangers == []
