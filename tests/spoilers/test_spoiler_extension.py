"""Beside other extensions, with a vault, and without MkDocs."""

import re
import subprocess
import sys

import pytest
from markdown import Markdown

from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

TEXT = "/// spoiler | A\nsecret\n///\n\n||secret||\n\n??? spoiler\n    secret\n\nafter"

# fmt: off
SETS = {
    "none": (),
    "Material's": [
        "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
        "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic",
        "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys",
        "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences",
        "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
    ],
    "extra": ("extra", "smarty", "nl2br", "sane_lists", "toc"),
    "blocks": ("pymdownx.blocks.details", "pymdownx.blocks.admonition", "pymdownx.blocks.html"),
}
# fmt: on


@pytest.mark.parametrize("extensions", SETS.values(), ids=SETS)
@pytest.mark.parametrize("is_first", [True, False])
def test_beside_other_extensions(read_page, extensions, is_first):
    spoilers = SpoilerExtension()
    md = Markdown(extensions=[spoilers, *extensions] if is_first else [*extensions, spoilers])
    for _ in range(2):
        page = read_page(md.reset().convert(TEXT))
        assert "secret" not in page.shown
        assert page.hidden.count("secret") == 3
        assert len(page.find("bookreview-spoiler")) == 3


def test_a_block_of_the_author_is_as_good():
    own = SpoilerExtension()
    md = Markdown(
        extensions=["pymdownx.blocks.details", own],
        extension_configs={"pymdownx.blocks.details": {"types": ["spoiler"]}},
    )
    html = md.convert("/// spoiler | A\n    open: true\n\nx\n///")
    assert re.match(r'<div class="bookreview-spoiler" [^>]*><details><summary>', html)


def test_headings_leave_no_trace(render):
    page = render(
        "# A\n\n/// spoiler | B\n## secret\n///\n\n## C ||secret||\n\n## [secret]{.spoiler}"
    )
    (first,) = page.toc
    assert first["id"] == "a"
    assert [(one["id"], one["name"]) for one in first["children"]] == [
        ("c-spoiler", "C [spoiler]"),
        ("spoiler", "[spoiler]"),
    ]
    heading = page.find("bookreview-spoiler__body")[0].find("div")
    assert heading.attrib == {"role": "heading", "aria-level": "2"}


def test_headings_between_raw_tags_leave_no_trace(render):
    page = render("<spoiler>\n\n## secret\n\n<b>x</b>\n\n</spoiler>\n\n## A\n\n||b\n\n## secret")
    assert [(one["id"], one["name"]) for one in page.toc] == [("a", "A")]
    assert "secret" not in page.shown


def test_a_footnote_with_an_open_reference_stays_open(render):
    page = render("a[^1] ||b[^1] c[^2]||\n\n[^1]: One\n[^2]: Two")
    assert "One" in page.shown
    assert "Two" not in page.shown
    hidden = page.root.find(".//li[@id='fn:2']")
    assert hidden is not None
    assert not hidden.findall(".//a")


def test_ids_go_but_for_what_works_by_them(render):
    page = render(
        '/// spoiler | A\n<a id="b" name="b">c</a> <input id="d" name="d"> <label for="d">e</label>'
        '\n<h2 id="f">g</h2>\n///'
    )
    idents = {element.get("id") for element in page.root.iter() if element.get("id")}
    assert idents == {"d"}


def test_the_vault_keeps_all_that_a_spoiler_is(render):
    vault = Vault(Words())
    page = render(f"# A\n\n{TEXT}", vault=vault)
    assert "secret" not in page.html
    assert page.find("bookreview-spoiler") == []
    assert page.html.count(">[spoiler]</") == 3
    vault.claim("a.md", page.html)
    (opened,) = vault.open("a.md", page.html)
    assert opened == render(f"# A\n\n{TEXT}").html


@pytest.mark.parametrize(
    "text",
    [
        r"||a \| b &lt; c \[d\]||",
        "[a \\] b &amp; c]{.spoiler}",
        "/// spoiler | One \\| two &gt; three\na \\|\\| b &lt; &amp; c\n///",
        '<div class="spoiler" markdown>\n\na \\|\\| b\n\n> \\>! c\n\n</div>',
        "- ||a `||` \\|| b||\n\n&lt;",
    ],
)
def test_the_vault_has_the_signs_that_the_author_wrote(render, text):
    vault = Vault(Words())
    html = render(text, vault=vault).html
    vault.claim("a.md", html)
    (opened,) = vault.open("a.md", html)
    assert opened == render(text).html
    assert not re.search("[\U0010ff00-\U0010ff7f]", opened)


def test_two_instances_by_one_extension_do_not_mix():
    spoilers = SpoilerExtension()
    one, two = Markdown(extensions=[spoilers]), Markdown(extensions=[spoilers])
    assert one.convert("||a||") == two.convert("||a||")
    assert "bookreview-spoiler-2" not in one.convert("||a||")


def test_without_mkdocs():
    script = (
        "import sys, markdown\n"
        "from mkdocs_bookreview.spoilers.extension import SpoilerExtension\n"
        "html = markdown.markdown('||a||', extensions=[SpoilerExtension(language='de')])\n"
        "assert 'popover' in html\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('mkdocs', 'material')])"
    )
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


def test_own_words_without_mkdocs():
    own = {"spoiler_hide": "<zu>", "spoiler_title": "x & y", "de": {"spoiler_word": "pst"}}
    html = Markdown(extensions=[SpoilerExtension(language="de", words=own)]).convert(TEXT)
    assert 'aria-hidden="true">&lt;zu&gt;</span>' in html
    assert 'class="bookreview-spoiler__word">x &amp; y</span>' in html
    assert ">pst </button>" in html


def test_wrong_words_without_mkdocs():
    with pytest.raises(ValueError, match=r"Unknown key `words\.spoiler_hid`\. Did you mean"):
        SpoilerExtension(words={"spoiler_hid": "x"})
