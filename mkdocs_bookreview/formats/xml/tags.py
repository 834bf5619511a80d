"""Finds the tags of records without a parser, to check that a parser has read all of them."""

import re
from collections import deque
from collections.abc import Collection, Iterator

_LONGEST_PREFIX = 32  # bytes
_LONGEST = 64  # bytes; no tag is longer up to the end of its name
_PREFIX = re.compile(rb"(?:[\w.-]+:)?")


class TagScanner:
    """Finds tags by their names, with any prefix, even in texts, without parsing XML.

    `found` has the offset and the line of each tag. The reader with the parser removes each tag
    from the left when it reads it; a tag that the parser did not read must be quoted in a text.
    """

    def __init__(self, names: Collection[str], first_line: int) -> None:
        self.found: deque[tuple[int, int]] = deque()
        # Searching for each name by itself takes a third of the time of one pattern for all tags,
        # because a pattern that begins with plain letters is found without trying each `<`.
        self._names = [
            re.compile(rb"%b[\s/>]" % re.escape(name).encode()) for name in sorted(names)
        ]
        tags = "|".join(map(re.escape, sorted(names)))
        self._quoted = re.compile(rf"<(?:[\w.-]+:)?(?:{tags})(?=[\s/>])")
        self._line = first_line  # the line in which `_end` begins
        self._offset = 0  # the offset at which `_end` begins in the file
        self._end = b""  # the last bytes of the chunks so far, because a tag may have begun there

    def scan(self, chunk: bytes) -> None:
        """Find the tags in the next `chunk` of the file."""
        known = len(self._end)
        text = self._end + chunk
        counted = 0  # lines are counted up to here
        for start in sorted(self._find(text, known)):
            self._line += text.count(b"\n", counted, start)
            counted = start
            self.found.append((self._offset + start, self._line))
        kept = max(counted, len(text) - _LONGEST)
        self._line += text.count(b"\n", counted, kept)
        self._offset += kept
        self._end = text[kept:]

    def _find(self, text: bytes, known: int) -> Iterator[int]:
        """Yield the offsets of tags in `text`, except tags that end in the first `known` bytes."""
        for name in self._names:
            for match in name.finditer(text, max(0, known - _LONGEST)):
                at = match.start()
                start = text.rfind(b"<", max(0, at - _LONGEST_PREFIX), at)
                if match.end() > known and start >= 0 and _PREFIX.fullmatch(text, start + 1, at):
                    yield start

    def count_quoted(self, text: str) -> int:
        """Return how many tags with the names of this scanner are quoted in `text`."""
        return sum(1 for _ in self._quoted.finditer(text))
