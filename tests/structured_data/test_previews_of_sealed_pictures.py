"""A plugin takes the first picture of each page for previews, which may be in a spoiler."""

import json
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image

from mkdocs_bookreview.plugin import drawn_covers
from mkdocs_bookreview.plugin.heads import names_any
from tests.plugin.sites import Site, Tree, build_site, review

ROOT = "https://example.org/shelf/"
HOOK = r"""
import json, posixpath, re

def on_post_page(output, page, config):
    article = output[output.find("<article"):]
    # Not a cover, because a page with one would show it first.
    pictures = re.findall(r'<img [^>]*?src="((?:(?!cover)[^"])*)"', article)
    if not pictures:
        return output
    picture = pictures[0]
    if "extra" in page.meta:
        picture = config.site_url + posixpath.normpath(posixpath.join(page.url, picture))
    twitter = f'<meta name="twitter:image" content="{picture}">'
    twitter += '<meta name="twitter:image:alt" content="It burns">'
    data = json.dumps({"@type": "Article", "image": [picture]}).replace("/", r"\/")
    data = f'<script type="application/ld+json">{data}</script>'
    output, count = re.subn(
        r'(<meta property="og:image" content=")[^"]*', lambda match: match[1] + picture, output
    )
    graph = "" if count else f'<meta property="og:image" content="{picture}">'
    return output.replace("</head>", graph + twitter + data + "</head>")
"""
SEALED = "Text.\n\n/// spoiler | How it ends\n![It burns](end.png)\n///\n"
# Each of these shows the same picture by another address.
SPELLINGS = {"full": f"{ROOT}reviews/end.png", "rooted": "/shelf/reviews/end.png"}
OPEN = f"![Before](end.png)\n\n{SEALED}"
KEYS: dict[str, dict[str, object]] = {
    "drawn": {},
    "covered": {"book": {"cover": "cover.png"}},
    "whole": {"book": {"cover": "cover.png"}, "extra": {"how": "whole"}},
    "own": {"image": "end.png", "extra": {"how": "whole"}},
}
TAGS = ("og:image", "twitter:image", "application/ld+json")


def draw(size: tuple[int, int]) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "green").save(written, "PNG")
    return written.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "hook.py").write_text(HOOK, "utf-8")
    pages: dict[str, str | bytes] = {
        "index.md": "# Home\n",
        "notes/note.md": f"# Note\n\n{SEALED}",
        "notes/end.png": draw((20, 30)),
        "reviews/end.png": draw((20, 30)),
        "reviews/cover.png": draw((200, 300)),
        **{
            f"reviews/{name}.md": review(name, body=SEALED.replace("end.png", address))
            for name, address in SPELLINGS.items()
        },
        "reviews/open.md": review("Open", body=OPEN),
        "reviews/bare.md": review("Bare", body="![Before](end.png)"),
        **{f"reviews/{name}.md": review(name, body=SEALED, **keys) for name, keys in KEYS.items()},
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            drawn_covers, "is_installed", lambda: False
        )  # so that drawn covers are no pictures
        return build_site(folder, pages, hooks=["hook.py"], site_url=ROOT)


def read_content(page: Tree, name: str) -> list[str]:
    return page.xpath(f'//head/meta[@property="{name}" or @name="{name}"]/@content')


def read_data(page: Tree) -> list[dict[str, object]]:
    scripts = page.xpath('//script[@type="application/ld+json"]/text()')
    return [data for data in map(json.loads, scripts) if data.get("@type") == "Article"]


@pytest.mark.parametrize(
    "path", ["notes/note", *(f"reviews/{name}" for name in (*KEYS, *SPELLINGS))]
)
def test_a_sealed_picture_is_left_out_and_reported(site: Site, path: str) -> None:
    page = site.page(f"{path}/index.html")
    head = " ".join(page.xpath("//head//@content | //head//@href | //script/text()"))
    assert "end.png" not in head
    assert not read_content(page, "twitter:image")
    assert not read_content(page, "twitter:image:alt")
    warnings = [one for one in site.warnings if one.startswith(f"{path}.md: ")]
    assert [sum(f"`{tag}`" in one for one in warnings) for tag in TAGS] == [1, 1, 1]
    assert all("end.png" in one for one in warnings)


@pytest.mark.parametrize("name", KEYS)
def test_our_picture_takes_its_place(site: Site, name: str) -> None:
    page = site.page(f"reviews/{name}/index.html")
    found = {key: read_content(page, f"og:image{key}") for key in ("", ":width", ":height", ":alt")}
    if name in ("covered", "whole"):
        assert found == {
            "": [f"{ROOT}reviews/cover.png"],
            ":width": ["200"],
            ":height": ["300"],
            ":alt": [f"Cover of {name}"],
        }
    else:
        assert not any(found.values())


@pytest.mark.parametrize("name", ["open", "bare"])
def test_a_picture_that_the_page_shows_openly_is_kept(site: Site, name: str) -> None:
    page = site.page(f"reviews/{name}/index.html")
    [data] = read_data(page)
    written = [
        *read_content(page, "og:image"),
        *read_content(page, "twitter:image"),
        *data["image"],
    ]
    assert {urljoin(f"{ROOT}reviews/{name}/", one) for one in written} == {f"{ROOT}reviews/end.png"}
    assert len(written) == 3
    assert not [one for one in site.warnings if one.startswith(f"reviews/{name}.md")]


def test_the_audit_has_nothing_to_add(site: Site) -> None:
    assert all("shows only in a spoiler" in one for one in site.warnings)
    assert Path(site.folder, "site/reviews/end.png").is_file()


ADDRESSES = {
    "whole": ("https://a.org/b/reviews/end.png", "/reviews/end.png"),
    "relative": ("../end.png", "/reviews/end.png"),
    "of the host": ("/b/reviews/end.png", "/reviews/end.png"),
    "quoted": (" https://a.org/b/reviews/the%20end.png?v=2", "/reviews/the end.png"),
    "of another address of the site": ("https://b.org/reviews/end.png", "/reviews/end.png"),
    "a copy of another host's": ("https://a.org/b/external/c.org/1.png", "//c.org/1.png"),
}
OTHERS = {
    "another folder": ("https://a.org/b/pics/end.png", "/end.png"),
    "a text": ("What the end.png means", "/end.png"),
    "no address": ("https://[", "/end.png"),
    "empty": ("", "/end.png"),
}


@pytest.mark.parametrize("case", [*ADDRESSES, *OTHERS])
def test_addresses_name_a_picture(case: str) -> None:
    written, picture = (ADDRESSES | OTHERS)[case]
    is_named = names_any({picture}, "reviews/emma/", "https://a.org/b/", written)
    assert is_named == (case in ADDRESSES)
