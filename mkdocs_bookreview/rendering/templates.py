"""Turns data into HTML by the project's templates."""

from importlib.resources import files

from jinja2 import Environment

from mkdocs_bookreview.cards.card import ROOT
from mkdocs_bookreview.words.language import Words

FOLDER = str(files("mkdocs_bookreview") / "assets" / "templates")
_NAMES = (
    "after",
    "block",
    "browse",
    "card",
    "comments",
    "control",
    "item",
    "list",
    "redirect",
    "stats",
)


class Templates:
    """Renders the templates in `FOLDER`, or those of the same names that `env` finds before them.

    `words` are those of the site's language. Every template gets them.
    """

    def __init__(self, env: Environment, words: Words) -> None:
        self.words = words
        # Loaded at once, because Jinja would look for a newer file at each use.
        self._templates = {name: env.get_template(f"bookreview/{name}.html") for name in _NAMES}

    def render(self, name: str, base: str = ROOT, **values: object) -> str:
        """Return HTML in which every address begins with `base`.

        `base` leads from a page to the site's root. HTML that several pages show has `ROOT` there,
        which each page replaces.
        """
        return self._templates[name].render(base=base, words=self.words, **values)
