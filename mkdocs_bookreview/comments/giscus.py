"""Describe giscus, which keeps comments in the Discussions of a GitHub repository.

Attributes are those of client.ts, themes and languages those of lib/variables.ts and lib/i18n.tsx
in https://github.com/giscus/giscus.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha1
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.comments.addresses import ServerOrigin
from mkdocs_bookreview.comments.faults import find_file_faults
from mkdocs_bookreview.comments.languages import nearest_language, one_of
from mkdocs_bookreview.comments.provider import Ask, Conversation, Embed, Provider

THEMES = (
    "light light_high_contrast light_protanopia light_tritanopia dark dark_high_contrast"
    " dark_protanopia dark_tritanopia dark_dimmed preferred_color_scheme transparent_dark"
    " noborder_light noborder_dark noborder_gray cobalt purple_dark gruvbox gruvbox_dark"
    " gruvbox_light catppuccin_latte catppuccin_frappe catppuccin_macchiato catppuccin_mocha fro"
)

LANGUAGES = (
    "ar be bg ca cs da de en eo es eu fa fr gr hbs he hu id it ja kh ko nl pl pt ro ru th tr vi uk"
    " uz zh-CN zh-TW zh-HK"
)

# giscus has codes of its own for these languages, or supports only a similar language.
OTHER_LANGUAGES = {
    "el": "gr",
    "km": "kh",
    "bs": "hbs",
    "hr": "hbs",
    "sh": "hbs",
    "sr": "hbs",
    "gsw": "de",
    "zh": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
}

# Old repositories and categories still have ids of an older form, so both forms are valid.
_REPO_ID = re.compile(r"(R_|MDEwOlJlcG9zaXRvcnk)[\w=-]+", re.ASCII)
_CATEGORY_ID = re.compile(r"(DIC_|MDE4OkRpc2N1c3Npb25DYXRlZ29ye)[\w=-]+", re.ASCII)
_REPO = re.compile(r"[A-Za-z0-9-]+/[\w.-]+", re.ASCII)


def _repo(text: str) -> str:
    if not _REPO.fullmatch(text):
        raise PydanticCustomError("repo", "must be the owner and the name of a repository")
    return text


def _repo_id(text: str) -> str:
    if not _REPO_ID.fullmatch(text):
        raise PydanticCustomError("repo_id", "must be the repository's id, which starts with `R_`")
    return text


def _category_id(text: str) -> str:
    if not _CATEGORY_ID.fullmatch(text):
        raise PydanticCustomError(
            "category_id", "must be the category's id, which starts with `DIC_`"
        )
    return text


def _theme(text: str) -> str:
    if text not in THEMES.split() and not text.startswith(("/", "https://")):
        raise PydanticCustomError(
            "theme",
            "must be a theme of giscus or the address of a style sheet",
            {"fix": f"Valid values: {', '.join(f'`{theme}`' for theme in THEMES.split())}."},
        )
    return text


Theme = Annotated[str, AfterValidator(_theme)]


class Giscus(Provider):
    """Reads the options of giscus, and describes its widget."""

    name: ClassVar[str] = "giscus"
    where: ClassVar[str] = "https://giscus.app gives repo, repo_id, category and category_id."
    answers: ClassVar[Mapping[str, str]] = {
        "mapping": (
            "Leave it out, because each page has an id for its comments anyway. `comments.id` in"
            " front matter can set another id. To keep discussions that giscus found by"
            " `pathname`, run `bookreview comments registry --adopt pathname`."
        )
    }

    repo: Annotated[str, AfterValidator(_repo)] = Field(
        examples=["ann/books"],
        description="The public GitHub repository that stores the comments in its Discussions.",
    )
    repo_id: Annotated[str, AfterValidator(_repo_id)] = Field(
        examples=["R_kgDOKq3vXw"], description="GitHub's id of the repository."
    )
    category: str = Field(
        min_length=1,
        examples=["Announcements"],
        description="The category of the discussions. In a category of the type `Announcements`,"
        " only maintainers and giscus can open discussions.",
    )
    category_id: Annotated[str, AfterValidator(_category_id)] = Field(
        examples=["DIC_kwDOKq3vX84CbW1y"], description="GitHub's id of the category."
    )
    host: ServerOrigin = Field(
        "https://giscus.app",
        examples=["https://giscus.example.org"],
        description="The address of your giscus server, if you do not use giscus.app.",
    )
    theme_light: Theme = Field(
        "light",
        examples=["noborder_light"],
        description="The theme of giscus on light pages: a name, or the address of a style sheet.",
    )
    theme_dark: Theme = Field(
        "dark",
        examples=["dark_dimmed"],
        description="The theme of giscus on dark pages: a name, or the address of a style sheet.",
    )
    lang: Annotated[str, one_of(LANGUAGES, OTHER_LANGUAGES)] | None = Field(
        None,
        examples=["de"],
        description="The language of the comment section. By default, the language of the site,"
        " if giscus has it.",
    )
    reactions_enabled: bool = Field(
        True, examples=["false"], description="Shows emoji reactions to the whole discussion."
    )
    input_position: Literal["top", "bottom"] = Field(
        "bottom", examples=["top"], description="Where the field for a new comment is."
    )
    strict: bool = Field(
        True,
        examples=["false"],
        description="Finds a discussion by a hash in its text. With `false`, giscus finds a"
        " discussion by its title, and may show the discussion of a page with a similar"
        " title.",
    )

    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        return dict.fromkeys(("script-src", "style-src", "frame-src"), (self.host,))

    def name_path(self, path: str) -> str:
        """Return the path without its first slash and its ending, as giscus' own script does."""
        return re.sub(r"\.\w+$", "", path[1:], flags=re.ASCII) if len(path) > 1 else "index"

    def relink(self, thread: str) -> str | None:
        """Return the line by which giscus finds an old discussion that has this line in its text.

        Return None if giscus finds discussions by their titles.
        """
        if not self.strict:
            return None
        # giscus itself uses SHA-1, to name a thread and not to protect it.
        digest = sha1(thread.encode(), usedforsecurity=False).hexdigest()
        return f"<!-- sha1: {digest} -->"

    def find_faults(self, ask: Ask, site_url: str | None) -> Iterator[str]:
        yield from find_file_faults(ask, f"{self.host}/client.js", "Check `comments.host`.")

    def embed(self, conversation: Conversation) -> Embed:
        return Embed(
            adapter="giscus",
            name=self.name,
            origin=self.host,
            options={"term": conversation.thread},
            returns="giscus",
            page=f"https://github.com/{self.repo}/discussions",
        )

    def site_options(self, language: str) -> Mapping[str, object]:
        return {
            "host": self.host,
            "attributes": self._attributes(language),
            "themes": [self.theme_light, self.theme_dark],
        }

    def _attributes(self, language: str) -> dict[str, str]:
        """Return the attributes of giscus' script, without `data-`."""
        return {
            "repo": self.repo,
            "repo-id": self.repo_id,
            "category": self.category,
            "category-id": self.category_id,
            "mapping": "specific",
            "strict": str(int(self.strict)),
            "reactions-enabled": str(int(self.reactions_enabled)),
            "emit-metadata": "0",
            "input-position": self.input_position,
            "lang": self.lang or nearest_language(language, LANGUAGES, OTHER_LANGUAGES),
            "loading": "eager",
        }
