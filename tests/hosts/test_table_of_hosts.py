from pathlib import Path

from tests.hosts.table import write_table

PAGE = Path(__file__).parents[2] / "example_site/docs/guide/hosts.md"


def test_the_manual_has_the_table() -> None:
    assert write_table() in PAGE.read_text("utf-8")
