"""Any service by its snippet, on sites that MkDocs and Material built. The services are stubs."""

import pytest

from tests.comments.reader import LIVE, PATIENCE, until
from tests.comments.services.built import build_site, pages
from tests.comments.services.http import Server, Slow, html, script, silent, status

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
def read(browse, tmp_path):
    """Return a function that builds and serves a site with these options of comments."""
    return lambda comments: browse(build_site(tmp_path, comments))


def test_the_element_gets_what_it_names(talk, read):
    reader = read(options(talk))
    reader.open()
    assert "Comments are hosted by Talk (127.0.0.1" in reader.text
    reader.show()
    words = reader.page.inner_text("#talk").split(" | ")
    assert words[:3] == ["/dune-frank-herbert/", "Dune", "light"]
    assert words[3:] == [f"{reader.site.address}reviews/dune/", "en"]
    assert reader.page.get_attribute(LIVE, "inert") is None


@pytest.mark.parametrize("path", ["/inline.js", "/module.js"])
def test_a_snippet_in_the_page_runs_once_for_each_page(talk, read, path):
    reader = read(options(talk, path, module=path == "/module.js"))
    reader.open()
    for n, title in enumerate(("Emma", "Dune", "Emma"), 1):
        reader.visit(title)
        reader.show()
        assert reader.page.inner_text("#talk").startswith(f"/{title.lower()}-")
        assert reader.page.evaluate("runs") == n
    assert reader.page.locator("#talk").count() == 1


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_an_element_is_defined_once(talk, read, mode):
    box = f'<talk-box thread="{{thread}}" mode="{mode}"></talk-box>'
    reader = read(options(talk, "/element.js", module=True, element=box))
    reader.open()
    reader.show()
    reader.visit("Emma")
    reader.show()
    assert reader.page.get_attribute("talk-box", "thread") == "/emma-jane-austen/"
    assert reader.page.locator("talk-box").bounding_box()["height"] > 0
    assert talk.asked == ["/element.js"]


def test_the_snippet_of_a_page_that_is_left_does_not_run(talk, read):
    reader = read(options(talk))
    slow = talk.misbehave("/inline.js", Slow())
    reader.open()
    reader.click()
    until(slow.is_asked, reader.page)
    reader.visit("Emma")
    slow.release()
    talk.behave()
    reader.show()
    assert reader.page.inner_text("#talk").startswith("/emma-jane-austen/")
    assert reader.page.evaluate("runs") == 1


def test_a_failure_stays_one_if_our_own_files_come_late(talk, read):
    reader = read(options(talk, "/framed.js"))
    talk.misbehave("/frame", silent())
    slow = reader.site.misbehave("/assets/bookreview/comments.*.json", Slow())
    reader.page.clock.install()
    reader.open()
    reader.click()
    until(slow.is_asked, reader.page)
    reader.page.clock.run_for(PATIENCE)
    assert reader.state == "failed"
    slow.release()
    reader.page.wait_for_selector("#talk iframe", state="attached")
    assert (reader.state, reader.status) == ("failed", "Comments could not be loaded.")
    talk.behave()
    reader.show()


@pytest.mark.parametrize("file", ["custom.js", "shared.js"])
def test_a_module_of_ours_that_is_missing_is_not_blamed_on_the_service(talk, read, file):
    reader = read(options(talk))
    reader.site.misbehave(f"/assets/bookreview/*/{file}", status(404))
    reader.open()
    reader.click()
    reader.wait("failed")
    assert reader.status == "Comments could not be loaded."
    assert talk.asked == []


def test_a_script_of_the_site_is_found_from_every_page(talk, browse, tmp_path):
    own = options(talk, script="js/talk.js", hosts=talk.origin)
    reader = browse(build_site(tmp_path, own, pages() | {"js/talk.js": INLINE}))
    reader.open()
    reader.show()
    assert reader.asked == []
