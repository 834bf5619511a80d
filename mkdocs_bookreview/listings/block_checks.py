"""Reports mistakes in the lines of a block, before the block is looked up in the library."""

from collections.abc import Iterable, Iterator

from mkdocs_bookreview.listings.block_options import CommentsOptions
from mkdocs_bookreview.listings.blocks import BOOK, COMMENTS, WrittenBlock
from mkdocs_bookreview.model.problem import Finding, Problem
from mkdocs_bookreview.settings.marked_yaml import no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.typed import read_typed


def read_limit(written: WrittenBlock) -> tuple[int, list[Finding]]:
    """Return how many comments a block `/// comments` shows, and the mistakes in the block."""
    document = read_marked_yaml(written.options, "")
    found, problems = read_typed(CommentsOptions, document.mapping, document.marks)
    problems += (*document.problems, *no_mapping(document, "limit: 5"))
    findings = [*check_line(written), *(locate(written, problem) for problem in problems)]
    return (found or CommentsOptions()).limit, findings


def report_hidden(blocks: Iterable[WrittenBlock]) -> Iterator[Finding]:
    """Report each of these blocks, because a block in a spoiler shows nothing."""
    for written in blocks:
        what = f"`/// {written.name}` is in a spoiler, where it shows nothing."
        yield Finding(what, "Move this block out of the spoiler.", written.line)


def check_bare(written: WrittenBlock) -> Iterator[Finding]:
    """Report an argument or options of a block that must be only slashes and its name."""
    yield from check_end(written)
    yield from check_no_options(written)
    if written.argument:
        what = f"`/// {written.name}` is followed by `{written.argument}`, which has no effect."
        yield Finding(what, f"Write `/// {written.name}` alone.", written.line)


def check_no_options(written: WrittenBlock) -> Iterator[Finding]:
    if written.options:
        what = f"`/// {written.name}` takes no options."
        yield Finding(what, "Leave them out.", find_text(written, 1))


def check_line(written: WrittenBlock) -> Iterator[Finding]:
    if written.argument:
        what = f"`/// {written.name}` is followed by `{written.argument}`, which has no effect."
        example = "limit: 5" if written.name == COMMENTS else "theme: Memory"
        fix = f"Write options in the lines below, such as `{example}`."
        yield Finding(what, fix, written.line)
    yield from check_end(written)


def check_end(written: WrittenBlock) -> Iterator[Finding]:
    if written.is_misspelt:
        what = f"`{written.line}` has a mistake, but the block works."
        book = f" | {written.argument}" if written.name == BOOK and written.argument else ""
        yield Finding(what, f"Write `/// {written.name}{book}`.", written.line)
    if not written.is_closed:
        yield Finding(
            f"The block `/// {written.name}` is never closed.",
            "Write a line `///` after its options. If another block is around it, the lines of that"
            " block need more slashes: `////`.",
            written.line,
        )


def locate(written: WrittenBlock, problem: Problem) -> Finding:
    """Return the problem as a finding; the line in its place is counted within the options."""
    return Finding(problem.what, problem.fix, find_text(written, problem.place.line or 0))


def find_text(written: WrittenBlock, lines: int | None = None) -> str:
    """Return the first line of the block and the first `lines` lines of its options."""
    options = written.options.splitlines()[:lines]
    return "\n".join(line.strip() for line in (written.line, *options))
