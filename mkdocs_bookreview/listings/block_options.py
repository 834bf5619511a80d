"""Defines the options of blocks in a page's text, such as `/// reviews`."""

import json
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, create_model

from mkdocs_bookreview.listings.taxonomies import KINDS
from mkdocs_bookreview.model.names import number_slug
from mkdocs_bookreview.model.review import Status, name_shelf
from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.open_text import OpenText
from mkdocs_bookreview.settings.pages import Layout, Sort
from mkdocs_bookreview.settings.schemas import Typed, as_list

Names = Annotated[tuple[str, ...], BeforeValidator(as_list)]

# The key of a taxonomy in a block, because a block names single terms: `theme` for `themes`. The
# author's own taxonomies keep their name, because it is their key in front matter too.
_SINGULAR = {name: name if name == "series" else name.removesuffix("s") for name in KINDS}


class PickedBook(Typed):
    """Describes a book that an author picks for a list, with a `note` or None.

    `book` is its key, or the source of its review.
    """

    book: str = Field(examples=["emma"])
    note: OpenText | None = Field(None, examples=['"Begin with this one."'])


def _picked(value: object) -> object:
    """Return a mapping for a bare name, and anything else as it is."""
    return {"book": value} if isinstance(value, str) else value


class BlockOptions(Typed):
    """Describes the options of `/// reviews`, except for the keys of taxonomies.

    `books` are the books that the author picked by hand; if there are none, the other options
    select reviews. `shelf` is None for all reviews, `sort` is None for the order of the site's
    lists, or of the picked books. `limit` is the highest number of reviews to show, or None for
    all. `layout` is the form of the list.
    """

    books: Annotated[
        tuple[Annotated[PickedBook, BeforeValidator(_picked)], ...], BeforeValidator(as_list)
    ] = Field((), examples=['[emma, {book: sula, note: "Read it twice."}]'])
    shelf: Annotated[Status, BeforeValidator(name_shelf)] | None = Field(None, examples=["to-read"])
    sort: Sort | None = Field(None, examples=["-date"])
    limit: int | None = Field(None, ge=1, le=10_000, examples=[3])
    layout: Layout = Field("cards", examples=["list"])


def suggest_picked(
    schema: type[BaseModel], key: str, _: object, beside: Mapping[str, object]
) -> str | None:
    """Return the fix for a book that was written as a key, as in `emma: Begin with this one.`.

    The fix is the same for the unknown key and for the missing `book`. Return None for other
    mistakes.
    """
    own = PickedBook.model_fields
    names = [str(one) for one in beside if str(one) not in own and not find_near(str(one), own)]
    if schema is not PickedBook or "book" in beside or key not in ("book", *names) or not names:
        return None
    name = key if key in names else names[0]
    note = beside.get(name)
    written = f", note: {json.dumps(note, ensure_ascii=False)}" if isinstance(note, str) else ""
    return f"Write `- {{book: {name}{written}}}`."


class CommentsOptions(Typed):
    """Describes the options of `/// comments`. `limit` is the highest number of comments to show.

    Unlike the limit of `/// reviews` it has a default, because nobody wants all comments of a site
    in a list.
    """

    limit: int = Field(5, ge=1, le=100, examples=[5])


def build_schema(keys: Iterable[str]) -> type[BlockOptions]:
    """Return the options with a field for each key of a taxonomy.

    The fields are numbered and have the key as alias, because an author may use any name as a key,
    and pydantic does not accept every name for a field.
    """
    fields: Any = {
        f"key_{number}": (Names, Field((), alias=key, examples=["[one, two]"]))
        for number, key in enumerate(keys)
    }
    return create_model("BlockOptions", __base__=BlockOptions, **fields)


def name_keys(names: Iterable[str]) -> dict[str, str]:
    """Return the names of taxonomies by their keys in blocks.

    A key that is taken gets a number, so that every option can be reached: if the author groups by
    `layout`, the key is `layout-2`, because `layout` is an option.
    """
    keys: dict[str, str] = {}
    # Our own taxonomies come first, so that on every site their keys are the same as in the manual.
    for name in sorted(names, key=lambda name: (name not in KINDS, name)):
        taken = {*keys, *BlockOptions.model_fields}
        keys[number_slug(_SINGULAR.get(name, name), taken)] = name
    return dict(sorted(keys.items(), key=itemgetter(1)))
