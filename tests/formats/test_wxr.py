"""What is read of exports of WordPress, and what is not."""

import hashlib
import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_exports import ADDRESS, MAIL, cdata, comment, item, posts, wxr

from mkdocs_bookreview.formats.comments import ImportedComment, Kind, ThreadFacts
from mkdocs_bookreview.formats.wxr import Post, Term, read_comments, read_posts
from tests.growth import measure_growth

LONGEST_READ = 13  # times as long for ten times as much; the square would be 100


def write(folder: Path, *items: str) -> Path:
    path = folder / "export.xml"
    path.write_text(wxr(*items), "utf-8")
    return path


def read_post(folder: Path, text: str) -> Post:
    (post,) = read_posts(write(folder, text))
    return post


def read_comment(folder: Path, text: str = "Yes.", **fields: str) -> ImportedComment:
    (found,) = read_comments(write(folder, item(1, comment(4711, text, **fields))))
    return found


def test_all_of_a_post(tmp_path: Path) -> None:
    more = f"""
<category domain="category" nicename="sad-books">{cdata("Sad &amp; good")}</category>
<category domain="post_tag" nicename="memory">{cdata("Memory")}</category>
<category domain="series" nicename="dune">{cdata("Dune")}</category>
<wp:attachment_url>https://shelf.example/a.jpg</wp:attachment_url>
<wp:postmeta><wp:meta_key>isbn</wp:meta_key><wp:meta_value>{cdata("1")}</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>isbn</wp:meta_key><wp:meta_value>{cdata("2")}</wp:meta_value></wp:postmeta>
<wp:post_modified_gmt>2015-01-02 03:04:05</wp:post_modified_gmt>
"""
    content = "One\n\n<!--more-->Two ]]> <b>three</b>"
    text = item(7, content=content, more=more)
    text = text.replace("<excerpt:encoded><![CDATA[]]>", "<excerpt:encoded><![CDATA[Short.]]>")
    text = text.replace("<wp:is_sticky>0", "<wp:is_sticky>1")
    text = text.replace("_parent>0", "_parent>3").replace("_order>0", "_order>-2")
    text = text.replace("<wp:post_password><![CDATA[]]>", "<wp:post_password>secret")
    terms = (
        Term("category", "Sad & good", "sad-books"),
        Term("post_tag", "Memory", "memory"),
        Term("series", "Dune", "dune"),
    )
    post = read_post(tmp_path, text)
    assert post == Post(
        id=7,
        parent=3,
        type="post",
        status="publish",
        title="Book 7",
        link="https://shelf.example/2014/book-7/",
        guid="https://shelf.example/?p=7",
        slug="book-7",
        published=datetime(2014, 5, 3, 9, tzinfo=UTC),
        published_local=datetime(2014, 5, 3, 11),  # noqa: DTZ001
        modified=datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC),
        author="ann",
        author_name="Ann Reader",
        content=content,
        excerpt="Short.",
        terms=terms,
        meta=(("isbn", "1"), ("isbn", "2")),
        comment_status="open",
        is_protected=True,
        is_sticky=True,
        menu_order=-2,
        attachment_url="https://shelf.example/a.jpg",
        comments=(),
        line=13,
    )
    assert (post.categories, post.tags) == (terms[:1], terms[1:2])


def test_terms_of_old_exports(tmp_path: Path) -> None:
    more = """<category><![CDATA[Sad]]></category><category><![CDATA[Sad]]></category>
<category domain="category" nicename="sad"><![CDATA[Sad]]></category>
<category><![CDATA[Alone]]></category>
<category domain="tag"><![CDATA[Memory]]></category>
<category domain="tag" nicename="m%C3%A4rz"><![CDATA[März]]></category>"""
    assert read_post(tmp_path, item(1, more=more)).terms == (
        Term("category", "Sad", "sad"),
        Term("post_tag", "Memory", ""),
        Term("post_tag", "März", "märz"),
        Term("category", "Alone", ""),
    )


def test_a_draft_has_no_date(tmp_path: Path) -> None:
    zero = "0000-00-00 00:00:00"
    post = read_post(tmp_path, item(1).replace("2014-05-03 09:00:00", zero))
    assert post.published is None
    assert post.published_local is not None


def test_all_of_a_comment(tmp_path: Path) -> None:
    assert read_comment(
        tmp_path,
        "In the film,\nthey find out.\n\nSooner &amp; <em>later</em>.",
        comment_author=cdata("O&#039;Neil  &lt;b&gt;"),
        comment_author_url="https://oneil.example/?a=1&#038;b=2",
        comment_parent="4710",
    ) == ImportedComment(
        id="wp-4711",
        thread=ThreadFacts(
            address="https://shelf.example/2014/book-1/",
            title="Book 1",
            slug="book-1",
            post_id=1,
        ),
        parent="wp-4710",
        name="O'Neil <b>",
        website="https://oneil.example/?a=1&b=2",
        date=datetime(2014, 5, 3, 9, 12, tzinfo=UTC),
        text="<p>In the film,<br>\nthey find out.</p>\n<p>Sooner &amp; <em>later</em>.</p>",
        likes=0,
        kind=Kind.KEPT,
    )


