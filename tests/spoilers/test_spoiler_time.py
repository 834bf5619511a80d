"""Long texts of anything take time in proportion to their length."""

import re
from xml.etree.ElementTree import Element, SubElement

import pytest
from conftest import ALL_EXTENSIONS, CONFIGS
from markdown import Markdown

from mkdocs_bookreview.spoilers.caught.attributes import hide_in_attributes
from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.caught.text import guard_source
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.spoilers.written.inline import (
    BracketsProcessor,
    PipesProcessor,
    TableRowProcessor,
)
from mkdocs_bookreview.spoilers.written.lazy import LazyLinesProcessor
from mkdocs_bookreview.words.language import Words
from tests.growth import measure_growth

MEGABYTE = 2**20
MOST = 8  # times as long for four times as much; the square would be 16

SIGNS = [
    "|", "[", "<", "/", "||", "||a ", "a|| ", "|| ", "[a", "[]", "[a]{", "]{.spoiler}", "{", "{.s",
    "{.spoiler", "<spoiler ", "<spoiler>", "</spoiler>", "/// spoiler\n", "??? spoiler\n", "???",
    "!!! spoiler\n  a\n", "<!--", "<a b=\"", "[<", "|[", "/[|<", "||[a]{.spoiler}<b>",
]  # fmt: skip
HTML = [
    "<a ", "<p class='spoiler'>", "<spoiler>a</spoiler>", "<p>/// spoiler</p>",
    "<li class=spoiler>", "<script>", "<ul><spoiler>", "<p><spoiler><div>a</div></spoiler></p>",
    "<spolier>", '<details class="spoiler"><summary>', "<spoiler chapter=x>a</spoiler>",
]  # fmt: skip
# Here Python-Markdown itself takes the square in the end, as it does for any of its own syntaxes;
LESS = {"<spoiler>", "</spoiler>", "||[a]{.spoiler}<b>", *(sign for sign in SIGNS if "\n" in sign)}
# here the parser itself does, because elements are nested thousands deep;
DEEP = {"<ul><spoiler>", '<details class="spoiler"><summary>', "<li class=spoiler>"}
# and here the square or more from the beginning, so that only our own parts are measured.
SLOW = {"[", "[a", "|[", "[<", "/[|<", "<spoiler ", '<a b="', "??? spoiler\n", "!!! spoiler\n  a\n"}


def times_as_long(work, piece: str, size: int = MEGABYTE) -> float:
    """Return how many times as long as for a quarter the work takes for the whole size."""
    long = piece * (size // len(piece))
    return measure_growth(lambda: work(long[: len(long) // 4]), lambda: work(long), MOST)


@pytest.mark.parametrize("extensions", [(), ALL_EXTENSIONS], ids=["alone", "with others"])
@pytest.mark.parametrize("piece", [sign for sign in SIGNS if sign not in SLOW])
def test_the_extension(extensions, piece):
    size = MEGABYTE // 32 if piece in LESS else MEGABYTE // 16
    spoilers = SpoilerExtension(report=lambda _: None)
    md = Markdown(extensions=[*extensions, spoilers], extension_configs=CONFIGS)
    assert times_as_long(lambda text: md.reset().convert(text), piece, size) < MOST


@pytest.mark.parametrize("piece", [*SIGNS, *HTML])
def test_sealing(piece):
    def work(text: str) -> None:
        seal([f"<spoiler>a</spoiler>{text}"], Words())

    size = MEGABYTE // 64 if piece in DEEP else MEGABYTE // 8 if piece in HTML else MEGABYTE // 4
    assert times_as_long(work, piece, size) < MOST


@pytest.mark.parametrize("piece", SIGNS)
def test_patterns(piece):
    md = Markdown(extensions=["tables"])
    conversion = Conversion(Words(), None, None)

    def work(text: str) -> None:
        for processor in (PipesProcessor(md), BracketsProcessor(md)):
            found = re.finditer(processor.compiled_re, text)
            next((m for m in found if processor.handleMatch(m, text)[0] is not None), None)
        for block in (TableRowProcessor(md, conversion), LazyLinesProcessor(md, conversion)):
            root = Element("div")
            if block.test(root, text):
                block.run(root, [text])

    assert times_as_long(work, piece) < MOST


@pytest.mark.parametrize("piece", SIGNS)
def test_what_reads_the_tree(piece):
    def work(text: str) -> None:
        root = Element("div")
        SubElement(root, "p", {"title": text})
        hide_in_attributes(root, "")

    assert times_as_long(work, piece) < MOST


FAILED = [
    "<p>", "<b>", "<blockquote>", "<code>", "<kbd>", "&lt;", "&lt;spoiler ", "spoiler&gt; ",
    "psoiler ", "spoiler", "spo", "// spoiler\n", "///\n", ":::spoiler\n", "<p>[</p>",
    "ab // spoiler\n", "ab /// spoiler /// ",
    "<p>]{.spoiler}</p>", "{.spoiler} ", "{class=", "class=\"spoiler", "<b class=\"spoiler>",
    "<b clas=spoiler>", "&gt;!a", "!&lt;", "[spoiler]", "[/spoiler]", "{{&lt; spoiler",
    "{{spoiler|", "}}", "a || b || ", "<b>||", "<spoiler>a</spioler>",
    "<details class=\"spoiler\"></details>", "\u2016a", "\u00ad", "?! ", "/x",
    "<details><summary>Spoiler</summary>", "<svg>", "<svg>||",
]  # fmt: skip


@pytest.mark.parametrize("piece", [*SIGNS, *HTML, *FAILED])
def test_the_recogniser(piece):
    def work(text: str) -> None:
        catch(f"<p>|| {text}", "")
        guard_source([f">! || </spoiler> {text}"])

    assert times_as_long(work, piece, MEGABYTE // 16) < MOST
