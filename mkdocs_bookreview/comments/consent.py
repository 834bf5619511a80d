"""Find out whether readers can consent to comments in the dialog that Material shows."""

from collections.abc import Iterable, Mapping

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.marked_yaml import Marks


def check_consent(
    options: CommentsSettings, extra: object, repo_url: object, marks: Marks
) -> Problem | None:
    """Return the problem if `extra.consent` does not offer the cookie that comments wait for.

    `extra` and `repo_url` are as in `mkdocs.yml`, and `marks` finds places in the mapping
    `comments`.
    """
    name = options.consent or options.service
    # "false" counts as false, because our commands read all values of `mkdocs.yml` as text.
    asked = {key: value for key, value in _items(extra) if value and value != "false"}
    consent = asked.get("consent")
    # If comments load only after a click, no cookie is needed, because the click is consent.
    if options.load == "click" or not consent:
        return None
    cookies = consent.get("cookies") if isinstance(consent, Mapping) else None
    has_repo = "github.com" in str(repo_url or "")
    offered = _list_offered(cookies, has_analytics="analytics" in asked, has_repo=has_repo)
    if name in offered:
        return None
    place = marks.place(("consent" if options.consent else "load",))
    what = (
        f"`comments.load` is `{options.load}`, but `extra.consent` does not offer readers the"
        f" cookie `{name}`. Comments therefore load only after a click."
    )
    return Problem(place, what, _find_fix(options, name, consent, cookies, offered))


def _list_offered(cookies: object, *, has_analytics: bool, has_repo: bool) -> set[str]:
    """Return the names of the cookies that Material's dialog offers."""
    listed = dict(_items(cookies))
    # Cookies without a value are left out, because Material leaves them out too.
    offered = {str(name) for name, value in listed.items() if value}
    # Material adds these two cookies on its own, in partials/consent.html.
    others = {"analytics": has_analytics, "github": has_repo}
    return offered | {name for name, is_there in others.items() if is_there and name not in listed}


def _items(value: object) -> Iterable[tuple[object, object]]:
    return value.items() if isinstance(value, Mapping) else ()


def _find_fix(
    options: CommentsSettings, name: str, consent: object, cookies: object, offered: set[str]
) -> str:
    cookie = f"{name}: {{name: Comments, checked: false}}"
    if options.consent and (near := find_near(name, offered)):
        return f"Did you mean `consent: {near}`?"
    if isinstance(cookies, Mapping):
        return f"Write `{cookie}` below `extra.consent.cookies`."
    if isinstance(consent, Mapping):
        return f"Write `cookies: {{{cookie}}}` below `extra.consent`."
    about = 'title: Comments, description: "May we load comments from another server?"'
    return f"Write `consent: {{{about}, cookies: {{{cookie}}}}}` below `extra`."
