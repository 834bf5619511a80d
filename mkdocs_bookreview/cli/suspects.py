"""Finds comments that may be spoilers, because they share words with hidden texts of their page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from mkdocs_bookreview.audit.hidden import BODY_CLASS
from mkdocs_bookreview.audit.secrets import read_words
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.split import split_body
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.model.names import strip_accents
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.spoilers.check import convert

_FEWEST = 2  # words that a comment must share with a sentence, because one word may be chance
_SHORTEST = 4  # letters, because shorter words say little
_STEM = 5  # letters by which words are compared: `murder` and `murdered` are one word
_COMMON = 0.1  # the share of pages and conversations above which a word is ignored as common
_FEW = 3  # pages and conversations that may always have a word, because on small sites 0.1 is less
_BLOCK = re.compile(r"</?(?:p|li|div|h[1-6]|td|th|dd|dt|summary|blockquote|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"[.!?…:;]+(?=\s|$)|[\u3002\uff01\uff1f]|\n+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# These words are common, but small blogs have too few pages to show it.
_SAY_NOTHING = (
    "that this these those with from they them their there then than when what which where while"
    " will would could should have having been being were about into only very just more most some"
    " such also even ever never know knows knew make makes made take takes took come comes came"
    " whose until though through over under between both each other others same still always often"
    " without within upon once here back much many well does done like really cannot didn doesn"
    " because before after again book books read reading story stories review thing things think"
    " dass diese dieser dieses nicht oder aber auch eine einen einem einer sein seine seiner ihre"
    " ihrer wird werden wurde wurden haben hatte hatten sind nach noch schon nur wenn weil dann"
    " buch bücher lesen gelesen geschichte"
)


@dataclass(frozen=True, slots=True)
class PageTexts:
    """Holds the texts of a page: `shown` is the visible text, and `hidden` are the hidden texts."""

    shown: str
    hidden: tuple[str, ...]


def read_page_texts(page: WrittenPage, text: str) -> PageTexts:
    """Return the texts of a page, as plain text; `text` is its Markdown with front matter."""
    html, sealed = convert(split_body(text), ListingBlocks())
    parts = [one.partition(f'{BODY_CLASS}">') for one in sealed]
    shown = [write_plain(html), *(write_plain(label) for label, _, body in parts if body)]
    hidden = [write_plain(body or whole) for whole, _, body in parts]
    review = page.review
    shown += [*_list_open(review)] if review else []
    hidden += [*_list_sealed(review)] if review else []
    if page.spoilers:
        return PageTexts("\n".join(shown[1:]), (shown[0], *hidden))
    return PageTexts("\n".join(shown), tuple(hidden))


def _list_open(review: Review) -> Iterator[str]:
    for book in review.books:
        yield from (book.title, *(person.name for person in book.authors))
    yield from filter(None, (review.verdict, review.description))
    for theme in review.themes:
        yield "" if theme.spoiler else f"{theme.name} {theme.reason or ''}"
    yield from (quote.text for quote in review.quotes if not quote.spoiler)
    yield from (warning.name for warning in review.warnings if not warning.spoiler)


def _list_sealed(review: Review) -> Iterator[str]:
    for theme in review.themes:
        if theme.spoiler:
            yield f"{theme.name} {theme.reason or ''}"
    yield from (quote.text for quote in review.quotes if quote.spoiler)
    yield from (warning.name for warning in review.warnings if warning.spoiler)


def write_plain(html: str) -> str:
    """Return HTML as plain text, with a line for each block."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", html)))


class Suspicions:
    """Compares comments with the hidden texts of pages.

    `pages` are texts by source, and `conversations` are the texts of all comments by file. Words
    that many pages or conversations have in common are ignored.
    """

    def __init__(self, pages: Mapping[str, PageTexts], conversations: Iterable[str]) -> None:
        documents = [{*_list_stems(page.shown)} for page in pages.values()]
        documents += [{*_list_stems(text)} for text in conversations]
        counts = Counter(stem for document in documents for stem in document)
        most = max(_FEW, _COMMON * len(documents))
        self._common = {stem for stem, count in counts.items() if count > most}
        self._common |= {*_list_stems(_SAY_NOTHING)}
        self._sentences = {source: [*self._read(page)] for source, page in pages.items()}

    def _read(self, page: PageTexts) -> Iterator[set[str]]:
        """Yield, for each hidden sentence, its words that are not common or visible on the page."""
        known = self._common | {*_list_stems(page.shown)}
        for text in page.hidden:
            for sentence in _SENTENCE_END.split(text):
                if stems := {*_list_stems(sentence)} - known:
                    yield stems

    def find(self, source: str, text: str) -> list[str]:
        """Return the words that a comment shares with hidden sentences; none if it has too few."""
        stems = _list_stems(text)
        found: set[str] = set()
        for sentence in self._sentences.get(source, ()):
            hits = sentence & stems.keys()
            if len(hits) >= min(_FEWEST, len(sentence)):
                found |= hits
        return [word for stem, word in stems.items() if stem in found]


def _list_stems(text: str) -> dict[str, str]:
    """Return the words of a text in order, by their stems, which are the letters to compare.

    `Murdered` has the stem `murde`. A script without spaces between words gives pairs of
    characters.
    """
    found: dict[str, str] = {}
    before = ""
    for word in read_words(text):
        if _UNSPACED.match(word):
            if before:
                found.setdefault(before + word, before + word)
            before = word
            continue
        before = ""
        stem = strip_accents(word).casefold()
        if len(stem) >= _SHORTEST and not stem.isdecimal():
            found.setdefault(stem[:_STEM], word)
    return found
