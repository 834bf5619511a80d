"""Find texts that seem to name several people or terms, or a series with the number of a book."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_bookreview.model.book import AUTHOR
from mkdocs_bookreview.model.people import is_organisation, put_family_first
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.vocabulary import Vocabulary
from mkdocs_bookreview.settings.marked_yaml import Marks, Path
from mkdocs_bookreview.settings.typed import shown

_MOST_KEPT = 50_000  # texts

# These words for `and` count only in small letters, because a capital `E` or `I` is an initial.
_OTHER_AND = "e|en|i|ja|oraz|och|og|și|ve|y|és|και|и|і|та"  # noqa: RUF001 - Cyrillic and Greek
_ANY_AND = f"(?i:&|and|und|et)|{_OTHER_AND}"
# This search comes first to save time, because most texts have no such sign and are not split.
_MAY_BE_SEVERAL = re.compile(rf"[;,&/#(\[:；、，،؛]|\s(?:{_ANY_AND})\s")  # noqa: RUF001 - East Asian
# These signs count as `;` and `,`, because authors who write in other scripts separate names with
# them. `split_people` reads `、` as `;`, because it is never within a person's name.
_SIGNS = str.maketrans("；؛，،、", ";;,,,")  # noqa: RUF001 - East Asian
# The names on both sides of these words must have several words, because `y` also joins the two
# parts of a family name: `Ortega y Gasset`.
_BETWEEN_FULL = rf",?\s+(?:{_OTHER_AND})\s+|(?<=\S)/(?=\S)"
_AND = re.compile(rf",?\s+(?:{_ANY_AND})\s+|\s+/\s+|{_BETWEEN_FULL}")
_LAST_AND = re.compile(rf",?\s+(?:{_ANY_AND})\s+(?=[^,]*$)")
# A name with one of these words is not split, because it is an organisation, or has an epithet.
_NOT_OF_PEOPLE = frozenset({"of", "for", "the", "der", "die", "das", "des"})
# A text with one of these words lists no family names, because firms have them: `Farrar & Sons`.
_NOT_FAMILY = re.compile(
    r"\b(?:co|cie|company|sons?|daughters|bro(?:ther)?s|söhne|fils|partners|associates|friends|family"
    r"|others|more|al|team)\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(r"[^\W\d_]{2,}|[^\W\d_]+(?:[-'’][^\W\d_]+)+")
_NOT_IN_NAMES = re.compile(r"[\d\"“”<>{}|*#$=+\\_`!?]")
_AFTER_NAME = r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\b\.?"
# `Ed` and `Md` count as roles or degrees only at the end of a name, because before another word
# they are given names.
_END = r"(?=\s*(?:$|[,;&/(\[]|(?:and|und|et)\s))"
_SUFFIX = re.compile(rf",\s*(?={_AFTER_NAME}{_END})", re.IGNORECASE)
# Matches a suffix and a role after given names: `Jr.` in `Strunk, William Jr.`, and the role in
# `Rubin, Jay (Translator)`, because other programs write roles like that.
_LAST = re.compile(rf"(?:\s+{_AFTER_NAME})?(?:\s*[(\[][^()\[\]]*[)\]])?$", re.IGNORECASE)
_ROLE = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<role>[^\W\d_][^()\[\]\d]*?)\.?[)\]]")
_ROLES = (
    dict.fromkeys(("ed", "eds", "editors", "hg", "hrsg"), "editor")
    | dict.fromkeys(("ill", "illus"), "illustrator")
    | dict.fromkeys(("trans", "translated by", "übers"), "translator")
)
_ROLE_AFTER_COMMA = re.compile(
    rf",\s*(?:author|editor|eds?|hrsg|illustrator|narrator|trans|translator)\b\.?{_END}",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"(?:sir|dame|lord|lady|dr|prof)\b", re.IGNORECASE)
_INITIAL = re.compile(r"\b\w\.$")  # at the end of given names: `Le Guin, Ursula K.`
_LONGEST = 3  # words of a term in a list, because a longer part belongs to a phrase with commas
_NUMBER = r"(?P<position>\d+(?:\.\d+)?(?:\s*[-\u2013]\s*\d+(?:\.\d+)?)?)"
_NUMBERED = re.compile(
    r"(?P<name>.*?\w[!?.]?)\s*(?:[,;:(\[]\s*(?:band|bd|bok|book|boek|część|deel|del|díl|kniha|libro|"
    r"livre|no|nr|osa|part|teil|tom|tome|tomo|vol|volume|volumen|книга|том|часть)\.?\s*|"
    rf"[\s,;:(\[]\s*\#\s*|,\s+){_NUMBER}\s*[)\]]?",
    re.IGNORECASE,
)
_NEXT_SERIES = re.compile(r"(?<=\d)\s*[,;&/]\s*(?=\D)")  # in `Discworld #2, Witches #1`
# Matches text that needs no quotes as an item of a YAML list.
_PLAIN = re.compile(r"(?!null$)[^\W\d_][\w .\u2019-]*", re.IGNORECASE)
_OF_BOOK = {"author": "authors", "authors": "authors", "genres": "genres", "moods": "moods"}
_OF_REVIEW = {"themes": "themes", "warnings": "warnings"}
_BY_SEVERITY = dict.fromkeys(("graphic", "moderate", "minor"), "warnings")
_PEOPLE = frozenset({"author", "authors"})
# The items of these keys cannot be mappings, so an item of a list always counts as one name.
_PLAIN_TERMS = ("genres", "moods")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Describes a text, `name`, that seems to be several names; `problem` has the fix.

    The problem is not reported if the vocabulary of the `taxonomy` lists the text as one name.
    """

    taxonomy: str
    name: str
    problem: Problem


