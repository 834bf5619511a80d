"""Archives of comments: files, their names, what is let through, and what is added to them."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from mkdocs_bookreview.comments.archive.cleaning import clean_html
from mkdocs_bookreview.comments.archive.data import ArchivedComment, CommentSpoiler
from mkdocs_bookreview.comments.archive.names import name_file, read_thread
from mkdocs_bookreview.comments.archive.reading import MOST_TEXT, read_archive
from mkdocs_bookreview.comments.archive.tree import DEEPEST, arrange
from mkdocs_bookreview.comments.archive.writing import (
    UnfitArchiveError,
    add_comments,
    write_archive,
)
from tests.growth import measure_growth

CASES: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("archive").joinpath("comments.yml").read_text("utf-8")
)
FILE = "comments/emma.yml"
DAY = datetime(2014, 5, 3, 9, 12, tzinfo=UTC)


def describe(comment: ArchivedComment) -> dict[str, object]:
    """Return the fields of a comment that are not empty, as the cases write them."""
    fields = {
        "id": comment.id,
        "name": comment.name,
        "date": f"{comment.date:%Y-%m-%d %H:%M}" if comment.date else None,
        "likes": comment.likes,
        "reply_to": comment.reply_to,
        "website": comment.website,
        "spoiler": [comment.spoiler.label, comment.spoiler.book] if comment.spoiler else None,
        "is_hidden": comment.is_hidden,
        "text": comment.text.strip(),
    }
    return {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize("case", CASES)
def test_archives_are_read_with_all_their_problems(case: str) -> None:
    archive = read_archive(CASES[case]["file"], FILE, {"dune-frank-herbert"})
    expected = [
        {**one, "date": f"{one['date']:%Y-%m-%d %H:%M}"}
        if isinstance(one.get("date"), datetime)
        else one
        for one in CASES[case]["comments"]
    ]
    assert [*map(describe, archive.comments)] == expected
    problems = [f"{FILE}:{one}" for one in CASES[case].get("problems", [])]
    assert [*map(str, archive.problems)] == problems


def test_a_text_of_five_megabytes_is_reported() -> None:
    archive = read_archive(f"- id: a\n  text: {'word ' * 1_000_000}\n", FILE)
    assert not archive.comments[0].text
    (problem,) = archive.problems
    assert f"`[1].text` must be at most {MOST_TEXT} characters long" in problem.what
    assert problem.place.line == 2


def test_a_name_of_300_letters_is_read() -> None:
    archive = read_archive(f"- {{id: a, name: {'n' * 300}}}", FILE)
    assert archive.comments[0].name == "n" * 300
    assert not archive.problems


@given(st.text(max_size=200))
def test_no_text_raises_an_exception(text: str) -> None:
    read_archive(text, FILE)


def test_the_loader_of_libyaml_reads_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("PyYAML's own scanner takes ten times as long.")

    monkeypatch.setattr("yaml.scanner.Scanner.fetch_more_tokens", refuse)
    text = CASES["plain"]["file"]
    assert len(read_archive(text, FILE).comments) == 2


HARMLESS = {
    "<p>One<br>two</p>": "<p>One<br>two</p>",
    "1 &lt; 2 &amp; 3": "1 &lt; 2 &amp; 3",
    "<em>open": "<em>open</em>",
    "*stars* _lines_ ||bars||": "*stars* _lines_ ||bars||",
    "<p>שלום 🙂</p>": "<p>שלום 🙂</p>",
    "<script>alert(1)</script>x": "x",
    '<p onclick="alert(1)" style="color:red" id="top" class="md-nav">x</p>': "<p>x</p>",
    '<img src="https://tracker.example/x.gif">x': "x",
    "<h1>Loud</h1>": "Loud",
    '<a href="javascript:alert(1)">x</a>': "x",
    '<p><a href="mailto:ann@example.org"><b>x</b></a> <a href="https://a.example/">y</a></p>': (
        '<p><b>x</b> <a href="https://a.example/" rel="nofollow ugc noopener">y</a></p>'
    ),
    '<a name="top">x</a>\n<a>y': "x\ny",
    '<a href="https://a.example/" target="_blank" rel="me">x</a>': (
        '<a href="https://a.example/" rel="nofollow ugc noopener">x</a>'
    ),
    '<span class="spoiler big">x</span>': '<span class="spoiler">x</span>',
    "<spoiler>x</spoiler>": "<spoiler>x</spoiler>",
    "<details open><summary>S</summary>x</details>": (
        '<details class="spoiler"><summary>S</summary>x</details>'
    ),
}


@pytest.mark.parametrize("html", HARMLESS)
def test_only_harmless_html_is_left(html: str) -> None:
    assert clean_html(html) == HARMLESS[html]


@given(st.text(alphabet="<>/\"'= abp\n&;!-", max_size=60))
def test_clean_html_stays_as_it_is(html: str) -> None:
    once = clean_html(html)
    assert clean_html(once) == once


THREADS = {
    "/dune-frank-herbert/": "dune-frank-herbert.yml",
    "/2014/05/emma/": "2014%2F05%2Femma.yml",
    "/преступление/": "преступление.yml",
    "emma": "=emma.yml",
    "Emma": "=%45mma.yml",
    "/../../etc/passwd/": "%2E.%2F..%2Fetc%2Fpasswd.yml",
    "../x": "=%2E.%2Fx.yml",
    "/con/": "%63on.yml",
    "/nul.txt/": "%6Eul.txt.yml",
    "https://ann.example/a?b": "=https%3A%2F%2Fann.example%2Fa%3Fb.yml",
}


@pytest.mark.parametrize("thread", THREADS)
def test_each_thread_names_a_file(thread: str) -> None:
    assert name_file(thread) == THREADS[thread]
    assert read_thread(THREADS[thread]) == thread


@given(st.text(min_size=1, max_size=60))
def test_names_are_safe_and_lead_back(thread: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in thread):
        return
    name = name_file(thread)
    assert not set(name) & set('/\\:*?"<>| ')
    assert not name.startswith(".")
    assert len(name.encode()) < 255
    assert name == name.lower() or "%" in name
    assert read_thread(name) in {thread, None}


def test_long_ids_have_short_names_of_their_own() -> None:
    names = {name_file(f"/{'ж' * 500}{end}/") for end in "abc"}
    assert len(names) == 3
    assert all(len(name.encode()) < 255 for name in names)


def comment(ident: str, reply_to: str | None = None, **more: Any) -> ArchivedComment:
    return ArchivedComment(ident, "Ann", f"<p>{ident}</p>", reply_to=reply_to, **more)


def draw(comments: list[ArchivedComment]) -> str:
    """Return ids with the replies to each in brackets."""
    pieces = [
        f"{placed.comment.id}{'(' if placed.has_replies else ' '}{')' * placed.ends}"
        for placed in arrange(comments)
    ]
    return "".join(pieces).replace(" )", ")").strip()


def test_replies_follow_what_they_answer() -> None:
    comments = [
        comment("a"),
        comment("b"),
        comment("c", "a"),
        comment("d", "c"),
        comment("e", "a"),
        comment("f", "b"),
    ]
    assert draw(comments) == "a(c(d)e)b(f)"


def test_hidden_comments_leave_their_replies() -> None:
    comments = [
        comment("a", is_hidden=True),
        comment("b", "a"),
        comment("c", "b", is_hidden=True),
        comment("d", is_hidden=True),
        comment("e", "d", is_hidden=True),
    ]
    assert draw(comments) == "a(b)"


def test_a_thousand_replies_to_replies_are_arranged() -> None:
    chain = [comment("c0"), *(comment(f"c{n}", f"c{n - 1}") for n in range(1, 1000))]
    placed = arrange(chain)
    assert [one.comment.id for one in placed] == [f"c{n}" for n in range(1000)]
    assert sum(one.has_replies for one in placed) == DEEPEST
    assert sum(one.ends for one in placed) == DEEPEST


def make_file(size: int) -> str:
    chooser = random.Random(size)
    comments = [
        comment(
            f"c{n}",
            f"c{chooser.randrange(n)}" if n and n % 3 else None,
            date=DAY + timedelta(hours=n),
        )
        for n in range(size)
    ]
    return add_comments("", comments, FILE)[0]


def test_reading_and_arranging_grow_with_the_thread() -> None:
    small, large = make_file(500), make_file(2000)
    ratio = measure_growth(
        lambda: arrange(read_archive(small, FILE).comments),
        lambda: arrange(read_archive(large, FILE).comments),
        enough=6,
    )
    assert ratio < 6


def test_written_comments_are_read_as_they_were() -> None:
    comments = [
        ArchivedComment("a", "Zoë: 'x' & #1", "<p>One</p>\n<p>  two 🙂</p>", DAY, 2),
        ArchivedComment("b", "0", "x", DAY, 0, "a", "https://b.example", CommentSpoiler("I", "")),
        ArchivedComment("c", "", "y", None, 0, None, None, CommentSpoiler("L", "emma"), True),
        ArchivedComment("d", "D", "z", DAY + timedelta(1), 0, None, None, CommentSpoiler()),
    ]
    text, added = add_comments("", comments, FILE)
    archive = read_archive(text, FILE)
    assert added == 4
    assert not archive.problems
    assert [*map(describe, archive.comments)] == [*map(describe, comments)]


EDITED = """\
# My notes on this file.

