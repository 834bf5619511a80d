"""A folder of finished files is searched without the build that made it."""

import gzip
import json
import re
from pathlib import Path

import pytest

from mkdocs_bookreview.audit.files import read_text
from mkdocs_bookreview.audit.folder import search_folder
from mkdocs_bookreview.audit.fresh import Shortener
from mkdocs_bookreview.audit.hidden import BODY_CLASS
from mkdocs_bookreview.audit.pages import (
    CLASS,
    find_named_pictures,
    read_bodies,
    read_pictures,
    read_sealed_pictures,
)
from mkdocs_bookreview.audit.site import FinishedSite
from mkdocs_bookreview.spoilers.sealed.form import seal_block, seal_inline
from mkdocs_bookreview.words.language import Words

WORDS = Words()
SECRET = "Nobody ever runs because nobody taught them that running was a thing to do"
SHORT = "Tommy goes last"
PICTURE = '<img src="../pics/the%20end.jpg" alt="">'
SEALED = (
    seal_block(f"<p>{SECRET}.</p>{PICTURE}", "The end", WORDS)
    + f"<p>And {seal_inline(SHORT, 'bookreview-spoiler-1', WORDS)}, said"
    f" {seal_inline('Lucy', 'bookreview-spoiler-2', WORDS)}.</p>"
)
PAGE = "never/index.html"
URL = "https://a.org/b/"
COMPRESSED = gzip.compress(SECRET.encode())


def write_page(body: str, head: str = "", title: str = "Never") -> str:
    head = f"<title>{title} - Shelf</title>{head}"
    chrome = '<div class="tools"><b>Search</b> <b>Print</b></div>'
    return f"<!doctype html><html><head>{head}</head><body>{chrome}{body}</body></html>"


