from pathlib import Path
from urllib.request import Request, urlopen

import html5lib
import yaml
from lighthouse import (
    AUDITS,
    BARE,
    CATEGORIES,
    OURS,
    Row,
    compare,
    read_figures,
    report,
    serve,
    strip,
    write_bare,
)

ARTICLE = """
<h1 id="emma">Emma<a class="headerlink" href="#emma" title="Permanent link">¶</a></h1>
<section class="bookreview-card"><span class="bookreview-cover"><img src="e.jpg" alt="Cover"></span>
<svg><text>Not this</text></svg><p class="bookreview-card__verdict">Quiet <em>and</em> sharp.</p>
<ul><li><a class="bookreview-chip" href="../themes/class/">Class</a></li>
<li><h3>In a list</h3></li></ul></section>
<form><label>How far</label></form>
<div class="bookreview-spoiler"><details><summary>Spoiler</summary><p>She marries.</p></details>
</div>
<h2 id="more">More <code>x</code></h2><p>The end.</p><script>no()</script>
"""
PAGE = (
    "<title>Emma - Shelf</title><meta name='description' content='A'>"
    f"<article class='md-content'>{ARTICLE}</article>"
)


def write_report(score: float, value: float) -> dict[str, dict[str, dict[str, float]]]:
    return {
        "categories": {key: {"score": score} for key in CATEGORIES.values()},
        "audits": {key: {"numericValue": value} for key in AUDITS.values()},
    }


def test_medians_are_compared() -> None:
    ours = [read_figures(write_report(score, 100)) for score in (0.9, 0.95, 0.2)]
    bare = [read_figures(write_report(score, 80)) for score in (0.92, 0.99, 0.91)]
    rows = {row.what: row for row in compare({("review", OURS): ours, ("review", BARE): bare})}
    assert rows["performance"] == Row("review", "performance", 0.9, 0.92)
    assert rows["largest paint (ms)"] == Row("review", "largest paint (ms)", 100, 80)
    assert {what for what, row in rows.items() if not row.is_good} == {"accessibility", "SEO"}
    table = report([*rows.values()], 3)
    assert "| review | performance | 0.90 | 0.92 |  |" in table
    assert "| review | accessibility | 0.90 | 0.92 | too low |" in table


def test_search_engines_find_nothing_wrong() -> None:
    report = {"categories": {"seo": {"score": 0.99}}, "audits": {}}
    figures = read_figures(report)
    assert figures == {"SEO": 0.99}
    (row,) = compare({("theme", OURS): [figures], ("theme", BARE): [{"SEO": 0.5}]})
    assert not row.is_good
    assert Row("theme", "SEO", 1.0, 1.0).is_good


def test_the_bare_page_has_the_words_only() -> None:
    text = strip(ARTICLE)
    assert text.startswith("# Emma\n")
    assert "\n## More <code>x</code>\n" in text
    assert "<li><h3>In a list</h3></li>" in text
    assert '<a href="../themes/class/">Class</a>' in text
    assert "She marries." in text
    words = " ".join(html5lib.parseFragment(text).itertext())
    assert not [word for word in ("Not this", "How far", "no()", "¶") if word in words]
    assert not [name for name in ("class=", "<img", "<details", "style=") if name in text]


def test_loose_text_of_the_bare_page_is_in_paragraphs() -> None:
    text = strip("<h1>Emma</h1><section>0 of <b>two</b> <em>shown</em><p>A</p>B &lt; C</section>")
    assert "<p>0 of two <em>shown</em></p>\n<p>A</p>\n<p>B &lt; C</p>" in text


def test_the_bare_site_has_the_pages_of_ours(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    for folder in (".", "reviews", "reviews/emma"):
        (ours / folder).mkdir(exist_ok=True, parents=True)
        (ours / folder / "index.html").write_text(PAGE)
    plugins = ["search", {"bookreview": {}}]
    nav = [{"Reviews": "reviews.md"}]
    config = {"site_name": "Shelf", "nav": nav, "plugins": plugins}
    write_bare(ours, config, tmp_path / "bare")
    written = {
        path.relative_to(tmp_path / "bare" / "docs").as_posix()
        for path in (tmp_path / "bare").rglob("*.md")
    }
    assert written == {"index.md", "reviews.md", "reviews/emma/index.md"}
    head = (tmp_path / "bare" / "docs" / "index.md").read_text().split("---\n")[1]
    assert yaml.safe_load(head)["title"] == "Emma"
    settings = yaml.safe_load((tmp_path / "bare" / "mkdocs.yml").read_text())
    assert settings["plugins"] == ["search"]


def test_texts_are_served_compressed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "a.webp").write_bytes(b"RIFF")
    with serve(tmp_path) as address:
        page = urlopen(Request(address, headers={"Accept-Encoding": "gzip"}))
        assert page.headers["Content-Encoding"] == "gzip"
        assert page.headers["Content-Type"] == "text/html"
        assert urlopen(address + "a.webp").read() == b"RIFF"
