"""Pages say in their head what they are, in a built site and in an exported one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_bookreview.cli.main import main
from tests.plugin.sites import Site, build_site, review

VOCABULARY = """\
sea:
  description: |
    All that is *wet*,
    and ||deep||.

    More of it.
salt: {description: Of the sea.}
sand: {description: "*Of the sea*."}
list: {description: "- one\\n- two"}
hush: {description: "||It sinks||."}
own: {description: Mine too.}
"""
PAGES = {
    "index.md": "# Home\n\nNothing of ours.\n",
    "about.md": "# About\n\nOpen, ||closed||.\n",
    "empty.md": "# Empty\n\n/// spoiler\nclosed\n///\n",
    "../themes.yml": VOCABULARY,
    "reviews/index.md": "# All of them\n",
    "themes/index.md": "---\ndescription: Mine.\n---\n# Themes\n",
    "authors/ann-oh.md": "# Ann Oh\n\nShe reads, ||and lies||.\n\nMore.\n",
    "series/index.md": "---\ndescription: Of ||closed||.\n---\n",
    "genres/novel.md": "# Novel\n\nAll of this kind.\n\n- A\n",
    "genres/tale.md": "# Tale\n\nAll of *this* kind.\n\n- B\n",
    "r/a.md": review(
        "Ay",
        "Ann Oh",
        date="2024-03-01",
        themes=["Sea", "Salt", "Sand", "List", "Hush", "Own"],
        book={"genres": ["Novel", "Tale"]},
    ),
    "r/mine.md": review("Dee", "Bo Li", date="2022-01-01", description="Mine too."),
    "r/b.md": review(
        "Bee", "Bo Li", date="2024-02-01", themes=["Lace"], book={"series": "Bees", "pages": 3}
    ),
    "r/c.md": review(
        "Cee", "Bo Li", date="2024-01-01", themes=["Lace", {"name": "Sea", "spoiler": True}]
    ),
    "r/again.md": review("Cee", "Bo Li", date="2023-01-01", themes=["Lace"], reviewer="Ann"),
    "r/stub.md": review("Zqxstub", "Bo Li", shelf="to-read", themes=["Lace"]),
    "r/draft.md": review("Zqxdraft", "Bo Li", draft=True, themes=["Lace"]),
    "r/later.md": review("Zqxlater", "Bo Li", date="2999-01-01", themes=["Lace"]),
}
DESCRIPTIONS = {
    "index": [],
    "about": ["Open, [spoiler]."],
    "empty": ["Empty"],
    "reviews/index": ["Reviews of 4 books, among them “Ay” by Ann Oh and “Bee” by Bo Li."],
    "reviews/page/2": ["Reviews of 4 books, among them “Cee” by Bo Li, page 2."],
    "themes/index": ["Mine."],
    "themes/sea": ["All that is wet, and [spoiler]."],
    "themes/salt": ["Salt: 1 book (“Ay” by Ann Oh)."],
    "themes/sand": ["Sand: 1 book (“Ay” by Ann Oh)."],
    "themes/list": ["List: 1 book (“Ay” by Ann Oh)."],
    "themes/hush": ["Hush: 1 book (“Ay” by Ann Oh)."],
    "themes/own": ["Own: 1 book (“Ay” by Ann Oh)."],
    "genres/novel": ["All of this kind."],
    "genres/tale": ["Tale: 1 book (“Ay” by Ann Oh)."],
    "themes/lace": ["Lace: 2 books (“Bee” and “Cee” by Bo Li)."],
    "themes/lace/page/2": ["Lace: 2 books, among them “Cee” by Bo Li, page 2."],
    "authors/ann-oh": ["She reads, [spoiler]."],
    "series/index": ["Series: 1 entry for 1 book (Bees)."],
    "r/c": ["January 1, 2024: A review of Cee – Bo Li"],
    "r/again": ["Ann, January 1, 2023: A review of Cee – Bo Li"],
    "r/stub": ["To read: Zqxstub – Bo Li"],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("described")
    return build_site(folder, PAGES, {"reviews": {"per_page": 2}})


@pytest.fixture(scope="module")
def exported(site: Site) -> Path:
    folder = site.folder / "exported"
    arguments = ["export", "markdown", str(folder), "-f", str(site.folder / "mkdocs.yml")]
    result = CliRunner().invoke(main, arguments)
    assert "1 problem" in result.output  # the description with a spoiler
    return folder / "docs"


def find_address(source: str) -> str:
    return f"{source}.html" if source.endswith("index") else f"{source}/index.html"


def read_descriptions(site: Site) -> Iterator[tuple[str, list[str]]]:
    for path in site.files():
        if path.endswith(".html"):
            yield path, site.page(path).xpath("//head/meta[@name='description']/@content")


@pytest.mark.parametrize("source", DESCRIPTIONS)
def test_a_built_page(site: Site, source: str) -> None:
    page = site.page(find_address(source))
    assert page.xpath("//head/meta[@name='description']/@content") == DESCRIPTIONS[source]


@pytest.mark.parametrize("source", DESCRIPTIONS)
def test_an_exported_page(exported: Path, source: str) -> None:
    _, *parts = (exported / f"{source}.md").read_text("utf-8").split("---\n", 2)
    meta = yaml.safe_load(parts[0]) if parts else {}
    assert [*filter(None, [meta.get("description")])] == DESCRIPTIONS[source]


def test_descriptions_differ_and_name_nothing_that_is_not_shown(site: Site) -> None:
    found = dict(read_descriptions(site))
    assert found.pop("r/stub/index.html")
    texts = [text for texts in found.values() for text in texts]
    assert len(texts) > 20
    assert len({*texts}) == len(texts)
    assert not any("Zqx" in text for text in texts)
    assert not any(
        "Cee" in text for path, texts in found.items() if "sea" in path for text in texts
    )
