"""Hidden texts are found wherever they stand, however they are written there."""

import json
from collections.abc import Callable
from html import escape

import pytest

from mkdocs_bookreview.audit.entries import read_entries
from mkdocs_bookreview.audit.hidden import HiddenTexts
from mkdocs_bookreview.audit.pages import cut_sealed
from mkdocs_bookreview.spoilers.sealed.form import seal_block, seal_inline
from mkdocs_bookreview.words.language import Words
from tests.growth import measure_growth

WORDS = Words()
MOST = 8  # times as long for four times as much; the square would be 16
SHORT = "Tommy the donor"
LONG = "In the end <em>nobody</em> runs, as Ruth &amp; Tommy knew they wouldn’t, and we learn why."
COPIES = {
    "text": "In the end nobody runs, as Ruth & Tommy knew they wouldn’t, and we learn why.",
    "HTML": f"<p>{LONG}</p>",
    "minified HTML": "<p>In the end <em>nobody</em> runs, as Ruth &amp; Tommy knew they wouldn’t,"
    " and we learn why.",
    "Markdown": "In the end *nobody* runs, as Ruth & Tommy knew\nthey wouldn't, and we learn why.",
    "entities": LONG.replace("’", "&#8217;"),
    "JSON": json.dumps({"text": LONG}),
    "JSON of HTML over lines": json.dumps(LONG.replace(" as ", "\nas ")),
    "XML": f"<item><description>{LONG.replace('<', '&lt;')}</description></item>",
    "HTML in a feed": escape(LONG.replace("’", "&#8217;")),
    "a link in a feed": escape(LONG.replace("<em>", '<a href="x?a=1&amp;b=2">'), quote=False),
    "a quoted link in a feed": escape(LONG.replace("<em>", '<a href="x">')),
    "a link in JSON": json.dumps(LONG.replace("<em>", '<a href="x">')),
    "marks": f"||{LONG}||",
}


def block(text: str) -> str:
    return seal_block(f"<p>{text}</p>", "What it gives away", WORDS)


def inline(text: str) -> str:
    return seal_inline(text, "bookreview-spoiler-1", WORDS)


@pytest.fixture
def hidden_texts() -> HiddenTexts:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block(LONG), inline(SHORT)])
    return hidden_texts


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("before", ["", "Some words before it. " * 2000])
def test_a_copy_is_found_where_it_stands(hidden_texts: HiddenTexts, copy: str, before: str) -> None:
    text = f"{before}{COPIES[copy]} And more."
    (leak,) = hidden_texts.find(text)
    assert (leak.page, leak.quote) == ("never.md", "In the end…")
    assert text[leak.offset :].startswith("In the end")


@pytest.mark.parametrize(
    "text", ["Größe führt am Schluß übers Öde", "雪国の最後は火事", "את מי הוא אהב כל הזמן"]
)
def test_letters_may_be_written_as_numbers(text: str) -> None:
    hidden = HiddenTexts()
    hidden.add("never.md", [block(text)])
    copies = text.encode("ascii", "xmlcharrefreplace").decode(), json.dumps(text)
    for copy in copies:
        (leak,) = hidden.find(f"<p>Some words. {copy} And more.</p>")
        assert leak.page == "never.md"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "In the end nobody runs.",
        "Why learn we and, wouldn’t they knew Tommy & Ruth as, runs nobody end the In.",
        "What it gives away",
        SHORT,
    ],
)
def test_what_is_no_copy_is_left_alone(hidden_texts: HiddenTexts, text: str) -> None:
    assert hidden_texts.find(text) == []


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (
            "L'homme qu'il n'avait d'abord pas vu, c'est l'ami d'enfance qu'on l'a laissé tuer"
            " jusqu'à l'aube d'aujourd'hui",
            "L'homme qu'il n'avait d'abord pas vu, c'est l'ami d'enfance qu'on…",
        ),
        (
            "—".join(f"one{n} two{n}" for n in range(12)),
            "—".join(f"one{n} two{n}" for n in range(9)),
        ),
        (
            "<ul>" + "".join(f"<li>name{n}</li>" for n in range(18)) + "</ul>",
            " ".join(f"name{n}" for n in range(18)),
        ),
    ],
)
def test_words_count_and_not_what_is_between_spaces(text: str, copy: str) -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block(text)])
    assert hidden_texts.find(f"<p>{copy}</p>")


