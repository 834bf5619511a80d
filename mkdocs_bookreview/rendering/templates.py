"""Renders data as HTML, with the project's templates or the author's."""

from importlib.resources import files

from jinja2 import Environment, Template

from mkdocs_bookreview.cards.card import ROOT
from mkdocs_bookreview.words.language import Words

FOLDER = str(files("mkdocs_bookreview") / "assets" / "templates")


class Templates:
    """Renders the templates that `env` finds.

    They are those in `FOLDER`, unless the author's theme has one of the same name. Every template
    gets `words`, the words that readers see, in the site's language.
    """

    def __init__(self, env: Environment, words: Words) -> None:
        self.words = words
        self._env = env
        self._loaded: dict[str, Template] = {}

    def render(self, name: str, base: str = ROOT, **values: object) -> str:
        """Return HTML in which every address on the site begins with `base`.

        `base` is the relative address of the site's root. HTML that several pages share has `ROOT`
        instead, and each page replaces it.
        """
        # Kept, because Jinja would look for a newer file at each use.
        template = self._loaded.get(name) or self._env.get_template(f"bookreview/{name}.html")
        self._loaded[name] = template
        return template.render(base=base, words=self.words, **values)
