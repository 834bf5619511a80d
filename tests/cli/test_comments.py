import http.server
import threading
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mkdocs_bookreview.cli.main import main
from mkdocs_bookreview.comments.asking import SilentError, ask_server
from mkdocs_bookreview.comments.provider import Conversation, Provider
from mkdocs_bookreview.comments.providers import PROVIDERS
from tests.comments.services.http import HOST, StaticSite
from tests.comments.services.isso import Isso
from tests.plugin.sites import build_site, review, write_site

LOCK = "comments.lock.yml"
ISSO = {"provider": "isso", "url": "https://talk.example/isso"}
GISCUS = {
    "provider": "giscus",
    "repo": "a/b",
    "repo_id": "R_x",
    "category": "C",
    "category_id": "DIC_x",
}
PAGES = {
    "index.md": "---\ncomments: true\n---\n# Home\n",
    "reviews/emma.md": review(date="2024-01-01"),
    "reviews/pride.md": review("Pride & Prejudice", comments={"id": "2014/pride"}),
    "reviews/draft.md": review("Draft", draft=True),
    "off.md": review("Off", comments=False),
}
URL = "https://ann.github.io/books/"


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["comments", *words, "-f", str(folder / "mkdocs.yml")])


def write(
    folder: Path, comments: object = ISSO, pages: Mapping[str, str] = PAGES, **config: object
) -> None:
    options = {"comments": comments} if comments else None
    write_site(folder, pages, options, **{"site_url": URL, **config})


def read_lock(folder: Path) -> list[str]:
    return (folder / LOCK).read_text("utf-8").splitlines()[2:]


def test_registry_writes_each_thread_once(tmp_path: Path) -> None:
    write(tmp_path)
    first = run(tmp_path, "registry")
    assert (first.exit_code, first.stderr) == (0, f"{LOCK} is written: 3 pages, 3 new.\n")
    assert sorted(first.stdout.splitlines()) == [
        "index.md: /books/  (new)",
        "reviews/emma.md: /books/emma-jane-austen/  (new)",
        "reviews/pride.md: /books/2014/pride/  (new)",
    ]
    assert read_lock(tmp_path) == [
        "isso:",
        "- {id: /books/emma-jane-austen/, page: reviews/emma.md, book: emma-jane-austen,"
        " review: 1}",
        "- {id: /books/2014/pride/, page: reviews/pride.md, book: pride-prejudice-jane-austen,"
        " review: 1, written: 2014/pride}",
        "- {id: /books/, page: index.md}",
    ]
    again = run(tmp_path, "registry")
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == f"{LOCK} stays as it is: 3 pages, nothing new.\n"


def test_registry_follows_changes_and_keeps_lines_without_a_page(tmp_path: Path) -> None:
    write(tmp_path)
    run(tmp_path, "registry")
    (tmp_path / "docs/reviews/emma.md").unlink()
    (tmp_path / "docs/reviews/pride.md").unlink()
    write(tmp_path, pages={"reviews/2024/emma.md": review()}, site_url="https://b.example/")
    result = run(tmp_path, "registry")
    assert result.exit_code == 0
    assert "reviews/2024/emma.md: /books/emma-jane-austen/  (changed)" in result.stdout
    assert (
        "No page has the id /books/2014/pride/, which belongs to reviews/pride.md in"
        in result.stderr
    )
    assert read_lock(tmp_path)[1:3] == [
        "- {id: /books/emma-jane-austen/, page: reviews/2024/emma.md, book: emma-jane-austen,"
        " review: 1}",
        "- {id: /books/2014/pride/, page: reviews/pride.md, book: pride-prejudice-jane-austen,"
        " review: 1, written: 2014/pride}",
    ]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    result = run(tmp_path, "registry", "--dry-run")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 3)
    assert result.stderr == f"{LOCK} stays as it is: 3 pages, 3 new.\n"
    assert not (tmp_path / LOCK).exists()


def test_giscus_gets_a_line_that_joins_old_discussions(tmp_path: Path) -> None:
    write(tmp_path, GISCUS)
    for _ in range(2):
        lines = run(tmp_path, "registry").stdout.splitlines()
        digest = sha1(b"/emma-jane-austen/").hexdigest()
        assert any(
            line.startswith("reviews/emma.md: /emma-jane-austen/")
            and line.endswith(f"  <!-- sha1: {digest} -->")
            for line in lines
        )
        assert len(lines) == 3
    write(tmp_path, {**GISCUS, "strict": False})
    assert run(tmp_path, "registry").stdout == ""