def test_what_has_attributes_is_trusted_too() -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block("Nobody ever runs away, since nobody told them")])
    said = "<p>Nobody ever runs away, since nobody told them" + " and so on" * 20 + "</p>"
    hidden_texts.trust(f'<p class="lead">Lead</p>\n{said}')
    assert not hidden_texts.find(said)


def test_a_search_index_may_have_what_is_trusted_without_its_tags() -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block("“Nobody” ever runs away, since nobody told them")])
    said = "<p>“Nobody” {}ever{} runs away,\nsince nobody told them " + "and so on " * 20 + "</p>"
    hidden_texts.trust(f"<h1>Emma</h1>\n{said.format('<em>', '</em>')}")
    text = said.format("", "").replace("\n", " ")
    assert not hidden_texts.find(json.dumps([{"text": f"<p>One</p> {text}"}]))
    assert hidden_texts.find(json.dumps([{"text": text.replace("</p>", " so</p>")}]))


@pytest.mark.parametrize(
    ("trusted", "leak"),
    [
        (
            "<p>Open</p>\n<h2>Runs</h2>\n<p>words</p>",
            "<p>Nobody ever</p> <h2>Runs</h2> <p>away since nobody told</p>",
        ),
        ("<p>Runs</p>", "<p>Nobody ever</p> <p>Runs</p> <p>away since nobody told</p>"),
        ("<p>Open</p>", "<p>Nobody runs 5 m<sup>2</sup> towards somebody there</p>"),
    ],
    ids=["a heading", "a short paragraph", "a tag that ends like a paragraph"],
)
def test_what_is_also_open_elsewhere_hides_no_leak(trusted: str, leak: str) -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block(leak)])
    hidden_texts.trust(trusted)
    for _ in range(3):
        assert hidden_texts.find(leak)
        assert hidden_texts.find(json.dumps([{"text": leak}]))


def test_many_files_take_time_in_proportion() -> None:
    page = "<p>" + "One said that the other had said so. " * 9 + "</p>"

    def search(count: int) -> None:
        hidden_texts = HiddenTexts()
        hidden_texts.add("never.md", [block("Nobody ever runs away, since nobody told them")])
        for _ in range(count):
            hidden_texts.trust(page)
        for _ in range(count):
            assert not hidden_texts.find(page)

    assert measure_growth(lambda: search(2000), lambda: search(8000), MOST) < MOST


@pytest.mark.parametrize("signs", ["– " * 30, "😀 " * 30, "<br>" * 30, "!!! … *** " * 10])
def test_signs_count_for_no_words(signs: str) -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block(f"Nobody ever {signs} runs away, since {signs} nowhere")])
    assert not hidden_texts.find(f"<p>Elsewhere {signs} is said</p>")
    assert hidden_texts.find(f"<p>Nobody ever {signs} runs away, since {signs} nowhere</p>")


def test_a_part_of_a_long_text_is_found() -> None:
    numbers = [f"word{number}" for number in range(60)]
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block(" ".join(numbers))])
    for start in range(42):
        assert hidden_texts.find(" ".join(numbers[start : start + 18])), start


@pytest.mark.parametrize(
    "text",
    [
        "他们最后没有逃跑因为没有人告诉他们可以逃跑",
        "Никто не убегает, потому что незачем и некуда бежать",
        "في النهاية لا يهرب أحد لأن أحدا لم يقل لهم ذلك",
        "最後に誰も逃げない、逃げられると知らないから",
        "결국 아무도 도망치지 않는다 그럴 수 있다는 것을 모르기 때문에",
    ],
)
def test_all_scripts(text: str) -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [block(text)])
    assert hidden_texts.find(f"<p>{text}</p>")
    assert hidden_texts.find(json.dumps(text))
    assert not hidden_texts.find(text[: len(text) // 2])


def test_each_leak_is_told_once_and_in_order(hidden_texts: HiddenTexts) -> None:
    hidden_texts.add("a.md", [inline("Somebody else altogether is the one who did it.")])
    text = f"somebody {LONG} Somebody else altogether is the one who did it. {LONG}"
    assert [leak.page for leak in hidden_texts.find(text)] == ["never.md", "a.md"]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("tommy-the-donor", True),
        ("A life of Tommy, the donor.", True),
        ("Tommy <em>the</em> donor", True),
        ("Tommy the donors", False),
        ("The donor Tommy", False),
    ],
)
def test_short_texts_are_searched_for_as_those_of_their_page(
    hidden_texts: HiddenTexts, text: str, *, is_found: bool
) -> None:
    assert bool(hidden_texts.list_short("never.md", text)) is is_found
    assert not hidden_texts.list_short("other.md", text)


