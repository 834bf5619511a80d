"""Golden cases: a page's text, its problems line for line, and what was read of it.

A case may set `source`, `options`, `defaults` (texts of `.meta.yml` by folder), `books` and
`vocabulary` (the texts of `books.yml` and `themes.yml`), and the current `year`. `facts` are
attributes of the page by their path.
"""

import re
from pathlib import Path

import pytest
import yaml

from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.settings.settings import Settings

YAML_SAYS = re.compile(r"(?<=Not valid YAML): .*(?=\.$)")  # not the same in all versions
FILES = sorted((Path(__file__).parent / "cases").glob("*.yml"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {name}")
    for file in FILES
    for name, case in yaml.safe_load(file.read_text("utf-8")).items()
]


def find(thing, path):
    for part in path.split("."):
        thing = thing[int(part)] if part.isdigit() else getattr(thing, part)
    return "" if thing is None else str(thing)


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    source = case.get("source", "reviews/emma.md")
    files = {source, *case.get("files", ())}
    settings = Settings.model_validate(case.get("options", {}))
    listed = {"themes": case["vocabulary"]} if "vocabulary" in case else {}
    pages = [(source, case["text"]), *case.get("others", {}).items()]
    files |= {name for name, _ in pages}
    defaults, books, year = case.get("defaults", {}), case.get("books"), case.get("year")
    site = read_site(pages, defaults, books, listed, files, settings, year=year)
    problems = [YAML_SAYS.sub("", str(problem)) for problem in site.problems]
    assert problems == case.get("problems", [])
    page = site.pages[source]
    facts = case.get("facts", {})
    assert {path: find(page, path) for path in facts} == {k: str(v) for k, v in facts.items()}
