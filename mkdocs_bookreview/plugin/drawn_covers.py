"""Makes pictures of drawn covers, and finds the cover that a social card shows.

A drawn cover is SVG that we make for a book without a cover file.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from mkdocs_bookreview.cards.copies import SUFFIXES
from mkdocs_bookreview.cards.covers import draw_book
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.mentions import mention_once
from mkdocs_bookreview.publishing.pictures import CopyFolder, CoverFile
from mkdocs_bookreview.publishing.raster import is_installed, raster_covers
from mkdocs_bookreview.settings.metadata import OFF


def draw_covers(build: Build) -> Mapping[str, CoverFile]:
    """Return the pictures of drawn covers, by SVG markup, and add them to the site.

    A review gets a picture only if other services cannot show its covers. The result is empty
    without the extra `[images]`, without `site_url`, or if nothing shows the pictures.
    """
    is_used = build.social.is_on or build.settings.metadata.open_graph != OFF
    if not (build.config.site_url and is_used and is_installed()):
        return {}
    drawn = {
        draw_book(review.book): review.book.title
        for review in build.plan.reviews
        # A review with an SVG cover gets no other picture in its head, because its page shows that
        # cover.
        if (build.social.is_on or not review.book.cover) and not any(_list_pictures(build, review))
    }
    report = partial(mention_once, kept=build.earlier.kept)
    folder = CopyFolder(config_folder(build.config), build.made.add_copy, report)
    return raster_covers(drawn, folder)


def find_picture(build: Build, review: Review) -> Path | None:
    """Return the file of a review's cover, or else of its drawn cover; None without either."""
    for path in _list_pictures(build, review):
        return path
    drawn = build.drawn.get(draw_book(review.book))
    return drawn.path if drawn else None


def frame_picture(build: Build, review: Review, size: tuple[int, int]) -> Path | None:
    """Return a picture of this size that shows a review's cover; None if that is impossible."""
    picture = find_picture(build, review)
    return build.pictures.frame(picture, size, config_folder(build.config)) if picture else None


def _list_pictures(build: Build, review: Review) -> Iterator[Path]:
    """Yield the files of covers, except for SVG and other kinds that few services show."""
    for cover in (book.cover for book in review.books if book.cover):
        file = build.files.get_file_from_path(cover)
        if file and file.abs_src_path and cover.lower().endswith(SUFFIXES):
            yield Path(file.abs_src_path)