@pytest.mark.parametrize(
    ("approved", "of_type", "kind"),
    [
        ("1", "comment", Kind.KEPT),
        ("1", "", Kind.KEPT),
        ("0", "", Kind.PENDING),
        ("hold", "comment", Kind.PENDING),
        ("", "", Kind.PENDING),
        ("spam", "", Kind.SPAM),
        ("trash", "", Kind.TRASH),
        ("post-trashed", "", Kind.TRASH),
        ("1", "pingback", Kind.PINGBACK),
        ("0", "trackback", Kind.PINGBACK),
        ("1", "note", Kind.NOTE),
        ("1", "order_note", Kind.NOTE),
    ],
)
def test_kinds(tmp_path: Path, approved: str, of_type: str, kind: Kind) -> None:
    found = read_comment(tmp_path, comment_approved=approved, comment_type=cdata(of_type))
    assert found.kind is kind


@pytest.mark.parametrize("none", ["0000-00-00 00:00:00", "-0001-11-30 00:00:00"])
def test_local_time_if_there_is_no_other(tmp_path: Path, none: str) -> None:
    found = read_comment(tmp_path, comment_date_gmt=cdata(none))
    assert found.date == datetime(2014, 5, 3, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a", "<p>a</p>"),
        ("a\r\nb\n \nc", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("a\n\n<ul><li>b\nc</li></ul>d", "<p>a</p><ul><li>b<br>\nc</li></ul><p>d</p>"),
        ("<pre>a\n\n<p>b\n</pre>c", "<pre>a\n\n<p>b\n</pre><p>c</p>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p></blockquote>"),
        (
            "<details><summary>a\nb</summary>c\nd</details>",
            "<details><summary>a<br>\nb</summary><p>c<br>\nd</p></details>",
        ),
        ("a<br />\nb<BR> \nc \t\nd", "<p>a<br>\nb<br>\nc<br>\nd</p>"),
        ("<p>a\nb</p>\n<precious>c", "<p>a<br>\nb</p><p><precious>c</p>"),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_line_breaks_count(tmp_path: Path, text: str, html: str) -> None:
    assert read_comment(tmp_path, text).text == html


def hashes(text: str) -> set[str]:
    return {
        hashlib.new(name, spelling.encode()).hexdigest()
        for name in ("md5", "sha1", "sha256")
        for spelling in (text, text.lower())
    }


def test_nothing_that_identifies_people_leaves_the_reader(tmp_path: Path) -> None:
    mail, address = MAIL.format(4711), ADDRESS.format(4711 % 250)
    secrets = {mail, address, *hashes(mail), *hashes(address)}
    meta = "".join(
        f"<wp:commentmeta><wp:meta_key>akismet</wp:meta_key><wp:meta_value>{cdata(secret)}"
        "</wp:meta_value></wp:commentmeta>"
        for secret in sorted(secrets)
    )
    text = " ".join(
        [f'<img src="https://gravatar.example/{secret.upper()}?s=9">' for secret in sorted(secrets)]
        + sorted(secrets)
        + ["Kept", "d41d8cd98f00b204e9800998ecf8427e"]
    )
    url = f"https://gravatar.example/{min(hashes(mail))}"
    whole = item(
        1,
        comment(4711, text, comment_author=cdata(mail), comment_author_url=url, x=meta),
        comment(4711, text, comment_author=cdata(f"Ann {address}"), comment_author_url=mail),
    )
    found = list(read_posts(write(tmp_path, whole)))
    assert [one.name for one in found[0].comments] == ["Commenter4711", "Ann …"]
    assert [one.website for one in found[0].comments] == ["", ""]
    everything = repr(found).lower()
    assert "kept d41d8cd98f00b204e9800998ecf8427e" in everything
    for secret in (*secrets, "owner@shelf.example"):
        assert secret.lower() not in everything


def test_thousands_of_comments_add_up(tmp_path: Path) -> None:
    found = list(read_comments(write(tmp_path, *posts(300, 10))))
    assert len({one.id for one in found}) == 3000
    assert Counter(one.thread.slug for one in found) == {f"book-{n}": 10 for n in range(1, 301)}
    assert sum(one.parent is None for one in found) == 300


def test_a_text_of_five_megabytes(tmp_path: Path) -> None:
    long = "<p>word ]]> " * 450_000
    found = read_comment(tmp_path, long)
    assert found.text.count("word ]]>") == 450_000


def exhaust(path: Path) -> int:
    return sum(len(post.comments) for post in read_posts(path))


def test_memory_does_not_depend_on_the_size(tmp_path: Path) -> None:
    peaks = []
    for count in (100, 1000):
        path = write(tmp_path, *posts(count, 10))
        exhaust(path)
        tracemalloc.start()
        assert exhaust(path) == count * 10
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]


def test_time_grows_in_proportion(tmp_path: Path) -> None:
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    small.write_text(wxr(*posts(40, 10)), "utf-8")
    large.write_text(wxr(*posts(400, 10)), "utf-8")
    times = measure_growth(lambda: exhaust(small), lambda: exhaust(large), LONGEST_READ)
    assert times < LONGEST_READ


@pytest.mark.parametrize(
    "piece", ["<p>", "\n\n", "<pre>", "<item>", "]]>", "a0", "&lt;", "<![CDATA["]
)
def test_time_of_any_text_grows_in_proportion(tmp_path: Path, piece: str) -> None:
    def make(size: int) -> Path:
        path = tmp_path / f"{size}.xml"
        path.write_text(wxr(item(1, comment(1, piece * size))), "utf-8")
        return path

    small, large = make(10_000), make(100_000)
    times = measure_growth(lambda: exhaust(small), lambda: exhaust(large), LONGEST_READ)
    assert times < LONGEST_READ
