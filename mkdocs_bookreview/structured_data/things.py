"""Makes objects of https://schema.org of the facts that are known, such as people and dates."""

from functools import lru_cache

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.people import is_organisation

Thing = dict[str, object]

_MOST_KEPT = 5000  # dates, because heads and cards have the same ones


def describe(kind: str, **facts: object) -> Thing:
    """Return an object of this type with the facts that are known: neither None nor empty."""
    return {"@type": kind, **keep_known(facts)}


def keep_known(facts: Thing) -> Thing:
    """Return the facts that are neither None nor empty."""
    return {key: value for key, value in facts.items() if value}


def describe_person(name: str, url: str | None = None) -> Thing:
    """Return a person, or an organisation if the name is that of one."""
    return describe("Organization" if is_organisation(name) else "Person", name=name, url=url)


@lru_cache(maxsize=_MOST_KEPT)
def write_date(when: PartialDate | None) -> str | None:
    """Return a date as far as it is known, so a year stays a year.

    Return None if it is approximate or BCE, because ISO 8601 has no sign for the one, and another
    count of years for the other.
    """
    if not when or when.is_approximate or when.year < 0:
        return None
    return str(when)
