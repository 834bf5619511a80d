"""Makes objects of https://schema.org, such as people, from the facts that are known."""

from functools import lru_cache

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.people import is_organisation

Thing = dict[str, object]

_MOST_KEPT = 5000  # dates, because heads and cards write the same dates


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
    """Return a date in ISO 8601, as far as it is known: `2014`, `2014-05` or `2014-05-03`.

    Return None for an approximate date, because ISO 8601 has no sign for it, and for a date BCE,
    because ISO 8601 counts these years differently.
    """
    if not when or when.is_approximate or when.year < 0:
        return None
    return str(when)
