"""Covers in a built site: their copies, how they load, and sites without Pillow."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from mkdocs_bookreview.cards import kept_copies
from mkdocs_bookreview.publishing import pictures
from mkdocs_bookreview.rendering.covers import load_first_row
from tests.plugin.serving import ServedSite
from tests.plugin.sites import Site, Tree, build_site, review

SIZE = (500, 750)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="60"/>'


def draw(seed: int, kind: str = "JPEG") -> bytes:
    image = Image.effect_noise(SIZE, 20 + seed).convert("RGB")
    written = BytesIO()
    image.save(written, kind)
    return written.getvalue()


TITLES = ("Emma", "Dune", "Kim", "Sula", "Nox")
COVERS: dict[str, bytes | str] = {
    "emma.jpg": draw(1),
    "dune, part 1.jpg": draw(2),
    "kim.svg": SVG,
    "sula.jpg": draw(4),
    "nox.jpg": b"no picture",
}
PAGES: dict[str, bytes | str] = {
    "index.md": "# Home\n\n/// reviews\n    layout: covers\n///\n",
    **{f"reviews/{name}": content for name, content in COVERS.items()},
    **{
        f"reviews/{title.lower()}.md": review(
            title, book={"cover": cover}, date=f"2024-05-0{9 - number}"
        )
        for number, (title, cover) in enumerate(zip(TITLES, COVERS, strict=True))
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_site(tmp_path_factory.mktemp("covers"), PAGES)


def find_covers(page: Tree) -> list[Tree]:
    return page.xpath('//span[@class="bookreview-cover"]/img')


def find_preloads(page: Tree) -> list[Tree]:
    return page.xpath('//span[@class="bookreview-cover"]/link[@rel="preload"][@as="image"]')


def read_source(element: Tree, prefix: str = "", name: str = "src") -> list[str | None]:
    return [element.get(key) for key in (name, f"{prefix}srcset", f"{prefix}sizes")]


def read_copies(site: Site, folder: str, image: Tree) -> list[tuple[int, str]]:
    """Return the real widths of the pictures in `srcset`, and the widths that it states."""
    parts = [part.split() for part in image.get("srcset", "").split(", ") if part]
    base = site.folder / "site" / folder
    return [(Image.open(base / address).width, stated) for address, stated in parts]


@pytest.mark.parametrize("folder", [".", "reviews", "reviews/emma"])
def test_covers_have_copies_in_the_sizes_that_are_stated(site: Site, folder: str) -> None:
    covers = find_covers(site.page(f"{folder}/index.html"))
    assert covers
    for image in covers:
        widths = read_copies(site, folder, image)
        assert [f"{width}w" for width, _ in widths] == [stated for _, stated in widths]
        is_copied = image.get("src").endswith(("emma.jpg", "1.jpg", "sula.jpg"))
        assert [width for width, _ in widths] == ([128, 256, 400] if is_copied else [])
        assert (image.get("sizes") is not None) == is_copied
        if is_copied:
            assert (int(image.get("width")), int(image.get("height"))) == SIZE


def test_the_first_covers_of_a_list_load_at_once(site: Site) -> None:
    page = site.page("reviews/index.html")
    links, covers = find_preloads(page), find_covers(page)
    assert [link.get("fetchpriority") for link in links] == ["high", None, None]
    assert [read_source(link, "image", "href") for link in links] == [
        read_source(image) for image in covers[:3]
    ]
    assert {image.get("loading") for image in covers} == {"lazy"}


def test_a_picture_below_a_row_of_drawn_covers_loads_late() -> None:
    drawn = '<span class="bookreview-cover"><svg></svg></span>'
    picture = '<span class="bookreview-cover"><img src="a.jpg" width="4"></span>'
    link = '<link rel="preload" as="image" href="a.jpg"'
    html = load_first_row(drawn + picture * 3)
    assert html == load_first_row(drawn + picture * 2) + picture
    assert html.count(link) == html.count(f'">{link}') == 2
    assert load_first_row(drawn * 3 + picture) == drawn * 3 + picture


def test_the_cover_of_a_review_loads_first(site: Site) -> None:
    page = site.page("reviews/emma/index.html")
    first, *others = find_covers(page)
    [link] = find_preloads(page)
    assert link.get("fetchpriority") == "high"
    assert read_source(link, "image", "href") == read_source(first)
    assert others


def test_a_cover_of_which_no_copy_can_be_made_is_reported(site: Site) -> None:
    (warning,) = site.warnings
    assert warning.startswith("reviews/nox.jpg: No small copy of this cover can be made")


def test_copies_are_part_of_the_site_but_not_of_the_docs(site: Site) -> None:
    made = {name for name in site.files() if name.startswith("assets/bookreview/covers/")}
    assert len(made) == 9
    assert all(name.endswith(".webp") for name in made)
    assert {path.name for path in (site.folder / "docs").rglob("*.webp")} == set()
    assert len(list((site.folder / ".cache" / "bookreview").glob("*.webp"))) == 9


def test_another_build_makes_no_copy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(content: bytes) -> None:
        assert content == b"no picture"
        raise kept_copies.CopyError("of nothing")

    before = site.files()
    monkeypatch.setattr(kept_copies, "make_copies", make)
    assert build_site(site.folder, PAGES).files() == before


def test_without_pillow_covers_are_shown_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "is_installed", lambda: False)
    site = build_site(tmp_path, PAGES)
    (warning,) = site.warnings
    assert warning.startswith("reviews/nox.jpg: The size of this cover cannot be read")
    assert "srcset" not in site.text("reviews/index.html")
    assert not (tmp_path / ".cache").exists()


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    site = build_site(tmp_path, PAGES)
    (warning,) = site.warnings
    assert warning.startswith(".cache/bookreview: Small copies of covers cannot be written")
    assert "srcset" not in site.text("reviews/index.html")


def test_long_work_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_LONG", 2)
    monkeypatch.setattr(pictures, "_PAUSE", -1)
    site = build_site(tmp_path, PAGES)
    assert [text for text in site.infos if "small copies" in text] == [
        "Making small copies of 4 covers. Later builds use them again.",
        *(f"Made small copies of {number} of 4 covers." for number in range(1, 5)),
    ]


def test_another_cover_is_noticed_on_serve(tmp_path: Path) -> None:
    served = ServedSite(tmp_path, PAGES, dirty=True)
    served.build()
    path = tmp_path / "docs" / "reviews" / "emma.jpg"
    path.write_bytes(draw(7))
    os.utime(path, ns=(10**18, 10**18))
    dirty, clean = served.build(), served.build_clean()
    assert dirty.files.keys() == clean.files.keys()
    differing = {name for name in clean.files if dirty.files[name] != clean.files[name]}
    assert differing <= {"search/search_index.json"}  # whose pages have another order
