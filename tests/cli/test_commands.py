import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from click import Choice, Command
from click.testing import CliRunner, Result
from markdown import Markdown

from mkdocs_bookreview.cli.adopting import MAPPINGS
from mkdocs_bookreview.cli.comment_commands import import_comments, registry
from mkdocs_bookreview.cli.config_names import CONFIG_NAMES
from mkdocs_bookreview.cli.export import FORMATS
from mkdocs_bookreview.cli.importing import SOURCES
from mkdocs_bookreview.cli.main import export, main

GOOD = "---\nbook: {title: Emma, author: Jane Austen}\nrating: 4\n---\nText.\n"


def check(folder: Path, pages: dict[str, str], config: str = "plugins: [bookreview]\n") -> Result:
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(f"site_name: Shelf\n{config}", "utf-8")
    return CliRunner().invoke(main, ["check", "-f", str(folder / "mkdocs.yml")])


def test_a_good_site(tmp_path: Path) -> None:
    result = check(tmp_path, {"reviews/emma.md": GOOD, "index.md": "# Home\n"})
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No problems in 1 review.\n"


def test_problems_of_pages_options_and_spoilers_come_together(tmp_path: Path) -> None:
    pages = {
        "reviews/a.md": GOOD.replace("4", "ten"),
        "reviews/b.md": f"{GOOD}\n/// spoler\nsecret\n///\n",
    }
    options = "plugins:\n  - bookreview:\n      sign_of: Bye\n"
    result = check(tmp_path, pages, options)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert [line.split(" ", 1)[0] for line in lines] == [
        "mkdocs.yml:4:7:",
        "reviews/a.md:3:1:",
        "reviews/b.md:7:",
    ]
    assert result.stderr == "3 problems found. The site has 2 reviews.\n"


def test_books_and_places_of_spoilers(tmp_path: Path) -> None:
    spoilers = (
        '\n<spoiler book="emma-jane-austin">a</spoiler>\n'
        '\n<spoiler chapter="3">b</spoiler> <spoiler progress="45%">c</spoiler>\n'
        '\n<spoiler book="draft">d</spoiler>\n'
    )
    draft = "---\nbook: {id: draft, title: Draft, author: Jane Austen}\ndraft: true\n---\nText.\n"
    result = check(tmp_path, {"emma.md": GOOD + spoilers, "draft.md": draft})
    assert result.stdout.splitlines() == [
        "emma.md:2:1: Some spoilers of this book have `progress`, and others have `chapter`."
        " Write how many chapters it has, for example `chapters: 31`, under `book:`.",
        "emma.md:7: A spoiler refers to the book `emma-jane-austin`, which has no review on this"
        " site."
        " Did you mean `emma-jane-austen`?",
    ]


def test_places_in_a_book_that_waits_to_be_read(tmp_path: Path) -> None:
    stub = "---\nbook: {id: dune, title: Dune, author: Frank Herbert}\nshelf: to-read\n---\n"
    spoilers = '<spoiler book="dune" chapter="3">a</spoiler> <spoiler book="dune" progress="9%">b'
    pages = {"dune.md": stub, "notes.md": f"# Notes\n\n{spoilers}</spoiler>\n"}
    (line,) = check(tmp_path, pages).stdout.splitlines()
    assert line.startswith("dune.md:2:1: Some spoilers of this book have `progress`, and others")


def test_values_of_the_environment_and_inherited_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGN_OFF", "Bye")
    (tmp_path / "base").mkdir()
    options = "sign_off: !ENV [NOPE, SIGN_OFF, x]\n      reviewer: !ENV [NOPE, Ann]\n      sort: x"
    base = f"plugins:\n  - bookreview:\n      {options}\n"
    (tmp_path / "base" / "base.yml").write_text(base, "utf-8")
    result = check(tmp_path, {"reviews/emma.md": GOOD}, "INHERIT: base/base.yml\n")
    assert [line.partition(" ")[0] for line in result.stdout.splitlines()] == ["base/base.yml:5:7:"]


def test_a_site_without_the_plugin_is_told(tmp_path: Path) -> None:
    result = check(tmp_path, {"index.md": "# Home\n"}, "plugins: [search]\n")
    assert result.exit_code == 1
    assert "Write `- bookreview` below `plugins:`." in result.stdout


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "latin.md").write_bytes(b"---\nbook: {title: Caf\xe9}\n---\n")
    result = check(tmp_path, {"reviews/emma.md": GOOD})
    assert result.exit_code == 1
    assert result.stdout.startswith("latin.md:2: The file cannot be read")


