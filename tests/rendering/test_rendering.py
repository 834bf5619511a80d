"""Cards, lists, figures and comment panels become HTML in a process that never imports MkDocs."""

import subprocess
import sys
from decimal import Decimal

import html5lib
import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.pieces import ROOT, Addresses
from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.comments.giscus import Giscus
from mkdocs_bookreview.comments.provider import Conversation
from mkdocs_bookreview.comments.section import SectionBuilder, SectionOptions
from mkdocs_bookreview.listings.blocks import WrittenBlock
from mkdocs_bookreview.listings.pages import plan_listings
from mkdocs_bookreview.listings.queries import Queries
from mkdocs_bookreview.listings.taxonomies import group_library
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Reading, Review, Status, ThemeMention
from mkdocs_bookreview.model.statistics import count_readings
from mkdocs_bookreview.rendering.comments import CommentRenderer
from mkdocs_bookreview.rendering.latest import LatestRenderer
from mkdocs_bookreview.rendering.legend import LegendRenderer
from mkdocs_bookreview.rendering.lists import Contents, ListRenderer
from mkdocs_bookreview.rendering.reviews import ReviewRenderer
from mkdocs_bookreview.rendering.templates import FOLDER, Templates
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

EMMA = Review(
    "reviews/emma.md",
    (Book("Emma", authors=(Contributor("Jane Austen"),), pages=474),),
    rating=Rating(Decimal(4), 5),
    verdict="Clever & kind.",
    themes=(ThemeMention("Class"), ThemeMention("Who marries whom", spoiler=True)),
    readings=(Reading(Status.READ, ended=PartialDate(2024, 5)),),
)
ISLE = Review("reviews/isle.md", (Book("The Isle"),), description="An <i>island</i>.")


class Site:
    """The renderers of a site that has just these reviews."""

    def __init__(self, *reviews: Review, env: Environment | None = None) -> None:
        words, settings = Words("en"), Settings()
        self.library = Library.of(reviews)
        taxonomies = group_library(self.library, {}, settings, words)
        self.listings = plan_listings(self.library, taxonomies, settings, words)
        listed = {one.source: one.source.removesuffix("index.md") for one in self.listings}
        related = {one.source: (one.book.title, one.source[:-3] + "/") for one in reviews}
        themes = taxonomies["themes"]
        pages = {term.slug: f"themes/{term.slug}/" for term in themes.terms}
        terms = {"themes": TermPages("themes", "Themes", themes, pages)}
        addresses = Addresses({}, terms, related)
        cards = CardBuilder(
            addresses, words, "<b id={1}>{0}</b>".format, None, Relations(self.library, taxonomies)
        )
        templates = Templates(env or Environment(loader=FileSystemLoader(FOLDER)), words)
        self.comments = CommentRenderer(templates)
        self.reviews = ReviewRenderer(templates, cards, "Yours, A.")
        self.lists = ListRenderer(
            templates,
            cards,
            Contents(
                self.library,
                Queries(self.library, taxonomies, settings, words),
                addresses,
                listed,
                feeds={},
                teasers={EMMA.source: "She thought she knew."},
                comments={EMMA.source: 12},
                statistics=count_readings(self.library, taxonomies),
                browse_script="assets/browse.js",
            ),
            LatestRenderer(templates, list),
            LegendRenderer(templates, cards, reviews),
        )

    def listing(self, shows: str) -> str:
        listing = next(one for one in self.listings if one.shows == shows)
        return self.lists.render_listing(listing, "..")


def read(html):
    return html5lib.parse(html, namespaceHTMLElements=False)


def words_of(html):
    return " ".join(" ".join(read(html).itertext()).split())


def test_a_card():
    html = Site(EMMA).reviews.render_card(EMMA)
    shown = words_of(html)
    assert "Clever & kind." in shown
    assert "by Jane Austen" in shown
    assert "4 out of 5" in html
    assert "<b id=bookreview-card-spoiler-1>Who marries whom</b>" in html


def test_what_follows_the_text():
    assert "Yours, A." in words_of(Site(EMMA).reviews.render_after(EMMA))


