"""Streams the records of an XML export.

The parser is Expat, from the standard library. It streams, it never recovers from an error by
leaving something out (as lxml does with `recover=True`), and it reports a DOCTYPE before anything
that is declared there is used, so that no entity is ever expanded. Namespaces are resolved here and
not by Expat, because many exports use prefixes that they do not declare.

Formats: https://www.w3.org/TR/xml/ and https://www.w3.org/TR/xml-names/
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from xml.parsers import expat

from mkdocs_bookreview.formats.refused import ExportRefusedError, refuse, refuse_packed
from mkdocs_bookreview.formats.xml.faults import AGAIN, ONE_CDATA, explain
from mkdocs_bookreview.formats.xml.namespaces import Names, Namespaces
from mkdocs_bookreview.formats.xml.tags import TagScanner

_CHUNK = 2**16  # bytes
_NEAR = 64  # bytes that an explanation looks at
_LONGEST_TAG = 2**20  # bytes, up to the next `>`
_DEEPEST = 32  # WordPress nests six levels
# XML forbids these characters, but texts that were pasted into a form have them. They become
# spaces and are not removed, because serialized PHP counts characters, and because `]]\0>` must not
# turn into the end of a CDATA section.
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r")
_TO_SPACES = bytes.maketrans(_CONTROL, b" " * len(_CONTROL))
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0<")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_WEB_PAGE = b"<!doctype html"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Shape:
    """Describes where an export has its records.

    `program` is the name, in messages, of the program that writes the export. `root` is the first
    tag of the export. `names` returns the full name of an element. `depth` is that of a record; the
    root has depth 1. `counted` maps each tag that is counted, because no such element may be lost,
    to the depths at which it may be.
    """

    program: str
    root: str
    names: Names
    depth: int
    counted: Mapping[str, Collection[int]]


@dataclass(slots=True)
class Element:
    """Holds an element that has attributes or other elements in it, or whose tag is counted.

    `raw_name` is its name in the file, and `name` is the full name that `Shape.names` returns.
    `line` is where it begins; 0 if its tag is not counted. `text` is empty if it has elements in
    it. `texts` maps the name of each element in it that has only text to this text; if a name
    appears again, `repeated` has the name with each further text. `children` are all other elements
    in it.
    """

    name: str
    raw_name: str
    attributes: Mapping[str, str]
    line: int = 0
    text: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    repeated: list[tuple[str, str]] = field(default_factory=list)


def read_records(path: Path, shape: Shape) -> Iterator[Element]:
    """Yield the records of the file at `path`, in the order of the file.

    Elements that have only text, such as the title of a feed, are left out unless they are counted.
    Raise ExportRefusedError at the first fault; records yielded before must then be discarded.
    Memory depends on the largest record, not on the file.
    """
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        _check_start(path, chunk, shape.program)
        # Blank lines before the XML declaration are removed, because plugins print them there
        # although XML forbids it.
        start = chunk.removeprefix(_BOM).lstrip()
        reader = _Reader(path, shape, 1 + chunk[: len(chunk) - len(start)].count(b"\n"))
        chunk = start
        while chunk:
            yield from reader.read(chunk.translate(_TO_SPACES))
            chunk = file.read(_CHUNK)
        reader.end()


def _check_start(path: Path, chunk: bytes, program: str) -> None:
    if not chunk.strip():
        raise refuse(path, 1, "The file is empty.", AGAIN)
    refuse_packed(path, chunk, "XML file")
    if _UTF_16.match(chunk):
        raise refuse(path, 1, "The file is in UTF-16.", "Save it as UTF-8.")
    # A web page is reported separately, because servers send one if the login has expired.
    if chunk.removeprefix(_BOM).lstrip()[: len(_WEB_PAGE)].lower() == _WEB_PAGE:
        raise refuse(path, 1, f"This is a web page, and not an export of {program}.", AGAIN)


class _Reader:
    """Builds records from the events of Expat.

    Most elements have only text. No `Element` is built for them, because it takes half the time to
    store their text in the element around them. So an element that has just begun is built only
    if it has attributes, if its tag is counted, or if another element begins in it.
    """

    def __init__(self, path: Path, shape: Shape, first_line: int) -> None:
        self._path = path
        self._shape = shape
        self._lines_before = first_line - 1
        self._is_counted = _CountedTags(name.rpartition(":")[2] for name in shape.counted)
        self._tags = TagScanner(self._is_counted.locals, first_line)
        self._near = b""  # the last chunk, and the end of the one before it
        self._size = 0  # bytes read
        self._records: list[Element] = []
        self._open: list[Element] = []  # without the element that has just begun
        self._begun = ""  # the tag of an element that has just begun; empty if none has
        self._quoted_in_comments = 0  # how many counted tags the last XML comments quote
        self._pieces: list[str] = []  # of the text since the last tag
        self._namespaces = Namespaces(shape.names)
        self._names = self._namespaces.resolved
        self._texts: dict[str, str] | None = None  # of the last in `_open`; None above records
        self._depth = shape.depth
        self._parser = self._make_parser()

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.ordered_attributes = True  # a list costs less than a dict, and most are empty
        parser.StartElementHandler = self._make_start()
        parser.EndElementHandler = self._make_end()
        parser.CharacterDataHandler = self._pieces.append
        parser.CommentHandler = self._see_comment
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        return parser

    def read(self, chunk: bytes) -> list[Element]:
        """Return the records that end in the next `chunk` of the file."""
        self._tags.scan(chunk)
        self._near = self._near[-_NEAR:] + chunk
        self._size += len(chunk)
        self._parse(chunk)
        if self._size - self._parser.CurrentByteIndex > _LONGEST_TAG:
            # A tag without an end is refused, because Expat reads it again with each chunk, so the
            # time would grow with the square of its length.
            raise self._refuse("A tag or comment is too long or has no end.", "Close or remove it.")
        records = self._records.copy()
        self._records.clear()
        return records

    def end(self) -> None:
        """Refuse the file if something is missing at its end."""
        self._parse(b"", is_final=True)
        if len(self._tags.found) > self._quoted_in_comments:
            raise self._refuse_unread(self._tags.found[-1][1])

    def _parse(self, chunk: bytes, *, is_final: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_final)
        except expat.ExpatError as error:
            raise self._explain(error) from error
        except (LookupError, ValueError) as error:
            # These errors are caught, because Expat knows few encodings, and Python raises them for
            # other encodings.
            raise self._refuse(
                "The file is in an encoding that cannot be read.",
                'Save it as UTF-8, and write `encoding="UTF-8"` in the first line.',
            ) from error

    # The handlers are closures, because closures find their variables faster than methods do, and
    # an export has a hundred tags in each 10 kB.

    def _make_start(self) -> Callable[[str, list[str]], None]:
        pieces, is_counted = self._pieces, self._is_counted

        def start(raw_name: str, attributes: list[str]) -> None:
            if self._begun:
                self._open_element(self._begun, ())
            while pieces:
                if not pieces.pop().isspace():
                    raise self._refuse_text()
            if attributes or is_counted[raw_name]:
                self._open_element(raw_name, attributes)
                self._begun = ""
            else:
                self._begun = raw_name

        return start

    def _open_element(self, raw_name: str, attributes: Sequence[str]) -> None:
        depth = len(self._open) + 1
        if depth > _DEEPEST:
            raise self._refuse(f"`<{raw_name}>` is nested {depth} levels deep.", ONE_CDATA)
        named = self._namespaces.enter(depth, attributes) if attributes else _NO_ATTRIBUTES
        element = Element(self._names[raw_name], raw_name, named)
        if depth == 1 and element.name != self._shape.root:
            raise self._refuse_program(raw_name)
        if self._is_counted[raw_name]:
            self._count(element, depth)
        self._open.append(element)
        self._texts = element.texts if depth >= self._depth else None

    def _count(self, element: Element, depth: int) -> None:
        """Check that a counted tag is the next that the scanner found, and its depth is valid."""
        self._pass_quoted(0)
        found = self._tags.found
        offset, element.line = found.popleft() if found else (-1, self._line)
        if offset != self._parser.CurrentByteIndex:
            raise self._refuse_unread(element.line)
        depths = self._shape.counted.get(element.name)
        if depths is not None and depth not in depths:
            raise self._refuse(
                f"A `<{element.raw_name}>` is in `<{self._tag}>`, where it would be lost.",
                "Close each record before the next one begins, and move this"
                f" `<{element.raw_name}>` into the record that it belongs to.",
            )

    def _pass_quoted(self, quoted: int) -> None:
        """Skip the tags that the scanner found before the current place, because texts quote them.

        Refuse the file if a tag is not quoted: `quoted` counts the tags in the last text, and
        `_quoted_in_comments` those in XML comments.
        """
        found, place = self._tags.found, self._parser.CurrentByteIndex
        quoted += self._quoted_in_comments
        while found and found[0][0] < place:
            if not quoted:
                raise self._refuse_unread(found[0][1])
            found.popleft()
            quoted -= 1
        self._quoted_in_comments = min(self._quoted_in_comments, quoted)

    def _make_end(self) -> Callable[[str], None]:
        pieces, opened, names = self._pieces, self._open, self._names

        def end(raw_name: str) -> None:
            if not self._begun:
                self._close_element(raw_name)
                return
            self._begun = ""
            # `_take_text` is not called, because most elements end here, and a call takes time.
            text = pieces.pop() if pieces else ""
            if pieces:
                text = "".join(pieces) + text
                pieces.clear()
            if "<" in text:
                self._check_text(raw_name, text)
            if (texts := self._texts) is None:
                if not opened:
                    raise self._refuse_program(raw_name)
                return
            name = names[raw_name]
            if name in texts:
                opened[-1].repeated.append((name, text))
            else:
                texts[name] = text

        return end

    def _close_element(self, raw_name: str) -> None:
        depth = len(self._open)
        element = self._open[-1]
        if depth < self._depth or element.texts or element.children:
            self._pass_blanks()
        else:
            element.text = self._take_text(raw_name)
        self._open.pop()
        self._texts = self._open[-1].texts if depth > self._depth else None
        self._namespaces.leave(depth)
        if depth == self._depth:
            self._records.append(element)
        elif depth > self._depth:
            self._open[-1].children.append(element)

    def _take_text(self, raw_name: str) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        if "<" in text:
            self._check_text(raw_name, text)
        return text

    def _check_text(self, raw_name: str, text: str) -> None:
        """Check that a text with `<` in it belongs to one element only.

        A CDATA section without its end swallows what follows. `<a><![CDATA[one</a></item><item>
        <a><![CDATA[two]]></a>` is well-formed, and it loses an item. In such a case, the text
        contains the end of its own element, and then its start again.
        """
        end = text.find(f"</{raw_name}>")
        if end >= 0 and text.find(f"<{raw_name}", end) >= 0:
            raise self._refuse(
                f"A CDATA section in `<{raw_name}>` has no end, so everything up to this line is"
                " a part of it.",
                f"Write `]]>` before the first `</{raw_name}>` of its text. If the text quotes an"
                " export, write `&lt;` for each `<` of the quote.",
            )
        if self._tags.found and self._tags.found[0][0] < self._parser.CurrentByteIndex:
            self._pass_quoted(self._tags.count_quoted(text))

    def _pass_blanks(self) -> None:
        """Drop the blanks between tags; refuse other text there, because it would be lost."""
        while self._pieces:
            if not self._pieces.pop().isspace():
                raise self._refuse_text()

    def _see_comment(self, text: str) -> None:
        if "]]>" in text:
            raise self._refuse(
                "An XML comment contains `]]>`, the end of a CDATA section.", ONE_CDATA
            )
        self._quoted_in_comments += self._tags.count_quoted(text)

    def _refuse_doctype(self, *_: object) -> None:
        # A DTD is refused, because with a DTD Expat expands entities, or leaves out unknown ones.
        raise self._refuse(
            "The file has a DOCTYPE, which no export has.",
            "Remove the DOCTYPE, and replace each entity that it declares by the text of the"
            " entity.",
        )

    @property
    def _tag(self) -> str:
        """Return the tag of the innermost element that is open; empty if none is."""
        return self._begun or (self._open[-1].raw_name if self._open else "")

    @property
    def _line(self) -> int:
        return self._lines_before + self._parser.CurrentLineNumber

    def _refuse(self, what: str, fix: str) -> ExportRefusedError:
        return refuse(self._path, self._line, what, fix)

    def _refuse_text(self) -> ExportRefusedError:
        return self._refuse(f"`<{self._tag}>` has text beside tags.", ONE_CDATA)

    def _refuse_program(self, root: str) -> ExportRefusedError:
        return self._refuse(
            f"This is not an export of {self._shape.program}: it begins with `<{root}>`, and not"
            f" with `<{self._shape.root}>`.",
            f"Import the XML file that {self._shape.program} exports.",
        )

    def _refuse_unread(self, line: int) -> ExportRefusedError:
        return refuse(
            self._path,
            line,
            "The file has another number of tags than were read.",
            f"{AGAIN} If this message appears again, please report it to mkdocs-bookreview, with"
            " this line.",
        )

    def _explain(self, error: expat.ExpatError) -> ExportRefusedError:
        position = self._parser.ErrorByteIndex - self._size + len(self._near)
        before, after = self._near[:position], self._near[position:]
        what, fix = explain(error.code, before[-_NEAR:], after[:_NEAR], self._tag, self._inside)
        return refuse(self._path, self._lines_before + error.lineno, what, fix)

    @property
    def _inside(self) -> str:
        """Return words that name the innermost open element that is counted; empty if none is."""
        counted = (element for element in reversed(self._open) if element.line)
        element = next(counted, None)
        return (
            f" in the `<{element.raw_name}>` that begins in line {element.line}" if element else ""
        )


class _CountedTags(dict[str, bool]):
    """Maps each tag, with any prefix, to whether it is counted, and remembers the results.

    It is a dict, because each tag of a file is looked up, and a dict is fast.
    """

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.locals = frozenset(names)

    def __missing__(self, raw_name: str) -> bool:
        is_counted = self[raw_name] = raw_name.rpartition(":")[2] in self.locals
        return is_counted
