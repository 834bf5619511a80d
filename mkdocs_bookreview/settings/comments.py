"""Defines the options of comments that all providers share."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.switches import NO, YES

_SWITCHES = NO | YES | {""}


def _cookie(value: object) -> object:
    """Refuse `true` and `false`, because authors expect `consent: true` to ask readers."""
    if value is None or isinstance(value, bool) or str(value).strip().lower() in _SWITCHES:
        fix = (
            "Write the name of a cookie below `extra.consent.cookies`, such as `consent: comments`,"
            " or leave it out."
        )
        raise PydanticCustomError("cookie", "must be the name of a cookie", {"fix": fix})
    return value


class CommentsSettings(Typed):
    """Holds the options that all providers share.

    Other keys are kept unchecked in `provider_options`, because only the provider knows them.
    """

    model_config = ConfigDict(extra="allow")

    provider: str = Field(examples=["giscus"], description="The service that hosts the comments.")
    load: Literal["click", "visible", "immediate"] = Field(
        "click",
        examples=["click"],
        description="When the section is loaded: by the reader's click, when it comes into view,"
        " or with the page.",
    )
    guard: bool = Field(
        True,
        examples=["false"],
        description="A spoiler warning covers the comments on a book until a reader presses its"
        " button, or has marked the book as read.",
    )
    consent: Annotated[str | None, BeforeValidator(_cookie)] = Field(
        None,
        examples=["comments"],
        description="The cookie in `extra.consent.cookies` that readers must accept before"
        " comments load without a click. By default, the name of the provider.",
    )
    shared: bool = Field(
        True,
        examples=["false"],
        description="All reviews of the same book share their comments.",
    )

    @property
    def service(self) -> str:
        """Return the name of the provider in lower case, the form in the lock file."""
        return self.provider.lower()

    @property
    def provider_options(self) -> Mapping[str, object]:
        return self.model_extra or {}
