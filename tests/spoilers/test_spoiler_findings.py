"""What does not parse is hidden, and reported."""

import pytest
from markdown import Markdown

from mkdocs_bookreview.audit.pages import cut_sealed
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.spoilers.check import MarkdownChecker
from mkdocs_bookreview.spoilers.extension import SpoilerExtension, makeExtension
from mkdocs_bookreview.spoilers.written.block import SpoilerBlock

FINDINGS = [
    ("/// spoiler | A\nsecret\n\nsecret", "never closed", "/// spoiler | A"),
    ("- a\n\n    /// spoiler\n    secret\n\n- b", "never closed", "/// spoiler"),
    ("<spoiler>secret\n\nsecret", "`<spoiler>secret` is never closed", "<spoiler>secret"),
    ("> <spoiler>secret\n\nopen", "never closed", "<spoiler>secret"),
    ("see ||secret [spoiler]secret[/spoiler]\n\nsecret", "no second `||`", "||secret"),
    ("see ||secret\n\nsecret", "no second `||`", "||secret"),
    ('<div class="spoiler">\n<div>\nsecret</div>', "never closed", '<div class="spoiler">'),
    ("secret</spoiler> open", "no `<spoiler>` before it", "</spoiler>"),
    ("open\n\na *secret* secret</spoiler>", "no `<spoiler>` before it", "</spoiler>"),
    ("a <spoiler secret</spoiler> open", "is not a valid tag", "<spoiler secret"),
    ("open\n\na secret|| b\n\nopen", "next to a word has no second", "a secret|| b"),
    ("**secret|| b**\n\nopen", "next to a word has no second", "secret|| b"),
    ("a || secret|| b\n\nopen", "next to a word has no second", "a || secret|| b"),
    ("- open\n- secret||", "next to a word has no second", "secret||"),
    ("<p>a secret|| b</p><p>open</p>", "next to a word has no second", "a secret|| b"),
    ('<div class="spolier">secret</div>\n\nopen', "`spolier` is not `spoiler`", "spolier"),
    ('open <span class="a spoilers">secret</span>', "`spoilers` is not `spoiler`", "spoilers"),
    ('<div class="spoler" markdown>secret</div>\n\nopen', "`spoler` is not", "spoler"),
    ("secret\n{: .spoilers }\n\nopen", "`spoilers` is not `spoiler`", "spoilers"),
    ("[secret]{spoiler}\n\nopen", "does not mark a spoiler", "{spoiler}"),
    ('[secret]{class="spoilers"}\n\nopen', "does not mark a spoiler", '{class="spoilers"}'),
    ("/// spoilr | A\n\nsecret\n\n///\n\nopen", "is not a valid spoiler", "/// spoilr | A"),
    ("/// spoilers\nsecret\n\nsecret", "is not a valid spoiler", "/// spoilers"),
    ("/// spoiler\n    a: b: c\n\nsecret\n\n///", "is not a valid spoiler", "/// spoiler"),
    ('!!! spoiler: "A"\n    secret', "is not a valid spoiler", "!!! spoiler: "),
    ("??? spoiler's\n    secret", "is not a valid spoiler", "??? spoiler's"),
    ("/// spoiler | A\n/// note\nsecret\n///\nsecret\n\n///", "`/// note`", "/// note"),
    (
        "/// spoiler\n||secret||\n\n/// note\nsecret\n///\nsecret\n\n///\n\nopen",
        "`/// note`",
        "/// note",
    ),
    ("Text of secret {.spoiler}\n\nopen", "`{.spoiler}` does not mark a spoiler", "{.spoiler}"),
    ('??? spoilers "A"\n    secret\n\nopen', "`spoilers` is not `spoiler`", "spoilers"),
    ('!!! note spolier "A"\n    secret\n\nopen', "`spolier` is not `spoiler`", "spolier"),
    ("> [!SPOILER]- A\n> secret\n\nopen", "`[!SPOILER]` is not a valid spoiler", "[!SPOILER]"),
    ("/// spoiler | A\n    2019: x\n\nsecret\n///\n\nopen", "no option `2019`", "2019:"),
    ("/// spoiler | A\n    arg: x\n\nsecret\n///\n\nopen", "no option `arg`", "arg:"),
    ("a [secret {.spoiler} secret\n\nopen", "`{.spoiler}` does not mark a spoiler", "{.spoiler}"),
    ("[secret]{.spoilers} secret\n\nopen", "does not mark a spoiler", "{.spoilers}"),
    ("[[[[[[[[secret]]]]]]]]{.spoiler}", "does not work here", "[[[[[[[[secret]"),
    ("open\n\n[secret\n\nsecret]{.spoiler}", "is in another block", "{.spoiler}"),
    ("- open\n- [secret\n- secret]{.spoiler}", "is in another block", "{.spoiler}"),
    ("| [secret | secret]{.spoiler} | open |\n|-|-|-|", "in another block", "{.spoiler}"),
    ("- [secret\n\n    > secret]{spoiler}\n\n- open", "in another block", "{spoiler}"),
    (
        "[secret [[1]][1]\n\n> ![secret](secret)\n\n<p>secret</p>\n\n1. `secret [`\n\n"
        "secret] \\[secret\\] secret]{.spoiler}\n\nopen",
        "is in another block",
        "{.spoiler}",
    ),
    ("open [sic\n\n[secret]{spoiler}\n\nopen", "so its paragraph is hidden", "{spoiler}"),
    ("open] (b]\n\n[secret\n\nsecret]{.spoiler}", "in another block", "{.spoiler}"),
    (
        "- <spoiler>secret\n- secret</spoiler>\n\nopen",
        "several parts of a `<ul>`",
        "<spoiler>secret",
    ),
    ("<table><tr class=spoiler><td>secret</td></tr></table>", "a `<table>`", "<tr class=spoiler>"),
    ("## Who is ||secret||", "A heading contains a spoiler", "Who is"),
    ("| A | B |\n|---|---|\n| a | ||secret|| |", "In a table", "| a | ||secret|| |"),
    ("/// spoiler\n    progess: 4\n\nsecret\n///", "no option `progess`", "progess:"),
    ("/// spoiler\n    progress: 400%\n\nsecret\n///", "`progress`", "progress:"),
    ('!!! spoiler "L"\nsecret\n\nsecret', "nothing in it", 'spoiler "L'),
    ('!!! spoiler "L"\n\nsecret\n\nsecret', "nothing in it", 'spoiler "L'),
    ('!!! spoiler "L *x*"\nsecret', "nothing in it", 'spoiler "L'),
    ('!!! spoiler "L *x*"\n  secret', "goes on with `secret`, which is not indented", "secret"),
    ('!!! spoiler ""\nsecret', "nothing in it", "spoiler"),
    ('??? spoiler "L"\nsecret *secret*', "nothing in it", 'spoiler "L'),
    ("???+ spoiler\n\n  secret\n\nopen", "which is not indented", "secret"),
    ("??? spoiler\n    a\n\n    b\nsecret\nsecret\n\nopen", "which is not indented", "secret"),
    ("- a\n\n    !!! spoiler\n        - b\n    secret\n\n- open", "not indented", "secret"),
    ("??? spoiler\n    | a |\n|---|\n| secret |\n\nopen", "not indented", "|---|"),
    ("> ??? spoiler\n>     a\nsecret\n\nopen", "not indented", "secret"),
    ('??? spoiler "L"\n# secret', "nothing in it", 'spoiler "L'),
    ('??? spoiler "L"\n<p>secret</p>', "nothing in it", 'spoiler "L'),
    ('- a\n\n    ??? spoiler "L"\n    secret\n\n- open', "nothing in it", 'spoiler "L'),
    ('> !!! spoiler "L"\n> secret\n\nopen', "nothing in it", 'spoiler "L'),
    ("/// spoiler | L\n///\n\nsecret", "nothing in it", "spoiler | L"),
    ('open\n\n!!! spoiler "L"', "nothing in it", 'spoiler "L'),
    ("open ![a ||secret|| b](x.png)", "not a spoiler in the description", "||secret||"),
    ('[open](y "||secret||")', "not a spoiler in the description", "||secret||"),
    ('![open][1]\n\n[1]: y "||secret||"', "not a spoiler in the description", "||secret||"),
    ("## open ![||secret||](x.png)", "not a spoiler in the description", "||secret||"),
    ("open ![||secret | secret](x.png)", "not a spoiler in the description", "||secret"),
    ("![[secret]{.spoiler}](x.png)", "not a spoiler in the description", "[secret]{.spoiler}"),
    ("open ![<spoiler>secret](x)", "not a spoiler in the description", "<spoiler>secret"),
    ("![<spoiler>secret</spoiler>](x)", "not a spoiler in the description", "<spoiler>secret"),
    ("/// sopiler | A\n\nsecret\n\n///\n\nopen", "is not a valid spoiler", "/// sopiler | A"),
    ("/// spoiler\n    attrs: 3\n\nsecret\n///\n\nopen", "is not a valid spoiler", "/// spoiler"),
    ("open <spolier>secret</spolier>", "`spolier` is not `spoiler`", "spolier"),
    ("<spoilers>\n\nsecret\n\n</spoilers>\n\nopen", "`spoilers` is not", "spoilers"),
    (
        '<p class="spoiler>secret</p>\n<p class="x">open</p>',
        "not a valid spoiler",
        '<p class="spoiler>',
    ),
    ('<p class="a>b</p>\n<p class="x">open ||secret||</p>', "in raw HTML", "||secret||"),
    ("[secret]{.spolier}\n\nopen", "does not mark a spoiler", "{.spolier}"),
    ("<p>open ||secret||</p>", "`||secret||` does not work here", "||secret||"),
    ("<ul><li>||secret\nsecret</li><li>open</li></ul>", "no second `||`", "||secret"),
    ("<p>open [<b>secret</b>]{.spoiler}</p>", "does not work here", "[<b>secret</b>]{.spoiler}"),
    (
        "<div markdown><table><tr><td>||secret||</td></tr></table></div>",
        "`||secret||` does not work here",
        "||secret||",
    ),
    ("<p>[secret]{.spoilers}</p>\n\nopen", "`{.spoilers}` does not mark a spoiler", "{.spoilers}"),
    ("<p>\n/// spoiler\nsecret\n///\n</p>\n\nopen", "is not a valid spoiler", "/// spoiler"),
    ('<a title="||secret||">open</a>', "not a spoiler in the description", "||secret||"),
    ('<img alt="||secret" src="open">', "not a spoiler in the description", "||secret"),
    ("<p aria-label='[secret]{.spoiler}'>open", "not a spoiler in the", "[secret]{.spoiler}"),
    (
        "a <i title='<spoiler>secret</spoiler>'>open</i>",
        "not a spoiler",
        "<spoiler>secret</spoiler>",
    ),
    ("<div title='||secret||' markdown>open</div>", "not a spoiler in the", "||secret||"),
    ('![<b class="spoiler">secret</b>](open)', "not a spoiler", '<b class="spoiler">secret</b>'),
    ("/// spoiler\n    chapter: [1]\n\nsecret\n///", "`chapter`", "chapter:"),
]


