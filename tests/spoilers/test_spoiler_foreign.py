"""Spoiler markup of other systems is hidden, and reported with ours as the fix."""

import pytest

# How each system writes a spoiler, with a part of the text that stays open.
HIDDEN = {
    "BBCode": "OPEN [spoiler]KRAKEN[/spoiler] OPEN",
    "BBCode with a title": "OPEN [spoiler=end]KRAKEN[/spoiler] OPEN",
    "BBCode round paragraphs": "[spoiler]\n\nKRAKEN\n\nKRAKEN\n\n[/spoiler]\n\nOPEN",
    "BBCode without an end": "OPEN\n\n[spoiler]KRAKEN\n\nKRAKEN",
    "Discourse": 'OPEN\n\n[details="Spoiler"]\nKRAKEN\n[/details]\n\nOPEN',
    "Reddit": "OPEN >!KRAKEN!< OPEN",
    "Reddit in a paragraph of its own": ">!KRAKEN!<\n\nOPEN",
    "Reddit in a list": "- >!KRAKEN!<\n- OPEN",
    "Reddit in a footnote": "OPEN[^1]\n\n[^1]: >!KRAKEN!<",
    "Reddit in Markdown in HTML": "<div markdown>\n>!KRAKEN!<\n</div>\n\nOPEN",
    "Goodreads": "OPEN (view spoiler)[KRAKEN (hide spoiler)] OPEN",
    "WordPress": 'OPEN [su_spoiler title="x"]KRAKEN[/su_spoiler] OPEN',
    "BBCode without a beginning": "KRAKEN [/spoiler]\n\nOPEN",
    "Jekyll without white space": "OPEN {%- spoiler -%}KRAKEN{%- endspoiler -%} OPEN",
    "Stack Exchange": ">! KRAKEN\n>! KRAKEN\n\nOPEN",
    "HackMD": ":::spoiler The end\nKRAKEN\n:::\n\nOPEN",
    "Pandoc": "::: {.spoiler}\n\nKRAKEN\n\nKRAKEN\n\n:::\n\nOPEN",
    "Hugo": "OPEN {{< spoiler >}}KRAKEN{{< /spoiler >}} OPEN",
    "Hugo with Markdown": '{{% spoiler "x" %}}\n\nKRAKEN\n\n{{% /spoiler %}}\n\nOPEN',
    "Jekyll": "OPEN {% spoiler %}KRAKEN{% endspoiler %} OPEN",
    "a fence": "```spoiler\nKRAKEN\n```\n\nOPEN",
    "a fence in a quote": "> ```spoielr\n> KRAKEN\n> ```\n\nOPEN",
    "a fence in capitals": "```SPOILER\nKRAKEN\n```\n\nOPEN",
    "a fence of Obsidian": "```ad-spoiler\nKRAKEN\n```\n\nOPEN",
    "Obsidian's callout": "> [!spoiler]- The end\n> KRAKEN\n\nOPEN",
    "Telegram": "OPEN <tg-spoiler>KRAKEN</tg-spoiler> OPEN",
    "Telegram, misspelt": "OPEN <tg-spolier>KRAKEN</tg-spolier> OPEN",
    "a class, misspelt": 'OPEN <span class="spolier-text">KRAKEN</span> OPEN',
    "a fence, misspelt": "```spolier\nKRAKEN\n```\n\nOPEN",
    "Matrix": "OPEN <span data-mx-spoiler>KRAKEN</span> OPEN",
    "a template of a wiki": "OPEN {{spoiler|KRAKEN}} OPEN",
    "a class in a line": 'OPEN <span class="spoiler-text">KRAKEN</span> OPEN',
    "a class of a block": '<div class="md-spoiler-text">\n<p>KRAKEN</p>\n</div>\n\nOPEN',
}
TITLES = {
    "raw details": "<details><summary>Spoiler: the end</summary>OPEN</details>",
    "details with Markdown": "<details markdown>\n<summary>Spoiler</summary>\n\nOPEN\n\n</details>",
    "a note": '??? note "Spoilers ahead"\n    OPEN',
    "a callout": "> [!warning]- Spoiler\n> OPEN",
    "details of Hugo": '{{< details "Spoiler" >}}OPEN{{< /details >}}',
}
INNOCENT = [
    '<span class="spoiler-free">OPEN</span> <i class="no-spoiler">OPEN</i>',
    "> ! OPEN, and > !OPEN",
    "[[Spoilers]] [Spoilers: OPEN] {spoilers} OPEN",
    "`[spoiler]OPEN[/spoiler]` `>!OPEN!<` `{{< spoiler >}}OPEN`",
    "````md\na\n```spoiler\nOPEN\n```\n````",
    r"\[spoiler]OPEN\[/spoiler] >\!OPEN\!<",
    "::: note\nOPEN\n:::",
    '??? note "OPEN"\n    Spoiler',
    '??? note "No spoilers here"\n    OPEN',
    "```spoiler OPEN``` in a line",
]


