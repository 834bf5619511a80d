"""Adds redirects from old addresses to pages; they keep the parts after `#` and `?`."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from mkdocs_bookreview.comments.site_paths import find_linked_path
from mkdocs_bookreview.comments.threads import list_names
from mkdocs_bookreview.frontmatter.values import is_page_path
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import find_title
from mkdocs_bookreview.plugin.report import log, warn
from mkdocs_bookreview.publishing.assets import REDIRECT, read_asset
from mkdocs_bookreview.publishing.markdown_text import describe
from mkdocs_bookreview.publishing.old_paths import order_claims, redirect_uri

# These control characters mark places, because nobody writes them in a text. (YAML has them only as
# escapes.) A title may have any character, because titles are inserted last.
_TITLE, _ADDRESS = "\x01", "\x02"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Describes a page that redirects to another.

    `uri` is its path below the site's folder. `title` and `address` belong to the target page, and
    `script` is the path of the script. `address` and `script` are relative to the site's root.
    """

    uri: str
    title: str
    address: str
    script: str


# MkDocs and its plugin for search write these last, so no list of files has them.
_WRITTEN_LAST = ("sitemap.xml.gz", "search/search_index.json")

Render = Callable[[Redirect], str]


def add_redirects(build: Build, render: Render) -> None:
    """Add a redirect for each old path of a page.

    If mails of the comment service link to threads, also add one for the address of each thread.
    Report paths that another file has.
    """
    redirects = _Redirects(build, render)
    warn(redirects.add_old_paths(), is_checked=False)
    if build.provider and build.provider.links_to_id:
        redirects.add_threads(build.provider.name)
    redirects.note_addresses()


def _list_later(config: MkDocsConfig) -> frozenset[str]:
    """Return paths, in lower case, of files that MkDocs writes later without listing them."""
    paths = (*config.theme.static_templates, *config.extra_templates, *_WRITTEN_LAST)
    return frozenset(path.casefold() for path in paths)


