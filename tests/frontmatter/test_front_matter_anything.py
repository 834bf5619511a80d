"""Whatever stands in front matter: no exception, and problems that say where, what and how."""

import re
import string

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from mkdocs_bookreview.frontmatter.read import read_page
from mkdocs_bookreview.frontmatter.schema import BookIn, ReviewIn
from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.frontmatter.split import find_line, split_front_matter
from mkdocs_bookreview.model.problem import Finding, Place
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.settings.schemas import known_keys
from mkdocs_bookreview.settings.settings import Settings

RATING = RatingSettings()
KEYS = [*known_keys(ReviewIn), *known_keys(BookIn), "book", "name", "url", "text", "spoiler", "at"]
TYPICAL = ["true", "no", "2024-05-01", "4.5", "★★★", "9h", "1-3", "https://x.example/", "a.md", ""]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=20)
    | st.sampled_from(TYPICAL)
)
keys = st.sampled_from(KEYS) | st.text(max_size=8) | st.integers()
values = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=4),
    max_leaves=12,
)
books = st.one_of(values, st.dictionaries(st.sampled_from(known_keys(BookIn)), values, max_size=6))
reviews = st.dictionaries(st.sampled_from(KEYS), values, max_size=8)

quick = settings(max_examples=200)


def check(page):
    for problem in page.problems:
        assert problem.place.line, problem
        assert problem.what.strip()
        assert problem.fix.strip()
        assert "\n" not in str(problem)
        assert not re.search(r"Value error|Input should|String should|should have at", problem.what)
    assert page.review is None or page.review.book.title
    return page


@quick
@given(st.text(), st.text())
def test_any_text(front, body):
    check(read_page(f"---\n{front}\n---\n{body}", "a.md", RATING, {}, {}))
    check(read_page(front, "a.md", RATING, {}, {}))
    check(read_page(f"---\ntitle: x\n{front}", "a.md", RATING, {}, {}))


@quick
@given(st.text(st.sampled_from("abdefort:-?,[]{}&*#|>%!'\" \n\t\r\u2028\ufeff01"), max_size=80))
def test_text_that_looks_like_yaml(front):
    check(read_page(f"---\nbook: {front}\n---\n", "a.md", RATING, {}, {}))
    check(read_page(f"---\n{front}\nbook: {{title: E}}\n---\n", "a.md", RATING, {}, {}))


@quick
@given(reviews, books, st.booleans(), st.booleans())
def test_any_data(data, book, in_braces, aliased):
    dumper = yaml.SafeDumper if aliased else Plain
    text = yaml.dump({**data, "book": book}, Dumper=dumper, default_flow_style=in_braces or None)
    page = check(read_page(f"---\n{text}---\nText.\n", "a.md", RATING, {}, {}))
    assert page.body is None
    assert (page.review is None) == (book is None)


