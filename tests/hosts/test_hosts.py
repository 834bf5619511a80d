"""Tries each host, row by row of one table, which the manual shows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hosts.bench import BLOG, Bench, open_word, wait_for
from tests.hosts.table import HOSTS, Host
from tests.plugin.sites import Tree, parse, text_of, with_class
from tests.plugin.syntaxes import SYNTAXES, sentinel

CARD = "bookreview-card"
SPOILER = "bookreview-spoiler"
BODY = "bookreview-spoiler__body"


@pytest.fixture(scope="module", params=HOSTS)
def host(request: pytest.FixtureRequest) -> Host:
    return HOSTS[request.param]


@pytest.fixture(scope="module")
def bench(
    host: Host, environment: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Bench:
    return Bench(host, environment(host.environment), tmp_path_factory.mktemp("host"))


@pytest.fixture(autouse=True)
def _possible(request: pytest.FixtureRequest, host: Host) -> None:
    """Skip a test if the host cannot do what its row asks."""
    marker = request.node.get_closest_marker("row")
    assert marker
    if why := host.impossible.get(marker.args[0]):
        pytest.skip(f"not possible: {why}")


@pytest.mark.row("cards")
def test_cards_and_lists(bench: Bench) -> None:
    files = bench.secrets.files
    page = parse(files["reviews/block/index.html"].decode())
    assert len(with_class(page, CARD)) == 1
    home = parse(files["index.html"].decode())
    assert len(with_class(home, "bookreview-item")) == 6
    for path in ("reviews", "authors/jane-austen", "browse", "stats", "years"):
        assert f"{path}/index.html" in files


@pytest.mark.row("mistakes")
def test_mistakes_are_reported(bench: Bench) -> None:
    assert "reviews/wrong.md:5:1: `rating` must be" in bench.secrets.messages


@pytest.mark.row("sealed")
def test_spoilers_are_closed_on_their_page(bench: Bench) -> None:
    for name in SYNTAXES:
        word = sentinel(name)
        path = f"reviews/{name}/index.html"
        assert bench.secrets.find(word) == [path]
        page = parse(bench.secrets.files[path].decode())
        assert open_word(name) in _remove_closed(page, word)


@pytest.mark.row("whole")
def test_pages_are_closed_as_a_whole(bench: Bench) -> None:
    path = "reviews/whole/index.html"
    assert bench.secrets.find(sentinel("whole")) == [path]
    _remove_closed(parse(bench.secrets.files[path].decode()), sentinel("whole"))


def _remove_closed(page: Tree, word: str) -> str:
    """Return the text of a page without its closed spoilers, one of which must have the word."""
    bodies = with_class(page, BODY)
    assert [body for body in bodies if word in text_of(body)]
    assert not page.xpath(f"//*[contains(@class, '{SPOILER}')]//details[@open]")
    assert not [value for value in page.xpath("//@*") if word in value]
    for body in bodies:
        body.getparent().remove(body)
    text = text_of(page.getroot())
    assert word not in text
    return text


@pytest.mark.row("search")
def test_spoilers_are_not_in_the_search(bench: Bench) -> None:
    index = {
        path: text.decode("utf-8", "replace")
        for path, text in bench.secrets.files.items()
        if path.startswith("search")
    }
    for name in SYNTAXES:
        # The open word proves that these are the files in which readers search.
        assert [path for path, text in index.items() if open_word(name) in text]
        assert not [path for path, text in index.items() if sentinel(name) in text]


@pytest.mark.row("strict")
def test_a_strict_build(bench: Bench) -> None:
    assert bench.strict.returncode == 0, bench.strict.stderr


@pytest.mark.row("publish")
def test_gh_deploy(bench: Bench) -> None:
    assert with_class(parse(bench.published), CARD)


@pytest.mark.row("edit")
def test_an_edit_is_shown(bench: Bench) -> None:
    written = bench.write("edited", BLOG)
    with bench.serve(written) as address:
        page = f"{address}reviews/emma/"
        wait_for(page, lambda text: "zqxhimzqx" in text)
        source = written.source / "docs/reviews/emma.md"
        text = source.read_text("utf-8").replace("means well", "means harm")
        source.write_text(text.replace("zqxhimzqx", "zqxherzqx"), "utf-8")
        new = wait_for(page, lambda text: "means harm" in text)
    _remove_closed(parse(new), "zqxherzqx")
