"""Define the front matter of a review, as schemas.

A bare value is read as a mapping if its meaning is clear: `author: Ann` as `author: {name: Ann}`.
The fix of a problem shows the first of a field's `examples`.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, LiteralString, Self, TypeGuard

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.frontmatter.values import (
    Address,
    AspectText,
    Day,
    Duration,
    IsbnText,
    Language,
    Paragraphs,
    Position,
    Published,
    RatingText,
    ReadingDate,
    Sentence,
    SitePath,
    Text,
    Texts,
    check_filled,
    named,
    read_aspects,
    read_links,
)
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import (
    CommentsOpen,
    Severity,
    Status,
    Thread,
    Weight,
    name_shelf,
)
from mkdocs_bookreview.settings.open_text import MOST_IN_NAME, check_open
from mkdocs_bookreview.settings.schemas import Typed, as_list
from mkdocs_bookreview.settings.switches import NO, YES


def _meant_by(**words: str) -> Mapping[str, str]:
    """Return a mapping of words that people write to the keys that they mean.

    `name="title label"` gives `{"title": "name", "label": "name"}`.
    """
    return {word: key for key, listed in words.items() for word in listed.split()}


def _finished(value: object) -> object:
    return {"finished": value} if isinstance(value, str) else value


ShelfName = BeforeValidator(name_shelf)
Times = Annotated[int, Field(ge=1, le=1000)]


def _by_severity(value: object) -> object:
    """Return a mapping of lists by severity; a plain list becomes `plain`."""
    return value if isinstance(value, Mapping) else {"plain": value}


def _local_file(value: object) -> object:
    if isinstance(value, str) and ("://" in value or value.startswith("//")):
        raise PydanticCustomError(
            "cover",
            "must be a picture file beside the page",
            {
                "fix": "If you are allowed to show the picture, save it beside the page, and write"
                " its file name."
            },
        )
    return value


def _thread(value: object) -> object:
    if not isinstance(value, str):
        return value
    states = dict.fromkeys(YES | {"open"}, CommentsOpen.OPEN)
    states |= dict.fromkeys(NO, CommentsOpen.OFF)
    states["closed"] = CommentsOpen.CLOSED
    if value.lower() not in states:
        raise PydanticCustomError("comments", "must be `true`, `false`, `closed` or `{id: …}`")
    return {"state": states[value.lower()]}


def _matching(pattern: str, must: LiteralString) -> AfterValidator:
    """Return a validator for text that matches the pattern as a whole, with `must` as message."""

    def check(text: str) -> str:
        check_open(text)
        if not re.fullmatch(pattern, text):
            raise PydanticCustomError("pattern", must)
        return text

    return AfterValidator(check)


class AlwaysOpen(Typed):
    """The base of items that all readers see.

    An item with a key such as `spoiler` is reported and left out, because it cannot be hidden.
    """

    @model_validator(mode="before")
    @classmethod
    def _hides_nothing(cls, data: object) -> object:
        keys = data if isinstance(data, Mapping) else {}
        # Only unknown keys are compared, because comparing all keys was measured to make the builds
        # of large sites 0.9% longer.
        for key in (key for key in keys if key not in cls.model_fields):
            if get_close_matches(key.lower(), ["spoiler", "hidden"], 1, 0.7):
                raise PydanticCustomError(
                    "spoiler",
                    "cannot be a spoiler, and is left out because it has the key `{key}`",
                    {
                        "key": " ".join(key.split()),
                        "fix": "Remove the key, and any text that is a spoiler. Only a theme, a"
                        " warning or a quote can have `spoiler: true`.",
                    },
                )
        return data


class ContributorIn(AlwaysOpen):
    """Reads a person of a book, from a mapping with the fields of `Contributor` or a bare name."""

    synonyms: ClassVar[Mapping[str, str]] = _meant_by(
        name="full_name fullname person author", role="type job", sort="sort_name file_as sort_as"
    )

    name: Text = Field(examples=["Kazuo Ishiguro"])
    role: Text = Field("author", examples=["translator"])
    sort: Text | None = Field(None, examples=['"Ishiguro, Kazuo"'])
    id: Text | None = Field(None, examples=["kazuo-ishiguro"])


class SeriesIn(AlwaysOpen):
    """Reads a series that a book is in; `position` is the book's place in it, or None."""

    synonyms: ClassVar[Mapping[str, str]] = _meant_by(
        name="title series", position="number index volume order book part no num"
    )

    name: Text = Field(examples=["Earthsea"])
    position: Position | None = Field(None, examples=["1"])


