"""Check the aspects of a book that a review rates apart."""

from collections.abc import Collection, Iterator

from mkdocs_bookreview.frontmatter.fixes.snippets import write_inline
from mkdocs_bookreview.frontmatter.readings import Fault
from mkdocs_bookreview.frontmatter.schema import ReviewIn
from mkdocs_bookreview.settings.fixes import did_you_mean


def check_aspects(found: ReviewIn, aspects: Collection[str]) -> Iterator[Fault]:
    """Report ratings of aspects that the option `rating.aspects` does not list."""
    if found.ratings and not aspects:
        what = (
            "`ratings` needs the option `rating.aspects`, which lists the aspects that reviews"
            " rate."
        )
        listed = write_inline([*found.ratings])
        fix = f"Write `aspects: {listed}` below `rating:` in the options of `bookreview`."
        yield ("ratings",), what, fix
        return
    for name in found.ratings:
        if name not in aspects:
            fix = did_you_mean(name, aspects, "aspects")
            yield ("ratings", name), f"Unknown key `ratings.{name}`.", fix
