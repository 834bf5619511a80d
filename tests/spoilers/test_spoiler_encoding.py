"""Encoded spoilers cannot be read, and say the same when a browser has decoded them."""

import re
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_spoiler_properties import SOUP, Writer, blocks, many

from mkdocs_bookreview.spoilers.sealed.encoding import choose_encoding, encode
from mkdocs_bookreview.spoilers.sealed.form import seal_block, seal_inline
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

WORDS = Words()
NOTICE = "Closed."
_ENCODED = re.compile(rf' data-sealed="([^"]*)">{NOTICE}')


def decode(html: str, parts: list[str] | None = None) -> str:
    """Return what a browser has when all spoilers are open; inner ones take their `parts`."""
    end = 0

    def put(match: re.Match[str]) -> str:
        nonlocal end
        if parts is None:
            own = match[1].split(".")
        else:
            start = end
            assert match[1].startswith(f"{start}-")
            end = int(match[1].partition("-")[2])
            own = parts[start:end]
        first, *others = own
        return f">{decode(b64decode(f'{first}==').decode(), others)}"

    decoded = _ENCODED.sub(put, html)
    assert parts is None or end == len(parts)
    return decoded


def inline(body: str) -> str:
    return seal_inline(body, "s-1", WORDS)


def block(body: str, label: str = "") -> str:
    return seal_block(body, label, WORDS)


SEALED = {
    "phrase": inline("secret"),
    "block": block("<p>secret</p>", "The end"),
    "facts": seal_block("<p>secret</p>", "", WORDS, {"chapter": "3", "book": 'a"b'}),
    "other scripts": inline("secret 雪国 🙂 &amp; é \ud800"),
    "nested": block(f"<p>secret {inline('secret ' + inline('secret'))} {inline('secret')}</p>"),
    "spoiler in the label": block("secret", f"Who {inline('secret')} it?"),
    "block in the label": block("<div>secret</div>", f"Who {block('secret')} it?"),
    "elements of the same name": block("<div><div>secret</div></div><span><span>x</span></span>"),
    "at the end": block(f"<p>a</p>{block('secret')}"),
    "only a spoiler": block(block(block("secret"))),
    "the body's own class": block('<div class="bookreview-spoiler__body">secret</div>secret'),
    "a script": block("<script>'</div></div>'</script><p>secret</p>"),
    "a comment": block("<!-- </div> --><p>secret</p>"),
    "nothing": inline(""),
}


@pytest.mark.parametrize("name", SEALED)
def test_nothing_can_be_read_and_all_comes_back(name: str) -> None:
    sealed = SEALED[name]
    encoded = encode(sealed, NOTICE)
    assert "secret" not in encoded
    assert decode(encoded) == sealed.encode("utf-8", "xmlcharrefreplace").decode()


def test_labels_and_facts_can_be_read() -> None:
    assert "The end" in encode(SEALED["block"], NOTICE)
    encoded = encode(SEALED["spoiler in the label"], NOTICE)
    assert re.search("Who <span .* it[?]", encoded)
    assert 'data-chapter="3" data-book="a&quot;b"' in encode(SEALED["facts"], NOTICE)


@pytest.mark.parametrize("body", ["</div>secret", "a</div></details></div>secret", "<div>secret"])
@pytest.mark.parametrize("seal_body", [block, lambda body: inline(body.replace("div", "span"))])
def test_a_body_without_balance_is_encoded_to_its_end(seal_body, body: str) -> None:
    sealed = seal_body(f"{body}{inline('secret')}secret")
    encoded = encode(sealed, NOTICE)
    assert "secret" not in encoded
    assert decode(encoded) == sealed


def test_deep_nesting_makes_a_page_no_more_than_twice_as_large() -> None:
    sealed = "secret"
    for _ in range(300):
        sealed = block(f"<p>a</p>{sealed}")
    encoded = encode(sealed, NOTICE)
    assert len(encoded) < 2 * len(sealed)
    assert "secret" not in encoded


@many(150)
@given(st.lists(blocks, min_size=1, max_size=2))
def test_whatever_is_nested_in_whatever(render_all, pieces) -> None:
    text = Writer().write(pieces)
    vault = Vault(WORDS)
    locked = render_all(text, vault=vault).html
    vault.claim("page", locked)
    (encoded,) = vault.open("page", locked, write=lambda sealed: encode(sealed, NOTICE))
    assert "secret" not in encoded
    assert decode(encoded) == vault.open("page", locked)[0]


@many(150)
@given(st.lists(SOUP, min_size=2, max_size=14))
def test_tags_without_order(parts) -> None:
    opened = ["<spoiler>", *("secret" if part == "word" else part for part in parts)]
    opened = [part for part in opened if part != "</spoiler>"]
    sealed: list[str] = []
    seal(["".join(opened)], WORDS, lambda html: sealed.append(html) or "")
    assert sealed or "word" not in parts
    for element in sealed:
        encoded = encode(element, NOTICE)
        assert "secret" not in encoded
        assert decode(encoded) == element


def test_the_notice_is_in_the_language_of_the_site() -> None:
    write = choose_encoding(Words("de"), is_encoded=True)
    assert ">Für diesen Spoiler wird JavaScript benötigt.<" in write(inline("secret"))
    assert choose_encoding(WORDS, is_encoded=False)(SEALED["block"]) == SEALED["block"]
