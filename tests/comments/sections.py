"""What tests of one provider do with the comment section of a page."""

from playwright.sync_api import Page

from tests.comments.reader import BUTTON, SECTION

LIVE = f"{SECTION}__live"


def state(page: Page) -> str | None:
    return page.locator(SECTION).get_attribute("data-state")


def wait_for(page: Page, name: str) -> None:
    """Wait until the section has this state."""
    page.wait_for_selector(f"{SECTION}[data-state={name}]", state="attached")


def show(page: Page) -> None:
    """Press the button, and wait until the comments can be read."""
    page.click(BUTTON)
    wait_for(page, "ready")


def note_errors(page: Page) -> list[str]:
    """Return a list to which all errors that the page throws are added."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def note_strangers(page: Page, own: str) -> list[str]:
    """Return a list to which all requests to other servers than our own are added."""
    asked: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(own) else asked.append(one.url))
    return asked