def test_the_list_of_all_reviews():
    html = Site(EMMA, ISLE).listing("reviews")
    assert ROOT not in html
    links = {link.get("href") for link in read(html).iter("a")}
    assert {"../reviews/emma/", "../reviews/isle/"} <= links
    assert "Clever & kind." in words_of(html)
    assert "She thought she knew." not in html
    assert "An <i>island</i>." in words_of(html)


def test_browse_loads_its_script_and_lists_all():
    html = Site(EMMA, ISLE).listing("browse")
    assert [script.get("src") for script in read(html).iter("script")] == ["../assets/browse.js"]
    assert "Emma" in html
    assert "The Isle" in html


def test_figures():
    html = Site(EMMA).listing("stats")
    assert ROOT not in html
    assert "474" in words_of(html)


@pytest.mark.parametrize("layout", ["cards", "list", "table", "covers"])
def test_a_block_in_each_layout(layout):
    written = WrittenBlock("reviews", "", "/// reviews", f"layout: {layout}", is_closed=True)
    html = Site(EMMA, ISLE).lists.render_block(written, "index.md", "..")
    links = {link.get("href") for link in read(html).iter("a")}
    assert {"../reviews/emma/", "../reviews/isle/"} <= links


def test_a_block_does_not_list_its_own_page():
    written = WrittenBlock("reviews", "", "/// reviews", "", is_closed=True)
    html = Site(EMMA, ISLE).lists.render_block(written, EMMA.source, "..")
    assert "reviews/emma/" not in html
    assert "reviews/isle/" in html


def test_a_comment_panel():
    giscus = Giscus(
        repo="ann/books", repo_id="R_kgDOKq3vXw", category="A", category_id="DIC_kwDOKq3vX84CbW1y"
    )
    sections = SectionBuilder(giscus, SectionOptions(), Words("en"))
    section = sections.build(Conversation("emma", "Emma", "en"), "comments.json")
    assert section
    panel = read(Site(EMMA).comments.render(section)).find(".//section")
    assert panel.get("data-load") == "click"
    assert "emma" in panel.get("data-embed")
    assert [button.text for button in panel.iter("button")] == [section.panel.button]


def test_the_bar_that_opens_spoilers():
    progress = ReadingProgress([EMMA], Words("en"))
    progress.add(EMMA.source, [{"chapter": "3"}, {}])
    control = progress.control(EMMA.source, EMMA)
    assert control
    assert "chapter" in words_of(Site(EMMA).reviews.render_control(control)).lower()


@pytest.mark.parametrize(
    ("uri", "address", "relative"),
    [
        ("old/emma/index.html", "reviews/emma/", "../../reviews/emma/"),
        ("emma.html", "reviews/emma/", "reviews/emma/"),
        ("a/b.html", "reviews/emma.html", "../reviews/emma.html"),
    ],
)
def test_a_redirect(uri, address, relative):
    html = Site(EMMA).reviews.render_redirect(
        uri, "A & B", address, "assets/to.js", "https://a.org/b/"
    )
    page = read(html)
    assert ROOT not in html
    assert page.find(".//a").get("href") == relative
    script = page.find(".//script")
    assert script.get("data-to") == relative
    assert script.get("src") == "../" * uri.count("/") + "assets/to.js"
    assert page.find(".//title").text == "A & B"
    canonical = page.find(".//link[@rel='canonical']").get("href")
    assert canonical == f"https://a.org/b/{address}"


def test_a_redirect_on_a_site_without_address():
    html = Site(EMMA).reviews.render_redirect("a.html", "A", "b/", "assets/to.js", None)
    assert "canonical" not in html


def test_an_environment_may_have_templates_of_its_own():
    names = ("after", "block", "browse", "card", "comments", "control", "item", "list")
    own = {f"bookreview/{name}.html": f"own {name}" for name in (*names, "redirect", "stats")}
    loader = ChoiceLoader([DictLoader(own), FileSystemLoader(FOLDER)])
    site = Site(EMMA, env=Environment(loader=loader))
    assert site.reviews.render_card(EMMA) == "own card"


def test_without_mkdocs():
    code = (
        "import sys\n"
        "import mkdocs_bookreview.rendering.lists, mkdocs_bookreview.rendering.reviews\n"
        "assert 'mkdocs' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
