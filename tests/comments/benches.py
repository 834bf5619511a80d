"""Describes each provider to the tests of the table, which are the same for all of them.

A bench runs the service, or a stub of it, and knows where the widget shows its thread. Where a
provider cannot do what a row asks, `impossible` says why; the table prints that instead of a test.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Self

from playwright.sync_api import BrowserContext, Frame, FrameLocator, Locator, Page, Route

from tests.comments.networks import TEXT
from tests.comments.services import built, waline
from tests.comments.services.bluesky import DID, Bluesky, label, post, thread
from tests.comments.services.disqus import Disqus
from tests.comments.services.giscus import Giscus
from tests.comments.services.http import (
    Answer,
    Misbehaviour,
    NoAnswerError,
    Request,
    Server,
    Slow,
    data,
    html,
    port_of,
    script,
)
from tests.comments.services.isso import Isso
from tests.comments.services.mastodon import HOST, POST, Mastodon, identify
from tests.comments.services.mastodon import Conversation as Thread
from tests.comments.services.mastodon import status as reply
from tests.comments.services.remark42 import Remark42
from tests.comments.services.waline import Waline

FRAME = "in a frame of another site, into which ours cannot look"
COVERED = f"{FRAME}; the warning above covers all"
NO_FRAME = {f"frame {how}": "no frame" for how in ("refused", "404", "slow", "late")}


class Bench(ABC):
    """Runs a service inside `with`.

    `name` is that of the provider, and `label` the heading of its column. `is_stub` says that the
    service is played by a stub. `options` are those of the plugin, and `keys` front matter by the
    title of the review. `posts` are those that reviews name, by the same. `link` is the
    hash of a link to a comment on Dune. `needed` are the directives of a policy without whose hosts
    there are no comments. `left` is how many listeners the service's own script leaves on window or
    document each time it runs.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    is_stub: ClassVar[bool] = True
    impossible: ClassVar[Mapping[str, str]] = {}
    options: Mapping[str, object] = {}
    keys: Mapping[str, Mapping[str, object]] = {}
    posts: Mapping[str, str] = {}
    link: str = ""
    needed: ClassVar[tuple[str, ...]] = ("script-src", "frame-src")
    left: ClassVar[int] = 0

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(self, *_: object) -> None: ...

    def join(self, context: BrowserContext) -> None:  # noqa: B027 - most have nothing to do
        """Let the service answer for addresses of the web, if it has fixed ones."""

    @abstractmethod
    def shown_thread(self, page: Page) -> str:
        """Return the title of the review whose thread the widget shows."""

    @abstractmethod
    def is_dark(self, page: Page) -> bool: ...

    @abstractmethod
    def break_script(self, how: Misbehaviour) -> None:
        """Let the first thing that the browser asks the service for misbehave."""

    def break_frame(self, how: Misbehaviour) -> None:  # noqa: B027 - not all have a frame
        """Let the frame misbehave."""

    @abstractmethod
    def mend(self) -> None:
        """End all misbehaviour."""

    def thread_of(self, title: str) -> str:
        """Return the id of the thread of a review."""
        return {"Dune": "/dune-frank-herbert/", "Emma": "/emma-jane-austen/"}[title]

    def linked(self, page: Page) -> Locator:
        """Return what a reader sees who follows `link`."""
        return page.locator(f'[id="{self.link[1:]}"]')


def is_light(page: Page, selector: str) -> bool:
    """Say if the text of an element is light, in whatever way its colour is written."""
    light: bool = page.evaluate(
        """selector => {
          const paper = document.createElement("canvas").getContext("2d");
          paper.fillStyle = getComputedStyle(document.querySelector(selector)).color;
          paper.fillRect(0, 0, 1, 1);
          return paper.getImageData(0, 0, 1, 1).data[0] > 127;
        }""",
        selector,
    )
    return light


class Fault:
    """Changes the answers of a real service to one address, as the browser sees them."""

    def __init__(self, address: str | re.Pattern[str]) -> None:
        self.address = address
        self.how: Misbehaviour | None = None

    def join(self, context: BrowserContext) -> None:
        context.route(self.address, self._answer)

    def mend(self) -> None:
        how, self.how = self.how, None
        if isinstance(how, Slow):
            how.release()

    def _answer(self, route: Route) -> None:
        if self.how is None:
            route.continue_()
        elif isinstance(self.how, Slow):
            self.how.hold(route.continue_)
        else:
            self._misbehave(route, self.how)

    def _misbehave(self, route: Route, how: Misbehaviour) -> None:
        try:
            answer = how(Answer(kind="text/javascript"))
        except NoAnswerError:
            route.abort("connectionrefused")
            return
        # A module is read only with this header, and the service sends it.
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": answer.kind}
        headers |= answer.headers
        route.fulfill(status=answer.status, headers=headers, body=answer.body)


