"""Reads and checks International Standard Book Numbers (ISO 2108)."""

import re
from dataclasses import dataclass

_BETWEEN = re.compile(r"[\s\-‐-―−]+")  # many dashes, because people paste numbers from texts


@dataclass(frozen=True, slots=True)
class Isbn:
    """An ISBN is valid and has 13 `digits`, without hyphens.

    Raise ValueError("length"), ("prefix") or ("check digit"), which names what is wrong.
    """

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != len("9780571224142") or not _is_digits(self.digits):
            raise ValueError("length")
        if self.digits[:3] not in {"978", "979"}:
            raise ValueError("prefix")
        if self.digits[-1] != check_digit_13(self.digits):
            raise ValueError("check digit")

    @classmethod
    def read(cls, text: str) -> "Isbn":
        """Read 10 or 13 digits, with any hyphens and spaces: `0-571-22414-8` is 9780571224142."""
        digits = only_digits(text)
        if len(digits) == len("0571224148"):
            if not _is_digits(digits[:9]):
                raise ValueError("length")
            if digits[-1] != check_digit_10(digits):
                raise ValueError("check digit")
            digits = "978" + digits[:9]
            digits += check_digit_13(digits)
        return cls(digits)

    @property
    def ten(self) -> str | None:
        """Return the older number of ten digits; None for numbers that begin with 979."""
        digits = self.digits[3:12]
        return digits + check_digit_10(digits) if self.digits.startswith("978") else None

    def __str__(self) -> str:
        return self.digits


def only_digits(text: str) -> str:
    """Return the text without hyphens, dashes and spaces, in upper case."""
    return _BETWEEN.sub("", text).upper()


def check_digit_10(digits: str) -> str:
    """Return the tenth digit for the first nine, `8` for `057122414`; ten is written `X`.

    The weights are 10, 9, 8, …, and the sum must be a multiple of 11.
    """
    total = sum((10 - place) * int(digit) for place, digit in enumerate(digits[:9]))
    remainder = -total % 11
    return "X" if remainder == len("0123456789") else str(remainder)


def check_digit_13(digits: str) -> str:
    """Return the last digit for the first twelve: `2` for `978057122414`.

    The weights are 1, 3, 1, 3, …, and the sum must be a multiple of 10.
    """
    total = sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(digits[:12]))
    return str(-total % 10)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
