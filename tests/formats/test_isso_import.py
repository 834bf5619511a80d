"""What is read of databases of Isso and of its generic JSON."""

import bz2
import gzip
import hashlib
import json
import lzma
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from isso.config import default_file, load
from isso.db import SQLite3
from isso.migrate import Generic

from mkdocs_bookreview.formats.comments import ImportedComment, Kind, ThreadFacts
from mkdocs_bookreview.formats.isso import read_comments
from mkdocs_bookreview.formats.refused import ExportRefusedError

MAIL, ADDRESS = "Ann@Mail.example", "198.51.100.7"
WHEN = datetime(2014, 5, 3, 9, 12, tzinfo=UTC)


def make_database(folder: Path, comments: list[dict[str, object]]) -> Path:
    """Make a database with Isso itself."""
    path = folder / "comments.db"
    database = SQLite3(str(path), load(default_file()))
    for address in sorted({str(one["uri"]) for one in comments}):
        database.threads.new(address, f"Title of {address}")
    for one in comments:
        values = {"email": MAIL, "website": None, "remote_addr": ADDRESS, "notification": 0}
        database.comments.add(one["uri"], {"mode": 1, "author": "Ann", **values, **one})
    return path


def a_comment(**values: object) -> dict[str, object]:
    return {"uri": "/emma/", "text": "Yes.", "created": WHEN.timestamp(), "parent": None, **values}


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


def test_all_of_a_comment(tmp_path: Path) -> None:
    path = make_database(
        tmp_path, [a_comment(), a_comment(parent=1, website="https://ann.example")]
    )
    run(path, "UPDATE comments SET likes = 3 WHERE id = 2")
    before = path.read_bytes()
    assert list(read_comments(path))[1] == ImportedComment(
        id="isso-2",
        thread=ThreadFacts(address="/emma/", identifier="/emma/", title="Title of /emma/"),
        parent="isso-1",
        name="Ann",
        website="https://ann.example",
        date=WHEN,
        text="<p>Yes.</p>",
        likes=3,
        kind=Kind.KEPT,
    )
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["comments.db"]


def test_kinds(tmp_path: Path) -> None:
    path = make_database(tmp_path, [a_comment(mode=mode) for mode in (1, 2, 4, 7)])
    kinds = [one.kind for one in read_comments(path)]
    assert kinds == [Kind.KEPT, Kind.PENDING, Kind.DELETED, Kind.PENDING]


def test_an_orphan_has_no_thread(tmp_path: Path) -> None:
    path = make_database(tmp_path, [a_comment()])
    run(path, "UPDATE comments SET tid = 9, parent = 8, author = NULL")
    (found,) = read_comments(path)
    assert (found.thread, found.parent, found.name) == (ThreadFacts(), "isso-8", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a*\nb", "<p><em>a</em><br />\nb</p>"),
        (
            "See >! *he* dies !< there",
            '<p>See <span class="spoiler"><em>he</em> dies</span> there</p>',
        ),
        (">! He dies\n>! <b>", '<div class="spoiler"><p>He dies<br>\n&lt;b&gt;</p></div>'),
        ("*" + "[" * 70_000, f"<p>*{'[' * 70_000}</p>"),
    ],
    ids=["Markdown", "a spoiler", "a block of spoilers", "too long for Markdown"],
)
def test_texts(tmp_path: Path, text: str, html: str) -> None:
    (found,) = read_comments(make_database(tmp_path, [a_comment(text=text)]))
    assert found.text == html


def test_thousands_of_comments_add_up_and_identify_nobody(tmp_path: Path) -> None:
    digest = hashlib.md5(MAIL.lower().encode()).hexdigest()
    path = make_database(
        tmp_path,
        [
            a_comment(
                author=MAIL, text=f"{MAIL} {ADDRESS} {digest}", website=f"http://g.example/{digest}"
            )
        ],
    )
    statement = """
    WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 3000)
    INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, email, website,
      voters) SELECT 1, n, n - 1, created, mode, remote_addr, text, author, email, website, voters
    FROM numbers, comments WHERE id = 1
    """
    run(path, statement)
    found = list(read_comments(path))
    assert [one.id for one in found] == [f"isso-{n}" for n in range(1, 3001)]
    everything = repr(found).lower()
    for secret in (MAIL, ADDRESS, digest):
        assert secret.lower() not in everything


