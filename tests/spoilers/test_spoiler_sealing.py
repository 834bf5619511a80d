"""HTML in, sealed HTML out."""

from itertools import count

import html5lib
import pytest

from mkdocs_bookreview.spoilers.sealed.form import seal_block, seal_inline
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.spoilers.sealed.shortcut import seal_plain
from mkdocs_bookreview.words.language import Words

WORDS = Words()


def tree(html: str) -> str:
    """Return what a browser makes of HTML, written in one way."""
    return html5lib.serialize(html5lib.parse(f"<!doctype html><title>t</title><main>{html}"))


def block(body: str, label: str = "") -> str:
    return seal_block(body, label, WORDS)


def inline(body: str, number: int = 1) -> str:
    return seal_inline(body, f"bookreview-spoiler-{number}", WORDS)


PAIRS = (("figure", "figcaption"), ("fieldset", "legend"), ("table", "caption"))
NOTE = '<div class="footnote"><ol><li id="a">b</li></ol></div>'


@pytest.mark.parametrize(
    ("html", "sealed"),
    [
        ("<p>a <spoiler>b</spoiler> c</p>", f"<p>a {inline('b')} c</p>"),
        (
            "<p>A <spoiler>b</p><p>c</spoiler> e</p>",
            f"<p>A </p>{block('<p>b</p><p>c</p>')}<p> e</p>",
        ),
        ("<p><spoiler></p>\n<p>b</p>\n<p></spoiler></p>", block("\n<p>b</p>\n")),
        (
            "<p><em>a <spoiler>b</em> c</spoiler></p>",
            f"<p><em>a </em>{inline('<em>b</em> c')}</p>",
        ),
        *(
            (
                f'<p><{name} title="u">a <span class="spoiler">b</span></{name}></p>',
                f'<p><{name} title="u">a </{name}>'
                + inline(f'<{name} title="u">b</{name}>')
                + "</p>",
            )
            for name in ("a", "button", "label", "nobr")
        ),
        ('<p class="spoiler x" id="y">a</p>', block('<p class="x">a</p>')),
        ('<ul><li class="spoiler" id="x">a</li></ul>', f"<ul><li>{inline('a')}</li></ul>"),
        (
            '<table><tr><td class="spoiler x" title="a" id="b" colspan="2">c</td></tr></table>',
            f'<table><tr><td class="x" colspan="2">{inline("c")}</td></tr></table>',
        ),
        *(
            (
                f'<{around}><{name} class="spoiler">a</{name}></{around}>',
                f"<{around}><{name}>{inline('a')}</{name}></{around}>",
            )
            for around, name in PAIRS
        ),
        ('<ul class="spoiler"><li>a</li></ul>', block("<ul><li>a</li></ul>")),
        ('<p><em class="spoiler">a</em></p>', f"<p>{inline('<em>a</em>')}</p>"),
        (
            '<p><span class="spoiler" lang="fr">a</span></p>',
            f"""<p>{inline('<span lang="fr">a</span>')}</p>""",
        ),
        ('<div class="spoiler">a</div>', block("a")),
        ('<div class="spoiler grid">a</div>', block('<div class="grid">a</div>')),
        ('<details class="spoiler" open><summary>A</summary>b</details>', block("b", "A")),
        (
            '<table class="spoiler"><tr><td>a</td></tr></table>',
            block("<table><tr><td>a</td></tr></table>"),
        ),
        ('<div class="spoiler">a <spoiler>b</spoiler></div>', block(f"a {inline('b')}")),
        ("<spoiler>a </div></details> b</spoiler>", inline("a  b")),
        (
            '<div class="spoiler"><b>a</div>b',
            f"{block('<b>a</b>')}<b>b</b>",  # a browser goes on with what was not closed
        ),
        ("<p>a <img class='spoiler' src=b></p>", f"<p>a {inline('<img src=b>')}</p>"),
        ('<script>"<spoiler>"</script>', '<script>"<spoiler>"</script>'),
        ('<spoiler id="a" class="b">c</spoiler>', inline("c")),
        (
            '<p><b class="spoiler">a <spoiler>b</b> c</spoiler> d</p>',
            f"<p>{inline('<b>a </b>' + inline('<b>b</b> c', 2))} d</p>",
        ),
        (
            "<em>a <spoiler><div>b</div></spoiler></em>",
            f"<em>a </em>{block('<em><div>b</div></em>')}",
        ),
        (
            "<div class=spoiler><table><tbody><tr class=spoiler><td>a</tr></table></div>",
            block("<table><tr><td>a</td></tr></table>"),
        ),
        ('<spoiler>a <p class="spoiler">b</p></spoiler>', block(f"a {block('<p>b</p>')}")),
        ('<div class="Spoiler x">a</div>', block('<div class="x">a</div>')),
        (
            "<my-card>a <spoiler><p>b</p></spoiler></my-card>",
            f"<my-card>a {block('<p>b</p>')}</my-card>",
        ),
        (
            "<ul><li>a</li><spoiler><li>b</li></ul>",
            f"<ul><li>a</li></ul>{block('<ul><li>b</li></ul>')}",
        ),
        ("<p> <spoiler>b</p>c</spoiler>", block("<p> b</p>c")),
        (
            '<a id="x">b <spoiler>c</spoiler> d</a>',
            f'<a id="x">b </a>{inline("<a>c</a>")}<a> d</a>',
        ),
        ("<spoiler><h2>a</h2></spoiler>", block('<div role="heading" aria-level="2">a</div>')),
        (
            "<spoiler><label for=a>b</label><input id=a></spoiler>",
            inline("<label for=a>b</label><input id=a>"),
        ),
        (f"<p><spoiler></spoiler></p>{NOTE}", f"<p></p>{NOTE}"),
        ("<p>a <spoiler></p>b</spoiler>", f"<p>a </p>{inline('b')}"),
        (
            "<div><spoiler>a <spoiler>b</spoiler></div>c",
            f"<div>{inline('a ' + inline('b', 2))}</div>c",
        ),
    ],
)
def test_sealing(html, sealed):
    made = seal([html], WORDS).blocks[0]
    assert tree(made) == tree(sealed)
    assert seal([made], WORDS).blocks[0] == made


