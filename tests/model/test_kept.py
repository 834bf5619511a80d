from mkdocs_bookreview.model.kept import Kept


def test_a_value_is_made_again_only_if_its_origin_changes() -> None:
    kept = Kept()
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text.upper()

    for word, more in (("a", [1]), ("a", [1]), ("a", [2]), ("b", [2]), ("a", [1])):
        assert kept.find("key", (word, more), lambda word=word: make(word)) == word.upper()  # type: ignore[misc]
    assert made == ["a", "a", "b", "a"]
    assert kept.find("other", ("a", [1]), lambda: "else") == "else"


def test_equal_values_become_one_object() -> None:
    kept = Kept()
    first, equal, other = [1, 2], [1, 2], [1, 3]
    assert kept.settle("key", first) is first
    assert kept.settle("key", equal) is first
    assert kept.settle("key", other) is other
