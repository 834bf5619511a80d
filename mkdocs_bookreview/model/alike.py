"""Finds names that are nearly alike, because they may be one name written in two ways."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from mkdocs_bookreview.model.names import fold

_LEAST_ALIKE = 4  # letters that words must share at their beginning
_MOST_DIFFERENT = 3  # letters in which their ends may differ, as `memory` and `memories` do
_LONGEST = 80  # letters; longer texts are sentences, and their cost grows with their square
_MOST_INITIALS = 2  # letters of a word that may be made of initials
_AND = frozenset({"&", "and", "und", "et", "y", "e"})  # `Faber & Faber`, `Faber and Faber`
# Names that differ in a number are different: `World War I` and `World War II`, `Area 51` and `52`.
_NUMBERS = re.compile(r"\d+|\b[ivx]+\b")


def find_alike(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of names that differ in a letter, in the order or ends of words, or in initials.

    `Colour` and `Color`, `Found family` and `Family found`, `Memory` and `Memories`, `Ursula Le
    Guin` and `Ursula K. Le Guin`, `S. King` and `Stephen King` are such pairs.
    """
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(fold(name), name)
    ordered = sorted(by_fold)
    # Sorted names that begin alike are neighbours, so there is no need to compare all pairs.
    pairs = {(one, other) for one, other in pairwise(ordered) if _end_otherwise(one, other)}
    alike: dict[str, list[str]] = defaultdict(list)
    for folded in ordered:
        for shape in set(_shapes(folded)):
            alike[shape].append(folded)
    pairs |= {pair for found in alike.values() for pair in pairwise(found)}
    pairs |= set(_pair_initials(ordered))
    found = sorted(pair for pair in pairs if not _are_different(*pair))
    return [(by_fold[one], by_fold[other]) for one, other in found]


def _end_otherwise(one: str, other: str) -> bool:
    """Return whether two names differ only in the end of one word."""
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return False
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and _has_same_beginning(*different[0])


def _has_same_beginning(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    same = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return same >= _LEAST_ALIKE and max(len(one), len(other)) - same <= _MOST_DIFFERENT


def _shapes(folded: str) -> Iterator[str]:
    """Yield the name with its words in order, without initials, and without each letter in turn.

    Names with a shape in common differ in one letter, in initials or in the order of their words.
    So every name is looked up once, instead of being compared with all others.
    """
    words = folded.replace(",", " ").split()  # `Le Guin, Ursula` has the words of `Ursula Le Guin`
    yield " ".join(sorted(word for word in words if word not in _AND)) or folded
    long = [word for word in words if len(word) > 1]
    if len(long) > 1:
        yield " ".join(long)
    if _LEAST_ALIKE < len(folded) <= _LONGEST:
        yield from (folded[:at] + folded[at + 1 :] for at in range(len(folded)))


def _pair_initials(ordered: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of two-word names if one has only an initial: `s king`, `stephen king`."""
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for folded in ordered:
        first, _, last = folded.partition(" ")
        if last and " " not in last:
            same[first[0], last].append(folded)
    for found in same.values():
        short = found[0]  # because `s king` is before `stephen king`
        if short[1:2] == " ":
            yield from ((short, other) for other in found[1:])


def _are_different(one: str, other: str) -> bool:
    """Return whether names differ just in a number or in initials: `C. S. Lewis`, `C. D. Lewis`."""
    if _NUMBERS.sub("", one) == _NUMBERS.sub("", other):
        return True
    words, others = one.split(), other.split()
    pairs = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return len(words) == len(others) > 1 and all(
        len(one) == len(other) <= _MOST_INITIALS for one, other in pairs
    )
