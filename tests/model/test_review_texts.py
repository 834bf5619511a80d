from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.review import ContentWarning, Quote, Review, ThemeMention


def test_hidden_texts_are_those_of_spoilers_alone():
    review = Review(
        "emma.md",
        (Book("Emma"),),
        themes=(
            ThemeMention("open theme", reason="open reason"),
            ThemeMention("hidden theme", reason="hidden reason", spoiler=True),
            ThemeMention("bare theme", spoiler=True),
        ),
        warnings=(ContentWarning("open warning"), ContentWarning("hidden warning", spoiler=True)),
        quotes=(Quote("open quote"), Quote("hidden quote", spoiler=True)),
    )
    assert review.hidden == (
        "hidden theme",
        "bare theme",
        "hidden reason",
        "hidden warning",
        "hidden quote",
    )
