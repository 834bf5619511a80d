"""Small copies of covers: their sizes and colours, and pictures of which none can be made."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from mkdocs_bookreview.cards import kept_copies
from mkdocs_bookreview.cards.copies import WIDTHS, Copies, CopyError, frame_picture, make_copies
from mkdocs_bookreview.cards.kept_copies import KeptCopies, name_content

RED, BLUE = (255, 0, 0), (0, 0, 255)


@cache
def draw(size: tuple[int, int]) -> Image.Image:
    """Return a picture that is red above and blue below, with noise, which takes many bytes."""
    noise = Image.effect_noise(size, 30).convert("RGB")
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, size[1] // 2, *size))
    return Image.blend(image, noise, 0.1)


def make(size: tuple[int, int] = (500, 750), kind: str = "JPEG", **options: Any) -> bytes:
    return save(draw(size), kind, **options)


def save(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def read(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    assert image.format == "WEBP"
    return image


def colour(image: Image.Image, x: float, y: float) -> str:
    """Return which colour is strongest at a place of the picture, whose sides count as 1."""
    at = round(x * (image.width - 1)), round(y * (image.height - 1))
    pixel = image.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return "RGB"[pixel.index(max(pixel))]


def turn(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_copies_have_the_shape_and_the_colours_of_the_cover(kind: str) -> None:
    content = make(kind=kind)
    copies = make_copies(content)
    assert (copies.width, copies.height) == (500, 750)
    assert [read(data).size for data in copies.by_width.values()] == [
        (width, width * 3 // 2) for width in WIDTHS
    ]
    for data in copies.by_width.values():
        assert len(data) < len(content)
        assert (colour(read(data), 0.5, 0.1), colour(read(data), 0.5, 0.9)) == ("R", "B")


@pytest.mark.parametrize(
    ("orientation", "red", "blue"), [(3, (0.5, 0.9), (0.5, 0.1)), (6, (0.9, 0.5), (0.1, 0.5))]
)
def test_a_photograph_is_upright(
    orientation: int, red: tuple[float, float], blue: tuple[float, float]
) -> None:
    copies = make_copies(make((450, 900), exif=turn(orientation)))
    assert (copies.width, copies.height) == ((450, 900) if orientation == 3 else (900, 450))
    copy = read(copies.by_width[256])
    assert copy.size == (256, 512 if orientation == 3 else 128)
    assert (colour(copy, *red), colour(copy, *blue)) == ("R", "B")
    assert not copy.getexif()


@pytest.mark.parametrize("size", [(128, 192), (60, 90), (1, 1)])
def test_a_small_cover_has_no_copies(size: tuple[int, int]) -> None:
    assert make_copies(make(size)).by_width == {}


def test_a_small_cover_with_broken_pixels_stays_as_it_is() -> None:
    assert make_copies(claim(1, 1)) == Copies(1, 1, {})


def test_a_copy_with_more_bytes_than_the_cover_is_left_out() -> None:
    flat = save(Image.new("P", (500, 750)), "PNG", optimize=True)
    assert all(len(data) < len(flat) for data in make_copies(flat).by_width.values())


def test_no_copy_is_wider_than_the_cover() -> None:
    assert [*make_copies(make((300, 450))).by_width] == [128, 256]


def test_a_colour_profile_is_worked_in() -> None:
    """The profile here is that of the web, but with red and blue exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = (
        profile.replace(b"rXYZ", b"----", 1)
        .replace(b"bXYZ", b"rXYZ", 1)
        .replace(b"----", b"bXYZ", 1)
    )
    copy = read(make_copies(make(icc_profile=exchanged)).by_width[128])
    assert (colour(copy, 0.5, 0.1), colour(copy, 0.5, 0.9)) == ("B", "R")
    assert "icc_profile" not in copy.info
    plain = read(make_copies(make(icc_profile=b"no profile")).by_width[128])
    assert colour(plain, 0.5, 0.1) == "R"


