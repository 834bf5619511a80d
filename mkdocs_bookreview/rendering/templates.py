"""Turns data into HTML by the project's templates."""

from importlib.resources import files

from jinja2 import Environment, Template

from mkdocs_bookreview.cards.card import ROOT
from mkdocs_bookreview.words.language import Words

FOLDER = str(files("mkdocs_bookreview") / "assets" / "templates")


class Templates:
    """Renders the templates in `FOLDER`, or those of the same names that `env` finds before them.

    `words` are those of the site's language. Every template gets them.
    """

    def __init__(self, env: Environment, words: Words) -> None:
        self.words = words
        self._env = env
        self._loaded: dict[str, Template] = {}

    def render(self, name: str, base: str = ROOT, **values: object) -> str:
        """Return HTML in which every address begins with `base`.

        `base` leads from a page to the site's root. HTML that several pages show has `ROOT` there,
        which each page replaces.
        """
        # Kept, because Jinja would look for a newer file at each use.
        template = self._loaded.get(name) or self._env.get_template(f"bookreview/{name}.html")
        self._loaded[name] = template
        return template.render(base=base, words=self.words, **values)
