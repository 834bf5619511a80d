"""What is read of exports of Disqus."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from isso.migrate import Disqus
from lxml import etree
from made_exports import ADDRESS, MAIL, cdata, disqus, post, thread, wxr

from mkdocs_bookreview.formats.comments import ImportedComment, Kind, ThreadFacts
from mkdocs_bookreview.formats.disqus import read_comments
from mkdocs_bookreview.formats.refused import ExportRefusedError


def read(folder: Path, *parts: str) -> list[ImportedComment]:
    path = folder / "export.xml"
    path.write_text(disqus(*parts), "utf-8")
    return list(read_comments(path))


def test_all_of_a_comment(tmp_path: Path) -> None:
    identifier = "528 https://shelf.example/?p=528"
    message = cdata("<p>Yes, <spoiler>no</spoiler></p>")
    (found,) = read(
        tmp_path, thread(2, identifier), post(12, 2, parent=11, message=f"\n{message}\n")
    )
    assert found == ImportedComment(
        id="dsq-12",
        thread=ThreadFacts(
            address="https://shelf.example/book-2/",
            identifier=identifier,
            title="Cats & Books 2",
            post_id=528,
        ),
        parent="dsq-11",
        name="Reader 12",
        website="",
        date=datetime(2013, 10, 11, 6, 51, 33, tzinfo=UTC),
        text="<p>Yes, <spoiler>no</spoiler></p>",
        likes=0,
        kind=Kind.KEPT,
    )


def test_kinds(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        thread(1),
        thread(2, deleted="true"),
        post(1, 1),
        post(2, 1, isSpam="true"),
        post(3, 1, isDeleted="true", isSpam="true"),
        post(4, 1, isApproved="false"),
        post(5, 2),
    )
    assert [one.kind for one in found] == [
        Kind.KEPT,
        Kind.SPAM,
        Kind.DELETED,
        Kind.PENDING,
        Kind.DELETED,
    ]


def test_threads_that_come_late_or_never(tmp_path: Path) -> None:
    found = read(tmp_path, post(1, 8), post(2, 7), thread(8, "late"), post(3, 8))
    assert [(one.id, one.thread.identifier, one.thread.address) for one in found] == [
        ("dsq-3", "late", "https://shelf.example/book-8/"),
        ("dsq-1", "late", "https://shelf.example/book-8/"),
        ("dsq-2", "", ""),
    ]


def test_an_empty_thread_and_other_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    text = disqus('<thread dsq:id="3">\n<id/>\n</thread>', post(1, 3))
    text = text.replace("dsq:", "i:").replace("xmlns:dsq", "xmlns:i")
    path.write_text(text.replace("xmlns:i=", "xmlns:i="), "utf-8")
    assert [one.thread for one in read_comments(path)] == [ThreadFacts()]


def test_thousands_of_comments_add_up_and_identify_nobody(tmp_path: Path) -> None:
    parts = [thread(n, f"book-{n}") for n in range(1, 101)]
    parts += [post(n, n % 100 + 1, parent=n - 100 if n > 100 else None) for n in range(1, 3001)]
    found = read(tmp_path, *parts)
    assert len({one.id for one in found}) == 3000
    assert Counter(one.thread.identifier for one in found) == {
        f"book-{n}": 30 for n in range(1, 101)
    }
    everything = repr(found).lower()
    for secret in (MAIL.partition("@")[2].lower(), ADDRESS.format(""), "owner@", "203.0.113."):
        assert secret not in everything


def test_the_sample_of_isso_has_as_many() -> None:
    sample = Path(Disqus.__init__.__code__.co_filename).parent / "tests" / "disqus.xml"
    posts = etree.parse(sample).getroot().findall("{http://disqus.com}post")
    assert len(list(read_comments(sample))) == len(posts) > 0


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (disqus(thread(1), post(1, 1))[:-40], 23, "cut off in the `<post>` that begins in line 16"),
        (disqus(thread(1), post(1, 1)).replace('<post dsq:id="1"', "<post"), 16, "`dsq:id`"),
        (
            disqus(thread(1), post(1, 1)).replace('<post dsq:id="1"', '<post dsq:id="../x"'),
            16,
            "../x",
        ),
        (disqus(post(1, 1, createdAt="2011-x09-30")), 3, "createdAt"),
        (disqus(post(1, 1, isSpam="123")), 3, "`<isSpam>` must be `true` or `false`"),
        (disqus(post(1, 1)).replace('dsq:id="1"/>', "dsq:id=1/>"), 11, "XML"),
        (disqus(post(1, 1).replace("</post>", post(2, 1) + "</post>")), 12, "lost"),
        (wxr(), 3, "begins with `<rss>`"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(ExportRefusedError) as refused:
        list(read_comments(path))
    assert says in str(refused.value)
    assert refused.value.problem.place.line == line
