"""Pages that are meant as reviews are reported once, with lines that make them reviews."""

import re

import pytest
from hypothesis import given, strategies
from literally import follow, read

from mkdocs_bookreview.frontmatter.elsewhere.meant import take_off_byline
from mkdocs_bookreview.frontmatter.fixes.snippets import write_lines
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml

TOML = '+++\ntitle = "Emma"\ndate = 2024-05-01\n{}\n+++\nText.\n'
# A page in some other folder, and facts of the review that it is after the fix.
RECOGNISED = {
    "flat keys": (
        "---\ntitle: Emma\nauthor: Jane Austen\nisbn: 9780141439587\nrating: 4\n---\nText.\n",
        {"rating": "4"},
    ),
    "the author in the title": (
        "---\ntitle: Emma – Jane Austen\nauthor: Jane Austen\nrating: 4\n---\nText.\n",
        {"rating": "4"},
    ),
    "the author in the heading": (
        "---\nauthor: Jane Austen\nrating: 4\n---\n# Book review: Emma, by Jane Austen\n",
        {"rating": "4"},
    ),
    "nested review": (
        "---\ntitle: Emma\nreview: {author: Jane Austen, score: 4}\n---\nText.\n",
        {"rating": "4"},
    ),
    "contributors": (
        "---\ncontributors: [{name: Jane Austen, type: author}]\nstars: 4\n---\n# Emma\n",
        {"rating": "4"},
    ),
    "star strings": (
        "---\ntitle: Emma\nauthor: Jane Austen\nrating: ★★★★☆\n---\nText.\n",
        {"rating": "4"},
    ),
    "several dates": (
        "---\nauthor: Jane Austen\ndates_read: [2020-01-05, May 2022]\n---\n# Emma\n",
        {"readings": "2020-01-05 2022-05"},
    ),
    "months": (
        "---\nauthor: Jane Austen\nfinished: May 2019\npublisher: Virago\n---\n# Emma\n",
        {"readings": "2019-05"},
    ),
    "Obsidian": (
        '---\naliases: [Emma]\nAuthor: "[[Jane Austen]]"\nMy Rating: 4\ncss: []\n---\n# Emma\n',
        {"rating": "4"},
    ),
    "Obsidian without quotes": (
        "---\nauthor: [[Jane Austen]]\nmyRate: 4\n---\n# Emma\n",
        {"rating": "4"},
    ),
    "TOML": (TOML.format('author = "Jane Austen"\nrating = 4'), {"rating": "4"}),
    "TOML with a table": (
        TOML.format('[params]\nauthor = "Jane Austen"\nisbn = "9780141439587"'),
        {},
    ),
    "TOML of ours": (
        TOML.format('rating = 4\n[book]\ntitle = "Emma"\nauthor = "Jane Austen"'),
        {"rating": "4"},
    ),
    "lines of an e-mail": (
        "Title: Emma\nAuthor: Jane Austen\nRating: 4\nDate: Wed, 01 May 2024 10:00:00\n\nText.\n",
        {"rating": "4", "date": "2024-05-01"},
    ),
    "a colon in such a line": (
        "Title: Emma: A Novel\nAuthor: Jane Austen\nRating: 4\n\nText.\n",
        {"rating": "4"},
    ),
    "YAML without a fence": (
        "book:\n  title: Emma\n  author: Jane Austen\nrating: 4\n\nText.\n",
        {"rating": "4"},
    ),
    "JSON": (
        '{\n"title": "Emma", "author": "Jane Austen", "rating": 4\n}\n\nText.\n',
        {"rating": "4"},
    ),
}
RECOGNISED |= {
    "an author of the book and one of the page": (
        "---\ntitle: On Emma\nauthor: Ann\nbook_title: Emma\nbook_author: Jane Austen\n"
        "rating: 4\n---\nText.\n",
        {"rating": "4"},
    ),
    "Book Search in Obsidian": (
        "---\ntag: Book\ntitle: Emma\nauthor: [Jane Austen]\ncategory: [Fiction]\n"
        "publish: 2019-10-01\ntotal: 474\nisbn: 0141439580 9780141439587\nstatus: unread\n---\n",
        {"published": "2019-10-01", "pages": "474", "genres": "Fiction"},
    ),
    "Bookshelf in Obsidian": (
        "---\ntitle: Emma\nauthor: Jane Austen\nbookshelf: currently-reading\nrating: 4\n---\n",
        {"status": "reading"},
    ),
    "the author twice": (
        '---\ntitle: Emma\nauthor: "[[Jane Austen]]"\nauthors: ["[[Jane Austen]]"]\nstars: "****"\n'
        "---\n",
        {"rating": "4"},
    ),
    "Astro": (
        "---\ntitle: Emma\nauthor: Jane Austen\npubDate: 2024-05-01\nrating: 4\n---\n",
        {"date": "2024-05-01", "published": ""},
    ),
    "WordPress": (
        "---\ntitle: 'Emma &#8211; a review'\nauthor: admin\nbook_author: Jane Austen\n"
        "rating: ['4']\nisbn_13: ['9780141439587']\n---\n",
        {"rating": "4"},
    ),
    "Logseq": ("author:: [[Jane Austen]]\ntitle:: Emma\nrating:: 4\n\n- Text.\n", {"rating": "4"}),
    "Notion": (
        "# Emma\n\nAuthor: Jane Austen\nScore /5: ⭐️⭐️⭐️⭐️\nDate Finished: May 1, 2024\n\nText.\n",
        {"rating": "4", "readings": "2024-05-01"},
    ),
    "people without a name": (
        "---\nauthor: Jane Austen\nauthors: [[]]\nrating: 4\nextra: a\nb: c\n---\n# Emma\n",
        {"rating": "4"},
    ),
    "Zola": (
        TOML.format('[taxonomies]\ntags = ["a"]\n[extra]\nauthor = "Jane Austen"\nrating = 4'),
        {"rating": "4"},
    ),
}
IN_THE_FOLDER = {
    "only a heading": "# Emma\n\nText.\n",
    "a text below a heading": "# Emma\n\nNote: the old edition\nTip: read it twice\n\nText.\n",
    "only a title": "---\ntitle: Emma\ntags: [a]\n---\nText.\n",
    "only front matter that is empty": "---\n# to do\n---\n# Emma\n",
}
ORDINARY = {
    "an article": "---\nauthor: Ann\nseries: Old books\ntags: [a]\n---\n# On Emma\n",
    "a film": "---\ntitle: Emma\ndirector: A B\nauthor: Ann\nrating: 4\nyear: 2020\n---\nText.\n",
    "a recipe": "---\ntitle: Soup\nauthor: Ann\nrating: 4\nprepTime: 10\n---\nText.\n",
    "a kind of page": "---\nlayout: movie.html\nauthor: Ann\nrating: 4\nyear: 2020\n---\nText.\n",
    "a category": "---\ncategories: [Music]\nauthor: Ann\nrating: 4\n---\nText.\n",
    "a text below a heading": "# Emma\n\nAuthor: Ann\nNote: the old edition\n",
    "one key": "---\ntitle: Emma\nrating: 4\n---\nText.\n",
    "a page of docs": "---\ntitle: API\nstatus: new\npages: 3\nversion: 2\nauthor: Ann\n---\n",
    "TOML": '+++\ntitle = "Notes"\n+++\nText.\n',
    "a line across the top": "---\n\nauthor: who\n",
    "a text with colons": "Author: the one who writes.\n\nText.\n",
    "no review": "---\nreview: false\ntitle: Emma\nauthor: Jane Austen\nrating: 4\n---\nText.\n",
}


