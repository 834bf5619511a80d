"""Golden cases: the themes of some reviews, and the pages that they make.

A case has the `themes` of each review by the name of its file, perhaps a `vocabulary` (the text of
`themes.yml`) and `options`. `pages` are those of the terms, as `Name: books, of these its own`, and
where a term belongs: ` < Parent`, and what hides it: `, hidden 1`.
"""

from pathlib import Path

import pytest
import yaml

from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.listings.pages import plan_listings
from mkdocs_bookreview.listings.taxonomies import find_choice_title, group_library
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "themes.yml").read_text("utf-8"))


def write(name, themes):
    front = yaml.safe_dump({"book": {"title": name}, "themes": themes}, allow_unicode=True)
    return f"{name}.md", f"---\n{front}---\nText.\n"


def show(taxonomy, term):
    text = f"{term.name}: {taxonomy.count(term)}, {len(term.reviews)}"
    text += "".join(f" < {parent.name}" for parent in taxonomy.parents(term))
    return text + (f", hidden {term.hidden}" if term.hidden else "")


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_case(case):
    settings = Settings.model_validate(case.get("options", {}))
    texts = [write(name, themes) for name, themes in case["themes"].items()]
    listed = {"themes": case["vocabulary"]} if "vocabulary" in case else {}
    site = read_site(texts, {}, None, listed, dict(texts), settings)
    assert [str(problem) for problem in site.problems] == case.get("problems", [])
    library = Library.of(page.review for page in site.pages.values())
    taxonomies = group_library(library, site.vocabularies, settings, Words())
    pages = [one for one in plan_listings(library, taxonomies, settings, Words()) if one.term]
    found = {one.source: show(taxonomies[one.taxonomy], one.term) for one in pages}
    expected = case["pages"]
    assert {
        source: text for source, text in found.items() if source.startswith("themes/")
    } == expected


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("authors", "en", "Author"),
        ("years", "de", "Jahr"),
        ("themes", "en", "Themes"),
        ("genres", "en", "Kinds"),
        ("setting", "en", "Setting"),
    ],
)
def test_a_field_for_one_term_has_a_singular_name(name, language, title):
    lists = {"genres": {"title": "Kinds"}, "setting": True}
    settings = Settings.model_validate({"taxonomies": lists})
    assert find_choice_title(name, settings, Words(language)) == title
