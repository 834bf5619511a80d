"""Letters of fonts, and the files that Material's social plugin takes for a style."""

from pathlib import Path

import pytest

from mkdocs_bookreview.publishing.fonts import find_files, has_letters, may_have_letters

FONTS = Path("/usr/share/fonts/truetype/dejavu")
SERIF = FONTS / "DejaVuSerif.ttf"
SANS = FONTS / "DejaVuSans.ttf"


@pytest.mark.skipif(not FONTS.is_dir(), reason="No font found: apt-get install fonts-dejavu-core")
@pytest.mark.parametrize(
    ("files", "text", "expected"),
    [
        ([SERIF], "Emma – “Ærø”… 1984!", True),
        ([SERIF], "Πόλεμος и мир", True),
        ([SERIF], "雪国", False),
        ([SERIF], "Emma 国", False),
        # Only one of these fonts has Hebrew letters.
        ([SANS], "שלום", True),
        ([SERIF], "שלום", False),
        ([SANS, SERIF], "שלום", False),
        ([SERIF], " \n\u3000", True),
    ],
)
def test_letters_of_fonts(files: list[Path], text: str, expected: bool) -> None:
    assert has_letters(files, text) is expected


@pytest.mark.parametrize(
    ("family", "text", "expected"),
    [
        ("Roboto", "Война – Πόλεμος", True),
        ("Lora", "Война", False),
        ("Lora", "Šílený č. 5", True),
        ("Roboto", "שלום", False),
        ("Roboto", "🙂", False),
        ("Roboto", "", True),
    ],
)
def test_letters_of_fonts_that_are_not_there(family: str, text: str, expected: bool) -> None:
    assert may_have_letters(family, text) is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Bold.ttf", "Regular.ttf", "Light.ttf"], ["Bold.ttf", "Regular.ttf"]),
        (["Regular.otf", "Italic.otf"], ["Regular.otf", "Regular.otf"]),
        (["Condensed Regular.ttf", "10pt Regular.ttf"], ["10pt Regular.ttf"] * 2),
        (["Light.ttf", "Black.ttf"], ["Black.ttf", "Black.ttf"]),
        (["Bold.ttf.part", "notes.txt"], []),
        ([], []),
    ],
)
def test_files_of_styles(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("")
    found = find_files(tmp_path, ["Bold", "Regular"])
    assert [file.name for file in found] == expected


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert find_files(tmp_path / "missing", ["Bold"]) == []