@pytest.mark.parametrize(("text", "what", "line"), FINDINGS)
def test_what_did_not_parse_is_hidden_and_told(render, text, what, line):
    page = render(text)
    assert "secret" not in page.shown
    assert page.is_balanced
    (finding,) = page.findings
    assert what in finding.what
    assert finding.source_line_text is not None
    assert finding.source_line_text.startswith(line)
    assert finding.source_line_text in text
    assert finding.fix.endswith((".", "?"))
    if "open" in text:
        assert "open" in page.shown


@pytest.mark.parametrize(
    "text",
    [
        "The <em>real ||secret</em> secret|| open.",
        "<em>a\n\nb ||secret</em> secret|| open",
        "open <select><option>||secret||</option></select>",
        "open\n\n<table><spoiler>secret",
        "open\n\n<table>||secret|",
        "open\n\n<table><tr><spoiler>secret</tr></table>",
        "open\n\n<table><tr class=spoiler>secret</table>",
        "open\n\n<table><tr><td>a</td></tr>\n[spoiler]secret\n</table>",
    ],
)
def test_a_browser_moves_no_secret_out_of_its_spoiler(render_all, text):
    page = render_all(text)
    assert "secret" not in page.shown
    assert "open" in page.shown


@pytest.mark.parametrize("text", ["## secret||\n\nopen", "secret||\n======\n\nopen"])
def test_a_permalink_is_no_part_of_a_heading(read_page, text):
    findings = []
    spoilers = SpoilerExtension(report=findings.append)
    md = Markdown(extensions=["toc", spoilers], extension_configs={"toc": {"permalink": True}})
    page = read_page(md.convert(text))
    assert "secret" not in page.shown + str(md.toc_tokens)
    assert "next to a word" in findings[0].what


