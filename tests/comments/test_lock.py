import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_bookreview.comments.lock import LockLine, read_lock, render_lock
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.remark42 import Remark42
from tests.comments.threads import GISCUS, ISSO, assign, emma, read

SERVICES = ("giscus", "isso")
SITE = "https://ann.github.io/books/"
KEY = "emma-jane-austen"
EMMA = LockLine("/books/emma-jane-austen/", "reviews/emma.md", KEY)
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(IDS, IDS, st.none() | IDS), max_size=4))
@example([("2014/05/emma/", "a.md", None), ("Emma: a, #1 {x}", "no", "12"), ("- 'a\"", "~", "on")])
def test_what_is_written_is_read_again(parts: list[tuple[str, str, str | None]]) -> None:
    lines = {
        LockLine(ident.strip(), page.strip(), book and book.strip(), written=book and book.strip())
        for ident, page, book in parts
    }
    lock = read_lock(render_lock({"isso": lines}), SERVICES)
    assert not lock.problems
    assert set(lock.lines["isso"]) == lines


def test_lines_are_sorted_so_that_a_new_one_changes_one_place() -> None:
    about, second = LockLine("/about/", "about.md"), LockLine("/e/2/", "b.md", KEY, 2)
    text = render_lock({"isso": [about, second, EMMA], "giscus": [about]})
    assert text == render_lock({"giscus": [about], "isso": [EMMA, second, about]})
    assert text.splitlines()[2:] == [
        "giscus:",
        "- {id: /about/, page: about.md}",
        "isso:",
        f"- {{id: {EMMA.id}, page: {EMMA.page}, book: {KEY}, review: 1}}",
        "- {id: /e/2/, page: b.md, book: emma-jane-austen, review: 2}",
        "- {id: /about/, page: about.md}",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("isso: [", "comments.lock.yml:2:1: Not valid YAML: "),
        ("<<<<<<< HEAD\nisso: []\n", "comments.lock.yml:"),
        ("- a\n", "comments.lock.yml:1:1: The content must be a mapping of keys to values."),
        ("iso: []\n", "comments.lock.yml:1:1: Unknown service `iso`. Did you mean `isso`?"),
        ("isso: /a/\n", "comments.lock.yml:1:1: `isso` must be a list."),
        ("isso: [/a/]\n", "comments.lock.yml:1:8: `isso[1]` must be a mapping, but is `/a/`."),
        ("isso:\n- {id: /a/}\n", "comments.lock.yml:2:3: `isso[1].page` is missing."),
        (
            "isso:\n- {id: /a/, page: a.md, reviw: 1}\n",
            "comments.lock.yml:2:25: Unknown key `isso[1].reviw`. Did you mean `review`?",
        ),
        (
            "isso:\n- {id: /a/, page: a.md, review: no}\n",
            "comments.lock.yml:2:25: `isso[1].review` must be a whole number, but is `no`.",
        ),
    ],
)
def test_a_broken_file_is_a_problem_with_a_place(text: str, problem: str) -> None:
    (found, *_) = read_lock(text, SERVICES).problems
    assert str(found).startswith(problem)


@given(st.text())
@example("isso: &a [*a]")
@example("isso: {a: {b: [1, {c: d}]}}")
@example("? [a]\n: b\n")
def test_no_text_raises(text: str) -> None:
    read_lock(text, SERVICES)


def _after(*pages: object, lines: tuple[LockLine, ...] = (EMMA,), **options: object) -> dict:
    return dict(assign(pages, **options, lines=lines).by_source)  # type: ignore[arg-type]


@pytest.mark.parametrize("provider", [GISCUS, ISSO])
@pytest.mark.parametrize("site_url", [None, "https://ann.example/", "https://ann.example/shelf/"])
@pytest.mark.parametrize(
    "page",
    [
        emma(),
        emma("reviews/2024/emma.md"),  # a moved file
        emma("en/reviews/emma.md"),  # a language folder
        emma(title="Emma and her World"),  # a corrected title
        read("reviews/emma.md", "comments: true"),  # no review any more
    ],
    ids=["same", "moved", "language", "title", "page"],
)
def test_a_line_keeps_the_thread(provider: Provider, site_url: str | None, page: object) -> None:
    threads = _after(page, provider=provider, site_url=site_url)
    assert [*threads.values()] == ["/books/emma-jane-austen/"]


def test_a_written_id_comes_before_the_line() -> None:
    page = emma(more="comments: {id: /2014/emma/}")
    assert _after(page, site_url=SITE) == {"reviews/emma.md": "/2014/emma/"}


REMARK42 = Remark42.model_validate({"host": "https://talk.example", "site_id": "books"})