def facts_of(review):
    ends = " ".join(str(one.ended) for one in review.readings)
    rating = review.rating and review.rating.value
    book = review.book
    return {
        "rating": str(rating),
        "readings": ends,
        "date": str(review.date),
        "status": " ".join(one.status.value for one in review.readings),
        "published": str(book.published or ""),
        "pages": str(book.pages),
        "genres": " ".join(book.genres),
    }


@pytest.mark.parametrize(("text", "facts"), RECOGNISED.values(), ids=RECOGNISED)
def test_recognised(text, facts):
    site = read(text, source="notes/emma.md")
    [problem] = site.problems
    assert problem.place.file == "notes/emma.md"
    assert site.pages["notes/emma.md"].review is None
    mended = read(follow(text, problem), source="notes/emma.md")
    review = mended.pages["notes/emma.md"].review
    assert mended.problems == ()
    assert review.book.title.startswith("Emma")
    assert [person.name for person in review.book.authors] == ["Jane Austen"]
    assert facts.items() <= facts_of(review).items()


@pytest.mark.parametrize("text", IN_THE_FOLDER.values(), ids=IN_THE_FOLDER)
def test_recognised_by_its_folder(text):
    assert read(text, source="notes/emma.md").problems == ()
    [problem] = read(text, source="reviews/emma.md").problems
    mended = read(follow(text, problem), source="reviews/emma.md")
    assert mended.problems == ()
    assert mended.pages["reviews/emma.md"].review.book.title == "Emma"


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_pages_are_left_alone(text):
    assert read(text, source="notes/emma.md").problems == ()