class Plain(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


@settings(max_examples=60)
@given(reviews, reviews, st.text(max_size=40))
def test_any_data_files(data, defaults, text):
    texts = [("r/a.md", f"---\n{yaml.safe_dump(data)}---\n"), ("r/b.md", "---\nbook: b\n---\n")]
    for default in (yaml.safe_dump(defaults), text):
        for books_file in (yaml.safe_dump({"b": defaults, "c": data}), text):
            site = read_site(
                texts,
                {"r": default, ".": text},
                books_file,
                {"themes": books_file},
                ["r/a.md"],
                Settings(),
            )
            assert set(site.pages) == {"r/a.md", "r/b.md"}
            for problem in site.problems:
                assert problem.place.file in {
                    "r/a.md",
                    "r/b.md",
                    "r/.meta.yml",
                    ".meta.yml",
                    "books.yml",
                    "themes.yml",
                }


DEEP = 30_000
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{below}'] * 10)}]\n"
    for below, name in zip(string.ascii_lowercase, string.ascii_lowercase[1:9], strict=False)
)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("x: " + "[" * 100_000, id="brackets"),
        pytest.param("x: " + "{" * DEEP, id="braces"),
        pytest.param("x: " + "[a: " * DEEP, id="brackets with keys"),
        pytest.param("x:\n  " + "- " * DEEP, id="lists in a line"),
        pytest.param("x:\n  " + "-  " * DEEP, id="lists in a line, two spaces"),
        pytest.param("x:\n  " + "? " * DEEP, id="keys in a line"),
        pytest.param("x:\n  " + "- ? " * DEEP, id="lists and keys in a line"),
        pytest.param("x: [" + "]" * 200 + "[" * DEEP, id="brackets closed before"),
        pytest.param(BOMB, id="billion laughs"),
        pytest.param("x: &a [*a]", id="list in itself"),
        pytest.param("x: &a {y: *a}", id="mapping in itself"),
        pytest.param("x: &a\n  <<: *a\n  y: 1", id="merged into itself"),
        pytest.param("x: &a\n  <<: [*a, *a]", id="merged into itself twice"),
        pytest.param("x: *none", id="alias of nothing"),
        pytest.param("x:\n\ty: 1", id="tab"),
        pytest.param("x: a: b", id="two colons"),
        pytest.param("x: 'open", id="open quote"),
        pytest.param("x: a\x00b", id="null byte"),
        pytest.param('x: "\\ud800"', id="half a character"),
        pytest.param("%YAML 9.9", id="directive"),
    ],
)
def test_broken(broken):
    """The page is built without what is above it; what would hide it is obeyed."""
    page = read_page(
        f"---\nbook: {{title: E}}\ndraft: true\n{broken}\nspoilers: true\n---\nText.\n",
        "a.md",
        RATING,
        {},
        {},
    )
    check(page)
    assert page.review is None
    assert [problem.what.partition(":")[0] for problem in page.problems] == ["Not valid YAML"]
    assert (page.body, page.draft, page.spoilers) == ("Text.\n", True, True)


def test_tags_make_nothing():
    text = "---\nbook: !!python/object/apply:os.system {title: !!int 5}\n---\n"
    assert read_page(text, "a.md", RATING, {}, {}).review.book.title == "5"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_from_windows(tmp_path, mark, newline):
    file = tmp_path / "emma.md"
    lines = [f"{mark}---", "book: {title: Emma}", "rating: ten", "---", "Text."]
    file.write_bytes(newline.join(lines).encode())
    page = read_page(file.read_text("utf-8-sig"), "emma.md", RATING, {}, {})
    assert page.review.book.title == "Emma"
    assert page.problems[0].place.line == 3


@pytest.mark.parametrize(
    ("text", "front", "body", "is_unseen"),
    [
        ("---\na: b\n---\nText.", "a: b\n", "Text.", False),
        ("--- \na: b\n...  \nText.", "a: b\n", "Text.", False),
        ("---\nbook: b\n---", "book: b\n", "", True),
        ("---\nbook: b\n\nText.", "book: b\n", "\nText.", True),
        ("---\ndraft : b", "draft : b", "", True),
        ("\n---\nbook: b\n\nText.", "book: b\n", "\nText.", True),
        ("\n---\n{'spoilers': b}\n---\nText.", "{'spoilers': b}\n", "Text.", True),
    ],
)
def test_split(text, front, body, is_unseen):
    parts = split_front_matter(text)
    assert (parts.text, parts.body, bool(parts.flaw)) == (front, body, is_unseen)


UNSEEN = [
    ("{}---\n", " ---\n", 1),
    ("{}---\n", "\t---\n", 1),
    ("{}---\n", "\u00a0---\n", 1),
    ("{}---\n", "\ufeff---\n", 1),
    ("{}---\n", "---\u00a0\n", 1),
    ("{}---\n", "---\u200b \n", 1),
    ("{}---\n", "----\n", 1),
    ("{}---\n", "--\n", 1),
    ("{}---\n", "\u2014-\n", 1),
    ("{}---\n", "\n---\n", 2),
    ("{}---\n", "\u2060\n\n---\n", 3),
    ("{}---\n", "<!-- c -->\n---\n", 2),
    ("{}---\n", "<!-- c\n-->\n\n<!-- --- --> ---\n", 4),
    ("{}...\u00a0\n", "---\n", 4),
    ("{}\u200b---\n", "---\n", 4),
    ("{}--\n", "---\n", 4),
]


