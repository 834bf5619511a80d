"""Imports of large exports, of all programs, and of bad ones; and what never leaves an export."""

import hashlib
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_bookreview.cli.main import main
from mkdocs_bookreview.comments.archive import writing
from mkdocs_bookreview.comments.archive.reading import MOST_TEXT, read_archive
from tests.comments.test_archive_import import read_files
from tests.formats.made_exports import (
    ADDRESS,
    MAIL,
    cdata,
    comment,
    disqus,
    item,
    post,
    thread,
    wxr,
)
from tests.plugin.sites import Site, build_site, review, text_of, with_class, write_site

THREADS, EACH = 100, 20
ISSO_TABLES = """
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
  created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR,
  author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0,
  dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
"""


def run(folder: Path, source: str, export: Path, *words: str | Path) -> Result:
    command = ["comments", "import", "--from", source, str(export), *map(str, words)]
    return CliRunner().invoke(main, [*command, "-f", str(folder / "mkdocs.yml")])


def write_books(folder: Path, count: int) -> None:
    """Write reviews that were at /2014/book-1/ (or /book-1/) and so on."""
    pages = {
        f"reviews/r{n}.md": review(f"Volume {n}", redirect_from=[f"/2014/book-{n}/", f"/book-{n}/"])
        for n in range(1, count + 1)
    }
    write_site(folder, pages)


@dataclass(frozen=True)
class Made:
    """A made-up comment: its `parent` is another number, and it is `kept` if it is for readers."""

    number: int
    thread: int
    parent: int | None
    kept: bool


def make_comments() -> Iterator[Made]:
    """Yield comments of threads; each replies to any before it in its thread, or to none."""
    chance = random.Random(14)
    for thread_number in range(1, THREADS + 1):
        numbers = [thread_number * 1000 + n for n in range(EACH)]
        for place, number in enumerate(numbers):
            parent = chance.choice([None, *numbers[:place]])
            yield Made(number, thread_number, parent, chance.random() > 0.1)


def write_wordpress(folder: Path) -> Path:
    items = {n: [] for n in range(1, THREADS + 1)}
    for one in make_comments():
        approved = cdata("1" if one.kept else "0")
        parent = str(one.parent or 0)
        text = comment(one.number, comment_parent=parent, comment_approved=approved)
        items[one.thread].append(text)
    path = folder / "export.xml"
    path.write_text(wxr(*(item(number, *found) for number, found in items.items())), "utf-8")
    return path


def write_disqus(folder: Path) -> Path:
    posts = [
        post(one.number, one.thread, parent=one.parent, isSpam=str(not one.kept).lower())
        for one in make_comments()
    ]
    path = folder / "disqus.xml"
    path.write_text(disqus(*map(thread, range(1, THREADS + 1)), *posts), "utf-8")
    return path


def write_isso(folder: Path) -> Path:
    path = folder / "comments.db"
    rows = [
        (
            one.thread,
            one.number,
            one.parent,
            1_400_000_000.25 + one.number,
            1 if one.kept else 2,
            ADDRESS.format(one.number % 250),
            "It >! ends !< here.",
            f"Reader {one.number}",
            MAIL.format(one.number),
            one.number % 3,
        )
        for one in make_comments()
    ]
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(ISSO_TABLES)
        threads = [(n, f"/2014/book-{n}/", f"Book {n}") for n in range(1, THREADS + 1)]
        database.executemany("INSERT INTO threads VALUES (?, ?, ?)", threads)
        columns = "tid, id, parent, created, mode, remote_addr, text, author, email, likes, voters"
        marks = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ''"
        database.executemany(f"INSERT INTO comments ({columns}) VALUES ({marks})", rows)
    return path


@dataclass(frozen=True)
class Program:
    name: str
    prefix: str
    write: Callable[[Path], Path]