def search(folder: Path, files: dict[str, str | bytes] | None = None, **page: str) -> list[str]:
    files = {
        "index.html": write_page("<p>Welcome.</p>", title="Home"),
        PAGE: write_page(f"<h1>Never</h1>{SEALED}{page.pop('after', '')}", **page),
        **(files or {}),
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = search_folder(FinishedSite(folder, URL), lambda files, _: files)
    return [
        f"{uri}:{line}:{column} {leak.kind} of {leak.page}: {leak.quote}"
        for uri, leak, line, column, _ in found
    ]


def test_the_class_names_are_those_of_the_sealed_form() -> None:
    for sealed in (seal_block("<p>a</p>", "", WORDS), seal_inline("a", "b", WORDS)):
        assert f'class="{CLASS}' in sealed
        assert f'class="{BODY_CLASS}"' in sealed


def test_bodies_are_read_with_all_in_them() -> None:
    inner = seal_inline("<b>a</b>", "x", WORDS)
    first, second = read_bodies(f"<p>{inner}</p>{seal_block(f'<p>{inner} c</p>', 'd', WORDS)}")
    assert first == "<b>a</b>"
    assert second.startswith("<p><span")
    assert second.endswith("c</p>")


def test_a_site_that_hides_all_has_no_problem(tmp_path: Path) -> None:
    assert not search(tmp_path)


FILES = {
    "a text": ("all.txt", f"So: {SECRET}"),
    "another page": ("a/index.html", write_page(f"<p>{SECRET}</p>")),
    "a head": ("a/index.html", write_page("", f'<meta name="description" content="{SECRET}">')),
    "a short text in an entry": ("all.json", json.dumps([{"url": "/b/never/", "text": SHORT}])),
    "a word in an entry": ("all.json", json.dumps([{"location": "never/#x", "text": "Lucy"}])),
    "a word in a feed": (
        "feed.xml",
        f"<rss><item><link>{URL}never/</link><title>Lucy</title></item></rss>",
    ),
    "a copy beside the page": ("never/index.md", "# Never\n\nLucy"),
    "a copy beside the folder": ("never.md", "# Never\n\nLucy"),
    "a copy in another place": ("raw/7.md", "# Never\n\nHe is ||Lucy||."),
    "a copy in a script": ("raw.js", 'const pages = ["He is\\n\\n||Lucy||\\n"]'),
    "a copy in a page's script": (
        "raw/index.html",
        write_page("<script>raw = 'He is [Lucy]{.spoiler}'</script>"),
    ),
    "a copy in an attribute": (
        "raw/index.html",
        write_page('<p data-raw="&lt;spoiler&gt;Lucy&lt;/spoiler&gt;">'),
    ),
    "a fragment of Pagefind": (
        "pagefind/fragment/en_1.pf_fragment",
        gzip.compress(f'pagefind_dcd{{"url":"/x/","content":"{SECRET}"}}'.encode()),
    ),
    "a word in a fragment": (
        "pagefind/fragment/en_1.pf_fragment",
        gzip.compress(b'pagefind_dcd{"url":"/b/never/","content":"Lucy"}'),
    ),
    "a file of Windows": ("all.txt", f"F\xfcr alle: {SECRET}".encode("cp1252")),
    "a second member": ("all.bin", gzip.compress(b"a") + gzip.compress(SECRET.encode())),
    "a file cut short": ("all.bin", gzip.compress(f"{SECRET} ".encode() * 400)[:-9]),
}


@pytest.mark.parametrize("files", FILES)
def test_a_leak_into_another_file(tmp_path: Path, files: str) -> None:
    name, content = FILES[files]
    (problem,) = search(tmp_path, {name: content})
    assert re.match(rf"{name}:\d+:\d+ text of {PAGE}: ", problem)


def test_a_leak_over_lines_that_other_pages_have_too(tmp_path: Path) -> None:
    first, last = "<p>Nobody ever <b>runs</b> because nobody</p>", f"<p>{SECRET[31:]}</p>"
    bodies = {"a": last, "b": first, "c": "<p>Nothing.</p>", "d": f"{first}\n{last}"}
    files: dict[str, str | bytes] = {
        f"{name}/index.html": write_page(f"\n{body}\n") for name, body in bodies.items()
    }
    assert [line.partition(":")[0] for line in search(tmp_path, files)] == ["d/index.html"]


def test_lines_that_appear_again_keep_the_words_at_their_ends() -> None:
    words = [f"w{number}" for number in range(40)]
    long, card = f"<p>{' '.join(words)}</p>", '<p class="card">A <b>b</b> < c</p>'
    shortener = Shortener()
    assert shortener.add(f"{long}\n{card}\n1") == f"{long}\n\n{card}\n\n1"
    ends = " ".join((*words[:12], *words[-12:]))
    assert shortener.shorten(f"{card}\n2 {long} {long}") == f" A  b  < c \n\n2 {long}\n{ends}\n"
    assert shortener.shorten("2\n2") == "2\n2"


@pytest.mark.parametrize("sign", ["–", "&amp;", "&#8217;s", "\\n"])
def test_signs_are_no_words_at_the_ends_of_a_line(sign: str) -> None:
    line = f" {sign} ".join(map(str, range(40)))
    assert Shortener().add(f"{line}\n{line}").split("\n")[1] == line


def test_a_leak_in_the_same_line_of_several_files(tmp_path: Path) -> None:
    words = " ".join(f"w{number}" for number in range(20))
    line = f"<p>{words} {SECRET} {words}</p>"
    leaks = search(tmp_path, {"a.txt": f"1\n{line}\n", "b.txt": f"2\n{line}\n"})
    assert [leak.partition(":")[0] for leak in leaks] == ["a.txt", "b.txt"]
    files = {"a/index.html": write_page(line), "b.txt": line, "c/index.html": write_page(line)}
    leaks = search(tmp_path / "pages", files)
    assert [leak.partition(":")[0] for leak in leaks] == [*files]


def test_a_hidden_text_in_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    hidden = "Größe führt am Schluß übers Öde"
    page = write_page(seal_block(f"<p>{hidden}.</p>", "The end", WORDS))
    copy = f"Für “alle”: {hidden}".encode("cp1252")
    (problem,) = search(tmp_path, {"a/index.html": page, "all.txt": copy})
    assert problem == "all.txt:1:13 text of a/index.html: Größe führt am…"


def test_a_leak_has_its_place(tmp_path: Path) -> None:
    (problem,) = search(tmp_path, {"all.txt": f"So:\n  {SECRET}"})
    assert problem == f"all.txt:2:3 text of {PAGE}: Nobody ever runs…"


HEADS = {
    "a short text in a description": f'<meta name="description" content="{SHORT}">',
    "a word in a description": '<meta property="og:description" content="It is Lucy.">',
    "a word in JSON-LD": '<script type="application/ld+json">{"about": "Lucy"}</script>',
    "a short text in a script": f"<script>x = '{SHORT}'</script>",
    "a short text in an anchor": '<link href="#tommy-goes-last">',
    "a short text in a comment": f"<!-- {SHORT} -->",
}


@pytest.mark.parametrize("head", HEADS)
def test_a_leak_into_the_page_itself(tmp_path: Path, head: str) -> None:
    (problem,) = search(tmp_path, head=HEADS[head])
    assert re.match(rf"{PAGE}:\d+:\d+ text of {PAGE}: ", problem)


PICTURES = {
    "absolute": '<meta property="og:image" content="https://a.org/b/pics/the%20end.jpg">',
    "of a root": '<meta name="twitter:image" content="/b/pics/the%20end.jpg?v=1">',
    "relative": '<meta property="og:image" content="../pics/the%20end.jpg">',
    "JSON-LD": r'<script type="application/ld+json">{"image": ["https:\/\/a.org\/b\/pics\/the%20end'
    '.jpg"]}</script>',
    "a link": '<link rel="image_src" href="../pics/the end.jpg">',
    "a set of a link": '<link imagesrcset="../pics/a.jpg 1x, ../pics/the%20end.jpg 2x">',
}


@pytest.mark.parametrize("picture", PICTURES)
def test_a_hidden_picture_in_the_head(tmp_path: Path, picture: str) -> None:
    (problem,) = search(tmp_path, head=PICTURES[picture])
    assert re.match(rf"{PAGE}:\d+:\d+ picture of {PAGE}: pics/the end.jpg$", problem)


def test_a_picture_that_the_page_shows_is_no_leak(tmp_path: Path) -> None:
    assert not search(tmp_path, head=PICTURES["absolute"], after=PICTURE)


SHOWN = {
    "srcset": '<img src="a.jpg" srcset="b.jpg 400w, ../pics/end.jpg 800w">',
    "a source": '<picture><source srcset="../pics/end.jpg"><img src="a.jpg"></picture>',
    "a poster": '<video poster="../pics/end.jpg"></video>',
    "SVG": '<svg><image href="../pics/end.jpg"/></svg>',
    "an object": '<object data="../pics/end.jpg"></object>',
    "an embedded file": '<embed src="../pics/end.jpg">',
    "a button": '<input type="image" src="../pics/end.jpg">',
    "a script that waits": '<img src="data:," data-src="../pics/end.jpg">',
    "styles": "<p style=\"background: url('../pics/end.jpg')\"></p>",
    "a full address": '<img src="https://a.org/b/pics/end.jpg">',
}


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("named", ["https://a.org/b/pics/end.jpg", "../pics/end.jpg"])
def test_each_way_to_show_a_picture(shown: str, named: str) -> None:
    body, head = SHOWN[shown], f'<head><meta property="og:image" content="{named}"></head>'
    sealed = seal_block(body, "The end", WORDS)
    page = f"{head}<body>{sealed}</body>"
    (found,) = find_named_pictures(page, PAGE, read_sealed_pictures(page, [sealed], PAGE))
    assert found.endswith("/pics/end.jpg")
    assert not read_sealed_pictures(f"{head}<body>{sealed}{body}</body>", [sealed], PAGE)


def test_a_picture_of_the_same_name_is_another() -> None:
    hidden, shown = '<img src="end.jpg">', '<img src="pics/end.jpg">'
    sealed = seal_block(hidden, "The end", WORDS)
    assert read_sealed_pictures(f"{sealed}{shown}", [sealed], "index.html") == {"/end.jpg"}
    full = '<img src="https://a.org/b/end.jpg">'
    assert not read_sealed_pictures(f"{sealed}{full}", [sealed], "index.html")


ROOT = "https://a.org/b/"
WRITTEN = [
    "../pics/end.jpg",
    f"{ROOT}pics/end.jpg",
    "http://a.org/b/pics/end.jpg",
    "/b/pics/end.jpg",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_picture_by_each_address_on_the_site(written: str) -> None:
    sealed = seal_block(f'<img src="{written}">', "The end", WORDS)
    for shown in WRITTEN:
        page = f'{sealed}<img src="{shown}">'
        assert not read_sealed_pictures(page, [sealed], PAGE, ROOT)
    assert read_sealed_pictures(sealed, [sealed], PAGE, ROOT) == {"/pics/end.jpg"}
    page = f"{sealed}<img src='https://a.org/pics/end.jpg'>"
    assert read_sealed_pictures(page, [sealed], PAGE, ROOT) == {"/pics/end.jpg"}


@pytest.mark.parametrize("address", ["../pics/end.jpg", "../pics/end.JPG?v=2", "../pics/end.svg#a"])
def test_a_link_hides_a_picture_but_shows_none(address: str) -> None:
    """A plugin that enlarges pictures reads the large one from a link."""
    link = f'<a href="{address}"><img src="small.jpg"></a>'
    sealed = seal_block(link, "The end", WORDS)
    path = "/pics/" + re.split("[?#]", address)[0].rpartition("/")[2]
    hidden = read_sealed_pictures(f"{sealed}<a href='{address}'>x</a>", [sealed], PAGE)
    assert hidden == {path, f"/{PAGE.rpartition('/')[0]}/small.jpg".replace("//", "/")}
    other = seal_block('<a href="../pics/end.html">x</a>', "The end", WORDS)
    assert not read_sealed_pictures(other, [other], PAGE)


OTHERS = {
    "another host": ('<img src="https://b.org/1.jpg">', "https://a.org/covers/1.jpg"),
    "another folder": ('<img src="../pics/1.jpg">', "../1.jpg"),
    "no address": ('<img src="">', f"https://a.org/b/{PAGE}"),
    "a placeholder": ('<img src="data:,x">', "https://a.org/b/,x"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_picture_that_is_another(other: str) -> None:
    body, named = OTHERS[other]
    hidden = read_pictures([body], PAGE)
    page = f'<head><link rel="canonical" href="{named}"></head>'
    assert not find_named_pictures(page, PAGE, hidden)


def test_a_copy_of_a_picture_of_another_host() -> None:
    """By Material's privacy plugin."""
    hidden = read_pictures(['<img src="https://b.org/1.jpg">'], PAGE)
    page = '<head><meta name="twitter:image" content="../assets/external/b.org/1.jpg"></head>'
    assert find_named_pictures(page, PAGE, hidden) == ["//b.org/1.jpg"]


def test_a_copy_that_the_page_shows_openly() -> None:
    """The privacy plugin copies both, but what a page hides is known by its first address."""
    sealed = seal_block('<img src="https://b.org/1.jpg">', "The end", WORDS)
    page = f'{sealed}<img src="../assets/external/b.org/1.jpg">'
    assert not read_sealed_pictures(page, [sealed], PAGE, ROOT)
    other = f'{sealed}<img src="../assets/1.jpg">'
    assert read_sealed_pictures(other, [sealed], PAGE, ROOT) == {"//b.org/1.jpg"}


def test_other_pictures_are_no_leak(tmp_path: Path) -> None:
    head = '<meta property="og:image" content="https://a.org/b/pics/not-the%20end.jpg">'
    head += '<meta property="og:image" content="https://[/the%20end.jpg">'
    assert not search(tmp_path, head=head)


INNOCENT: dict[str, dict[str, str | bytes]] = {
    "a word that other pages say": {"index.html": write_page("<p>Lucy, who goes last.</p>")},
    "a word in an entry of another page": {
        "all.json": json.dumps([{"url": "/b/", "text": "Lucy"}])
    },
    "a broken archive": {"all.gz": gzip.compress(SECRET.encode())[:12] + b"\x00" * 40},
    "no archive": {"all.gz": b"\x1f\x8b"},
    "a picture": {"a.png": SECRET.encode()},
    "bars in a script": {"a.js": "f = e||Lucy||t"},
}


@pytest.mark.parametrize("files", INNOCENT)
def test_no_false_alarm(tmp_path: Path, files: str) -> None:
    assert not search(tmp_path, INNOCENT[files])


@pytest.mark.parametrize("text", ["Lucy", SHORT, "||Lucy||"])
def test_what_the_page_shows_may_be_in_its_head_too(tmp_path: Path, text: str) -> None:
    head = f'<meta name="description" content="{text}">'
    files: dict[str, str | bytes] = {"all.json": json.dumps([{"url": "/b/never/", "text": text}])}
    assert not search(tmp_path, files, head=head, after=f"<p>So <code>{text}</code>.</p>")


def test_an_archive_is_not_decompressed_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mkdocs_bookreview.audit.files._MOST", 1000)
    data = gzip.compress(b"x" * 2000 + SECRET.encode())
    assert not search(tmp_path, {"all.gz": data})


@pytest.mark.parametrize(
    "data", [COMPRESSED[:-9], COMPRESSED[:20] + b"\0" * 99], ids=["cut", "bad"]
)
def test_a_broken_archive_is_reported(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "all.gz").write_bytes(data)
    notes: list[str] = []
    read_text(tmp_path / "all.gz", notes.append)
    assert notes == ["The file is compressed but damaged, so only a part of it is searched."]