MARKUP = (
    "He is ||{}||.",
    "He is **||*{}*||**.",
    "He is [{}]{{.spoiler}}.",
    "He is [{}]{{: .spoiler chapter=7 }}.",
    "He is <spoiler chapter=7>{}</spoiler>.",
    'He is <span class="spoiler">{}</span>.',
    "/// spoiler | The end\n    chapter: 7\n\n{}\n///",
    '??? spoiler "The end"\n    {}\n\nOpen.',
    "!!! spoiler\n\n    {}",
)


@pytest.mark.parametrize("text", [SHORT, "Tommy", "[Tommy](t.md)", "B"])
@pytest.mark.parametrize("markup", MARKUP)
@pytest.mark.parametrize("before", ["", "a ||b " * 300])
def test_markup_of_a_spoiler_is_found_with_a_short_text(
    markup: str, text: str, before: str
) -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [inline(text.removesuffix("](t.md)").lstrip("["))])
    found = [leak.page for leak, _ in hidden_texts.find_marked(before + markup.format(text))]
    assert found == ["never.md"]


@pytest.mark.parametrize(
    "text",
    [
        "e||tommy||t",
        "e || tommy || t",
        "(e)||tommy||(t)",
        "||Ruth|| and Tommy",
        "[Tommy]{.spoiled}",
        '<a title="No spoiler">Tommy <span></span></a>',
        "A spoiler: Tommy",
        "/// spoiler-free\nTommy\n///",
        '<span class="bookreview-spoiler">Tommy</span>',
    ],
)
def test_other_markup_is_left_alone(text: str) -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add("never.md", [inline("Tommy")])
    assert not list(hidden_texts.find_marked(text))


@pytest.mark.parametrize("sign", ["||x", "[", "<", "/// spoiler ", "spoiler ", "<a class=spoiler "])
def test_markup_without_an_end_takes_time_in_proportion(
    hidden_texts: HiddenTexts, sign: str
) -> None:
    def search(text: str) -> list[object]:
        return list(hidden_texts.find_marked(text))

    assert not search(sign)
    assert times_as_long(search, sign * (128_000 // len(sign))) < MOST


def test_sealed_elements_are_cut_with_all_in_them() -> None:
    inner = inline("a <span>b</span>")
    html = f"<p>x {inner} y</p>\n{block(f'{inner}<div>c</div>')}\n<p>z</p>"
    cut = cut_sealed(html)
    assert len(cut) == len(html)
    assert cut.split() == ["<p>x", "y</p>", "<p>z</p>"]


def test_sealed_elements_are_cut_when_they_are_minified() -> None:
    html = block("a").replace('"bookreview-spoiler"', "bookreview-spoiler")
    assert cut_sealed(html).strip() == ""


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ('{"docs": [{"location": "a/", "text": "b"}]}', [(), ("a/", "b")]),
        ('var index = {"docs": [{"location": "a/"}]};', [(), ("a/",)]),
        ("<rss><item><title>t</title><link>a</link></item></rss>", [("t", "a"), ("",)]),
        ("<feed><entry><link href='a'/><updated>may</updated></entry></feed>", [("a",), ("",)]),
        ("Words.", []),
        ("", []),
        ("{broken", []),
        ("<p>a<p>", []),
    ],
)
def test_entries_of_files(text: str, entries: list[tuple[str, ...]]) -> None:
    assert list(read_entries(text)) == entries


def test_words_that_repeat_take_time_in_proportion() -> None:
    hidden_texts = HiddenTexts()
    hidden_texts.add(
        "never.md", [inline("Who did it was the butler together with all the other guests.")]
    )
    text = "together with butler "
    assert not hidden_texts.find(text * 20_000)
    assert times_as_long(hidden_texts.find, text * 20_000) < MOST


def times_as_long(search: Callable[[str], object], text: str) -> float:
    """Return how many times as long as for a quarter the search takes for the whole text."""
    return measure_growth(lambda: search(text[: len(text) // 4]), lambda: search(text), MOST)
