from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.comments.benches import all_benches
from tests.comments.reader import Reader
from tests.comments.services.http import StaticSite
from tests.comments.table import write_table


@pytest.fixture
def browse(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Return a function that serves a built site, and opens a browser without cookies for it.

    Its arguments after the folder join services to that browser. Errors of scripts fail the test.
    """
    readers: list[Reader] = []
    with ExitStack() as stack:

        def browse(folder: Path, *joins: Callable[[BrowserContext], object]) -> Reader:
            site = stack.enter_context(StaticSite(folder))
            context = stack.enter_context(browser.new_context())
            for join in joins:
                join(context)
            readers.append(Reader(context, site))
            return readers[-1]

        yield browse
        assert [error for reader in readers for error in reader.errors] == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of providers after its tests."""
    reports = terminalreporter.getreports("passed")
    if any("test_table.py" in report.nodeid for report in reports):
        terminalreporter.section("comments")
        terminalreporter.write_line(write_table(all_benches(Path("unused"))))