@pytest.mark.parametrize(("ident", "shown"), [("fn:tommy-dies", ""), ("fn:1", ' id="fn:1"')])
def test_the_name_of_a_hidden_footnote_is_hidden(ident, shown):
    html = (
        f'<spoiler>a<a class="footnote-ref" href="#{ident}">1</a></spoiler>'
        f'<div class="footnote"><ol><li id="{ident}">b</li></ol></div>'
    )
    assert f"<ol><li{shown}>{block('b')}</li></ol>" in seal([html], WORDS).blocks[0]


def test_a_note_of_a_spoiler_loses_its_way_back():
    reference = '<a class="footnote-ref" href="#fn:1">1</a>'
    note = '<p>b &amp;&#160;<a class="footnote-backref" href="#fnref:1">c</a></p>'
    html = (
        f"<p>[^1] <spoiler>{reference}</spoiler></p>"
        f'<div class="footnote"><ol><li id="fn:1">{note}</li></ol></div>'
    )
    assert block("<p>b &amp;</p>") in seal([html], WORDS).blocks[0]


def test_a_note_to_which_raw_html_refers_is_shown():
    note = NOTE.replace('"a"', '"fn:1"')
    assert note in seal([f"<p>a[^1] <spoiler>b</spoiler></p>{note}"], WORDS).blocks[0]


@pytest.mark.parametrize(
    ("html", "sealed"),
    [
        (
            '<div class="admonition spoiler"><p class="admonition-title">A</p>b</div>',
            block("b", "A"),
        ),
        (
            '<div class="spoiler"><p class="admonition-title">A</p>b</div>',
            block('<p class="admonition-title">A</p>b'),
        ),
        (
            '<details class="spoiler"> <!-- a --><summary id="b">A <b id="c">d</b></summary>e',
            block(" <!-- a -->e", "A <b>d</b>"),
        ),
        ('<details class="spoiler"></details>', block("")),
        (
            '<details class="spoiler"><summary>A <spoiler>b</spoiler></summary>c</details>',
            block("c", f"A {inline('b')}"),
        ),
        # None of these labels ends where a label should.
        (
            '<details class="spoiler"><summary>a</summary></details>',
            block("<summary>a</summary>"),
        ),
        (
            '<details class="spoiler"><summary>A <p>b</p></summary>c</details>',
            block("<summary>A <p>b</p></summary>c"),
        ),
        (
            '<details class="spoiler"><summary>A</summary>b <spoiler>c</details> d</spoiler>',
            block(f"<summary>A</summary>b {block('c d')}"),
        ),
    ],
)
def test_labels(html, sealed):
    assert tree(seal([html], WORDS).blocks[0]) == tree(sealed)