def test_markup_of_other_systems_in_a_heading_is_in_no_table_of_contents(render):
    page = render("## >!KRAKEN!<\n\nOPEN")
    assert "KRAKEN" not in page.shown + str(page.toc)
    assert "OPEN" in page.shown
    assert len(page.findings) == 2


@pytest.mark.parametrize("system", HIDDEN)
@pytest.mark.parametrize("convert", ["render", "render_all"])
def test_markup_of_other_systems_is_hidden_and_reported(request, convert, system):
    text = HIDDEN[system]
    page = request.getfixturevalue(convert)(text)
    assert "KRAKEN" not in page.shown
    assert "KRAKEN" in page.hidden
    assert "OPEN" in page.shown
    (finding,) = page.findings
    assert finding.source_line_text in text
    assert "spoiler" in finding.fix


def test_a_fence_in_a_list_is_hidden(render_all):
    page = render_all("- OPEN\n\n    ~~~ spoiler\n    KRAKEN\n    ~~~\n\n- OPEN")
    assert "KRAKEN" not in page.shown
    assert page.shown.count("OPEN") == 2
    assert [finding.source_line_text for finding in page.findings] == ["~~~ spoiler"]


@pytest.mark.parametrize(
    "text",
    [
        "```spoiler\nKRAKEN\n```\n\nOPEN",
        "> ```spoiler\n> KRAKEN\n> ```\n\nOPEN",
        "OPEN\n\nOPEN\n```spoiler\nKRAKEN\n```\n\nOPEN",
        "OPEN\n\n```spoiler\nKRAKEN\n\n```py\nKRAKEN\n",
    ],
)
def test_a_fence_is_hidden_without_an_extension_for_fences(render, text):
    page = render(text, ())
    assert "KRAKEN" not in page.shown
    assert "KRAKEN" in page.hidden
    assert "OPEN" in page.shown
    assert page.findings


@pytest.mark.parametrize("title", TITLES)
def test_a_title_alone_hides_nothing_and_is_reported(render, title):
    page = render(TITLES[title], ("admonition", "md_in_html", "pymdownx.details"))
    assert "OPEN" in page.shown
    assert not page.find("bookreview-spoiler")
    (finding,) = page.findings
    assert "appears in search" in finding.what
    assert finding.source_line_text in TITLES[title]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_like_markup_of_other_systems_stays(render_all, text):
    page = render_all(text)
    assert page.shown.count("OPEN") == text.count("OPEN")
    assert not page.find("bookreview-spoiler")
    assert page.findings == []


def test_a_heading_in_markup_of_another_system_is_not_in_the_table_of_contents(render):
    page = render("# Open\n\n[spoiler]\n\n## Kraken\n\n[/spoiler]\n\n## After")
    assert "raken" not in str(page.toc) + page.shown
    assert "After" in str(page.toc)


@pytest.mark.parametrize("convert", ["render", "render_all"])
@pytest.mark.parametrize("text", ["## ??? psoiler KRAKEN", "## [KRAKEN]{.spolier}", "## ||KRAKEN"])
def test_a_heading_with_a_failed_spoiler_is_not_in_the_table_of_contents(request, convert, text):
    page = request.getfixturevalue(convert)(text)
    assert "KRAKEN" not in str(page.toc) + page.shown
    assert page.findings
