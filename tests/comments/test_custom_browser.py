"""Any service by its snippet, on sites that MkDocs and Material built. The services are stubs."""

import pytest

from tests.comments.reader import BUTTON, SECTION, STATUS
from tests.comments.sections import LIVE, note_errors, note_strangers, show, state, wait_for
from tests.comments.services import built
from tests.comments.services.built import build_site, visit
from tests.comments.services.http import Server, Slow, StaticSite, html, script, silent, status

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


def test_a_failure_stays_one_if_our_own_files_come_late(talk, publish, page):
    site = publish(options(talk, "/framed.js"))
    talk.misbehave("/frame", silent())
    slow = site.misbehave("/assets/bookreview/comments.*.json", Slow())
    page.clock.install()
    page.goto(dune(site))
    page.click(BUTTON)
    slow.until_asked()
    page.clock.run_for(16_000)
    assert state(page) == "failed"
    slow.release()
    page.wait_for_selector("#talk iframe", state="attached")
    assert (state(page), page.inner_text(STATUS)) == ("failed", "Comments could not be loaded.")
    talk.behave()
    show(page)


@pytest.mark.parametrize("file", ["custom.js", "shared.js"])
def test_a_module_of_ours_that_is_missing_is_not_blamed_on_the_service(talk, publish, page, file):
    site = publish(options(talk))
    site.misbehave(f"/assets/bookreview/*/{file}", status(404))
    page.goto(dune(site))
    page.click(BUTTON)
    wait_for(page, "failed")
    assert page.inner_text(STATUS) == "Comments could not be loaded."
    assert talk.asked == []


@pytest.mark.parametrize("directive", ["script-src", "frame-src"])
def test_what_the_site_forbids_is_said(talk, publish, page, directive):
    site = publish(options(talk, "/framed.js", hosts={"frame-src": talk.origin}))
    allowed = {"script_src": talk.origin, "frame_src": talk.origin}
    allowed[directive.replace("-", "_")] = ""
    site.headers["Content-Security-Policy"] = built.policy(site.folder, **allowed)
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
