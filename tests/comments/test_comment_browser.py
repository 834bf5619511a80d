import functools
import http.server
import json
import threading
from pathlib import Path

import pytest
from jinja2 import Environment, PackageLoader

from mkdocs_bookreview.comments.giscus import Giscus
from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.isso_server import IssoPreview
from mkdocs_bookreview.comments.provider import Conversation
from mkdocs_bookreview.comments.section import build_section
from mkdocs_bookreview.words.language import Words

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[2] / "mkdocs_bookreview" / "assets"
BUTTON = ".bookreview-comments__button"
STATUS = ".bookreview-comments__status"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Dune</title>
<link rel="stylesheet" href="/comments.css"><style>
body {{ color: #111; background: #fff }}
body[data-md-color-scheme=slate] {{ color: #eee; background: #222 }}
.far {{ height: 4000px }}
</style></head><body data-md-color-scheme="default">
<div data-md-component="container">{far}{section}</div>
<script>
window.errors = [];
addEventListener("error", (event) => errors.push(event.message));
addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
window.document$ = {{ all: [], subscribe(act) {{ this.all.push(act); act(); }} }};
</script><script src="/comments.js"></script></body></html>"""

# As client.js of giscus, as far as a page can see it.
CLIENT = """(() => {
  const script = document.currentScript, origin = new URL(script.src).origin;
  const frame = document.createElement("iframe");
  frame.className = "giscus-frame giscus-frame--loading";
  frame.src = origin + "/widget?" + new URLSearchParams({...script.dataset});
  frame.onload = () => frame.classList.remove("giscus-frame--loading");
  document.querySelector(".giscus").replaceChildren(frame);
})();"""

# Deaf before it has spoken, as the real one is.
WIDGET = """<!doctype html><script>
window.heard = [];
setTimeout(() => {
  addEventListener("message", ({data, origin}) => heard.push({data, origin}));
  parent.postMessage({giscus: {resizeHeight: 300}}, "*");
}, 50);
</script>"""


class Server:
    """Serves what `pages` holds, remembers what it was asked for."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.down = False
        handler = functools.partial(Handler, self)
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.origin = f"http://127.0.0.1:{self.http.server_port}"
        serve = functools.partial(self.http.serve_forever, poll_interval=0.02)
        threading.Thread(target=serve, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, owner, *args):
        self.owner = owner
        super().__init__(*args)

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.owner.asked.append(self.path)
        page = None if self.owner.down else self.owner.pages.get(path)
        self.send_response(404 if page is None else 200)
        kinds = {"js": "text/javascript", "css": "text/css"}
        self.send_header("Content-Type", kinds.get(path.rpartition(".")[2], "text/html"))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def servers():
    both = Server(), Server()
    yield both
    for server in both:
        server.stop()


@pytest.fixture
def site(servers):
    for name in ("css", "js"):
        servers[0].pages[f"/comments.{name}"] = (ASSETS / name / f"comments.{name}").read_text()
    return servers[0]


@pytest.fixture
def giscus(servers):
    servers[1].pages = {"/client.js": CLIENT, "/widget": WIDGET}
    return servers[1]


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    assert page.evaluate("window.errors ?? []") == []
    context.close()


def at_giscus(server):
    return Giscus(
        repo="ann/books",
        repo_id="R_kgDOKq3vXw",
        category="Announcements",
        category_id="DIC_kwDOKq3vX84CbW1y",
        host=server.origin,
        theme_dark="dark_dimmed",
    )


def render(provider, load="click", thread="/dune/"):
    section = build_section(provider, load, Conversation(thread, "Dune", "en"), Words("en"))
    environment = Environment(loader=PackageLoader("mkdocs_bookreview", "assets/templates"))
    return environment.get_template("bookreview/comments.html").render(comments=section)


def publish(site, provider, load="click", *, far=False):
    above = '<div class="far"></div>' if far else ""
    site.pages["/dune/"] = PAGE.format(section=render(provider, load), far=above)
    return f"{site.origin}/dune/"


def state(page):
    return page.locator(".bookreview-comments").get_attribute("data-state")


def wait_for_state(page, name):
    page.wait_for_selector(f".bookreview-comments[data-state={name}]")


def navigate(page, section):
    """As Material's instant navigation: the container is another, all else stays."""
    page.evaluate(
        """html => {
          document.querySelector("[data-md-component=container]").innerHTML = html;
          document$.all.forEach((act) => act());
        }""",
        section,
    )


def find_widget(page):
    return next(frame for frame in page.frames if "/widget" in frame.url)


def themes_heard(page):
    heard = find_widget(page).evaluate("heard")
    return [said["data"]["giscus"]["setConfig"]["theme"] for said in heard]


def wait_for_theme(page, name):
    """Wait until the last theme that the frame heard of is this one."""
    last = "heard.at(-1)?.data.giscus.setConfig.theme"
    find_widget(page).wait_for_function(f"name => {last} === name", arg=name)


def test_nobody_is_asked_before_the_click(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus)))
    page.wait_for_timeout(300)
    assert giscus.asked == []
    assert state(page) == "waiting"
    page.click(BUTTON)
    wait_for_state(page, "ready")
    assert giscus.asked[0] == "/client.js"
    assert page.locator(".bookreview-comments__panel").is_hidden()


def test_the_script_gets_its_attributes(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus)))
    page.click(BUTTON)
    wait_for_state(page, "ready")
    script = page.locator("script[data-repo]")
    said = script.evaluate("node => ({...node.dataset, crossorigin: node.crossOrigin})")
    assert (said["repo"], said["term"], said["strict"]) == ("ann/books", "/dune/", "1")
    assert (said["theme"], said["mapping"], said["crossorigin"]) == (
        "light",
        "specific",
        "anonymous",
    )


