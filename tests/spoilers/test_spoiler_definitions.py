"""What is defined in a spoiler, or for spoilers alone, and printed elsewhere."""

import pytest

SPOILERS = {
    "block": "/// spoiler\nfoo\n\n{}\n///\n",
    "details": "??? spoiler\n    foo\n\n    {}\n",
    "admonition": "!!! spoiler\n    foo\n\n    {}\n",
    "element": '<div class="spoiler" markdown>\nfoo\n\n{}\n\n</div>\n',
    "raw tags": "<spoiler>\n\nfoo\n\n{}\n\n</spoiler>\n",
    "first in a block": "/// spoiler\n{}\n\nfoo\n///\n",
    "list in a block": "/// spoiler\n- foo\n\n    {}\n///\n",
}
DEFINITIONS = {
    "abbreviation": ("*[XY]: ZQX did it", "The XY here."),
    "link": ('[a]: http://x "ZQX did it"', "See [a]."),
    "picture": ("[a]: http://x (ZQX did it)", "See ![pi][a]."),
    "footnote": ("[^1]: ZQX did it", "See[^1]."),
}


@pytest.mark.parametrize("spoiler", SPOILERS.values(), ids=SPOILERS)
@pytest.mark.parametrize(("definition", "use"), DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_definition_in_a_spoiler_is_hidden(render_all, spoiler, definition, use):
    page = render_all(f"{spoiler.format(definition)}\n{use}")

    assert "ZQX" not in page.shown
    assert page.is_balanced
    assert "outside of the spoiler" in page.findings[0].what
    assert page.findings[0].source_line_text == definition


@pytest.mark.parametrize(("definition", "use"), DEFINITIONS.values(), ids=DEFINITIONS)
def test_it_is_printed_in_spoilers(render_all, definition, use):
    page = render_all(f"/// spoiler\n{use}\n\n{definition}\n///\n\nafter")

    assert "ZQX" in page.hidden
    assert "ZQX" not in page.shown
    assert not page.findings


@pytest.mark.parametrize(("definition", "use"), DEFINITIONS.values(), ids=DEFINITIONS)
@pytest.mark.parametrize("spoiler", ["||foo||", "/// spoiler\nfoo\n///", "<spoiler>foo</spoiler>"])
def test_an_open_definition_is_printed_everywhere(render_all, spoiler, definition, use):
    page = render_all(f"{definition}\n\n{spoiler}\n\n{use}\n\n/// spoiler\n{use}\n///")

    assert "ZQX" in page.shown
    assert not page.findings


def test_a_text_that_is_also_defined_openly_is_no_secret(render_all):
    page = render_all("*[AB]: ZQX\n\n/// spoiler\nfoo\n\n*[XY]: ZQX\n///\n\nThe AB.")

    assert "ZQX" in page.shown


def test_a_definition_in_a_hidden_footnote_is_hidden(render_all):
    page = render_all("||a[^1]||\n\nThe XY.\n\n[^1]:\n    b\n\n    *[XY]: ZQX")

    assert "ZQX" not in page.shown


@pytest.mark.parametrize(
    "text",
    [
        "/// spoiler\nfoo\n\n[^1]: ZQX\n///\n\nb",
        "||foo||\n\n[^1]: ZQX",
        "||a[^1]||\n\n[^1]: ZQX [^2]\n\n[^2]: b [^1]",
        "||a[^1]||\n\n[^1]: b [^2]\n\n[^2]: c [^3]\n\n[^3]: ZQX [^1] [^3]",
        "||foo||\n\n[^1]: b [^1] [^2]\n\n[^2]: ZQX [^1]",
    ],
)
def test_a_footnote_that_nothing_open_leads_to_is_hidden(render, text):
    page = render(text)

    assert "ZQX" not in page.shown
    assert "ZQX" in page.hidden
    assert page.is_balanced


def test_footnotes_that_open_text_leads_to_stay_open(render):
    page = render("||a[^1]|| b[^2]\n\n[^1]: secret [^2]\n\n[^2]: two [^3]\n\n[^3]: three [^2]")

    assert "secret" not in page.shown
    assert "two" in page.shown
    assert "three" in page.shown


def test_the_name_of_a_hidden_footnote_is_hidden(render):
    page = render("||a[^tommy-dies]||\n\n[^tommy-dies]: b")

    assert "tommy" not in page.shown


def test_other_lists_stay_open(render):
    page = render("||a[^1]||\n\n<ul><li id='x'>seen</li></ul>\n\n[^1]: b")

    assert "seen" in page.shown


# A definition vanishes from the text, so what leads to a footnote vanishes with it.
LOST = {
    "name of an abbreviation": ("*[||secret||]: secret[^1]", "*[||secret||]"),
    "tags in the name": ("*[<spoiler>secret</spoiler>]: secret[^1]", "*[<spoiler>secret"),
    "title of an abbreviation": ("*[XY]: a ||secret[^1]||", "||secret[^1]||"),
    "brackets in the title": ("*[XY]:\n[secret[^1]]{.spoiler}", "[secret[^1]]{.spoiler}"),
    "misspelt": ("*[XY]: [secret[^1]]{.spolier}", "*[XY]: [secret[^1]]{.spolier}"),
    "emphasis and emoji": ("*[open] :smile: ||secret[^1]||*", "||secret[^1]||"),
    "emphasis in a list": ("- *[open] :smile: ||secret[^1]||*", "||secret[^1]||"),
    "label of a link": ("[||secret||]: secret[^1]", "[||secret||]: secret[^1]"),
    "address": ("[a]: ||secret[^1]||", "[a]: ||secret[^1]||"),
    "bars in an address": ("[a]: https://x/||secret[^1]||", "[a]: https://x/||secret[^1]||"),
    "title of a link": ("[a]: x (||secret[^1]||)", "||secret[^1]||"),
    "end of the tag": ("<spoiler>secret[^1]\n[a]: secret</spoiler>", "[a]: secret</spoiler>"),
    "colon too many": ("[secret[^1]\n[secret]:{.spoiler}", "[secret]:{.spoiler}"),
    "colon too many, misspelt": ("> [secret]:{.spolier} [^2]\n> [secret]:{.spolier}", "[secret]:"),
    "forum": ("[spoiler]: secret", "[spoiler]: secret"),
    "quote": ("> *[XY]: >!secret[^1]!<", ">!secret[^1]!<"),
    "footnote": ("[^2]: ||secret[^1]||\n[^2]: open\n\nopen[^2]", "[^2]: ||secret[^1]||"),
    "name of a footnote": ("[^||x||]: secret[^1]\n\nopen[^||x||]", "[^||x||]: secret[^1]"),
}


@pytest.mark.parametrize(("text", "quote"), LOST.values(), ids=LOST)
@pytest.mark.parametrize("use", ["open XY [open][a]", "<p>open</p>"])
def test_a_spoiler_in_a_definition_is_reported_and_leaves_nothing_open(
    render_all, text, quote, use
):
    page = render_all(f"{use}\n\n{text}\n\n[^1]: secret")

    assert "secret" not in page.shown
    assert "open" in page.shown
    assert page.is_balanced
    assert any((one.source_line_text or "").startswith(quote) for one in page.findings)
    assert len(page.findings) == len(set(page.findings)) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "*[secret[^1] :smile:]{.spoiler}*",
        "- *[secret[^1] :smile:]{.spoiler}*",
        "/// note\n> *[secret[^1] :smile:]{.spoiler}*\n///",
        "*[open](u) open[^2] : ||secret[^1]||*",
        "*[secret]{.spoiler}\n[secret[^1]]{.spoiler} [open] : open*",
        "<spoiler>\n\n*[open](u) secret[^1] :smile: secret*\n\n</spoiler>",
    ],
)
def test_text_that_begins_like_an_abbreviation_stays_text(render_all, text):
    page = render_all(f"open\n\n{text}\n\n[^1]: secret\n\n[^2]: open")

    assert "secret" not in page.shown
    assert page.hidden.count("secret") == text.count("secret") + 1
    assert page.findings == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*[SP]: A spoiler of a car\n\nThe SP", "A spoiler of a car"),
        ("*[spoiler]: A text that gives away the end\n\nA spoiler", "gives away"),
        ("*[OR]: a || b\n\nThe OR", "a || b"),
        ("[spoiler]: https://x.org/spoiler.html\n\n[open][spoiler]", "x.org/spoiler.html"),
        ('[spoilers]: #spoilers "All spoilers"\n\n[open][spoilers]', "All spoilers"),
        ("[spoiler-free review]: a.md\n\n[spoiler-free review]", "a.md"),
        ("[^spoiler]: text\n\nopen[^spoiler]", "text"),
        ("[^1]: text\n\nopen[^1]\n\n> [^1]: text", "text"),
    ],
)
def test_definitions_about_spoilers_stay(render_all, text, shown):
    page = render_all(text)

    assert shown in page.shown
    assert page.hidden == ""
    assert page.findings == []


def test_a_page_without_spoilers_stays_as_others_make_it(render_all):
    assert "open" not in render_all("*[open](u) open[^1] :smile: open*\n\n[^1]: x").html
