"""Plans all reviews, lists, addresses and menus before MkDocs converts the first page."""

from collections.abc import Mapping
from functools import partial

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_datetime

from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.frontmatter.links import check_templates
from mkdocs_bookreview.plugin import advice, navigation, other_plugins, report
from mkdocs_bookreview.plugin.archives import plan_archives
from mkdocs_bookreview.plugin.audit import AuditedBuild
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import plan_threads
from mkdocs_bookreview.plugin.drawn_covers import draw_covers
from mkdocs_bookreview.plugin.followed import list_signs, read_defaults_stamps
from mkdocs_bookreview.plugin.made_files import MadeFiles, add_list_page
from mkdocs_bookreview.plugin.mentions import mention_future, mention_old_scale
from mkdocs_bookreview.plugin.options import find_marks
from mkdocs_bookreview.plugin.reading import read_plan
from mkdocs_bookreview.plugin.rss import RssMeta
from mkdocs_bookreview.plugin.social import SocialCards
from mkdocs_bookreview.publishing.assets import BROWSE, read_asset
from mkdocs_bookreview.publishing.descriptions import describe_pages
from mkdocs_bookreview.publishing.shown import show_listings
from mkdocs_bookreview.publishing.stamps import Stamp, read_stamp


def plan_site(build: Build, files: Files) -> None:
    """Read all front matter, and add the pages of lists to `files`."""
    # With mkdocs-static-i18n, `settle_files` plans the site, because that plugin runs in between
    # and would warn about our pages, which are not in the docs folder.
    if not build.language:
        _plan(build, files)


def settle_files(build: Build, files: Files) -> None:
    """Plan the site if `plan_site` did not, or again if other plugins have changed its pages.

    Also correct the navigation of mkdocs-literate-nav and the targets of mkdocs-redirects.
    """
    if build.seen is None or not _is_settled(build, files):
        _plan(build, files)
    navigation.leave_out_inferred(build.config.nav, files)
    pages = build.made.list_pages()
    # The pages of the first language come last and replace pages with the same path, because the
    # build of each language writes all redirects again, and a path can lead to only one page.
    first = build.language.list_first_pages() if build.language else []
    other_plugins.add_targets(build.config, [*pages, *first])


def settle_site(build: Build, nav: Navigation, files: Files) -> None:
    """Plan again if pages have changed since `settle_files`, and report all problems.

    Then raise PluginError if an option, or the lock file of comment threads, is invalid. The error
    comes after the reports, because it stops the build.
    """
    if not _is_settled(build, files) or build.included != _list_included(build):
        _plan(build, files)
        navigation.complete(nav, files, build.made.list_pages(), build.config)
    other_plugins.leave_out_of_git(build.config, build.made.list_pages())
    if build.language:
        build.language.add_to_sitemap(files)
    build.rss.advise()
    advice.advise(build)
    _report(build)
    build.threads = plan_threads(build)
    build.archives = plan_archives(build)
    build.audit.add_archives(build.archives)
    build.drawn = draw_covers(build)
    if count := len(build.option_problems):
        options = "option" if count == 1 else "options"
        raise PluginError(f"bookreview: {count} invalid {options}, listed above.")


def _report(build: Build) -> None:
    """Report mistakes in options, front matter and data files, and mention likely mistakes."""
    pages, kept = build.plan.pages.values(), build.earlier.kept
    mention_future(pages, get_build_datetime().date(), build.is_serving, kept)
    mention_old_scale(pages, build.settings.rating, kept)
    report.warn((*build.option_problems, *build.plan.problems, *build.clashes))
    if links := build.settings.links:
        reviews = (page.review for page in pages if page.review)
        report.warn(tuple(check_templates(links, reviews, find_marks(build.config))))
    report.advise_alike(build.plan.alike)


