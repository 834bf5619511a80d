"""Show that the stubs behave, and misbehave, as tests of comments need it."""

import http.client
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.comments.services import bluesky, built, mastodon, waline
from tests.comments.services.bluesky import Bluesky
from tests.comments.services.disqus import Disqus
from tests.comments.services.giscus import Giscus
from tests.comments.services.http import (
    Answer,
    Server,
    Slow,
    StaticSite,
    elsewhere,
    html,
    no_ancestors,
    no_frames,
    port_of,
    reset,
    route_to,
    silent,
    status,
    with_headers,
)
from tests.comments.services.isso import Isso, IssoError
from tests.comments.services.mastodon import Mastodon
from tests.comments.services.pictures import ATTACKS
from tests.comments.services.remark42 import Remark42
from tests.comments.services.waline import Waline, WalineError

browser_test = pytest.mark.browser


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        server.pages["/"] = html("<p>Hello")
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_server_notes_what_it_is_asked_for(server: Server) -> None:
    server.pages["/echo"] = lambda request: html(f"{request.query['a']} {request.body.decode()}")
    asked = urllib.request.Request(f"{server.origin}/echo?a=1&b=", b"body", {"X-One": "two"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.read() == b"1 body"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert server.asked == ["/echo?a=1&b="]
    request = server.requests[0]
    assert (request.method, request.headers["x-one"]) == ("POST", "two")
    assert request.query == {"a": "1", "b": ""}
    assert get(f"{server.origin}/nothing")[0] == 404


def test_misbehaviour_changes_while_the_server_runs(server: Server) -> None:
    address = f"{server.origin}/"
    server.misbehave("*", status(500))
    assert get(address)[0] == 500
    server.misbehave("/", silent("x"))
    assert get(address) == (200, "x")
    server.behave()
    assert get(address) == (200, "<p>Hello")
    server.misbehave("/", elsewhere(f"{server.origin}/there"))
    server.pages["/there"] = html("<p>There")
    assert get(address) == (200, "<p>There")
    server.misbehave("/", with_headers(X_Robots_Tag="none"))
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["X-Robots-Tag"] == "none"


def test_a_connection_is_reset_or_refused(server: Server) -> None:
    server.misbehave("/", reset)
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        get(f"{server.origin}/")
    server.behave()
    server.down()
    with pytest.raises(urllib.error.URLError, match="refused"):
        get(f"{server.origin}/")
    server.up()
    assert get(f"{server.origin}/")[0] == 200


def test_a_slow_answer_comes_when_it_is_released(server: Server) -> None:
    slow = server.misbehave("/", Slow())
    answers: list[tuple[int, str]] = []
    reader = threading.Thread(target=lambda: answers.append(get(f"{server.origin}/")))
    reader.start()
    slow.until_asked()
    assert answers == []
    slow.release()
    reader.join(10)
    assert answers == [(200, "<p>Hello")]
    assert get(f"{server.origin}/")[0] == 200


def test_a_reserved_port_is_given_to_nobody_else() -> None:
    port = port_of("a test")
    assert port == port_of("a test") != port_of("another test")
    for _ in range(2):
        with Server(port) as server:
            assert get(f"{server.origin}/")[0] == 404
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", port)) != 0


def test_a_static_site_serves_a_folder_below_a_path(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "index.html").write_text("page")
    (tmp_path / "404.html").write_text("lost")
    (tmp_path.parent / "secret").write_text("secret")
    with StaticSite(tmp_path, at="/books/") as site:
        site.headers["Content-Security-Policy"] = "default-src 'self'"
        assert get(f"{site.address}a%20b/") == (200, "page")
        assert get(f"{site.address}none") == (404, "lost")
        assert get(f"{site.origin}/a%20b/") == (404, "lost")
        assert get(f"{site.address}..%2Fsecret") == (404, "lost")
        with urllib.request.urlopen(f"{site.address}a%20b/") as answer:
            assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
        site.pages["/books/none"] = html("found")
        assert get(f"{site.address}none") == (200, "found")


@browser_test
@pytest.mark.parametrize("refuse", [no_frames, no_ancestors])
def test_a_refused_frame_stays_empty(
    server: Server, page: Page, refuse: Callable[[Answer], Answer]
) -> None:
    server.pages["/outer"] = html(f'<iframe src="http://localhost:{server.port}/"></iframe>')
    page.goto(f"{server.origin}/outer")
    assert page.frames[1].inner_text("p") == "Hello"
    server.misbehave("/", refuse)
    with page.expect_console_message(lambda line: "frame" in line.text):
        page.reload()
    assert "Hello" not in page.frames[1].content()


@browser_test
def test_a_route_serves_other_hosts_from_a_server(server: Server, page: Page) -> None:
    route_to(page.context, "https://*.example.com/**", server)
    page.goto("https://one.example.com/?a=b")
    assert page.inner_text("p") == "Hello"
    assert server.asked == ["/?a=b"]
    assert server.requests[0].headers["host"] == "one.example.com"
    fetched = """fetch("https://two.example.com/").then(
        (answer) => answer.text(), (error) => error.message)"""
    server.misbehave("/", reset)
    assert page.evaluate(fetched) == "Failed to fetch"
    slow = server.misbehave("/", Slow())
    page.evaluate(f"window.came = false; void {fetched}.then(() => (window.came = true))")
    page.wait_for_timeout(100)
    slow.until_asked()
    assert page.evaluate("came") is False
    slow.release()
    page.wait_for_function("came")


@browser_test
@pytest.mark.parametrize("refuse", [no_frames, no_ancestors])
def test_a_route_refuses_frames_and_leads_elsewhere(
    server: Server, page: Page, refuse: Callable[[Answer], Answer]
) -> None:
    route_to(page.context, "https://*.example.com/**", server)
    server.pages["/outer"] = html('<iframe src="https://one.example.com/"></iframe>')
    server.misbehave("/", elsewhere("https://two.example.com/there"))
    server.pages["/there"] = html("<p>There")
    page.goto(f"{server.origin}/outer")
    page.frame_locator("iframe").locator("p:text-is('There')").wait_for()
    server.misbehave("/", refuse)
    with page.expect_console_message(lambda line: "frame" in line.text):
        page.reload()
    assert "Hello" not in page.frames[1].content()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.build_site(tmp_path_factory.mktemp("built"), extra=built.consent("giscus"))


@pytest.fixture
def site(folder: Path) -> Iterator[StaticSite]:
    with StaticSite(folder) as site:
        yield site


def test_equal_sites_are_built_once(folder: Path, tmp_path: Path) -> None:
    again = built.build_site(tmp_path, extra=built.consent("giscus"))
    assert again == folder
    assert list(tmp_path.iterdir()) == []
    pages = built.pages(Dune={"comments": {"id": "/arrakis/"}})
    other = built.build_site(tmp_path, _giscus("https://giscus.example"), pages)
    assert "/arrakis/" in (other / "reviews" / "dune" / "index.html").read_text()
    with pytest.raises(AssertionError, match="gisgus"):
        built.build_site(tmp_path / "wrong", {"provider": "gisgus"})


@browser_test
def test_a_policy_allows_the_site_and_nothing_else(site: StaticSite, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    site.headers["Content-Security-Policy"] = built.policy(site.folder)
    page.goto(f"{site.address}reviews/dune/")
    page.click("text=Accept")
    built.visit(page, "Emma")
    assert built.toggle_palette(page) == "slate"
    assert refused == []
    page.evaluate("document.body.append(document.createElement('iframe'))")
    for url in ("https://giscus.example/", "https://other.example/"):
        page.evaluate("url => (document.querySelector('iframe').src = url)", url)
    page.wait_for_timeout(200)
    assert len(refused) == 2
    assert built.policy(site.folder, frame_src="https://giscus.example").endswith(
        "; frame-src https://giscus.example"
    )


@browser_test
def test_a_built_site_navigates_instantly_and_has_a_palette(site: StaticSite, page: Page) -> None:
    page.goto(f"{site.address}reviews/dune/")
    page.click("text=Accept")
    assert built.toggle_palette(page) == "slate"
    for title in ("Emma", "Beloved", "Dune"):
        built.visit(page, title)
        assert page.url == f"{site.address}reviews/{title.lower()}/"
    assert built.toggle_palette(page) == "default"


def _giscus(host: str) -> dict[str, object]:
    ids = {"repo_id": "R_kgDOKq3vXw", "category_id": "DIC_kwDOKq3vX84CbW1y"}
    named = {"provider": "giscus", "repo": "ann/books", "category": "Announcements"}
    return {**named, **ids, "host": host}


GISCUS_PAGE = """<!doctype html><title>{title}</title><div class="giscus"><p>old</p></div>
<script src="{origin}/client.js" data-repo="ann/books" data-repo-id="R_1" data-mapping="specific"
data-term="{term}" data-lang="{lang}" data-theme="light" crossorigin="anonymous" async></script>"""


@pytest.fixture
def giscus() -> Iterator[Giscus]:
    with Giscus(port_of("giscus")) as giscus:
        yield giscus


def giscus_page(giscus: Giscus, term: str = "/dune/", lang: str = "en") -> str:
    return GISCUS_PAGE.format(origin=giscus.origin, term=term, lang=lang, title="Dune")


def widget(page: Page) -> Frame:
    return next(frame for frame in page.frames if "/widget" in frame.url)


CONFIGURE = """document.querySelector("iframe").contentWindow.postMessage(
    {giscus: {setConfig: {theme: "dark"}}}, "*")"""


@browser_test
def test_giscus_is_deaf_until_it_has_spoken(server: Server, giscus: Giscus, page: Page) -> None:
    server.pages["/"] = html(giscus_page(giscus, "2014/05/emma/"))
    slow = giscus.misbehave("/api/discussions", Slow())
    page.goto(f"{server.origin}/?giscus=token&x=1#isso-1")
    frame = page.locator(".giscus > iframe.giscus-frame:not(.giscus-frame--loading)")
    frame.wait_for()
    assert page.locator(".giscus p").count() == 0
    assert page.url == f"{server.origin}/?x=1"
    assert page.evaluate("localStorage['giscus-session']") == '"token"'
    assert page.evaluate("document.head.firstChild.id") == "giscus-css"
    query = giscus.widgets[0].query
    assert giscus.widgets[0].path == "/en/widget"
    assert (query["term"], query["session"]) == ("2014/05/emma/", "token")
    assert (query["origin"], query["strict"]) == (page.url, "0")
    page.evaluate(CONFIGURE)
    assert widget(page).evaluate("heard") == []
    slow.release()
    page.wait_for_function("document.querySelector('iframe').style.height === '300px'")
    page.evaluate(CONFIGURE)
    widget(page).wait_for_function("heard.length === 1")
    assert widget(page).evaluate("document.documentElement.dataset.theme") == "dark"
    widget(page).evaluate("postMessage({giscus: {setConfig: {theme: 'fro'}}}, '*')")
    widget(page).wait_for_timeout(50)
    assert len(widget(page).evaluate("heard")) == 1


@browser_test
def test_giscus_can_stay_silent_report_and_refuse(
    server: Server, giscus: Giscus, page: Page
) -> None:
    server.pages["/"] = html(
        "<script>said = []; onmessage = (e) => said.push(e.data.giscus)</script>"
    )
    giscus.is_silent = True
    page.goto(f"{server.origin}/")
    page.evaluate(_run(giscus, "en"))
    page.wait_for_selector("iframe:not(.giscus-frame--loading)")
    page.wait_for_timeout(100)
    assert page.evaluate("said") == []
    giscus.is_silent = False
    giscus.error = "Discussion not found"
    page.evaluate(_run(giscus, "en"))
    page.wait_for_function("said.length === 2")
    assert page.evaluate("said") == [{"error": "Discussion not found"}, {"resizeHeight": 300}]
    page.evaluate(_run(giscus, "el"))
    page.wait_for_selector("iframe:not(.giscus-frame--loading)")
    assert giscus.widgets[-1].path == "/el/widget"
    assert page.evaluate("said.length") == 2


def _run(giscus: Giscus, lang: str) -> str:
    """Return JavaScript that runs the client; a script that is set by innerHTML does not run."""
    return f"""{{
        document.body.innerHTML = "<div class=giscus></div>";
        const made = document.createElement("script");
        made.src = "{giscus.origin}/client.js";
        made.dataset.lang = "{lang}";
        document.body.append(made);
    }}"""


@browser_test
def test_giscus_needs_no_inline_style_or_script(server: Server, giscus: Giscus, page: Page) -> None:
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    own = f"style-src {giscus.origin}; script-src {giscus.origin}; frame-src {giscus.origin}"
    server.headers["Content-Security-Policy"] = f"default-src 'none'; {own}"
    server.pages["/"] = html(giscus_page(giscus))
    page.goto(f"{server.origin}/")
    # Not `wait_for_function`, because it evaluates a string, which the policy refuses.
    page.wait_for_selector("iframe[style*='height: 300px']")
    assert [line for line in errors if "favicon" not in line] == []


@pytest.fixture
def isso(server: Server, tmp_path: Path) -> Iterator[Isso]:
    with Isso(tmp_path, [f"{server.origin}/"]) as isso:
        yield isso


def test_isso_is_real(server: Server, isso: Isso) -> None:
    first = isso.post("/dune/", "Hi >! the butler !<", "Ann")
    assert '<span class="spoiler">the butler</span>' in first["text"]
    reply = isso.post("/dune/", "Hello", "Ben", parent=first["id"])
    assert reply["parent"] == first["id"]
    assert [comment["author"] for comment in isso.comments("/dune/")] == ["Ann"]
    assert isso.links == [f"{server.origin}/dune/#isso-{n}" for n in (1, 2)]
    isso.kill()
    with pytest.raises(ConnectionRefusedError):
        isso.comments("/dune/")
    isso.start()
    isso.restart()
    assert [comment["author"] for comment in isso.comments("/dune/")] == ["Ann"]


def test_isso_can_be_frozen(isso: Isso) -> None:
    isso.freeze()
    connection = http.client.HTTPConnection("127.0.0.1", isso.port, timeout=0.5)
    connection.request("GET", "/info")
    with pytest.raises(TimeoutError):
        connection.getresponse()
    isso.thaw()
    assert isso.comments("/dune/") == []
    isso.freeze()  # so that the fixture kills a frozen server


def test_isso_moderates_and_does_not_know_other_sites(tmp_path: Path) -> None:
    with Isso(tmp_path, ["http://other.example/"], moderation=True) as isso:
        isso.post("/dune/", "Hello", "Ann")
        assert isso.comments("/dune/") == []
        isso.activate()
        assert len(isso.comments("/dune/")) == 1
        asked = urllib.request.Request(f"{isso.address}/info", headers={"Origin": "http://a.b"})
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "http://other.example"


def test_an_isso_that_cannot_start_says_why(tmp_path: Path) -> None:
    with Server(port_of("isso")), pytest.raises(IssoError, match="in use"):
        Isso(tmp_path, ["http://other.example/"]).start()


DISQUS_PAGE = """<!doctype html><title>Dune</title><style>body {{ color: #111 }}
.dark {{ color: rgb(238, 238, 238) }}</style><div id="disqus_thread"></div><script>
called = [];
const use = (id) => function () {{
    this.page.identifier = id;
    this.callbacks.onReady = [undefined, () => called.push("ready " + id)];
}};
disqus_config = use("dune");
const load = () => {{
    const made = document.createElement("script");
    made.src = "https://shelf.disqus.com/embed.js";
    document.body.append(made);
}};
</script>"""


@browser_test
def test_disqus_is_reset_with_a_function(server: Server, page: Page) -> None:
    disqus = Disqus()
    disqus.route(page.context)
    server.pages["/"] = html(DISQUS_PAGE.format())
    page.goto(f"{server.origin}/")
    slow = disqus.misbehave("/api/thread", Slow())
    page.evaluate("load()")
    page.wait_for_selector("#disqus_thread > iframe[title=Disqus]")
    page.wait_for_timeout(100)
    assert page.evaluate("called") == []
    slow.release()
    page.wait_for_function("called.length === 1")
    query = disqus.threads[0].query
    assert (query["f"], query["t_i"], query["t_t"]) == ("shelf", "dune", "Dune")
    assert query["scheme"] == "light"
    page.frames[1].fill("textarea", "half a comment")

    page.evaluate("document.body.className = 'dark'")
    assert page.frames[1].evaluate("document.documentElement.dataset.scheme") == "light"
    disqus.behave()
    page.evaluate("DISQUS.reset({reload: true, config: use('emma')})")
    page.wait_for_function("called.includes('ready emma')")
    assert disqus.threads[1].query["scheme"] == "dark"
    assert page.frames[1].input_value("textarea") == ""
    with pytest.raises(Exception, match="is not a function"):
        page.evaluate("DISQUS.reset({reload: true, config: {page: {identifier: 'x'}}})")
    page.evaluate("DISQUS.reset({})")
    assert page.locator("iframe").count() == 0


@browser_test
def test_disqus_can_be_blocked(server: Server, page: Page) -> None:
    disqus = Disqus()
    disqus.route(page.context)
    disqus.misbehave("/embed.js", reset)
    server.pages["/"] = html(DISQUS_PAGE.format())
    page.goto(f"{server.origin}/")
    page.evaluate("load()")
    page.evaluate("document.querySelector('script[src]').onerror = () => called.push('error')")
    page.wait_for_function("called.includes('error')")


REMARK42_PAGE = """<!doctype html><title>Dune</title>{root}<script>
happened = [];
onerror = (text) => happened.push(text);
addEventListener("REMARK42::ready", () => happened.push("ready"));
addEventListener("message", (event) => event.data.inited && happened.push("inited"));
remark_config = {{host: "{origin}", site_id: "{site}", url: "https://books.example/dune/#x"}};
</script><script type="module" src="{origin}/web/embed.mjs"></script>"""


@pytest.fixture
def remark42() -> Iterator[Remark42]:
    with Remark42() as remark42:
        yield remark42


def remark42_page(remark42: Remark42, site: str = "shelf", root: str = "remark42") -> str:
    place = f'<div id="{root}">Loading</div>'
    return REMARK42_PAGE.format(origin=remark42.origin, site=site, root=place)


@browser_test
def test_remark42_reuses_its_frame_until_it_is_destroyed(
    server: Server, remark42: Remark42, page: Page
) -> None:
    thread = "https://books.example/dune/"
    remark42.comments[thread] = ["<p>Hello</p>"]
    server.pages["/"] = html(remark42_page(remark42))
    page.goto(f"{server.origin}/#remark42__comment-1")
    page.wait_for_function("happened.includes('inited')")
    assert page.evaluate("happened") == ["ready", "inited"]
    assert page.inner_text("#remark42") == ""
    assert page.frames[1].inner_text("h1") == thread
    page.evaluate("REMARK42.changeTheme('dark')")
    page.frames[1].wait_for_function("document.body.className === 'dark'")
    assert {"hash": "#remark42__comment-1"} in page.frames[1].evaluate("heard")

    again = "remark_config = {...remark_config, url: 'https://books.example/emma/'}"
    page.evaluate(f"{again}; void REMARK42.createInstance(remark_config)")
    page.wait_for_function("happened.length === 3")
    assert remark42.frames[0].query == remark42.frames[1].query
    page.evaluate("REMARK42.destroy(); void REMARK42.createInstance(remark_config)")
    page.wait_for_selector("iframe[src*='emma']")
    assert page.evaluate("typeof REMARK42.destroy") == "function"


@browser_test
@pytest.mark.parametrize(
    ("root", "site", "happened"),
    [
        ("other", "shelf", ["Uncaught Error: Remark42: Can't find root node."]),
        ("remark42", "unknown", ["ready"]),
    ],
)
def test_remark42_fails_as_the_real_one(
    server: Server, remark42: Remark42, page: Page, root: str, site: str, happened: list[str]
) -> None:
    server.pages["/"] = html(remark42_page(remark42, site, root))
    page.goto(f"{server.origin}/")
    page.wait_for_function("happened.length > 0")
    if root == "remark42":
        page.frames[1].wait_for_function("document.querySelector('h1').textContent")
        page.wait_for_timeout(100)
    assert page.evaluate("happened") == happened
    assert len(remark42.frames) == (root == "remark42")


def fetch(page: Page, address: str) -> Any:
    """Return what a page gets, as text, because Playwright cannot pass on values that are deep."""
    return json.loads(page.evaluate("async (url) => (await fetch(url)).text()", address))


@browser_test
def test_mastodon_answers_in_the_documented_shape(server: Server, page: Page) -> None:
    stub = Mastodon()
    stub.route(page.context)
    page.goto(f"{server.origin}/")
    post = f"https://{mastodon.HOST}/api/v1/statuses/{mastodon.POST}"
    assert fetch(page, post)["replies_count"] == 8
    context = fetch(page, f"{post}/context")
    assert context["ancestors"] == []
    ids = {mastodon.POST, *(status["id"] for status in context["descendants"])}
    orphans = [one["id"] for one in context["descendants"] if one["in_reply_to_id"] not in ids]
    assert orphans == [mastodon.identify(7)]
    assert [one["spoiler_text"] for one in context["descendants"] if one["spoiler_text"]]
    assert fetch(page, post[:-1]) == {"error": "Record not found"}
    picture = "new Promise((done) => {const i = new Image(); i.onload = done; i.src = URL_})"
    page.evaluate(picture.replace("URL_", repr(context["descendants"][4]["account"]["avatar"])))
    for name, talk in mastodon.HOSTILE.items():
        stub.conversation = talk
        assert fetch(page, f"{post}/context")["descendants"] == talk.descendants, name


@browser_test
def test_bluesky_answers_in_the_documented_shape(server: Server, page: Page) -> None:
    stub = Bluesky()
    stub.route(page.context)
    page.goto(f"{server.origin}/")
    api = f"https://{bluesky.API}/xrpc"
    resolve = f"{api}/com.atproto.identity.resolveHandle?handle="
    assert fetch(page, resolve + bluesky.HANDLE) == {"did": bluesky.DID}
    assert fetch(page, f"{resolve}nobody")["error"] == "InvalidRequest"
    ask = f"{api}/app.bsky.feed.getPostThread?uri="
    friendly = fetch(page, ask + bluesky.POST)["thread"]
    kinds = [reply["$type"].partition("#")[2] for reply in friendly["replies"]]
    assert kinds == ["threadViewPost"] * 5 + ["notFoundPost", "blockedPost"]
    assert "replies" not in fetch(page, f"{ask}{bluesky.POST}&depth=0")["thread"]
    assert fetch(page, f"{ask}at://did:plc:x/y/z")["error"] == "NotFound"
    stub.ignores_depth = True
    for name, talk in bluesky.HOSTILE.items():
        stub.conversation = talk
        assert fetch(page, ask + bluesky.POST)["thread"] == talk, name


@browser_test
@pytest.mark.parametrize("attack", ["script", "image", "link"])
def test_the_attacks_are_real(server: Server, page: Page, attack: str) -> None:
    """If a page shows them as they are, their code runs, so that a test can notice it."""
    found = next(one for one in ATTACKS if f"'{attack}'" in one)
    server.pages["/"] = html(f"<script>attack = (word) => (window.word = word)</script>{found}")
    page.goto(f"{server.origin}/")
    if attack == "link":
        page.click("a")
    page.wait_for_function(f"window.word === '{attack}'")


@pytest.fixture
def real_waline(tmp_path: Path) -> Iterator[Waline]:
    waline.need_waline()
    with Waline(tmp_path, f"{built.site_url()}books/") as server:
        yield server


def test_waline_is_real(real_waline: Waline) -> None:
    first = real_waline.post("/dune/", "<details><summary>End</summary>Leto</details>")
    assert "<details>" in first["comment"]
    number = first["objectId"]
    real_waline.post("/dune/", "Hello", "Ben", pid=number, rid=number)
    threads = real_waline.comments("/dune/")
    assert [reply["nick"] for reply in threads[0]["children"]] == ["Ben"]
    assert real_waline.links == [f"{built.site_url()}books/dune/#{n}" for n in (1, 2)]
    assert "init" in get(f"{real_waline.client.origin}/waline.js")[1]
    real_waline.freeze()
    real_waline.thaw()
    real_waline.restart()
    assert len(real_waline.comments("/dune/")) == 1


WALINE_PAGE = """<!doctype html><title>Dune</title><div id="waline"></div><script type="module">
import {{ init }} from "{client}/waline.js";
const quiet = {{ lang: "en", emoji: [], search: false }};
init({{ el: "#waline", serverURL: "{server}", path: "/dune/", ...quiet }});
</script>"""


@browser_test
def test_the_client_of_waline_shows_its_comments(
    real_waline: Waline, server: Server, page: Page
) -> None:
    real_waline.post("/dune/", "The desert is the hero")
    address = {"client": real_waline.client.origin, "server": real_waline.address}
    server.pages["/"] = html(WALINE_PAGE.format(**address))
    page.goto(f"{server.origin}/")
    page.wait_for_selector("#waline :text('The desert is the hero')")


def test_waline_moderates_and_refuses_other_sites(tmp_path: Path) -> None:
    waline.need_waline()
    known = "http://books.example"
    with Waline(tmp_path, known, audit=True, only=("books.example",)) as real:
        assert real.post("/dune/", "Hello")["status"] == "waiting"
        assert real.comments("/dune/") == []
        real.site = "http://other.example"
        with pytest.raises(WalineError, match="403"):
            real.comments("/dune/")


def test_a_waline_that_is_missing_is_skipped_or_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv(waline.REQUIRE, raising=False)
    reason = waline.why_missing()
    assert reason is not None
    with pytest.raises(pytest.skip.Exception):
        waline.need_waline()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert waline.why_missing() == "Waline needs Node.js: node was not found."
    monkeypatch.setenv(waline.REQUIRE, "1")
    with pytest.raises(WalineError, match="npm"):
        waline.need_waline()
