"""What `bookreview comments list` shows to an author who goes through old comments."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_bookreview.cli.main import main
from tests.plugin.sites import review, write_site

HIDDEN = """\
Three children grow up at a school in the countryside. Kathy tells of it.

/// spoiler | The secret
The pupils are clones, whose organs are harvested until they complete.
Madame never believed that a deferral exists.
///

Ruth and Tommy are her friends. Later ||Ruth apologises||.
"""
PAGES = {
    "reviews/never.md": review(
        "Never Let Me Go",
        "Kazuo Ishiguro",
        body=HIDDEN,
        themes=["Memory", {"name": "Euthanasia", "spoiler": True}],
        quotes=[{"text": "Poor creatures, whatever happens.", "spoiler": True}],
        warnings=[{"name": "Suicide", "spoiler": True}],
    ),
    "reviews/whole.md": review(
        "Rebecca", "Daphne du Maurier", body="Maxim shot her.", spoilers=True
    ),
    "reviews/open.md": review("Emma", body="Knightley proposes in the garden."),
    "reviews/ja.md": review("こころ", "夏目漱石", body="若い学生の話。\n\n||先生は自殺する||\n"),
}


def run(folder: Path) -> Result:
    return CliRunner().invoke(main, ["comments", "list", "-f", str(folder / "mkdocs.yml")])


def write(folder: Path, files: dict[str, str], pages: dict[str, str] | None = None) -> None:
    write_site(folder, pages or PAGES)
    for name, text in files.items():
        path = folder / "comments" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


NEVER = "never-let-me-go-kazuo-ishiguro.yml"
SUSPECTS = {
    "So they are clones with harvested organs!": "clones, harvested, organs",
    "<p>A clone's <em>organ</em>…</p>": "clone, organ",
    "That a deferral could exist is only a rumour.": "deferral, exist",
    "Ruth apologised, at last.": "apologised",
    "I thought of euthanasia all the time.": "euthanasia",
    "Those poor creatures.": "poor, creatures",
    "It ends in suicide.": "suicide",
}
HARMLESS = [
    "They grow up at a school, and Kathy tells of it. Ruth and Tommy are there.",
    "What about whose until?",
    "Clones, again?",
    "The pupils were noisy.",
    "<spoiler>Clones whose organs are harvested.</spoiler> I liked it.",
    "Lovely.",
]


def test_comments_with_words_of_hidden_sentences_are_listed(tmp_path: Path) -> None:
    texts = [*SUSPECTS, *HARMLESS]
    write(
        tmp_path,
        {
            NEVER: "".join(
                f"- id: c{n}\n  name: Ann\n  text: {text!r}\n" for n, text in enumerate(texts)
            )
        },
    )
    result = run(tmp_path)
    assert result.exit_code == 0
    found = result.stdout.partition("May be a spoiler:\n")[2].splitlines()
    ends = [line.rpartition("  (")[2].removesuffix(")") for line in found]
    assert ends == [*SUSPECTS.values()]
    assert found[0] == (
        f"  comments/{NEVER}:1: Ann: So they are clones with harvested organs!"
        "  (clones, harvested, organs)"
    )
    assert found[2].startswith(f"  comments/{NEVER}:7: Ann: That a deferral")


@pytest.mark.parametrize(
    "key", ["spoiler: true", "spoiler: false", "spoiler: The Island", "hidden: true"]
)
def test_comments_that_an_author_has_dealt_with_are_not_listed(key: str, tmp_path: Path) -> None:
    write(tmp_path, {NEVER: f"- id: a\n  text: The clones have no organs.\n  {key}\n"})
    assert "May be a spoiler" not in run(tmp_path).stdout


def test_all_of_a_hidden_review_counts(tmp_path: Path) -> None:
    text = "- {id: a, text: So Maxim shot her.}\n- {id: b, text: Rebecca is a good title.}\n"
    write(tmp_path, {"rebecca-daphne-du-maurier.yml": text})
    found = run(tmp_path).stdout.partition("May be a spoiler:\n")[2].splitlines()
    assert found == [
        "  comments/rebecca-daphne-du-maurier.yml:1: Anonymous: So Maxim shot her.  (Maxim, shot)"
    ]


def test_scripts_without_spaces(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "こころ-夏目漱石.yml": "- {id: a, text: 先生が自殺するとは。}\n"
            "- {id: b, text: 若い学生がいい。}\n"
        },
    )
    found = run(tmp_path).stdout.partition("May be a spoiler:\n")[2].splitlines()
    assert [line.partition(": ")[0] for line in found] == ["  comments/こころ-夏目漱石.yml:1"]


def test_words_that_are_everywhere_give_nothing_away(tmp_path: Path) -> None:
    pages = {
        f"reviews/r{n}.md": review(f"Book {n}", body="The garden has a fountain.") for n in range(9)
    }
    pages["reviews/secret.md"] = review("Secret", body="Text. ||The garden has a fountain.||")
    files = {f"book-{n}-jane-austen.yml": "- {id: a, text: A nice garden.}\n" for n in range(9)}
    files["secret-jane-austen.yml"] = "- {id: a, text: The fountain in the garden.}\n"
    write(tmp_path, files, pages)
    assert "May be a spoiler" not in run(tmp_path).stdout
    few = {name: text for name, text in files.items() if name < "book-1" or name[0] == "s"}
    write(tmp_path / "few", few, pages)
    assert "May be a spoiler" in run(tmp_path / "few").stdout


def test_threads_are_counted(tmp_path: Path) -> None:
    comments = "- {id: a, text: A.}\n- {id: b, text: B., spoiler: true}\n- {id: c, hidden: true}\n"
    files = {NEVER: comments, "emma-jane-austen.yml": "- {id: a, text: A.}\n"}
    files |= {
        "gone.yml": "- {id: x, text: A.}\n",
        "unmatched/2014%2Fx.yml": "- {id: y, text: A.}\n",
    }
    write(tmp_path, files)
    result = run(tmp_path)
    assert result.stdout.splitlines() == [
        "With a page:",
        "  comments/emma-jane-austen.yml: 1 comment  (reviews/open.md)",
        f"  comments/{NEVER}: 3 comments, 1 sealed, 1 hidden  (reviews/never.md)",
        "Without a page:",
        "  comments/gone.yml: 1 comment",
        "  comments/unmatched/2014%2Fx.yml: 1 comment",
    ]
    assert result.stderr == "6 comments, 1 sealed, 1 hidden in 4 files.\n"
    assert result.exit_code == 0


def test_files_with_mistakes_are_reported(tmp_path: Path) -> None:
    write(tmp_path, {NEVER: "- {id: a, text: A.}\n", "emma-jane-austen.yml": "- id: [\n"})
    result = run(tmp_path)
    assert result.exit_code == 1
    assert f"comments/{NEVER}: 1 comment" in result.stdout
    assert "comments/emma-jane-austen.yml:2:1: Not valid YAML" in result.stderr


def test_a_site_without_old_comments(tmp_path: Path) -> None:
    write(tmp_path, {})
    result = run(tmp_path)
    assert (result.exit_code, result.output) == (0, "0 comments in 0 files.\n")


@pytest.mark.parametrize("command", ["list", "check"])
def test_a_file_in_another_encoding_is_reported_with_its_line(tmp_path: Path, command: str) -> None:
    write(tmp_path, {"emma-jane-austen.yml": ""}, {"e.md": review("Emma", "Jane Austen")})
    path = tmp_path / "comments" / "emma-jane-austen.yml"
    path.write_bytes(b"- id: wp-1\n  name: Ann\n  text: caf\xe9\n")
    commands = ["comments", "list"] if command == "list" else ["check"]
    result = CliRunner().invoke(main, [*commands, "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 1
    assert (
        "comments/emma-jane-austen.yml:3: The file is not UTF-8: it has the byte 0xe9. Save it"
        " as UTF-8.\n"
    ) in result.output
