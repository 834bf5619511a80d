import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.compiled import keep_compiled, keep_drawn
from tests.hosts.environments import Environments

# No example has a time limit, because a busy machine would fail tests of code that is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# The first is the same browser without a window: a new page took a quarter of the CPU time there.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_compiled(_shared_folder(tmp_path_factory) / "templates")
    keep_drawn()


def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for this run; its workers share the one around their own."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environments:
    """Return a function that gives the Python of a host, such as `zensical`."""
    return Environments(_shared_folder(tmp_path_factory) / "environments")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = "No Chromium found; install Chromium: apt-get install chromium-headless-shell"
        if os.environ.get("BOOKREVIEW_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()
