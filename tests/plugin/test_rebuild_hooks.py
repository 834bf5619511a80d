"""Rebuilds of `mkdocs serve` with other plugins: hooks, at whatever time, which read one word.

It is `One` in two builds, and then `Two`; what is built then is to be like a clean build.
"""

from pathlib import Path

import pytest

from tests.plugin.serving import ServedSite

HOOKS = {
    "change Markdown last": """
@event_priority(-200)
def on_page_markdown(markdown, **_):
    return markdown.replace("One", read())
""",
    "need a text": """
@event_priority(-1000)
def on_page_markdown(markdown, page, **_):
    page.meta["description"] = f"{len(markdown.split())} words, {read()}"
    assert page.is_homepage or len(markdown) > 10
""",
    "need a table of contents": """
@event_priority(150)
def on_page_content(html, page, **_):
    return html + page.toc.items[0].title + read()
""",
    "convert by functions of their own": """
import sys
from pathlib import Path
sys.path.append(str(Path(__file__).parent))
from slugs_of_theirs import slugify
def on_config(config):
    config.mdx_configs["toc"] = {"slugify": slugify}
""",
    "have extensions of their own": """
from markdown import Extension
from markdown.preprocessors import Preprocessor
class Reader(Preprocessor):
    def run(self, lines):
        return [line.replace("Home", read()) for line in lines]
class Reading(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Reader(md), "reader", 0)
def on_config(config):
    config.markdown_extensions.append(Reading())
""",
    "change options from page to page": """
def on_page_markdown(markdown, page, config, **_):
    config.mdx_configs["toc"] = {"permalink": read() if page.is_homepage else False}
""",
    "change what they are given": """
def on_page_content(html, page, **_):
    page.title += read()
    page.toc.items[0].children.clear()
    page.toc.items[0].title += read()
    return html + page.markdown + page.content + read()
""",
    "change anchors and links": """
def on_page_content(html, page, files, **_):
    if read() == "One":
        page.present_anchor_ids.add("nowhere")
        for links in page.links_to_anchors.values():
            links.clear()
""",
    "give titles before": """
def on_page_markdown(markdown, page, **_):
    page.meta["title"] = read()
""",
    "give titles after": """
def on_page_content(html, page, **_):
    page.meta["title"] = read()
""",
    "add pages": """
def on_files(files, config, **_):
    files.append(File.generated(config, f"{read()}.md", content=f"# Made {read()}"))
""",
    "add files late": """
def on_page_markdown(markdown, page, files, config, **_):
    if page.file.src_uri == "anchor.md" and read() == "One":
        files.append(File.generated(config, "One.svg", content="<svg/>"))
""",
    "add other files late": """
def on_page_markdown(markdown, page, files, config, **_):
    if page.file.src_uri == "anchor.md":
        files.append(File.generated(config, f"{read()}.svg", content="<svg/>"))
        files.append(File.generated(config, "last.svg", content="<svg/>"))
""",
}
BEFORE = """
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
def read():
    return open(WORD).read()
"""


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_what_hooks_do(tmp_path: Path, hook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    word = tmp_path / "word"
    word.write_text("One", "utf-8")
    pages = {
        "index.md": "# Home, One\n\n## Part\n\nA ||spoiler||.\n",
        "link.md": "# Link\n\nSee [it](One.md).\n",
        "picture.md": "# Picture\n\nSee [it](One.svg).\n",
        "layer.md": "# Layer\n\nSee [it](One.svg#layer).\n",
        "anchor.md": "# Anchor\n\nSee [that](index.md#nowhere).\n",
        "../slugs_of_theirs.py": f"def slugify(*_): return open({str(word)!r}).read()",
        "../hook.py": f"WORD = {str(word)!r}\n{BEFORE}\n{hook}",
    }
    validation = {"anchors": "warn", "not_found": "info"}
    served = ServedSite(tmp_path, pages, hooks=["hook.py"], validation=validation)
    served.build()
    served.build()
    word.write_text("Two", "utf-8")
    after = served.build()
    clean = served.build_clean()
    assert sorted(after.files) == sorted(clean.files)
    assert [path for path in clean.files if after.files[path] != clean.files[path]] == []
    assert after.messages == clean.messages


def test_no_spoiler_changes_its_page(tmp_path: Path) -> None:
    """Where placeholders are written anew, they look like those that an author wrote."""
    hook = """
import re
from mkdocs.plugins import event_priority
@event_priority(PRIORITY)
def on_page_content(html, **_):
    return re.sub(r'="([\\w-]+)"', r"=\\1", html)
"""
    forged = '<span class="bookreview-spoiler-elsewhere" data-n="3">x</span>'
    pages = {
        "a.md": "# A\n\n||first||\n",
        "b.md": "# B\n\n||kumquat||\n",
        "c.md": f"# C\n\n||loquat|| {forged}\n",
        "d.md": f"# D\n\n{forged} ||rambutan||\n",
    }
    for priority in (150, 10**6, 10**7):
        pages["../hook.py"] = f"PRIORITY = {priority}\n{hook}"
        served = ServedSite(tmp_path / str(priority), pages, hooks=["hook.py"])
        served.build()
        for text in ("||zeroth|| and ||first||", "nothing", "||first||"):
            (served.folder / "docs" / "a.md").write_text(f"# A\n\n{text}\n", "utf-8")
            built = served.build()
            for name, secret in (("b", b"kumquat"), ("c", b"loquat"), ("d", b"rambutan")):
                found = [path for path, content in built.files.items() if secret in content]
                assert found == [f"{name}/index.html"]
