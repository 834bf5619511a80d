"""Lists the words that YAML reads as true or false; our YAML reader returns them as text."""

YES = frozenset({"true", "yes", "on"})
NO = frozenset({"false", "no", "off"})
