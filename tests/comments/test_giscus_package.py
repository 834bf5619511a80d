"""Our options of giscus are those of its published package, by name and by value."""

import re

from mkdocs_bookreview.comments.giscus import LANGUAGES, OTHER_LANGUAGES, THEMES, Giscus
from tests.comments.packages import package, snake_case

# What we decide for the author: which conversation, and when and where it appears.
OURS = {"mapping", "term", "loading", "emit_metadata"}


def read_types(name: str) -> set[str]:
    """Return the texts that a type of the package may have."""
    text = (package("giscus@1") / "types" / "types.d.ts").read_text("utf-8")
    found = re.search(rf"export type {name} = (.*);", text)
    assert found
    return set(re.findall(r"'([^']+)'", found[1]))


def test_options_have_the_names_of_the_package() -> None:
    text = (package("giscus@1") / "types" / "giscus.d.ts").read_text("utf-8")
    named = re.findall(r"^    (?!private|get|static)(\w+)\??: (?:\w+);", text, re.MULTILINE)
    theirs = {snake_case(name) for name in named} - OURS
    own = {re.sub("^theme_(light|dark)$", "theme", name) for name in Giscus.model_fields}
    assert own == theirs


def test_themes_and_languages_are_those_of_the_package() -> None:
    assert set(THEMES.split()) == read_types("Theme")
    # It takes these too, and shows them in another language that we have.
    assert set(LANGUAGES.split()) == read_types("AvailableLanguage") - {"gsw", "zh-Hans", "zh-Hant"}
    assert set(OTHER_LANGUAGES.values()) <= set(LANGUAGES.split())