class LinkIn(AlwaysOpen):
    """Reads a link of a book; `affiliate` marks links by which the reviewer may earn."""

    synonyms: ClassVar[Mapping[str, str]] = _meant_by(
        url="href link address uri", affiliate="sponsored paid"
    )

    url: Annotated[Address, AfterValidator(check_filled)] = Field(
        examples=['"https://openlibrary.org/"']
    )
    affiliate: bool = Field(False, examples=["true"])


Contributors = Annotated[
    tuple[Annotated[ContributorIn, BeforeValidator(named)], ...], BeforeValidator(as_list)
]


class BookIn(Typed):
    """Reads the mapping `book:`. Fields mean what those of `Book` do; None or empty if not given.

    `author` and `authors` are joined. `pages` and `chapters` are counts, `duration` is in minutes.
    `cover` is a path relative to the page. In `links`, None turns off a link of the whole site.
    """

    title: Text = Field(examples=["Never Let Me Go"])
    id: (
        Annotated[str, _matching(r"[^\s/]+", "must be text without spaces and without /")] | None
    ) = Field(None, examples=["never-let-me-go"])
    sort: Text | None = Field(None, examples=['"Tempest, The"'])
    subtitle: Text | None = Field(None, examples=['"A Novel"'])
    blurb: Paragraphs = Field((), examples=['"A village, and its matchmaker."'])
    original_title: Text | None = Field(None, examples=["雪国"])
    original_language: Language | None = Field(None, examples=["ja"])
    author: Contributors = Field((), examples=["Kazuo Ishiguro"])
    authors: Contributors = Field((), examples=["[Kazuo Ishiguro]"])
    series: Annotated[
        tuple[Annotated[SeriesIn, BeforeValidator(named)], ...], BeforeValidator(as_list)
    ] = Field((), examples=["{name: Earthsea, position: 1}"])
    isbn: IsbnText | None = Field(None, examples=["0571224148"])
    published: Published | None = Field(None, examples=["2005"])
    first_published: Published | None = Field(None, examples=["1815"])
    publisher: Text | None = Field(None, examples=["Faber and Faber"])
    pages: Annotated[int, Field(ge=1, le=100_000)] | None = Field(None, examples=["282"])
    chapters: Annotated[int, Field(ge=1, le=10_000)] | None = Field(None, examples=["31"])
    duration: Duration | None = Field(None, examples=["9h 46m"])
    language: Language | None = Field(None, examples=["en"])
    format: Text | None = Field(None, examples=["paperback"])
    genres: Texts = Field((), examples=["[Literary fiction]"])
    moods: Texts = Field((), examples=["[reflective]"])
    pace: Text | None = Field(None, examples=["slow"])
    cover: Annotated[Text, BeforeValidator(_local_file)] | None = Field(
        None, examples=["never-let-me-go.jpg"]
    )
    ids: Mapping[str, Text] = Field(default_factory=dict, examples=['{goodreads: "6334"}'])
    links: Annotated[Mapping[str, LinkIn | None], BeforeValidator(read_links)] = Field(
        default_factory=dict, examples=['{Open Library: "https://openlibrary.org/"}']
    )


