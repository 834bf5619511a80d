"""Begins a build before any file of the site is read."""

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.comments.archive.data import FOLDER as ARCHIVES
from mkdocs_bookreview.frontmatter.site import EarlierPages
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.plugin import blog, options, report
from mkdocs_bookreview.plugin.build import Build, Run
from mkdocs_bookreview.plugin.conversations import warn_of_consent
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.followed import read_common_stamps
from mkdocs_bookreview.plugin.memory import Memory
from mkdocs_bookreview.plugin.site_language import SiteLanguage
from mkdocs_bookreview.publishing.assets import read_assets, write_comments
from mkdocs_bookreview.publishing.sections import begin_sections
from mkdocs_bookreview.settings.theme_files import check_theme_files
from mkdocs_bookreview.spoilers.extension import NAME, SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words


def begin(run: Run, config: MkDocsConfig) -> Build:
    """Read the options, and return a new build.

    Add our Markdown extensions, templates, stylesheet and script to the configuration of MkDocs.
    """
    _advise_once(run, config)
    read = options.read_options(run.options, config)
    words = Words(options.find_language(config), read.own_texts)
    is_serving = run.command == "serve"
    provider = run.preview.provider(read.provider, config) if is_serving else read.provider
    language = SiteLanguage.find(config)
    if not language or language.is_first:
        run.written, run.addresses, run.has_nav = [], {}, config.nav is not None
    has_archives = (config_folder(config) / ARCHIVES).is_dir()
    styles, scripts = read_assets(
        has_archives=has_archives,
        has_comments=provider is not None,
        is_encoded=read.settings.spoilers.is_encoded,
        has_feeds=read.settings.has_feeds,
        is_material=options.is_material(config),
    )
    if provider:
        warn_of_consent(read.settings, config)
    stamps = read_common_stamps(config)
    context = read.settings, provider, words.grounds, styles.uri, scripts.uri, stamps
    memory = _begin_memory(run, context, words, language)
    build = Build(
        config=config,
        command=run.command,
        settings=read.settings,
        provider=provider,
        sections=begin_sections(provider, read.settings, words, config.extra),
        option_problems=read.problems,
        words=words,
        vault=memory.vault if memory else Vault(words),
        findings=report.Findings(),
        blocks=memory.blocks if memory else ListingBlocks(),
        styles=styles,
        scripts=scripts,
        comments=write_comments(provider, words) if provider else (),
        made_folder=run.made_folder,
        pictures=run.pictures,
        memory=memory,
        earlier=run.earlier or EarlierPages(),
        language=language,
        addresses=run.addresses,
        has_nav=run.has_nav,
        teasers=memory.teasers if memory else {},
    )
    _extend_markdown(build)
    blog.keep_from_addresses(config, words)
    options.add_templates(config)
    options.add_styles(config, build.styles)
    options.add_scripts(config, build.scripts)
    report.advise(config, build.provider, is_serving)
    return build


def _advise_once(run: Run, config: MkDocsConfig) -> None:
    """Report files of the theme that another package overwrote, and a missing Markdown extension.

    Only the first build of a run reports them, because later builds would report the same.
    """
    if run.is_advised:
        return
    run.is_advised = True
    report.warn(check_theme_files())
    if not options.lists_spoilers(config):
        report.advise_extension(config, NAME)


def _begin_memory(
    run: Run, context: object, words: Words, language: SiteLanguage | None
) -> Memory | None:
    """Return the memory of earlier builds; None without `--dirty`.

    `context` is everything on which all pages depend. If it has changed, the memory is empty.
    """
    if not run.is_dirty:
        return None
    code = language.code if language else ""
    known = run.memories.get(code)
    if not known or known.context != context:
        outputs = known.outputs if known else ()
        run.memories[code] = Memory(words, context, outputs)
    return run.memories[code]


def _extend_markdown(build: Build) -> None:
    spoilers = SpoilerExtension(vault=build.vault, words=build.words, report=build.findings.add)
    options.add_extensions(build.config, [build.blocks, spoilers])
