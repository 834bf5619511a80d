"""Every way to write a spoiler, where authors write them."""

import pytest

from mkdocs_bookreview.spoilers.sealed.form import read_sealed_facts

HIDDEN = {
    "fence": "/// spoiler | The end\nsecret\n///\n\nafter",
    "fence with options": "/// spoiler | The end\n    progress: 45%\n\nsecret\n///\n\nafter",
    "fence in capitals": "/// SPOILER | The end\nsecret\n///\n\nafter",
    "fence in fence": "//// spoiler | End\n/// spoiler | Part\nsecret\n///\nsecret\n////\n\nafter",
    "fence after text": "before\n/// spoiler | The end\nsecret\n///\nafter",
    "details": '??? spoiler "The end"\n    secret\n\n    secret\n\nafter',
    "open details": '???+ spoiler "The end"\n    secret\n\nafter',
    "admonition": '!!! spoiler "The end"\n    secret\n\nafter',
    "admonition of two classes": '!!! spoiler note "The end"\n    secret\n\nafter',
    "raw element": '<div class="spoiler">\n<p>secret</p>\n</div>\n\nafter',
    "raw details": '<details class="spoiler"><summary>The end</summary>secret</details>\n\nafter',
    "raw element of other classes": "<section class='Spoiler b' id=x>\nsecret\n</section>\n\nafter",
    "Markdown in HTML": '<div class="spoiler" markdown>\n\n*secret*\n\n</div>\n\nafter',
    "spoiler element": "<spoiler>\n\nsecret\n\n- secret\n\n</spoiler>\n\nafter",
    "spoiler element in lines": "<spoiler>\nsecret\n</spoiler>\n\nafter",
    "spoiler element over paragraphs": "before <spoiler>secret\n\nsecret</spoiler> after",
    "paragraph": "secret\n*secret*\n{: .spoiler }\n\nafter",
    "heading": "## secret {.spoiler}\n\nafter",
    "pipes": "before ||secret *secret*|| after",
    "more pipes": "before |||secret||| after",
    "two pairs of pipes": "||secret|| after ||secret||",
    "adjacent pairs of pipes": "||secret||||secret|| after",
    "brackets": "before [secret]{.spoiler} after",
    "brackets with colon": "before [secret]{: .spoiler .big } after",
    "brackets with a class": 'before [secret]{class="spoiler"} after',
    "brackets with two classes": "before [secret]{.spoiler class=x} after",
    "brackets round links": "before [secret [secret](u) ![secret](v)]{.spoiler} after",
    "inline element": "before <spoiler>secret</spoiler> after",
    "span": 'before <span class="spoiler">secret</span> after',
    "span over lines": 'before <span\nclass="spoiler">secret\nsecret</span> after',
    "picture": "![secret](secret.jpg){.spoiler} after",
    "link": "[secret](secret.md){.spoiler} after",
    "table cell": "| A | B |\n|---|---|\n| [secret]{.spoiler} | after |",
    "whole table cell": "| A | B |\n|---|---|\n| secret {.spoiler} | after |",
    "pipes in a table": "| A | B |\n|---|---|\n| after | ||secret|| |",
    "escaped pipes in a table": "| A | B |\n|---|---|\n| after | x \\|\\|secret\\|\\| |",
    "definition": "Term\n:   ||secret||\n\nafter",
    "footnote": "||secret[^1]|| after\n\n[^1]: secret *secret*",
    "footnote of a footnote": "||secret[^1]|| after\n\n[^1]: secret[^2]\n\n[^2]: secret",
    "CRLF": "/// spoiler | The end\r\nsecret\r\n///\r\n\r\nafter ||secret||\r\n",
    "heading in a fence": "/// spoiler | The end\n## secret\n///\n\nafter",
    "heading in an element": "<spoiler>\n\n## secret\n\n</spoiler>\n\nafter",
    "raw heading": '<div class="spoiler"><h2 id="secret">secret</h2></div>\n\nafter',
}

CONTAINERS = {
    "page": "{}",
    "list": "- item\n\n{indented}\n",
    "numbers": "1.  item\n\n{indented}\n",
    "quote": "{quoted}\n",
    "admonition": '!!! note "Title"\n\n{indented}\n',
    "details": '??? note "Title"\n\n{indented}\n',
    "spoiler": '??? spoiler "Outer"\n\n{indented}\n',
}


