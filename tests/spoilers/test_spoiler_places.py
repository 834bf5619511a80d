"""The tables of the guide, each cell of which is true; and what may stand in a spoiler."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "example_site/docs/guide/spoilers.md"

INLINE = {
    "Bars": ["||{}||"],
    "Brackets": ["[{}]{{.spoiler}}", "[{}]{{: .spoiler progress=45% }}"],
    "Tags": ["<spoiler>{}</spoiler>", '<spoiler chapter="12">{}</spoiler>'],
    "HTML": ['<span class="spoiler">{}</span>', "<b class='big spoiler'>{}</b>"],
}
BLOCKS = {
    "Slashes": ["/// spoiler | Label\n{}\n///", "/// spoiler\n    chapter: 12\n\n{}\n///"],
    "Marks": ['??? spoiler "Label"\n    {}', "???+ spoiler\n\n    {}", '!!! spoiler ""\n    {}'],
    "Tags": ["<spoiler>\n\n{}\n\n</spoiler>", "<spoiler>\n{}\n</spoiler>"],
    "HTML": [
        '<div class="spoiler">\n{}\n</div>',
        '<div class="spoiler" markdown>\n\n{}\n\n</div>',
        "<details class=spoiler><summary>Label</summary>{}</details>",
    ],
}
PLACES = {
    "Page": ["open\n\n{}\n\nopen"],
    "List": ["- open\n\n{indented}\n\n- open", "1. open\n\n{indented}"],
    "Quote": ["{quoted}\n\nopen", "> open\n>\n{quoted}"],
    "Tab": ['=== "open"\n\n{indented}\n\n=== "open"\n\n    open'],
    "Box": ['!!! note "open"\n\n{indented}\n\nopen', '??? note "open"\n\n{indented}\n\nopen'],
    "Footnote": ["open[^1]\n\n[^1]:\n{indented}\n\nopen", "open[^1]\n\n[^1]: open\n\n{indented}"],
    "Caption": ["open\n\n//// caption\n{}\n////\n\nopen"],
    "Definition": ["Open\n:   open\n\n{indented}\n\nopen"],
    "Grid": ['<div class="grid cards" markdown>\n\n-   open\n\n{indented}\n\n-   open\n\n</div>'],
    "HTML with `markdown`": [
        "<div markdown>\n\n{}\n\n</div>\n\nopen",
        "<section markdown><div markdown>\n\n{}\n\n</div></section>\n\nopen",
    ],
    "HTML without": ["<div>\n{}\n</div>\n\nopen", "<section><div>\n{}\n</div></section>\n\nopen"],
    "Spoiler": ["//// spoiler\n{}\n////\n\nopen", '??? spoiler "open"\n{indented}'],
}
SENTENCES = {
    "Paragraph": ["open {} open", "{}\nopen", "*open {}*", "open[^1]\n\n[^1]: {}"],
    "List": ["- {}\n- open", "1. open\n2. open {}"],
    "Quote": ["> open {}"],
    "Table": ["| A | B |\n|---|---|\n| open | {} |", "| A | {} |\n|---|---|\n| open | open |"],
    "Definition": ["Open\n:   {}", "{}\n:   open"],
    "HTML with `markdown`": ['<p markdown="span">open {}</p>'],
    "HTML without": ["<table><tr><td>open {}</td></tr></table>", "<p>open <i>open {}</i></p>"],
    "Heading": ["## open {}\n\nopen", "open {}\n---\n\nopen"],
    "Link title": ['[open](x.md "{}") open', '[open][1] open\n\n[1]: x.md "{}"'],
    "Picture text": ["![open {}](x.png) open", '![open](x.png "{}")'],
}
# How findings say what cells say.
CURES = {"brackets": "{.spoiler}", "tags": "<spoiler>", "below": "below", "after": "after"}


def read_cells(number: int) -> Iterator[tuple[str, str, str]]:
    tables = re.findall(r"(?:^\|.*\|\n)+", GUIDE.read_text("utf-8"), re.MULTILINE)
    table = [table for table in tables if table.startswith("| Place ")][number]
    head, _, *rows = ([cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines())
    for place, *cells in rows:
        yield from ((place, syntax, cell) for syntax, cell in zip(head[1:], cells, strict=True))


def write(template: str, form: str, content: str) -> str:
    text = form.format(content)
    indented = re.sub("^(?=.)", "    ", text, flags=re.MULTILINE)
    return template.format(text, indented=indented, quoted=re.sub("(?m)^", "> ", text))


def check(render_all, template: str, form: str, cell: str) -> None:
    text = write(template, form, "secret")
    for written in (text, text.replace("\n", "\r\n")):
        page = render_all(written)
        assert "secret" not in page.shown
        assert "secret" not in str(page.toc)
        assert "open" in page.shown.lower()
        assert page.is_balanced
        if cell == "yes":
            assert "secret" in page.hidden
            assert page.findings == []
        else:
            (finding,) = page.findings
            assert CURES[cell] in finding.fix
            assert finding.source_line_text in text


@pytest.mark.parametrize(("place", "syntax", "cell"), [*read_cells(0)])
def test_inline_forms(render_all, place, syntax, cell):
    for template in [*SENTENCES.get(place, []), *PLACES.get(place, [])]:
        for form in INLINE[syntax]:
            check(render_all, template, form, cell)


@pytest.mark.parametrize(("place", "syntax", "cell"), [*read_cells(1)])
def test_block_forms(render_all, place, syntax, cell):
    for template in PLACES[place]:
        for form in BLOCKS[syntax]:
            check(render_all, template, form, cell)


def test_the_tables_are_whole():
    inline = {(place, syntax) for place, syntax, _ in read_cells(0)}
    assert inline == {(p, s) for p in (SENTENCES | PLACES).keys() - {"Page"} for s in INLINE}
    assert {(p, s) for p, s, _ in read_cells(1)} == {(p, s) for p in PLACES for s in BLOCKS}


# fmt: off
IN_SENTENCES = [
    "`secret`", "**secret**", "$secret$", "[secret](secret.md)", '[x](y "secret")', ":cat: secret",
    "![secret](secret.png)", "<b>secret</b>", "<https://secret.example>", "a &amp; secret",
    "![x](y){title=secret}", "`#!py secret`", "a[^2] secret",
]
IN_BLOCKS = [
    "```py\nsecret\n```", "$$\nsecret\n$$", "- secret\n- b", "> secret", "| a |\n|---|\n| secret |",
    '!!! note "secret"\n    secret', '=== "secret"\n    secret', "secret\n:   secret", "## secret",
    "a\n\n    secret", "a[^2]\n\nsecret", "[secret]: x.md\n\nsecret [secret]", "secret\n===",
    "<div>secret</div>", "//// caption\nsecret\n////", "*[secret]: x\n\nsecret",
]
# fmt: on


@pytest.mark.parametrize("content", IN_SENTENCES)
@pytest.mark.parametrize("form", [form for forms in INLINE.values() for form in forms])
def test_what_inline_spoilers_may_hold(render_all, form, content):
    note = "[^2]: secret" if "[^2]" in content else ""
    page = render_all(f"open {form.format(content)} open\n\n{note}\n\nopen")
    assert "secret" not in page.shown
    assert "secret" in page.hidden
    assert page.shown.count("open") == 3
    assert page.findings == []


@pytest.mark.parametrize("content", [*IN_BLOCKS, *IN_SENTENCES])
@pytest.mark.parametrize("form", [form for forms in BLOCKS.values() for form in forms])
def test_what_spoiler_blocks_may_hold(render_all, form, content):
    if "\n    {}" in form:
        content = re.sub(r"\n(?=.)", "\n    ", content)
    note = "[^2]: secret" if "[^2]" in content else ""
    page = render_all(f"open\n\n{form.format(content)}\n\nopen\n\n{note}")
    assert "secret" not in page.shown
    assert "secret" not in str(page.toc)
    assert page.shown.count("open") == 2
    if "\n\n{}" in form or not form.startswith("<"):  # Raw HTML is taken as it stands.
        assert "secret" in page.hidden
        assert page.findings == []


CALLOUTS = ['!!! note "1"', '??? note "2"', '??? spoiler "3"', '=== "4"', "words"]


@pytest.mark.parametrize("place", sorted(PLACES.keys() - {"HTML without", "Spoiler"}))
def test_callouts_stay_in_their_spoiler(render_all, place):
    for template, gap, *heads in product(PLACES[place], ("secret\n\n", ""), CALLOUTS, CALLOUTS):
        first, second = (head if head == "words" else f"{head}\n\n    secret" for head in heads)
        block = f"/// spoiler\n{gap}{{}}\n\n///"
        page = render_all(write(template, block, f"{first}\n\n{second}"))
        assert "secret" not in page.shown, heads
        assert "open" in page.shown.lower()
        assert page.findings == []


def test_callouts_of_a_spoiler_that_is_never_closed_are_hidden(render_all):
    page = render_all('- open\n\n    /// spoiler\n\n    !!! note "1"\n\n        secret\n\nsecret')
    assert "secret" not in page.shown
    assert "never closed" in page.findings[0].what


@pytest.mark.parametrize("place", ["{}\n\nopen", "- open\n\n{indented}\n\nopen"])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_callouts_of_a_spoiler_in_another_block_stay_there(render, place, gap):
    inner = f'/// spoiler{gap}!!! note "1"\n\n    secret\n\n!!! note "2"\n\n    secret\n\n///'
    text = write(place, f"//// details | open{gap}{{}}\n\n////", inner)
    page = render(text, ("admonition", "pymdownx.blocks.details"))
    assert "secret" not in page.shown
    assert page.hidden.split().count("secret") == 2
    assert page.findings == []