@pytest.mark.parametrize("source", ["films/emma.md", "my/courses/python.md"])
def test_a_folder_may_say_what_its_pages_are_about(source):
    text = "---\ntitle: Emma\nauthor: Ann\nrating: 4\n{}---\nText.\n"
    assert read(text.format(""), source=source).problems == ()
    assert len(read(text.format("isbn: 9780141439587\n"), source=source).problems) == 1


@pytest.mark.parametrize("name", ["index.md", "index.en.md"])
def test_an_index_with_a_folder_for_itself_is_a_page_of_hugo(name):
    source = f"reviews/emma/{name}"
    files = ["reviews/emma/emma.jpg", "reviews/index.md", "reviews/dune/index.de.md"]
    [problem] = read("# Emma\n", source, files=files).problems
    assert str(problem.place).startswith(source)


@pytest.mark.parametrize(
    ("source", "other"),
    [
        ("reviews/index.md", "index.md"),
        ("reviews/2024/index.md", "reviews/2024/emma.md"),
        ("reviews/old/index.md", "reviews/old/2024/index.md"),
        ("reviews/2023/index.md", "reviews/2024/index.md"),
        ("notes/emma/index.md", "index.md"),
    ],
)
def test_an_index_above_other_pages_is_about_those(source, other):
    problems = read("# Emma\n", source, others=[(other, "---\nreview: false\n---\n")]).problems
    assert problems == ()


def test_toml_with_a_mistake():
    text = '+++\ntitle = "Emma"\nauthor = "Jane Austen\n+++\nText.\n'
    assert read(text, source="notes/emma.md").problems == ()
    [problem] = read(text, source="reviews/emma.md").problems
    assert "line 3" in problem.what
    assert "as YAML" in problem.fix


def test_an_account_is_no_author():
    text = "---\nauthor: admin\nbook: {title: Emma}\nrating: 4\n---\nText.\n"
    site = read(text)
    assert (site.problems, site.pages["reviews/emma.md"].review.book.authors) == ((), ())


def test_a_page_that_says_so_is_no_review():
    text = "---\nreview: false\ntitle: How I rate\n---\nText.\n"
    assert read(text, source="reviews/rating.md").problems == ()


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("reviews/index.md", {}),
        ("reviews/2024/README.md", {}),
        ("reviews/posts/news.md", {}),
        ("reviews/people/jane-austen.md", {"taxonomies": {"authors": {"path": "reviews/people"}}}),
        ("reviews/emma.md", {"reviews": {"path": "books/"}}),
    ],
)
def test_pages_around_reviews(source, options):
    assert read("# Emma\n", source, options).problems == ()