def test_only_outermost_spoilers_are_locked():
    locked = []
    html = "<spoiler>a <spoiler>b</spoiler></spoiler><p>c</p><spoiler>d</spoiler>"
    sealed = seal([html], WORDS, lambda element: locked.append(element) or f"[{len(locked)}]")
    assert sealed.blocks[0] == "[1]<p>c</p>[2]"
    assert locked == [inline(f"a {inline('b', 2)}"), inline("d", 3)]


def test_what_has_no_spoiler_is_the_same_text():
    html = "<p>no spoiler, in no class</p>" * 10
    assert seal([html], WORDS).blocks[0] == html


SECRET = "<spoiler>SECRET</spoiler>"
WIDER, APART = "covers several parts of a", "cannot be separated from the text around it"
# What a browser reads in another way than it is written, with the report for its author, if any.
BAD = {
    "crossing tags": ("<p><b>a <spoiler>SECRET</b> SECRET</p></spoiler><p>open</p>", ""),
    "tags without partner": ("</b></div><div><p>a <spoiler>SECRET</div></i></spoiler>open", ""),
    "a paragraph in a paragraph": ("<p>open <spoiler>SECRET<p>SECRET</p>SECRET</spoiler></p>", ""),
    "a link in a link": ("<a href=x>open<spoiler>SECRET<a>SECRET</a></spoiler> b</a>", ""),
    "a form in a form": ("<form><spoiler>SECRET<form>SECRET</form></spoiler></form>open", ""),
    "nothing": (f"<p>open <spoiler></spoiler> {SECRET}</p>", ""),
    "a film": ("<p>open <spoiler><video src=SECRET></video></spoiler></p>", ""),
    "no end": ("<div><p>a <spoiler>SECRET<p>SECRET</div><p>open</p>", "never closed"),
    "a picture behind it": ("<p>open <spoiler>SECRET</spoiler><img src=a>", ""),
    "no end in a spoiler": ("<div class=spoiler><p>SECRET <spoiler>SECRET</p></div>open", ""),
    "out of a cell": (
        "<table><tr><td>open <spoiler>SECRET<td>SECRET</table><p>SECRET</spoiler> open",
        "",
    ),
    "into a cell": ("open <spoiler>SECRET<table><td>SECRET</spoiler> open</table>", ""),
    "between rows": ("<table><tr><td>a</tr><spoiler>SECRET</spoiler></table>", APART),
    "text in a table": ("<table><spoiler><b>SECRET</spoiler></b></table>a secret SECTER", APART),
    "a picture in a table": ("<table><spoiler><img src=SECRET></spoiler></table>", APART),
    "a row in a spoiler": (
        '<spoiler><table><tr class="spoiler">SECRET</tr></table></spoiler>open',
        "",
    ),
    "text in a table in a spoiler": (
        "<spoiler><table><spoiler><b>SECRET</spoiler></b></table></spoiler>open",
        "",
    ),
    "a heading in a spoiler": (f"<spoiler><h2>a {SECRET}</h2></spoiler>open", ""),
    "a row": ('<table><tr class="spoiler"><td>SECRET</tr></table>open', WIDER),
    "out of a caption": (
        "<table><caption>a <spoiler>SECRET<tr><td>SECRET</spoiler></table>",
        WIDER,
    ),
    "columns": ("<table><colgroup><spoiler>SECRET</spoiler><tr><td>a</table>", APART),
    "select": ("<select><option>a<option><spoiler>SECRET</spoiler></select>open", WIDER),
    "out of a select": ("<p><select><option>a<spoiler>SECRET</select>SECRET</spoiler> open", ""),
    "an option": ('<select><option class="spoiler">SECRET</option></select>open', WIDER),
    "a datalist": ("<datalist><option><spoiler>SECRET</spoiler></datalist>open", ""),
    "svg": (f"<p><svg><text>{SECRET}</text></svg></p><p>open</p>", WIDER),
    "out of svg": ("<p><svg><text><spoiler>SECRET</text></svg>SECRET</spoiler></p><p>open", ""),
    "HTML in svg": ("<svg><foreignObject><p><spoiler>SECRET</p></spoiler></svg>open", WIDER),
    "math": (f"<p>open <math><mi>{SECRET}</mi></math></p>", WIDER),
    "template": (f"<template><p>{SECRET}</template>", APART),
    "out of a template": ("<template><spoiler>SECRET</template>SECRET</spoiler>", APART),
    "a template": ('<template class="spoiler">SECRET</template>', APART),
    "a template within": ("<spoiler>a<template>SECRET</template></spoiler>", APART),
    "a comment": ("<p><spoiler>a <!-- SECRET </spoiler> --></spoiler> open", ""),
    "a comment without end": ("<p><spoiler>SECRET <!-- </spoiler>", APART),
    "an odd end of a comment": ("<p><spoiler>SECRET <!-- </p> --!> SECRET</spoiler> open", ""),
    "an empty comment": ("<p><spoiler>SECRET <!--> SECRET</spoiler> open -->", ""),
    "another empty comment": ("<p><spoiler>SECRET <!---> SECRET</spoiler> open -->", ""),
    "an instruction": ("<p><spoiler><?php SECRET ?> SECRET</spoiler> open", ""),
    "an odd closing tag": ("<p><spoiler>SECRET</ SECRET></spoiler> open", ""),
    "CDATA": ("<p><spoiler><![CDATA[SECRET]]> SECRET</spoiler> open", ""),
    "a tag in CDATA": (f"<p><![CDATA[{SECRET}]]>", APART),
    "a tag in CDATA in svg": (f"<svg><text><![CDATA[{SECRET}]]></svg>", APART),
    "a quote too many": ('<p class=spoiler title="a>SECRET</p><p class="x">b</p>open', ""),
    "a tag without end": ("<p>open <spoiler>SECRET</spoiler", ""),
    "a closing tag without end": ("<p>open <b class=spoiler>SECRET</b", ""),
    "an attribute without end": (f'<p>open {SECRET}</p><p class="', ""),
    "a sign in an attribute": ('<p>open <b title=">" class="spoiler">SECRET</b></p>', ""),
    "two classes": ("<p>open <b class=spoiler class=x>SECRET</b></p>", ""),
    "no end, and an end too early": (
        "<p><spoiler><b class=spoiler>SECRET</spoiler> SECRET</p>",
        APART,
    ),
    "NUL": ("<p>\0open <spoiler>\0SECRET</spoiler>\0 open", ""),
    "lone surrogates": ('<p title="\ud800">open\ud83d <spoiler>SECRET\udfff</spoiler></p>', ""),
    "comments like ours": (f"<!--\ue001S0-->open<!--\ue001E0--><!--\ue001B1-->{SECRET}", ""),
    "stand-ins like ours": (f"open \ue0010\ue001 \ue0020\ue002 \ue000amp; {SECRET}", ""),
    "a script": (f"<p>open {SECRET}</p><script>'<spoiler>'</script>", ""),
    "a script without end": (f"<p>{SECRET}</p><script>'{SECRET}'", APART),
    "text without end": (f"<p>a</p><plaintext>{SECRET}", APART),
    "an end of a script": (f"<p></script>open {SECRET}<script></script>", ""),
    "capitals": ("<P>open <SPOILER>SECRET</Spoiler> <B CLASS=Spoiler>SECRET</B>", ""),
    "a field": ("<spoiler>SECRET<textarea>SECRET</spoiler></textarea>SECRET</spoiler>open", ""),
    "a frameset": (f"<body class=a><p>open {SECRET}</p><frameset><head><html lang=b>", ""),
    "a whole page": ('<html class="spoiler"><body>SECRET</body></html>open', ""),
    "deep in spoilers": (f"{'<spoiler>' * 600}SECRET{'</spoiler>' * 600} open", ""),
    "deep in elements": (f"{'<div>' * 300}{SECRET}{'</div>' * 300} open", ""),
    "deeper than browsers nest": (f"{'<div>' * 600}{SECRET}{'</div>' * 600}", "be separated"),
}


