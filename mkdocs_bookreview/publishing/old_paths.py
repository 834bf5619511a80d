"""Finds the files that lead from old addresses to pages."""

from collections.abc import Iterable

from mkdocs_bookreview.publishing.plan import Plan


def redirect_uri(path: str) -> str:
    """Return the path of the file that a server shows at an old path.

    `/2014/emma/` gives `2014/emma/index.html`, and `/emma.htm` gives `emma.htm`.
    """
    name = path.strip("/")
    if name.endswith((".html", ".htm")):
        return name
    return f"{name}/index.html" if name else "index.html"


def order_claims(plan: Plan, sources: Iterable[str]) -> list[str]:
    """Return the sources in the order in which pages get old addresses: newest reviews first.

    If several pages name one address, it leads to the first of them.
    """
    wanted = [*sources]
    present = frozenset(wanted)
    newest = (review.source for review in plan.reviews if review.source in present)
    return [*dict.fromkeys([*newest, *wanted])]
