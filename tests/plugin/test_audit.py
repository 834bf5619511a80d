"""What other plugins let out of a spoiler is told, and nothing else is."""

import random
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pytest
from mkdocs.exceptions import Abort
from PIL import Image
from sites import Site, build_site, review

SECRET = "Nobody ever runs because nobody taught them that running was a thing to do"
SHORT = "Tommy goes last"
BODY = (
    f"First words.\n\n/// spoiler | The end\n{SECRET}.\n\n![](end.jpg)\n///\n\n"
    f"And ||{SHORT}|| too, says ||Lucy||.\n"
)
PAGES = {
    "index.md": "# Home\n\nWelcome.\n",
    "reviews/never.md": review("Never Let Me Go", body=BODY),
    "reviews/emma.md": review("Emma", redirect_from=["/old/emma/"]),
    "reviews/end.jpg": "",
    "data.json": "{}",
}
NEVER = "reviews/never/index.html"


def build(folder: Path, hook: str = "", *, into: Site | None = None, **config: object) -> Site:
    """With a little plugin that does what `hook` says."""
    if hook:
        (folder / "hostile.py").write_text(
            f"import json\nfrom pathlib import Path\nSECRET = {SECRET!r}\nSHORT = {SHORT!r}\n"
            + dedent(hook),
            "utf-8",
        )
        config["hooks"] = ["hostile.py"]
    pages = config.pop("pages", PAGES)
    options = config.pop("options", None)
    return build_site(folder, pages, options, into=into, site_url="https://a.org/b/", **config)


