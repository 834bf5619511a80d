import pytest

from mkdocs_bookreview.words.language import Words


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("en", "Related"),
        ("de", "Passend dazu"),
        ("ar", '<span lang="en" dir="ltr">Related</span>'),
        ("pt-BR", '<span lang="en" dir="ltr">Related</span>'),
        ("unknown", "Related"),
    ],
)
def test_english_words_are_marked_on_sites_in_other_languages(language, html):
    assert Words(language).mark("related") == html


def test_marked_words_are_escaped_and_have_their_values():
    assert Words().mark("moved", title="A & <b>").count("A &amp; &lt;b&gt;") == 1
    marked = Words("ar").mark("moved", title="A & <b>")
    assert marked.startswith('<span lang="en" dir="ltr">')
    assert marked.count("A &amp; &lt;b&gt;") == 1


@pytest.mark.parametrize("n", [0, 1, 2, 3, 11, 100])
def test_every_plural_is_marked(n):
    assert 'lang="en"' in Words("ar").mark("reviews_count", n)