class ReadingIn(AlwaysOpen):
    """Reads an item of `read:`, which describes one reading of the book, or several.

    `finished` and `stopped` say how and when the reading ended, so only one of them may be given. A
    date is True if its day is unknown, and None if it is not given. `times` counts how often the
    book was read to the end, and the dates are those of the last time; None means once. At least
    one of `started`, `finished`, `stopped` and `times` is given. `at` and `rating` mean the same as
    in `Reading`.
    """

    synonyms: ClassVar[Mapping[str, str]] = _meant_by(
        started="start begun began from date_started start_date started_on",
        finished="end finish date on to until date_finished end_date completed finished_on",
        stopped="abandoned dropped dnf date_stopped",
        at="progress percent position",
        times="read_count count",
        rating="stars score",
    )

    started: ReadingDate | None = Field(None, examples=["2024-04-02"])
    finished: ReadingDate | None = Field(None, examples=["2024-04-12"])
    stopped: ReadingDate | None = Field(None, examples=["2024-04-12"])
    times: Times | None = Field(None, examples=["3"])
    at: Text | None = Field(None, examples=["45%"])
    rating: RatingText | None = Field(None, examples=["4"])

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        fix = {"fix": "Write for example `read: {stopped: true, at: 45%}`."}
        if not (self.started or self.finished or self.stopped or self.times):
            must = "must have `started`, `finished`, `stopped` or `times`"
            raise PydanticCustomError("nothing", must, fix)
        fix = {"fix": "Write for example `read: {stopped: 2024-04-12, at: 45%}`."}
        if self.finished and self.stopped:
            raise PydanticCustomError("both", "must have `finished` or `stopped`, not both", fix)
        if self.times and not self.finished and (self.started or self.stopped):
            fix = {"fix": self._divide()}
            must = "must not have `times` beside `started` or `stopped` without `finished`"
            raise PydanticCustomError("times", must, fix)
        start, end = self.started, self.finished or self.stopped
        if _is_dated(start) and _is_dated(end) and end.is_before(start):
            fix = {"fix": "Check which of the two dates is wrong."}
            raise PydanticCustomError("order", "must not end before it starts", fix)
        return self

    def _divide(self) -> str:
        """Return the fix for a reading with `times` that was not finished: two items of a list."""
        dates = {"started": self.started, "stopped": self.stopped}
        written = {key: "true" if when is True else when for key, when in dates.items() if when}
        rest = ", ".join(f"{key}: {when}" for key, when in written.items())
        return f"Write two items: `- {{times: {self.times}}}` and `- {{{rest}}}`."


def _is_dated(when: PartialDate | Literal[True] | None) -> TypeGuard[PartialDate]:
    return isinstance(when, PartialDate)


class MayBeSpoiler(Typed):
    """The base of items that `spoiler: true` hides; `hidden: true` also works, but is reported."""

    unsure: ClassVar[Mapping[str, str]] = {"spoiler": "true"}
    synonyms: ClassVar[Mapping[str, str]] = {"hidden": "spoiler"}

    spoiler: bool = Field(False, examples=["true"])


class ThemeIn(MayBeSpoiler):
    """Reads a theme of the book; `weight` and `reason` are None if not given."""

    synonyms: ClassVar[Mapping[str, str]] = {
        **MayBeSpoiler.synonyms,
        **_meant_by(name="title theme tag label", weight="importance", reason="why note"),
    }

    name: Text = Field(examples=["Memory"])
    weight: Weight | None = Field(None, examples=["central"])
    reason: Text | None = Field(None, examples=['"What she keeps of them."'])


class WarningIn(MayBeSpoiler):
    """Reads a content warning, from a mapping or a bare name."""

    name: Text = Field(examples=["Death"])


Warnings = Annotated[
    tuple[Annotated[WarningIn, BeforeValidator(named)], ...], BeforeValidator(as_list)
]


