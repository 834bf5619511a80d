"""Which places of a page are within spoilers."""

from bisect import bisect_right
from collections.abc import Iterable

from mkdocs_bookreview.spoilers.ranges import Spoiler


class Hidden:
    """Offsets into the HTML; `spans` are the outermost spoilers in their order."""

    def __init__(self, spoilers: Iterable[Spoiler]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((spoiler.start, spoiler.end) for spoiler in spoilers):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]

    @property
    def spans(self) -> list[tuple[int, int]]:
        return list(zip(self._starts, self._ends, strict=True))