def test_focus_goes_to_the_comments(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus)))
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    wait_for_state(page, "ready")
    assert page.evaluate("document.activeElement.className") == "bookreview-comments__live"


def test_the_frame_follows_the_palette(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus)))
    page.click(BUTTON)
    wait_for_state(page, "ready")
    wait_for_theme(page, "light")
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    wait_for_theme(page, "dark_dimmed")
    page.evaluate("document.body.dataset.mdColorScheme = 'default'")
    wait_for_theme(page, "light")
    assert themes_heard(page) == ["light", "dark_dimmed", "light"]


def test_a_palette_that_changes_while_the_frame_loads_is_heard(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus)))
    page.click(BUTTON)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    wait_for_state(page, "ready")
    wait_for_theme(page, "dark_dimmed")


def test_a_dark_page_starts_dark(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus)))
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    page.click(BUTTON)
    wait_for_state(page, "ready")
    assert "theme=dark_dimmed" in page.locator("iframe").get_attribute("src")


def test_a_failure_can_be_tried_again(site, giscus, page):
    giscus.down = True
    page.goto(publish(site, at_giscus(giscus)))
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    wait_for_state(page, "failed")
    assert page.inner_text(BUTTON) == "Try again"
    assert "could not be loaded" in page.inner_text(STATUS)
    assert page.evaluate("document.activeElement.matches('button')")
    giscus.down = False
    page.keyboard.press("Enter")
    wait_for_state(page, "ready")
    assert page.locator("iframe").count() == 1
    assert page.locator("script[data-repo]").count() == 1


def test_a_widget_that_never_comes_is_a_failure(site, giscus, page):
    giscus.pages["/client.js"] = ""
    page.clock.install()
    page.goto(publish(site, at_giscus(giscus)))
    page.click(BUTTON)
    assert page.inner_text(STATUS).startswith("Loading comments from 127.0.0.1")
    page.clock.run_for(14_000)
    assert state(page) == "loading"
    page.clock.run_for(2_000)
    assert state(page) == "failed"


def test_a_second_click_while_loading_does_nothing(site, giscus, page):
    giscus.pages["/client.js"] = ""
    page.goto(publish(site, at_giscus(giscus)))
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert giscus.asked == ["/client.js"]


def test_each_page_of_an_instant_navigation_has_its_own_thread(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus)))
    page.click(BUTTON)
    wait_for_state(page, "ready")
    navigate(page, render(at_giscus(giscus), thread="/emma/"))
    assert state(page) == "waiting"
    assert page.locator("iframe").count() == 0
    page.click(BUTTON)
    wait_for_state(page, "ready")
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    wait_for_theme(page, "dark_dimmed")
    assert "term=%2Femma%2F" in page.locator("iframe").get_attribute("src")