@pytest.mark.parametrize(("html", "report"), BAD.values(), ids=BAD)
def test_bad_html_shows_and_loses_nothing(read_page, html, report):
    made, *_ = seal([html], WORDS).blocks
    shown = read_page(made).shown
    assert "SECRET" not in shown
    assert made.count("SECRET") == html.count("SECRET")
    assert ("open" in shown) == ("open" in html)
    assert seal([made], WORDS).blocks[0] == made
    reports = [finding.what for finding in seal([html], WORDS).findings]
    assert report in reports[-1] if report else reports == []


@pytest.mark.parametrize("html", [html for html, _ in BAD.values()], ids=BAD)
def test_bad_html_in_markdown_shows_and_loses_nothing(render, html):
    page = render(html)
    assert "SECRET" not in page.shown
    assert page.html.count("SECRET") == html.count("SECRET")


def test_reports_quote_no_tag_of_ours():
    (finding,) = seal(["<template><spoiler-unclosed>a</template>"], WORDS).findings
    assert finding.source_line_text == "a"


def test_a_drawing_in_a_list_is_reported_once():
    (finding,) = seal([f"<ul><svg><text>{SECRET}</text></svg></ul>"], WORDS).findings
    assert "several parts of a `<ul>`" in finding.what


@pytest.mark.parametrize(("progress", "wrong"), [("0.45", 1), (".45", 1), ("0.5%", 0), ("45", 0)])
def test_a_fraction_is_no_percentage(progress, wrong):
    assert len(seal([f'<spoiler progress="{progress}">a</spoiler>'], WORDS).findings) == wrong


