"""International Standard Book Numbers (ISO 2108)."""

import re
from dataclasses import dataclass

_BETWEEN = re.compile(r"[\s\-‐-―−]+")  # hyphens and dashes that people put there


@dataclass(frozen=True, slots=True)
class Isbn:
    """A valid ISBN, kept as its 13 digits. Raises ValueError for a wrong length or check digit."""

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
        """From 10 or 13 digits, with hyphens or spaces wherever people put them."""
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
        """The older number, which those from 979 do not have."""
        digits = self.digits[3:12]
        return digits + check_digit_10(digits) if self.digits.startswith("978") else None

    def __str__(self) -> str:
        return self.digits


def only_digits(text: str) -> str:
    """Without hyphens and spaces; nothing else is taken out."""
    return _BETWEEN.sub("", text).upper()


def check_digit_10(digits: str) -> str:
    """Of the first nine digits; ten is written `X`."""
    total = sum((10 - place) * int(digit) for place, digit in enumerate(digits[:9]))
    remainder = -total % 11
    return "X" if remainder == len("0123456789") else str(remainder)


def check_digit_13(digits: str) -> str:
    """Of the first twelve digits."""
    total = sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(digits[:12]))
    return str(-total % 10)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