HOSTILE = {
    "a file of its own": (
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'all.txt').write_text('So: ' + SECRET)",
        "all.txt",
    ),
    "a file with no end to its name that we know": (
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'llms.md').write_text('# All\\n\\n' + SECRET)",
        "llms.md",
    ),
    "escaped in JSON": (
        "def on_post_build(config):\n"
        "    text = json.dumps({'a': '<p>' + SECRET.replace('them', '<em>them</em>') + '</p>'})\n"
        "    Path(config.site_dir, 'all.json').write_text(text)",
        "all.json",
    ),
    "the search index": (
        "def on_post_build(config):\n"
        "    path = Path(config.site_dir, 'search', 'search_index.json')\n"
        "    index = json.loads(path.read_text())\n"
        "    index['docs'][0]['text'] += SECRET\n"
        "    path.write_text(json.dumps(index))",
        "search/search_index.json",
    ),
    "a short one in the search index": (
        "def on_post_build(config):\n"
        "    path = Path(config.site_dir, 'search', 'search_index.json')\n"
        "    index = json.loads(path.read_text())\n"
        "    doc = next(d for d in index['docs'] if d['location'].startswith('reviews/never/'))\n"
        "    doc['text'] += SHORT\n"
        "    path.write_text(json.dumps(index))",
        "search/search_index.json",
    ),
    "a short one in a feed": (
        "def on_post_build(config):\n"
        "    item = '<item><link>https://a.org/b/reviews/never/</link><title>%s</title></item>'\n"
        "    text = '<rss><channel>' + item % SHORT + '</channel></rss>'\n"
        "    Path(config.site_dir, 'feed.xml').write_text(text)",
        "feed.xml",
    ),
    "another page's text": (
        "def on_page_markdown(markdown, page, config, files):\n"
        "    return markdown + SECRET if page.file.src_uri == 'index.md' else markdown",
        "index.html",
    ),
    "another page's text, early": (
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(200)\n"
        "def on_page_markdown(markdown, page, config, files):\n"
        "    return markdown + SECRET if page.file.src_uri == 'index.md' else markdown",
        "index.html",
    ),
    "another page's HTML": (
        "def on_page_content(html, page, config, files):\n"
        "    return html + SECRET if page.file.src_uri == 'index.md' else html",
        "index.html",
    ),
    "a template": (
        "def on_page_context(context, page, config, nav):\n"
        "    if page.file.src_uri == 'index.md':\n"
        "        page.meta['description'] = SECRET",
        "index.html",
    ),
    "the page's own head": (
        "def on_page_context(context, page, config, nav):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        page.meta['description'] = SECRET",
        "reviews/never/index.html",
    ),
    "a short one in the page's own head": (
        "def on_page_context(context, page, config, nav):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        page.meta['description'] = SHORT",
        "reviews/never/index.html",
    ),
    "a short one in an anchor": (
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        return output.replace('<h1', '<h1 id=\"tommy-goes-last\"')",
        "reviews/never/index.html",
    ),
    "a sealed element of another page": (
        "SEALED = '<div class=\"bookreview-spoiler\"><p>' + SECRET + '</p></div>'\n"
        "def on_page_context(context, page, config, nav):\n"
        "    if page.file.src_uri == 'index.md':\n"
        "        page.content += SEALED",
        "index.html",
    ),
    "what all pages say": (
        "def on_config(config):\n    config.site_description = SECRET",
        "index.html",
    ),
    "the content of all pages": (
        "def on_page_context(context, page, config, nav):\n"
        "    page.content += '\\n<div>' + SECRET + '</div>\\n'",
        "index.html",
    ),
    "a page that a plugin made": (
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    files.append(File.generated(config, 'made.md', content=SECRET))",
        "made/index.html",
    ),
    "HTML before all others": (
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(200)\n"
        "def on_page_content(html, page, config, files):\n"
        "    return html + '<p>' + SECRET + '</p>' if page.file.src_uri == 'index.md' else html",
        "index.html",
    ),
    "a copied file": (
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'data.json').write_text(json.dumps([SECRET]))",
        "data.json",
    ),
    "a redirect that we made": (
        "def on_post_build(config):\n"
        "    with Path(config.site_dir, 'old', 'emma', 'index.html').open('a') as file:\n"
        "        file.write(SECRET)",
        "old/emma/index.html",
    ),
    "a short one beside an address in other words": (
        "def on_post_build(config):\n"
        "    data = [{'url': '/b/reviews/never/index.html#x', 'data': {'text': SHORT}}]\n"
        "    Path(config.site_dir, 'all.json').write_text(json.dumps(data))",
        "all.json",
    ),
    "the output": (
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'index.md':\n"
        "        return output.replace('</body>', SECRET + '</body>')",
        "index.html",
    ),
    "the page's own output": (
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        return output.replace('</body>', SECRET + '</body>')",
        "reviews/never/index.html",
    ),
    "the page that is written last": (
        "def on_post_page(output, page, config):\n"
        "    config.extra['last'] = page.file.abs_dest_path\n"
        "def on_post_build(config):\n"
        "    path = Path(config.extra['last'])\n"
        "    path.write_text(path.read_text() + SECRET)",
        "authors/jane-austen/index.html",
    ),
    "a page that is written": (
        "def on_post_build(config):\n"
        "    path = Path(config.site_dir, 'index.html')\n"
        "    path.write_text(path.read_text().replace('</body>', SECRET + '</body>'))",
        "index.html",
    ),
    "the output, after all others": (
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(-150)\n"
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'index.md':\n"
        "        return output.replace('</body>', SECRET + '</body>')",
        "index.html",
    ),
    "a page that is written, while another is made": (
        "def on_post_page(output, page, config):\n"
        "    path = Path(config.site_dir, 'index.html')\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        path.write_text(path.read_text().replace('</body>', SECRET + '</body>'))",
        "index.html",
    ),
    "a page that is written, before all others": (
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(150)\n"
        "def on_post_build(config):\n"
        "    path = Path(config.site_dir, 'index.html')\n"
        "    path.write_text(path.read_text().replace('</body>', SECRET + '</body>'))",
        "index.html",
    ),
    "a short one in the page's own output": (
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        return output.replace('</body>', f'<p><b>Tommy</b> goes last</p></body>')",
        NEVER,
    ),
    "a word in the page's own output": (
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        return output.replace('</body>', '<p>It is Lucy.</p></body>')",
        NEVER,
    ),
    "a word in the page's own template": (
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(150)\n"
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        return output.replace('</body>', '<p>It is Lucy.</p></body>')",
        NEVER,
    ),
    "a word in the page's own content": (
        "def on_page_content(html, page, config, files):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        return html + '<p>It is Lucy.</p>'",
        NEVER,
    ),
    "a word in the page that is written": (
        f"def on_post_build(config):\n    path = Path(config.site_dir, '{NEVER}')\n"
        "    path.write_text(path.read_text().replace('</body>', 'Lucy</body>'))",
        NEVER,
    ),
    "a word in a script of the page": (
        "def on_post_page(output, page, config):\n"
        "    script = '<script>raw = \"And ||Lucy|| too.\"</script></body>'\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        return output.replace('</body>', script)",
        NEVER,
    ),
    "a copy beside the page": (
        "def on_post_page(output, page, config):\n"
        "    if page.file.src_uri == 'reviews/never.md':\n"
        "        path = Path(config.site_dir, 'reviews', 'never.md')\n"
        "        path.parent.mkdir(parents=True, exist_ok=True)\n"
        "        path.write_text('# Never\\n\\nAnd ||Lucy|| too.')",
        "reviews/never.md",
    ),
    "a copy of a word without markup": (
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'reviews', 'never', 'index.md').write_text('So Lucy.')",
        "reviews/never/index.md",
    ),
    "a copy of all pages": (
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'pages.js').write_text('let x = [\"And ||Lucy|| too.\"]')",
        "pages.js",
    ),
    "a picture in the head": (
        "def on_post_build(config):\n"
        '    meta = \'<meta property="og:image" content="https://a.org/b/reviews/end.jpg">\'\n'
        f"    path = Path(config.site_dir, '{NEVER}')\n"
        "    path.write_text(path.read_text().replace('</head>', meta + '</head>'))",
        NEVER,
    ),
    "a picture in the head, as data": (
        "def on_post_build(config):\n"
        '    data = \'<script type="application/ld+json">{"image": "../end.jpg"}</script>\'\n'
        f"    path = Path(config.site_dir, '{NEVER}')\n"
        "    path.write_text(path.read_text().replace('</head>', data + '</head>'))",
        NEVER,
    ),
    "a page in two places": (
        "def on_post_build(config):\n"
        "    page = Path(config.site_dir, 'reviews', 'never', 'index.html')\n"
        "    Path(config.site_dir, 'print.html').write_text(page.read_text())",
        "print.html",
    ),
}


