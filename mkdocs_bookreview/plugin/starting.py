"""Begins a build before any file of the site is read."""

from markdown import Extension
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.plugin import blog, options, report
from mkdocs_bookreview.plugin.build import Build, Run
from mkdocs_bookreview.plugin.made_files import SCRIPTS, STYLES, read_asset
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words


def begin(run: Run, config: MkDocsConfig) -> Build:
    """Read the options, return a new build, and add our parts to the configuration of MkDocs.

    These are Markdown extensions, templates, a stylesheet and a script.
    """
    read = options.read_options(run.options, config)
    words = Words(options.find_language(config))
    is_serving = run.command == "serve"
    build = Build(
        config=config,
        command=run.command,
        settings=read.settings,
        provider=run.preview.provider(read.provider, config) if is_serving else read.provider,
        option_problems=read.problems,
        words=words,
        vault=Vault(words),
        findings=report.Findings(),
        blocks=ListingBlocks(),
        styles=read_asset("css", STYLES),
        scripts=read_asset("js", SCRIPTS),
    )
    _extend_markdown(build, run)
    blog.keep_from_addresses(config, words)
    options.add_templates(config)
    options.add_asset(config.extra_css, build.styles)
    options.add_asset(config.extra_javascript, build.scripts)
    report.advise(config, build.provider, is_serving)
    return build


def _extend_markdown(build: Build, run: Run) -> None:
    spoilers = SpoilerExtension(
        vault=build.vault, language=build.words.language, report=build.findings.add
    )
    extensions: list[Extension] = [build.blocks, spoilers]
    if run.kept:
        run.kept.begin(build.vault, build.blocks, build.findings)
        extensions.append(run.kept.headings)
    options.add_extensions(build.config, extensions)
