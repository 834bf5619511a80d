from dataclasses import replace
from pathlib import Path

import pytest
from build_time import (
    ASSETS,
    BARE,
    BLOG,
    BYTES,
    OURS,
    SILENT,
    WITH,
    WITHOUT,
    WORDS,
    Build,
    Shelf,
    WithoutReviews,
    find_figures,
    rebuild,
    write_sites,
)
from libraries import Library


def make_shelf(count: int, seconds: dict[str, list[float]], memory: int = 100) -> Shelf:
    shelf = Shelf.__new__(Shelf)
    shelf.count, shelf.pages, shelf.assets = count, count + 5, {"css": 4.5, "js": 4.1}
    shelf.builds = {kind: [Build(one, memory) for one in all_] for kind, all_ in seconds.items()}
    shelf.rebuilds = {OURS: [3, 6, 9], BYTES: [6, 6, 6], WORDS: [3, 3, 3]}
    shelf.dirty_rebuilds = {OURS: [1, 2, 3], BYTES: [1, 1, 1], WORDS: [0.5, 0.5, 0.5]}
    return shelf


def test_figures_are_medians_of_pairs_without_an_empty_build() -> None:
    after = "after one edit, beside plain Material of as many"
    empty = make_shelf(0, {OURS: [1, 1, 7], BYTES: [0.5], WORDS: [0.5], BLOG: [2]})
    small = make_shelf(
        1000,
        {
            OURS: [2, 5, 11],
            BYTES: [2.5, 2.5, 2.5],
            WORDS: [1.5, 1.5, 1.5],
            BARE: [1, 4, 11],
            BLOG: [10, 10, 10],
            SILENT: [2, 4, 10],
        },
    )
    large = make_shelf(
        10_000, {OURS: [11, 41, 101], BYTES: [40.5] * 3, WORDS: [20.5] * 3, BARE: [10] * 3}
    )
    large.builds[OURS] = [replace(build, memory=130) for build in large.builds[OURS]]
    plain = WithoutReviews.__new__(WithoutReviews)
    plain.count, plain.seconds = 100, {WITH: [1.5, 3, 9], WITHOUT: [1, 2, 3]}
    figures = find_figures(empty, [small, large], [plain])
    rows = {what: (measured, limit) for what, measured, limit in figures}
    beside = "beside plain Material of as many"
    assert rows == {
        "whole time beside bare Material of as many pages, 1000 reviews": (1.25, 1.2),
        "whole time beside bare Material of as many pages, 10000 reviews": (4.1, None),
        "whole time beside ours without `metadata`, 1000 reviews": (1.1, 1.02),
        "whole time without a review, 101 pages, beside no plugin": (1.5, 1.03),
        f"cost per page {beside} bytes, 1000 reviews, 1005 pages": (2.0, 1.1),
        f"cost per page {beside} bytes, 10000 reviews, 10005 pages": (1.0, 1.15),
        f"cost per page {beside} words, 1000 reviews, 1005 pages": (4.0, None),
        f"cost per page {beside} words, 10000 reviews, 10005 pages": (2.0, None),
        f"peak memory {beside} bytes, 1000 reviews": (1.0, None),
        f"peak memory {beside} bytes, 10000 reviews": (1.3, 1.4),
        f"peak memory {beside} words, 1000 reviews": (1.0, None),
        f"peak memory {beside} words, 10000 reviews": (1.3, None),
        "t(10000) / t(1000)": (10.0, 10.5),
        "time beside Material's blog with tags, 1000 reviews": (0.5, 0.35),
        f"a rebuild on serve {after} bytes, 1000 reviews": (1.0, 1.5),
        f"a rebuild on serve --dirty {after} bytes, 1000 reviews": (2.0, 3),
        f"a rebuild on serve {after} words, 1000 reviews": (2.0, 1.5),
        f"a rebuild on serve --dirty {after} words, 1000 reviews": (4.0, 3),
        "CPU seconds of a rebuild on serve --dirty after one edit, 1000 reviews": (2, 1.5),
        "CSS of a page, compressed, in kB": (4.5, 8),
        "JS of a page, compressed, in kB": (4.1, 6),
    }


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sites")
    return {kind: folder / kind for kind in (OURS, BYTES, WORDS, BARE, BLOG)}


@pytest.fixture(scope="module")
def written(sites: dict[str, Path]) -> tuple[int, dict[str, float]]:
    return write_sites(sites, 3)


def test_plain_sites_have_as_many_pages(
    sites: dict[str, Path], written: tuple[int, dict[str, float]]
) -> None:
    count, _ = written
    built = (sites[OURS] / "site").rglob("*.html")
    assert len([path for path in built if path.name != "404.html"]) == count
    for kind in (BYTES, WORDS, BARE):
        assert len(list((sites[kind] / "docs").rglob("*.md"))) == count


@pytest.mark.usefixtures("written")
def test_all_sites_have_the_same_texts(sites: dict[str, Path]) -> None:
    paragraph = Library(1).text(78)
    for kind, site in sites.items():
        path = "blog/posts/book-0.md" if kind == BLOG else "reviews/book-0.md"
        assert paragraph in (site / "docs" / path).read_text("utf-8")


@pytest.mark.usefixtures("written")
def test_a_rebuild_takes_time_and_leaves_the_page_as_it_was(sites: dict[str, Path]) -> None:
    page = sites[OURS] / "docs" / "reviews" / "book-0.md"
    text = page.read_text("utf-8")
    assert rebuild(sites[OURS]) > 0
    assert page.read_text("utf-8") == text


def test_styles_and_scripts_of_a_page_are_small(written: tuple[int, dict[str, float]]) -> None:
    _, sizes = written
    assert sizes.keys() == ASSETS.keys()
    assert all(1 < size <= ASSETS[kind] for kind, size in sizes.items())
