import re
import string
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from words_page import PAGE, fill_page, list_parts, write_text

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.words import read_words
from mkdocs_bookreview.words import table
from mkdocs_bookreview.words.language import Words
from mkdocs_bookreview.words.languages import find_code
from mkdocs_bookreview.words.table import TABLE


def variants(text):
    return {"other": text} if isinstance(text, str) else dict(text)


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", TABLE)
def test_every_word(key):
    texts = TABLE[key]
    assert {"en", "de"} <= texts.keys()
    wanted = placeholders(variants(texts["en"])["other"])
    for language, text in texts.items():
        assert language == Locale.parse(language).language
        categories = variants(text)
        assert "other" in categories
        if len(categories) > 1:
            assert set(categories) == Locale.parse(language).plural_form.tags | {"other"}
        for category, one in categories.items():
            # For one thing a word can do without the number: `Read`, `Read 2 times`.
            left_out = {"n"} if category == "one" else set()
            assert wanted - left_out <= placeholders(one) <= wanted, language
            assert one == one.strip() != ""


def test_every_key_is_used():
    """The code names a key whole, or its start or end before or after what it depends on."""
    package = Path(table.__file__).parent.parent
    files = {*package.rglob("*.py"), *package.rglob("*.html")} - {Path(table.__file__)}
    code = "".join(file.read_text("utf-8") for file in sorted(files))
    starts = tuple(re.findall(r'[( ]f"([a-z_]+_)\{', code))
    ends = tuple(re.findall(r'\(f"\{[\w.]+\}(_[a-z_]+)"', code))
    named = {key for key in TABLE if key.startswith(starts) or key.endswith(ends)}
    assert 50 < len(named) < len(TABLE) / 2
    named |= set(re.findall(r"""["'](\w+)["']""", code))
    assert TABLE.keys() - named == set()


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 1, "1 page"),
        ("en", 2, "2 pages"),
        ("en", 0, "0 pages"),
        ("de", 1, "1 Seite"),
        ("de", 282, "282 Seiten"),
        ("de-AT", 1, "1 Seite"),
        ("ja", 1, "1 pages"),
        ("ru", 21, "21 page"),
    ],
)
def test_plural(language, n, text):
    assert Words(language)("pages", n=n) == text


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", "en"),
        ("de", "de"),
        ("de-AT", "de_AT"),
        ("de_CH", "de_CH"),
        ("pt-BR", "pt_BR"),
        ("pt_BR", "pt_BR"),
        ("zh", "zh"),
        ("zh-Hant", "zh_Hant"),
        ("zh-TW", "zh_Hant_TW"),
        ("zh_CN", "zh_Hans_CN"),
        ("he", "he"),
        ("xx", "en"),
        ("", "en"),
        ("english", "en"),
        ("de-Nowhere-x", "de"),
    ],
)
def test_locale(language, locale):
    words = Words(language)
    assert str(words.locale) in {locale, locale.replace("_Hant_", "_").replace("_Hans_", "_")}
    assert Words(words.tag).locale == words.locale
    assert words("spoiler_word")


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Besprechungen"), ("de-AT", "Besprechungen"), ("fr", "Reviews"), ("xx", "Reviews")],
)
def test_english_where_a_language_lacks_it(language, text):
    assert Words(language)("reviews") == text


@pytest.mark.parametrize(
    ("language", "parts", "text"),
    [
        ("en", (2005,), "2005"),
        ("en", (2005, 4), "April 2005"),
        ("en", (2005, 4, 1), "April 1, 2005"),
        ("en", (-800,), "800 BCE"),
        ("en", (-44, 3, 15), "44 BCE"),
        ("de", (2005, 4), "April 2005"),
        ("de", (2005, 4, 1), "1. April 2005"),
        ("de", (-800,), "800 v. Chr."),
        ("pt-BR", (2005, 4, 1), "1 de abril de 2005"),
        ("zh-Hant", (2005, 4, 1), "2005年4月1日"),
        ("en", (1,), "1"),
        ("en", (1, 1, 1), "January 1, 1"),
        ("en", (2006, None, None, True), "about 2006"),
        ("de", (2006, 5, 12, True), "etwa 12. Mai 2006"),
        ("de", (-800, None, None, True), "etwa 800 v. Chr."),
    ],
)
def test_date(language, parts, text):
    assert Words(language).date(PartialDate(*parts)) == text


