"""Drawn covers as PNG files. What they show is read from their pixels."""

import builtins
from collections import Counter
from collections.abc import Callable
from ctypes.util import find_library
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from mkdocs_bookreview.cards.typographic import draw_cover
from mkdocs_bookreview.publishing import raster
from mkdocs_bookreview.publishing.pictures import CopyFolder
from mkdocs_bookreview.publishing.raster import RASTER_SIZE, raster_covers, render_png

pytestmark = pytest.mark.skipif(
    find_library("cairo") is None, reason="No cairo found: apt-get install libcairo2"
)

EMMA = draw_cover("Emma", "Jane Austen")
NO_FONT = "\U00013000"  # a hieroglyph
SHADE = 40  # how far two colours may differ, and still be the same to the eye


def read(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as image:
        return image.convert("RGB")


def is_like(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < SHADE for a, b in zip(one, other, strict=True))


class Folder:
    """A site's folder that notes messages and added files."""

    def __init__(self, path: Path) -> None:
        self.messages: list[str] = []
        self.added: dict[str, Path] = {}
        self.to = CopyFolder(path, self.added.__setitem__, self.messages.append)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Never Let Me Go", "Kazuo Ishiguro"),
        ("Sein & <Zeit>", "Ærø Œuvre"),
        ("Ne\u0301e", ""),
    ],
)
def test_a_picture_has_the_colours_of_the_drawing(title: str, author: str) -> None:
    svg = draw_cover(title, author)
    image = read(render_png(svg) or b"")
    assert image.size == RASTER_SIZE == (600, 900)
    # The drawing itself says which two colours it has.
    ground, *_ = (part[:6] for part in svg.split('fill="#')[1:])
    seen = Counter(zip(*[iter(image.tobytes())] * 3, strict=True))
    [(most, count)] = seen.most_common(1)
    assert is_like(most, tuple(bytes.fromhex(ground)))
    assert count > image.width * image.height / 2


def find_ink(svg: str, top: int, bottom: int) -> int:
    """Return how many pixels between two heights are not of the ground."""
    image = read(render_png(svg) or b"").crop((110, top, 590, bottom))
    ground = image.getpixel((479, 0))
    return sum(
        not is_like(image.getpixel((x, y)), ground)
        for x in range(0, image.width, 2)
        for y in range(0, image.height, 2)
    )


def test_a_picture_has_title_and_author() -> None:
    title, author = (150, 640), (740, 850)
    assert find_ink(EMMA, *title) > find_ink(draw_cover("", "Jane Austen"), *title) + 500
    assert find_ink(EMMA, *author) > find_ink(draw_cover("Emma", ""), *author) + 100


@pytest.mark.parametrize("title", [f"A {NO_FONT}", "שלום", "Emma كتاب", "हिन्दी", "ไทย"])
def test_what_no_font_draws_right_has_no_picture(title: str) -> None:
    assert render_png(draw_cover(title, "")) is None
    assert render_png(draw_cover("Emma", title)) is None


def test_pictures_are_made_once_and_are_added_each_time(folder: Folder, tmp_path: Path) -> None:
    made = raster_covers({EMMA: "Emma"}, folder.to)
    [(address, path)] = folder.added.items()
    assert (made[EMMA].address, made[EMMA].path) == (address, path)
    assert address == f"assets/bookreview/covers/{path.name}"
    assert path.parent == tmp_path / ".cache/bookreview"
    path.write_bytes(b"kept")
    again = Folder(tmp_path)
    assert raster_covers({EMMA: "Emma"}, again.to) == made
    assert again.added == folder.added
    assert path.read_bytes() == b"kept"
    assert folder.messages == again.messages == []


def test_a_missing_letter_is_reported_once_for_all_covers(folder: Folder) -> None:
    drawn = {draw_cover(f"{NO_FONT} {number}", ""): f"Title {number}" for number in range(5)}
    made = raster_covers({EMMA: "Emma", **drawn}, folder.to)
    assert list(made) == [EMMA]
    [message] = folder.messages
    assert "`Title 0`, `Title 1`, `Title 2` and 2 more" in message
    assert "Emma" not in message


def test_long_work_is_announced(folder: Folder) -> None:
    drawn = {draw_cover(f"{NO_FONT} {number}", ""): "A" for number in range(21)}
    raster_covers(drawn, folder.to)
    assert folder.messages[0] == "Making PNG files of 21 covers. Later builds use them again."


def refuse_import(error: Exception) -> Callable[..., object]:
    real = builtins.__import__

    def load(name: str, *args: object, **kwargs: object) -> object:
        if name == "cairosvg":
            raise error
        return real(name, *args, **kwargs)

    return load


def test_without_the_library_cairo(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError('no library called "cairo-2" was found\nno library called "cairo" was found')
    monkeypatch.setattr(builtins, "__import__", refuse_import(error))
    assert raster_covers({EMMA: "Emma"}, folder.to) == {}
    [message] = folder.messages
    assert '(no library called "cairo-2" was found)' in message
    assert not folder.added


def test_without_the_extra_nothing_is_drawn(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    raster_covers({EMMA: "Emma"}, folder.to)
    folder.added.clear()
    monkeypatch.setattr(raster, "is_installed", lambda: False)
    assert raster_covers({EMMA: "Emma"}, folder.to) == {}
    assert not folder.added
    assert not folder.messages


def test_a_folder_that_cannot_be_written(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    assert raster_covers({EMMA: "Emma"}, folder.to) == {}
    [message] = folder.messages
    assert ".cache" in message