PROGRAMS = (
    Program("wordpress", "wp", write_wordpress),
    Program("disqus", "dsq", write_disqus),
    Program("isso", "isso", write_isso),
)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one.name)
def test_counts_of_thousands_add_up(program: Program, tmp_path: Path) -> None:
    write_books(tmp_path, THREADS // 2)
    export = program.write(tmp_path)
    made = list(make_comments())
    kept = {one.number: one for one in made if one.kept}
    matched = sum(one.thread <= THREADS // 2 for one in kept.values())
    result = run(tmp_path, program.name, export)
    total = (
        f"{len(made)} read = {matched} with a page + {len(made) - len(kept)} left out +"
        f" {len(kept) - matched} without a page."
    )
    assert total in result.stderr.splitlines()
    assert result.exit_code == 1
    files = read_files(tmp_path)
    archives = {name: read_archive(text, name) for name, text in files.items()}
    assert not any(archive.problems for archive in archives.values())
    found = {one.id: one for archive in archives.values() for one in archive.comments}
    assert found.keys() == {f"{program.prefix}-{number}" for number in kept}
    in_place = sum(len(one.comments) for name, one in archives.items() if "/" not in name)
    assert in_place == matched
    parents = {one.number: one.parent for one in made}
    for number in kept:
        parent = parents[number]
        while parent is not None and parent not in kept:
            parent = parents[parent]
        assert found[f"{program.prefix}-{number}"].reply_to == (
            parent and f"{program.prefix}-{parent}"
        )


def list_secrets(numbers: range) -> list[str]:
    """Return e-mail and IP addresses and their hashes, in small letters."""
    mails = [MAIL.format(number) for number in numbers]
    spellings = [*mails, *map(str.lower, mails), *(ADDRESS.format(n % 250) for n in numbers)]
    hashes = (
        hashlib.new(name, one.encode()) for one in spellings for name in ("md5", "sha1", "sha256")
    )
    return [*(one.lower() for one in spellings), *(one.hexdigest() for one in hashes)]


NUMBERS = range(1, 13)


def gossip(number: int) -> str:
    """Return a text in which a person gives away an own address, and links an avatar."""
    digest = hashlib.md5(MAIL.format(number).lower().encode()).hexdigest()
    return (
        f"Write to {MAIL.format(number)} or {ADDRESS.format(number)}."
        f' <img src="https://gravatar.example/{digest}"> <a href="https://a.example/{digest}">me</a>'
    )


def write_gossip(folder: Path) -> Path:
    found = [
        comment(
            n,
            gossip(n),
            comment_author=cdata(MAIL.format(n)),
            comment_author_url=f"https://site.example/?me={MAIL.format(n)}",
            comment_agent=cdata("Mozilla/5.0 (Secret)"),
        )
        for n in NUMBERS
    ]
    path = folder / "export.xml"
    path.write_text(wxr(item(1, *found[:6]), item(2, *found[6:])), "utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Result]:
    """Return a site after an import, and what the import printed."""
    folder = tmp_path_factory.mktemp("built")
    write_books(folder, 1)
    result = run(folder, "wordpress", write_gossip(folder), "--websites")
    pages = {"reviews/r1.md": (folder / "docs/reviews/r1.md").read_text("utf-8")}
    return build_site(folder, pages), result


def test_addresses_of_people_never_leave_the_export(built: tuple[Site, Result]) -> None:
    site, result = built
    assert "12 read = 6 with a page + 0 left out + 6 without a page." in result.output
    texts = {"output": result.output, **read_files(site.folder)}
    texts |= {name: data.decode("utf-8", "replace") for name, data in site.files().items()}
    assert any("Write to" in text for name, text in texts.items() if name.endswith(".html"))
    secrets = [*list_secrets(NUMBERS), "mozilla/5.0 (secret)"]
    for name, text in texts.items():
        lower = text.lower()
        assert [secret for secret in secrets if secret in lower] == [], name


def test_comments_without_a_page_are_not_published(built: tuple[Site, Result]) -> None:
    site, _ = built
    assert "unmatched/2014%2Fbook-2.yml" in read_files(site.folder)
    assert not site.warnings
    assert [name for name in site.files() if "book-2" in name or "unmatched" in name] == []
    page = site.page("reviews/r1/index.html")
    assert len(with_class(page, "bookreview-archive__text")) == 6


def test_what_readers_marked_as_spoilers_is_sealed(tmp_path: Path) -> None:
    write_books(tmp_path, 1)
    (tmp_path / "wp.xml").write_text(wxr(item(1, comment(1, "He <spoiler>Alpha</spoiler>."))))
    marked = post(1, 1, message=cdata("<p>She <spoiler>Beta</spoiler>.</p>"))
    (tmp_path / "dsq.xml").write_text(disqus(thread(1), marked))
    thread_of_isso = {
        "id": "/book-1/",
        "title": "",
        "comments": [{"id": 1, "text": "It >! Gamma !<."}],
    }
    (tmp_path / "isso.json").write_text(json.dumps([thread_of_isso]))
    for source, file in (("wordpress", "wp.xml"), ("disqus", "dsq.xml"), ("isso", "isso.json")):
        result = run(tmp_path, source, tmp_path / file)
        assert "1 read = 1 with a page" in result.stderr, result.output
    pages = {"reviews/r1.md": (tmp_path / "docs/reviews/r1.md").read_text("utf-8")}
    page = build_site(tmp_path, pages).page("reviews/r1/index.html")
    hidden = " ".join(map(text_of, with_class(page, "bookreview-spoiler__body")))
    assert all(word in hidden for word in ("Alpha", "Beta", "Gamma"))
    for element in with_class(page, "bookreview-spoiler__body"):
        element.getparent().remove(element)
    shown = text_of(with_class(page, "bookreview-archive")[0])
    assert [word for word in ("Alpha", "Beta", "Gamma") if word in shown] == []


def test_websites_come_along_only_if_they_are_asked_for(tmp_path: Path) -> None:
    write_books(tmp_path, 1)
    export = tmp_path / "export.xml"
    found = [
        comment(1, comment_author_url="https://ann.example/"),
        comment(2, comment_author_url="https://[x"),
    ]
    export.write_text(wxr(item(1, *found)))
    run(tmp_path, "wordpress", export, "--dry-run")
    assert not (tmp_path / "comments").exists()
    run(tmp_path, "wordpress", export, "--websites")
    (archive,) = (read_archive(text, name) for name, text in read_files(tmp_path).items())
    assert [one.website for one in archive.comments] == ["https://ann.example/", None]
    assert not archive.problems


def test_a_page_without_comments_gets_its_archive_all_the_same(tmp_path: Path) -> None:
    write_site(tmp_path, {"emma.md": review(redirect_from=["/2014/book-1/"], comments=False)})
    export = tmp_path / "export.xml"
    export.write_text(wxr(item(1, comment(1))))
    assert run(tmp_path, "wordpress", export).stdout == (
        "comments/emma-jane-austen.yml: 1 new  (emma.md, which has `comments: false` and shows no"
        " comments)\n"
    )


def test_a_page_at_the_old_address_that_has_no_comments(tmp_path: Path) -> None:
    write_site(tmp_path, {"2014/book-1.md": "# Guests\n", "2014/book-3.md": "# Other\n"})
    export = tmp_path / "export.xml"
    export.write_text(wxr(item(1, comment(1)), item(2, comment(2))))
    first, second = run(tmp_path, "wordpress", export).stdout.splitlines()
    assert first.endswith(
        "Write `comments: true` in the front matter of 2014/book-1.md, the page at this address,"
        " and import again."
    )
    assert "redirect_from" in second
    (tmp_path / "docs/2014/book-1.md").write_text("---\ncomments: true\n---\n# Guests\n")
    assert run(tmp_path, "wordpress", export).stdout.startswith(
        "comments/2014%2Fbook-1.yml: moved from comments/unmatched/2014%2Fbook-1.yml"
    )


def test_names_and_texts_that_are_too_long(tmp_path: Path) -> None:
    write_books(tmp_path, 1)
    export = tmp_path / "export.xml"
    long = comment(1, comment_author=cdata("<b>" + "n" * 5000))
    huge = comment(2, "word " * (MOST_TEXT // 5 + 1))
    export.write_text(wxr(item(1, long, huge, comment(3, comment_parent="2"))))
    result = run(tmp_path, "wordpress", export)
    assert "Left out: 1 too long." in result.stderr
    (archive,) = (read_archive(text, name) for name, text in read_files(tmp_path).items())
    assert [(one.id, len(one.name)) for one in archive.comments] == [("wp-1", 301), ("wp-3", 8)]
    assert not archive.problems


def test_ids_name_no_path_outside_of_the_folder(tmp_path: Path) -> None:
    write_books(tmp_path, 1)
    before = set(tmp_path.parent.rglob("*"))
    export = tmp_path / "isso.json"
    addresses = [
        "/../../evil/",
        "../evil",
        "C:\\evil",
        "/a/../../../evil.yml",
        "evil\x00",
        "~/evil",
        "/",
    ]
    threads = [
        {"id": one, "title": "../../evil", "comments": [{"id": 1, "text": "x"}]}
        for one in addresses
    ]
    export.write_text(json.dumps(threads))
    result = run(tmp_path, "isso", export)
    assert "7 read = 0 with a page + 0 left out + 7 without a page." in result.stderr
    new = {path for path in tmp_path.parent.rglob("*") if path.is_file()} - before - {export}
    assert {path.parent for path in new} == {tmp_path / "comments/unmatched"}


def test_a_late_fault_of_the_export_writes_nothing(tmp_path: Path) -> None:
    write_books(tmp_path, 1)
    export = tmp_path / "export.xml"
    text = wxr(item(1, *(comment(n) for n in range(1, 50))))
    export.write_text(text.replace("</channel>", "<item></channel>"))
    result = run(tmp_path, "wordpress", export)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{export}:")
    assert not (tmp_path / "comments").exists()


def test_an_export_of_another_program_is_refused(tmp_path: Path) -> None:
    write_books(tmp_path, 1)
    export = tmp_path / "disqus.xml"
    export.write_text(disqus(thread(1), post(1, 1)))
    result = run(tmp_path, "wordpress", export)
    assert (result.exit_code, (tmp_path / "comments").exists()) == (2, False)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_several_files_are_one_export(tmp_path: Path, order: tuple[int, int]) -> None:
    write_books(tmp_path, 1)
    replies = comment(2, comment_parent="1"), comment(3, comment_parent="2")
    for number, found in enumerate([(comment(1), replies[0]), replies[1:]]):
        (tmp_path / f"{number}.xml").write_text(wxr(item(1, *found)))
    first, second = (tmp_path / f"{number}.xml" for number in order)
    result = run(tmp_path, "wordpress", first, second)
    assert result.stderr == (
        "3 read = 3 with a page + 0 left out + 0 without a page.\n3 new comments.\n"
    )
    archive = read_archive(*read_files(tmp_path).values(), "")
    replies_to = {one.id: one.reply_to for one in archive.comments}
    assert replies_to == {"wp-1": None, "wp-2": "wp-1", "wp-3": "wp-2"}


def test_one_refused_file_of_several_writes_nothing(tmp_path: Path) -> None:
    write_books(tmp_path, 1)
    for number, text in enumerate([wxr(item(1, comment(1))), "<rss>"]):
        (tmp_path / f"{number}.xml").write_text(text)
    result = run(tmp_path, "wordpress", tmp_path / "0.xml", tmp_path / "1.xml")
    assert result.stderr.startswith(f"{tmp_path / '1.xml'}:1: The file is cut off")
    assert not (tmp_path / "comments").exists()


def test_an_interrupted_import_is_completed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_books(tmp_path, 3)
    export = tmp_path / "export.xml"
    export.write_text(wxr(*(item(n, comment(n)) for n in (1, 2, 3, 4))))
    real = writing.os.fsync
    calls: list[int] = []

    def fail_at_the_third(file: int) -> None:
        calls.append(file)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(file)

    monkeypatch.setattr(writing.os, "fsync", fail_at_the_third)
    result = run(tmp_path, "wordpress", export)
    assert result.exit_code == 2
    assert "cannot be written: No space left on device." in result.stderr
    assert len(read_files(tmp_path)) == 2
    again = run(tmp_path, "wordpress", export)
    assert "4 read = 3 with a page + 0 left out + 1 without a page." in again.stderr
    assert again.stderr.splitlines()[-1] == "2 new comments."
    assert len(read_files(tmp_path)) == 4
    assert not [name for name in read_files(tmp_path) if not name.endswith(".yml")]
