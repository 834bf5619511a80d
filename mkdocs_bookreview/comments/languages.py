"""Find the language of a section. Codes of languages differ from service to service."""

from collections.abc import Callable, Mapping

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.settings.fixes import did_you_mean


def one_of(known: str, others: Mapping[str, str]) -> AfterValidator:
    """Return a validator of the option by which authors choose a language.

    `known` are the codes of the service, with spaces between. `others` maps codes that people would
    write to the codes of the service, such as `el` to `gr`.
    """
    return AfterValidator(_check(known.split(), others))


def _check(codes: list[str], others: Mapping[str, str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text in codes:
            return text
        meant = others.get(text.replace("_", "-").lower())
        fix = f"Write `{meant}`." if meant else did_you_mean(text, codes, "values")
        raise PydanticCustomError("lang", "must be a language of the service", {"fix": fix})

    return check


def nearest_language(language: str, known: str, others: Mapping[str, str] | None = None) -> str:
    """Return the known code for a BCP 47 language, or English if there is none.

    `known` are codes with spaces between. `others` maps languages, in lower case, to the codes of
    the provider. The longest known beginning of `language` counts: `zh-Hant-TW` gives the code for
    `zh-hant`, and `de_AT` gives `de` if only `de` is known.
    """
    codes = {code.lower(): code for code in known.split()} | dict(others or {})
    parts = language.replace("_", "-").lower().split("-")
    for count in range(len(parts), 0, -1):
        if code := codes.get("-".join(parts[:count])):
            return code
    return "en"
