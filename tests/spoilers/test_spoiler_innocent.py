"""Texts that only look like spoilers keep every word, and nothing is reported about them."""

import pytest
from conftest import ALL_EXTENSIONS, CONFIGS, EXTENSIONS, Page
from markdown import Markdown

# Nearly all that Material's manual lists, because each may take a text away from the recogniser.
FULL = (
    *ALL_EXTENSIONS, "pymdownx.inlinehilite",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.keys", "pymdownx.mark",
    "pymdownx.smartsymbols", "pymdownx.tasklist", "pymdownx.tilde", "pymdownx.blocks.admonition",
    "pymdownx.blocks.details", "pymdownx.blocks.html", "pymdownx.blocks.tab",
)  # fmt: skip

# Rendered with the few extensions of most tests and with all of them.
ANYWHERE = {
    "prose": [
        "The sponsor of the prize has not spoken.",
        "He gave his spiel about a spooler, a soiler and a spoiled child.",
        "The despoiler! A spoilsport? His spoils: spoilt.",
        "This review is spoiler-free, and spoilers never helped anyone.",
        "Spoiler: it is very long.",
        "Spoiler! It is very long.",
        "Is that a spoiler? Hardly.",
        "Spoiler alert!!! There is a cat.",
        "Spoilers... there are none.",
        "(Spoiler: none.) [Spoilers: none.] {Spoilers: none.}",
        "A spoiler = what you did not want to know.",
        "spoiler/spoilers, spoiler|spoilers, spoiler.spoilers",
        "The car has a rear spoiler. Its spoiler is black!",
        "Front spoiler, rear spoiler: both are painted.",
        "The *spoiler* and the **spoiler** of the Porsche.",
        "Spoelstra, Spooner, Schiller, Spieler and Spoliansky wrote it.",
        "I said \"spoiler\", 'spoiler', “spoiler”, \u2018spoiler’, «spoiler» and „Spoiler“.",
        "Spoiler",
        "spoiler:",
        "What?? No!! Really?! Yes!!! Why???",
        "Why??? spoken like a sponsor!",
        "... / spoiler / free / of / charge",
        "On page 3/4 of 5, and/or on page 6//7.",
        "He said: /// and nothing else.",
        "> ! is a mark, and so is ?",
        "> !Ay, caramba!",
        "> Is it > or !, and < or !<?",
        "1 < 2 > 1, i < spoiler, spoiler > i",
        "A heart <3 spoils nothing.",
        "Its no-break spaces:\u00a0none, «\u00a0vraiment\u00a0», spoiler\u00a0!",
        "Soft\u00adhyphens and zero\u200bwidth spaces in spo\u00adken words.",
        "Full-width \uff0f \uff1f \uff01 \uff5c signs, and the broken ¦ bar.",
        "No spoiler | a wing | a lip",
    ],
    "other languages": [
        "Der Spieler! Ein Spiegel? Das Spiel: gewonnen.",
        "Ein Spoiler am Auto: schick. Der Spüler spült, der Spuler spult.",
        "Spoilerfrei! Ohne Spoiler? Achtung, Spoiler: keine.",
        "Elle va épouiller, spolier et souiller. Un spoiler\u202f! Sans spoiler\u202f?",
        "¡Spoiler! ¿Spoiler? El despojo, expoliar y el alerón (spoiler).",
        "Spojler! Bez spojlerów? Spoiwo: klej.",
        "Спойлер! Без спойлеров?",
        "Spoilera, spoileri: nessuno. Lo spoglio!",
    ],
    "bars": [
        "In shell, make||exit means or.",
        "The operator a||b means or.",
        "An A||B test.",
        "The sign **||** means or.",
        "The sign || means or.",
        "In short: a || b.",
        "The norm |v| of a vector, and |x|y|z|.",
        r"\|\|OPEN\|\|",
        r"The escape \||a|| is for bars.",
        "A smiley :|| and another :||",
        "The repeat ||: la la la :|| goes on.",
        "Scansion: / x / x || / x / x",
        "Of lambs || and wolves, a caesura.",
        "[[ -f x ]] || exit 1",
        "One | two || three",
        "||",
        "| | |",
    ],
    "attribute lists": [
        "A word{.spotlight}, [a link](b.md){.slope}, *all*{.sponsor}",
        "A paragraph\n{: .special }",
        "# A heading {#spoiler-free .spotlight}",
        "*A word*{.spoiler-free} and *one*{.no-spoiler}",
        "A set {a, b} and {.5, .6} and { .spo } and {spo}.",
        "[a]{.smallcaps} is of Pandoc, and [b]{.split} too.",
        "Escaped [a]\\{.spoiler} and \\[spoiler] and \\[a\\]{.underline}.",
    ],
    "headings and links": [
        "# Spoiler",
        "## Spoilers: none",
        "## Why spoilers?",
        "Is this a spoiler?\n------------------",
        "[spoilers](spoilers.md)",
        "[spoiler](https://example.org/spoiler)",
        "[spoiler-free review](x.md)",
        "[The guide](spoiler.html), [a part](guide.md#spoiler), [other](spoiler/)",
        '[The guide](guide.md "Spoiler")',
        "[guide][spoiler]\n\n[spoiler]: guide.md",
        "[spoiler][]\n\n[spoiler]: guide.md 'Spoilers'",
        "![spoiler](spoiler.png)",
        '![A rear spoiler!](wing.jpg "Spoiler")',
        "<https://example.org/spoiler//free||b?a=spoiler!>",
        "[a](https://example.org/a||b||c)",
        "See https://example.org//spoiler?!=a||b and http://spoiler.example/.",
        "Write to <spoiler@example.org> or spoiler@example.org.",
        "Files: //server/share, ///spoil, file:///spool/x, C:\\spoiler, ~/.spoiler, ../spoiler.md",
        "// TODO: spoken\n//// spool",
        "A word[^spoiler]\n\n[^spoiler]: A note.",
        "A list:\n\n- spoiler\n- spoiler:\n- !spoken\n- [spoiler](x.md)",
    ],
    "tables": [
        "| | a |\n|---|---|\n| | b |\n| c | |",
        "||a|b|\n|---|---|---|\n||c|d|\n||e|f|",
        "|a||b|\n|---|---|---|\n|c||d|\n|e|||",
        "| Spoiler | Car |\n|:--|--:|\n| rear | a |\n| `a||b` | c |",
        "a | b || c\n--|--||--\n d | e || f",
    ],
    "code": [
        "`||a||`, `[a]{.spoiler}`, `<spoiler>a</spoiler>`, `/// spoiler`, `a||b`",
        "``>!a!<``, ``[spoiler]a[/spoiler]``, ``{{< spoiler >}}``, ``:::spoiler``",
        "Write `{.spoiler}` behind the brackets, or `.spoiler` or `class=spoiler`.",
        "```\n/// spoiler\n||a||\n///\n??? spoiler\n    a\n```",
        "```sql\nSELECT a||b||c FROM spoiler;\n```",
        "~~~ html\n<spoiler>a</spoiler> <spolier>\n~~~",
        "    /// spoiler | a\n    ||a||\n    <spoiler>\n",
        "- a\n\n        ??? spoiler\n            ||a||\n",
        "<pre>||a|| [b]{.spoiler} /// spoiler</pre>",
        "<pre><code>||a||\n\n/// spoiler\n&lt;spoiler&gt;</code></pre>",
        "A <code>a||b</code>, <kbd>||</kbd>, <samp>a || b</samp>, <tt>a||b</tt>",
        "A <code>||a||</code> and <samp>[b]{.spoiler}</samp>",
        "<p>Raw <code>||a||</code> and <kbd>[b]{.spoiler}</kbd></p>",
        "<p>Raw <kbd>[b]{.spoiler}</kbd> alone</p>",
        "A <code>[b]{.spoiler}</code> alone",
        "<textarea>||a|| [b]{.spoiler}</textarea>",
        "In text: if (a || b) { .spoil() }, a||b;",
        'printf("spoiler"); spoiler.open(); $spoiler = !$spoiler; spoiler::new()',
    ],
    "HTML": [
        "<!-- <spoiler>a</spoiler> ||b|| [c]{.spoiler} -->",
        "<!-- /// spoiler\n\n??? spoiler\n-->",
        "<script>if (a) ||b||; spoiler = '<spoiler>'</script>",
        "<style>a {.spoilers} .spoiler {color: red} .spolier > a {}</style>",
        '<svg viewBox="0 0 9 9"><text x="1">||a|| [b]{.spoiler}</text></svg>',
        '<p>A <svg><title>||a||</title><text class="b">||c||</text></svg> drawing</p>',
        "<math><mo>||</mo><mi>v</mi><mo>||</mo></math>",
        '<a href="b||c||d" onclick="if(b||c)d||e()">f</a>',
        "<sp-button>a</sp-button> <spoon-er>b</spoon-er>",
        "<sp-button>\n\na\n\n</sp-button>",
        '<div class="no-spoiler">a</div>',
        '<div class="spoiler-free sponsor">a</div>',
        '<span class="spotlight">a</span> <i class="split">b</i> <b class="spoken">c</b>',
        '<div id="spoiler">a</div>',
        '<p title="Spoiler: none" data-type="spoiler-free">a</p>',
        '<img src="spoiler.png" alt="A spoiler">',
        '<input name="spoiler" value="spoiler"> <label for="spoiler">a</label>',
        "a <spot>b</spot> and a < b > c",
    ],
    "other systems": [
        "Hello {{ name }}, {% raw %}{{ spoken }}{% endraw %}",
        "{{< figure src='spoiler.png' >}} and {{% note %}}a{{% /note %}}",
        "{{#if spoken}}a{{/if}} {{name|spoken}}",
        "[quote]a[/quote] [b]c[/b] [sp]d[/sp]",
        ":::note\nOPEN\n:::",
        "::: {.split}\nOPEN\n:::",
        ":sponge: :spoon: :spider:",
        "> [!NOTE]\n> A spoiler is no note.",
        "> [!SPOTLIGHT]\n> OPEN",
        "@spoiler #spoiler %spoiler% ~spoiler~ ^spoiler^ ==spoiler==",
        "-- spoiler --, ** spoiler **, << spoken >>, [[Spoilers]]",
    ],
}
# Rendered with all extensions, because the texts are written for them.
EXTENDED = {
    "code of extensions": [
        "> ```\n> ||a|| [b]{.spoiler}\n> >! c\n> ```",
        "`#!py a||b`, `#!html <spoiler>a</spoiler>`, `:::sh a || b`",
        "`a||b` and `||a||` and `[a]{.spoiler}`",
        "The code `||a||`{.py} and `a`{.split}",
        '```py title="a.py" hl_lines="1"\na = b||c\n/// spoiler\n```',
        '=== "A"\n\n    ```sql\n    a||b||c\n    ```\n\n=== "B"\n\n        ||d||\n',
        "```mermaid\nerDiagram\nA ||--o{ B : has\nB ||--|| C : is\n```",
        "``` { .yaml .annotate }\n||a|| # (1)!\n```\n\n1.  OPEN",
        "Press ++ctrl+alt+p++ or <kbd>|</kbd><kbd>|</kbd>.",
    ],
    "math": [
        r"The norm $\|v\|$, and $||v||$, and $|a|$.",
        r"The norm \(||v||\) and \(\|w\|\).",
        "$$\n||v|| = 1\n$$",
        "\\[\n||a|| + ||b|| \\geq ||a + b||\n\\]",
        r"\begin{align}||a||\end{align}",
    ],
    "boxes": [
        '!!! note "Spoken"\n    OPEN',
        '!!! spotlight "Light"\n    OPEN',
        "!!! sponsor\n    OPEN",
        "??? special\n    OPEN",
        '???+ split "A"\n    OPEN',
        "/// note | A\nOPEN\n///",
        "/// admonition | A\n    type: special\n\nOPEN\n///",
        "/// details | A\n    type: note\n\nOPEN\n///",
        "/// tab | A\nOPEN\n///",
        "/// html | span.split\nOPEN\n///",
        "![a](b.png)\n\n/// caption\nA rear spoiler.\n///",
    ],
    "words of extensions": [
        "Term\n:   A spoiler: none.\n\nSpoiler\n:   What tells the end.",
        "The HTML\n\n*[HTML]: A spoiler? No.",
        "~~spoiler~~ ==spoiler== ^^spoiler^^ H~2~O x^2^ c/o 1/2 --> =/=",
        "{++spoken++} {--spool--} {>>spoil<<} {==spoon==}",
        "- [ ] spoiler\n- [x] spoilers",
    ],
}