def test_each_service_has_its_own_lines(tmp_path: Path) -> None:
    write(tmp_path)
    run(tmp_path, "registry")
    before = read_lock(tmp_path)
    write(tmp_path, GISCUS)
    run(tmp_path, "registry")
    after = read_lock(tmp_path)
    assert after[0] == "giscus:"
    assert after[-4:] == before


@pytest.mark.parametrize(
    ("mapping", "comments", "config", "ids"),
    [
        ("pathname", GISCUS, {}, {"books/", "books/reviews/emma/"}),
        ("pathname", GISCUS, {"site_url": "https://b.example/"}, {"index", "reviews/emma/"}),
        (
            "pathname",
            GISCUS,
            {"use_directory_urls": False},
            {"books/index", "books/reviews/emma"},
        ),
        ("pathname", ISSO, {}, {"/books/", "/books/reviews/emma/"}),
        (
            "pathname",
            ISSO,
            {"use_directory_urls": False},
            {"/books/index.html", "/books/reviews/emma.html"},
        ),
        ("url", GISCUS, {}, {URL, f"{URL}reviews/emma/"}),
        ("key", GISCUS, {}, {"/", "/emma-jane-austen/"}),
        ("key", ISSO, {}, {"/", "/emma-jane-austen/"}),
    ],
)
def test_adopting_ids(
    tmp_path: Path, mapping: str, comments: object, config: dict[str, Any], ids: set[str]
) -> None:
    pages = {key: PAGES[key] for key in ("index.md", "reviews/emma.md")}
    write(tmp_path, comments, pages, **config)
    result = run(tmp_path, "registry", "--adopt", mapping)
    assert result.exit_code == 0, result.output
    found = {line.split("  ")[0].split(": ", 1)[1] for line in result.stdout.splitlines()}
    assert found == ids
    # What is adopted stays, also under another mapping.
    again = run(tmp_path, "registry", "--adopt", "key")
    assert "(new)" not in again.stdout


def test_adopted_ids_are_those_of_the_next_build(tmp_path: Path) -> None:
    write(tmp_path, GISCUS)
    run(tmp_path, "registry", "--adopt", "pathname")
    site = build_site(tmp_path, PAGES, {"comments": GISCUS}, site_url=URL)
    assert 'data-thread="books/reviews/emma/"' in site.text("reviews/emma/index.html")
    assert 'data-thread="2014/pride"' in site.text("reviews/pride/index.html")


def test_adopting_titles_reads_the_built_pages(tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n",
        "a.md": review("A & B", "C D"),
        "b.md": review(body="# **An** Emma\n\nText."),
    }
    write(tmp_path, GISCUS, pages)
    early = run(tmp_path, "registry", "--adopt", "title")
    assert (early.exit_code, (tmp_path / LOCK).exists()) == (2, False)
    assert "Run `mkdocs build` first." in early.stderr
    options = {"comments": GISCUS, "metadata": {"open_graph": False}}
    build_site(tmp_path, pages, options, site_url=URL)
    none = run(tmp_path, "registry", "--adopt", "og:title")
    assert (none.exit_code, none.stderr.count("has no `og:title`")) == (2, 1)
    result = run(tmp_path, "registry", "--adopt", "title")
    assert sorted(line.split("  ")[0] for line in result.stdout.splitlines()) == [
        "a.md: A & B – C D - Shelf",
        "b.md: An Emma - Shelf",
    ]
    page = tmp_path / "site/a/index.html"
    page.write_text('<meta property="og:title" content="Emma &amp; I"><title>x</title>', "utf-8")
    (tmp_path / LOCK).unlink()
    (tmp_path / "docs/b.md").unlink()
    result = run(tmp_path, "registry", "--adopt", "og:title")
    assert result.stdout.startswith("a.md: Emma & I  (new)")


