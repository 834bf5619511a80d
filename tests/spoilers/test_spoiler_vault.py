"""Whose placeholders are opened where."""

import pytest

from mkdocs_bookreview.spoilers.sealed.form import seal_block, seal_inline
from mkdocs_bookreview.spoilers.sealed.vault import Vault, strip
from mkdocs_bookreview.words.language import Words

WORDS = Words()
BLOCK = seal_block("<p>secret</p>", "The end", WORDS)
INLINE = seal_inline("secret", "s-1", WORDS)


@pytest.fixture
def vault():
    return Vault(WORDS)


def test_placeholders_hold_a_word_and_a_number(vault):
    inline = '<span class="bookreview-spoiler-elsewhere" data-n="1">[spoiler]</span>'
    block = '<div class="bookreview-spoiler-elsewhere" data-n="2">[spoiler]</div>'
    assert [vault.lock(INLINE), vault.lock(BLOCK)] == [inline, block]


def test_a_page_gets_its_own_and_only_those(vault):
    own, other = vault.lock(BLOCK), vault.lock(INLINE)
    vault.claim("a.md", f"<p>{own}</p>")
    vault.claim("b.md", f"<p>{other}</p>")
    (output,) = vault.open("a.md", f"<main>{own}</main><aside>{other}</aside>")
    assert output == f"<main>{BLOCK}</main><aside>{other}</aside>"


def test_each_stands_once(vault):
    own = vault.lock(INLINE)
    vault.claim("a.md", own)
    assert vault.open("a.md", own + own)[0].count("secret") == 1


def test_the_first_text_comes_first(vault):
    own, other = vault.lock(INLINE), vault.lock(BLOCK)
    vault.claim("a.md", own + other)
    assert vault.open("a.md", own, own + other, other) == [INLINE, own + BLOCK, other]


def test_a_page_may_be_written_again(vault):
    own = vault.lock(INLINE)
    vault.claim("a.md", own)
    assert vault.open("a.md", own) == vault.open("a.md", own) == [INLINE]


def test_what_others_made_of_a_placeholder_is_read(vault):
    vault.lock(INLINE)
    vault.claim("a.md", vault.lock(BLOCK))
    (output,) = vault.open("a.md", "<DIV data-n=2 class=bookreview-spoiler-elsewhere>[…]</DIV >")
    assert output == BLOCK


@pytest.mark.parametrize("number", ["0", "7", "", "x"])
def test_what_nobody_locked_stays_as_it_is(vault, number):
    forged = f'<div class="bookreview-spoiler-elsewhere" data-n="{number}">x</div>'
    vault.claim("a.md", forged)
    assert vault.open("a.md", forged) == [forged]


def test_a_page_cannot_claim_what_is_of_another(vault):
    forged = '<span class="bookreview-spoiler-elsewhere" data-n="1">[spoiler]</span>'
    vault.claim("before.md", forged)
    own = vault.lock(INLINE)
    vault.claim("a.md", own)
    vault.claim("after.md", forged)
    for page in ("before.md", "after.md"):
        assert vault.open(page, forged) == [forged]
        assert vault.sealed(page) == []
    assert vault.open("a.md", own) == [INLINE]


def test_what_has_no_placeholder_is_the_same_text(vault):
    output = "<html>" * 100
    assert vault.open("a.md", output)[0] is output


def test_a_text_about_placeholders_is_none(vault):
    vault.claim("a.md", vault.lock(INLINE))
    text = '<span data-n="1">Of the class bookreview-spoiler-elsewhere.</span>'
    assert vault.open("a.md", text) == [strip(text)] == [text]


def test_teasers_have_a_word_for_inline_spoilers_alone(vault):
    html = f"<p>a {vault.lock(INLINE)} b</p>{vault.lock(BLOCK)}"
    assert strip(html) == "<p>a [spoiler] b</p>"


def test_the_word_is_in_the_language_of_the_site():
    assert "[Spoiler]" in Vault(Words("de")).lock(INLINE)