# Texts that are shown, though they may be reported, because an author may have meant a spoiler.
REPORTED_ONLY = [
    "/// sponsor | A\nOPEN\n///",
    "/// spoken\nOPEN\n///",
    "/// spooler\n\nOPEN\n\n///",
    "/// spoiler-free\n\nOPEN",
    "/// spoiler-free | A\nOPEN\n///",
    "OPEN\n\n///",
    "Prose a || b || c",
    "The class {.spoiler} hides what is in brackets.",
    "<details><summary>Spoiler</summary>OPEN</details>",
    '??? note "Spoiler"\n    OPEN',
    "> [!warning]- Spoiler\n> OPEN",
]

# Texts that are hidden though nobody meant a spoiler, each with the reason; five at most.
HIDDEN = {
    "The repeat ||: la la la :|| goes on.": "it is a correctly written spoiler",
}

SILENT_ANYWHERE = [text for texts in ANYWHERE.values() for text in texts]
SILENT = SILENT_ANYWHERE + [text for texts in EXTENDED.values() for text in texts]
EXTENSION_SETS = {"few": (*EXTENSIONS, "admonition", "pymdownx.details"), "full": FULL}
CASES = [("full", text) for text in SILENT] + [("few", text) for text in SILENT_ANYWHERE]


def add_end(text: str) -> str:
    """Return the text with a list, a quote and a paragraph after it that hiding would swallow."""
    return f"{text}\n\n# OPEN\n\nOPEN\n\n> OPEN\n"


