"""Describes the data in the head of a page, for search engines, services and other programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class HeadSite:
    """Describes the site for the heads of its pages.

    `name` is the name of the site, and `language` its BCP 47 tag. `url` is the address of its root,
    with a slash at the end; None if not known. `author` wrote the reviews that name no reviewer;
    None if not known.
    """

    name: str
    language: str
    url: str | None = None
    author: str | None = None


class HeadPicture(NamedTuple):
    """Describes the picture that previews of a link show.

    `address` is its full address, and `alt` the text for people who cannot see it.
    `width` and `height` are in pixels; None if not known.
    """

    address: str
    alt: str
    width: int | None = None
    height: int | None = None


class HeadPage(NamedTuple):
    """Describes a page for its head, in plain text without any spoiler.

    `url` is its full address; None if the address of the site is not known. `description` is empty
    if the page has none. `picture` is None if previews of a link show no picture.
    """

    title: str
    description: str
    url: str | None = None
    picture: HeadPicture | None = None


class Property(NamedTuple):
    """Names a property of a page, such as `og:title`, with its `content` as plain text."""

    name: str
    content: str


class HeadLink(NamedTuple):
    """Describes a link in a head to the address `href`.

    `rel` is the relation of that address to the page, such as `canonical` or `alternate`. `type` is
    its media type, and `title` its name; each is empty if not given.
    """

    rel: str
    href: str
    type: str = ""
    title: str = ""

    @property
    def as_property(self) -> Property:
        """Return a property for comparisons: it is equal for links with equal `rel` and `href`.

        Its name has the `href` of an `alternate` link, because a page may have several such links,
        but only one `canonical` link.
        """
        name = self.rel if self.rel == "canonical" else f"{self.rel} {self.href}"
        return Property(f"link {name}", self.href)


@dataclass(frozen=True, slots=True)
class Head:
    """Holds the data for the head of a page. All texts are plain, and are escaped when written.

    `properties` are in the order in which they are written; a name that appears several times has
    several values. `json_ld` is an object of https://json-ld.org; None if the page has none.
    `links` lead to other addresses. `url` is the full address of the page, to which the addresses
    of links in its head are relative; empty if not known.
    """

    properties: tuple[Property, ...] = ()
    json_ld: Mapping[str, object] | None = None
    links: tuple[HeadLink, ...] = ()
    url: str = ""

    @property
    def description(self) -> str:
        """Return the content of the property `description`; empty if the head has none."""
        found = (one.content for one in self.properties if one.name == "description")
        return next(found, "")
