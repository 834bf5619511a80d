"""Recognise pages that are meant as reviews, but have no `book:`, and report what they need."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_bookreview.frontmatter.elsewhere.heads import Head
from mkdocs_bookreview.frontmatter.elsewhere.meant import MeantReview
from mkdocs_bookreview.frontmatter.fixes.snippets import write_lines
from mkdocs_bookreview.frontmatter.posts import is_post
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.settings import Settings

_KIND = "Pages have no `book:`, so they are not shown as reviews."
_AS_YAML = (
    "Write the front matter as YAML between two lines `---`, with the facts of the book below"
    " `book:`."
)
MDX = ".mdx"
_PAGES = (".md", ".markdown", MDX)
_OF_BUNDLE = "index"
_INDEXES = frozenset({_OF_BUNDLE, "README"})
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Unread:
    """Describes a page that is meant as a review, but cannot be read as one.

    `flags` has the keys `draft` and `spoilers`, which hide the page. `problem` has the fix.
    """

    flags: Mapping[str, object]
    problem: Problem


def find_lone_pages(files: Iterable[str], settings: Settings) -> frozenset[str]:
    """Return index pages that are the only page of their folder, within the folder of reviews.

    Hugo stores a page and its pictures in a folder: `reviews/emma/index.md`. An index beside or
    above other pages is left out, because it lists them. So are the index of all reviews, and that
    of a year, `reviews/2024/index.md`.
    """
    folder = settings.reviews.path
    pages = [file for file in files if file.startswith(folder) and file.endswith(_PAGES)]
    indexes = [file for file in pages if _name(file) == _OF_BUNDLE]
    names: dict[str, set[str]] = {}  # by folder, the paths of all pages in it, without suffixes
    for file in pages if indexes else ():
        for place, sign in enumerate(file):
            if sign == "/":
                names.setdefault(file[:place], set()).add(file.partition(".")[0])
    lone = (file for file in indexes if len(names[file.rpartition("/")[0]]) == 1)
    return frozenset(
        file
        for file in lone
        if file.count("/") > folder.count("/") and not file.split("/")[-2].isdigit()
    )


def _name(source: str) -> str:
    return source.rpartition("/")[2].partition(".")[0]


def is_in_folder(source: str, settings: Settings, lone: Collection[str] = frozenset()) -> bool:
    """Return whether a page is in the folder of reviews, and is not a list of reviews there.

    `lone` has the index pages that are reviews, from `find_lone_pages`.
    """
    folder = settings.reviews.path
    is_index = _name(source) in _INDEXES and source not in lone
    if not source.startswith(folder) or is_index or is_post(source):
        return False
    lists = [one.path for one in settings.grouped_by.values()]
    lists += [one.path for one in settings.pages.values()]
    inner = [path for path in lists if path and path != folder and path.startswith(folder)]
    return not source.startswith((f"{folder}page/", *inner))


def describes_book(source: str, data: Mapping[str, object], context: object) -> bool:
    """Return whether a page is probably about a book, by its keys."""
    return MeantReview(source, data, "", context).describes_book()


def find_unread(
    source: str,
    data: Mapping[str, object],
    body: str,
    marks: Marks,
    context: object,
    is_in_folder: bool,
    head: Head | None = None,
) -> Unread | None:
    """Return the description of a page that is meant as a review; None for an ordinary page.

    `data` is the page's own front matter, without the defaults of its folder. `head` is set if the
    front matter is in a form that MkDocs does not read.
    """
    page = MeantReview(source, data, body, context)
    has_book = isinstance(data.get("book"), (dict, list))
    if not has_book and not is_in_folder and not page.describes_book():
        return None
    if head and not data:
        what, fix = head.what, _AS_YAML
    elif head:
        lines = write_lines(page.write_whole())
        what, fix = head.what, f"Write it like this:{_fence(lines, has_dashes=True)}"
    else:
        written, names = page.write()
        what = _explain(page.describing)
        fix = f"{_ask(names, bool(data))}{_fence(write_lines(written), has_dashes=not data)}"
    place = marks.place((page.describing[0],) if page.describing else ())
    # A mistake in TOML is not grouped with others, because each message has its own parse error.
    kind = (head.what if data else "") if head else _KIND
    return Unread(page.flags, Problem(place, what, fix, kind=kind))


def _explain(describing: Sequence[str]) -> str:
    if describing:
        named = _enumerate(describing[:_MOST_NAMED])
        return f"This page has {named}, but no `book:`, so it is not shown as a review."
    return (
        "This page is in the folder of reviews, but has no `book:`, so it is not shown as a review."
    )


def _ask(names: Sequence[str], has_front_matter: bool) -> str:
    other = "If it is not a review, write `review: false` in front matter."
    if not has_front_matter:
        return f"{other} Otherwise begin the page with:"
    instead = f"instead of {_enumerate(names)}" if names else "in its front matter"
    return f"{other} Otherwise write {instead}:"


def _enumerate(names: Sequence[str]) -> str:
    *first, last = [f"`{name}`" for name in names]
    return f"{', '.join(first)} and {last}" if first else last


def _fence(lines: Iterable[str], *, has_dashes: bool) -> str:
    """Return the lines as a message shows them, with `---` around them if `has_dashes`."""
    around = ["---"] if has_dashes else []
    return "".join(f"\n    {line}" for line in (*around, *lines, *around))


def find_unread_files(files: Collection[str], settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each file among the reviews that MkDocs does not turn into a page."""
    unread = sorted(file for file in files if file.endswith(MDX))
    lone = find_lone_pages(files, settings) if unread else frozenset[str]()
    for file in unread:
        if is_in_folder(file, settings, lone):
            yield report_mdx(file)


def report_mdx(file: str) -> Problem:
    """Return the problem of a Markdown file whose suffix MkDocs does not read."""
    what = f"MkDocs does not read files that end in `{MDX}`, so this file is not shown as a review."
    fix = (
        "Rename the file so that it ends in `.md`, and remove everything that is not Markdown,"
        " such as `import` lines and components."
    )
    return Problem(Place(file), what, fix)
