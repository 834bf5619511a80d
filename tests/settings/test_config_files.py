"""Our part of `mkdocs.yml`: where it stands, and the places of its problems."""

import pytest

from mkdocs_bookreview.settings.config_file import read_config_file
from mkdocs_bookreview.settings.options import read_settings


def read(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.yml").write_text(text, "utf-8")
    return read_config_file(tmp_path / "mkdocs.yml")


def problems(config):
    return [str(one.place) for one in read_settings(config.options, config.marks)[1]]


AS_LIST = """\
site_name: Books
plugins:
  - search
  - bookreview:
      rating:
        scale: ten
      reviews: {per_page: 0}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
extra: {key: !ENV [SECRET, none]}
"""
AS_MAPPING = """\
plugins:
  search:
  bookreview:
    rating:
      scale: ten
    reviews:
      per_page: 0
"""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (AS_LIST, ["mkdocs.yml:6:9", "mkdocs.yml:7:17"]),
        (AS_MAPPING, ["mkdocs.yml:5:7", "mkdocs.yml:7:7"]),
        ("plugins:\n- bookreview:\n    comments:\n      load: click\n", ["mkdocs.yml:3:5"]),
        ("plugins: [search, bookreview: {sign_of: x}]\n", ["mkdocs.yml:1:32"]),
    ],
)
def test_place_of_a_wrong_option(tmp_path, text, places):
    assert problems(read(tmp_path, mkdocs=text)) == places


@pytest.mark.parametrize(
    "text",
    [
        "plugins: [search, bookreview]",
        "plugins: [bookreview: ]",
        "plugins: {bookreview: }",
        "plugins: {bookreview: {}}",
    ],
)
def test_no_options(tmp_path, text):
    assert read(tmp_path, mkdocs=text).options == {}


@pytest.mark.parametrize(
    "text", ["", "site_name: x", "plugins:", "plugins: [search]", "plugins: x"]
)
def test_not_listed(tmp_path, text):
    config = read(tmp_path, mkdocs=text)
    assert config.options is None
    assert config.docs_dir == tmp_path / "docs"


def test_inherited(tmp_path):
    config = read(
        tmp_path,
        mkdocs="INHERIT: base.yml\nsite_name: Books\n",
        base="INHERIT: ground.yml\ndocs_dir: texts\n",
        ground=AS_LIST + "docs_dir: other\n",
    )
    assert config.docs_dir == tmp_path / "texts"
    assert problems(config) == ["ground.yml:6:9", "ground.yml:7:17"]


def test_the_nearest_file_that_lists_us_counts(tmp_path):
    config = read(
        tmp_path,
        mkdocs="INHERIT: base.yml\nplugins:\n  - bookreview: {reviewer: 5}\n",
        base=AS_LIST,
    )
    assert config.options == {"reviewer": "5"}


def test_inherits_from_itself(tmp_path):
    config = read(
        tmp_path,
        mkdocs="INHERIT: base.yml\n",
        base="INHERIT: ./mkdocs.yml\nplugins: [bookreview]\n",
    )
    assert config.options == {}


def test_inherits_from_nothing(tmp_path):
    with pytest.raises(OSError, match=r"none\.yml"):
        read(tmp_path, mkdocs="INHERIT: none.yml\n")


def test_broken(tmp_path):
    config = read(tmp_path, mkdocs="plugins: [\n")
    assert config.options is None
    assert [problem.place.file for problem in config.problems] == ["mkdocs.yml"]


def test_a_long_navigation_is_no_bomb(tmp_path):
    nav = "".join(f"  - Title {n}: reviews/{n}.md\n" for n in range(15_000))
    config = read(tmp_path, mkdocs=f"nav:\n{nav}plugins: [bookreview]\n")
    assert (config.options, config.problems) == ({}, ())


@pytest.mark.parametrize(
    ("files", "place", "site_url"),
    [
        ({"mkdocs": "site_url: http://[x/\n"}, "mkdocs.yml:1:1", None),
        (
            {"mkdocs": "INHERIT: base.yml\n", "base": "site_name: B\nsite_url: ann.example\n"},
            "base.yml:2:1",
            None,
        ),
        # What another file overrides does not count.
        (
            {"mkdocs": "INHERIT: base.yml\nsite_url: https://a.b/\n", "base": "site_url: x\n"},
            None,
            "https://a.b/",
        ),
        ({"mkdocs": "site_url: ''\n"}, None, ""),
    ],
)
def test_an_invalid_address_of_the_site_is_left_out(tmp_path, files, place, site_url):
    config = read(tmp_path, **files)
    assert [str(one.place) for one in config.problems] == ([place] if place else [])
    assert config.site.get("site_url") == site_url
