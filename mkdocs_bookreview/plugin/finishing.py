"""Makes the file of one page: fills its content, then opens its spoilers in the output."""

from mkdocs.structure.pages import Page

from mkdocs_bookreview.plugin.build import Build, OpenPage
from mkdocs_bookreview.plugin.filling import Filler


def begin_page(build: Build, filler: Filler, page: Page, base: str) -> OpenPage:
    """Set our parts into the page's content; `base` leads from the page to the site's root."""
    opened = OpenPage(page, base, page.content)
    page.content = filler.fill(page, base)
    build.audit.see_content(page, opened.own_content)
    return opened


def open_spoilers(build: Build, filler: Filler, opened: OpenPage, output: str) -> str:
    """Return the page's output with its sealed spoilers."""
    page = opened.page
    source = page.file.src_uri
    # Material's blog copies excerpts of other pages into this output, and their blocks with them.
    output = filler.fill_blocks(output, source, opened.base)
    closed = cut_out(page.content or "", output)
    page.content = opened.own_content  # ours is in the output, and lists are large to keep
    content, before, after = parts = build.vault.open(source, *closed)
    opened.output = before + content + after
    build.audit.see_output(page, closed, parts)
    return opened.output


def see_changes(build: Build, opened: OpenPage, output: str) -> None:
    """Tell the audit if another plugin changed the output after its spoilers were opened."""
    if output != opened.output:
        build.audit.see_change(opened.page)


def remember(build: Build) -> None:
    """Keep what the next build with `--dirty` need not make again."""
    if build.memory:
        build.memory.keep(
            build.files, build.spoilers, build.audit.find_entry, build.findings.faulty
        )


def cut_out(content: str, output: str) -> tuple[str, str, str]:
    """Return the content of a page's output, what is before it, and what is behind it.

    If the theme or a plugin changed the content, the whole output counts as content.
    """
    # Only its beginning is searched for, because to search for a long text takes time.
    start = output.find(content[:100])
    if not content or not output.startswith(content, start):
        return output, "", ""
    return content, output[:start], output[start + len(content) :]