def report_bundles(
    bundles: Iterable[Bundle], vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Problem]:
    """Yield the problems of bundles that no vocabulary lists, because a listed text is one name."""
    for bundle in bundles:
        vocabulary = vocabularies.get(bundle.taxonomy)
        if not (vocabulary and vocabulary.find(bundle.name)):
            yield bundle.problem


def find_bundles_of_book(
    facts: Mapping[str, object], marks: Marks, prefix: str
) -> Iterator[Bundle]:
    """Yield a bundle for each text about a book that seems to name several people or terms.

    A series that seems to end with a position gives a bundle too. Only bare texts are checked, so
    that an author can write `{name: …}` for a text that is one name.
    """
    yield from _find_bundles(facts, _OF_BOOK, marks, prefix)
    for path, text in _list_texts("series", facts["series"]) if "series" in facts else ():
        if found := _split_series(text):
            items = [f"{{name: {_write(name)}, position: {number}}}" for name, number in found]
            is_item = len(path) > 1
            listed = ", ".join(items) if is_item or len(items) == 1 else f"[{', '.join(items)}]"
            what = (
                f"`{prefix}{_dot(path)}` is {shown(text)}, which seems to end with the position"
                " in the series."
            )
            fix = f"Write {_as_key(path, listed)}. {_single(path, text)}"
            yield Bundle("series", text, Problem(marks.place(path), what, fix))


def _split_series(text: str) -> list[tuple[str, str]]:
    """Return names and positions of series; an empty list unless each series has a position.

    `Earthworks, #2` gives `("Earthworks", "2")`, and so does `Spring (Earthworks #2)`.
    """
    plain = " ".join(text.split())
    several = [_NUMBERED.fullmatch(part) for part in _NEXT_SERIES.split(plain)]
    found = several if all(several) else [_NUMBERED.fullmatch(plain)]
    series: list[tuple[str, str]] = []
    for match in filter(None, found):
        name, position = match["name"], "".join(match["position"].split())
        is_cut = name.count("(") > name.count(")")
        series.append((name.rpartition("(")[2] if is_cut else name, position))
    return series if all(_is_position(position) for _, position in series) else []


def _is_position(text: str) -> bool:
    first, *last = (float(part) for part in re.split("[-\u2013]", text))
    return not last or first <= last[0]


def find_bundles_of_review(facts: Mapping[str, object], marks: Marks) -> Iterator[Bundle]:
    yield from _find_bundles(facts, _OF_REVIEW, marks, "")
    graded = facts.get("warnings")
    if isinstance(graded, Mapping):
        yield from _find_bundles(graded, _BY_SEVERITY, marks.below(("warnings",)), "warnings.")


def _find_bundles(
    facts: Mapping[str, object], keys: Mapping[str, str], marks: Marks, prefix: str
) -> Iterator[Bundle]:
    for key, taxonomy in keys.items():
        for path, text in _list_texts(key, facts[key]) if key in facts else ():
            is_item, has_people = len(path) > 1, key in _PEOPLE
            names = split_people(text) if has_people else split_terms(text, is_item=is_item)
            if names and not (is_item and key in _PLAIN_TERMS):
                kind = "people" if has_people else taxonomy
                what = f"`{prefix}{_dot(path)}` is {shown(text)}"
                what += f", which seems to name several {kind}."
                # Both keys may be there, because their people are joined.
                is_free = key == "author" and not is_item and "authors" not in facts
                items = ", ".join(map(_write_person if has_people else _write, names))
                listed = _as_key(
                    ("authors",) if is_free else path, items if is_item else f"[{items}]"
                )
                fix = f"Write {listed}. {_single(path, text)}"
                yield Bundle(taxonomy, text, Problem(marks.place(path), what, fix))


def _list_texts(key: str, value: object) -> Iterator[tuple[Path, str]]:
    """Yield the bare texts of a key that may name several things, with their paths."""
    if isinstance(value, str):
        if _may_be_several(value):
            yield (key,), value
    elif isinstance(value, list):
        for number, text in enumerate(value):
            if isinstance(text, str) and _may_be_several(text):
                yield (key, number), text


# Results are cached, because reviews share most of their themes, warnings and genres.
@lru_cache(maxsize=_MOST_KEPT)
def _may_be_several(text: str) -> bool:
    return _MAY_BE_SEVERAL.search(text) is not None