def _plan(build: Build, files: Files) -> None:
    """Undo the last plan, and plan all reviews and lists from these files."""
    config, settings = build.config, build.settings
    made = _forget_plan(build, files)
    build.files = files
    given = [(file, file.inclusion) for file in files]
    today = get_build_datetime().date()
    build.plan = plan = read_plan(
        files,
        config,
        settings,
        build.words,
        today,
        build.is_serving,
        build.earlier,
        build.language,
    )
    build.made = MadeFiles(files, config, build.made_folder, build.language, made)
    scripts = (read_asset("js", BROWSE),) if settings.browse else ()
    for asset in (build.styles, build.scripts, *build.comments, *scripts):
        build.made.add(asset.uri, asset.text)
    shown = show_listings(
        plan.listings, partial(add_list_page, build.made), has_list=settings.reviews.list
    )
    build.shown, build.listed, build.clashes = shown.by_source, shown.addresses, shown.problems
    has_bar = settings.spoilers.bar
    build.progress = ReadingProgress(plan.reviews, build.words, has_bar=has_bar)
    build.book_keys = plan.list_keys()
    build.audit = AuditedBuild(files, config, build.vault, settings.spoilers, build.write_sealed)
    build.audit.add_reviews(plan.reviews)
    build.descriptions = describe_pages(plan, settings, build.words)
    build.rss = RssMeta(config, files)
    build.social = SocialCards(config, settings, build.words)
    if not settings.reviews.in_nav:
        navigation.take_out(files, plan)
    build.inclusions = [(file, old, file.inclusion) for file, old in given]
    build.seen = _list_sources(build, files)
    build.included = _list_included(build)


def _forget_plan(build: Build, files: Files) -> dict[str, File]:
    """Undo the changes of the last plan to `files`, and return the files that it made, by path."""
    if build.seen is None:
        return {}
    for file, old, planned in build.inclusions:
        # A file with another level than the planned one keeps it, because a plugin has set it.
        if file.inclusion is planned:
            file.inclusion = old
    return build.made.take_back(files)


def refuse_gone(build: Build) -> None:
    """Raise PluginError if reviews were removed after their lists were put into the navigation."""
    present = build.files.src_uris
    if gone := [review.source for review in build.plan.reviews if review.source not in present]:
        raise PluginError(
            f"bookreview: A plugin or hook removed `{gone[0]}` from the site too late, after the"
            " lists of reviews were planned. Change it so that it removes pages in `on_files`."
        )


def _is_settled(build: Build, files: Files) -> bool:
    """Return whether the files are still the files of the last plan."""
    return (
        build.files is files
        and build.made.is_complete()
        and build.seen == _list_sources(build, files)
    )


def _list_sources(build: Build, files: Files) -> dict[str, str | None]:
    """Return the path of each page's source file, by the page's path below the docs folder.

    Our own pages are left out. A page of another plugin is included only if the plan has it,
    because Material's blog makes many pages after the plan.
    """
    return {
        file.src_uri: file.abs_src_path
        for file in files
        if not build.made.is_own(file)
        and (file.generated_by is None or file.src_uri in build.plan.pages)
        and file.is_documentation_page()
    }


def _list_included(build: Build) -> list[tuple[bool, bool]]:
    """Return for each page in `build.seen` whether `mkdocs serve` and whether a build shows it.

    Pages that the plan does not have are included, because Material's blog excludes its posts until
    `on_nav`.
    """
    sources = build.files.src_uris
    levels = (sources[source].inclusion for source in build.seen or ())
    return [(level.is_in_serve(), level.is_included()) for level in levels]


def gather_lists(build: Build, nav: Navigation) -> None:
    """Put all lists into one section, unless the author has written the navigation."""
    if not navigation.is_written(build):
        build.section = navigation.gather(nav, build.shown, build.words("reviews"))


def place_pages(build: Build, nav: Navigation) -> None:
    """Give reviews and the pages of lists their parents and neighbours.

    If the author's navigation lacks the main page of a list, report the line to add.
    """
    if build.section:
        navigation.keep_section(nav, build.section)
    elif navigation.is_written(build) and (missing := navigation.find_missing(nav, build.shown)):
        advice.advise_nav(build, missing, navigation.find_nav_file(build))
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
    """Return everything on which a page's description and the HTML of its own text depend.

    `defaults` maps a folder to the stamp of the file with front matter for all pages below it.
    """
    source = file.src_uri
    written = build.plan.pages.get(source)
    stated = written and (written.review, written.spoilers)
    text = build.made.find_text(file)
    listing = build.shown.get(source)
    entry = listing.term.entry if listing and listing.term else None
    above = [stamp for folder, stamp in defaults.items() if source.startswith(folder)]
    stamp = text or read_stamp(file.abs_src_path)
    described = build.descriptions.find(listing.source if listing else source)
    return stamp, stated, file.inclusion, bool(listing), entry, described, above