@pytest.mark.parametrize("leak", HOSTILE)
def test_a_leak_is_told_with_file_and_place(tmp_path: Path, leak: str) -> None:
    hook, path = HOSTILE[leak]
    site = build(tmp_path, hook)
    assert site.warnings
    found = {text.partition(": Spoiler ")[0]: text for text in site.warnings}
    # What gets into a page early gets into the search too, and what all say is found in some.
    assert len(found) <= 3
    _, _, rest = found[path].partition(" from `reviews/never.md` appears at character ")
    assert rest
    if "SECRET" in hook:
        assert site.text(path)[int(rest.split(":", 1)[0]) :].startswith("Nobody")


def test_a_compressed_file_is_read(tmp_path: Path) -> None:
    hook = """
    import gzip

    def on_post_build(config):
        data = gzip.compress(b"pagefind_dcd" + json.dumps({"content": SECRET}).encode())
        Path(config.site_dir, "en_1.pf_fragment").write_bytes(data)
    """
    (warning,) = build(tmp_path, hook).warnings
    assert warning.startswith("en_1.pf_fragment: Spoiler text from `reviews/never.md`")


def test_a_page_that_another_plugin_took_away(tmp_path: Path) -> None:
    hook = """
    def on_page_context(context, page, config, nav):
        page.meta["description"] = SECRET

    def on_post_build(config):
        Path(config.site_dir, "reviews", "never", "index.html").unlink()
    """
    (warning, *_) = build(tmp_path, hook).warnings
    assert warning.startswith("index.html: Spoiler text from ")


