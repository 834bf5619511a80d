"""A build and `bookreview check` report a theme that two packages have overwritten."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_bookreview.cli.main import main
from tests.plugin.serving import ServedSite
from tests.plugin.sites import review, write_site

PAGES: dict[str, str | bytes] = {"index.md": "# Home\n", "reviews/emma.md": review()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = tmp_path / "packages"
    for name in (
        "material",
        "mkdocs_material-9.8.2.dist-info",
        "mkdocs_materialx-10.2.2.dist-info",
    ):
        (site / name).mkdir(parents=True)
    (site / "material/__init__.py").touch()
    monkeypatch.syspath_prepend(site)
    return site / "material"


def test_a_build_reports_it_once(tmp_path: Path, folder: Path) -> None:
    site = ServedSite(tmp_path / "blog", PAGES, theme={"name": "mkdocs"})
    reported = f"{folder}: mkdocs-material 9.8.2 and mkdocs-materialx 10.2.2 are both installed."
    [warning] = site.build().warnings
    assert warning.removeprefix("bookreview: ").startswith(reported)
    assert site.build().warnings == []


@pytest.mark.usefixtures("folder")
def test_check_says_the_same(tmp_path: Path) -> None:
    config = write_site(tmp_path, PAGES)
    result = CliRunner().invoke(main, ["check", "-f", str(config)])
    [warning] = ServedSite(tmp_path, PAGES, theme={"name": "mkdocs"}).build().warnings
    assert (result.exit_code, result.stdout) == (1, warning.removeprefix("bookreview: ") + "\n")
    assert result.stderr == "1 problem found. The site has 1 review.\n"
