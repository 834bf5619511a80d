"""The words that YAML reads as true or false. Here they are text, because all values are."""

YES = frozenset({"true", "yes", "on"})
NO = frozenset({"false", "no", "off"})
