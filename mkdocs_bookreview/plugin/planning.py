"""Plans all reviews, lists, addresses and menus before MkDocs converts the first page."""

from collections.abc import Mapping

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_datetime

from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.plugin import navigation, report
from mkdocs_bookreview.plugin.archives import plan_archives
from mkdocs_bookreview.plugin.audit import AuditedBuild
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import plan_threads
from mkdocs_bookreview.plugin.followed import (
    Stamp,
    list_signs,
    read_defaults_stamps,
    read_stamp,
)
from mkdocs_bookreview.plugin.future import mention_future
from mkdocs_bookreview.plugin.made_files import BROWSE, MadeFiles, add_listings, read_asset
from mkdocs_bookreview.plugin.reading import read_plan
from mkdocs_bookreview.plugin.rss import RssMeta


def plan_site(build: Build, files: Files) -> None:
    """Read all front matter, and add the pages of lists to `files`.

    Raise PluginError if an option or the file that keeps threads is invalid. This comes last, so
    that the author sees the problems of all pages too.
    """
    config, settings = build.config, build.settings
    today = get_build_datetime().date()
    build.files = files
    build.plan = plan = read_plan(
        files, config, settings, build.words, today, build.is_serving, build.earlier
    )
    build.made = MadeFiles(files, config, build.made_folder)
    scripts = (read_asset("js", BROWSE),) if settings.browse else ()
    for asset in (build.styles, build.scripts, *build.comments, *scripts):
        build.made.add(asset.uri, asset.text)
    build.shown, build.listed, clashes = add_listings(build.made, plan.listings)
    build.progress = ReadingProgress(plan.reviews, build.words)
    build.book_keys = plan.list_keys()
    build.audit = AuditedBuild(files, config, build.vault, is_on=settings.spoilers.audit)
    build.audit.add_reviews(plan.reviews)
    build.rss = RssMeta(config, files)
    build.rss.advise()
    kept = build.earlier.kept if build.earlier else Kept()
    mention_future(plan.pages.values(), today, build.is_serving, kept)
    if not settings.reviews.in_nav:
        navigation.take_out(files, plan)
    report.warn((*build.option_problems, *plan.problems, *clashes))
    report.advise_alike(plan.alike)
    build.threads = plan_threads(build)
    build.archives = plan_archives(build)
    build.audit.add_archives(build.archives)
    if count := len(build.option_problems):
        options = "option" if count == 1 else "options"
        raise PluginError(f"bookreview: {count} invalid {options}, listed above.")


def place_pages(build: Build, nav: Navigation) -> None:
    """Give reviews and the pages of lists their parents and neighbours.

    If `nav` in `mkdocs.yml` lacks an index, report the lines that the author can add.
    """
    if build.config.nav is None:
        navigation.flatten_sections(nav, build.shown)
    elif missing := navigation.find_missing(nav, build.shown):
        report.advise_nav(missing)
    navigation.place_pages(nav, build.files, build.plan, build.shown)


def choose_pages(build: Build, nav: Navigation) -> None:
    """With `--dirty`, have MkDocs convert only pages that changed."""
    build.nav = nav
    if build.memory:
        defaults = read_defaults_stamps(build.config, build.files)
        build.memory.choose_pages(
            build.files,
            lambda file: _find_origin(build, file, defaults),
            build.made.is_own,
            list_signs(build.config),
        )


def _find_origin(build: Build, file: File, defaults: Mapping[str, Stamp | None]) -> object:
    """Return all that the HTML of a page's own text depends on.

    `defaults` are the stamps of files with front matter for all pages of a folder.
    """
    source = file.src_uri
    written = build.plan.pages.get(source)
    stated = written and (written.review, written.spoilers)
    text = build.made.find_text(file)
    listing = build.shown.get(source)
    entry = listing.term.entry if listing and listing.term else None
    above = [stamp for folder, stamp in defaults.items() if source.startswith(folder)]
    stamp = text or read_stamp(file.abs_src_path)
    return stamp, stated, file.inclusion, bool(listing), entry, above
