"""Find texts that seem to name several people or terms, or a series with the number of a book."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_bookreview.model.people import put_family_first
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.vocabulary import Vocabulary
from mkdocs_bookreview.settings.marked_yaml import Marks, Path
from mkdocs_bookreview.settings.typed import shown

# Most texts have none of these, so one search spares them all the rest.
_MAY_BE_SEVERAL = re.compile(r"[;,&/#(\[:]|\s(?:and|und|et)\s", re.IGNORECASE)
_AND = re.compile(r",?\s+(?:&|and|und|et)\s+|\s+/\s+", re.IGNORECASE)
_LAST_AND = re.compile(r",?\s+(?:&|and|und|et)\s+(?=[^,]*$)", re.IGNORECASE)
# Organisations have these words in their names, and people have them only in epithets.
_NOT_OF_PEOPLE = frozenset({"of", "for", "the", "der", "die", "das", "des"})
_NOT_IN_NAMES = re.compile(r"[\d\"“”<>{}|*#$=+\\_`!?]")
_SUFFIX = re.compile(r",\s*(?=(?:jr|sr|ii|iii|iv)\b)", re.IGNORECASE)
_INITIAL = re.compile(r"\b\w\.$")  # at the end of given names: `Le Guin, Ursula K.`
_LONGEST = 3  # words of a term in a list; what is longer is a phrase with a comma
_NUMBER = r"(?P<position>\d+(?:\.\d+)?(?:\s*[-\u2013]\s*\d+(?:\.\d+)?)?)"
_NUMBERED = re.compile(
    r"(?P<name>.*?\w[!?.]?)\s*(?:[,;:(\[]\s*(?:book|part|vol(?:ume)?|no|nr|band|bd|tome)\.?\s*|"
    rf"[\s,;:(\[]\s*\#\s*|,\s+){_NUMBER}\s*[)\]]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[^\W\d_][\w .\u2019-]*")  # text that YAML reads as itself in a list
_OF_BOOK = {"author": "authors", "authors": "authors", "genres": "genres", "moods": "moods"}
_OF_REVIEW = {"themes": "themes", "warnings": "warnings"}
_PEOPLE = frozenset({"author", "authors"})
# Lists of these have no mappings, so only an item can say that it is one name.
_PLAIN_TERMS = ("genres", "moods")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle is a `name` that seems to be several names; `problem` says what to write.

    It is not reported if the author lists it as a single name of the `taxonomy`.
    """

    taxonomy: str
    name: str
    problem: Problem


def report_bundles(
    bundles: Iterable[Bundle], vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Problem]:
    """Yield the problems of names that no vocabulary lists, because a listed name is one name."""
    for bundle in bundles:
        vocabulary = vocabularies.get(bundle.taxonomy)
        if not (vocabulary and vocabulary.find(bundle.name)):
            yield bundle.problem


def find_bundles_of_book(
    facts: Mapping[str, object], marks: Marks, prefix: str
) -> Iterator[Bundle]:
    """Yield what is wrong with the people, terms and series of a book, as the author wrote them.

    Only bare texts are checked, so that a mapping, `{name: …}`, can say that it is one name.
    """
    yield from _find_bundles(facts, _OF_BOOK, marks, prefix)
    for path, text in _list_texts("series", facts.get("series")):
        if found := _NUMBERED.fullmatch(text.strip()):
            name, position = _write(found["name"]), "".join(found["position"].split())
            mapping = f"{{name: {name}, position: {position}}}"
            what = f"`{prefix}{_dot(path)}` is {shown(text)}, which seems to end with a position."
            cure = f"Write {_as_key(path, mapping)}. {_single(path, text)}"
            yield Bundle("series", text, Problem(marks.place(path), what, cure))


def find_bundles_of_review(facts: Mapping[str, object], marks: Marks) -> Iterator[Bundle]:
    yield from _find_bundles(facts, _OF_REVIEW, marks, "")


def _find_bundles(
    facts: Mapping[str, object], keys: Mapping[str, str], marks: Marks, prefix: str
) -> Iterator[Bundle]:
    for key, taxonomy in keys.items():
        for path, text in _list_texts(key, facts.get(key)):
            is_item, has_people = len(path) > 1, key in _PEOPLE
            names = split_people(text) if has_people else split_terms(text, is_item=is_item)
            if names and not (is_item and key in _PLAIN_TERMS):
                kind = "people" if has_people else key
                what = f"`{prefix}{_dot(path)}` is {shown(text)}"
                what += f", which seems to name several {kind}."
                # Both keys may be there, because their people are joined.
                is_free = key == "author" and not is_item and "authors" not in facts
                items = ", ".join(map(_write, names))
                listed = _as_key(
                    ("authors",) if is_free else path, items if is_item else f"[{items}]"
                )
                cure = f"Write {listed}. {_single(path, text)}"
                yield Bundle(taxonomy, text, Problem(marks.place(path), what, cure))


