"""Describe Isso, which keeps comments on a small server of the author's: https://isso-comments.de.

Attributes are those of isso/js/app/default_config.js, languages those of isso/js/app/i18n.js.
"""

from typing import ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.comments.addresses import ServerUrl
from mkdocs_bookreview.comments.provider import (
    Conversation,
    Embed,
    Node,
    Provider,
    nearest_language,
)

LANGUAGES = (
    "bg ca cs da de el en eo es fa fi fr hr hu id it ja ko nl oc pl pt-BR pt-PT ru sk sv tr uk vi"
    " zh-CN zh-TW"
)

OTHER_LANGUAGES = {"pt": "pt-BR", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}


class Isso(Provider):
    """Reads the options of Isso, and describes its widget.

    `url` is None if there is only a preview, whose server gets its address later.
    """

    where: ClassVar[str] = (
        "It is where your Isso server answers; with `preview: true` one runs while you write."
    )

    preview: bool = Field(
        False,
        examples=["true"],
        description="`mkdocs serve` starts an Isso server of its own, whose comments stay on this"
        " computer. Needs `pip install mkdocs-bookreview[isso]`.",
    )
    url: ServerUrl | None = Field(
        None,
        validate_default=True,
        examples=["https://comments.example.org"],
        description="The address of the Isso server. Only a preview does without.",
    )
    sorting: Literal["newest", "oldest", "upvotes"] = Field(
        "oldest", examples=["newest"], description="Which comments come first."
    )
    avatars: bool = Field(
        True, examples=["false"], description="Shows a pattern drawn for each writer."
    )
    votes: bool = Field(
        True, examples=["false"], description="Lets readers vote comments up and down."
    )

    @field_validator("url")
    @classmethod
    def _needs_a_server(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is None and not info.data.get("preview"):
            raise PydanticCustomError("server", "must be the address of your Isso server")
        return url

    def at(self, url: str) -> Self:
        """Return the same options with another server, which is that of the preview."""
        return self.model_copy(update={"url": url})

    def embed(self, conversation: Conversation) -> Embed | None:
        if self.url is None:
            return None
        server = urlsplit(self.url)
        return Embed(
            name="Isso",
            origin=f"{server.scheme}://{server.netloc}",
            script=f"{self.url}/js/embed.min.js",
            attributes={
                "data-isso": f"{self.url}/",
                "data-isso-lang": nearest_language(
                    conversation.language, LANGUAGES, OTHER_LANGUAGES
                ),
                "data-isso-sorting": self.sorting,
                "data-isso-avatar": str(self.avatars).lower(),
                "data-isso-vote": str(self.votes).lower(),
            },
            node=Node(
                "div",
                {
                    "id": "isso-thread",
                    "data-isso-id": conversation.thread,
                    # Without this, the server asks the page for a title before it takes a comment.
                    "data-title": conversation.title,
                },
            ),
            ready=".isso-postbox",
            again=("Isso.init", "Isso.fetchComments"),
        )
