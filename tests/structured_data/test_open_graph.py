"""Open Graph properties in built sites: what front matter, options and templates say of them."""

from pathlib import Path

import pytest

from mkdocs_bookreview.structured_data.properties import find_locale
from tests.plugin.sites import Site, Tree, build_site, review

ROOT = "https://example.org/"
HARD = "</script><b> \"q\" 'a' & \u2028 \U0001f4d6 שלום"
THEME = "<b> \"q\" 'a' & \U0001f4d6 שלום"
BOOKS = {
    "full": review(
        "Never Let Me Go",
        "Kazuo Ishiguro",
        date="2024-05-01",
        updated="2024-06",
        rating=4,
        book={"isbn": "0571224148", "published": 2005, "first_published": "2004-02-03"},
        themes=["Memory", {"name": "Cloning", "spoiler": True}, "Grief"],
    ),
    "old": """---
book:
  title: Emma
  authors: [Ann, {name: Bea, role: translator}, Cyd]
  first_published: ~1815
---
Text.
""",
    "ancient": review("Odyssey", "Homer", book={"first_published": -800}),
    "both": """---
book: [{title: One, author: Ann, isbn: 0571224148}, {title: Two, author: Bea}]
date: 2020-01-02
reviewer: Cyd
---
Text.
""",
    "hard": review(HARD, HARD, reviewer=f"{HARD} {'x' * 40}", themes=[THEME]),
    "long": review("Long " * 1000, themes=["y" * 5000]),
}
# What each page says of these, in this order. All are of German readers, whose site has `book`.
EXPECTED: dict[str, list[tuple[str, str]]] = {
    "full": [
        ("og:type", "book"),
        ("book:author", "Kazuo Ishiguro"),
        ("book:isbn", "9780571224142"),
        ("book:release_date", "2005"),
        ("book:tag", "Memory"),
        ("book:tag", "Grief"),
    ],
    "old": [("og:type", "book"), ("book:author", "Ann"), ("book:author", "Cyd")],
    "ancient": [("og:type", "book"), ("book:author", "Homer")],
    "both": [
        ("og:type", "article"),
        ("article:published_time", "2020-01-02"),
        ("article:author", "Cyd"),
    ],
    # Front matter has one space in place of each break of a line.
    "hard": [("og:type", "book"), ("book:author", " ".join(HARD.split())), ("book:tag", THEME)],
    "long": [("og:type", "book"), ("book:author", "Jane Austen"), ("book:tag", "y" * 5000)],
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_site(
        tmp_path_factory.mktemp("books"),
        {"index.md": "# Home\n", **{f"reviews/{name}.md": BOOKS[name] for name in BOOKS}},
        {"metadata": {"open_graph": "book"}},
        theme={"name": "readthedocs", "locale": "de"},
        site_author="Nell Ashworth",
        site_url=ROOT,
        use_directory_urls=False,
    )


def list_meta(page: Tree) -> list[tuple[str, str]]:
    found = page.xpath("//head/meta[@content]")
    return [(one.get("property") or one.get("name"), one.get("content")) for one in found]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_review_as_a_book(books: Site, name: str) -> None:
    page = books.page(f"reviews/{name}.html")
    kinds = ("og:type", "book:", "article:")
    assert [one for one in list_meta(page) if (one[0] or "").startswith(kinds)] == EXPECTED[name]
    found = dict(list_meta(page))
    assert found["og:url"] == f"{ROOT}reviews/{name}.html"
    assert found["og:locale"] == "de_DE"
    assert found["og:description"] == found["description"]


HEAD = """{% extends "base.html" %}
{% block extrahead %}
<meta content="Mine" property="og:title">
<meta name="description" property="og:description" content="It's mine">
<meta name='twitter:card' content=player />
<!-- </head><meta property="og:url" content="no"> -->
<script>const end = "</head>"</script>
<META PROPERTY="og:image:secure_url" CONTENT="https://a.example/b.png">
<link href="https://a.example/" rel="shortlink canonical">
{% endblock %}
"""


@pytest.fixture(scope="module", params=["</head>", "</HEAD >", ""], ids=["usual", "large", "none"])
def own(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site without an address, whose author wrote some of the head, and its end."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "overrides").mkdir()
    (folder / "overrides/main.html").write_text(HEAD, "utf-8")
    (folder / "hook.py").write_text(
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(150)\n"
        "def on_post_page(output, page, config):\n"
        "    before, _, after = output.rpartition('</head>')\n"
        f"    return before + {request.param!r} + after\n",
        "utf-8",
    )
    pages = {"index.md": "# Home\n", "reviews/emma.md": review(date="2024-05-01")}
    theme = {"name": "mkdocs", "custom_dir": "overrides"}
    return build_site(folder, pages, theme=theme, hooks=["hook.py"])


def test_what_the_author_writes_stays_alone(own: Site) -> None:
    page = own.page("reviews/emma/index.html")
    found = list_meta(page)
    named = {
        name: [content for key, content in found if key and key.lower() == name]
        for name in ("og:title", "twitter:card", "og:image", "og:url", "og:type", "og:locale")
    }
    assert named == {
        "og:title": ["Mine"],
        "twitter:card": ["player"],
        "og:image": [],
        "og:url": [],
        "og:type": ["article"],
        "og:locale": ["en_US"],
    }
    assert len(page.xpath('//head/meta[@name="description" or @property="og:description"]')) == 1
    assert page.xpath('//link[contains(@rel, "canonical")]/@href') == ["https://a.example/"]


def test_the_option_leaves_only_the_description(tmp_path: Path) -> None:
    pages = {"index.md": "# Home\n", "reviews/emma.md": review(description="A comedy.")}
    options = {"metadata": {"open_graph": False}}
    site = build_site(tmp_path, pages, options, theme={"name": "mkdocs"}, site_url=ROOT)
    found = list_meta(site.page("reviews/emma/index.html"))
    assert ("description", "A comedy.") in found
    assert not [name for name, _ in found if name and ":" in name]


PICTURE = (
    b"GIF89a" + bytes.fromhex("0200030080000000000000000021f90401000000002c00000000") + b"\0" * 9
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="3"/>'
# What `image` in the front matter is, and the address that other services get.
IMAGES = {
    "reviews/open.gif": f"{ROOT}reviews/open.gif",
    "open.gif": f"{ROOT}reviews/open.gif",
    "/reviews/open.gif": f"{ROOT}reviews/open.gif",
    "https://a.example/b": "https://a.example/b",
    "//a.example/b.png": "https://a.example/b.png",
    "https://[": "https://[",
    "https://a.example/b.svg": None,
    "HTTPS://a.example/b.SVG?v=2#c": None,
    "javascript:alert(1)": None,
    "missing.gif": None,
    "../../etc/open.gif": None,
    "drawn.svg": None,
}
# A cover that is a picture, and one that is none.
COVERS = {"open.gif": f"{ROOT}reviews/open.gif", "broken.jpg": None}


def test_the_picture_is_one_that_services_show(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "index.md": "# Home\n",
        "reviews/open.gif": PICTURE,
        "reviews/drawn.svg": SVG,
        "reviews/broken.jpg": b"no picture",
    }
    # Their covers are no pictures for services, so that none takes the place of `image`.
    given = [{"image": image, "book": {"cover": "drawn.svg"}} for image in IMAGES]
    given += [{"book": {"cover": cover}} for cover in COVERS]
    for number, keys in enumerate(given):
        pages[f"reviews/{number}.md"] = review(f"Book {number}", **keys)
    site = build_site(tmp_path, pages, theme={"name": "mkdocs"}, site_url=ROOT)
    for number, address in enumerate((*IMAGES.values(), *COVERS.values())):
        found = dict(list_meta(site.page(f"reviews/{number}/index.html")))
        assert found.get("og:image") == address, given[number]
    assert found.keys().isdisjoint({"og:image:width", "og:image:alt"})


LOCALES = {
    "en": "en_US",
    "en-GB": "en_GB",
    "de": "de_DE",
    "pt-BR": "pt_BR",
    "zh-Hant": "zh_TW",
    "zh-Hans": "zh_CN",
    "sr-Latn": "sr_RS",
    "he": "he_IL",
    "es-419": "es_ES",
    "eo": None,
    "xx-YY": None,
    "": None,
}


@pytest.mark.parametrize("tag", LOCALES)
def test_languages_get_a_country(tag: str) -> None:
    assert find_locale(tag) == LOCALES[tag]
