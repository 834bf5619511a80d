"""A first look at a page, because most have no sign of a failed spoiler."""

import re

from mkdocs_bookreview.spoilers.caught.spelling import NEAR

# Each slip of one letter in `spoiler` leaves one of these whole.
_PARTS = ("spo", "iler", "spio")
_NEAR = re.compile(NEAR, re.IGNORECASE)
# Full-width letters, and characters that cannot be seen, of which there may be several in a word.
_RARE = "\uff53\uff33\u00ad\u200b\u200c\u200d\u2060\ufeff\u2016\uff5c\u00a6"
_RIGHT = re.compile(r'class="spoiler["\s]|<spoiler[\s>]|</spoiler>')
_BESIDE = re.compile(r"[/?!\[\]{}<>.:=|;&-]\W{0,3}\Z|\A\W{0,2}[\]}>|&]", re.IGNORECASE)


def has_signs(html: str) -> bool:
    return True