- id: a
  name: Ann
  date: 2014-05-03T09:12:00Z
  spoiler: The Island # said by Bea
  text: |
    <p>Shorter, by hand.</p>
# This one is rude.
- {id: b, date: 2015-01-01, hidden: true, text: "<b>no"}
"""


def test_edits_by_hand_stay() -> None:
    news = [
        ArchivedComment("b", "Bea", "other", DAY, 9),
        ArchivedComment("a", "Other", "longer", DAY),
        ArchivedComment("last", "Cy", "l", datetime(2020, 1, 1, tzinfo=UTC)),
        ArchivedComment("first", "Di", "f", datetime(2010, 1, 1, tzinfo=UTC)),
        ArchivedComment("between", "Ed", "b", datetime(2014, 12, 1, tzinfo=UTC), 0, "a"),
    ]
    text, added = add_comments(EDITED, news, FILE)
    assert added == 3
    left = [line for line in EDITED.splitlines() if line not in text.splitlines()]
    assert not left
    ids = [one.id for one in read_archive(text, FILE).comments]
    assert ids == ["first", "a", "between", "b", "last"]
    assert "text: |\n    b\n# This one is rude.\n- {id: b" in text
    assert text.startswith("# My notes on this file.\n\n- id: first\n")
    assert add_comments(text, news, FILE) == (text, 0)


@pytest.mark.parametrize("order", range(3))
def test_two_imports_in_any_order_give_the_same_bytes(order: int) -> None:
    comments = [comment(f"c{n}", date=DAY + timedelta(days=n)) for n in range(9)]
    first = comments[order::3]
    half, _ = add_comments("", first, FILE)
    assert add_comments(half, comments, FILE)[0] == add_comments("", comments, FILE)[0]


@pytest.mark.parametrize(
    "text", ['- id: a\n  text: "open\n', "id: a\n", "[{id: a}]\n", "# x\n[{id: a},\n {id: b}]\n"]
)
def test_a_file_that_cannot_be_read_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "emma.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(UnfitArchiveError) as error:
        write_archive(path, [comment("new", date=DAY)], FILE)
    assert error.value.problems[0].place.file == FILE
    assert path.read_text("utf-8") == text
    assert [*tmp_path.iterdir()] == [path]


def test_a_complete_file_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "comments" / "emma.yml"
    assert write_archive(path, [comment("a", date=DAY)], FILE) == 1
    stamp = path.stat().st_mtime_ns
    assert write_archive(path, [comment("a", date=DAY)], FILE) == 0
    assert path.stat().st_mtime_ns == stamp


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    path = tmp_path / "emma.yml"
    path.write_bytes(EDITED.replace("\n", "\r\n").encode())
    write_archive(path, [comment("new", date=DAY + timedelta(1))], FILE)
    data = path.read_bytes()
    assert all(line + b"\r\n" in data for line in EDITED.encode().splitlines())
    assert len(read_archive(data.decode(), FILE).comments) == 3


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "emma.yml"
    path.write_text(EDITED, "utf-8")

    def fail(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(KeyboardInterrupt):
        write_archive(path, [comment("new", date=DAY)], FILE)
    assert path.read_text("utf-8") == EDITED
    assert [*tmp_path.iterdir()] == [path]


def test_what_an_import_writes_is_clean() -> None:
    text, _ = add_comments(
        "", [ArchivedComment("a", "A", "<p onclick=x>a<script>b</script>")], FILE
    )
    assert not LexborHTMLParser(text).css("script, [onclick]")
    assert "<p>a</p>" in text