def test_adopted_ids_that_clash_are_reported_and_nothing_is_written(tmp_path: Path) -> None:
    pages = {"index.md": "# Home\n", "a.md": review("Emma", "A"), "b.md": review("Emma", "B")}
    write(tmp_path, GISCUS, pages)
    build_site(tmp_path, pages, {"comments": GISCUS}, site_url=URL)
    for name in "ab":
        (tmp_path / f"site/{name}/index.html").write_text("<title>Emma</title>", "utf-8")
    result = run(tmp_path, "registry", "--adopt", "title")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "b.md:2:1: The comments of `b.md` and of `a.md` have the same id, `Emma`. Write for"
        " example `comments: {id: b-2}` in the front matter of `b.md`.\n"
    )
    assert not (tmp_path / LOCK).exists()
    write(tmp_path, GISCUS, {**pages, "b.md": review("Emma", "B", comments={"id": "b-2"})})
    mended = run(tmp_path, "registry", "--adopt", "title")
    assert (mended.exit_code, mended.stderr) == (0, f"{LOCK} is written: 2 pages, 2 new.\n")


def test_adopted_ids_may_end_a_clash(tmp_path: Path) -> None:
    pages = {"emma.md": PAGES["index.md"], "reviews/e.md": review(book={"id": "emma"})}
    write(tmp_path, GISCUS, pages)
    assert run(tmp_path, "registry").exit_code == 1
    result = run(tmp_path, "registry", "--adopt", "pathname")
    assert (result.exit_code, result.stderr) == (0, f"{LOCK} is written: 2 pages, 2 new.\n")
    assert not [*tmp_path.glob(f"{LOCK}.*")]


def test_a_mapping_that_the_service_never_had(tmp_path: Path) -> None:
    write(tmp_path)
    result = run(tmp_path, "registry", "--adopt", "title")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "`--adopt title` does not work with Isso. Valid values: `pathname`, `key`.\n"
    )


def test_urls_need_an_address_of_the_site(tmp_path: Path) -> None:
    write(tmp_path, GISCUS, site_url="")
    result = run(tmp_path, "registry", "--adopt", "url")
    assert result.exit_code == 2
    assert "Write `site_url: https://…` in mkdocs.yml." in result.stderr


def test_written_ids_that_earlier_versions_changed_are_named(tmp_path: Path) -> None:
    write(tmp_path, GISCUS)
    result = run(tmp_path, "registry", "--adopt", "key")
    assert "reviews/pride.md: Write `comments: {id: /2014/pride/}` in the front matter" in (
        result.stderr
    )


def test_posts_of_a_blog_have_no_address_to_adopt(tmp_path: Path) -> None:
    pages = {"blog/posts/emma.md": review(date="2024-01-01")}
    plugins = ["search", "blog", {"bookreview": {"comments": GISCUS}}]
    write(tmp_path, GISCUS, pages, plugins=plugins)
    result = run(tmp_path, "registry", "--adopt", "pathname")
    assert result.stdout.startswith("blog/posts/emma.md: /emma-jane-austen/  (new)")


def test_nothing_is_written_while_ids_have_problems(tmp_path: Path) -> None:
    write(tmp_path, pages={"a.md": review(comments={"id": "../x"}), "b.md": review("B")})
    result = run(tmp_path, "registry")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("a.md:6:3: `comments.id` must be a path without")
    assert not (tmp_path / LOCK).exists()


@pytest.mark.parametrize("data", [b"isso: [", b"- a", b"iso: []\n", b"\xff"])
def test_a_broken_lock_file_is_left_alone(tmp_path: Path, data: bytes) -> None:
    write(tmp_path)
    (tmp_path / LOCK).write_bytes(data)
    result = run(tmp_path, "registry")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(LOCK)
    assert (tmp_path / LOCK).read_bytes() == data


def test_a_folder_in_the_place_of_the_lock_file(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / LOCK).mkdir()
    result = run(tmp_path, "registry")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{tmp_path / LOCK} cannot be written: ")
    assert f"Check that no folder is named {LOCK}, and that" in result.stderr
    assert [path.name for path in tmp_path.glob(f"{LOCK}*")] == [LOCK]