@pytest.mark.parametrize(
    ("language", "value", "text"), [("en", "4.5", "4.5"), ("de", "4.50", "4,5"), ("en", "4", "4")]
)
def test_number(language, value, text):
    assert Words(language).number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("fr", "French"),
        ("ja", "Japanese"),
        ("grc", "Ancient Greek"),
        ("French", "French"),
        ("xx", "xx"),
        ("", ""),
    ],
)
def test_language_name(code, name):
    assert Words("en").language_name(code) == name


@pytest.mark.parametrize(
    ("language", "name"), [("en", "March"), ("de", "März"), ("ru", "март"), ("ja", "3月")]
)
def test_month(language, name):
    assert Words(language).month(3) == name


@pytest.mark.parametrize(
    ("minutes", "text"), [(46, "46 min"), (60, "1 h 0 min"), (586, "9 h 46 min")]
)
def test_duration(minutes, text):
    assert Words().duration(minutes) == text


@settings(max_examples=200)
@given(
    st.text(max_size=12)
    | st.from_regex(r"[a-zA-Z]{1,4}([-_][a-zA-Z0-9]{1,4}){0,3}", fullmatch=True)
)
def test_any_language(language):
    words = Words(language)
    assert words("pages", n=3)
    assert words.date(PartialDate(2024, 5, 1))
    assert all(map(words.month, range(1, 13)))
    assert isinstance(words.language_name(language), str)


def test_values_are_not_formatted():
    assert Words("en")("by", names="{n} {names}") == "by {n} {names}"


def test_find():
    assert Words("de").find("copy_arc") == "Vorabexemplar des Verlags"
    assert Words("de").find("copy_stolen") is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *((one, "de") for one in ("de", "deu", "ger", "GER", "German", "german", "Deutsch")),
        *((one, "en") for one in ("en", "eng", "English")),
        *((one, "zh-Hant") for one in ("zh-hant", "chi_Hant", "Traditional Chinese")),
        *((one, "pt-BR") for one in ("pt_br", "por-BR", "Brazilian Portuguese")),
        *((one, "fr") for one in ("fre", "fra", "Français", "francais")),
        ("Quenya", "Quenya"),
        ("xyz", "xyz"),
        ("", ""),
    ],
)
def test_codes_of_languages(written, code):
    assert find_code(written) == code


def test_names_of_languages_in_that_of_the_site():
    words = Words("fr")
    names = [words.language_name(one) for one in ("de", "ger", "Deutsch", "allemand", "Quenya")]
    assert names == [*["allemand"] * 4, "Quenya"]


def test_the_examples_of_the_manual_are_valid():
    blocks = re.findall(r"```yaml.*?\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 4
    for block in blocks:
        data = yaml.safe_load(block)
        given = data.get("words") or data["plugins"][0]["bookreview"]["words"]
        own, problems = read_words(given, Marks("mkdocs.yml"), TABLE)
        assert problems == []
        assert own[""]["themes" if "themes" in given else next(iter(given))]


def test_the_manual_lists_every_key_with_its_english_text():
    page = PAGE.read_text("utf-8")
    listed = [key for _, keys in list_parts() for key in keys]
    assert sorted(listed) == sorted(TABLE)
    for key in TABLE:
        assert f"| `{key}` | {write_text(TABLE[key]['en'])} |" in page, key
    assert fill_page(page) == page, "run `python tests/words/words_page.py`"
