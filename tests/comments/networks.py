"""Sites whose reviews name posts on a social network."""

from collections.abc import Mapping
from pathlib import Path

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.comments.services.built import build_site, pages

OUTLINE = """(live) => [...live.querySelectorAll("article")].map((one) => {
  let level = 0;
  for (let at = one; (at = at.parentElement.closest("ol")); ) level += 1;
  return [level, one.querySelector("bdi").textContent];
})"""
"""Lists the level and the writer of each reply on a page."""

HARM = """(live) => [...live.querySelectorAll("*")].flatMap((one) => [
  ...(one.matches("script, style, iframe, object, embed, svg, math, base, meta") ? [one] : []),
  ...[...one.attributes].filter(({ name, value }) => /^on|^style$|^srcdoc$/.test(name)
    || (/^(href|src|action)$/.test(name) && !/^(https?:|#)/.test(value))),
]).map((one) => one.outerHTML ?? `${one.name}=${one.value}`)"""
"""Lists elements and attributes that a reply must not bring into a page."""


def build(folder: Path, comments: Mapping[str, object], posts: Mapping[str, str]) -> Path:
    """Build a site whose reviews name these posts, by their titles."""
    named = {title: {"comments": {comments["provider"]: post}} for title, post in posts.items()}
    return build_site(folder, comments, pages(**named))


def check_axe(page: Page) -> None:
    """Fail if the section breaks a rule of accessibility."""
    found = Axe().run(page, context=".bookreview-comments")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