@pytest.mark.parametrize(
    ("provider", "ident"),
    [(ISSO, "old-emma"), (REMARK42, "old-emma"), (REMARK42, "/2014/emma/")],
)
def test_a_written_id_keeps_what_the_address_of_the_site_gave_it(
    provider: Provider, ident: str
) -> None:
    page = emma(more=f"comments: {{id: {ident}}}")
    before = assign([page], provider, SITE)
    assert before.lines[0].written == ident
    lines = read_lock(render_lock({"isso": before.lines}), SERVICES).lines["isso"]
    after = assign([page], provider, "https://b.example/", lines)
    assert (after.by_source, after.lines, after.unlocked) == (before.by_source, before.lines, ())


def test_a_new_written_id_counts_also_if_the_locked_one_ends_with_it() -> None:
    site_url = "https://ann.example/books/"
    for written in (None, "reviews/dune"):
        line = LockLine("/books/reviews/dune/", "reviews/emma.md", KEY, written=written)
        page = emma(more="comments: {id: dune}")
        found = assign([page], site_url=site_url, lines=[line])
        assert found.by_source == {"reviews/emma.md": "/books/dune/"}
        assert found.unlocked == ("reviews/emma.md",)


def test_an_id_that_no_service_changed_needs_no_words_in_its_line() -> None:
    for provider, ident in ((GISCUS, "old emma"), (ISSO, "/2014/emma/")):
        (line,) = assign([emma(more=f"comments: {{id: {ident}}}")], provider, SITE).lines
        assert (line.id, line.written) == (ident, None)


def test_without_its_written_id_a_page_keeps_its_thread() -> None:
    line = LockLine("/books/old-emma/", "reviews/emma.md", KEY, written="old-emma")
    found = assign([emma()], site_url=SITE, lines=[line])
    assert found.by_source == {"reviews/emma.md": "/books/old-emma/"}
    assert found.lines == (LockLine("/books/old-emma/", "reviews/emma.md", KEY),)


def test_a_new_review_in_the_file_of_a_renamed_one_has_its_own_thread() -> None:
    moved = emma("reviews/emma-again.md")
    new = read("reviews/emma.md", "book: {title: Dune, id: dune}")
    assert _after(moved, new, site_url=SITE) == {
        "reviews/emma-again.md": "/books/emma-jane-austen/",
        "reviews/emma.md": "/books/dune/",
    }


def test_a_further_review_shares_the_locked_thread() -> None:
    line = LockLine("/old/", "a.md", KEY)
    threads = _after(emma("a.md"), emma("b.md"), lines=(line,))
    assert threads == {"a.md": "/old/", "b.md": "/old/"}


def test_separate_reviews_keep_their_numbers_if_an_older_one_comes() -> None:
    pages = [emma("a.md", more="date: 2020-01-01"), emma("b.md", more="date: 2024-01-01")]
    before = assign(pages, is_shared=False)
    older = emma("c.md", more="date: 2000-01-01")
    after = assign([*pages, older], is_shared=False, lines=before.lines)
    assert before.by_source.items() <= after.by_source.items()
    assert after.by_source["c.md"] == "/emma-jane-austen/3/"


def test_reviews_that_shared_a_locked_thread_can_be_separated() -> None:
    pages = [emma("a.md"), emma("b.md")]
    shared = assign(pages)
    separate = assign(pages, is_shared=False, lines=shared.lines)
    assert separate.by_source == {"a.md": "/emma-jane-austen/", "b.md": "/emma-jane-austen/2/"}


def test_the_build_advises_what_to_do_about_lines() -> None:
    gone = LockLine("/gone/", "gone.md", "gone")
    found = assign([emma(), read("new.md", "comments: true")], site_url=SITE, lines=[EMMA, gone])
    assert (found.unlocked, found.fresh, found.orphans) == (("new.md",), ("new.md",), (gone,))
    lacking, without = found.advise()
    assert lacking.startswith("comments.lock.yml is not up to date for `new.md`, so")
    assert without.startswith(
        "comments.lock.yml has lines for pages that do not exist: `gone.md`. If"
    )
    assert assign([emma()], site_url=SITE, lines=[EMMA]).advise() == []


def test_a_line_that_was_found_by_its_file_alone_is_outdated() -> None:
    found = assign([emma(title="Emma and her World")], site_url=SITE, lines=[EMMA])
    assert (found.unlocked, found.fresh) == (("reviews/emma.md",), ())
    assert found.lines == (LockLine(EMMA.id, "reviews/emma.md", "emma-and-her-world-jane-austen"),)
    again = assign([emma(title="Emma and her World")], site_url=SITE, lines=found.lines)
    assert again.unlocked == ()


def test_a_message_names_only_some_of_many_pages() -> None:
    found = assign([read(f"{number}.md", "comments: true") for number in range(9)])
    assert "`4.md` and 4 more, so" in found.advise()[0]