def contain(container: str, text: str) -> str:
    indented = "\n".join(f"    {line}" if line.strip() else line for line in text.split("\n"))
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    return CONTAINERS[container].format(text, indented=indented, quoted=quoted)


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("syntax", HIDDEN)
def test_what_is_hidden_is_hidden_everywhere(render, syntax, container):
    page = render(contain(container, HIDDEN[syntax]))
    assert "secret" not in page.shown
    assert "secret" in page.hidden
    assert "secret" not in str(page.toc)
    assert page.is_balanced


@pytest.mark.parametrize("syntax", HIDDEN)
def test_what_is_not_hidden_is_shown(render, syntax):
    page = render(HIDDEN[syntax])
    assert page.shown.count("after") == HIDDEN[syntax].count("after") + 1
    assert "before" not in page.hidden


@pytest.mark.parametrize(
    "text",
    [
        "prose a || b stays",
        "\\||a|| and [a]\\{.spoiler}",
        "`||a||` and `[a]{.spoiler}` and `<spoiler>a</spoiler>`",
        "```\n/// spoiler\n||a||\n///\n```",
        "    /// spoiler\n    ||a||\n",
        "[a](b||c||d)",
        '`<a title="||b||">`',
        '<a href="b||c||d" onclick="if(b||c)d||e()">f</a>',
        "<pre><code>||a||</code></pre>\n\n<p>a || b</p>",
        '<div class="mermaid">A ||--o{ B : has\nB ||--|| C : is</div>',
        "<script>if (a) ||b||</script>\n\n<style>a {.spoilers}</style>",
        "a !!! special ??? spot {.slope} {.series}",
        "> [!NOTE]\n> spoiler",
        "No spoiler here, in correspondence or elsewhere.",
        '<div class="no-spoiler">a</div>',
        '<div class="spoiler-free sponsor">a</div>',
        "<!-- <spoiler>a</spoiler> -->",
        "| A | B |\n|---|---|\n| `||a||` | b |",
        "/// details | A\na\n///",
    ],
)
def test_what_is_no_spoiler_stays(render, text):
    page = render(text)
    assert not page.find("bookreview-spoiler")
    assert not page.findings


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("/// spoiler | The *end*\nx\n///", ["The end"]),
        ("/// spoiler\nx\n///", []),
        ('??? spoiler "Tommy"\n    x', ["Tommy"]),
        ("??? spoiler\n    x", []),
        ('!!! spoiler "Tommy"\n    x', ["Tommy"]),
        ("!!! spoiler\n    x", []),
        ('<details class="spoiler" open><summary>A <b>b</b></summary>x</details>', ["A b"]),
        ('<details class="spoiler"><summary>secret<p>secret</details>', []),
        ('<details class="spoiler">x<summary>secret</summary></details>', []),
    ],
)
def test_labels(render, text, labels):
    page = render(text)
    assert page.labels == labels
    assert "secret" not in page.shown
    assert all(details.get("open") is None for details in page.root.iter("details"))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "/// spoiler | A\n    progress: 45%\n    chapter: 12\n\nx\n///",
            {"progress": "45%", "chapter": "12"},
        ),
        (
            "/// spoiler | A\n    progress: 45\n    book: emma\n\nx\n///",
            {"progress": "45%", "book": "emma"},
        ),
        ("/// spoiler\n    progress: 100.0 %\n\nx\n///", {"progress": "100.0%"}),
        ("/// spoiler\n    attrs: {chapter: '007'}\n\nx\n///", {"chapter": "7"}),
        ("[x]{.spoiler progress=45%}", {"progress": "45%"}),
        ("[x]{.spoiler book='a&b \"c\"'}", {"book": 'a&b "c"'}),
        ("x\n{: .spoiler chapter=3 }", {"chapter": "3"}),
        ("![x](y){.spoiler chapter=3}", {"chapter": "3"}),
        ('<spoiler chapter="12">x</spoiler>', {"chapter": "12"}),
        ('<div class="spoiler" data-book="a&amp;b">x</div>', {"book": "a&b"}),
        ('<details class="spoiler" PROGRESS=9 >x</details>', {"progress": "9%"}),
        ("||x||", {}),
    ],
)
def test_how_far_a_reader_must_be(render, text, facts):
    page = render(text)
    (spoiler,) = page.find("bookreview-spoiler")
    found = {name[5:]: value for name, value in spoiler.attrib.items() if name[:5] == "data-"}
    assert found == {"nosnippet": "", "pagefind-ignore": "all", "search-exclude": "", **facts}
    assert [*read_sealed_facts(page.html)] == [facts]
    assert page.findings == []