class GiscusBench(Bench):
    name = "giscus"
    label = "giscus"
    impossible: ClassVar = {
        "typed text": FRAME,
        "deep link": "giscus has no links to one comment of a page",
        "spoiler sealed": COVERED,
    }
    left: ClassVar = 1

    def __init__(self) -> None:
        self.server = Giscus(port_of("giscus"))
        self.options = {
            "provider": "giscus",
            "repo": "ann/books",
            "repo_id": "R_kgDOKq3vXw",
            "category": "Announcements",
            "category_id": "DIC_kwDOKq3vX84CbW1y",
            "host": self.server.origin,
        }

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def shown_thread(self, page: Page) -> str:
        term = self._frame(page).locator("h1").inner_text()
        return {"/dune-frank-herbert/": "Dune", "/emma-jane-austen/": "Emma"}.get(term, term)

    def is_dark(self, page: Page) -> bool:
        return self._frame(page).locator("html").get_attribute("data-theme") == "dark"

    def break_script(self, how: Misbehaviour) -> None:
        self.server.misbehave("/client.js", how)

    def break_frame(self, how: Misbehaviour) -> None:
        self.server.misbehave("*/widget", how)

    def mend(self) -> None:
        self.server.behave()
        self.server.up()

    def _frame(self, page: Page) -> Frame:
        found = page.query_selector("iframe.giscus-frame")
        assert found
        frame = found.content_frame()
        assert frame
        return frame


class IssoBench(Bench):
    name = "isso"
    label = "Isso"
    is_stub = False
    impossible: ClassVar = NO_FRAME
    needed: ClassVar = ("script-src", "connect-src")
    left: ClassVar = 1

    def __init__(self, folder: Path, comments: int = 13) -> None:
        self.comments = comments  # on Dune
        self.isso = Isso(folder, [built.site_url()])
        self.script = Fault(f"{self.isso.address}/js/embed.min.js")
        self.options = {"provider": "isso", "url": self.isso.address}

    def __enter__(self) -> Self:
        self.isso.__enter__()
        for title in ("Emma", "Dune"):
            last = self.isso.post(self.thread_of(title), f"I read {title} >! the end of {title} !<")
        for n in range(self.comments - 1):
            last = self.isso.post(self.thread_of("Dune"), f"Thought {n}")
        self.link = f"#isso-{last['id']}"
        return self

    def __exit__(self, *_: object) -> None:
        self.isso.__exit__()

    def join(self, context: BrowserContext) -> None:
        self.script.join(context)

    def shown_thread(self, page: Page) -> str:
        first = page.locator("#isso-root > .isso-comment .isso-text").first.inner_text()
        return first.removeprefix("I read ").partition(" ")[0].partition("\n")[0]

    def is_dark(self, page: Page) -> bool:
        return is_light(page, "#isso-root .isso-text")

    def break_script(self, how: Misbehaviour) -> None:
        self.script.how = how

    def mend(self) -> None:
        self.script.mend()


class WalineBench(Bench):
    name = "waline"
    label = "Waline"
    is_stub = False
    impossible: ClassVar = NO_FRAME
    needed: ClassVar = ("script-src", "connect-src")

    def __init__(self, folder: Path) -> None:
        self.waline = Waline(folder, built.site_url())
        client = self.waline.client.origin
        self.script = Fault(f"{client}/waline.js")
        # So that the first comment is the one with a spoiler.
        ours = {"client": client, "comment_sorting": "oldest"}
        self.options = {"provider": "waline", "server_url": self.waline.address, **ours}

    def __enter__(self) -> Self:
        waline.need_waline()
        self.waline.__enter__()
        for title in ("Emma", "Dune"):
            spoiler = f"<span class='spoiler'>the end of {title}</span>"
            last = self.waline.post(self.thread_of(title), f"I read {title} {spoiler}")
        for n in range(8):
            last = self.waline.post(self.thread_of("Dune"), f"Thought {n}")
        self.link = f"#{last['objectId']}"
        return self

    def __exit__(self, *_: object) -> None:
        self.waline.__exit__()

    def join(self, context: BrowserContext) -> None:
        self.script.join(context)
        # It has the pictures of writers.
        context.route("https://*.libravatar.org/**", lambda route: route.abort())

    def shown_thread(self, page: Page) -> str:
        first = page.locator("[data-waline] .wl-card .wl-content").first.inner_text()
        return first.strip().removeprefix("I read ").partition(" ")[0]

    def is_dark(self, page: Page) -> bool:
        return is_light(page, "[data-waline] .wl-card .wl-content p")

    def break_script(self, how: Misbehaviour) -> None:
        self.script.how = how

    def mend(self) -> None:
        self.script.mend()


