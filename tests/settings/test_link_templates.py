"""Templates of links in the options, and what is wrong with them."""

import pytest

from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml
from mkdocs_bookreview.settings.options import read_settings


def read(text):
    document = read_marked_yaml(text, "mkdocs.yml")
    settings, problems = read_settings(document.mapping, document.marks)
    return settings.links, [str(one) for one in problems]


@pytest.mark.parametrize(
    "url",
    [
        "https://openlibrary.org/isbn/{isbn}",
        "http://a.example",
        "https://a.example:8080/{ids.goodreads}?t={title}&a={author}#{isbn10}",
        "https://a.example/{ids.Library Thing}".replace(" ", "-"),
    ],
)
def test_valid(url):
    short, problems = read(f"links: {{Shop: '{url}'}}")
    assert problems == []
    assert (short["Shop"].url, short["Shop"].affiliate) == (url, False)
    long, problems = read(f"links: {{Shop: {{url: '{url}', affiliate: yes}}}}")
    assert problems == []
    assert (long["Shop"].url, long["Shop"].affiliate) == (url, True)


EXAMPLE = "Write for example `https://openlibrary.org/isbn/{isbn}`."
VALID = (
    "Valid names: `{isbn}`, `{isbn10}`, `{title}`, `{author}`, and `{ids.goodreads}` for any key of"
    " `ids`."
)


@pytest.mark.parametrize(
    ("url", "must", "fix"),
    [
        (
            "javascript:alert({isbn})",
            "be an address that starts with https:// and a host without braces",
            EXAMPLE,
        ),
        ("/find/{isbn}", "be an address that starts with https:// and a host", EXAMPLE),
        ("a.example/{isbn}", "be an address that starts with https:// and a host", EXAMPLE),
        ("https://{ids.shop}.example/", "be an address that starts with https://", EXAMPLE),
        ("https:///{isbn}", "be an address that starts with https:// and a host", EXAMPLE),
        ("https://a.example/x y", "be an address without spaces", "Write `%20` for a space."),
        ("https://a.example/{isbn", "have braces only around a name", EXAMPLE),
        ("https://a.example/isbn}", "have braces only around a name", EXAMPLE),
        ("https://a.example/{{isbn}}", "have braces only around a name", EXAMPLE),
        ("https://a.example/{isbm}", "not have `{isbm}`", "Did you mean `{isbn}`?"),
        ("https://a.example/{isbn }", "not have `{isbn }`", "Did you mean `{isbn}`?"),
        ("https://a.example/{ISBN}", "not have `{ISBN}`", "Did you mean `{isbn}`?"),
        ("https://a.example/{ISBN13}", "not have `{ISBN13}`", "Did you mean `{isbn}`?"),
        ("https://a.example/{goodreads}", "not have `{goodreads}`", "`{ids.goodreads}`?"),
        ("https://a.example/{book.title}", "not have `{book.title}`", "Did you mean `{title}`?"),
        ("https://a.example/{}", "not have `{}`", VALID),
        ("https://a.example/{ids.}", "not have `{ids.}`", VALID),
        ("https://a.example/{publisher}", "not have `{publisher}`", VALID),
    ],
)
def test_wrong(url, must, fix):
    found, problems = read(f"sign_off: a\nlinks:\n  Shop: '{url}'\n  Wiki: 'https://w.example/'\n")
    assert len(problems) == 1
    assert problems[0].startswith(f"mkdocs.yml:3:3: `links.Shop` must {must}")
    assert problems[0].endswith(fix)
    assert f", but is `{url}`." in problems[0]
    assert [*found] == ["Wiki"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("links: {Shop: {affiliate: true}}", "1:9: `links.Shop.url` is missing."),
        (
            "links: {Shop: {ur: x}}",
            "1:16: Unknown key `links.Shop.ur`. If you mean `url`, write for example `url: ",
        ),
        (
            "links: {Shop: {href: 'https://a.example'}}",
            "1:16: Unknown key `links.Shop.href`. Did you mean `url`?",
        ),
        (
            "links: {Shop: {url: 'https://a.example', affiliate: perhaps}}",
            "1:42: `links.Shop.affiliate` must be true or false, but is `perhaps`.",
        ),
        ("links: https://a.example/", "1:1: `links` must be a mapping of names to values"),
        ("links: {Shop: [a]}", "1:9: `links.Shop` must be a mapping of keys to values"),
    ],
)
def test_wrong_shape(text, problem):
    _, problems = read(text)
    assert problems[0].startswith(f"mkdocs.yml:{problem}"), problems
