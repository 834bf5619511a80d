import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_bookreview.comments.lock import read_lock
from mkdocs_bookreview.comments.provider import Provider, ThreadId, UnfitIdError
from mkdocs_bookreview.comments.site_paths import find_linked_path, put_at_address
from mkdocs_bookreview.comments.threads import assign_posts, find_first_id, list_without_post
from mkdocs_bookreview.model.review import Thread
from tests.comments.threads import GISCUS, ISSO, assign, emma, find_thread, read

SITE = "https://ann.github.io/books/"
OLD = (
    "2014/05/emma/",
    "https://old.example/emma?page=2",
    "Emma: a review - Ann's Shelf",
    "//evil.example/x",
    "../x",
    "emma#2",
    "/emma/",
)


@pytest.mark.parametrize(
    ("source", "front", "thread"),
    [
        ("about.md", "comments: true", "/about/"),
        ("index.md", "comments: true", "/"),
        ("notes/index.md", "comments: true", "/notes/"),
        ("notes/README.md", "comments: true", "/notes/"),
        ("reviews/dune.md", "book: {title: Dune, author: Frank Herbert}", "/dune-frank-herbert/"),
        ("reviews/dune.md", "book: {title: Dune, id: dune}", "/dune/"),
    ],
)
def test_without_an_id_the_key_counts_and_then_the_path(
    source: str, front: str, thread: str
) -> None:
    page = read(source, front)
    assert find_thread(page, GISCUS) == thread
    assert find_thread(page, ISSO) == thread
    assert find_thread(page, ISSO, None) == thread
    assert find_thread(page, ISSO, SITE) == f"/books{thread}"
    assert find_thread(page, GISCUS, SITE) == thread


@pytest.mark.parametrize("ident", OLD)
def test_giscus_gets_an_id_exactly_as_it_is_written(ident: str) -> None:
    page = emma(more=f'comments: {{id: "{ident}"}}')
    assert find_thread(page, GISCUS, SITE) == ident


@pytest.mark.parametrize(
    ("ident", "thread"),
    [
        ("old-emma", "/books/old-emma/"),
        ("2014/05/emma/", "/books/2014/05/emma/"),
        ("/2014/05/emma.html", "/2014/05/emma.html"),
        ("/books/2014/emma/", "/books/2014/emma/"),
        ("/", "/"),
        ("/b%C3%BCcher/", "/b%C3%BCcher/"),
        ("/雪国/", "/雪国/"),
    ],
)
def test_mails_of_isso_need_a_path_of_the_site(ident: str, thread: str) -> None:
    assert find_thread(emma(more=f'comments: {{id: "{ident}"}}'), ISSO, SITE) == thread


@pytest.mark.parametrize(
    ("ident", "must", "fix"),
    [
        ("https://old.example/2014/emma/", "must be a path, because", "{id: /2014/emma/}"),
        ("https://old.example/?p={1}", "must be a path, because", "{id: /2014/05/emma/}"),
        ("//evil.example/x", "without `//` and without `..`", "{id: /2014/05/emma/}"),
        ("../x", "without `//` and without `..`", "{id: /2014/05/emma/}"),
        ("/%2e%2e/x", "without `//` and without `..`", "{id: /2014/05/emma/}"),
        ("2014//emma", "without `//` and without `..`", "{id: /2014/05/emma/}"),
        ("a title", "must have no spaces, ?, #", "{id: /2014/05/emma/}"),
        ("/?p=12", "must have no spaces, ?, #", "{id: /2014/05/emma/}"),
        ("/emma#1", "must have no spaces, ?, #", "{id: /2014/05/emma/}"),
        ("/a\\\\b", "must have no spaces, ?, #", "{id: /2014/05/emma/}"),
    ],
)
def test_what_isso_cannot_link_to_is_reported_and_left_out(ident: str, must: str, fix: str) -> None:
    found = assign([emma(more=f'comments:\n  id: "{ident}"')], ISSO, SITE)
    (problem,) = found.problems
    assert str(problem).startswith("reviews/emma.md:4:3: `comments.id` must ")
    assert must in problem.what
    assert problem.fix == f"Write for example `comments: {fix}`."
    assert found.by_source == {"reviews/emma.md": "/books/emma-jane-austen/"}
    # The fix works when it is followed literally.
    mended = emma(more=problem.fix.split("`")[1])
    assert not assign([mended], ISSO, SITE).problems