def test_defaults_of_folders_count(tmp_path: Path) -> None:
    pages = {
        ".meta.yml": "reviewer: 1\nratng: 4\n",
        "emma.md": GOOD,
        "guests/.meta.yml": "book: {author: Jane Austen}\nrating: ten\n",
        "guests/persuasion.md": "---\nbook: {title: Persuasion, pages: 0}\n---\n",
        "guests/meta.yml": "copi: nobody reads this\n",
    }
    result = check(tmp_path, pages)
    assert [line.split(" ", 1)[0] for line in result.stdout.splitlines()] == [
        ".meta.yml:2:1:",
        "guests/.meta.yml:2:1:",
        "guests/persuasion.md:2:27:",
    ]
    assert result.stderr == "3 problems found. The site has 2 reviews.\n"


def test_excluded_files_are_not_checked_and_drafts_are(tmp_path: Path) -> None:
    bad = GOOD.replace("4", "ten")
    pages = {"templates/a.md": bad, ".trash/b.md": bad, "old/c.md": bad, "wip/d.md": bad}
    config = "plugins: [bookreview]\nexclude_docs: old/\ndraft_docs: wip/\n"
    result = check(tmp_path, pages, config)
    assert [line.split(" ", 1)[0] for line in result.stdout.splitlines()] == ["wip/d.md:3:1:"]


def test_defaults_that_are_no_text_are_reported(tmp_path: Path) -> None:
    (tmp_path / "docs" / "guests").mkdir(parents=True)
    (tmp_path / "docs" / "guests" / ".meta.yml").write_bytes(b"reviewer: Andr\xe9\n")
    result = check(tmp_path, {"guests/emma.md": GOOD})
    assert result.stdout.startswith("guests/.meta.yml:1: The file cannot be read")
    assert result.stderr == "1 problem found. The site has 1 review.\n"


@pytest.mark.parametrize("config", ["docs_dir: elsewhere\n", "INHERIT: elsewhere.yml\n"])
def test_a_site_that_cannot_be_read(tmp_path: Path, config: str) -> None:
    result = check(tmp_path, {}, config)
    assert result.exit_code == 2
    assert "elsewhere" in result.stderr


