"""Sites whose reviews name posts on a social network."""

from collections.abc import Mapping
from pathlib import Path

from tests.comments.services.built import build_site, pages

REPLY = ".bookreview-network__reply"
TEXT = ".bookreview-network__text"
ATTACK = "window.attack = (word) => { throw new Error(`attack: ${word}`); };"
"""Makes an error of the page of what hostile replies try to run."""

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
