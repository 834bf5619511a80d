"""Tries each provider in Chromium, row by row of one table, which the guide shows.

Sites are built by MkDocs and Material. Where a provider cannot do what a row asks, its bench says
why, and the test is skipped with that reason.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.comments.benches import Bench, all_benches
from tests.comments.options import settings_of
from tests.comments.reader import BUTTON, LIVE, PATIENCE, SECTION, STATUS, Reader, until
from tests.comments.services import built
from tests.comments.services.http import (
    Slow,
    StaticSite,
    no_ancestors,
    no_frames,
    reset,
    silent,
    status,
)
from tests.comments.table import ROWS, write_table

pytestmark = pytest.mark.browser

GUIDE = Path(__file__).parents[2] / "example_site/docs/guide/comments.md"
NAMES = [bench.name for bench in all_benches(Path("unused"))]
VISITS = 20

COUNT_LISTENERS = """
window.kept = new Set();
for (const target of [window, document]) {
  const { addEventListener: add, removeEventListener: remove } = target;
  target.addEventListener = (type, listener, options) => {
    kept.add(listener);
    options?.signal?.addEventListener("abort", () => kept.delete(listener));
    return add.call(target, type, listener, options);
  };
  target.removeEventListener = (type, listener, options) => {
    kept.delete(listener);
    return remove.call(target, type, listener, options);
  };
}
"""
WATCH_POLICY = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const { blockedURI, effectiveDirective, sourceFile, lineNumber } = event;
  violations.push([effectiveDirective, blockedURI, sourceFile, lineNumber].join(" "));
});
"""


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Bench]]:
    """Start a service when the first test needs it."""
    made = {bench.name: bench for bench in all_benches(tmp_path_factory.mktemp("services"))}
    started: set[str] = set()
    with ExitStack() as stack:

        def start(name: str) -> Bench:
            if name not in started:
                stack.enter_context(made[name])
                started.add(name)
            return made[name]

        yield start


@pytest.fixture(params=NAMES)
def bench(request: pytest.FixtureRequest, benches: Callable[[str], Bench]) -> Iterator[Bench]:
    """Return the bench of a provider that can do what the row of the test asks."""
    marker = request.node.get_closest_marker("row")
    found = benches(request.param)
    for row in marker.args if marker else ():
        if why := found.impossible.get(row):
            pytest.skip(f"not possible: {why}")
    yield found
    found.mend()


@pytest.fixture
def build(bench: Bench, tmp_path: Path) -> Callable[..., Path]:
    def build(**others: object) -> Path:
        config = others.pop("config", {})
        assert isinstance(config, dict)
        comments = {**bench.options, **others}
        return built.build_site(tmp_path, comments, built.pages(**bench.keys), **config)

    return build


@pytest.fixture
def read(
    browse: Callable[..., Reader], bench: Bench, build: Callable[..., Path]
) -> Callable[..., Reader]:
    """Return a function that builds and serves the site, and opens a browser for it."""
    return lambda **options: browse(build(**options), bench.join)


@pytest.mark.row("no request before the act")
def test_nobody_is_asked_before_the_reader_acts(read: Callable[..., Reader]) -> None:
    reader = read()
    reader.open()
    reader.wait("waiting")
    reader.visit("Emma")
    reader.wait("waiting")
    reader.page.mouse.wheel(0, 5000)
    reader.page.wait_for_timeout(200)
    assert reader.asked == []


@pytest.mark.row("click")
def test_a_click_shows_the_thread_of_the_page(bench: Bench, read: Callable[..., Reader]) -> None:
    reader = read()
    reader.open()
    reader.page.focus(BUTTON)
    reader.page.keyboard.press("Enter")
    reader.wait("ready")
    assert bench.shown_thread(reader.page) == "Dune"
    assert reader.page.locator(f"{SECTION}__panel").is_hidden()
    assert reader.page.evaluate(f"document.activeElement.matches('{LIVE}')")


@pytest.mark.row("visible")
def test_visible_waits_behind_the_warning(bench: Bench, read: Callable[..., Reader]) -> None:
    reader = read(load="visible")
    reader.page.set_viewport_size({"width": 800, "height": 200})
    reader.open()
    reader.wait("waiting")
    reader.page.locator(SECTION).scroll_into_view_if_needed()
    reader.wait("ready")
    live = reader.page.locator(LIVE)
    assert live.evaluate("node => node.inert && node.offsetHeight === 0")
    reader.click()
    assert bench.shown_thread(reader.page) == "Dune"
    assert live.evaluate("node => !node.inert && node.offsetHeight > 0")