class Remark42Bench(Bench):
    name = "remark42"
    label = "Remark42"
    impossible: ClassVar = {"typed text": FRAME, "spoiler sealed": COVERED}
    link = "#remark42__comment-1"

    def __init__(self) -> None:
        self.server = Remark42(port=port_of("remark42"))
        self.server.pages["/api/v1/list"] = data([])
        self.options = {"provider": "remark42", "host": self.server.origin, "site_id": "shelf"}

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def shown_thread(self, page: Page) -> str:
        url = self._frame(page).locator("h1").inner_text()
        return next(title for title in ("Dune", "Emma") if url == self.thread_of(title))

    def thread_of(self, title: str) -> str:
        return built.site_url().rstrip("/") + super().thread_of(title)

    def linked(self, page: Page) -> Locator:
        return page.locator("#remark42 iframe")

    def is_dark(self, page: Page) -> bool:
        html = self._frame(page).locator("html")
        return bool(html.evaluate("html => html.style.colorScheme === 'dark'"))

    def break_script(self, how: Misbehaviour) -> None:
        self.server.misbehave("/web/embed.mjs", how)

    def break_frame(self, how: Misbehaviour) -> None:
        self.server.misbehave("/web/iframe.html", how)

    def mend(self) -> None:
        self.server.behave()

    def _frame(self, page: Page) -> FrameLocator:
        return page.frame_locator("#remark42 iframe")


class DisqusBench(Bench):
    name = "disqus"
    label = "Disqus"
    impossible: ClassVar = {"typed text": FRAME, "spoiler sealed": COVERED}
    options: ClassVar = {"provider": "disqus", "shortname": "ann-books"}
    link = "#comment-1"

    def __init__(self) -> None:
        self.server = Disqus()

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def join(self, context: BrowserContext) -> None:
        self.server.route(context)

    def shown_thread(self, page: Page) -> str:
        shown = self._frame(page).locator("h1").inner_text()
        return next(title for title in ("Dune", "Emma") if shown == self.thread_of(title))

    def linked(self, page: Page) -> Locator:
        return page.locator("#disqus_thread iframe")

    def is_dark(self, page: Page) -> bool:
        return self._frame(page).locator("html").get_attribute("data-scheme") == "dark"

    def break_script(self, how: Misbehaviour) -> None:
        self.server.misbehave("/embed.js", how)

    def break_frame(self, how: Misbehaviour) -> None:
        self.server.misbehave("/embed/comments/", how)

    def mend(self) -> None:
        self.server.behave()

    def _frame(self, page: Page) -> FrameLocator:
        return page.frame_locator("#disqus_thread iframe")


class TwoPosts(Mastodon):
    """Has a conversation for each of two posts, by their ids."""

    talks: Mapping[str, Thread] = {}

    def respond(self, request: Request) -> Answer:
        parts = request.path.split("/")
        for number, talk in self.talks.items():
            if number in parts:
                self.conversation = talk
                return super().respond(replace(request, url=request.url.replace(number, POST)))
        return super().respond(request)


class MastodonBench(Bench):
    name = "mastodon"
    label = "Mastodon"
    impossible: ClassVar = {**NO_FRAME, "typed text": "readers write on the network"}
    needed: ClassVar = ("connect-src",)
    options: ClassVar = {"provider": "mastodon"}
    posts: ClassVar = {
        "Dune": f"https://{HOST}/@ann/1001",
        "Emma": f"https://{HOST}/@ann/1002",
    }
    keys: ClassVar = {title: {"comments": {"mastodon": post}} for title, post in posts.items()}
    link = f"#mastodon-{identify(13)}"

    def __init__(self) -> None:
        self.server = TwoPosts()
        self.server.talks = {
            post.rpartition("/")[2]: self._talk(title) for title, post in self.posts.items()
        }

    def _talk(self, title: str) -> Thread:
        warned = {"spoiler_text": "Ending"}
        replies = [
            reply(1, f"<p>I read {title}</p>"),
            reply(2, f"<p>the end of {title}</p>", **warned),
            *(reply(number, f"<p>Thought {number}</p>", to=number - 1) for number in range(3, 14)),
        ]
        return Thread(reply(0, "<p>Post</p>", to=None), replies)

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def join(self, context: BrowserContext) -> None:
        self.server.route(context)

    def shown_thread(self, page: Page) -> str:
        return page.locator(TEXT).first.inner_text().removeprefix("I read ")

    def is_dark(self, page: Page) -> bool:
        return is_light(page, TEXT)

    def break_script(self, how: Misbehaviour) -> None:
        self.server.misbehave("/api/*", how)

    def mend(self) -> None:
        self.server.behave()

    def thread_of(self, title: str) -> str:
        return self.posts[title]