@pytest.mark.parametrize("value", ["[spoiler]secret[/spoiler]", ">!secret!<", "{{spoiler|secret}}"])
def test_markup_of_other_systems_in_attributes_is_taken_out(render, value):
    page = render(f'![open {value}](x.png "{value}")')
    assert "secret" not in page.shown
    assert "open" in page.shown
    assert page.findings


@pytest.mark.parametrize(
    "text",
    ["- ||secret\n- secret||\n- open", "<div><p>||secret</p><p>secret||</p></div>\n\nopen"],
)
def test_both_halves_of_pipes_in_two_blocks_are_reported(render, text):
    page = render(text)
    assert "secret" not in page.shown
    assert "open" in page.shown
    assert len(page.findings) == 2


@pytest.mark.parametrize(
    "text",
    ["[spoiler]secret ||secret[/spoiler] secret", "- ||secret [spoiler]\n- secret [/spoiler]"],
)
def test_of_failures_that_overlap_all_is_hidden(render, text):
    page = render(f"open\n\n{text}")
    assert "secret" not in page.shown
    assert "open" in page.shown
    assert len(page.findings) >= 2


def test_what_is_in_a_spoiler_as_a_whole_is_not_reported(render):
    page = render("//// spoiler\n||secret||\n\n/// note\nsecret\n///\n////\n\nopen")
    assert "secret" not in page.shown
    assert page.findings == []


