"""Cards of Material's social plugin, made offline with a font of this machine.

What they show is read from their pixels.
"""

from collections.abc import Iterator
from ctypes.util import find_library
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from PIL import Image

from mkdocs_bookreview.cards.typographic import draw_cover
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.social import SocialCards
from mkdocs_bookreview.publishing.raster import render_png
from mkdocs_bookreview.publishing.social_cards import COVER_SIZE, LAYOUT
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.options import read_settings
from mkdocs_bookreview.words.language import Words
from tests.plugin.sites import Site, build_site, review, write_site

pytestmark = pytest.mark.skipif(
    find_library("cairo") is None, reason="No cairo found: apt-get install libcairo2"
)

FONTS = Path("/usr/share/fonts/truetype/dejavu")
RED, PAPER, STAR = (200, 30, 40), (250, 246, 238), (183, 121, 31)
TRICKY = 'Kim {{ 7 * 7 }} & </i> "x"'  # in the language of templates, and in HTML
NO_FONT = "\U00013000"  # a hieroglyph
# The middle of each star, from the layout.
STARS = [(444 + 30 + 66 * number, 520 + 34) for number in range(5)]


def picture(size: tuple[int, int]) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, RED).save(written, "PNG")
    return written.getvalue()


PAGES: dict[str, str | bytes] = {
    "index.md": "# Home\n",
    "reviews/tall.png": picture((400, 600)),
    "reviews/square.png": picture((300, 300)),
    "reviews/emma.md": review("Emma", book={"cover": "tall.png"}, rating=3.5, themes=["Love"]),
    "reviews/kim.md": review(TRICKY, book={"cover": "square.png"}, rating=1),
    "reviews/drawn.md": review("Πόλεμος и мир", rating=5),
    "reviews/lacking.md": review(f"Nile {NO_FONT}", book={"cover": "tall.png"}, rating=2),
    "reviews/usual.md": review("Usual", rating=2, social={"cards_layout": "default"}),
    "reviews/none.md": review("None", rating=2, social={"cards": False}),
}


def put_font(folder: Path, name: str = "Roboto") -> None:
    """Put a font where the social plugin looks for one that it has downloaded."""
    if not FONTS.is_dir():
        pytest.skip("No font found: apt-get install fonts-dejavu-core")
    cache = folder / ".cache/plugin/social/fonts" / name
    cache.mkdir(parents=True)
    for style, file in {"Regular": "DejaVuSans", "Bold": "DejaVuSans-Bold"}.items():
        (cache / f"{style}.ttf").write_bytes((FONTS / f"{file}.ttf").read_bytes())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("social")
    put_font(folder)
    plugins = ["search", "bookreview", {"social": {"concurrency": 1}}]
    return build_site(folder, PAGES, plugins=plugins, site_url="https://example.org/shelf/")


def open_card(site: Site, source: str) -> Image.Image:
    path = site.folder / "site/assets/images/social" / source.replace(".md", ".png")
    return Image.open(path).convert("RGB")


