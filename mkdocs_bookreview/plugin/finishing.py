"""Fills the content of a page, and puts its spoilers into the output of the theme."""

from mkdocs.structure.pages import Page

from mkdocs_bookreview.plugin.build import Build, OpenPage
from mkdocs_bookreview.plugin.filling import Filler
from mkdocs_bookreview.plugin.heads import leave_out_sealed
from mkdocs_bookreview.rendering.heads import complete_head, leave_out_doubles

_SIGN = 100  # characters at the start of a content, by which `cut_out` finds it


def begin_page(build: Build, filler: Filler, page: Page, base: str) -> OpenPage:
    """Add card, lists and comments to the page's content.

    `base` is the relative address of the site's root, as seen from the page.
    """
    opened = OpenPage(page, base, page.content)
    page.content = filler.fill(page, base)
    build.audit.see_content(page, opened.own_content)
    return opened


def open_spoilers(build: Build, filler: Filler, opened: OpenPage, output: str) -> str:
    """Return the page's output with a complete head, and with its spoilers in their places."""
    page = opened.page
    source = page.file.src_uri
    # Blocks are filled once more, because Material's blog copies excerpts of other pages into this
    # output, and an excerpt may have blocks.
    output = filler.fill_blocks(output, source, opened.base)
    rendered = filler.build_head(page)
    opened.head = rendered.head
    output, end, added = complete_head(output, rendered)
    start = output[:end]
    content, before, after = cut_out(page.content or "", output, end)
    page.content = opened.own_content  # because lists are large, and MkDocs keeps every page
    # The audit does not search `added`, because these tags have only the author's text and ours. It
    # searches the description, because another plugin may have changed it.
    build.audit.see_output(page, content, f"{opened.head.description}\n{start}{before}", after)
    content, start, before, after = build.vault.open(
        source, content, start, before, after, write=build.write_sealed
    )
    opened.output = f"{start}{added}{before}{content}{after}"
    return opened.output


def settle_output(build: Build, opened: OpenPage, output: str) -> str:
    """Return the output without tags of ours that another plugin wrote too.

    Tags that name a picture which the page shows only in spoilers are left out too. If the result
    differs from that of `open_spoilers`, the audit searches the whole file.
    """
    settled = output if output == opened.output else leave_out_doubles(output, opened.head)
    settled = leave_out_sealed(build, opened, settled)
    if settled != opened.output:
        build.audit.see_change(opened.page)
    return settled


def remember(build: Build) -> None:
    """Keep the results of this build that the next build with `--dirty` need not make again."""
    if build.memory:
        build.memory.keep(
            build.files, build.spoilers, build.audit.find_entry, build.findings.faulty
        )


def cut_out(content: str, output: str, begin: int = 0) -> tuple[str, str, str]:
    """Return the content in a page's output, the text before the content and the text after it.

    `cut_out("<p>a</p>", "<nav/><p>a</p><hr>")` returns `("<p>a</p>", "<nav/>", "<hr>")`. The output
    before `begin` is left out. If the theme or a plugin changed the content, all of the rest counts
    as content.
    """
    # `find` gets only the start of the content, because searching for a long text takes longer.
    start = output.find(content[:_SIGN], begin) if content else -1
    if start < 0 or not output.startswith(content, start):
        return output[begin:], "", ""
    return content, output[begin:start], output[start + len(content) :]