@pytest.mark.parametrize("url", ["http://[x/", "ann.example"])
def test_an_invalid_address_of_the_site_is_reported(tmp_path: Path, url: str) -> None:
    write(tmp_path, site_url=url)
    for command in ("registry", "check"):
        result = run(tmp_path, command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            "`site_url` in mkdocs.yml is not valid. Run `bookreview check` for the fix.\n"
        )
    assert not (tmp_path / LOCK).exists()
    checked = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    (line,) = checked.stdout.splitlines()
    assert f": `site_url` must be an address, but is `{url}`. Write for example `site_url: " in line
    assert checked.exit_code == 1


def test_check_reports_threads_and_the_lock_file_too(tmp_path: Path) -> None:
    pages = {
        "a.md": review(comments={"id": "a b"}),
        "emma.md": "---\ncomments: true\n---\n",
        "e.md": review(book={"id": "emma"}),
    }
    write(tmp_path, pages=pages)
    (tmp_path / LOCK).write_text("isso: {}\n", "utf-8")
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert [line.split(" ")[0] for line in result.stdout.splitlines()] == [
        "a.md:6:3:",
        "comments.lock.yml:1:1:",
        "emma.md:2:1:",
    ]


@pytest.mark.parametrize(
    ("config", "is_reported"),
    [
        ({"extra": {"consent": {"cookies": {"analytics": "A"}}}}, True),
        ({"extra": {"consent": {"cookies": {"isso": "Isso"}}}}, False),
        ({"extra": {"consent": False}}, False),
        ({"extra": {"consent": {"title": "C"}}, "INHERIT": "base.yml"}, False),
        ({"INHERIT": "base.yml", "extra": {"consent": {"cookies": {"isso": None}}}}, True),
    ],
)
def test_check_reports_a_cookie_that_nobody_offers(
    tmp_path: Path, config: dict[str, object], is_reported: bool
) -> None:
    (tmp_path / "base.yml").write_text("extra: {consent: {cookies: {isso: Isso}}}", "utf-8")
    write(tmp_path, {**ISSO, "load": "visible"}, **config)
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert ("does not offer readers the cookie `isso`" in result.stdout) == is_reported
    assert result.stdout == "" or result.stdout.startswith("mkdocs.yml:")


@pytest.mark.parametrize("command", ["registry", "csp", "check"])
def test_a_site_without_comments(tmp_path: Path, command: str) -> None:
    write(tmp_path, None)
    result = run(tmp_path, command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("The site has no comments. Write `comments: {provider: …}`")
    write(tmp_path, {"provider": "iso"})
    result = run(tmp_path, command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "`comments` in mkdocs.yml has mistakes. Run `bookreview check` to list them.\n"
    )


class Posts(Provider):
    name = "Posts"
    needs_post = True

    def embed(self, conversation: Conversation) -> None:
        return None

    def site_options(self, language: str) -> dict[str, object]:
        return {}

    def hosts(self) -> dict[str, tuple[str, ...]]:
        return {}

    def hosts_of(self, posts: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return {"connect-src": tuple(sorted({post.rpartition("/")[0] for post in posts}))}

    def find_post_faults(self, ask: object, post: str, site_url: str | None) -> Iterator[str]:
        if post.endswith("/0"):
            yield f"{post} is not there."


def test_services_with_posts_need_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROVIDERS, "mastodon", Posts)  # type: ignore[arg-type]
    pages = {
        "a.md": review(comments={"mastodon": "https://m.example/@ann/1"}),
        "b.md": review("B"),
        "c.md": review("C", draft=True),
        "d.md": review("D", comments=False),
    }
    write(tmp_path, {"provider": "mastodon"}, pages)
    result = run(tmp_path, "registry")
    assert (result.exit_code, result.stdout) == (0, "b.md\n")
    assert result.stderr.startswith("1 page without a post. Write `comments: {mastodon: URL}` in")
    assert not (tmp_path / LOCK).exists()


def test_posts_have_hosts_and_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROVIDERS, "mastodon", Posts)  # type: ignore[arg-type]
    posts = {"a": "https://m.example/1", "b": "https://n.example/0", "c": "https://o.example/0"}
    pages = {
        f"{name}.md": review(name, comments={"mastodon": post}, draft=name == "c")
        for name, post in posts.items()
    }
    write(tmp_path, {"provider": "mastodon"}, pages)
    assert run(tmp_path, "csp").stdout == "connect-src https://m.example https://n.example\n"
    result = run(tmp_path, "check")
    assert (result.exit_code, result.stdout) == (1, "https://n.example/0 is not there.\n")