def test_thousands_of_spoilers_are_sealed():
    html = f"<p>a {SECRET} b</p>" * 20_000
    sealed = seal([html], WORDS)
    assert sealed.blocks[0].count('popover class="bookreview-spoiler__body">SECRET<') == 20_000
    assert sealed.blocks[0].count("SECRET") == 20_000


ODD = "<P CLASS=a>&amp&#109;\u00a0\ud800<br/>b</P>\n<TABLE><td>c</TABLE>"


def test_blocks_without_a_spoiler_stay_as_they_are():
    blocks = [ODD, SECRET, ODD, "<p>a <spoiler>b</p>", ODD, "c</spoiler> d", ODD]
    sealed = seal(blocks, WORDS).blocks
    assert [number for number, made in enumerate(sealed) if made == ODD] == [0, 2, 6]
    assert sealed[4:6] == ["", ""]
    assert "<p>b</p>" in sealed[3]


def test_only_the_block_of_a_failed_spoiler_is_hidden():
    blocks = ["<p>a</p>", '<template class="spoiler">b</template>', "<p>c</p>"]
    made = seal(blocks, WORDS).blocks
    assert made[::2] == blocks[::2]
    assert made[1].startswith(block("")[:40])


def test_raw_html_without_a_spoiler_stays_as_it_is(render):
    odd = "<DIV CLASS=a>&amp&#109;<br/>b\n<TABLE><td>c</TABLE></DIV>"
    page = render(f"{odd}\n\na <spoiler>b\n\nc</spoiler> d\n\n{odd}")
    assert page.html.count(odd) == 2
    assert "<p>b</p>\n<p>c</p>" in page.html


@pytest.mark.parametrize(
    "text", ["&#109;&#x61;", "&#160;", "&copy;", "&nbsp;", "&amp;lt;", "&copy 1", "&x;"]
)
def test_character_references_stay_as_they_are(text):
    html = (
        f'<p title="{text}">{text} <span class="spoiler"><i title="{text}">{text}</i></span></p>'
        f'<details class="spoiler"><summary>{text}</summary><a href="{text}">{text}</a></details>'
    )
    assert seal([html], WORDS).blocks[0].count(text) == html.count(text)


PLAIN = [
    '<p>a <span class="spoiler">b</span> c</p>',
    '\n<p>a<br />\n<em>b <span class="spoiler">c <strong>d</strong></span></em>&copy;</p>\n',
    '<p><span class="spoiler" chapter="12">a &#109;</span><span class="spoiler">b</span></p>',
    '<details class="spoiler"><summary>A <em>b</em></summary><p>c</p><ul><li>d</li></ul></details>',
    '<details class="spoiler" progress="45%"><summary>Spoiler</summary>a<hr /></details>',
]
NOT_PLAIN = [
    '<h2>a <span class="spoiler">b</span></h2>',
    '<p><a href="c">a <span class="spoiler">b</span></a></p>',
    '<p>a <span class="spoiler"><a href="c">b</a></span></p>',
    '<p>a <span class="spoiler" chapter="x">b</span></p>',
    '<p>a <span class="spoiler">b</span> <b class="Spoiler">c</b></p>',
    '<p>a <span class="spoiler">b <span class="spoiler">c</span></span></p>',
    '<details class="spoiler"><summary>a</summary><h2>b</h2></details>',
    '<details class="spoiler"><summary>a</summary><p class="spoiler">b</p></details>',
    '<details class="spoiler"><summary>a</summary>\n</details>',
    '<details class="spoiler" chapter="x"><summary>a</summary>b</details>',
]


@pytest.mark.parametrize("html", PLAIN)
def test_the_shortcut_makes_what_the_parser_makes(html):
    made = seal_plain(html, html.lower().count("spoiler"), WORDS, str, count(1))
    assert made is not None
    assert tree(made) == tree(seal([html], WORDS).blocks[0])


@pytest.mark.parametrize("html", NOT_PLAIN)
def test_the_shortcut_leaves_the_rest_to_the_parser(html):
    assert seal_plain(html, html.lower().count("spoiler"), WORDS, str, count(1)) is None
