"""Broken exports of WordPress are read completely or refused with the line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from broken_wxr import READ, REFUSED, Case, check
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mkdocs_bookreview.formats.refused import ExportRefusedError
from mkdocs_bookreview.formats.wxr import read_posts

WP = "{http://wordpress.org/export/1.2/}"


@dataclass
class RecoveredPost:
    comments: tuple[object, ...]


def recover_posts(path: Path) -> Iterator[RecoveredPost]:
    """Read as programs do that recover: what the parser cannot read is left out silently."""
    tree = etree.parse(path, etree.XMLParser(recover=True, huge_tree=True))
    root = tree.getroot()
    for item in root.iter("item") if root is not None else ():
        yield RecoveredPost(tuple(item.iter(f"{WP}comment")))


@pytest.mark.parametrize("broken", [*READ, *REFUSED], ids=str)
def test_broken_exports(broken: Case, tmp_path: Path) -> None:
    check(read_posts, broken, tmp_path)


@pytest.mark.parametrize("broken", REFUSED, ids=str)
def test_the_same_tests_fail_for_a_reader_that_recovers(broken: Case, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception, etree.XMLSyntaxError)):
        check(recover_posts, broken, tmp_path)


@pytest.mark.parametrize(
    "name", ["CDATA without its end", "cut off after an item", "undeclared prefixes"]
)
def test_that_reader_silently_gives_fewer_comments(name: str, tmp_path: Path) -> None:
    broken = next(one for one in (*READ, *REFUSED) if one.name == name)
    path = tmp_path / "export.xml"
    path.write_bytes(broken.file)
    whole = 3 if name != "CDATA without its end" else 2
    read = sum(len(post.comments) for post in recover_posts(path))
    assert read < whole


WHOLE = READ[0].file


@settings(max_examples=60)
@given(
    place=st.integers(0, len(WHOLE) - 1),
    length=st.integers(0, 60),
    text=st.sampled_from(
        [b"", b"<", b"&", b"]]>", b"<![CDATA[", b"<item>", b"\0", b"\xff", b"<!--"]
    ),
)
def test_any_damage_loses_no_record_silently(
    tmp_path_factory: pytest.TempPathFactory, place: int, length: int, text: bytes
) -> None:
    path = tmp_path_factory.mktemp("wxr") / "export.xml"
    damaged = WHOLE[:place] + text + WHOLE[place + length :]
    path.write_bytes(damaged)
    try:
        posts = list(read_posts(path))
    except ExportRefusedError as refused:
        line = refused.problem.place.line
        assert line is not None
        assert 1 <= line <= damaged.count(b"\n") + 1
        return
    plain = re.sub(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", b"", damaged, flags=re.DOTALL)
    assert len(posts) == len(re.findall(rb"<item[\s>]", plain))
    comments = sum(len(post.comments) for post in posts)
    assert comments == len(re.findall(rb"<wp:comment[\s>]", plain))