def is_like(one: Any, other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def read_star(card: Image.Image, place: tuple[int, int]) -> str:
    x, y = place
    halves = [is_like(card.getpixel((x + shift, y)), STAR) for shift in (-6, 6)]
    assert not is_like(card.getpixel((x + 6, y)), PAPER)
    return {(True, True): "full", (True, False): "half", (False, False): "empty"}[tuple(halves)]


@pytest.mark.parametrize(
    ("source", "stars"),
    [
        ("reviews/emma.md", "full full full half empty"),
        ("reviews/kim.md", "full empty empty empty empty"),
        ("reviews/drawn.md", "full full full full full"),
    ],
)
def test_stars_are_full_half_and_empty_shapes(site: Site, source: str, stars: str) -> None:
    card = open_card(site, source)
    assert card.size == (1200, 630)
    assert [read_star(card, place) for place in STARS] == stars.split()


def test_a_cover_is_in_its_place(site: Site) -> None:
    card = open_card(site, "reviews/emma.md")
    assert all(is_like(card.getpixel(at), RED) for at in ((50, 50), (401, 579), (226, 315)))
    assert all(is_like(card.getpixel(at), PAPER) for at in ((45, 50), (407, 579), (226, 590)))


def test_a_square_cover_is_whole(site: Site) -> None:
    card = open_card(site, "reviews/kim.md")
    assert is_like(card.getpixel((50, 315)), RED)
    assert is_like(card.getpixel((226, 100)), PAPER)


def test_a_drawn_cover_has_become_a_picture(site: Site) -> None:
    drawn = Image.open(BytesIO(render_png(draw_cover("Πόλεμος и мир", "Jane Austen")) or b""))
    expected = drawn.convert("RGB").resize(COVER_SIZE)
    card = open_card(site, "reviews/drawn.md").crop((48, 48, 48 + 356, 48 + 534))
    places = [(x, y) for x in range(4, 356, 50) for y in range(4, 534, 50)]
    same = [is_like(card.getpixel(at), expected.getpixel(at)) for at in places]
    assert same.count(True) > 0.9 * len(same)  # letters have soft edges
    assert len({expected.getpixel(at) for at in places}) > 1


def count_ink(card: Image.Image, box: tuple[int, int, int, int]) -> int:
    part = card.crop(box)
    return sum(part.convert("L").histogram()[:100])


def test_title_and_author_are_beside_the_cover(site: Site) -> None:
    title, author, below = (448, 330, 1190, 415), (448, 432, 1190, 480), (448, 490, 1190, 515)
    card = open_card(site, "reviews/emma.md")
    assert count_ink(card, title) > 1500
    assert count_ink(card, author) > 500
    assert count_ink(card, below) == 0


def test_only_reviews_and_pages_of_the_author_have_a_card(site: Site) -> None:
    cards = {path for path in site.files() if path.startswith("assets/images/social/")}
    names = ("index", *(f"reviews/{name}" for name in ("emma", "kim", "drawn", "lacking", "usual")))
    assert cards == {f"assets/images/social/{name}.png" for name in names}
    assert "themes/love/index.html" in site.files()


@pytest.mark.parametrize(
    ("source", "is_ours"), [("emma", True), ("lacking", False), ("usual", False)]
)
def test_usual_cards_have_the_colour_of_the_site(site: Site, source: str, is_ours: bool) -> None:
    card = open_card(site, f"reviews/{source}.md")
    assert is_like(card.getpixel((1190, 10)), PAPER) == is_ours


def test_missing_letters_are_reported_once(site: Site) -> None:
    [message] = [one for one in site.infos if "usual social card" in one]
    assert "`Roboto`" in message
    assert message.count(".md") == 1
    assert "reviews/lacking.md" in message
    assert not site.warnings


def test_the_head_names_the_card(site: Site) -> None:
    page = site.page("reviews/emma/index.html")
    found = {
        tag.get("property"): tag.get("content")
        for tag in page.xpath("//meta")
        if "image" in tag.get("property", "") or "card" in tag.get("property", "")
    }
    address = "https://example.org/shelf/assets/images/social/reviews/emma.png"
    alt = "Emma – Jane Austen, 3.5 out of 5"
    assert found == {
        "og:image": address,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": alt,
        "twitter:card": "summary_large_image",
        "twitter:image": address,
        "twitter:image:alt": alt,
    }


def test_titles_are_text(site: Site) -> None:
    [tag] = site.page("reviews/kim/index.html").xpath('//meta[@property="og:image:alt"]')
    assert tag.get("content") == f"{TRICKY} – Jane Austen, 1 out of 5"


# What follows needs no build.
EMMA = Review("reviews/emma.md", (Book("Emma", authors=(Contributor("Jane Austen"),)),))
COVER = Path("/covers/emma.png")


class Cards:
    """The cards of a site with these options of the social plugin and of ours."""

    def __init__(
        self, folder: Path, social: object = None, ours: object = None, **more: Any
    ) -> None:
        site = {"plugins": [{"social": social or {}}], "site_url": "https://example.org/", **more}
        path = write_site(folder, {"index.md": ""}, **site)
        config = load_config(str(path))
        config.plugins.on_startup(command="build", dirty=False)
        self._stop = config.plugins.on_shutdown
        config = config.plugins.on_config(config)
        settings, problems = read_settings(ours or {}, Marks("mkdocs.yml"), lambda _: False)
        assert not problems
        self.cards = SocialCards(config, settings, Words("en"))

    def of_review(self, review: Review = EMMA, cover: Path | None = COVER, **meta: Any) -> Any:
        """Return what the social plugin reads on the page of a review."""
        self.cards.add(meta, review, lambda size: cover if size == COVER_SIZE else None)
        return meta.get("social")

    def of_list(self, source: str = "themes/love.md", **meta: Any) -> Any:
        self.cards.keep_out(meta, source)
        return meta.get("social")


@pytest.fixture
def make_cards(tmp_path: Path) -> Iterator[Any]:
    made: list[Cards] = []

    def make(*args: Any, **kwargs: Any) -> Cards:
        made.append(Cards(tmp_path, *args, **kwargs))
        return made[-1]

    yield make
    for one in made:
        one._stop()


def test_the_layout_is_named_by_its_whole_path(make_cards: Any) -> None:
    card = make_cards().of_review()
    assert card["cards_layout"] == LAYOUT
    assert Path(LAYOUT).is_absolute()
    assert card["cards_layout_options"]["cover"] == str(COVER)
    assert card["cards_layout_options"]["site"] == "Shelf"


@pytest.mark.parametrize(
    "social",
    [{"cards_layout": "default/variant"}, {"enabled": False}, {"cards": False}],
)
def test_other_choices_of_the_site_are_kept(make_cards: Any, social: object) -> None:
    assert make_cards(social).of_review() is None


@pytest.mark.parametrize("social", [{"cards_include": ["blog/*"]}, {"cards_exclude": ["a.*"]}])
def test_reviews_that_the_site_excludes_are_not_reported(
    make_cards: Any, caplog: pytest.LogCaptureFixture, social: object
) -> None:
    cards = make_cards(social)
    assert cards.of_review(Review("a.md", (Book(f"Nile {NO_FONT}"),))) is None
    assert cards.of_review(Review("blog/a.md", (Book("Emma"),)))
    caplog.clear()
    caplog.set_level("INFO")
    cards.cards.report(Kept())
    assert caplog.messages == []


@pytest.mark.parametrize("own", [{"cards": False}, {"cards_layout": "default"}, False, "no"])
def test_other_choices_of_the_page_are_kept(make_cards: Any, own: object) -> None:
    assert make_cards().of_review(social=own) == own


def test_the_option_turns_all_off(make_cards: Any) -> None:
    cards = make_cards(ours={"metadata": {"social_cards": False}}, site_url=None)
    assert cards.of_review() is None
    assert cards.of_list() is None


def test_two_social_plugins(make_cards: Any) -> None:
    both = [{"social": {}}, {"social": {"cards_layout": "default/accent", "cards_dir": "b"}}]
    assert make_cards(plugins=both).of_review() is None


def test_without_the_social_plugin_nothing_is_done(make_cards: Any) -> None:
    cards = make_cards(plugins=["search"])
    assert cards.of_review() is None
    assert cards.of_list() is None


def test_made_pages_have_a_card_only_if_asked_for(make_cards: Any) -> None:
    assert make_cards().of_list() == {"cards": False}
    assert make_cards().of_list(social={"cards": True}) == {"cards": True}
    included = make_cards({"cards_include": ["themes/*"]})
    assert included.of_list() is None
    assert included.of_list("authors/a.md") == {"cards": False}


def test_without_an_address_of_the_site(make_cards: Any, caplog: pytest.LogCaptureFixture) -> None:
    cards = make_cards({"cards_include": ["*"]}, site_url=None)
    assert cards.of_review() == cards.of_list() == {"cards": False}
    caplog.clear()
    caplog.set_level("INFO")
    kept = Kept()
    cards.cards.report(kept)
    cards.cards.report(kept)  # as `mkdocs serve` does after an edit
    [record] = caplog.records
    assert "`site_url` in mkdocs.yml" in record.getMessage()


def test_a_font_that_was_not_downloaded_as_a_whole_is_reported(
    make_cards: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fonts = tmp_path / "cache" / "fonts" / "Roboto"
    fonts.mkdir(parents=True)
    (fonts / "Bold.ttf").write_bytes(b"half")
    cards = make_cards({"cache_dir": str(tmp_path / "cache")})
    cards.of_review()
    caplog.clear()
    cards.cards.report(Kept())
    [record] = caplog.records
    assert record.levelname == "WARNING"
    assert f"`{fonts / 'Bold.ttf'}` of the social cards cannot be read" in record.getMessage()


def test_without_a_cover_the_card_is_the_usual_one(make_cards: Any) -> None:
    assert make_cards().of_review(cover=None) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"background_color": "#123", "color": "#fff"}, ("#123", "#fff", "#fff")),
        # White letters alone would be on light paper.
        ({"color": "#fff"}, ("#faf6ee", "#2a2833", "#b7791f")),
    ],
)
def test_colours_of_the_author(
    make_cards: Any, given: dict[str, str], expected: tuple[str, ...]
) -> None:
    names = ("background_color", "color", "star_color")
    for one in (
        make_cards({"cards_layout_options": given}).of_review(),
        make_cards().of_review(social={"cards_layout_options": given}),
    ):
        assert tuple(one["cards_layout_options"][name] for name in names) == expected


