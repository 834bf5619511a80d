"""Reads the option `lang`, whose codes differ from service to service."""

from collections.abc import Callable, Mapping

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.settings.typed import did_you_mean


def one_of(known: str, others: Mapping[str, str]) -> AfterValidator:
    """Return a validator for codes of languages; `known` has them with spaces between.

    `others` maps codes that people would write to those of the service, such as `el` to `gr`.
    """
    return AfterValidator(_check(known.split(), others))


def _check(codes: list[str], others: Mapping[str, str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text in codes:
            return text
        meant = others.get(text.replace("_", "-").lower())
        cure = f"Write `{meant}`." if meant else did_you_mean(text, codes, "values")
        raise PydanticCustomError("lang", "must be a language of the service", {"cure": cure})

    return check