class WarningsIn(AlwaysOpen):
    """Reads content warnings by severity; `plain` has the warnings without a severity."""

    synonyms: ClassVar[Mapping[str, str]] = _meant_by(
        graphic="severe strong major high", moderate="medium some", minor="mild low light minimal"
    )

    plain: Warnings = ()
    graphic: Warnings = Field((), examples=["[Death]"])
    moderate: Warnings = Field((), examples=["[Illness]"])
    minor: Warnings = Field((), examples=["[Medical content]"])

    @property
    def graded(self) -> list[tuple[Severity | None, WarningIn]]:
        """Return each warning with its severity, the gravest first; None means no severity."""
        grades: list[tuple[Severity | None, tuple[WarningIn, ...]]] = [
            (Severity.GRAPHIC, self.graphic),
            (Severity.MODERATE, self.moderate),
            (Severity.MINOR, self.minor),
            (None, self.plain),
        ]
        return [(grade, warning) for grade, warnings in grades for warning in warnings]


class RelatedIn(AlwaysOpen):
    """Reads a related work. The fields are those of `Related`; None if not given.

    `review` is a file relative to the page, or the key of a book. Either `review` or `title` must
    be given.
    """

    synonyms: ClassVar[Mapping[str, str]] = _meant_by(
        review="file page", title="name book", kind="type", url="link href", why="reason note"
    )

    review: Text | None = Field(None, examples=["brave-new-world.md"])
    title: Text | None = Field(None, examples=["The Island"])
    kind: Text | None = Field(None, examples=["film"])
    url: Address | None = Field(None, examples=['"https://example.org/"'])
    why: Text | None = Field(None, examples=['"The same premise."'])

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.review and not self.title:
            raise PydanticCustomError(
                "nothing",
                "must have a `review` or a `title`",
                {"fix": "Write for example `- {review: brave-new-world.md, why: …}`."},
            )
        return self


class QuoteIn(MayBeSpoiler):
    """Reads a quote from the book; `page` is text as the author wrote it, None if not given."""

    synonyms: ClassVar[Mapping[str, str]] = {
        **MayBeSpoiler.synonyms,
        **_meant_by(text="quote quotation", page="pages location p"),
    }

    text: Text = Field(examples=['"…"'])
    page: Text | None = Field(None, examples=["12"])


class ThreadIn(Typed):
    """Reads `comments`; `id` is None if the id of the thread is to be derived from the page.

    Every text can be an id, because services have ids of different forms. `mastodon` and `bluesky`
    are addresses of posts; None if not given.
    """

    state: CommentsOpen = Field(CommentsOpen.OPEN, examples=["closed"])
    id: Annotated[str, _matching("(?s:.+)", "must be text")] | None = Field(
        None, examples=["/never-let-me-go/"]
    )
    mastodon: Address | None = Field(
        None, examples=['"https://mastodon.social/@ann/111222333444555666"']
    )
    bluesky: Address | None = Field(
        None, examples=['"https://bsky.app/profile/ann.example/post/3kabc"']
    )

    @property
    def thread(self) -> Thread:
        posts = {"mastodon": self.mastodon, "bluesky": self.bluesky}
        return Thread(
            self.state, self.id, {service: post for service, post in posts.items() if post}
        )


Comments = Annotated[ThreadIn, BeforeValidator(_thread)]


OldPaths = Annotated[tuple[SitePath, ...], BeforeValidator(as_list)]
OLD_PATHS = Field((), examples=["[/2014/05/never-let-me-go/]"])


