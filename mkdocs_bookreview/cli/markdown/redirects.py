"""Lists the old addresses of pages, for the generator's own redirects."""

from collections.abc import Iterator

from mkdocs_bookreview.cli.markdown.source_site import SourceSite
from mkdocs_bookreview.cli.pages import find_output
from mkdocs_bookreview.comments.site_paths import find_linked_path
from mkdocs_bookreview.frontmatter.values import is_page_path
from mkdocs_bookreview.publishing.old_paths import order_claims, redirect_uri

_INDEX = "index.html"


def list_redirects(site: SourceSite) -> dict[str, str]:
    """Return the redirects of a site: the source of the target page by the path of the redirect.

    The path is below the site's folder. A path that another file has is left out, as in a build,
    which also reports it.
    """
    used = {find_output(source, site.folders).casefold() for source in (*site.pages, *site.others)}
    found: dict[str, str] = {}
    for path, source in (*_list_old_paths(site), *_list_threads(site)):
        uri = redirect_uri(path)
        if uri.casefold() not in used:
            used.add(uri.casefold())
            found[uri] = source
    return found


def _list_old_paths(site: SourceSite) -> Iterator[tuple[str, str]]:
    for source in order_claims(site.plan, site.pages):
        page = site.plan.pages.get(source)
        yield from ((path, source) for path in (page.redirect_from if page else ()))


def _list_threads(site: SourceSite) -> Iterator[tuple[str, str]]:
    """Yield the path and the page of each thread to which mails of the comment service link."""
    provider = site.written.provider
    if not provider or not provider.links_to_id:
        return
    url = site.written.config.site.get("site_url") or None
    for source in order_claims(site.plan, site.pages):
        thread = site.threads.get(source)
        path = find_linked_path(thread, url) if thread else None
        if path is not None and is_page_path(path):
            yield path, source


def split_redirects(redirects: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the redirects that a generator can make, and the redirects that it cannot make.

    The first mapping has the source that a page at the old path would have: `a/index.md` for
    `a/index.html`. The second has paths, such as `a.htm`, because no source gives that file.
    """
    own = {uri: source for uri, source in redirects.items() if uri.endswith(_INDEX)}
    sources = {f"{uri.removesuffix('.html')}.md": source for uri, source in own.items()}
    return sources, {uri: source for uri, source in redirects.items() if uri not in own}
