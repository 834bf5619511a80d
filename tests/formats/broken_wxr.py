"""Each way in which an export of WordPress can be broken, and what a reader must make of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from made_exports import HEAD, TAIL, cdata, comment, item, wxr

from mkdocs_bookreview.formats.refused import ExportRefusedError


class ReadPost(Protocol):
    comments: tuple[object, ...]


Reader = Callable[[Path], Iterable[ReadPost]]


@dataclass(frozen=True)
class Case:
    """A file; `counts` of comments for each item that must be read.

    If `line` is a text, the file must be refused instead, with the line that this text begins.
    """

    name: str
    file: bytes
    counts: tuple[int, ...] = ()
    line: str | None = None
    says: str = ""

    def __str__(self) -> str:
        return self.name


def nested(field: str) -> str:
    return f"<![CDATA[Before <![CDATA[ inside ]]> after.]]></{field}>"


def case(
    name: str, text: str | bytes, *counts: int, line: str | None = None, says: str = ""
) -> Case:
    return Case(name, text if isinstance(text, bytes) else text.encode(), counts, line, says)


TWO = wxr(item(1, comment(11), comment(12)), item(2, comment(21)))
SWALLOWS = (
    comment(11)
    .replace(cdata("Yes."), "<![CDATA[swallowed")
    .replace(cdata("1"), "1")
    .replace(cdata(""), "")
)
PLAIN = comment(12)
for value in ("Reader 12", "Commenter12@Mail.example", "198.51.100.12", "2014-05-03 11:12:00",
              "2014-05-03 09:12:00"):  # fmt: skip
    PLAIN = PLAIN.replace(cdata(value), value)
QUOTE = (
    "<pre>&lt;item&gt; and <item><wp:comment> raw, <!-- <item> --> in `<![CDATA[ <item> ]]>`</pre>"
)

READ = [
    case("whole", TWO, 2, 1),
    case("WXR 1.0", wxr(item(1, comment(1)), version="1.0"), 1),
    case("WXR 1.1", wxr(item(1, comment(1)), version="1.1"), 1),
    case("another prefix", TWO.replace("wp:", "w:").replace("xmlns:wp=", "xmlns:w="), 2, 1),
    case(
        "a default namespace",
        wxr(item(1, comment(1)))
        .replace("<wp:comment>", '<comment xmlns="http://wordpress.org/export/1.2/">')
        .replace("</wp:comment>", "</comment>"),
        1,
    ),
    case("undeclared prefixes", TWO.replace(HEAD.format(version="1.2"), "<rss><channel>"), 2, 1),
    case("an undeclared prefix of a plugin", TWO.replace("<guid", "<atom:x/><guid"), 2, 1),
    case("NUL bytes", TWO.replace("Yes.", "Y\0e\x08s\x1f."), 2, 1),
    case("a NUL byte in an end of CDATA", TWO.replace("Yes.", "a ]]\0> b"), 2, 1),
    case("blank lines before", "\n \n" + TWO, 2, 1),
    case("a byte order mark", b"\xef\xbb\xbf" + TWO.encode(), 2, 1),
    case(
        "Latin-1", TWO.replace("UTF-8", "ISO-8859-1").replace("Yes", "Où").encode("latin-1"), 2, 1
    ),
    case("a post that quotes an item", wxr(item(1, comment(11), content=QUOTE), item(2)), 1, 0),
    case("a comment that quotes one", wxr(item(1, comment(11, QUOTE), comment(12))), 2),
    case("an XML comment that quotes one", TWO.replace("<guid", "<!-- <item> --><guid"), 2, 1),
    case("an XML comment at the end", TWO.replace(TAIL, f"<!-- <item> -->{TAIL}"), 2, 1),
    case("attributes of a comment", TWO.replace("<wp:comment>", '<wp:comment\n\tx="1" >'), 2, 1),
    case(
        "a comment element of others",
        TWO.replace("<guid", "<wfw:comment>x</wfw:comment><guid"),
        2,
        1,
    ),
    case("no items", wxr()),
]
REFUSED = [
    case(
        "CDATA in CDATA",
        TWO.replace(cdata("Yes.") + "</wp:comment_content>", nested("wp:comment_content"), 1),
        line="\t\t\t<wp:comment_content>",
        says="`]]>`",
    ),
    case(
        "CDATA in CDATA with tags",
        TWO.replace(cdata("<p>Good.</p>"), "<![CDATA[a <![CDATA[b]]> c <p>d</p>]]>", 1),
        line="\t\t<content:encoded>",
        says="beside",
    ),
    case(
        "CDATA in CDATA in a comment",
        TWO.replace(cdata("<p>Good.</p>"), "<![CDATA[a <![CDATA[b]]><!-- ]]> -->", 1),
        line="\t\t<content:encoded>",
        says="CDATA",
    ),
    case(
        "CDATA without its end",
        wxr(item(1, SWALLOWS, PLAIN)),
        line="\t\t\t<wp:comment_content><![CDATA[Yes",
        says="has no end",
    ),
    case(
        "cut off in a text",
        TWO[: TWO.rindex("Yes.")],
        line="\t\t\t<wp:comment_content>",
        says="cut off in the `<wp:comment>`",
    ),
    case(
        "cut off after an item", TWO[: TWO.index("</item>") + 7], line="\t</item>", says="cut off"
    ),
    case(
        "cut off in a tag",
        TWO[: TWO.rindex("<wp:comment_type") + 6],
        line="\t\t\t<wp:co",
        says="cut off",
    ),
    case(
        "an ampersand",
        TWO.replace("?p=2", "?p=2&x=1"),
        line='\t\t<guid isPermaLink="false">https://shelf.example/?p=2&x',
        says="`&amp;`",
    ),
    case(
        "an entity of HTML",
        TWO.replace("<description>", "<description>a&nbsp;b", 1),
        line="\t\t<description>a",
        says="`&#160;`",
    ),
    case(
        "an unknown entity",
        TWO.replace("<description>", "<description>a&bla;b", 1),
        line="\t\t<description>a",
        says="`&amp;bla;`",
    ),
    case(
        "a number of no character",
        TWO.replace("<description>", "<description>&#0;", 1),
        line="\t\t<description>&",
        says="Remove this number",
    ),
    case(
        "declared entities",
        TWO.replace("<rss", '<!DOCTYPE rss [\n<!ENTITY a "b">]>\n<rss', 1),
        line="<!DOCTYPE",
        says="DOCTYPE",
    ),
    case(
        "bytes that are not UTF-8",
        TWO.encode().replace(b"Yes.", b"Y\xe9s.", 1),
        line="\t\t\t<wp:comment_content>",
        says="UTF-8",
    ),
    case("UTF-16", TWO.encode("utf-16"), line="", says="UTF-16"),
    case("an unknown encoding", TWO.replace("UTF-8", "klingon"), line="<?xml", says="encoding"),
    case(
        "an item in an item",
        wxr(item(1, more=item(2))),
        line="\t<item>\n\t\t<title><![CDATA[Book 2",
        says="lost",
    ),
    case(
        "a comment outside of an item",
        wxr(item(1), comment(5)),
        line="\t\t<wp:comment>",
        says="lost",
    ),
    case(
        "a comment in a comment",
        wxr(item(1, comment(1, x=comment(2)))),
        line="\t\t\t<wp:x>",
        says="lost",
    ),
    case(
        "tags in the wrong order",
        TWO.replace("</title>", "</link>", 2),
        line="\t<title>",
        says="`<title>`",
    ),
    case(
        "text between items",
        TWO.replace("\t</item>", "\t</item>Text"),
        line="\t<item>",
        says="beside",
    ),
    case(
        "one post of two",
        TWO.replace("\t</item>\n\t<item>\n", "", 1),
        line="\t<item>",
        says="twice",
    ),
    case(
        "no id of a comment",
        TWO.replace("<wp:comment_id>21</wp:comment_id>", ""),
        line="\t\t<wp:comment>\n\t\t\t\n",
        says="wp:comment_id",
    ),
    case(
        "a path as an id",
        TWO.replace("<wp:comment_id>21<", "<wp:comment_id>../../x<"),
        line="\t\t<wp:comment>\n\t\t\t<wp:comment_id>..",
        says="number",
    ),
    case(
        "no date",
        TWO.replace(cdata("2014-05-03 09:12:00"), "last May", 1),
        line="\t\t<wp:comment>",
        says="date",
    ),
    case(
        "a deep nest",
        TWO.replace("<description>", f"<description>{'<a>' * 40}{'</a>' * 40}", 1),
        line="\t\t<description><a>",
        says="deep",
    ),
    case(
        "two exports in one file", TWO + TWO.partition("?>\n")[2], line="<rss", says="after the end"
    ),
    case(
        "a feed",
        "<rss><channel>\n<item><title>A</title></item></channel></rss>",
        line="<item>",
        says="feed",
    ),
    case("a web page", "<!doctype html>\n<html></html>", line="<!", says="web page"),
    case("another file", "<html><body>\n<item/></body></html>", line="<html>", says="WordPress"),
    case("nothing", "", line="", says="empty"),
    case("a ZIP", b"PK\x03\x04....", line=None, says="Unpack"),
    case(
        "a tag hidden in an instruction",
        TWO.replace("<guid", "<?x <item> ?><guid", 1),
        line="\t\t<?x",
        says="another number of tags",
    ),
    case(
        "a comment without an end",
        TWO.replace("<guid", f"<!--{'x' * 3_000_000}<guid", 1),
        line="\t\t<!--",
        says="no end",
    ),
    case(
        "a DTD, with which entities vanish",
        TWO.replace("<rss", '<!DOCTYPE rss SYSTEM "x.dtd">\n<rss', 1).replace("Book 1", "&b;", 1),
        line="<!DOCTYPE",
        says="DOCTYPE",
    ),
]


def check(reader: Reader, broken: Case, folder: Path) -> None:
    """Fail unless `reader` reads all of the file, or refuses it with the line."""
    path = folder / "export.xml"
    path.write_bytes(broken.file)
    if broken in READ:
        assert tuple(len(post.comments) for post in reader(path)) == broken.counts
        return
    with pytest.raises(ExportRefusedError) as refused:
        list(reader(path))
    problem = refused.value.problem
    assert problem.place.file == str(path)
    if broken.line is not None:
        lines = {1 + broken.file[:place].count(b"\n") for place in find(broken.line, broken.file)}
        assert problem.place.line in lines
    assert broken.says in str(problem)


def find(line: str, file: bytes) -> Iterable[int]:
    """Yield where lines begin with `line`."""
    text = file.decode("latin-1")
    place = -1
    while (place := text.find(line, place + 1)) >= 0:
        if place == 0 or text[place - 1] == "\n":
            yield place
        if not line:
            return