TEXTS = st.text(st.sampled_from("ab/.:?# %é\\"), min_size=1, max_size=12)


def _name(text: str) -> str | None:
    try:
        return ISSO.thread(ThreadId(text, "written"), SITE)
    except UnfitIdError:
        return None


@given(TEXTS, TEXTS)
@example("a", "a/")
@example("/a", "/a/")
def test_different_ids_give_different_threads(one: str, other: str) -> None:
    first, second = _name(one), _name(other)
    # `a` and `a/` are short for `/books/a/`, so they are one id.
    full = [
        text if text.startswith("/") else f"/books/{text.rstrip('/')}/" for text in (one, other)
    ]
    if first is not None and second is not None and full[0] != full[1]:
        assert first != second


@given(TEXTS)
@example("//evil.example/x")
@example("/books/../../x")
@example("/books/%2e%2e/x")
@example("https://evil.example/books/x")
@example("C:/x")
def test_no_page_is_outside_of_the_site(text: str) -> None:
    for thread in (
        text,
        _name(text) or "/",
        f"/books/{text}",
        f"https://ann.github.io/books/{text}",
    ):
        output = find_linked_path(thread, SITE)
        if output is not None:
            assert not output.startswith("/")
            assert not {"..", "."} & set(output.split("/"))
            assert ":" not in output


@pytest.mark.parametrize(
    ("thread", "output"),
    [
        ("/books/emma/", "emma/"),
        ("https://ann.github.io/books/emma/", "emma/"),
        ("/books/", ""),
        ("/books/b%C3%BCcher/", "bücher/"),
        ("/emma/", None),
        ("/bookshop/emma/", None),
        ("https://ann.example/books/emma/", None),
        ("http://[bad/books/", None),
        ("/books/?p=1", None),
        ("Emma", None),
        (f"/books/{'é' * 130}/", None),
    ],
)
def test_where_links_lead(thread: str, output: str | None) -> None:
    assert find_linked_path(thread, SITE) == output


@pytest.mark.parametrize(
    ("ident", "address"),
    [
        (ThreadId("/emma/", "derived"), "https://ann.github.io/books/emma/"),
        (ThreadId("emma", "written"), "https://ann.github.io/books/emma/"),
        (ThreadId("/2014/emma/", "written"), "https://ann.github.io/2014/emma/"),
        (ThreadId("https://old.example/?p=1", "written"), "https://old.example/?p=1"),
        (ThreadId("https://b.example/emma/", "locked"), "https://b.example/emma/"),
    ],
)
def test_some_services_need_a_full_address(ident: ThreadId, address: str) -> None:
    assert put_at_address(ident, SITE) == address


def test_signs_that_end_a_link_are_encoded() -> None:
    page = read("my notes/what? #1.md", "comments: true")
    assert find_thread(page, ISSO) == "/my%20notes/what%3F%20%231/"
    assert find_thread(page, GISCUS) == "/my notes/what? #1/"
    assert find_linked_path("/my%20notes/what%3F%20%231/", "https://a.b/") == "my notes/what? #1/"


@pytest.mark.parametrize("provider", [GISCUS, ISSO])
def test_reviews_of_one_book_share_a_thread(provider: Provider) -> None:
    pages = [emma("a.md", more="date: 2024-01-01"), emma("b.md", more="date: 2020-01-01")]
    found = assign(pages, provider)
    assert found.by_source == {"a.md": "/emma-jane-austen/", "b.md": "/emma-jane-austen/"}
    assert not found.problems


def test_reviews_of_one_book_may_be_separate_the_oldest_first() -> None:
    pages = [emma("a.md", more="date: 2024-01-01"), emma("b.md", more="date: 2020-01-01")]
    found = assign(pages, is_shared=False)
    assert found.by_source == {"a.md": "/emma-jane-austen/2/", "b.md": "/emma-jane-austen/"}


def test_pages_without_comments_have_no_thread() -> None:
    pages = [emma("a.md", more="comments: false"), read("b.md", "title: B")]
    assert assign(pages).by_source == {}
    assert assign([emma(more="comments: closed")]).by_source != {}


