"""Ten collections, each in the habit of another program, are dropped into a site and checked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_bookreview.cli.main import main

TITLES = ["Emma", "Persuasion", "Evelina", "Middlemarch", "Villette", "Silas Marner"]
# By folder, with the end of their files' names: what one page looks like.
HABITS = {
    "flat.md": "---\ntitle: {0}\nauthor: A {1}\nisbn: 9780141439587\nrating: 4\n---\nText.\n",
    "nested.md": "---\ntitle: {0}\nreview:\n  author: A {1}\n  score: 8\n---\nText.\n",
    "people.md": "---\ncontributors:\n  - name: A {1}\n    role: author\nstars: 4\n---\n# {0}\n",
    "stars.md": "---\ntitle: {0}\nauthor: A {1}\nrating: ★★★½\n---\nText.\n",
    "dates.md": "---\ntitle: {0}\nauthor: A {1}\ndates_read: 2020/01/05, 2022/03/04\n---\nText.\n",
    "months.md": "---\ntitle: {0}\nauthor: A {1}\nfinished: 2019-05\npublisher: B\n---\nText.\n",
    "vault.md": '---\naliases: [x]\nAuthor: "[[A {1}]]"\nMy Rating: {1}\n---\n# {0}\n',
    "hugo.md": '+++\ntitle = "{0}"\nrating = 4\n[params]\nauthor = "A {1}"\n+++\nText.\n',
    "mail.md": "Title: {0}\nAuthor: A {1}\nRating: 4\n\nText.\n",
    "astro.mdx": "---\ntitle: {0}\nauthor: A {1}\nrating: 4\n---\nimport X from 'x'\n",
}
SCREEN = 50  # lines
WIDEST = 120  # characters, which few terminals have less than


def drop(folder: Path, home: str) -> list[str]:
    """Write the ten collections, each in a folder of its own, and return the paths of all files."""
    sources = []
    for habit, text in HABITS.items():
        name, end = habit.split(".")
        for number, title in enumerate(TITLES, 1):
            source = f"{home}{name}/{number}.{end}"
            path = folder / "docs" / source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(title, number % 5 + 1), "utf-8")
            sources.append(source)
    (folder / "docs" / "index.md").write_text("---\nauthor: Ann\ntags: [a]\n---\n# Home\n", "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Shelf\nplugins: [bookreview]\n", "utf-8")
    return sources


def check(folder: Path, *options: str) -> str:
    arguments = ["check", "-f", str(folder / "mkdocs.yml"), *options]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    return result.output


@pytest.mark.parametrize("home", ["", "reviews/"])
def test_each_is_recognised_and_the_report_fits_on_a_screen(tmp_path: Path, home: str) -> None:
    sources = drop(tmp_path, home)
    output = check(tmp_path)
    assert [source for source in sources if f"{source}" not in output] == []
    assert "index.md" not in output
    lines = [part for line in output.splitlines() for part in range(0, len(line) or 1, WIDEST)]
    assert len(lines) <= SCREEN
    assert output.count("book: {title: ") == 3
    assert "60 problems found. The site has 0 reviews." in output


def test_each_can_be_seen_in_full(tmp_path: Path) -> None:
    sources = drop(tmp_path, "")
    output = check(tmp_path, "--full")
    assert [output.count(f"{source}:") for source in sources] == [1] * len(sources)
    assert output.count("book: {title: ") == 54