@pytest.mark.parametrize(
    ("options", "theme", "family"),
    [
        ({}, {}, "Roboto"),
        ({}, {"font": False}, "Roboto"),
        ({}, {"font": {"text": "Lora"}}, "Lora"),
        ({"font_family": "Inter"}, {"font": {"text": "Lora"}}, "Inter"),
    ],
)
def test_the_font(make_cards: Any, options: object, theme: dict[str, Any], family: str) -> None:
    cards = make_cards({"cards_layout_options": options}, theme={"name": "material", **theme})
    assert cards.of_review()["cards_layout_options"]["font_family"] == family


@pytest.mark.parametrize(
    ("title", "options", "is_ours"),
    [
        ("Война и мир", {}, True),  # Roboto has these letters
        ("Война и мир", {"font_family": "Lora"}, True),  # the author has looked at it
        ("雪国", {}, False),
        ("雪国", {"font_family": "Noto Serif JP"}, True),
        ("Emma 📚", {}, False),
        ("Ærø – “Œuvre”…", {}, True),
    ],
)
def test_letters_of_a_font_that_is_not_downloaded_yet(
    make_cards: Any, title: str, options: object, is_ours: bool
) -> None:
    cards = make_cards({"cards_layout_options": options})
    assert bool(cards.of_review(Review("a.md", (Book(title),)))) == is_ours
