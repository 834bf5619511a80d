import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.model.names import capitalise, fold, fold_path, fold_softly, slug

quick = settings(max_examples=200)


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "Found family",
            "found-family",
            "FOUND  FAMILY",
            "found_family",
            " Found‐Family ",
            "found—family",
        ],
        ["Café", "cafe", "CAFÉ", "Cafe\u0301"],
        ["Straße", "STRASSE", "strasse"],
        ["Ευτυχία", "ευτυχια"],
        ["雪国", "雪国"],
        ["한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"],
    ],
)
def test_one_name(spellings):
    assert len({fold(name) for name in spellings}) == 1
    assert len({slug(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ["O'Connor", "O’Connor", "OʼConnor", "O‘Connor", "O´Connor", "O`Connor", "O＇Connor"],
        ["“Smart” People", '"Smart" People', "«Smart» People", "„Smart“ People"],
        ["J. R. R. Tolkien", "J.R.R. Tolkien", "J R R Tolkien", "JRR Tolkien", "j.r.r. tolkien"],
        ["J.-K. Huysmans", "J. K. Huysmans", "J-K Huysmans", "JK Huysmans"],
        ["Ursula K. Le Guin", "Ursula K Le Guin"],
        ["А. С. Пушкин", "А.С. Пушкин"],
        ["א. ב. יהושע", "א.ב. יהושע"],
        ["Mrs. Dalloway", "Mrs Dalloway"],
        ["Kurt Vonnegut, Jr.", "Kurt Vonnegut, Jr"],
        ["The A.B.C. Murders", "The A. B. C. Murders", "The ABC Murders"],
        ["Wait… What", "Wait... What"],
    ],
)
def test_one_name_with_addresses_of_its_own(spellings):
    assert len({fold(name) for name in spellings}) == 1
    assert len({fold_softly(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("J.R.R. Tolkien", "j-r-r-tolkien"),
        ("JRR Tolkien", "jrr-tolkien"),
        ("Памʼять", "памʼять"),
        ("O´Connor", "o-connor"),
        ("“Smart” People", "smart-people"),
    ],
)
def test_addresses_stay_as_they_were(name, address):
    assert slug(name) == address


def test_accents_can_keep_names_apart():
    assert fold("péché") == fold("pêche")
    assert fold_softly("péché") == fold_softly("pe\u0301che\u0301") != fold_softly("pêche")


def test_paths_have_one_form():
    assert fold_path("Les Mise\u0301rables.md") == fold_path("Les Misérables.md")
    assert fold_path("Péché.md") != fold_path("Pêche.md")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("Node.js", "Node js"),
        ("雪 国", "雪国"),
        ("Plan A", "Plan B"),
        ("мир", "мйр"),
        ("が", "か"),
        ("हिन्दी", "हन्द"),
        ("Memory", "Memories"),
    ],
)
def test_different_names(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Never Let Me Go", "never-let-me-go"),
        ("The Handmaid’s Tale", "the-handmaids-tale"),
        ("O'Brien", "obrien"),
        ("10:04", "10-04"),
        ("Ægir & Þór", "ægir-þor"),
        ("C++", "c"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c?d#e", "a-b-c-d-e"),
        ("雪国", "雪国"),
        ("हिन्दी", "हिन्दी"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("Война и мир", "война-и-мир"),
        ("🙂", "u1f642"),
        ("❤️", "u2764-ufe0f"),
        ("!", "u21"),
        ("", "none"),
        ("   ", "none"),
    ],
)
def test_slug(name, address):
    assert slug(name) == address


@pytest.mark.parametrize("name", ["long " * 100, "x" * 500, "!" * 500, "🙂" * 500, "हि" * 500])
def test_long_slug(name):
    assert 1 <= len(slug(name)) <= 80
    assert not slug(name).endswith("-")


@pytest.mark.parametrize("letter", ["\U00020000", "\U0001e900", "雪", "é", "e"])
def test_a_long_name_fits_into_a_file_name(letter):
    address = slug(letter * 300)
    assert len(f"{address}-12.md".encode()) <= 255
    assert set(address) == {slug(letter)}


@quick
@given(st.text())
def test_any_name(name):
    assert fold(fold(name)) == fold(name)
    assert fold_softly(fold_softly(name)) == fold_softly(name)
    address = slug(name)
    assert address
    assert not set(address) & set("/\\?#%&.:<>|*\"' \n\t")
    assert address.strip("-") == address
    assert len(address.encode()) <= 240


@quick
@given(st.characters(categories=["M"]), st.text(max_size=5))
def test_a_mark_without_a_letter(mark, rest):
    assert slug(mark + rest)
    assert isinstance(fold(mark + rest), str)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("large print", "Large print"), ("PDF", "PDF"), ("from Ann", "from Ann"), ("", "")],
)
def test_capitals(text, shown):
    assert capitalise(text) == shown