@pytest.mark.parametrize(
    ("pages", "place", "names"),
    [
        # A page at the id of a review.
        (
            [read("emma.md", "comments: true"), read("r.md", "book: {title: Emma, id: emma}")],
            "emma.md:2:1",
            "The comments of `emma.md` and of `r.md` have the same id, `/emma/`.",
        ),
        # Two reviews of different books with one written id.
        (
            [
                emma("a.md", more="comments: {id: x}"),
                emma("b.md", "Emmeline", more="comments: {id: x}"),
            ],
            "b.md:3:12",
            "The comments of `b.md` and of `a.md` have the same id, `/x/`.",
        ),
        # Two pages with one id.
        (
            [read("a.md", "comments: {id: x}"), read("b.md", "comments: {id: x/}")],
            "b.md:2:12",
            "The comments of `b.md` and of `a.md` have the same id, `/x/`.",
        ),
    ],
)
def test_two_pages_with_one_thread_are_reported(pages: list, place: str, names: str) -> None:
    found = assign(pages)
    (problem,) = found.problems
    assert (str(problem.place), problem.what) == (place, names)
    free = problem.fix.split("`")[1]
    mended = [
        page
        if page.source != problem.place.file
        else read(page.source, free if not page.review else f"book: {{title: Emma}}\n{free}")
        for page in pages
    ]
    assert not assign(mended).problems


@pytest.mark.parametrize(
    ("one", "other"), [("en/about.md", "de/about.md"), ("about.md", "about.pt-BR.md")]
)
def test_languages_of_a_page_may_share_a_thread(one: str, other: str) -> None:
    pages = [read(source, "comments: {id: about}") for source in (one, other)]
    assert not assign(pages).problems


@pytest.mark.parametrize("other", ["tv/about.md", "us/about.md", "about.v2.md", "xx-DE/about.md"])
def test_what_is_no_language_is_another_page(other: str) -> None:
    pages = [read(source, "comments: {id: about}") for source in ("about.md", other)]
    assert len(assign(pages).problems) == 1


def test_equal_lines_of_different_books_are_reported_in_the_lock_file() -> None:
    text = (
        "isso:\n- {id: /x/, page: a.md, book: emma-jane-austen}\n- {id: /x/, page: b.md, book: b}\n"
    )
    lines = read_lock(text, ["isso"]).lines["isso"]
    pages = [emma("a.md"), read("b.md", "book: {title: Dune, id: b}")]
    (problem,) = assign(pages, lines=lines).problems
    assert (str(problem.place), problem.what) == (
        "comments.lock.yml:3:3",
        "The comments of `b.md` and of `a.md` have the same id, `/x/`.",
    )


def test_the_ids_of_the_first_versions() -> None:
    assert find_first_id("a.md", Thread(id="2014//emma/"), "emma") == ("/2014/emma/")


class Posts(Provider):
    needs_post = True

    def embed(self, conversation: object) -> None:
        return None

    def site_options(self, language: str) -> dict[str, object]:
        return {}

    def hosts(self) -> dict[str, tuple[str, ...]]:
        return {}

    def thread(self, ident: ThreadId, site_url: str | None) -> str:
        if "@" not in ident.text:
            raise UnfitIdError("must be the address of a post", "Copy it.")
        return ident.text.rpartition("/")[2]


def test_posts_are_read_and_checked_by_their_service() -> None:
    good = emma("a.md", more="comments: {mastodon: https://m.example/@ann/12}")
    wrong = emma("b.md", more="comments:\n  mastodon: https://m.example/ann")
    other = emma("c.md", more="comments: {bluesky: https://b.example/@ann/1}")
    off = emma("d.md", more="comments: false")
    found = assign_posts([good, wrong, other, off], "mastodon", Posts())
    assert found.by_source == {"a.md": "12"}
    assert [str(problem) for problem in found.problems] == [
        "b.md:4:3: `comments.mastodon` must be the address of a post, but is"
        " `https://m.example/ann`. Copy it."
    ]
    assert list_without_post([good, wrong, other, off], "mastodon") == ["c.md"]