def test_drafts_and_spoilers_stay_hidden():
    text = "---\ntitle: Emma\nauthor: Jane Austen\nrating: 4\ndraft: true\nspoiler: true\n---\n"
    page = read(text).pages["reviews/emma.md"]
    assert (page.draft, page.spoilers, len(page.problems)) == (True, True, 1)
    page = read(TOML.format('draft = true\nauthor = "A"\nrating = 4')).pages["reviews/emma.md"]
    assert (page.draft, page.body) == (True, "Text.\n")
    page = read("---\ntitle: E\nauthor: A\nrating: 4\npublished: false\n---\n").pages[
        "reviews/emma.md"
    ]
    assert page.draft


def test_a_title_with_a_spoiler_is_not_repeated():
    [problem] = read("# Emma ||marries||\n").problems
    assert "marries" not in str(problem)


def test_what_is_long_stays_where_it_is():
    text = f"---\ntitle: Emma\nauthor: A\nrating: 4\ndescription: {'a ' * 400}\n---\nText.\n"
    [problem] = read(text).problems
    assert len(str(problem)) < 500
    mended = read(follow(text, problem))
    assert mended.problems == ()
    assert len(mended.pages["reviews/emma.md"].review.description) > 700


def test_folder_defaults_do_not_make_a_page_a_review():
    page = "---\ntitle: About\n---\nText.\n"
    assert read(page, "about.md", others=[("other.md", "# Other\n")]).problems == ()


def test_mdx_files_among_the_reviews():
    [problem] = read("# Home\n", "index.md", files=["reviews/emma.mdx", "js/button.mdx"]).problems
    assert re.match("reviews/emma.mdx: .* Rename the file so that it ends in `.md`", str(problem))


texts = strategies.text(max_size=12)
values = strategies.recursive(
    texts,
    lambda below: (
        strategies.lists(below, max_size=3) | strategies.dictionaries(texts, below, max_size=3)
    ),
    max_leaves=6,
)


@given(strategies.dictionaries(texts, values, min_size=1, max_size=4))
def test_lines_are_read_as_they_were_meant(data):
    assert read_marked_yaml("\n".join(write_lines(data)), "").data == data


@pytest.mark.parametrize(
    "title",
    [
        "Emma – Jane Austen",
        "Emma, by Jane Austen",
        "Emma (by Jane Austen)",
        "Emma von Jane Austen",
        "Emma: JANE AUSTEN",
        "Jane Austen – Emma",
        "Jane Austen: Emma",
        "Book review: Emma by Jane Austen",
        "Review of Emma",
        "Emma - Jane Austen - a review",
        "Emma (review)",
    ],
)
def test_what_blogs_write_around_a_title_is_taken_off(title) -> None:
    assert take_off_byline(title, ["Jane Austen"]) == "Emma"


@pytest.mark.parametrize(
    ("title", "people", "kept"),
    [
        (
            "Good Omens by Terry Pratchett & Neil Gaiman",
            ["Terry Pratchett", "Neil Gaiman"],
            "Good Omens",
        ),
        ("The Hobbit - JRR Tolkien", ["J. R. R. Tolkien"], "The Hobbit"),
        ("Jane Austen – Jane Austen", ["Jane Austen"], "Jane Austen"),
        ("Jane Austen", ["Jane Austen"], "Jane Austen"),
        ("Persuasion – a novel", ["Jane Austen"], "Persuasion – a novel"),
        ("Beloved: Jane Austen and Us", ["Jane Austen"], "Beloved: Jane Austen and Us"),
        ("By Jane Austen", ["Jane Austen"], "By Jane Austen"),
        ("Reviewing Emma", [], "Reviewing Emma"),
        ("The London Review", [], "The London Review"),
        ("Review", [], "Review"),
    ],
)
def test_only_the_names_of_the_authors_are_taken_off_a_title(title, people, kept) -> None:
    assert take_off_byline(title, people) == kept
