"""Finds the family name in the name of a person."""

import re
import unicodedata

from mkdocs_bookreview.model.names import strip_accents


def _read_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# In these scripts the family name is commonly last. In other scripts, as in 村上春樹, it is first,
# so the name is sorted as it is.
_FAMILY_LAST = ("LATIN", "GREEK", "CYRILLIC")
_SUFFIX = re.compile(
    r",?\s+((?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\.?|\(.*\)|\[.*\])$", re.IGNORECASE
)
# These words belong to the family name if they have a capital, as in `Martin Van Buren`, and to the
# given names if not: `Beethoven, Ludwig van`.
_LOOSE = _read_words(
    "af am auf aus av d' da das de dem den der do dos la las los op 't te ten ter thor van vom von"
    " zu zum zur ze"
)
# These words always belong to the family name after them: `du Maurier`, `Le Guin`, `Ben Jelloun`.
_FIRM = _read_words(
    "abu al ap ben bin bint dal del dela della delle dello des di du el fitz ibn le les lo mac mc"
    " nic ní ó saint san sankt sant santa são st st. ua"
)
# Of the words above, only these may begin a family name at the start of a name, because `Ben
# Lerner` and `Van Morrison` have given names there.
_AT_START = frozenset({"abu", "ibn", "le"})
# These are Spanish family names that are never given names, without accents. If a name has one of
# them before its last word, both belong to the family name: `García Márquez`. Names that are common
# in Portuguese too are left out, because in Portuguese only the last family name counts.
_SPANISH = _read_words(
    "aguilar alvarez ayala benavides bioy blasco caballero cabrera calderon cordero diaz dominguez"
    " escobar espinosa fernandez figueroa galindo garcia gimenez gomez gonzalez guerrero gutierrez"
    " guzman hernandez herrera hidalgo ibanez jimenez juarez lopez maldonado marquez martinez"
    " mendez mendoza montero munoz navarro nunez ortiz padilla pardo perez quiroga ramirez rios"
    " rodriguez rojas ruiz salazar sanchez sanz soto suarez torrente valdes valdez valle vargas"
    " vasquez vazquez velasquez velazquez vila zamora"
)
_JOINING = frozenset({"e", "i", "y"})  # join two family names: `Ortega y Gasset`
# A name with one of these words is not that of a person.
_ORGANISATIONS = _read_words(
    "association committee company corporation council foundation gmbh inc institut institute ltd"
    " ministry organisation organization publishers publishing society stiftung university verlag"
)
_EPITHETS = frozenset(
    {"of", "the"}
)  # `William of Ockham` and `Alfred the Great` have no family name


def is_organisation(name: str) -> bool:
    words = (word.strip(".,") for word in name.lower().split())
    return not _ORGANISATIONS.isdisjoint(words)


def put_family_first(name: str) -> str:
    """Return the name to sort a person by: `Kazuo Ishiguro` gives `Ishiguro, Kazuo`.

    `Ursula K. Le Guin` gives `Le Guin, Ursula K.`, `Gabriel García Márquez` gives `García Márquez,
    Gabriel`, and `Simone de Beauvoir` gives `Beauvoir, Simone de`. A name with a comma, such as
    `King, Stephen`, stays as it is, and so do single names, names with an epithet or an article,
    organisations, and names in scripts that have the family name first.
    """
    found = _SUFFIX.search(name)
    words = (name[: found.start()] if found else name).split()
    if "," in " ".join(words) or not _has_family_last(words):
        return name
    start = _find_family(words)
    parts = (" ".join(words[start:]), " ".join(words[:start]), found[1] if found else "")
    return ", ".join(part for part in parts if part)


def _has_family_last(words: list[str]) -> bool:
    if len(words) <= 1 or words[0].lower() in _EPITHETS or not _EPITHETS.isdisjoint(words):
        return False
    if is_organisation(words[-1]):
        return False
    first = next((one for one in words[-1] if one.isalpha()), " ")
    return unicodedata.name(first, "").startswith(_FAMILY_LAST)


def _find_family(words: list[str]) -> int:
    """Return the index of the first word of the family name."""
    start = len(words) - 1
    if start > 1 and words[start - 1] in _JOINING:
        start -= 2
    elif start > 1 and strip_accents(words[start - 1]).lower() in _SPANISH:
        start -= 1
    while start > 1 and _belongs(words[start - 1]):
        start -= 1
    return 0 if start == 1 and words[0].lower() in _AT_START else start


def _belongs(word: str) -> bool:
    plain = word.lower()
    return plain in _FIRM or (plain in _LOOSE and word[0].isupper())
