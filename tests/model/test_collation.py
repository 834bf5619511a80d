import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_bookreview.model.collation import find_collation
from mkdocs_bookreview.model.people import put_family_first

ORDERS = {
    "en": "9 Days|84 Days|1984|'Quick' Wit|“Smart” People|Tar|The Ærie|Vol. 2|Vol. 10|Vol. 10b|Zoo",
    "en-GB": "café|cafes|Emile|Émile|Zoo",
    "sv": "Aalto|Zulu|Åland|Ängel|Örebro",
    "fi": "Aalto|Zulu|Åland|Äiti|Öljy",
    "da": "Ida|Zoo|Æble|Øst|Ågård|Aalborg",
    "nb": "Zoo|Ære|Ødegård|Åse",
    "de": "Adler|Ärger|Azur|Ober|Öl|Ort|Straße|Zebra",
    "pl": "Lalka|Łódź|Mewa|Zamek|Źdźbło|Żaba",
    "cs": "Cukr|Čáp|Hora|Chleba|Ikona|Řeka|Zima|Žena",
    "hu": "Cukor|Csak|Dal|Zab|Zsák",
    "es": "Nube|Ñandú|Ola",
    "tr": "Irmak|İzmir|Kedi|Öykü|Şeker|Zaman",
    "ru": "Евгений Онегин|Ель|Ёлка|Жизнь|Игрок|Йод|Яма",
    "uk": "Гора|Ґанок|Дім|Етер|Єва|Жито|Ива|Ірис|Їжак|Йод",
    "sr": "Дан|Ђак|Ељ|Јаје|Кућа|Лук|Љубав",
    "el": "Άλφα|Βήτα|Ένα|Ήλιος",
    "vi": "An|Ăn|Ấm|Ba|Đa",
    "fa": "باران|پدر|تهران|جهان|چشم|کتاب|گل|ماه",
    "ja": "あお|アカ|いぬ",
    "xx": "Alpha|Omega|Ørsted|Ozean",
}


@pytest.mark.parametrize(("language", "names"), ORDERS.items())
def test_order(language, names):
    expected = names.split("|")
    mixed = sorted(expected, key=lambda name: name[::-1])
    assert sorted(mixed, key=find_collation(language).key) == expected


@pytest.mark.parametrize(
    ("language", "name", "letter"),
    [
        ("en", "Émile", "E"),
        ("en", "Ærø", "A"),
        ("en", "Łódź", "L"),
        ("en", "“Smart” People", "S"),
        ("en", "…and then", "A"),
        ("en", "1984", "#"),
        ("en", "雪国", "#"),
        ("en", "!", "#"),
        ("en", "", "#"),
        ("en", "हिन्दी", "ह"),
        ("sv", "Åland", "Å"),
        ("sv", "Ærø", "Ä"),
        ("da", "Aalborg", "Å"),
        ("pl", "Łódź", "Ł"),
        ("cs", "Chleba", "Ch"),
        ("tr", "izmir", "İ"),
        ("tr", "Irmak", "I"),
        ("ru", "Ёлка", "Ё"),
    ],
)
def test_letter(language, name, letter):
    assert find_collation(language).letter(name) == letter


@settings(max_examples=200)
@given(st.sampled_from([*ORDERS]), st.text(max_size=8), st.text(max_size=8))
def test_any_text_has_its_place(language, one, other):
    collation = find_collation(language)
    assert isinstance(collation.letter(one), str)
    upper, lower = collation.key(f"{one} {other}"), collation.key(f"  {one}!{other}… ")
    assert upper[0] == lower[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kazuo Ishiguro", "Ishiguro, Kazuo"),
        ("King, Stephen", "King, Stephen"),
        ("Plato", "Plato"),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("Simone de Beauvoir", "Beauvoir, Simone de"),
        ("Johann Wolfgang von Goethe", "Goethe, Johann Wolfgang von"),
        ("Annette von Droste-Hülshoff", "Droste-Hülshoff, Annette von"),
        ("Vincent van Gogh", "Gogh, Vincent van"),
        ("Laurens van der Post", "Post, Laurens van der"),
        ("Willard Van Orman Quine", "Quine, Willard Van Orman"),
        ("Martin Van Buren", "Van Buren, Martin"),
        ("Daphne du Maurier", "du Maurier, Daphne"),
        ("Jean de La Fontaine", "La Fontaine, Jean de"),
        ("Juana Inés de la Cruz", "Cruz, Juana Inés de la"),
        ("John le Carré", "le Carré, John"),
        ("José Ortega y Gasset", "Ortega y Gasset, José"),
        ("Gabriel García Márquez", "García Márquez, Gabriel"),
        ("Gabriel Garcia Marquez", "Garcia Marquez, Gabriel"),
        ("Mario Vargas Llosa", "Vargas Llosa, Mario"),
        ("Carlos Ruiz Zafón", "Ruiz Zafón, Carlos"),
        ("Jorge Luis Borges", "Borges, Jorge Luis"),
        ("García Márquez", "Márquez, García"),
        ("João Guimarães Rosa", "Rosa, João Guimarães"),
        ("Kurt Vonnegut, Jr.", "Vonnegut, Kurt, Jr."),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Ann Lee (ed.)", "Lee, Ann, (ed.)"),
        ("Emily St. John Mandel", "Mandel, Emily St. John"),
        ("Tahar Ben Jelloun", "Ben Jelloun, Tahar"),
        ("Ben Lerner", "Lerner, Ben"),
        ("Van Morrison", "Morrison, Van"),
        ("O. Henry", "Henry, O."),
        ("Ibn Khaldun", "Ibn Khaldun"),
        ("William of Ockham", "William of Ockham"),
        ("The Secret Barrister", "The Secret Barrister"),
        ("National Audubon Society", "National Audubon Society"),
        ("Лев Толстой", "Толстой, Лев"),
        ("村上 春樹", "村上 春樹"),
        ("", ""),
        ("Jr.", "Jr."),
    ],
)
def test_family_name_first(name, expected):
    assert put_family_first(name) == expected
