from dataclasses import replace

import pytest

from mkdocs_bookreview.frontmatter import references
from mkdocs_bookreview.frontmatter.read import read_page
from mkdocs_bookreview.frontmatter.references import check_references
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.rating import RatingSettings

COUNT = 60


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("  cover: cover-{}.jpg", {f"cover-{n}.jpeg" for n in range(COUNT)}),
        ("related: [{{review: book-{}.mb}}]", set()),
    ],
)
def test_a_library_of_wrong_names_is_not_compared_in_pairs(line, files, monkeypatch):
    compared = []

    def compare(name, names, n):
        compared.append(name)
        return names[:n]

    monkeypatch.setattr(references, "get_close_matches", compare)
    texts = {
        f"book-{n}.md": f"---\nbook:\n  title: T{n}\n{line.format(n)}\n---\n" for n in range(COUNT)
    }
    pages = [read_page(text, name, RatingSettings(), {}, {}) for name, text in texts.items()]
    problems = [str(problem) for problem in check_references(pages, files)]
    assert len(problems) == COUNT
    assert "Did you mean" in problems[0]
    assert "Did you mean" not in problems[-1]
    assert len(compared) < COUNT / 2


def test_no_place_is_looked_for_where_nothing_is_wrong():
    text = "---\nbook:\n  title: {}\n  cover: it.jpg\nrelated: [{{review: {}}}]\n---\n"
    pages = [
        read_page(text.format(name, other), f"{name}.md", RatingSettings(), {}, {})
        for name, other in (("emma", "kim.md"), ("kim", "emma.md"))
    ]
    asked = []
    watched = [replace(page, marks=Marks(page.source, asked.append)) for page in pages]
    assert check_references(watched, {"it.jpg"}) == []
    assert asked == []
    assert len(check_references(watched, set())) == len(pages)
    assert asked
