"""Every slip of one character in the markup of a spoiler is hidden or reported.

`HARBOUR ||KRAKEN|| LANTERN` has, among others, the slips `HARBOUR |KRAKEN|| LANTERN` (delete),
`HARBOUR |||KRAKEN|| LANTERN` (double), `HARBOUR| |KRAKEN|| LANTERN` (swap),
`HARBOUR |x|KRAKEN|| LANTERN` (insert) and `HARBOUR ¦|KRAKEN|| LANTERN` (look-alike).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from conftest import BODY, CONFIGS, EXTENSIONS, Page
from markdown import Markdown

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.extension import SpoilerExtension

INLINE = {
    "bars": "||KRAKEN||",
    "brackets": "[KRAKEN]{.spoiler}",
    "brackets with colon": "[KRAKEN]{: .spoiler }",
    "brackets with a class": '[KRAKEN]{class="spoiler"}',
    "brackets with a fact": "[KRAKEN]{.spoiler chapter=12}",
    "inline element": "<spoiler>KRAKEN</spoiler>",
    "span": '<span class="spoiler">KRAKEN</span>',
    "span in single quotes": "<span class='spoiler'>KRAKEN</span>",
    "span without quotes": "<span class=spoiler>KRAKEN</span>",
}
BLOCKS = {
    "slashes": "/// spoiler | The end\nKRAKEN\n///",
    "slashes round paragraphs": "/// spoiler | The end\n\nKRAKEN\n\nKRAKEN\n\n///",
    "slashes without label": "/// spoiler\n\nKRAKEN\n\n///",
    "slashes with a fact": "/// spoiler | The end\n    chapter: 12\n\nKRAKEN\n\n///",
    "folding marks": '??? spoiler "The end"\n\n    KRAKEN\n\n    KRAKEN',
    "folding marks, close": '??? spoiler "The end"\n    KRAKEN',
    "folding marks without label": "??? spoiler\n\n    KRAKEN",
    "unfolded marks": '???+ spoiler "The end"\n\n    KRAKEN',
    "box marks": '!!! spoiler "The end"\n\n    KRAKEN',
    "box marks without label": "!!! spoiler\n    KRAKEN",
    "block element": "<spoiler>\n\nKRAKEN\n\nKRAKEN\n\n</spoiler>",
    "division": '<div class="spoiler">\n<p>KRAKEN</p>\n</div>',
    "division, roomy": '<div class="spoiler">\n\nKRAKEN\n\n</div>',
    "division with Markdown": '<div class="spoiler" markdown>\n\nKRAKEN\n\n</div>',
    "details": '<details class="spoiler"><summary>The end</summary>KRAKEN</details>',
}
SYNTAXES = {
    **{name: f"HARBOUR {markup} LANTERN" for name, markup in INLINE.items()},
    **{name: f"HARBOUR\n\n{markup}\n\nLANTERN" for name, markup in BLOCKS.items()},
    # Without a blank line before it, an open paragraph would rightly become part of the spoiler.
    "paragraph": "# HARBOUR\n\nKRAKEN\n{: .spoiler }\n\nLANTERN",
}
EXTENSION_SETS = {
    "with extensions": (*EXTENSIONS, "admonition", "pymdownx.details"),
    "alone": (),
}

# Whatever else a text has is the markup of its spoiler, also spaces and empty lines.
WORDS = re.compile(r"(?:# )?HARBOUR|<p>KRAKEN</p>|KRAKEN|The end|LANTERN")

# A letter, a space, a no-break space, a zero-width space and a soft hyphen.
INSERTED = "x \u00a0\u200b\u00ad"

# What phones, word processors and other keyboards type instead: curly quotes, full-width forms,
# letters of other scripts, digits. As escapes, because nobody can tell the characters apart.
LOOK_ALIKES = {
    '"': "\u201c\u201d\u201e\u00ab\u2033\uff02'",
    "'": "\u2018\u2019\u201a\u2032\uff07`",
    "/": "\u2044\u2215\uff0f\\",
    "?": "\u00bf\u2047\uff1f",
    "!": "\u00a1\u01c3\uff01",
    "|": "\u00a6\u2016\u01c0\u2223\u2502\uff5clI",
    "[": "\u3010\uff3b({",
    "]": "\u3011\uff3d)}",
    "{": "\uff5b([",
    "}": "\uff5d)]",
    "<": "\u2039\u00ab\u3008\uff1c",
    ">": "\u203a\u00bb\u3009\uff1e",
    ".": "\u00b7\u2024\u3002\uff0e,",
    ":": "\ua789\u2236\uff1a;",
    "=": "\ua78a\uff1d-",
    "+": "\u2795\uff0b",
    " ": "\u00a0\u2009\u202f\u2003\u3000\t",
    "s": "\u0455\uff53",
    "p": "\u0440\u03c1",
    "o": "\u043e\u03bf0",
    "i": "\u0456\u01311",
    "l": "\u04cf\u217c1I",
    "e": "\u0435\uff45",
    "r": "\u0433\uff52",
    "a": "\u0430\u0251",
    "c": "\u0441\u217d",
    "d": "\u0501\u217e",
    "n": "\u0578",
}

# Slips that are shown and reported, each with the reason why they cannot be hidden.
SHOWN: dict[str, str] = {}


def make_slips(text: str) -> set[str]:
    """Return every text that is one edit of the markup away from `text`."""
    words = {at for word in WORDS.finditer(text) for at in range(*word.span())}
    markup = [at for at in range(len(text)) if at not in words]
    slips = {text[:at] + new + text[end:] for at in markup for end, new in _edit(text, at, words)}
    return slips - {text}


def _edit(text: str, at: int, words: set[int]) -> Iterator[tuple[int, str]]:
    """Yield for one character what an edit puts in its place, and where the old text goes on."""
    here = text[at]
    yield at + 1, ""
    yield at + 1, here + here
    if at + 1 < len(text) and at + 1 not in words:
        yield at + 2, text[at + 1] + here
    for new in INSERTED:
        yield at, new
        yield at + 1, here + new
    for new in LOOK_ALIKES.get(here, ""):
        yield at + 1, new


SLIPS = {name: sorted(make_slips(text)) for name, text in SYNTAXES.items()}
# A word of its own, which is shown where only its other end says that a spoiler was meant.
SHOWN |= {
    text: "`soiler` is a word"
    for name, texts in SLIPS.items()
    for text in texts
    if re.search(r"(?<![/\w])soiler", text) and name != "inline element"
}


@pytest.fixture(params=EXTENSION_SETS.values(), ids=EXTENSION_SETS)
def convert(request: pytest.FixtureRequest) -> Callable[[str], Page]:
    """Return a converter that keeps its instance, because making one takes longer than a page."""
    findings: list[Finding] = []
    spoilers = SpoilerExtension(report=findings.append)
    md = Markdown(extensions=[*request.param, spoilers], extension_configs=CONFIGS)

    def convert_page(text: str) -> Page:
        findings.clear()
        html = md.reset().convert(text)
        return Page(html, [*findings], getattr(md, "toc_tokens", []))

    return convert_page


def judge(page: Page, text: str) -> str:
    if is_shown(page):
        return "shown and reported" if page.findings else "shown silently"
    if page.findings:
        return "hidden and reported"
    return "correct" if is_correct(page, text) else "broken silently"


def is_shown(page: Page) -> bool:
    """Return whether any part of a page gives the word away, in any case, as in an anchor."""
    hidden = {element for body in page.find(BODY) for element in body.iter()}
    # A tag that is cut short, as `<span class="spoiler"KRAKEN</span>`, makes the word a name.
    names = [
        name
        for element in page.root.iter()
        if element not in hidden
        for name in (str(element.tag), *element.keys())
    ]
    return "kraken" in f"{page.shown} {page.toc} {names}".lower()


def is_correct(page: Page, text: str) -> bool:
    """Return whether a page hides all of the spoiler and nothing around it."""
    hides = page.hidden.count("KRAKEN") == text.count("KRAKEN")
    return hides and page.is_balanced and all(word in page.shown for word in ("HARBOUR", "LANTERN"))


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_no_slip_is_shown_without_a_report(convert, syntax):
    verdicts = {text: judge(convert(text), text) for text in SLIPS[syntax]}
    print(f"\n{syntax}: {len(verdicts)} slips, {dict(Counter(verdicts.values()))}")
    assert [text for text, verdict in verdicts.items() if verdict.endswith("silently")] == []
    shown = [text for text, verdict in verdicts.items() if verdict == "shown and reported"]
    assert shown == [text for text in verdicts if text in SHOWN]


def test_few_slips_are_shown():
    slips = {text for texts in SLIPS.values() for text in texts}
    print(f"\n{len(slips)} slips of {len(SYNTAXES)} syntaxes, {len(SHOWN)} shown and reported")
    assert slips.issuperset(SHOWN)
    assert len(SHOWN) <= 0.02 * len(slips)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_without_a_slip_nothing_is_reported(render, syntax):
    assert judge(render(SYNTAXES[syntax]), SYNTAXES[syntax]) == "correct"


IN_LINE = [
    "OPEN /// spoiler KRAKEN /// OPEN",
    "OPEN //spoiler KRAKEN// OPEN",
    "OPEN.  /// spoiler KRAKEN // KRAKEN ///",
    "OPEN (/// spoiler KRAKEN ///) OPEN",
    "OPEN/// spoiler KRAKEN///",
    "OPEN ::: spoiler KRAKEN ::: OPEN",
    "OPEN :::spoiler KRAKEN:::",
    "OPEN /// spoiler *KRAKEN* /// OPEN",
    "OPEN /// spoiler KRAKEN\n///\n\nOPEN",
    "OPEN: /// spoiler | The end: KRAKEN ///",
    "OPEN /// spolier KRAKEN\nKRAKEN",
    "OPEN /// spoiler KRAKEN\n\nKRAKEN",
    "OPEN /// spoiler | x\n\nKRAKEN\n\n///\n\nOPEN",
    "OPEN // spoiler KRAKEN\n\n/// note\nKRAKEN\n///",
    "- OPEN\n- OPEN /// spoiler KRAKEN /// OPEN",
]


@pytest.mark.parametrize("convert", ["render", "render_all"])
@pytest.mark.parametrize("text", IN_LINE)
def test_slashes_within_a_line_are_hidden_and_reported(request, convert, text):
    page = request.getfixturevalue(convert)(text)
    assert "KRAKEN" not in page.shown
    assert page.hidden.count("KRAKEN") == text.count("KRAKEN")
    assert page.shown.count("OPEN") == text.count("OPEN")
    (finding,) = page.findings
    assert finding.source_line_text in text.replace("*", "")
    assert "spoiler" in finding.fix


@pytest.mark.parametrize(
    "text",
    [
        "See https://a.example//spoiler and //spoiler.example/x, or `/// spoiler OPEN`.",
        "Quoi ??? Spoiler : OPEN. Why!!! Spoiler OPEN. Well:: spoiler OPEN.",
    ],
)
def test_slashes_of_addresses_and_code_hide_nothing(render, text):
    page = render(text)
    assert page.findings == []
    assert "OPEN" in page.shown
