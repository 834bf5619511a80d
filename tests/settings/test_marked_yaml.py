"""Text stays text, and each key has its place."""

import gc

import pytest
import yaml

from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml

TEXT = """\
a: 0321127420
b: {c: No, d: [1984, ~]}
e:
  - f: 10:04
  - g
h:
i: 'null'
"""


def test_data():
    document = read_marked_yaml(TEXT, "x.yml")
    assert document.data == {
        "a": "0321127420",
        "b": {"c": "No", "d": ["1984", None]},
        "e": [{"f": "10:04"}, "g"],
        "h": None,
        "i": "null",
    }
    assert document.problems == ()


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), "x.yml:3:1"),
        (("a",), "x.yml:3:1"),
        (("b", "c"), "x.yml:4:5"),
        (("b", "d", 1), "x.yml:4:22"),
        (("e", 0, "f"), "x.yml:6:5"),
        (("e", 1), "x.yml:7:5"),
        (("e", 9, "f"), "x.yml:5:1"),
        (("e", "f"), "x.yml:5:1"),
        (("a", "none"), "x.yml:3:1"),
        (("none", 0), "x.yml:3:1"),
    ],
)
def test_place(path, place):
    """What has none has that of the next above it."""
    marks = read_marked_yaml(TEXT, "x.yml", first_line=3).marks
    assert str(marks.place(path)) == place
    for end in range(len(path)):
        below = marks.below(path[:end])
        assert str(below.place(path[end:])) == place


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n"])
def test_nothing(text):
    document = read_marked_yaml(text, "x.yml")
    assert (document.data, document.mapping, document.problems) == (None, {}, ())
    assert str(document.marks.place(("a",))).startswith("x.yml")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("x: {<<: {a: 1, b: 1}, a: 2}", {"x": {"a": "2", "b": "1"}}),
        ("x: {a: 2, <<: {a: 1, b: 1}}", {"x": {"a": "2", "b": "1"}}),
        ("x: {<<: [{a: 1}, {a: 2, b: 2}]}", {"x": {"a": "1", "b": "2"}}),
        ("x: &a [1]\ny: *a", {"x": ["1"], "y": ["1"]}),
    ],
)
def test_aliases_and_merge_keys(text, data):
    assert read_marked_yaml(text, "x.yml").data == data


def test_little_is_kept_for_places_that_nobody_asks_for():
    """The collector goes through all that is kept, and a library has thousands of pages."""
    gc.collect()
    before = len(gc.get_objects())
    kept = [read_marked_yaml("a: 1\nb: {c: 2}\n", f"{number}.md") for number in range(500)]
    assert (len(gc.get_objects()) - before) / len(kept) < 8


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("!ENV NAME", "Ann"),
        ("!ENV [NAME]", "Ann"),
        ("!ENV [OTHER, NAME, x]", "Ann"),
        ("!ENV [OTHER]", None),
        ("!ENV OTHER", None),
        ("!ENV []", None),
        ("!ENV [OTHER, x]", "x"),
        ("!ENV [OTHER, null]", None),
        ("!ENV [OTHER, {a: [b]}]", {"a": ["b"]}),
    ],
)
def test_values_of_the_environment(written, value):
    document = read_marked_yaml(f"key: {written}\n", "mkdocs.yml", environment={"NAME": "Ann"})
    assert document.data == {"key": value}


LOADED = (
    *("date: 2026-11-30", "a: 1_0.5", "a: .inf", "a: 1e400", "n: 1:99", "a: !!set {b, c}", "=: a"),
    *("a: !!binary YQ==", 'a: "2026-02-31"', "a: !!omap [b: 1]", "<<: [{a: 1}, {b: 2}]", "a: ! b"),
    *("a: &x 1\nb: *x", "!!str a: b", "a: !!null x", "a: ~", "a:"),
)
REFUSED = (
    *("date: 2026-02-31", "a: [{b: 2026-02-30}]", "2026-02-31: x", "a: 2026-11-30 25:61:00"),
    *("a: =", "a: <<", "a: 0b_", "a: !foo b", "a: !foo [b]", "a: !!python/tuple [1]", "a: !!int x"),
    *("a: !!bool perhaps", "a: !!timestamp x", "a: !!omap [b]", "a: !!set [a]", "a: !!str [a]"),
    *("a: !!binary é", "? [a]\n: b", "<<: x\nb: 1", "a: 1\na: 0x_", f"a: {'9' * 5000}"),
)


@pytest.mark.parametrize("text", [*LOADED, *REFUSED])
def test_values_that_mkdocs_refuses_are_known(text):
    found = read_marked_yaml(text, "x.yml").refused
    assert bool(found) is (text in REFUSED)
    try:
        yaml.safe_load(text)
    except Exception:
        assert text in REFUSED
    else:
        assert text in LOADED


@pytest.mark.parametrize(
    ("value", "text", "has_tag"),
    [
        ("2026-02-31", "2026-02-31", False),
        ("=", "=", False),
        ("!!int x", "!!int", True),
        ("!!float", "!!float", True),
        ("!note x", "!note", True),
        ("!!omap [c]", "!!omap", True),
    ],
)
def test_a_refused_value_has_its_place_and_its_tag(value, text, has_tag):
    [refused] = read_marked_yaml(f"a: 1\nb: {value}", "x.yml").refused
    assert (str(refused.place), refused.text, refused.has_tag) == ("x.yml:2:4", text, has_tag)
