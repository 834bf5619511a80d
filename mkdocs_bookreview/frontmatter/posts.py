"""Recognise posts of Material's blog, and read the dates that only they have."""

_FOLDER = "/posts/"  # in the folder of any blog, because its plugin looks there by default


def is_post(source: str) -> bool:
    """Return whether a page is in the folder for posts of Material's blog."""
    return _FOLDER in f"/{source}"


def read_post_dates(value: object) -> dict[str, object]:
    """Return `date` and `updated` from the mapping of dates that posts of Material's blog may have.

    https://squidfunk.github.io/mkdocs-material/plugins/blog/#meta.date
    """
    if not isinstance(value, dict) or "created" not in value:
        return {}
    dates = {"date": value["created"], "updated": value.get("updated")}
    return {key: date for key, date in dates.items() if date is not None}