class ReviewIn(Typed):
    """Reads all keys of a review but `book`, which may be text, a mapping or a list.

    The fields mean what those of `Review` do; `read`, `times` and `shelf` become `readings`, and
    `copy_` is the key `copy`. `ratings` maps aspects to their ratings. `times` counts all readings
    to the end. Fields are None or empty if not given.
    """

    unsure: ClassVar[Mapping[str, str]] = {"spoilers": "true", "draft": "true"}

    date: Day | None = Field(None, examples=["2024-05-01"])
    updated: Day | None = Field(None, examples=["2024-06-02"])
    description: Text | None = Field(None, examples=["A school, and what nobody says there."])
    reviewer: Annotated[Text, StringConstraints(max_length=MOST_IN_NAME)] | None = Field(
        None, examples=["Ann"]
    )
    rating: RatingText | None = Field(None, examples=["4.5"])
    ratings: Annotated[Mapping[Text, AspectText], BeforeValidator(read_aspects)] = Field(
        default_factory=dict, examples=["{characters: 4, prose: 5}"]
    )
    read: Annotated[
        tuple[Annotated[ReadingIn, BeforeValidator(_finished)], ...], BeforeValidator(as_list)
    ] = Field((), examples=["2024-04-12"])
    times: Times | None = Field(None, examples=["3"])
    shelf: Annotated[Status, ShelfName] | None = Field(None, examples=["to-read"])
    themes: Annotated[
        tuple[Annotated[ThemeIn, BeforeValidator(named)], ...], BeforeValidator(as_list)
    ] = Field((), examples=["[Memory]"])
    warnings: Annotated[WarningsIn, BeforeValidator(_by_severity)] = Field(
        WarningsIn(), examples=["{graphic: [Death]}"]
    )
    # `copy` would shadow a method of pydantic's models.
    copy_: Sentence | None = Field(None, alias="copy", examples=["library"])
    disclosure: Sentence | None = Field(None, examples=['"The publisher sent me this copy."'])
    verdict: Sentence | None = Field(None, examples=["Quietly devastating."])
    related: Annotated[tuple[RelatedIn, ...], BeforeValidator(as_list)] = Field(
        (), examples=["[{review: brave-new-world.md}]"]
    )
    quotes: Annotated[
        tuple[
            Annotated[QuoteIn, BeforeValidator(lambda v: {"text": v} if isinstance(v, str) else v)],
            ...,
        ],
        BeforeValidator(as_list),
    ] = Field((), examples=['["…"]'])
    spoilers: bool = Field(False, examples=["true"])
    comments: Comments = Field(ThreadIn(), examples=["false"])
    draft: bool = Field(False, examples=["true"])
    redirect_from: OldPaths = OLD_PATHS


@cache
def build_own_schema(keys: frozenset[str]) -> type[Typed]:
    """Return a schema for the author's own keys, by which reviews are grouped.

    Its fields have numbers for names, because a key need not be a valid name in Python.
    """
    fields = {
        f"key_{number}": (Texts, Field((), alias=key, examples=["[One, Another]"]))
        for number, key in enumerate(sorted(keys))
    }
    return create_model("OwnIn", __base__=Typed, **fields)  # type: ignore[call-overload,no-any-return]


# Material, MkDocs' themes and common plugins own these keys, so they are not reported as unknown,
# misspelt or misplaced. An exception is `author`, which is reported if the book has no author.
FOREIGN_KEYS = frozenset(
    {
        "author",
        "authors",
        "boost",
        "canonical",
        "categories",
        "extra",
        "glightbox",
        "hide",
        "icon",
        "illustration",
        "image",
        "keywords",
        "lang",
        "links",
        "location",
        "meta",
        "nav_title",
        "order",
        "pin",
        "readtime",
        "render_macros",
        "revision_date",
        "robots",
        "rss",
        "search",
        "slug",
        "social",
        "source",
        "status",
        "subtitle",
        "tags",
        "template",
        "title",
    }
)

# These texts must not hold a spoiler, because MkDocs and plugins show them in navigation, head,
# search and feeds.
PUBLIC_KEYS = frozenset(
    {"title", "nav_title", "subtitle", "description", "keywords", "tags", "categories"}
)


def empty_is_absent(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data without empty keys, because an author may leave a key empty for later."""
    return {key: value for key, value in data.items() if value is not None}
