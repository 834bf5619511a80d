import pytest

from mkdocs_bookreview.model.alike import find_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Colour", "Color"),
        ("Found family", "Family found"),
        ("Memory", "Memories"),
        ("Short stories", "Short story"),
        ("Ursula Le Guin", "Ursula K. Le Guin"),
        ("S. King", "Stephen King"),
        ("Fyodor Dostoevsky", "Fyodor Dostoyevsky"),
        ("Haruki Murakami", "Murakami Haruki"),
        ("Earthsea", "Earthsee"),
        ("Faber & Faber", "Faber and Faber"),
        ("Le Guin, Ursula", "Ursula Le Guin"),
        ("J. Smith", "Jo Smith"),
    ],
)
def test_alike(one, other):
    found = find_alike(["Ann", one, "Zoology", other, "Middle"])
    assert [set(pair) for pair in found] == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World War I", "World War II"),
        ("Area 51", "Area 52"),
        ("John Lee", "John Low"),
        ("Mary Roe", "Mary Fox"),
        ("Stephen King", "Susan King"),
        ("C", "C++"),
        ("C. S. Lewis", "C. D. Lewis"),
        ("John A. Lee", "John B. Lee"),
        ("S. King", "T. King"),
        ("War", "Way"),
        ("Memory", "memory"),
        ("J. R. R. Tolkien", "J.R.R. Tolkien"),
    ],
)
def test_different(one, other):
    assert find_alike([one, other]) == []


def test_the_order_of_names_does_not_matter():
    names = ["Memories", "Memory", "Memry", "Colour", "Color", "", " "]
    assert find_alike(names) == find_alike(names[::-1])