def test_more_pages_than_are_read_at_once(tmp_path: Path) -> None:
    pages = PAGES | {f"{n}.md": f"# Page {n}\n\nText.\n" for n in range(120)}
    hook = """
    def on_page_context(context, page, config, nav):
        if page.file.src_uri in ("7.md", "49.md", "50.md", "119.md"):
            page.meta["description"] = f"{page.title}: {SECRET}"
    """
    told = {text.partition(":")[0] for text in build(tmp_path, hook, pages=pages).warnings}
    assert told == {f"{n}/index.html" for n in (7, 49, 50, 119)}


def test_the_search_of_other_themes_is_read_too(tmp_path: Path) -> None:
    hook, path = HOSTILE["a short one in the search index"]
    (warning,) = build(tmp_path, hook, theme="mkdocs").warnings
    assert warning.startswith(path)


def test_a_description_that_only_we_write(tmp_path: Path) -> None:
    hook, path = HOSTILE["the page's own head"]
    (warning,) = build(tmp_path, hook, theme="mkdocs").warnings
    assert warning.startswith(path)


def test_a_leak_stops_a_strict_build(tmp_path: Path) -> None:
    with pytest.raises(Abort):
        build(tmp_path, HOSTILE["a file of its own"][0], strict=True)


def test_who_made_the_file_is_told(tmp_path: Path) -> None:
    hook = """
    from mkdocs.structure.files import File

    def on_files(files, config):
        file = File("all.txt", None, config.site_dir, True)
        file.generated_by = "hostile"
        file.content_string = SECRET
        files.append(file)
    """
    (warning,) = build(tmp_path, hook).warnings
    assert warning.startswith("all.txt: ")
    assert "The plugin `hostile` made this file" in warning


def test_the_audit_can_be_left_out(tmp_path: Path) -> None:
    options = {"spoilers": {"audit": False}}
    assert not build(tmp_path, HOSTILE["a file of its own"][0], options=options).warnings


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_a_page_that_an_extension_puts_into_another(tmp_path: Path, theme: str) -> None:
    pages = {
        "index.md": '# Home\n\nThe text:\n\n--8<-- "hidden.md"\n',
        "hidden.md": f"---\nspoilers: true\n---\n{SECRET}.\n",
    }
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path / "docs")]}}
    site = build(tmp_path, pages=pages, theme=theme, markdown_extensions=[snippets])
    found = {warning.partition(" appears at ")[0] for warning in site.warnings}
    assert "index.html: Spoiler text from `hidden.md`" in found


def test_nothing_is_found_with_extensions_that_read_files(tmp_path: Path) -> None:
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path / "docs")]}}
    body = f"{BODY}\nLucy, openly.\n"
    pages = {**PAGES, "reviews/never.md": review("Never Let Me Go", body=body)}
    assert not build(tmp_path, pages=pages, markdown_extensions=[snippets]).warnings


@pytest.mark.parametrize("text", ["Lucy", SHORT])
@pytest.mark.parametrize("hook", ["on_post_page(output, page", "on_page_content(html, files, page"])
def test_a_short_text_that_its_author_says_openly_is_no_leak(
    tmp_path: Path, text: str, hook: str
) -> None:
    body = f"{BODY}\nThey say: *{text}*.\n"
    pages = {**PAGES, "reviews/never.md": review("Never Let Me Go", body=body)}
    name = hook.partition("(")[2].partition(",")[0]
    code = f"def {hook}, config):\n    return {name}.replace('First', '{text}. First')"
    assert not build(tmp_path, code, pages=pages).warnings


def test_a_manual_may_show_markup(tmp_path: Path) -> None:
    body = f"{BODY}\nWrite `||Lucy||`, or:\n\n    ||{SHORT}||\n"
    hook = """
    def on_page_content(html, page, config, files):
        return html.replace("First", "1st")

    def on_post_build(config):
        Path(config.site_dir, "all.txt").write_text("Write `||Lucy||`.")
    """
    pages = {**PAGES, "reviews/never.md": review("Never Let Me Go", body=body)}
    assert not build(tmp_path, hook, pages=pages).warnings


