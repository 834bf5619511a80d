"""Reads the facts of a spoiler: how far readers must have read before it is safe to open."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from html import unescape

from mkdocs_bookreview.model.problem import Finding

FACTS = ("progress", "chapter", "book")
FACT_NAMES = frozenset(FACTS) | {f"data-{name}" for name in FACTS}

_PATTERNS = {
    "progress": re.compile(r"0*(100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?)\s*%?"),
    "chapter": re.compile(r"0*([1-9][0-9]{0,5})"),
    "book": re.compile(r"(.+)", re.DOTALL),
}
# A fraction such as 0.45 is invalid, because its author means 45% and not 0.45%.
_FRACTION = re.compile(r"0*\.\d+")
_CURES = {
    "progress": "Write how much of the book readers must have read, as in `progress: 45%`.",
    "chapter": "Write the number of the last chapter needed, as in `chapter: 12`.",
    "book": "Write the key of the book, as in `book: never-let-me-go-kazuo-ishiguro`.",
}


def read_facts(attributes: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
    """Return the facts among a spoiler's attributes, and reports of those that are invalid.

    `{"progress": "45", "chapter": "x"}` gives `{"progress": "45%"}` and a report of the chapter.
    """
    facts: dict[str, str] = {}
    findings: list[Finding] = []
    for key, written in attributes.items():
        name, text = key.removeprefix("data-"), unescape(written).strip()
        if name not in FACTS:
            findings += tell_unknown([name]) if _find_close(name, 0.8) else ()
        elif not _FRACTION.fullmatch(text) and (match := _PATTERNS[name].fullmatch(text)):
            facts[name] = f"{match[1]}%" if name == "progress" else match[1]
        else:
            findings.append(_tell_value(name, text))
    return facts, findings


def tell_unknown(names: Iterable[str]) -> list[Finding]:
    return [_tell_name(name) for name in names]


@cache
def _find_close(name: str, cutoff: float) -> str | None:
    return next(iter(get_close_matches(name, FACTS, 1, cutoff)), None)


def _tell_name(name: str) -> Finding:
    close = _find_close(name, 0.6)
    fix = f"Did you mean `{close}`?" if close else "Valid options: `progress`, `chapter`, `book`."
    return Finding(f"A spoiler has no option `{name}`.", fix, f"{name}:")


def _tell_value(name: str, text: str) -> Finding:
    fault = f"cannot be `{text}`" if text else "is empty"
    return Finding(f"The `{name}` of a spoiler {fault}.", _CURES[name], f"{name}: {text}")
