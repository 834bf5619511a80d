"""Makes small copies of a cover with Pillow, so that a list need not load pictures at full size."""

import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Pillow is imported only when a copy is made, because the import takes 60 ms.
    from PIL.Image import Image

# These widths in pixels are for ordinary and dense screens. Covers are about 90 wide in lists, and
# 190 on a card.
WIDTHS = (128, 256, 400)
# This is a part of each copy's key, so that a change here makes all copies again.
VERSION = b"1"
MOST_PIXELS = 50_000_000
SUFFIXES = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif")
# No other formats are read, because some of Pillow's readers start other programs.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 80
_METHOD = 2  # because 4 was measured to take 1.5 times as long, for files of the same size


class CopyError(Exception):
    """Says why no copy of a picture can be made, as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Holds WebP copies by their width. `width` and `height` are the size of the shown picture.

    There are no copies if the picture is small already, or is animated.
    """

    width: int
    height: int
    by_width: Mapping[int, bytes]


def is_installed() -> bool:
    """Return whether Pillow is installed; the extra `[images]` installs it."""
    return importlib.util.find_spec("PIL") is not None


def make_copies(content: bytes) -> Copies:
    """Return the copies that are narrower than the picture and have fewer bytes.

    Raise CopyError if the content cannot be read.
    """
    from PIL import Image  # noqa: PLC0415 - see above

    size = _read_size(content)
    # Pixels are not read if no copy is needed, because browsers show some pictures that Pillow
    # refuses.
    if size and max(size) <= WIDTHS[0]:
        return Copies(*size, {})
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            return _copy(image, len(content))
    except Exception as error:  # because broken files raise whatever Pillow's readers stumble over
        raise CopyError("it is damaged, or not a JPEG, PNG, WebP or GIF") from error


def frame_picture(content: bytes, size: tuple[int, int]) -> bytes:
    """Return a PNG file of this size with the whole picture in its middle, transparent around it.

    Raise CopyError if the picture cannot be read.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - see above

    _read_size(content)
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            image.draft(None, (2 * size[0], 2 * size[1]))
            upright = _to_colours(ImageOps.exif_transpose(_to_bytes(image)))
            small = ImageOps.contain(upright, size, Image.Resampling.LANCZOS)
            framed = ImageOps.pad(_to_srgb(small).convert("RGBA"), size, color=(0, 0, 0, 0))
    except Exception as error:  # as in `make_copies`
        raise CopyError("it is damaged, or not a JPEG, PNG, WebP or GIF") from error
    written = BytesIO()
    framed.save(written, "PNG")
    return written.getvalue()


def _read_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a picture, or None if they cannot be found without Pillow.

    Raise CopyError if a picture would fill the memory, because Pillow only warns.
    """
    import imagesize  # noqa: PLC0415 - as in `covers.read_picture`

    try:
        width, height = imagesize.get(BytesIO(content))
    except (ValueError, struct.error):
        return None  # Pillow finds out what is wrong
    if width * height > MOST_PIXELS:
        raise CopyError(f"it has {width} by {height} pixels")
    return (width, height) if width > 0 else None


def _copy(image: "Image", most: int) -> Copies:
    """Return the copies that have fewer than `most` bytes."""
    from PIL import ImageOps  # noqa: PLC0415 - see above

    # A JPEG by a camera may have a second picture, but it does not move.
    is_moving = image.format != "MPO" and getattr(image, "is_animated", False)
    # Modes that begin with I or F get no copies, because they have more than 8 bits, and Pillow
    # would turn most of the picture white or black.
    if is_moving or image.mode[0] in "IF":
        image.load()
        return Copies(*image.size, {})
    width, height = image.size
    # A JPEG is decoded at a smaller size, such as a half or an eighth, because that saves most of
    # the time.
    image.draft(None, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
    upright = ImageOps.exif_transpose(image)
    if (upright.width > upright.height) != (width > height):
        width, height = height, width
    largest = _resize(_to_colours(upright), min(WIDTHS[-1], width), width, height)
    srgb = _to_srgb(largest)
    copies = {one: _write(_resize(srgb, one, width, height)) for one in WIDTHS if one < width}
    return Copies(width, height, {one: data for one, data in copies.items() if len(data) < most})


def _resize(image: "Image", to: int, width: int, height: int) -> "Image":
    """Return an image `to` pixels wide; `width` and `height` give its shape."""
    from PIL.Image import Resampling  # noqa: PLC0415 - see above

    size = to, max(1, round(to * height / width))
    return image.resize(size, Resampling.LANCZOS, reducing_gap=3.0) if size != image.size else image


def _to_bytes(image: "Image") -> "Image":
    """Return an image in 8 bits, because Pillow turns most of a PNG file in 16 bits white."""
    if image.mode[0] != "I":
        return image
    return image.convert("I").point(lambda value: value / 256).convert("L")


def _to_colours(image: "Image") -> "Image":
    """Return an image whose pixels are colours, because numbers in a palette cannot be mixed."""
    if image.mode in ("RGB", "RGBA", "CMYK"):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _to_srgb(image: "Image") -> "Image":
    """Return the image in the colours of the web, so that its copies need no colour profile."""
    from PIL import ImageCms  # noqa: PLC0415 - see above

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile := image.info.get("icc_profile"):
        try:
            written = ImageCms.ImageCmsProfile(BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, written, web, outputMode=mode)
        except (ImageCms.PyCMSError, ImportError, OSError, ValueError, TypeError):
            return image.convert(mode)  # as browsers do with a profile that they cannot read
        return converted or image.convert(mode)
    return image.convert(mode)


def _write(image: "Image") -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=_QUALITY, method=_METHOD)
    return written.getvalue()