def test_pipes_without_partner_in_a_heading_are_hidden(render):
    page = render("## secret|| b")
    assert "secret" not in page.shown + str(page.toc)
    assert len(page.findings) == 2


def test_unclosed_blocks_are_looked_for_only_if_they_are_unclosed(render, monkeypatch):
    monkeypatch.setattr(SpoilerBlock, "_describe_unclosed", None)
    assert render("/// spoiler | A\na\n///\n\nb").findings == []


def test_pipes_with_spaces_are_told(render):
    page = render("a || b || c")
    assert "hides nothing" in page.findings[0].what
    assert "|| b ||" in page.shown


def test_empty_spoilers_that_follow_each_other_are_told_in_their_order(render):
    page = render('??? spoiler "A"\n\n!!! spoiler "B"\n\nsecret\n\n!!! spoiler "C"\n    secret')
    assert "secret" not in page.shown
    assert [finding.source_line_text for finding in page.findings] == [
        'spoiler "A',
        'spoiler "B',
    ]


def test_headings_after_an_empty_spoiler_are_not_in_the_table_of_contents(render):
    page = render('# Open\n\n!!! spoiler "A"\n\n## Secret')
    assert "ecret" not in str(page.toc)
    assert "ecret" not in page.shown


def test_a_spoiler_with_only_a_picture_is_not_empty(render):
    page = render('!!! spoiler "A"\n    ![](x.png)\n\nopen')
    assert "open" in page.shown
    assert page.findings == []