def test_no_site_here(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 2
    assert "Run this command in the folder of your mkdocs.yml" in result.stderr


@pytest.mark.parametrize("first", range(len(CONFIG_NAMES)))
def test_the_configuration_file_is_found_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    (tmp_path / "docs").mkdir()
    for name in CONFIG_NAMES[first:]:
        (tmp_path / name).write_text("plugins: [bookreview: {sign_of: Bye}]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.stdout.startswith(f"{CONFIG_NAMES[first]}:1:24: Unknown key `sign_of`.")


def test_help_has_examples() -> None:
    result = CliRunner().invoke(main, ["check", "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.stdout


VOCABULARY = "memory: {aliases: [Remembering]}\nmind: Mind\ngone:\nhope: {parents: mind}\n"


def test_themes_that_a_tidy_site_would_not_have(tmp_path: Path) -> None:
    pages = {
        "../themes.yml": VOCABULARY,
        "a.md": GOOD.replace("rating: 4", "themes: [Remembering, Class and money, Glory]"),
        "b.md": GOOD.replace("rating: 4", "themes: [Memory, Money and class, Hope, Memories]"),
        "c.md": GOOD.replace("rating: 4", "themes: [Glary, {name: Memory, spoiler: true}]"),
    }
    check(tmp_path, pages)
    result = CliRunner().invoke(main, ["themes", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
Listed, but in no review:
  Gone
In one review:
  Class and money  (a.md)
  Glary  (c.md)
  Glory  (a.md)
  Hope  (b.md)
  Memories  (b.md)
  Money and class  (b.md)
Almost alike:
  Class and money / Money and class
  Glary / Glory
  Memories / Memory
"""
    )
    assert result.stderr == "7 themes in reviews.\n"


def test_names_that_are_almost_alike_in_other_lists(tmp_path: Path) -> None:
    pages = {
        f"{name}.md": f"---\nbook: {{title: {name}, author: {author}, genres: [{genre}]}}\n---\n"
        for name, author, genre in [
            ("a", "Ursula Le Guin", "Thriller"),
            ("b", "Ursula K. Le Guin", "Thrillers"),
            ("c", "U. Other", "Péché"),
        ]
    }
    check(tmp_path, pages)
    result = CliRunner().invoke(main, ["themes", "-f", str(tmp_path / "mkdocs.yml")])
    assert (
        result.stdout
        == """\
Almost alike in authors:
  Ursula K. Le Guin / Ursula Le Guin
Almost alike in genres:
  Thriller / Thrillers
"""
    )


def test_tidy_themes(tmp_path: Path) -> None:
    check(tmp_path, {"a.md": GOOD})
    result = CliRunner().invoke(main, ["themes", "-f", str(tmp_path / "mkdocs.yml")])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 themes in reviews.\n")
    result = CliRunner().invoke(main, ["themes", "-f", str(tmp_path / "none.yml")])
    assert result.exit_code == 2
    assert "none.yml" in result.stderr


def test_mistakes_in_archives_of_comments_are_reported(tmp_path: Path) -> None:
    (tmp_path / "comments").mkdir()
    archive = tmp_path / "comments" / "emma-jane-austen.yml"
    archive.write_text("- id: a\n  reply_to: gone\n", "utf-8")
    (tmp_path / "comments" / "gone.yml").write_text("- id: a\n", "utf-8")
    (tmp_path / "comments" / "other.yaml").write_text("- id: a\n", "utf-8")
    (tmp_path / "comments" / "unmatched").mkdir()
    (tmp_path / "comments" / "unmatched" / "kim.yml").write_text("- id: a\n", "utf-8")
    result = check(tmp_path, {"reviews/emma.md": GOOD})
    assert result.exit_code == 1
    assert [line.split(" ", 1)[0] for line in result.stdout.splitlines()] == [
        "comments/emma-jane-austen.yml:2:3:",
        "comments/gone.yml:",
        "comments/other.yaml:",
    ]


@pytest.mark.parametrize(
    ("command", "option", "known"),
    [
        (import_comments, "source", SOURCES),
        (export, "format_", FORMATS),
        (registry, "adopt", MAPPINGS),
    ],
)
def test_all_that_is_known_can_be_chosen(
    command: Command, option: str, known: Iterable[str]
) -> None:
    [choice] = [one.type for one in command.params if one.name == option]
    assert isinstance(choice, Choice)
    assert list(choice.choices) == [*known]


def test_help_does_not_wait_for_what_commands_need() -> None:
    code = "import sys, mkdocs_bookreview.cli.main; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {name for name in found.stdout.split() if name.startswith("mkdocs_bookreview")}
    assert ours == {
        "mkdocs_bookreview",
        "mkdocs_bookreview.cli",
        "mkdocs_bookreview.cli.comment_commands",
        "mkdocs_bookreview.cli.config_names",
        "mkdocs_bookreview.cli.errors",
        "mkdocs_bookreview.cli.main",
        "mkdocs_bookreview.cli.terminal",
    }
    assert not {"pydantic", "yaml", "markdown", "mkdocs", "babel"} & set(found.stdout.split())


def test_dates_in_the_future_are_mentioned_once_and_are_no_problems(tmp_path: Path) -> None:
    later = GOOD.replace("rating: 4", "date: 2199-01-01")
    result = check(
        tmp_path, {"a.md": later, "b.md": GOOD, "c.md": f"---\ndraft: true\n{later[4:]}"}
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "This date is in the future:\n  a.md:3:1: `date` is `2199-01-01`\nUntil that day,"
        " a review with a future `date` is not published.\nNo problems in 3 reviews.\n"
    )


def test_descriptions_of_themes_share_a_converter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of 33 000 themes took six times as long as the build, because each made its own."""
    made = []
    begin = Markdown.__init__

    def note(self: Markdown, **keys: object) -> None:
        made.append(self)
        begin(self, **keys)

    monkeypatch.setattr(Markdown, "__init__", note)
    config = "plugins: [{bookreview: {themes: {vocabulary: themes.yml}}}]\n"
    counts = []
    for number in (1, 30):
        themes = "".join(
            f"t{one}: {{description: Who ||has it|| wrong.}}\n" for one in range(number)
        )
        (tmp_path / "themes.yml").write_text(f"{themes}last: {{description: An ||open end.}}\n")
        result = check(tmp_path, {"a.md": GOOD}, config)
        assert result.stdout.startswith(f"themes.yml:{number + 1}:")
        counts.append(len(made))
        made.clear()
    assert counts[0] == counts[1]