def _list_texts(key: str, value: object) -> Iterator[tuple[Path, str]]:
    """Yield the bare texts of a key that may name several things, with their paths."""
    if isinstance(value, str):
        if _MAY_BE_SEVERAL.search(value):
            yield (key,), value
    elif isinstance(value, list):
        for number, text in enumerate(value):
            if isinstance(text, str) and _MAY_BE_SEVERAL.search(text):
                yield (key, number), text


def split_people(text: str) -> list[str]:
    """Return the names in a text that seems to name several people, or else nothing.

    `Ann Lee & Bo Li`, `Ann Lee, Bo Li and Cy Ng` and `King, Stephen; Straub, Peter` do. `King,
    Stephen`, `Simon & Schuster` and `Kurt Vonnegut, Jr.` may be one name each.
    """
    plain = _SUFFIX.sub(" ", " ".join(text.split()))
    if ";" in plain:
        parts = [part.strip() for part in plain.split(";") if part.strip()]
        names = [name for part in parts for name in _split_at_commas(part)]
        return names if len(names) > 1 else []
    parts = [part for part in _AND.split(plain) if part]
    names = [name for part in parts for name in _split_at_commas(part)]
    if not _NOT_OF_PEOPLE.isdisjoint(plain.lower().split()):
        return []
    if len(parts) > 1 and _is_full(names[-1]):
        # A couple may share its family name: `Ann and Jeff VanderMeer`.
        family = put_family_first(names[-1]).partition(",")[0]
        names = [name if _is_full(name) else f"{name} {family}" for name in names]
    return names if len(names) > 1 and all(map(_is_full, names)) else []


def _split_at_commas(text: str) -> list[str]:
    """Return the names between commas; `King, Stephen` gives `Stephen King`."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and all(map(_is_full, parts)) and not _is_inverted(parts):
        return parts
    return [" ".join(reversed(parts))] if len(parts) == len(("family", "given")) else [text]


def _is_full(name: str) -> bool:
    """Return whether a name has several words, and only signs that names of people have."""
    return len(name.split()) > 1 and not _NOT_IN_NAMES.search(name)


def _is_inverted(parts: list[str]) -> bool:
    """Return whether the parts are a family name of two words and given names."""
    family, given = parts[0], parts[-1]
    has_particle = put_family_first(f"X {family}").startswith(f"{family},") or family[0].islower()
    ends_inside = given.split()[-1].islower() or bool(_INITIAL.search(given))
    return len(parts) == len(("family", "given")) and (has_particle or ends_inside)


def split_terms(text: str, *, is_item: bool) -> list[str]:
    """Return the terms in a text that seems to name several, or else nothing.

    `Memory, class and grief` does, if it is not an item of a list; `Sons and Lovers` does not.
    """
    if ";" in text:
        parts = text.split(";")
    elif "," in text and not is_item:
        parts = _LAST_AND.sub(",", text).split(",")
    else:
        return []
    names = [" ".join(part.split()) for part in parts if part.strip()]
    is_list = len(names) > 1 and all(len(name.split()) <= _LONGEST for name in names)
    return names if is_list else []


def _as_key(path: Path, value: str) -> str:
    """Return what to write: a key with its value, or what replaces an item of a list."""
    return f"`{path[0]}: {value}`" if len(path) == 1 else f"`{value}` in its place"


def _single(path: Path, text: str) -> str:
    """Return what to write if the text is a single name after all."""
    name = _write(text) if path[0] in _PLAIN_TERMS else f"{{name: {_write(text)}}}"
    is_list = path[0] in (*_OF_REVIEW, *_PLAIN_TERMS) and len(path) == 1
    return f"If it is one name, write {_as_key(path, f'[{name}]' if is_list else name)}."


def _dot(path: Path) -> str:
    return f"{path[0]}" if len(path) == 1 else f"{path[0]}[{int(path[1]) + 1}]"


def _write(name: str) -> str:
    """Return a name as YAML has it in a list, in quotes if it needs them."""
    return name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