class BlueskyBench(Bench):
    name = "bluesky"
    label = "Bluesky"
    impossible: ClassVar = MastodonBench.impossible
    needed: ClassVar = MastodonBench.needed
    options: ClassVar = {"provider": "bluesky"}
    posts: ClassVar = {
        title: f"https://bsky.app/profile/{DID}/post/3l{title.lower()}"
        for title in ("Dune", "Emma")
    }
    keys: ClassVar = {title: {"comments": {"bluesky": post}} for title, post in posts.items()}
    link = "#bluesky-3l13"

    def __init__(self) -> None:
        self.server = Bluesky()
        self.server.pages["/xrpc/app.bsky.feed.getPostThread"] = self._answer

    def _answer(self, request: Request) -> Answer:
        title = request.query["uri"].rpartition("/3l")[2].title()
        made = thread(post(13, "Thought 13"))
        for number in range(12, 2, -1):
            made = thread(post(number, f"Thought {number}"), made)
        warned = post(2, f"the end of {title}", labels=[label("spoiler")])
        first = thread(post(1, f"I read {title}"))
        return data({"thread": thread(post(0, "Post"), first, thread(warned), made)})

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def join(self, context: BrowserContext) -> None:
        self.server.route(context)

    def shown_thread(self, page: Page) -> str:
        return page.locator(TEXT).first.inner_text().removeprefix("I read ")

    def is_dark(self, page: Page) -> bool:
        return is_light(page, TEXT)

    def break_script(self, how: Misbehaviour) -> None:
        self.server.misbehave("/xrpc/*", how)

    def mend(self) -> None:
        self.server.behave()

    def thread_of(self, title: str) -> str:
        return self.posts[title]


class CustomBench(Bench):
    """Plays a service whose snippet makes a frame."""

    name = "custom"
    label = "`custom`"
    impossible: ClassVar = {
        "palette while loading": "the snippet learns the palette only once, when it is loaded",
        "palette after": "the snippet learns the palette only once, when it is loaded",
        "typed text": FRAME,
        "deep link": "it is the service that knows links to one comment",
        "spoiler sealed": f"{FRAME}; the warning above covers all",
    }

    def __init__(self) -> None:
        self.server = Server(port_of("custom"))
        self.server.pages = {
            "/talk.js": script(
                """(() => {
                  const place = document.getElementById("talk");
                  const frame = document.createElement("iframe");
                  frame.title = "Talk";
                  frame.src = new URL("/frame?" + new URLSearchParams({ ...place.dataset }),
                    document.currentScript.src);
                  place.append(frame);
                })();"""
            ),
            "/frame": html(
                """<!doctype html><html lang="en"><title>Talk</title><main><h1></h1></main>
                <script>
                  const query = new URLSearchParams(location.search);
                  document.querySelector("h1").textContent = query.get("thread");
                  document.documentElement.dataset.theme = query.get("theme");
                  parent.postMessage({ height: 100 }, "*");
                </script></html>"""
            ),
        }
        self.options = {
            "provider": "custom",
            "name": "Talk",
            "script": f"{self.server.origin}/talk.js",
            "element": '<div id="talk" data-thread="{thread}" data-theme="{theme}"></div>',
            "hosts": {"frame-src": self.server.origin},
        }

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def shown_thread(self, page: Page) -> str:
        thread = self._frame(page).locator("h1").inner_text()
        return {"/dune-frank-herbert/": "Dune", "/emma-jane-austen/": "Emma"}.get(thread, thread)

    def is_dark(self, page: Page) -> bool:
        return self._frame(page).locator("html").get_attribute("data-theme") == "dark"

    def break_script(self, how: Misbehaviour) -> None:
        self.server.misbehave("/talk.js", how)

    def break_frame(self, how: Misbehaviour) -> None:
        self.server.misbehave("/frame", how)

    def mend(self) -> None:
        self.server.behave()

    def _frame(self, page: Page) -> Frame:
        found = page.query_selector("#talk iframe")
        frame = found.content_frame() if found else None
        assert frame
        return frame


def all_benches(folder: Path) -> Iterable[Bench]:
    """Return a bench for each provider, in the order of the columns."""
    return (
        GiscusBench(),
        IssoBench(folder / "isso"),
        WalineBench(folder / "waline"),
        Remark42Bench(),
        DisqusBench(),
        MastodonBench(),
        BlueskyBench(),
        CustomBench(),
    )
