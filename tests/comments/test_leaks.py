"""What a long visit leaves behind in the browser, counted after garbage collection."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.comments.benches import Bench, GiscusBench, IssoBench
from tests.comments.reader import Reader
from tests.comments.services import built
from tests.comments.services.http import StaticSite

pytestmark = pytest.mark.browser

VISITS = 20


def count(session: CDPSession) -> tuple[int, int]:
    """Return how many listeners and nodes the page holds."""
    session.send("HeapProfiler.collectGarbage")
    counters = session.send("Memory.getDOMCounters")
    return counters["jsEventListeners"], counters["nodes"]


def grow(browser: Browser, folder: Path, bench: Bench | None) -> tuple[float, float]:
    """Return how many listeners and nodes each visit to another page leaves."""
    with StaticSite(folder) as site, browser.new_context() as context:
        if bench:
            bench.join(context)
        reader = Reader(context, site)
        reader.open()
        session = context.new_cdp_session(reader.page)

        def walk(visits: int) -> None:
            for n in range(visits):
                reader.visit(("Emma", "Dune")[n % 2])
                if bench:
                    reader.show()

        walk(4)
        before = count(session)
        walk(VISITS)
        listeners, nodes = count(session)
        return (listeners - before[0]) / VISITS, (nodes - before[1]) / VISITS


@pytest.fixture
def leaks(browser: Browser, tmp_path: Path) -> Callable[[Bench], tuple[float, float]]:
    def leaks(bench: Bench) -> tuple[float, float]:
        with ExitStack() as stack:
            stack.enter_context(bench)
            folder = built.build_site(tmp_path / "with", bench.options, built.pages())
            return grow(browser, folder, bench)

    return leaks


def test_isso_leaves_no_more_than_its_own(
    leaks: Callable[[Bench], tuple[float, float]], tmp_path: Path
) -> None:
    listeners, nodes = leaks(IssoBench(tmp_path / "isso", comments=1))
    print(f"Isso: {listeners} listeners, {nodes} nodes a visit")
    assert listeners <= 23
    assert nodes <= 590


def test_giscus_leaves_little_more_than_a_page_without_comments(
    browser: Browser, leaks: Callable[[Bench], tuple[float, float]], tmp_path: Path
) -> None:
    bare = grow(browser, built.build_site(tmp_path / "bare", None, built.pages()), None)
    found = leaks(GiscusBench())
    print(f"bare: {bare}, giscus: {found}")
    assert found[0] - bare[0] <= 4
    assert found[1] - bare[1] <= 70