@pytest.mark.parametrize(
    "text",
    [
        "*[open]: a ||secret||\n\nopen",
        '```{.py title="||secret||"}\nopen\n```',
        '=== "||secret||"\n\n    open',
        '??? note "[secret]{.spoiler}"\n    open',
        "## open {data-toc-label='||secret||'}",
    ],
)
def test_titles_that_extensions_print_hide_their_spoilers(render_all, text):
    page = render_all(text)
    assert "secret" not in page.shown
    assert "secret" not in str(page.toc)
    assert "open" in page.shown


def test_a_word_stands_for_a_spoiler_in_an_attribute(render):
    page = render("![Cover of ||secret||](x.png)", language="de")
    assert 'alt="Cover of [Spoiler]"' in page.html


def test_the_rest_of_an_attribute_stays(render):
    page = render('<a title="||secret|| &quot;b&quot; &lt;">open</a>')
    assert 'title="[spoiler] &quot;b&quot; &lt;"' in page.html


def test_a_spoiler_in_the_picture_of_a_table_row_is_hidden(render):
    page = render("| A | B |\n|---|---|\n| ![||secret||](x.png) | b |")
    assert "secret" not in page.html
    assert "In a table" in page.findings[0].what


@pytest.mark.parametrize("text", [r"\|\|open\|\|", "open || open", "open||open"])
def test_pipes_in_attributes_that_are_no_spoiler_stay(render, text):
    page = render(f"![{text}](x.png)")
    assert text.replace("\\", "") in page.shown
    assert page.findings == []


def test_options_are_suggested(render):
    page = render("/// spoiler\n    progess: 4\n\nx\n///")
    assert page.findings[0].fix == "Did you mean `progress`?"


def test_a_text_is_checked_without_a_site():
    checker = MarkdownChecker()
    findings, _ = checker.check("a\n\n||b\n\n<spoiler>c")
    assert [finding.source_line_text for finding in findings] == ["||b"]
    assert checker.check("a ||b|| and [c]{.spoiler}") == ([], [{}, {}])


def test_without_anyone_to_report_to_findings_are_logged(caplog):
    Markdown(extensions=[makeExtension()]).convert("||secret")
    assert [record.name for record in caplog.records] == ["mkdocs_bookreview"]
    assert "no second `||`" in caplog.text


@pytest.mark.parametrize("opening", ['!!! spoiler "x"', '??? spoiler "x"'])
@pytest.mark.parametrize("block", ["/// reviews", "/// details | y", "/// details\n    open: true"])
def test_a_body_goes_on_after_a_block_that_is_not_indented(opening, block):
    findings = []
    extensions = ["admonition", "pymdownx.details", "pymdownx.blocks.details"]
    spoilers = SpoilerExtension(report=findings.append)
    html = Markdown(extensions=[*extensions, ListingBlocks(), spoilers]).convert(
        f"{opening}\n    SECRET one\n{block}\n///\n    SECRET two\n\nOpen."
    )
    assert "SECRET" not in cut_sealed(html)
    assert html.count("SECRET") == 2
    assert "<p>Open.</p>" in cut_sealed(html)
    assert [one.source_line_text for one in findings] == [block.partition("\n")[0]]


def test_a_block_ends_the_body_before_it():
    findings = []
    extensions = ["admonition", "pymdownx.blocks.details", SpoilerExtension(report=findings.append)]
    text = '!!! spoiler "x"\n    SECRET\n/// details | y\n    open: true\nOpen.\n///'
    html = Markdown(extensions=extensions).convert(text)
    assert "SECRET" not in cut_sealed(html)
    assert "<p>Open.</p>" in cut_sealed(html)
    assert findings == []


def test_pages_that_share_a_converter_do_not_share_anything_else():
    """Each page is found as if it were alone, whatever came before it."""
    texts = [text for text, *_ in FINDINGS]
    texts += ["a ||b|| and [c]{.spoiler}", "!!! spoiler\n    a", "[^1]\n\n[^1]: ||b||", "a", ""]
    checker = MarkdownChecker(ListingBlocks())
    for text in (*texts, *reversed(texts)):
        assert checker.check(text) == MarkdownChecker(ListingBlocks()).check(text)