def write_json(folder: Path, values: object) -> Path:
    path = folder / "comments.json"
    path.write_text(json.dumps(values), "utf-8")
    return path


THREADS = [
    {
        "id": f"/book-{n}/",
        "title": "Cats &amp; Books",
        "comments": [
            {"id": m, "author": "Ann", "email": MAIL, "website": "", "remote_addr": ADDRESS}
            | {"created": "2014-05-03 09:12:00", "text": "*Yes*"}
            for m in (0, 1)
        ],
    }
    for n in (1, 2)
]


def test_generic_json(tmp_path: Path) -> None:
    found = list(read_comments(write_json(tmp_path, THREADS)))
    assert len({one.id for one in found}) == 4
    assert found[3].thread == ThreadFacts("/book-2/", "/book-2/", "Cats & Books")
    assert (found[0].date, found[0].text, found[0].parent) == (WHEN, "<p><em>Yes</em></p>", None)
    again = list(read_comments(write_json(tmp_path, THREADS[1:])))
    assert [one.id for one in again] == [one.id for one in found[2:]]


def test_the_sample_of_isso() -> None:
    sample = Path(Generic.__init__.__code__.co_filename).parent / "tests" / "generic.json"
    written = [
        one for thread in json.loads(sample.read_text("utf-8")) for one in thread["comments"]
    ]
    found = list(read_comments(sample))
    assert len(found) == len(written) > 0
    assert [one.name for one in found] == [one["author"] for one in written]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_refused(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = make_database(tmp_path, [a_comment()])
    path.write_bytes(pack(path.read_bytes()))
    with pytest.raises(
        ExportRefusedError, match=r"compressed\. Unpack it, and name the database or"
    ):
        list(read_comments(path))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ":1: This file is neither a database of Isso nor valid JSON"),
        ('[\n{"id": }]', ":2: This file is neither"),
        ("{}", "`thread` must be a list"),
        ("[1]", "thread 1 must be a JSON object"),
        ('[{"id": 1, "comments": []}]', "thread 1: `id` must be text, but is `1`"),
        ('[{"id": "/a/", "comments": [{}]}]', "comments 1: `id` must be a whole number"),
        ('[{"id": "/a/", "comments": [{"id": true}]}]', "`id` must be a whole number"),
        ('[{"id": "/a/", "comments": [{"id": 1, "created": "May"}]}]', "`created` must be a time"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_json_that_cannot_be_read_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "comments.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ExportRefusedError) as refused:
        list(read_comments(path))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE threads",
        "ALTER TABLE comments DROP COLUMN text",
        "UPDATE comments SET text = x'ff'",
        "UPDATE comments SET created = 'May'",
        "UPDATE comments SET created = 1e300",
        "UPDATE comments SET likes = 'many'",
        "UPDATE comments SET text = CAST(x'ff' AS TEXT)",
    ],
)
def test_databases_that_cannot_be_read_are_refused(tmp_path: Path, statement: str) -> None:
    path = make_database(tmp_path, [a_comment()])
    run(path, "DROP TRIGGER remove_stale_threads")
    run(path, statement)
    with pytest.raises(ExportRefusedError) as refused:
        list(read_comments(path))
    assert str(path) in str(refused.value)


def test_a_database_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = make_database(tmp_path, [a_comment(text="word " * 1000) for _ in range(8)])
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(ExportRefusedError):
        list(read_comments(path))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "title", "x"]), inner),
)
COMMENTS = st.dictionaries(
    st.sampled_from(["id", "author", "email", "website", "created", "text", "parent", "likes"]),
    ANYTHING,
)


@settings(max_examples=40)
@given(comments=st.lists(COMMENTS) | ANYTHING)
def test_any_json_is_read_completely_or_refused(
    tmp_path_factory: pytest.TempPathFactory, comments: object
) -> None:
    path = write_json(tmp_path_factory.mktemp("isso"), [{"id": "/a/", "comments": comments}])
    try:
        found = list(read_comments(path))
    except ExportRefusedError:
        return
    assert isinstance(comments, list)
    assert len(found) == len(comments)
