"""HTML in, sealed HTML out."""

import pytest

from mkdocs_bookreview.spoilers.sealed.form import seal_block, seal_inline
from mkdocs_bookreview.spoilers.sealing import seal
from mkdocs_bookreview.words.language import Words

WORDS = Words()


def block(body: str, label: str = "") -> str:
    return seal_block(body, label, WORDS)


def inline(body: str, number: int = 1) -> str:
    return seal_inline(body, f"bookreview-spoiler-{number}", WORDS)


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
        (
            '<p><a href="u">a <span class="spoiler">b</span></a></p>',
            f'<p><a href="u">a </a>{inline("""<a href="u">b</a>""")}</p>',
        ),
        ('<p class="spoiler x" id="y">a</p>', block('<p class="x">a</p>')),
        ('<ul><li class="spoiler" id="x">a</li></ul>', f"<ul><li>{inline('a')}</li></ul>"),
        (
            '<table><tr><td class="spoiler x" title="a" id="b" colspan="2">c</td></tr></table>',
            f'<table><tr><td class="x" colspan="2">{inline("c")}</td></tr></table>',
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
            f"{block('<b>a</b>')}b".replace("<b>a</b>", "<b>a</b>"),
        ),
        ("<p>a <img class='spoiler' src=b></p>", f"<p>a {inline('<img src=b>')}</p>"),
        ('<script>"<spoiler>"</script>', '<script>"<spoiler>"</script>'),
        ('<spoiler id="a" class="b">c</spoiler>', inline("c")),
    ],
)
def test_sealing(html, sealed):
    assert seal(html, WORDS).html == sealed
    assert seal(sealed, WORDS).html == sealed


@pytest.mark.parametrize(("ident", "shown"), [("fn:tommy-dies", ""), ("fn:1", ' id="fn:1"')])
def test_the_name_of_a_hidden_footnote_is_hidden(ident, shown):
    html = (
        f'<spoiler>a<a class="footnote-ref" href="#{ident}">1</a></spoiler>'
        f'<div class="footnote"><ol><li id="{ident}">b</li></ol></div>'
    )
    assert f"<ol><li{shown}>{block('b')}</li></ol>" in seal(html, WORDS).html


def test_only_outermost_spoilers_are_locked():
    locked = []
    html = "<spoiler>a <spoiler>b</spoiler></spoiler><p>c</p><spoiler>d</spoiler>"
    sealed = seal(html, WORDS, lambda element: locked.append(element) or f"[{len(locked)}]")
    assert sealed.html == "[1]<p>c</p>[2]"
    assert locked == [inline(f"a {inline('b', 2)}"), inline("d", 3)]


def test_what_has_no_spoiler_is_the_same_text():
    html = "<p>no spoiler, in no class</p>" * 10
    assert seal(html, WORDS).html is html