@pytest.mark.row("immediate")
def test_immediate_needs_no_click_without_the_warning(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    reader = read(load="immediate", guard=False)
    reader.open()
    reader.wait("ready")
    assert bench.shown_thread(reader.page) == "Dune"
    assert reader.page.locator(BUTTON).is_hidden()


@pytest.mark.row("consent")
@pytest.mark.parametrize("load", ["visible", "immediate"])
def test_without_consent_nothing_is_loaded_unasked(
    bench: Bench, read: Callable[..., Reader], load: str
) -> None:
    reader = read(load=load, config={"extra": built.consent(bench.name)})
    reader.open()
    reader.wait("waiting")
    hide_dialog(reader)
    reader.page.locator(SECTION).scroll_into_view_if_needed()
    reader.page.wait_for_timeout(200)
    assert reader.asked == []
    reader.page.evaluate(f"__md_set('__consent', {{'{bench.name}': true}})")
    reader.page.reload()
    reader.page.locator(SECTION).scroll_into_view_if_needed()
    reader.wait("ready")


@pytest.mark.row("consent")
def test_a_click_is_consent_for_the_page(bench: Bench, read: Callable[..., Reader]) -> None:
    reader = read(load="immediate", config={"extra": built.consent(bench.name)})
    reader.open()
    hide_dialog(reader)
    reader.show()


def hide_dialog(reader: Reader) -> None:
    """Hide Material's question. It blurs the page, which costs seconds without a graphics card."""
    # By a style, because Material shows it a moment after the page has loaded.
    reader.page.add_style_tag(content="[data-md-component=consent] { display: none !important }")


@pytest.mark.row("palette before")
def test_a_dark_page_has_dark_comments(bench: Bench, read: Callable[..., Reader]) -> None:
    reader = read()
    reader.open()
    assert built.toggle_palette(reader.page) == "slate"
    reader.show()
    until(lambda: bench.is_dark(reader.page), reader.page)


@pytest.mark.row("palette after")
def test_comments_follow_the_palette(bench: Bench, read: Callable[..., Reader]) -> None:
    reader = read()
    reader.open()
    reader.show()
    until(lambda: not bench.is_dark(reader.page), reader.page)
    built.toggle_palette(reader.page)
    until(lambda: bench.is_dark(reader.page), reader.page)
    reader.visit("Emma")
    reader.show()
    built.toggle_palette(reader.page)
    until(lambda: not bench.is_dark(reader.page), reader.page)


@pytest.mark.row("palette while loading")
def test_a_palette_that_changes_while_loading_is_seen(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    slow = Slow()
    bench.break_script(slow)
    reader = read()
    reader.open()
    reader.click()
    reader.wait("loading")
    built.toggle_palette(reader.page)
    slow.release()
    reader.wait("ready")
    until(lambda: bench.is_dark(reader.page), reader.page)


@pytest.mark.row("palette before")
def test_new_ways_to_write_a_colour_are_understood(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    reader = read()
    lights = {"Dune": "oklch(0.9 0 0)", "Emma": "color-mix(in oklab, white 90%, black)"}
    for title, light in lights.items():
        reader.open(title)
        reader.page.add_style_tag(content=f".md-typeset {{color: {light} !important}}")
        reader.show()
        until(lambda: bench.is_dark(reader.page), reader.page)


@pytest.mark.row("stable id")
def test_a_renamed_review_keeps_its_thread(bench: Bench, tmp_path: Path) -> None:
    moved = {
        name.replace("reviews/dune.md", "old/desert.md"): text.replace(
            "(dune.md)", "(../old/desert.md)"
        )
        for name, text in built.pages(**bench.keys).items()
    }
    site = built.build_site(tmp_path, bench.options, moved, may_warn=True)
    text = (site / "old/desert/index.html").read_text("utf-8")
    thread = re.search('data-thread="([^"]*)"', text)
    assert thread
    assert thread[1] == bench.thread_of("Dune")


@pytest.mark.row("remount")
def test_each_page_of_a_long_visit_has_its_own_thread(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    reader = read()
    reader.page.add_init_script(COUNT_LISTENERS)
    reader.open()
    counts = []
    for n in range(VISITS):
        title = ("Dune", "Emma")[n % 2]
        if n:
            reader.visit(title)
        reader.show()
        assert bench.shown_thread(reader.page) == title
        counts.append(reader.page.evaluate("kept.size"))
    # The first pages load what later ones find loaded.
    assert counts[-1] - counts[2] <= bench.left * (VISITS - 3), counts
    assert reader.page.locator(f"{LIVE} > *").count() == 1


@pytest.mark.row("remount")
def test_a_slow_script_never_shows_the_thread_of_another_page(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    slow = Slow()
    bench.break_script(slow)
    reader = read()
    reader.open()
    reader.click()
    until(slow.is_asked, reader.page)
    reader.visit("Emma")
    reader.click()
    reader.page.wait_for_timeout(100)
    slow.release()
    reader.wait("ready")
    reader.page.wait_for_timeout(200)
    assert bench.shown_thread(reader.page) == "Emma"


@pytest.mark.row("typed text")
def test_typed_text_is_there_again_after_a_visit_elsewhere(
    read: Callable[..., Reader],
) -> None:
    reader = read()
    reader.open()
    reader.show()
    box = reader.page.locator(f"{SECTION} textarea").first
    box.fill("Half a thought")
    reader.visit("Emma")
    reader.show()
    assert reader.page.locator(f"{SECTION} textarea").first.input_value() == ""
    reader.visit("Dune")
    reader.show()
    expect(reader.page.locator(f"{SECTION} textarea").first).to_have_value("Half a thought")


@pytest.mark.row("deep link")
def test_a_link_to_one_comment_shows_it(bench: Bench, read: Callable[..., Reader]) -> None:
    reader = read()
    reader.open(rest=bench.link)
    reader.wait("ready")
    expect(bench.linked(reader.page)).to_be_in_viewport()


@pytest.mark.row("deep link")
def test_a_link_to_one_comment_works_on_the_page_itself(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    reader = read()
    reader.open()
    reader.wait("waiting")
    reader.page.evaluate(f"location.hash = '{bench.link}'")
    reader.wait("ready")
    expect(bench.linked(reader.page)).to_be_in_viewport()


@pytest.mark.row("spoiler sealed")
def test_a_spoiler_in_a_comment_is_closed(read: Callable[..., Reader]) -> None:
    reader = read()
    reader.open()
    reader.show()
    assert "the end of Dune" not in reader.text
    assert not reader.page.evaluate("window.find('the end of Dune')")
    reader.page.locator(f"{SECTION} .bookreview-spoiler button").first.click()
    assert "the end of Dune" in reader.text


@pytest.mark.row("frame refused")
@pytest.mark.parametrize("how", [no_frames, no_ancestors])
def test_a_frame_that_is_refused_is_a_failure(
    bench: Bench, read: Callable[..., Reader], how: Callable[..., object]
) -> None:
    bench.break_frame(how)  # type: ignore[arg-type]
    fails_and_can_be_tried_again(bench, read())


@pytest.mark.row("frame 404")
def test_an_error_page_in_the_frame_is_a_failure(bench: Bench, read: Callable[..., Reader]) -> None:
    bench.break_frame(status(404))
    fails_and_can_be_tried_again(bench, read())


@pytest.mark.row("frame slow")
def test_a_slow_frame_is_waited_for(bench: Bench, read: Callable[..., Reader]) -> None:
    slow = Slow()
    bench.break_frame(slow)
    reader = read()
    reader.open()
    reader.click()
    until(slow.is_asked, reader.page)
    reader.wait("loading")
    slow.release()
    reader.wait("ready")


@pytest.mark.row("frame late")
def test_a_late_frame_is_welcome_still(bench: Bench, read: Callable[..., Reader]) -> None:
    slow = Slow()
    bench.break_frame(slow)
    is_welcome_when_late(bench, read(), slow)


@pytest.mark.row("script late")
def test_a_late_script_is_welcome_still(bench: Bench, read: Callable[..., Reader]) -> None:
    slow = Slow()
    bench.break_script(slow)
    is_welcome_when_late(bench, read(), slow)


def is_welcome_when_late(bench: Bench, reader: Reader, slow: Slow) -> None:
    reader.page.clock.install()
    reader.open()
    reader.click()
    until(slow.is_asked, reader.page)
    reader.page.clock.run_for(PATIENCE)
    reader.wait("failed")
    slow.release()
    reader.wait("ready")
    assert bench.shown_thread(reader.page) == "Dune"


def fails_and_can_be_tried_again(bench: Bench, reader: Reader) -> None:
    reader.page.clock.install()
    reader.open()
    reader.click()
    # Before our own files have come, a failure would be theirs.
    reader.page.wait_for_selector(f"{SECTION}__live > *", state="attached")
    # What the service answers arrives before the time is up.
    reader.page.wait_for_timeout(200)
    reader.page.clock.run_for(PATIENCE)
    reader.wait("failed")
    assert "could not be loaded" in reader.text
    assert reader.page.inner_text(BUTTON) == "Try again"
    bench.mend()
    reader.show()
    assert bench.shown_thread(reader.page) == "Dune"


@pytest.mark.row("script blocked")
@pytest.mark.parametrize("how", [reset, status(404), silent()])
def test_a_script_that_does_not_come_is_a_failure(
    bench: Bench, read: Callable[..., Reader], how: Callable[..., object]
) -> None:
    bench.break_script(how)  # type: ignore[arg-type]
    fails_and_can_be_tried_again(bench, read())


@pytest.mark.row("retry")
def test_a_failure_leads_to_where_the_thread_can_be_read(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    bench.break_script(reset)
    reader = read()
    reader.open()
    reader.page.focus(BUTTON)
    reader.page.keyboard.press("Enter")
    reader.wait("failed")
    assert reader.page.evaluate("document.activeElement.matches('button')")
    elsewhere = reader.page.get_attribute(SECTION, "data-page")
    links = reader.page.locator(f"{STATUS} a").evaluate_all("all => all.map(one => one.href)")
    assert links == ([elsewhere] if elsewhere else [])


@pytest.mark.row("CSP")
def test_the_hosts_that_csp_prints_are_enough(bench: Bench, read: Callable[..., Reader]) -> None:
    reader = read()
    reader.site.headers["Content-Security-Policy"] = policy_for(bench, reader.site.folder)
    reader.page.add_init_script(WATCH_POLICY)
    reader.open()
    reader.show()
    assert bench.shown_thread(reader.page) == "Dune"
    assert reader.page.evaluate("violations") == []


@pytest.mark.row("blocked")
def test_what_the_site_forbids_is_a_failure_at_once(
    bench: Bench, read: Callable[..., Reader]
) -> None:
    reader = read()
    for directive in bench.needed:
        policy = policy_for(bench, reader.site.folder, without=directive)
        reader.site.headers["Content-Security-Policy"] = policy
        reader.open()
        reader.click()
        reader.wait("failed")
        assert "this site does not let your browser use" in reader.status, directive


def policy_for(bench: Bench, folder: Path, without: str = "") -> str:
    """Return a strict policy: the site itself, and what the provider needs, but for a directive."""
    provider, problems = settings_of(bench.options)
    assert not problems
    hosts = {"frame-src": (), **provider.hosts_of(bench.posts.values()), without: ()}
    named = {name: " ".join(("'self'", *sources)) for name, sources in hosts.items() if name}
    return built.policy(folder, **named)


@pytest.mark.row("file:")
def test_a_page_read_from_a_file_asks_nobody(build: Callable[..., Path], browser: Browser) -> None:
    folder = build(load="immediate", guard=False)
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / "reviews/dune/index.html").as_uri())
        page.wait_for_selector(f"{SECTION}[data-state=offline]")
        assert "opened as a local file" in page.inner_text(SECTION)
        assert [url for url in asked if not url.startswith("file:")] == []


@pytest.mark.row("no script")
def test_without_script_the_page_says_so(build: Callable[..., Path], browser: Browser) -> None:
    folder = build()
    with StaticSite(folder), browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{built.site_url()}reviews/dune/")
        assert "require JavaScript" in page.inner_text(SECTION)
        assert page.locator(BUTTON).is_hidden()


@pytest.mark.row("axe")
def test_the_section_has_no_fault_that_axe_knows(read: Callable[..., Reader]) -> None:
    reader = read()
    reader.open()
    reader.wait("waiting")
    assert reader.find_faults() == []
    reader.show()
    assert reader.find_faults() == []


def test_every_row_has_a_test_and_every_test_a_row() -> None:
    marks = [mark for one in globals().values() for mark in getattr(one, "pytestmark", ())]
    assert {mark.args[0] for mark in marks if mark.name == "row"} == set(ROWS)
    for bench in all_benches(Path("unused")):
        assert set(bench.impossible) <= set(ROWS), bench.name


def test_the_guide_has_the_table() -> None:
    assert write_table(all_benches(Path("unused"))) in GUIDE.read_text("utf-8")