@pytest.mark.parametrize(("rest", "opening", "line"), UNSEEN)
def test_front_matter_that_mkdocs_does_not_see_hides_all_the_same(rest, opening, line):
    text = opening + rest.format("spoilers: true\ndraft: true\n") + "\nText.\n\n---\n\nMore.\n"
    assert get_data(text)[1] == {}
    page = read_page(text, "a.md", RATING, {}, {})
    assert (page.draft, page.spoilers) == (True, True)
    assert page.body == "\nText.\n\n---\n\nMore.\n"
    (problem,) = page.problems
    assert problem.place == Place("a.md", line, 1)
    assert ("U+" in problem.what) == any(sign in text for sign in "\u00a0\ufeff\u200b\u2060")


def test_the_fix_of_front_matter_that_mkdocs_does_not_see():
    text = "<!-- c -->\n---\nspoilers: true\n---\u00a0\nText.\n"
    (problem,) = read_page(text, "a.md", RATING, {}, {}).problems
    assert problem.fix.startswith("Move the comment below the front matter")
    text = "---\nspoilers: true\n---\u00a0\n<!-- c -->\nText.\n"
    (problem,) = read_page(text, "a.md", RATING, {}, {}).problems
    assert str(problem) == (
        "a.md:3:1: MkDocs does not see this front matter, because there is an invisible U+00A0"
        " (no-break space) at its `---`. Type `---` again, alone on its line."
    )
    text = "---\nspoilers: true\n---\n<!-- c -->\nText.\n"
    assert read_page(text, "a.md", RATING, {}, {}).problems == ()


def test_lines_below_front_matter_that_mkdocs_does_not_see():
    text = "\n\n---\nbook: {title: Emma}\nrating: ten\n---\nText.\n"
    assert [p.place.line for p in read_page(text, "a.md", RATING, {}, {}).problems] == [3, 5]
    assert find_line(text, Finding("", "", "Text.")) == 7


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_lines_end_where_editors_end_them(sign):
    text = f"---\nbook: {{title: Emma}}\n---\nOne{sign}and\ntwo {sign}three\nfour\n"
    assert find_line(text, Finding("", "", f"two {sign}three")) == 5
    assert find_line(text, Finding("", "", f"{sign}three\nfour\n")) == 6
    assert find_line(text, Finding("", "", "")) is None


@pytest.mark.parametrize("key", ["spoiler", "Spoilers", "\u00a0spoilers", "spoilr", "sspoilers"])
def test_a_misspelt_key_seals_a_page_that_is_no_review(key):
    page = read_page(f"---\n{key}: true\n---\n", "a.md", RATING, {}, {})
    assert page.spoilers
    assert [problem.fix for problem in page.problems] == ["Write `spoilers`."]


@pytest.mark.parametrize("key", ["sponsors", "spoiled", "spoken", "soil", "status"])
def test_another_key_seals_nothing(key):
    page = read_page(f"---\n{key}: true\n---\n", "a.md", RATING, {}, {})
    assert (page.spoilers, page.problems) == (False, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text.",
        "---",
        "---\n",
        "---\nText.\n",
        "--\na: b\n--\n",
        "\n---\na: b\n---\n",
        "\nText.\n",
        "\u00a0\n---\n\nText about a title: it is short.\n\n---\n\nMore.\n",
        "\n---\nBook: Emma\nAuthor: Jane Austen\n---\nText.\n",
        "<!-- license -->\n\n---\nText.\n---\n",
        "\n---\n> title: a quote\n---\n",
        "Text\n\n---\nspoilers: true\n---\n",
    ],
)
def test_nothing_to_split(text):
    assert split_front_matter(text) is None


def test_many_books_are_no_bomb():
    entries = "".join(
        f"book-{n}: {{title: T{n}, author: A, pages: 1, publisher: P, language: en, format: x}}\n"
        for n in range(4000)
    )
    pages = [("a.md", "---\nbook: book-3999\n---\n")]
    site = read_site(pages, {}, entries, {}, ["a.md"], Settings())
    assert site.problems == ()
    assert site.pages["a.md"].review.book.title == "T3999"
