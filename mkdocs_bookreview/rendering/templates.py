"""Renders data as HTML, with the project's templates or the author's."""

from functools import cached_property
from importlib.resources import files
from types import CodeType

from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule

from mkdocs_bookreview.cards.pieces import ROOT
from mkdocs_bookreview.words.language import Words

FOLDER = str(files("mkdocs_bookreview") / "assets" / "templates")


class Templates:
    """Renders the templates that `env` finds.

    These are the templates in `FOLDER`, unless the author's theme has one of the same name. Every
    template gets `words`, the words that readers see, in the site's language, and the macros
    `parts` and `layouts`.
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
        # Templates are cached, because Jinja would look for a newer file at each use.
        template = self._loaded.get(name) or self._env.get_template(f"bookreview/{name}.html")
        self._loaded[name] = template
        return template.render(base=base, words=self.words, **self._macros, **values)

    @cached_property
    def _macros(self) -> dict[str, TemplateModule]:
        # All templates get these macros as variables, because a template that imports them does so
        # whenever it is rendered, which was 1 % of all calls in a build of 400 reviews.
        names = ("parts", "layouts")
        return {name: self._env.get_template(f"bookreview/{name}.html").module for name in names}


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates for the next build, because compiling takes longer than rendering.

    A template is compiled again if its text or an extension of Jinja changes.
    """

    def __init__(self) -> None:
        self._codes: dict[object, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(_identify(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[_identify(bucket)] = bucket.code


def _identify(bucket: Bucket) -> object:
    return bucket.key, bucket.checksum, frozenset(bucket.environment.extensions)