def test_leaving_while_it_loads_throws_nothing(site, giscus, page):
    giscus.pages["/client.js"] = ""
    page.clock.install()
    page.goto(publish(site, at_giscus(giscus)))
    page.click(BUTTON)
    navigate(page, "<p>A page without comments</p>")
    page.clock.run_for(20_000)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    navigate(page, render(at_giscus(giscus)))
    assert state(page) == "waiting"


def test_visible_loads_when_it_comes_into_view(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus), "visible", far=True))
    page.wait_for_timeout(300)
    assert giscus.asked == []
    page.mouse.wheel(0, 5000)
    wait_for_state(page, "ready")
    assert page.locator(BUTTON).is_hidden()
    assert "may contain spoilers" in page.inner_text(".bookreview-comments__panel")


def test_immediate_loads_with_the_page(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus), "immediate", far=True))
    wait_for_state(page, "ready")


def test_who_comes_back_from_signing_in_sees_the_comments(site, giscus, page):
    page.goto(publish(site, at_giscus(giscus), far=True) + "?giscus=token")
    wait_for_state(page, "ready")
    assert page.locator(".bookreview-comments").evaluate("n => n.getBoundingClientRect().top < 800")


def test_a_page_read_from_a_file_asks_nobody(site, giscus, page, tmp_path):
    (tmp_path / "comments.js").write_text(site.pages["/comments.js"])
    html = PAGE.format(section=render(at_giscus(giscus), "immediate"), far="")
    file = tmp_path / "page.html"
    file.write_text(html.replace('"/comments', '"comments'))
    page.goto(file.as_uri())
    wait_for_state(page, "offline")
    assert "opened as a local file" in page.inner_text(STATUS)
    assert giscus.asked == []


def test_without_script_the_page_says_so(site, giscus, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(publish(site, at_giscus(giscus)))
    assert "require JavaScript" in page.inner_text(".bookreview-comments")
    assert giscus.asked == []
    context.close()


@pytest.fixture
def isso(site, tmp_path):
    server = IssoPreview(tmp_path / "isso", [f"{site.origin}/"])
    yield server
    server.stop()


def write_comment(page, text):
    page.fill("#isso-thread > .isso-postbox .isso-textarea", text)
    page.click("#isso-thread > .isso-postbox input[type=submit]")
    page.wait_for_selector(f"#isso-root :text('{text}')")


def test_a_comment_written_at_a_real_isso_stays_through_navigation(site, isso, page):
    isso.start()
    provider = Isso(preview=True).at(isso.address)
    page.goto(publish(site, provider))
    page.click(BUTTON)
    wait_for_state(page, "ready")
    write_comment(page, "The desert is the hero")

    navigate(page, render(provider, thread="/emma/"))
    page.click(BUTTON)
    wait_for_state(page, "ready")
    page.wait_for_selector(".isso-thread-heading:text('No Comments')")

    navigate(page, render(provider))
    page.click(BUTTON)
    page.wait_for_selector("#isso-root :text('The desert is the hero')")
    assert page.locator("#isso-thread > .isso-postbox").count() == 1
    assert page.locator("script[data-isso]").count() == 1


def test_an_isso_that_was_down_can_be_tried_again(site, isso, page):
    provider = Isso(preview=True).at(isso.address)
    isso._held.close()
    page.goto(publish(site, provider))
    page.click(BUTTON)
    wait_for_state(page, "failed")
    isso.start()
    page.click(BUTTON)
    wait_for_state(page, "ready")


def test_isso_follows_the_palette_by_style_alone(site, isso, page):
    isso.start()
    page.goto(publish(site, Isso(preview=True).at(isso.address)))
    page.click(BUTTON)
    wait_for_state(page, "ready")
    color = "getComputedStyle(document.querySelector('.isso-textarea')).color"
    assert page.evaluate(color) == "rgb(17, 17, 17)"
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert page.evaluate(color) == "rgb(238, 238, 238)"


def test_the_page_holds_no_other_origin_than_in_its_data(site, giscus):
    address = json.dumps(giscus.origin)
    publish(site, at_giscus(giscus))
    assert address not in site.pages["/dune/"].replace("&#34;", "")
    assert "http" not in site.pages["/comments.js"]
