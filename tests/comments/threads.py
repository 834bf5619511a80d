"""Pages with comments, as the tests of threads describe them."""

from collections.abc import Iterable

from mkdocs_bookreview.comments.giscus import Giscus
from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.lock import LockLine
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.threads import Threads, assign_threads
from mkdocs_bookreview.frontmatter.read import WrittenPage, read_page
from mkdocs_bookreview.settings.rating import RatingSettings

GISCUS = Giscus.model_validate(
    {"repo": "a/b", "repo_id": "R_x", "category": "C", "category_id": "DIC_x"}
)
ISSO = Isso.model_validate({"url": "https://talk.example"})


def read(source: str, front: str) -> WrittenPage:
    page = read_page(f"---\n{front}\n---\n", source, RatingSettings(), {}, {})
    assert not page.problems, page.problems
    return page


def emma(source: str = "reviews/emma.md", title: str = "Emma", more: str = "") -> WrittenPage:
    return read(source, f"book: {{title: {title}, author: Jane Austen}}\n{more}")


def assign(
    pages: Iterable[WrittenPage],
    provider: Provider = ISSO,
    site_url: str | None = "https://ann.example/",
    lines: Iterable[LockLine] = (),
    *,
    is_shared: bool = True,
) -> Threads:
    pages = list(pages)
    sources = [page.source for page in pages]
    return assign_threads(pages, sources, provider, site_url, lines, is_shared=is_shared)


def find_thread(
    page: WrittenPage,
    provider: Provider = ISSO,
    site_url: str | None = "https://ann.example/",
    lines: Iterable[LockLine] = (),
) -> str:
    found = assign([page], provider, site_url, lines)
    assert not found.problems, found.problems
    return found.by_source[page.source]