def test_csp_lists_a_directive_a_line(tmp_path: Path) -> None:
    write(tmp_path, {**GISCUS, "host": "https://giscus.example"})
    result = run(tmp_path, "csp")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "frame-src https://giscus.example",
        "script-src https://giscus.example",
        "style-src https://giscus.example",
    ]


# The comment server.


def test_a_script_of_the_site_is_not_asked(tmp_path: Path) -> None:
    hosts = ["https://talk.example"]
    write(tmp_path, {"provider": "custom", "name": "Talk", "script": "talk.js", "hosts": hosts})
    result = run(tmp_path, "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("Talk was not asked: its script `talk.js` is a file")


def test_a_real_isso_knows_the_site_or_not(tmp_path: Path) -> None:
    with Isso(tmp_path / "isso", ["http://127.0.0.1:8000/"], name="checked") as isso:
        comments = {"provider": "isso", "url": isso.address}
        write(tmp_path, comments, site_url="http://127.0.0.1:8000/books/")
        good = run(tmp_path, "check")
        assert (good.exit_code, good.stdout) == (0, "")
        assert good.stderr == "Isso answers, and nothing is wrong.\n"
        write(tmp_path, comments, site_url="https://ann.example/books/")
        other = run(tmp_path, "check")
        assert (other.exit_code, other.stdout) == (
            1,
            "Isso is set up for http://127.0.0.1:8000, and not for https://ann.example. Write"
            " `https://ann.example/` below `host` in isso.cfg, and restart Isso.\n",
        )
        write(tmp_path, {**comments, "url": f"{isso.address}/talk"}, site_url="https://a.example/")
        assert "answers with status 404" in run(tmp_path, "check").stdout
        write(tmp_path, comments, site_url="")
        assert "Write `site_url" in run(tmp_path, "check").stdout
    write(tmp_path, comments)
    gone = run(tmp_path, "check")
    assert (gone.exit_code, gone.stdout) == (
        1,
        f"Nothing answers at {HOST}:{isso.port}. Start the server, or check the port.\n",
    )


def test_a_preview_has_no_server_to_ask(tmp_path: Path) -> None:
    write(tmp_path, {"provider": "isso", "preview": True})
    result = run(tmp_path, "check")
    assert (result.exit_code, result.stdout.count("`comments.url`")) == (1, 1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StaticSite]:
    with StaticSite(tmp_path, name="asked") as site:
        yield site


def test_giscus_is_asked_for_its_script(tmp_path: Path, server: StaticSite) -> None:
    write(tmp_path, {**GISCUS, "host": server.origin})
    missing = run(tmp_path, "check")
    assert missing.exit_code == 1
    assert missing.stdout == (
        f"{server.origin}/client.js answers with status 404. Check `comments.host`.\n"
    )
    (tmp_path / "client.js").write_text("", "utf-8")
    assert run(tmp_path, "check").exit_code == 0


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://nowhere.invalid/", "There is no server nowhere.invalid, or this computer is"),
        ("http://127.0.0.1:1/", "Nothing answers at 127.0.0.1:1. Start the server, or"),
        ("https://bücher.invalid/ä b?c=ä", "There is no server bücher.invalid, or"),
        ("file:///etc/passwd", "`file:///etc/passwd` is not the address of a server."),
    ],
)
def test_why_a_server_is_silent(url: str, why: str) -> None:
    with pytest.raises(SilentError) as error:
        ask_server(url)
    assert str(error.value).startswith(why)


class _Odd(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    def log_message(self, *_: object) -> None:
        pass


def test_a_server_that_does_not_speak_http_or_https() -> None:
    with http.server.HTTPServer((HOST, 0), _Odd) as odd:
        threading.Thread(target=odd.serve_forever, daemon=True).start()
        address = f"{HOST}:{odd.server_port}"
        with pytest.raises(SilentError, match=f"^{address} does not answer: "):
            ask_server(f"http://{address}/")
        with pytest.raises(SilentError, match=f"^{address} has no valid certificate for HTTPS: "):
            ask_server(f"https://{address}/")
        odd.shutdown()