def split_people(text: str) -> list[str]:
    """Return the names in a text that seems to name several people, or else an empty list.

    `Ann Lee & Bo Li`, `Ann Lee, Bo Li and Cy Ng`, `King, Stephen; Straub, Peter` and `Strunk &
    White` give several names. `King, Stephen`, `Farrar & Sons` and `Kurt Vonnegut, Jr.` give none,
    because each may be one name.
    """
    text = text.replace("、", ";").translate(_SIGNS)
    plain = _SUFFIX.sub(" ", " ".join(text.split()))
    if ";" in plain:
        parts = [part.strip() for part in plain.split(";") if part.strip()]
        names = [name for part in parts for name in split_people(part) or _split_at_commas(part)]
        return names if len(names) > 1 else []
    parts = [part for part in _AND.split(plain) if part]
    names = [name for part in parts for name in _split_at_commas(part)]
    is_other = is_organisation(plain) or not _NOT_OF_PEOPLE.isdisjoint(plain.lower().split())
    if is_other or _ROLE_AFTER_COMMA.search(plain):
        return []
    if len(parts) > 1 and _is_full(names[-1]) and not re.search(_BETWEEN_FULL, plain):
        # A couple may share its family name: `Ann and Jeff VanderMeer`.
        family = put_family_first(names[-1]).partition(",")[0]
        names = [name if _is_full(name) else f"{name} {family}" for name in names]
    are_people = all(map(_is_full, names)) or _are_family_names(parts, plain)
    return names if len(names) > 1 and are_people else []


def _are_family_names(parts: list[str], text: str) -> bool:
    """Return whether each part of a text is one word with a capital: `Goscinny & Uderzo`.

    The word between them must not be one that joins family names, such as `y` in `Ortega y Gasset`.
    """
    is_list = not (re.search(_BETWEEN_FULL, text) or _NOT_FAMILY.search(text))
    return is_list and all(_FAMILY.fullmatch(part) and part[0].isupper() for part in parts)


def _split_at_commas(text: str) -> list[str]:
    """Return the names that commas separate; `King, Stephen` is one name, `Stephen King`."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and all(map(_is_full, parts)) and not _is_inverted(parts):
        return parts
    if len(parts) != len(("family", "given")):
        return [text]
    family, given = parts
    last = _LAST.search(given)
    assert last  # because it matches the end of any text
    return [f"{given[: last.start()]} {family}{last[0]}"]


def _is_full(name: str) -> bool:
    """Return whether a name has several words, and no sign such as `?`, which people never have."""
    return len(_cut_role(name).split()) > 1 and not _NOT_IN_NAMES.search(name)


def _cut_role(name: str) -> str:
    found = _ROLE.fullmatch(name)
    return found["name"] if found else name


def _is_inverted(parts: list[str]) -> bool:
    """Return whether the parts are a family name of two words and given names.

    `Le Guin, Ursula K.` are, and `Ann Lee, Bo Li` are not.
    """
    family, given = parts[0], _cut_role(parts[-1])
    has_particle = put_family_first(f"X {family}").startswith(f"{family},") or family[0].islower()
    ends_inside = given.split()[-1].islower() or bool(_INITIAL.search(given))
    is_given = ends_inside or bool(_HONORIFIC.match(given))
    return len(parts) == len(("family", "given")) and (has_particle or is_given)


def split_terms(text: str, *, is_item: bool) -> list[str]:
    """Return the terms in a text that seems to name several terms, or else an empty list.

    `Memory, class and grief` gives three terms, unless it is an item of a list. `Sons and Lovers`
    gives none, because it may be one term.
    """
    text = text.translate(_SIGNS)
    if ";" in text:
        parts = text.split(";")
    elif "," in text and not is_item:
        parts = _LAST_AND.sub(",", text).split(",")
    else:
        return []
    names = list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
    is_list = len(names) > 1 and all(len(name.split()) <= _LONGEST for name in names)
    return names if is_list else []


def _as_key(path: Path, value: str) -> str:
    """Return the YAML for a fix: a key with its value, or the new text of a list item."""
    return f"`{path[0]}: {value}`" if len(path) == 1 else f"`{value}` in its place"


def _single(path: Path, text: str) -> str:
    """Return the fix for an author who meant one name: `If it is one name, write …`."""
    name = _write(text) if path[0] in _PLAIN_TERMS else f"{{name: {_write(text)}}}"
    is_list = path[0] in (*_OF_REVIEW, *_BY_SEVERITY, *_PLAIN_TERMS) and len(path) == 1
    return f"If it is one name, write {_as_key(path, f'[{name}]' if is_list else name)}."


def _dot(path: Path) -> str:
    return f"{path[0]}" if len(path) == 1 else f"{path[0]}[{int(path[1]) + 1}]"


def _write(name: str) -> str:
    """Return a name as an item of a YAML list, in quotes if it needs them."""
    return name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _write_person(name: str) -> str:
    """Return a person as YAML; `Jay Rubin (Translator)` gives a mapping with a role."""
    found = _ROLE.fullmatch(name)
    if not found:
        return _write(name)
    person, role = _write(found["name"]), found["role"].lower()
    if role.endswith(AUTHOR):  # Goodreads has `(Goodreads Author)`
        return person
    return f"{{name: {person}, role: {_write(_ROLES.get(role, role))}}}"
