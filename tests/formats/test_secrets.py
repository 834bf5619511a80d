"""What identifies people is removed, however it is written."""

import hashlib

import pytest

from mkdocs_bookreview.formats.comments import Secrets, clean_name, clean_website
from tests.growth import measure_growth

MAIL, ADDRESS = "ann@mail.example", "198.51.100.7"
DIGEST = hashlib.md5(MAIL.encode(), usedforsecurity=False).hexdigest()
OTHERS = "0123456789abcdef" * 2

SECRETS = Secrets(MAIL, ADDRESS)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("a ANN@mail.example b", "a … b"),
        ("a ann&#64;mail.example &amp; b", "a … &amp; b"),
        ("a ann&commat;mail&period;example", "a …"),
        ("a ann@<!-- x -->mail.example<p>b <b>c</b></p>", "a …<br>b c"),
        ("<font>ann@</font>mail.example", "…"),
        ("198.51.<i></i>100.7", "…"),
        (f"{DIGEST[:9]}<wbr>{DIGEST[9:]}", "…"),
        ('<a href="https://mail.example/?to=ann%40mail.example">b</a>', "b"),
        ("a ann%40mail.example<br>100%25", "a …<br>100%25"),
        ("Piet (piet.b+books@post.mail.example) wrote", "Piet (…) wrote"),
        (f"<b>gravatar.com/avatar/{OTHERS}?s=9</b>", "<b>gravatar.com/avatar/…?s=9</b>"),
        ('a "ann lee"@mail.example b', "a … b"),
        ("o'brien@mail.example, 'ann@mail.example'", "…, '…'"),
        ("ann@[203.0.113.9]", "…"),
        ("a ann@ b", "a ann@ b"),
        ("@piet@books.example &amp; @ann", "@piet@books.example &amp; @ann"),
        (f"a < b &lt; c > 9 % <b>{OTHERS}</b>", f"a < b &lt; c > 9 % <b>{OTHERS}</b>"),
    ],
)
def test_texts(html: str, kept: str) -> None:
    assert SECRETS.remove_from_html(html) == kept


def test_names_and_websites() -> None:
    assert clean_name("Piet &lt;piet@post.example&gt;", SECRETS) == "Piet <…>"
    assert clean_website("https://a.example/?mail=ann%40mail.example", SECRETS) == ""
    assert clean_website("https://a.example/%C3%A4", SECRETS) == "https://a.example/%C3%A4"


@pytest.mark.parametrize(
    "text", ["<", "<!--", "<p", "&", "%40", "a@", "a@b-", "avatar", f"<p{MAIL}", "a'", '"a']
)
def test_time_is_linear(text: str) -> None:
    def remove(size: int) -> None:
        SECRETS.remove_from_html(text * size)

    assert measure_growth(lambda: remove(4000), lambda: remove(32_000), 16) < 16
