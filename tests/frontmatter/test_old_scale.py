"""Ratings that seem to be older than the site's scale are mentioned once."""

import pytest

from mkdocs_bookreview.frontmatter.scale import find_old_scale
from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.settings.settings import Settings


def find(ratings, scale):
    rating = RatingSettings(scale=scale, step=0.5)
    texts = [
        (f"r/{n}.md", f"---\nbook: {{title: Book {n}}}\nrating: {text}\n---\n")
        for n, text in enumerate(ratings)
    ]
    settings = Settings(rating=rating)
    site = read_site(texts, {}, None, {}, [name for name, _ in texts], settings)
    assert site.problems == ()
    return find_old_scale(site.pages.values(), rating)


@pytest.mark.parametrize(
    ("ratings", "scale", "best"),
    [
        (["4", "3.5", "5"], 10, 5),
        (["1", "1", "1", "9/10", "★★★★★", "A"], 10, 5),  # others have a scale of their own
        (["4", "3.5", "5"], 100, 5),
        (["8", "6", "10", "3"], 20, 10),
        (["4", "3.5", "6"], 10, None),
        (["4", "3.5"], 10, None),  # two ratings say little
        (["4/10", "3.5/10", "2/10", "8/10"], 10, None),
        (["4", "3.5", "5"], 5, None),
        (["4", "3.5", "5"], 7, None),
        (["50", "45", "40"], 100, None),
    ],
)
def test_ratings_that_are_all_low(ratings, scale, best):
    found = find(ratings, scale)
    assert bool(found) == bool(best)
    if best:
        first = ratings[0]
        assert f"are at most {best}, but `rating.scale` is {scale}" in found
        assert f"write `{first}/{best}` instead of `{first}` in r/0.md:3:1" in found
        # The message ends as it says.
        assert not find([f"{first}/{scale}", *ratings[1:]], scale) or len(ratings) > 3