def test_a_picture_that_is_shown_openly_is_no_leak(tmp_path: Path) -> None:
    hook, _ = HOSTILE["a picture in the head"]
    body = f"{BODY}\n![](end.jpg)\n"
    pages = {**PAGES, "reviews/never.md": review("Never Let Me Go", body=body)}
    assert not build(tmp_path, hook, pages=pages).warnings


def test_a_word_in_the_name_of_a_cover_is_no_leak(tmp_path: Path) -> None:
    written = BytesIO()
    Image.new("RGB", (40, 60)).save(written, "PNG")
    emma = review("Emma", body="Who ||lucy|| is.", book={"cover": "lucy.png"})
    pages = {"index.md": "", "reviews/emma.md": emma, "reviews/lucy.png": written.getvalue()}
    site = build(tmp_path, pages=pages)
    assert "reviews/lucy.png" in site.text("reviews/emma/index.html").partition("</head>")[0]
    assert not site.warnings


def test_what_the_author_copies_is_not_read(tmp_path: Path) -> None:
    assert not build(tmp_path, pages={**PAGES, "notes.txt": SECRET}).warnings


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_what_an_author_says_openly_elsewhere_is_no_leak(tmp_path: Path, theme: str) -> None:
    other = review("Emma", body=f"They *run*.\n\n{SECRET}.\n")
    assert not build(tmp_path, pages={**PAGES, "reviews/emma.md": other}, theme=theme).warnings


ORDINARY = {
    "words of names and addresses": (
        "||shelf|| ||2024|| ||b|| ||spoiler|| ||a|| ||search|| ||toc|| ||query|| ||1||",
        {},
    ),
    "headings": (f"||{SECRET}||", {"n.md": f"# N\n\n## {SECRET}\n\nx\n"}),
    "lists": (f"||{SECRET}||", {"n.md": f"# N\n\n- {SECRET}\n"}),
}


@pytest.mark.parametrize("ordinary", ORDINARY)
@pytest.mark.parametrize("minify", [True, False])
@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_no_false_alarm(tmp_path: Path, ordinary: str, theme: str, *, minify: bool) -> None:
    body, others = ORDINARY[ordinary]
    pages = {"reviews/2024-best.md": review("Emma", body=f"{body}\n\nOpen.", verdict="So be it.")}
    plugins = ["search", "bookreview", *([{"minify": {"minify_html": True}}] if minify else [])]
    site = build(tmp_path, pages={**pages, **others}, theme=theme, plugins=plugins)
    assert not site.warnings


def test_a_verdict_may_be_said_again_where_it_is_hidden(tmp_path: Path) -> None:
    page = review("Emma", body=f"||{SECRET}||\n\nOpen.", verdict=SECRET)
    assert not build(tmp_path, pages={"reviews/emma.md": page}).warnings


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
@pytest.mark.parametrize("directories", [True, False])
def test_nothing_is_told_of_spoilers_of_one_word(
    tmp_path: Path, theme: str, *, directories: bool
) -> None:
    """Not even if other pages, titles, names and the theme itself say the same word."""
    chance = random.Random(7)
    text = """the cat may home search next review themes emma lamp tommy donor dies comments book
        spoiler page title text memory light author reviews about shelf nobody runs read"""
    words = text.split()
    pages = {"index.md": "# Home\n\nThe cat and ||Tommy||.\n"}
    for number in range(30):
        hidden = chance.sample(words, 3)
        spoken = " ".join(chance.choices(words, k=60))
        body = f"{spoken.capitalize()}. ||{hidden[0]}|| and [{hidden[1]}]{{.spoiler}}.\n"
        pages[f"reviews/{chance.choice(words)}-{number}.md"] = review(
            " ".join(chance.choices(words, k=2)).title(),
            chance.choice(words).title(),
            body=f"{body}\n/// spoiler | {chance.choice(words)}\n{hidden[2]}\n///\n",
            themes=[chance.choice(words), {"name": chance.choice(words), "spoiler": True}],
            date=f"2024-05-{1 + number % 28:02}",
        )
    site = build(tmp_path, pages=pages, theme=theme, use_directory_urls=directories)
    leaks = [warning for warning in site.warnings if "Spoiler text from" in warning]
    assert not leaks
