"""Follow the fix of a message to the letter, as an author does who does not think about it."""

import re
from copy import deepcopy

import yaml

from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml
from mkdocs_bookreview.settings.settings import Settings

PLACED = re.compile(r"^Write `(?P<line>[^`]+)`(?P<where>.*)\.$", re.DOTALL)
EXAMPLE = re.compile(r"rite for example `(?P<line>[^`]+)`\.$")
FENCED = re.compile(
    r"(?:instead of (?P<names>.*?)|in its front matter|this|with):\n(?P<lines>    .*)", re.DOTALL
)


def read(text, source="reviews/emma.md", options=None, others=(), files=(), books=None):
    settings = Settings.model_validate(options or {})
    pages = [(source, text), *others]
    return read_site(pages, {}, books, {}, {*files, *(name for name, _ in pages)}, settings)


def write(data, body="Text.\n"):
    """Return a page with this front matter; every value is text, as it was read."""
    front = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style='"')
    front = re.sub(r'"(true|false)"', r"\1", front)
    return f"---\n{front}---\n{body}"


def load(text):
    """Return the front matter of a page, and what is below it."""
    _, front, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    return read_marked_yaml(front, "").data or {}, body


def follow(text: str, problem: Problem) -> str:
    """Return the page after the fix of one of its problems was applied."""
    if match := FENCED.search(problem.fix):
        return follow_lines(text, match)
    data, body = load(text)
    return write(follow_words(deepcopy(data), problem), body)


def follow_lines(text, match):
    lines = "".join(f"{line.removeprefix('    ')}\n" for line in match["lines"].splitlines())
    if not lines.startswith("---"):
        data, body = load(text)
        for name in re.findall("`([^`]+)`", match["names"] or ""):
            del data[name]
        front = lines + (yaml.safe_dump(data, default_style='"') if data else "")
        return f"---\n{front}---\n{body}"
    for fence in (r"\+\+\+\n.*?\n\+\+\+\n", r"\{\n.*?\n\}\n", r"(?:[^\n]+\n)+\n"):
        if "no front matter" not in text and re.match(fence, text, re.DOTALL) and text[0] != "#":
            return lines + re.sub(fence, "", text, count=1, flags=re.DOTALL)
    return lines + text


def path_of(problem):
    name = re.match(r"(?:Unknown key )?`([^`]+)`", problem.what)[1]
    parts = re.findall(r"[^.\[\]]+|\[\d+\]", name)
    return [int(one[1:-1]) - 1 if one.startswith("[") else one for one in parts]


def reach(data, path):
    for part in path:
        data = data[part] if isinstance(part, int) or part in data else {}
    return data


def parse(line):
    return read_marked_yaml(line, "").data


def follow_words(data, problem):
    path, fix = path_of(problem), problem.fix
    # A bare value may have been written where the message names an item.
    while path and isinstance(path[-1], int) and not isinstance(reach(data, path[:-1]), list):
        path = path[:-1]
    owner = reach(data, path[:-1])
    if meant := re.match(r"Did you mean `([^`]+)`\?$", fix):
        if problem.what.startswith("Unknown key"):
            owner[meant[1]] = owner.pop(path[-1])
        else:
            owner[path[-1]] = meant[1]
    elif match := PLACED.match(fix):
        place(data, path, parse(match["line"]), match["where"])
    elif match := EXAMPLE.search(fix):
        place(data, path, parse(match["line"]), "")
    elif fix == "Move it under `book:`.":
        data["book"][path[-1]] = owner.pop(path[-1])
    elif fix == "Move it out of `book:`, to the top.":
        data[path[-1]] = owner.pop(path[-1])
    elif "under `extra:`" in fix:
        data.setdefault("extra", {})[path[-1]] = owner.pop(path[-1])
    elif re.search("Keep only|Remove the spoiler|Take it out|leave the key out|Leave it out", fix):
        del owner[path[-1]]
    else:
        raise AssertionError(f"No author could follow {fix!r}")
    return data


def place(data, path, line, where):
    owner = reach(data, path[:-1])
    if not isinstance(line, dict):
        owner[path[-1]] = line
        return
    owner.pop(path[-1], None) if isinstance(owner, dict) else None
    if where == " under `book:`":
        owner = data["book"]
    elif where.startswith(" at the top") or "book" in line:
        owner = data
    owner |= line