def test_colours_for_print_become_those_of_the_web() -> None:
    content = save(Image.open(BytesIO(make())).convert("CMYK"), "JPEG")
    copy = read(make_copies(content).by_width[128])
    assert (colour(copy, 0.5, 0.1), colour(copy, 0.5, 0.9)) == ("R", "B")


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "L", "1"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    image = Image.effect_noise((500, 750), 90).convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    copies = make_copies(save(image.convert(mode), "PNG"))
    copy = read(copies.by_width[128])
    is_clear = mode in ("RGBA", "P", "LA")
    assert (copy.mode == "RGBA" and copy.getextrema()[3] == (0, 0)) == is_clear


def animate(kind: str) -> bytes:
    frames = [Image.new("RGB", (500, 750), one) for one in (RED, BLUE)]
    return save(frames[0], kind, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_a_cover_that_moves_stays_as_it_is(kind: str) -> None:
    copies = make_copies(animate(kind))
    assert (copies.width, copies.height, copies.by_width) == (500, 750, {})


def test_a_photograph_of_two_frames_is_none_that_moves() -> None:
    frame = Image.open(BytesIO(make()))
    assert [*make_copies(save(frame, "MPO", save_all=True, append_images=[frame])).by_width] == [
        *WIDTHS
    ]


def test_deep_colours_stay_as_they_are() -> None:
    assert make_copies(save(Image.new("I;16", (500, 750), 9000), "PNG")).by_width == {}


def test_deep_colours_are_neither_white_nor_black_in_a_frame() -> None:
    deep = save(Image.new("I;16", (500, 750), 100 * 256 + 9), "PNG")
    framed = Image.open(BytesIO(frame_picture(deep, (20, 30))))
    assert framed.getpixel((10, 15)) == (100, 100, 100, 255)


def claim(width: int, height: int) -> bytes:
    """Return a picture whose head says that it has this size."""
    content = make((10, 10), "PNG")
    return content[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + content[24:]


@pytest.mark.parametrize(
    ("content", "why"),
    {
        "empty": (b"", "damaged"),
        "text": (b"<html>not found</html>", "damaged"),
        "half": (make()[:5000], "damaged"),
        "half of a PNG": (make(kind="PNG")[:5000], "damaged"),
        "a wrong size": (claim(500, 750), "damaged"),
        "a huge size": (claim(10_000, 10_000), "10000 by 10000"),
        "a size that no memory holds": (claim(2**31 - 1, 2**31 - 1), "2147483647 by"),
        "another format": (save(Image.new("RGB", (500, 750)), "TIFF"), "not a JPEG"),
    }.values(),
)
@pytest.mark.filterwarnings("error")
def test_a_picture_of_which_no_copy_can_be_made(content: bytes, why: str) -> None:
    with pytest.raises(CopyError, match=why):
        make_copies(content)


@pytest.fixture
def cover(tmp_path: Path) -> Path:
    path = tmp_path / "emma.jpg"
    path.write_bytes(make())
    return path


def forbid(_: bytes) -> None:
    raise AssertionError("The copies were there already.")


def test_copies_are_made_once(tmp_path: Path, cover: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = KeptCopies(tmp_path / "kept")
    name = name_content(cover)
    assert first.find(name) is None
    made = first.make(cover, name)
    first.save()
    monkeypatch.setattr(kept_copies, "make_copies", forbid)
    second = KeptCopies(tmp_path / "kept")
    assert second.find(name) == made
    assert [Image.open(second.path(made, width)).width for width in made.widths] == [*WIDTHS]


SPOIL: dict[str, Callable[[Path], object]] = {
    "a copy less": lambda folder: next(folder.glob("*-256.webp")).unlink(),
    "no index": lambda folder: (folder / "covers.json").unlink(),
    "half an index": lambda folder: (folder / "covers.json").write_text('[{"digest":'),
    "another index": lambda folder: (folder / "covers.json").write_text('[{"name": "a"}]'),
    "no list": lambda folder: (folder / "covers.json").write_text("null"),
}


@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL)
def test_what_is_lost_is_made_again(
    tmp_path: Path, cover: Path, spoil: Callable[[Path], object]
) -> None:
    folder, name = tmp_path / "kept", name_content(cover)
    first = KeptCopies(folder)
    made = first.make(cover, name)
    first.save()
    spoil(folder)
    second = KeptCopies(folder)
    assert second.find(name) is None
    assert second.make(cover, name) == made
    second.save()
    assert KeptCopies(folder).find(name) == made
    assert {path.suffix for path in folder.iterdir()} == {".json", ".webp"}