def read_without_spoilers(text: str, extensions: tuple[object, ...]) -> str:
    """Return what a reader of the page gets where nobody has heard of spoilers."""
    html = Markdown(extensions=extensions, extension_configs=CONFIGS).convert(text)
    return Page(html, [], []).shown


@pytest.mark.parametrize(("extensions", "text"), CASES)
def test_an_innocent_text_is_left_alone(render, extensions, text):
    chosen = EXTENSION_SETS[extensions]
    page = render(add_end(text), chosen)
    is_same = page.shown.split() == read_without_spoilers(add_end(text), chosen).split()
    assert is_same == (text not in HIDDEN)
    assert bool(page.find("bookreview-spoiler")) == (text in HIDDEN)
    assert page.findings == []


@pytest.mark.parametrize("extensions", EXTENSION_SETS)
@pytest.mark.parametrize("text", REPORTED_ONLY)
def test_a_suspicious_text_is_shown(render, extensions, text):
    page = render(add_end(text), EXTENSION_SETS[extensions])
    assert not page.find("bookreview-spoiler")
    assert page.shown.count("OPEN") == add_end(text).count("OPEN")


def test_few_innocent_texts_are_hidden():
    assert len(set(SILENT + REPORTED_ONLY)) >= 120
    assert len(HIDDEN) <= 5
    assert set(SILENT).issuperset(HIDDEN)