WRONG_FACTS = {
    "progress": ["101", "45 pages", "-1", "4,5", "x%", ""],
    "chapter": ["Part two", "0", "1.5", "-1", ""],
    "book": ["", " "],
}


@pytest.mark.parametrize(
    "text",
    [
        "/// spoiler\n    {}: '{}'\n\nsecret\n///",
        "[secret]{{.spoiler {}='{}'}}",
        "secret\n{{: .spoiler {}='{}' }}",
        "<spoiler {}='{}'>secret</spoiler>",
        '<div markdown class="spoiler" data-{}="{}">secret</div>',
    ],
)
@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG_FACTS.items() for value in values]
)
def test_a_wrong_fact_is_left_out_and_told(render, text, name, value):
    source = text.format(name, value)
    page = render(f"chapter progress book\n\n{source}")
    assert "secret" not in page.shown
    assert [*read_sealed_facts(page.html)] == [{}]
    (finding,) = page.findings
    assert f"`{name}`" in finding.what
    assert f"`{value}`" in finding.what or not value.strip()
    assert f"`{name}: " in finding.fix
    assert finding.source_line_text in source


@pytest.mark.parametrize(
    "text",
    [
        "/// spoiler\n    chapterr: 4\n\nx\n///",
        "[x]{.spoiler chapterr=4}",
        "<spoiler chapterr=4>x</spoiler>",
        '<div class="spoiler" data-chapterr="4">x</div>',
    ],
)
def test_a_misspelt_fact_is_told(render, text):
    (finding,) = render(text).findings
    assert finding.fix == "Did you mean `chapter`?"
    assert finding.source_line_text in text


def test_facts_of_all_sealed_elements_are_read(render):
    page = render(
        "/// spoiler\n    chapter: 2\n\na [b]{.spoiler progress=5 book=emma} ||c||\n///\n\nd"
    )
    assert [*read_sealed_facts(page.html)] == [
        {"chapter": "2"},
        {"progress": "5%", "book": "emma"},
        {},
    ]


def test_what_is_in_a_spoiler_of_another_book_is_of_that_book(render):
    page = render(
        "/// spoiler\n    book: emma\n\n[b]{.spoiler chapter=5} [c]{.spoiler book=dune}\n///"
    )
    assert [*read_sealed_facts(page.html)] == [
        {"book": "emma"},
        {"book": "emma", "chapter": "5"},
        {"book": "dune"},
    ]


def test_an_inline_spoiler_stays_in_its_paragraph(render):
    page = render("A ||b|| c")
    paragraph = page.root.find(".//main/p")
    assert "".join(paragraph.itertext()) == "A spoiler b c"
    button = paragraph.find(".//button")
    assert button.attrib == {
        "type": "button",
        "popovertarget": "bookreview-spoiler-1",
    }
    assert page.find("bookreview-spoiler__body")[0].get("id") == button.get("popovertarget")


def test_idents_are_of_one_page(render):
    page = render("||a [b]{.spoiler}||\n\n||c||")
    idents = [body.get("id") for body in page.find("bookreview-spoiler__body")]
    assert idents == ["bookreview-spoiler-1", "bookreview-spoiler-2", "bookreview-spoiler-3"]


def test_the_words_are_in_the_language_of_the_site(render):
    page = render("||a||\n\n/// spoiler | B\nc\n///", language="de")
    assert page.root.find(".//button").text.strip() == "Spoiler"
    assert page.find("bookreview-spoiler__hide")[0].text == "ausblenden"