class _Redirects:
    """Adds the redirects of one build; `_leads` maps their paths to the sources of the targets."""

    def __init__(self, build: Build, render: Render) -> None:
        self._build = build
        self._render = render
        self._script = read_asset("js", REDIRECT)
        self._leads: dict[str, str] = {}
        self._patterns: dict[int, str] = {}
        self._later = _list_later(build.config)

    def add_old_paths(self) -> Iterator[Problem]:
        """Add a page for each path in `redirect_from`; yield a problem if another file is there."""
        pages = self._build.plan.pages
        for source in order_claims(self._build.plan, pages):
            file = self._build.files.src_uris.get(source)  # None if a plugin removed it
            if not file or not self._leads_here(file):
                continue
            for path in pages[source].redirect_from:
                uri = redirect_uri(path)
                if self._is_translation(uri, file):
                    continue  # because translated front matter often has the same old path
                later = self._find_later(uri)
                there = later or self._add(uri, file).src_uri
                if later or there != uri:
                    place = pages[source].marks.place(("redirect_from",))
                    what = f"`redirect_from` lists `{path}`, but the site has `{there}` there."
                    yield Problem(place, what, f"Remove `{path}`.")

    def _leads_here(self, file: File) -> bool:
        """Return whether readers see the page, and it is in the language of this build."""
        language = self._build.language
        return _is_seen(file, self._build) and (not language or language.is_original(file))

    def _is_free(self, uri: str) -> bool:
        return self._build.made.is_free(uri) and self._find_later(uri) is None

    def _find_later(self, uri: str) -> str | None:
        """Return the path of a file that a redirect at `uri` would conflict with, or None.

        A later step of MkDocs, or a build in another language, writes that file.
        """
        # Folders of the path count too, because `sitemap.xml/index.html` makes a folder
        # `sitemap.xml`, and MkDocs could not write its file.
        parts = uri.casefold().split("/")
        paths = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        others = self._build.addresses
        return next((path for path in paths if path in self._later or path in others), None)

    def _is_translation(self, uri: str, file: File) -> bool:
        """Return whether this path leads to the same page in another language already."""
        language = self._build.language
        lead = self._build.addresses.get(uri.casefold())
        return bool(lead and language and lead == language.find_shared_source(file))

    def note_addresses(self) -> None:
        """Record the paths of this build, because builds in other languages must not use them."""
        build = self._build
        if not build.language:
            return
        for file in build.files:
            if _is_seen(file, build):
                build.addresses[file.dest_uri.casefold()] = ""
        for uri, source in self._leads.items():
            file = build.files.src_uris[source]
            build.addresses[uri] = build.language.find_shared_source(file)

    def add_threads(self, service: str) -> None:
        """Redirect the address of each thread to its page, and report where that is impossible."""
        outside: dict[str, None] = {}
        taken: dict[str, None] = {}
        of_files: dict[str, None] = {}
        for file, thread in self._order_threads():
            output = find_linked_path(thread, self._build.config.site_url)
            if output is None:
                outside[thread] = None
            elif not is_page_path(output) and self._is_free(redirect_uri(output)):
                of_files[thread] = None
            elif not self._lead(redirect_uri(output), file, thread):
                taken[thread] = None
        _advise(service, outside, "they are not addresses of this site")
        _advise(service, taken, "other files of the site are there")
        _advise(service, of_files, "they are addresses of files and not of pages")

    def _order_threads(self) -> Iterator[tuple[File, str]]:
        """Yield files and threads of pages that readers see, newest reviews first."""
        build, threads = self._build, self._build.threads.by_source
        for source in order_claims(build.plan, threads):
            file = build.files.get_file_from_path(source)  # None if a plugin removed it
            if file and _is_seen(file, build):
                yield file, threads[source]

    def _lead(self, uri: str, file: File, thread: str) -> bool:
        """Add a redirect if `uri` is free, and return whether `uri` leads to the thread.

        The page at `uri` may be another page with the same thread, or a translation of `file`.
        """
        if self._is_free(uri):
            self._add(uri, file)
            return True
        there = self._build.made.find(uri)
        source = self._leads.get(uri.casefold()) or (there.src_uri if there else "")
        is_same = self._build.threads.by_source.get(source) == thread
        return is_same or self._is_translation(uri, file)

    def _add(self, uri: str, file: File) -> File:
        if not self._leads:
            self._build.made.add(self._script.uri, self._script.text)
        text = self._write(uri, self._name(file), file.url)
        made = self._build.made
        add = made.add if self._build.memory else made.add_from_memory
        there = add(uri, text, InclusionLevel.NOT_IN_NAV)
        if there.src_uri == uri:
            self._leads.setdefault(uri.casefold(), file.src_uri)
            self._build.audit.leave_out_redirect(there.dest_uri, text)
        return there

    def _write(self, uri: str, title: str, address: str) -> str:
        """Return the page at `uri`, which redirects to an address.

        Pages at the same depth share one rendered template, because rendering takes ten times as
        long as two replacements.
        """
        depth = uri.count("/")
        if depth not in self._patterns:
            page = Redirect("folder/" * depth + "index.html", _TITLE, _ADDRESS, self._script.uri)
            self._patterns[depth] = self._render(page)
        pattern = self._patterns[depth]
        return pattern.replace(_ADDRESS, escape(address)).replace(_TITLE, escape(title))

    def _name(self, file: File) -> str:
        if review := self._build.plan.review(file.src_uri):
            return describe(review, self._build.words)
        return find_title(file.page) if file.page else file.name


def _is_seen(file: File, build: Build) -> bool:
    level = file.inclusion
    return bool(level.is_in_serve() if build.is_serving else level.is_included())


def _advise(service: str, threads: Collection[str], why: str) -> None:
    if threads:
        log.info(
            f"Links in mails of {service} to {list_names(threads)} do not lead to the page with the"
            f" comments, because {why}."
        )
