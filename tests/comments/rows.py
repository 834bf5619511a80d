"""Tests of widgets that need more of their service than those of the table (`test_table.py`).

A subclass of `Rows` says how to ask its service. What only one service does is tested beside it.
"""

import base64
import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, Page

from mkdocs_bookreview.comments.providers import read_provider
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.settings import CommentsSettings
from tests.comments.services import built
from tests.comments.services.http import Server, Slow, StaticSite

SECTION = ".bookreview-comments"
BUTTON = ".bookreview-comments__button"
STATUS = ".bookreview-comments__status"
PATIENCE = 16_000  # milliseconds, in which the loader gives up

KEYS = {
    "Dune": "/dune-frank-herbert/",
    "Emma": "/emma-jane-austen/",
    "Beloved": "/beloved-toni-morrison/",
}

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const { blockedURI, effectiveDirective, sourceFile, lineNumber } = event;
  violations.push([effectiveDirective, blockedURI, sourceFile, lineNumber].join(" "));
});
"""

_COUNT_LISTENERS = """
window.kept = new Set();
for (const target of [window, document]) {
  const { addEventListener: add, removeEventListener: remove } = target;
  target.addEventListener = (type, listener, options) => {
    kept.add(listener);
    options?.signal?.addEventListener("abort", () => kept.delete(listener));
    return add.call(target, type, listener, options);
  };
  target.removeEventListener = (type, listener, options) => {
    kept.delete(listener);
    return remove.call(target, type, listener, options);
  };
}
"""


def wait_for(page: Page, state: str) -> None:
    page.wait_for_selector(f'{SECTION}[data-state="{state}"]')


def show(page: Page) -> None:
    page.click(BUTTON)
    wait_for(page, "ready")


def until_asked(page: Page, service: Server, path: str) -> None:
    """Wait for a request, while the browser runs, because some services are asked through it."""
    for _ in range(1000):
        if any(request.path == path for request in service.requests):
            return
        page.evaluate("0")
    raise AssertionError(f"Nobody asked for {path}.")


def review_of(site: StaticSite, title: str = "Dune") -> str:
    return f"{site.address}reviews/{title.lower()}/"


def strict_policy(page: Path, hosts: Mapping[str, tuple[str, ...]]) -> str:
    """Return a policy that allows the site's own files, its inline scripts by hash, and `hosts`."""
    inline = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in inline)
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    own = {"script-src": hashes, "img-src": ["data:"], "frame-src": [], "style-src": []}
    names = dict.fromkeys([*own, "connect-src", "font-src", "worker-src", *hosts])
    sources = {
        name: " ".join(["'self'", *own.get(name, []), *hosts.get(name, ())]) for name in names
    }
    return "; ".join(
        ["default-src 'none'", *(f"{name} {source}" for name, source in sources.items())]
    )


class Rows(ABC):
    """Holds tests that are the same for several services.

    `options` are those of the provider. `script` is the path of the service's script, and `life` a
    path whose answer lets readers read the comments. `link` is the hash of a link to one comment.
    `needed` are the directives without which there are no comments.
    """

    options: ClassVar[Mapping[str, object]]
    script: ClassVar[str]
    life: ClassVar[str]
    link: ClassVar[str]
    needed: ClassVar[tuple[str, ...]]

    @pytest.fixture
    def service(self, page: Page) -> Iterator[Server]:
        with ExitStack() as stack:
            yield self.serve(page, stack)

    @abstractmethod
    def serve(self, page: Page, stack: ExitStack) -> Server:
        """Return the service, running, and reached from the page under its addresses."""

    @abstractmethod
    def thread(self, page: Page) -> str:
        """Return the thread that the reader sees."""

    @abstractmethod
    def scheme(self, page: Page) -> str:
        """Return `light` or `dark`, as the comments are painted."""

    @abstractmethod
    def expected(self, title: str) -> str:
        """Return the thread of the review of a book."""

    def wait_for_scheme(self, page: Page, scheme: str) -> None:
        for _ in range(100):
            if self.scheme(page) == scheme:
                return
            page.wait_for_timeout(20)
        assert self.scheme(page) == scheme

    def build(self, tmp_path: Path, **more: object) -> Path:
        return built.build_site(tmp_path, {**self.options, **more})

    @pytest.fixture
    def page(self, browser: Browser) -> Iterator[Page]:
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.errors = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
        page.add_init_script(_WATCH)
        yield page
        context.close()

    @pytest.fixture
    def site(self, tmp_path: Path) -> Iterator[StaticSite]:
        with StaticSite(self.build(tmp_path)) as site:
            yield site

    def test_listeners_are_left_with_their_page(
        self, site: StaticSite, service: Server, page: Page
    ) -> None:
        page.goto(review_of(site))
        show(page)
        page.evaluate(_COUNT_LISTENERS)
        counts = []
        for title in ("Emma", "Beloved", "Dune", "Emma"):
            built.visit(page, title)
            show(page)
            counts.append(page.evaluate("kept.size"))
        assert counts[-1] <= counts[1], counts

    @pytest.mark.parametrize("what", ["script", "life"])
    def test_silence_is_a_failure_and_late_comments_are_welcome(
        self, what: str, site: StaticSite, service: Server, page: Page
    ) -> None:
        page.clock.install()
        slow = service.misbehave(getattr(self, what), Slow())
        page.goto(review_of(site))
        page.click(BUTTON)
        until_asked(page, service, getattr(self, what))
        page.clock.run_for(PATIENCE)
        wait_for(page, "failed")
        slow.release()
        page.clock.resume()
        wait_for(page, "ready")
        assert self.thread(page) == self.expected("Dune")

    def policy(self, site: StaticSite, *without: str) -> str:
        provider, problems = settings_of(self.options)
        assert not problems
        hosts = {name: at for name, at in provider.hosts().items() if name not in without}
        return strict_policy(site.folder / "reviews" / "dune" / "index.html", hosts)

    def test_the_printed_policy_is_enough(
        self, site: StaticSite, service: Server, page: Page
    ) -> None:
        site.headers["Content-Security-Policy"] = self.policy(site)
        page.goto(review_of(site))
        page.wait_for_load_state("networkidle")
        page.evaluate("violations.length = 0")  # those of Material, which writes styles
        show(page)
        violations = page.evaluate("violations")
        assert violations == [], violations
        built.toggle_palette(page)
        self.wait_for_scheme(page, "dark")

    def test_a_policy_without_the_service_is_named(
        self, site: StaticSite, service: Server, page: Page
    ) -> None:
        for directive in self.needed:
            site.headers["Content-Security-Policy"] = self.policy(site, directive)
            page.goto(review_of(site))
            page.click(BUTTON)
            wait_for(page, "failed")
            assert "this site does not let your browser use" in page.inner_text(STATUS), directive


def settings_of(options: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Return the provider that reads these options of `comments`, and the problems in them."""
    settings = CommentsSettings.model_validate(dict(options))
    provider, problems = read_provider(settings, Marks("mkdocs.yml"))
    return provider, [str(problem) for problem in problems]
