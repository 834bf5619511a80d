"""Pages of themes, as a vocabulary and the reviews make them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from sites import Site, build_site, review, text_of, with_class, write_site

from mkdocs_bookreview.cli.main import main

VOCABULARY = """\
self: {name: Being someone, description: "How a person comes to be *this* one."}
memory:
  aliases: [Remembering, Recollection & recall]
  parents: self
  related: [Grief]
  description: |
    What we keep. ||The narrator's secretplot||

    ## And more
grief: {parents: [loss, self]}
loss:
unused: {parents: self}
clones: {spoiler: true, aliases: [Secretalias]}
"""
PAGES = {
    "index.md": "# Home\n",
    "../themes.yml": VOCABULARY,
    "reviews/a.md": review("Ay", themes=["Remembering", {"name": "Class", "weight": "central"}]),
    "reviews/b.md": review("Bee", themes=["memory", "Class", "Grief"], rating=3),
    "reviews/c.md": review("Cee", themes=["Grief", "Clones", {"name": "Class", "spoiler": True}]),
    "reviews/d.md": review(
        "Dee", themes=["Secretalias", {"name": "Only/Secretname", "spoiler": True}]
    ),
}
MODES = pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])


def rows(page: object) -> dict[str, str]:
    [facts] = with_class(page, "bookreview-term")
    return {text_of(row[0]): text_of(row[1]) for row in facts}


def listed(page: object) -> list[str]:
    return [text_of(title) for title in with_class(page, "bookreview-item__title")]


def test_what_a_theme_page_says(tmp_path: Path) -> None:
    site = build_site(tmp_path, PAGES)
    assert site.warnings == []
    page = site.page("themes/memory/index.html")
    assert rows(page) == {
        "Belongs to": "Being someone",
        "Often appears with": "Class",
        "See also": "Grief",
    }
    assert listed(page) == ["Bee", "Ay"]
    article = text_of(page.xpath("//article")[0])
    assert "What we keep." in article
    assert "Also known as Remembering, Recollection & recall." in article
    assert rows(site.page("themes/grief/index.html")) == {"Belongs to": "Loss · Being someone"}
    above = site.page("themes/self/index.html")
    assert rows(above) == {"Includes": "Grief · Memory"}
    assert listed(above) == []
    assert "3 books in subthemes" in text_of(above.xpath("//article")[0])
    description = above.xpath("//meta[@name='description']/@content")
    assert description == ["How a person comes to be this one."]


def test_reviews_by_weight_with_headings(tmp_path: Path) -> None:
    page = build_site(tmp_path, PAGES).page("themes/class/index.html")
    headings = [text_of(one) for one in with_class(page, "bookreview-list__heading")]
    assert headings == ["Central", "Present"]
    assert listed(page) == ["Ay", "Bee"]
    assert "Hidden in 1 more review, where it would be a spoiler." in text_of(page.getroot())


def test_what_gives_a_book_away_stands_sealed_on_its_review_alone(tmp_path: Path) -> None:
    site = build_site(tmp_path, PAGES)
    found = {
        (path, word)
        for path, content in site.files().items()
        for word in ("Clones", "Secretalias", "Secretname", "secretplot")
        if word.lower().encode() in content.lower() and not path.startswith("assets/javascripts")
    }
    assert found == {
        ("reviews/c/index.html", "Clones"),
        ("reviews/d/index.html", "Clones"),
        ("reviews/d/index.html", "Secretname"),
        ("themes/memory/index.html", "secretplot"),
    }
    for path, word in found:
        page = site.page(path)
        for sealed in with_class(page, "bookreview-spoiler"):
            sealed.clear()
        assert word not in text_of(page.getroot()), path


@MODES
def test_themes_as_a_tree_and_by_letters(tmp_path: Path, directories: bool) -> None:
    site = build_site(tmp_path, PAGES, use_directory_urls=directories)
    page = site.page("themes/index.html")
    [tree] = with_class(page, "bookreview-tree")

    def read(items: object) -> object:
        return {
            text_of(item.find("span")): read(item.find("ul")) if item.find("ul") is not None else {}
            for item in items
        }

    assert read(tree) == {
        "Being someone 3": {"Grief 2": {}, "Memory 2": {}},
        "Class 2": {},
        "Loss 2": {"Grief 2": {}},
    }
    [letters] = with_class(page, "bookreview-terms")
    assert [text_of(one) for one in letters] == [
        "Being someone 3",
        "Class 2",
        "Grief 2",
        "Loss 2",
        "Memory 2",
    ]
    folder = "" if directories else ".html"
    assert letters.xpath(".//a/@href")[-1] == f"../themes/memory{folder or '/'}"


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_a_search_finds_a_theme_by_its_other_names(tmp_path: Path, theme: str) -> None:
    site = build_site(tmp_path, PAGES, theme=theme)
    entries = json.loads(site.text("search/search_index.json"))["docs"]
    found = {entry["location"] for entry in entries if "Remembering" in entry["text"]}
    assert {one.partition("#")[0] for one in found} == {"themes/memory/"}


def test_a_theme_stands_below_its_first_parent(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.path"]}
    page = build_site(tmp_path, PAGES, theme=theme).page("themes/grief/index.html")
    path = [text_of(one) for one in with_class(page, "md-path__item")]
    assert path == ["Home", "Reviews", "Themes", "Loss"]


def test_an_authors_page_has_the_other_names_and_their_own_text(tmp_path: Path) -> None:
    pages = {**PAGES, "themes/memory.md": "# Memory\n\nMine.\n"}
    page = build_site(tmp_path, pages).page("themes/memory/index.html")
    article = text_of(page.xpath("//article")[0])
    assert "Mine. Also known as Remembering, Recollection & recall. Belongs to" in article
    assert "What we keep" not in article


def test_more_than_thirty_themes_have_letters(tmp_path: Path) -> None:
    names = [f"{letter}{n}" for letter in "ÄBБ記!" for n in range(7)]
    page = build_site(tmp_path, {"a.md": review(themes=names)}).page("themes/index.html")
    assert [text_of(one) for one in with_class(page, "bookreview-terms__letter")] == [
        "A",
        "B",
        "Б",
        "#",
    ]
    assert len(page.xpath("//ul[@class='bookreview-terms']/li")) == 35


@pytest.mark.parametrize("place", ["../themes.yml", "themes.yml", "data/words.yml"])
def test_the_vocabulary_is_not_published(tmp_path: Path, place: str) -> None:
    options = {"themes": {"vocabulary": "data/words.yml"}} if "words" in place else None
    pages = {place: "memory: {name: Recollection}\n", "a.md": review(themes=["Memory"])}
    site = build_site(tmp_path, pages, options)
    assert "themes/memory/index.html" in site.files()
    assert "Recollection" in site.text("a/index.html")
    assert not [path for path in site.files() if path.endswith(".yml")]


def test_a_theme_that_is_not_listed_in_a_strict_site(tmp_path: Path) -> None:
    pages = {"../themes.yml": "memory:\n", "a.md": review(themes=["Memory", "Memry"])}
    site = build_site(tmp_path, pages, {"themes": {"mode": "strict"}})
    message = "a.md:7:3: `themes[2]` is `Memry`, which is not in `themes.yml`."
    assert site.warnings == [f"{message} Did you mean `Memory`?"]
    assert not [path for path in site.files() if "memry" in path]
    chips = with_class(site.page("a/index.html"), "bookreview-chip")
    assert [(text_of(one), one.tag) for one in chips] == [("Memory", "a"), ("Memry", "span")]
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.stdout.splitlines() == site.warnings


def test_a_vocabulary_that_is_missing_is_told_at_its_option(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with pytest.raises(Abort):
        build_site(tmp_path, {"a.md": review()}, {"themes": {"vocabulary": "words.yml"}}, into=site)
    [warning] = site.warnings
    assert warning.startswith("mkdocs.yml:5:7: `themes.vocabulary` needs the file `words.yml`")
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.stdout.splitlines() == [warning]


class Server:
    def __init__(self) -> None:
        self.watched: list[str] = []

    def watch(self, path: str) -> None:
        self.watched.append(Path(path).name)


def test_data_files_are_watched(tmp_path: Path) -> None:
    path = write_site(tmp_path, {"../themes.yml": "a:\n", "../books.yml": "a: {title: A}\n"})
    config = load_config(str(path))
    plugin = config.plugins["bookreview"]
    config.plugins.on_startup(command="serve", dirty=False)
    plugin.on_config(config)
    server = Server()
    plugin.on_serve(server, config=config, builder=None)
    assert sorted(server.watched) == ["books.yml", "themes.yml"]


def test_reasons_are_below_the_card(tmp_path: Path) -> None:
    hidden = {"name": "Secretname", "spoiler": True, "reason": "Secretreason"}
    themes = [{"name": "Memory", "reason": "What she <keeps>."}, hidden]
    site = build_site(tmp_path, {"a.md": review(themes=themes)})
    page = site.page("a/index.html")
    (chips,) = with_class(page, "bookreview-chips")
    assert "keeps" not in text_of(chips)
    (reason,) = page.xpath("//details[@class='bookreview-edition bookreview-quiet']//dl/div")
    assert [text_of(one) for one in reason] == ["Memory", "What she <keeps>."]
    [sealed] = with_class(page, "bookreview-spoiler")
    assert "Secretname Secretreason" in text_of(sealed)
    assert [path for path, text in site.files().items() if b"Secretreason" in text] == [
        "a/index.html"
    ]


@pytest.mark.parametrize("broken", [b"memory: {", b"- memory\n", "a: \u00e9".encode("latin-1")])
def test_a_file_that_cannot_be_read_hides_all_themes(tmp_path: Path, broken: bytes) -> None:
    pages = {"../themes.yml": broken, "a.md": review(themes=["Secretname"])}
    site = build_site(tmp_path, pages, {"themes": {"mode": "strict"}})
    assert len(site.warnings) == 2
    assert all(warning.startswith("themes.yml") for warning in site.warnings)
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert sorted(result.stdout.splitlines()) == sorted(site.warnings)
    assert [path for path, text in site.files().items() if b"ecretname" in text] == ["a/index.html"]
    with_themes = CliRunner().invoke(main, ["themes", "-f", str(tmp_path / "mkdocs.yml")])
    assert with_themes.exit_code == 1
    assert site.warnings[0] in with_themes.stderr


def test_a_spoiler_in_a_description_is_told_where_it_is_written(tmp_path: Path) -> None:
    pages = {
        "../themes.yml": "memory:\n  aliases: [Past]\n  description: It is ||open\n",
        "a.md": review(themes=["Memory"]),
    }
    site = build_site(tmp_path, pages)
    [warning] = site.warnings
    assert warning.startswith("themes.yml:3: ")
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.stdout.splitlines() == [warning]
    assert b"open" not in json.dumps(site.text("search/search_index.json")).encode()


def test_other_names_are_no_description(tmp_path: Path) -> None:
    pages = {"../themes.yml": "sea: {aliases: [_Ocean_ <b>]}\n", "a.md": review(themes=["Sea"])}
    page = build_site(tmp_path, pages).page("themes/sea/index.html")
    description = page.xpath("//meta[@name='description']/@content")
    assert description == ["Sea: 1 book (“Emma” by Jane Austen)."]
    assert [text_of(one) for one in with_class(page, "bookreview-aliases")] == [
        "Also known as _Ocean_ <b>."
    ]


def test_a_theme_far_below_others(tmp_path: Path) -> None:
    chain = "".join(f"t{n}: {{parents: t{n + 1}}}\n" for n in range(400)) + "t400:\n"
    site = build_site(tmp_path, {"../themes.yml": chain, "a.md": review(themes=["T0"])})
    assert site.warnings == []
    assert "themes/t400/index.html" in site.files()


@pytest.mark.parametrize("use_directory_urls", [True, False])
@pytest.mark.parametrize(
    ("source", "clashes_in_files"),
    [
        ("themes/memory.md", True),
        ("themes/Memory.md", True),
        ("themes/memory/index.md", False),
        ("themes/memory/README.md", False),
    ],
)
def test_an_authors_page_beside_a_made_folder(
    tmp_path: Path, source: str, clashes_in_files: bool, use_directory_urls: bool
) -> None:
    """Without folders for addresses only a file of the same name stands where ours would."""
    pages = {f"{n}.md": review(f"B{n}", themes=["Memory"]) for n in range(3)}
    pages |= {source: "# Mine\n\nMy words.\n", "themes/memory/notes.md": "# Notes\n\nMore.\n"}
    options = {"reviews": {"per_page": 2}}
    site = build_site(tmp_path, pages, options, use_directory_urls=use_directory_urls)
    assert site.warnings == []
    names = [path for path in site.files() if path.lower().startswith("themes/memory")]
    end = "/index.html" if use_directory_urls else ".html"
    own = f"{source.removesuffix('.md').removesuffix('/index').removesuffix('/README')}{end}"
    own = own if use_directory_urls or clashes_in_files else "themes/memory/index.html"
    is_shared = use_directory_urls or clashes_in_files
    made = own if is_shared else f"themes/memory{end}"
    second = f"themes/memory/page/2{end}"
    assert sorted(names) == sorted({own, made, second, f"themes/memory/notes{end}"})
    first = site.page(made)
    assert ("My words." in text_of(first.xpath("//article")[0])) is is_shared
    assert len(with_class(first, "bookreview-item")) == 2
    assert len(with_class(site.page(second), "bookreview-item")) == 1
    assert "My words." in text_of(site.page(own).xpath("//article")[0])
    base = ".." if use_directory_urls else "."
    (chip,) = site.page(f"0{end}").xpath("//a[@class='bookreview-chip']/@href")
    assert chip == f"{base}/{made.removesuffix('index.html')}"
