"""Writes the table of what was tried with each provider; the guide has it too."""

from collections.abc import Iterable

from tests.comments.benches import Bench
from tests.tick_table import write_ticks

ROWS = {
    "no request before the act": "Nothing is requested before a reader acts",
    "click": "Loads by a click",
    "visible": "Loads when it comes into view",
    "immediate": "Loads with the page",
    "consent": "Waits for consent",
    "palette before": "Is dark on a dark page",
    "palette while loading": "Follows the palette while it loads",
    "palette after": "Follows the palette later",
    "stable id": "Keeps the comments of a renamed review",
    "remount": "Shows the right comments on twenty pages in turn",
    "typed text": "Keeps typed text",
    "deep link": "Opens a link to one comment",
    "spoiler sealed": "Hides spoilers in comments",
    "frame refused": "A frame that is refused is reported",
    "frame 404": "An error page in a frame is reported",
    "frame slow": "A slow frame still loads",
    "frame late": "A frame that comes after the message still loads",
    "script blocked": "A script that is missing is reported",
    "script late": "A script that comes after the message still loads",
    "blocked": "What the site's own security policy forbids is reported",
    "retry": "Readers can try again",
    "CSP": "Works with the hosts that `csp` prints",
    "file:": "Requests nothing from a local file",
    "no script": "Says that it needs JavaScript",
    "axe": "Passes the accessibility checks of axe",
}
"""Rows by their name in tests, with the words of the guide."""


def write_table(benches: Iterable[Bench]) -> str:
    """Return the table in Markdown, with its reasons below it."""
    columns = [*benches]
    table, reasons = write_ticks(columns, ROWS)
    stubs = [bench.label for bench in columns if bench.is_stub]
    played = f"Tested in Chromium, with a stand-in for the servers of {_join(stubs)}."
    notes = [f"({n}) Not possible: {reason}." for n, reason in enumerate(reasons, 1)]
    return f"{table}\n\n{'<br>'.join([played, *notes])}"


def _join(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
