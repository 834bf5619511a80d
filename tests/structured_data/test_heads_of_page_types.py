"""Counts what the heads of all types of pages say, in several themes, as browsers read them."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image

from mkdocs_bookreview.plugin import drawn_covers
from tests.browser.page_types import OPTIONS, PATHS, write_pages
from tests.plugin.sites import Site, Tree, build_site, review

ROOT = "https://example.org/shelf/"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
THEMES = ("material", "mkdocs", "readthedocs")
# Pages that are neither a review nor a list, and one that only leads to another.
OTHERS = {"home", "blocks", "redirect"}
PAGES = {name: path for name, path in PATHS.items() if name not in OTHERS}
ONCE = ("description", "og:title", "og:url", "og:type", "og:site_name", "og:locale", "twitter:card")
AT_MOST_ONCE = (
    *("og:description", "og:image", "og:image:width", "og:image:height", "og:image:alt"),
    *("twitter:title", "twitter:description", "twitter:image"),
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="60"/>'
# The sizes of covers in pixels, if services show them.
COVERS = {"photo.jpg": (200, 300), "a b&c.png": (90, 120), "drawing.svg": None}


def draw(size: tuple[int, int], kind: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, kind)
    return written.getvalue()


def write_site_pages() -> dict[str, str | bytes]:
    kinds = {".jpg": "JPEG", ".png": "PNG"}
    pages: dict[str, str | bytes] = {**write_pages()}
    for number, (name, size) in enumerate(COVERS.items()):
        pages[f"reviews/{name}"] = draw(size, kinds[Path(name).suffix]) if size else SVG
        pages[f"reviews/cover-{number}.md"] = review(f"Cover {number}", book={"cover": name})
    return pages


def put_font(folder: Path) -> None:
    """Put a font where the social plugin looks for one that it has downloaded."""
    cache = folder / "fonts" / "Roboto"
    cache.mkdir(parents=True)
    for style, file in {"Regular": "DejaVuSans", "Bold": "DejaVuSans-Bold"}.items():
        (cache / f"{style}.ttf").write_bytes((FONTS / f"{file}.ttf").read_bytes())


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the social plugin's folder, which all sites share, so that each card is made once."""
    pytest.importorskip("cairosvg", reason="mkdocs-material[imaging] is not installed")
    if not FONTS.is_dir():
        pytest.skip("No font found: apt-get install fonts-dejavu-core")
    folder = tmp_path_factory.mktemp("cards")
    put_font(folder)
    return folder


@pytest.fixture(scope="module", params=[f"{theme}{more}" for more in ("", "+") for theme in THEMES])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site in a theme; `+` has the social plugin."""
    plugins: list[object] = ["search", {"bookreview": OPTIONS}]
    if request.param.endswith("+"):
        folder = request.getfixturevalue("cards")
        plugins.append({"material/social": {"cache_dir": str(folder)}})
    with pytest.MonkeyPatch.context() as patch:
        # With the extra `[images]` in one theme only, because drawing takes long.
        patch.setattr(drawn_covers, "is_installed", lambda: has_drawn(request.param))
        return build_site(
            tmp_path_factory.mktemp("heads"),
            write_site_pages(),
            plugins=plugins,
            theme={"name": request.param.removesuffix("+")},
            site_url=ROOT,
            markdown_extensions=["attr_list"],
        )


def has_drawn(theme: str) -> bool:
    return theme == "mkdocs"


def find_meta(page: Tree, name: str) -> list[str]:
    return page.xpath(f'//head/meta[@name="{name}" or @property="{name}"]/@content')


def test_each_page_of_ours_says_everything_once(site: Site) -> None:
    for name, path in PAGES.items():
        page = site.page(f"{path}index.html")
        counts = {key: len(find_meta(page, key)) for key in ONCE}
        assert counts == dict.fromkeys(ONCE, 1), name
        assert all(find_meta(page, key)[0] for key in ONCE), name
        assert [key for key in AT_MOST_ONCE if len(find_meta(page, key)) > 1] == [], name
        address = [f"{ROOT}{path}"]
        assert page.xpath('//head/link[@rel="canonical"]/@href') == address, name
        assert find_meta(page, "og:url") == address, name


@pytest.mark.parametrize("name", ["home", "blocks"])
def test_other_pages_say_what_the_theme_says(site: Site, name: str) -> None:
    page = site.page(f"{PATHS[name]}index.html")
    assert not find_meta(page, "og:site_name")
    assert not find_meta(page, "og:locale")


def test_a_review_says_what_its_front_matter_says(site: Site) -> None:
    page = site.page(f"{PATHS['review']}index.html")
    title = {"og:type": ["article"], "og:title": ["Never Let Me Go – Kazuo Ishiguro"]}
    found = {
        **({} if is_with_cards(site) else title),
        "og:site_name": ["Shelf"],
        "og:locale": ["en_US"],
        "article:published_time": ["2024-05-01"],
        "article:modified_time": [],
        "article:author": ["Nell Ashworth"],
        "article:tag": ["Memory", "Grief"],
    }
    assert {key: find_meta(page, key) for key in found} == found


def test_lists_and_books_to_read_are_no_articles(site: Site) -> None:
    for path in ("reviews/", "themes/memory/", "stats/", "reviews/later/"):
        page = site.page(f"{path}index.html")
        assert find_meta(page, "og:type") == ["website"]
        assert not page.xpath('//head/meta[starts-with(@property, "article:")]')


def is_with_cards(site: Site) -> bool:
    return (site.folder / "site/assets/images/social").is_dir()


@pytest.mark.parametrize("number", range(len(COVERS)))
def test_the_picture_of_a_cover(site: Site, number: int) -> None:
    size = list(COVERS.values())[number]
    page = site.page(f"reviews/cover-{number}/index.html")
    [shown] = page.xpath('//*[contains(@class, "bookreview-card")]//img/@src')
    if is_with_cards(site):
        [address] = find_meta(page, "og:image")
        assert address.startswith(f"{ROOT}assets/images/social/")
        assert find_meta(page, "og:image:width") == ["1200"]
    elif size:
        assert find_meta(page, "og:image") == [urljoin(f"{ROOT}reviews/cover-{number}/", shown)]
        sizes = [find_meta(page, f"og:image:{key}") for key in ("width", "height")]
        assert sizes == [[str(pixels)] for pixels in size]
        assert find_meta(page, "og:image:alt") == [f"Cover of Cover {number}"]
    else:
        assert not page.xpath('//head/meta[starts-with(@property, "og:image")]')


def test_a_drawn_cover_needs_the_extra(site: Site) -> None:
    page = site.page("reviews/more-0/index.html")
    theme = "mkdocs" if page.xpath('//link[contains(@href, "bootstrap")]') else "other"
    addresses = find_meta(page, "og:image")
    if is_with_cards(site):
        return
    if not has_drawn(theme):
        assert not addresses
        return
    [address] = addresses
    file = site.folder / "site" / address.removeprefix(ROOT)
    with Image.open(file) as image:
        sizes = [find_meta(page, f"og:image:{key}") for key in ("width", "height")]
        assert sizes == [[str(pixels)] for pixels in image.size]
        assert image.format == "PNG"
