"""A stub of a Mastodon server: the two addresses that give a post and its replies to everyone.

Known from the pages on Status, Account, CustomEmoji, MediaAttachment and Context in
github.com/mastodon/documentation. The conversations are made up; some are hostile.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext

from tests.comments.services.http import Answer, Request, Server, data, route_to
from tests.comments.services.pictures import ATTACKS, KINDS, PIXEL

HOST = "books.example"
"""The server in addresses of posts and accounts; `route` answers for it."""

POST = "109000000000000001"
"""The id of the post that each conversation begins with."""

Status = dict[str, Any]

_PATH = re.compile(r"/api/v1/statuses/([^/]+)(/context)?")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Describes a post and what the server gives as its context.

    `status` and `descendants` are normally a status and a list; hostile ones are of any type.
    `ancestors` are the posts that this one replies to.
    """

    status: Any
    descendants: Any
    ancestors: Sequence[Status] = field(default=())


def status(
    number: int, content: str, author: str = "ann", to: int | None = 0, **others: Any
) -> Status:
    """Return a status with all keys that the documentation names, as a public answer has them.

    `number` 0 is the post itself, and `to` is the number of the status that this one replies to.
    """
    made: Status = {
        "id": identify(number),
        "created_at": f"2026-03-01T10:{number % 60:02}:00.000Z",
        "edited_at": None,
        "in_reply_to_id": None if to is None else identify(to),
        "in_reply_to_account_id": None if to is None else "1",
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "uri": f"https://{HOST}/users/{author}/statuses/{identify(number)}",
        "url": f"https://{HOST}/@{author}/{identify(number)}",
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": number,
        "content": content,
        "reblog": None,
        "account": account(author),
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
    }
    return made | others


def identify(number: int) -> str:
    """Return an id as Mastodon has them: a string, because it is too large for a JSON number."""
    return str(int(POST) + number)


def account(name: str, **others: Any) -> dict[str, Any]:
    picture = f"https://{HOST}/avatars/{name}.png"
    made = {
        "id": "1",
        "username": name,
        "acct": name,
        "display_name": name.title(),
        "locked": False,
        "bot": False,
        "created_at": "2024-01-01T00:00:00.000Z",
        "note": "<p>Reads.</p>",
        "url": f"https://{HOST}/@{name}",
        "avatar": picture,
        "avatar_static": picture,
        "header": picture,
        "header_static": picture,
        "followers_count": 1,
        "following_count": 1,
        "statuses_count": 1,
        "emojis": [],
        "fields": [],
    }
    return made | others


def emoji(name: str) -> dict[str, Any]:
    picture = f"https://{HOST}/emoji/{name}.png"
    return {"shortcode": name, "url": picture, "static_url": picture, "visible_in_picker": True}


def image(name: str, description: str | None) -> dict[str, Any]:
    picture = f"https://{HOST}/media/{name}.png"
    size = {"width": 1, "height": 1, "size": "1x1", "aspect": 1.0}
    return {
        "id": "1",
        "type": "image",
        "url": picture,
        "preview_url": picture,
        "remote_url": None,
        "meta": {"original": size, "small": size},
        "description": description,
        "blurhash": None,
    }


def friendly() -> Conversation:
    """Return replies to replies, a content warning, an emoji, pictures and a deleted parent."""
    cat = emoji("cat")
    link = f'<a href="https://{HOST}/tags/dune" class="mention hashtag" rel="tag">#dune</a>'
    replies = [
        status(1, f"<p>The desert is the hero. {link}</p>", "ben"),
        status(2, "<p>And the worms!</p>", "cem", to=1, emojis=[cat]),
        status(3, "<p>Agreed :cat:</p>", "ben", to=2, emojis=[cat]),
        status(4, "<p>Leto dies.</p>", "dee", sensitive=True, spoiler_text="The end of Dune"),
        status(5, "<p>A sketch</p>", "eva", media_attachments=[image("map", "A map of Arrakis")]),
        status(
            6,
            "<p>Seen</p>",
            "eva",
            sensitive=True,
            media_attachments=[image("end", "The last page")],
        ),
        status(7, "<p>I answer one that is gone</p>", "fay", to=99),
    ]
    far = account("gil", acct="gil@far.example", display_name="Gil :cat:", emojis=[cat])
    replies.append(status(8, "<p>Two<br>lines</p><p>and two paragraphs</p>", account=far, to=7))
    return Conversation(_post(len(replies)), replies)


def _post(replies: int) -> Status:
    return status(0, "<p>I reviewed Dune.</p>", to=None, replies_count=replies)


def _after_post(replies: object) -> Conversation:
    return Conversation(_post(1), replies)


def _attack() -> list[Status]:
    replies = [status(number, attack) for number, attack in enumerate(ATTACKS, 1)]
    for number, attack in enumerate(ATTACKS, len(replies) + 1):
        name = account("eve", display_name=attack, acct=attack, username=attack)
        hello = status(number, "<p>Hello</p>", account=name)
        replies.append({**hello, "spoiler_text": attack, "sensitive": True})
    return replies


def _link_badly() -> list[Status]:
    bad = "javascript:void attack('address')"
    name = account("eve", url=bad, avatar=bad, avatar_static=bad)
    picture = {
        **image("x", '"><script>attack("description")</script>'),
        "url": bad,
        "preview_url": bad,
    }
    sign = {
        **emoji("cat"),
        "shortcode": "cat",
        "url": bad,
        "static_url": '"><script>attack("sign")//',
    }
    parts = {"account": name, "url": bad, "media_attachments": [picture], "emojis": [sign]}
    return [status(1, "<p>:cat:</p>") | parts, status(2, "<p>No address</p>", url=None)]


def _mistype() -> list[object]:
    whole = status(1, "<p>Whole</p>")
    wrong: list[object] = [whole, None, "text", 7, [], {}]
    for key in whole:
        wrong += [{**whole, "id": f"{key}-{kind}", key: kind} for kind in KINDS]
        wrong.append({other: value for other, value in whole.items() if other != key})
    return wrong


HOSTILE: Mapping[str, Conversation] = {
    "attacks": _after_post(_attack()),
    "addresses": _after_post(_link_badly()),
    "types": _after_post(_mistype()),
    "deep": _after_post([status(n, f"<p>Level {n}</p>", to=n - 1) for n in range(1, 201)]),
    "many": _after_post([status(n, f"<p>Reply {n}</p>") for n in range(1, 2001)]),
    "circle": _after_post([status(1, "<p>One</p>", to=2), status(2, "<p>Two</p>", to=1)]),
    "itself": _after_post([status(1, "<p>One</p>", to=1), status(1, "<p>Again</p>")]),
    "no list": _after_post({"0": status(1, "<p>One</p>")}),
    "no replies": _after_post(None),
    "no post": Conversation("text", []),
}
"""Conversations that no honest server sends. Code in them calls `attack` with a word."""


class Mastodon(Server):
    """Serves a post and its replies below /api/v1/statuses, on loopback or as HOST by `route`.

    `conversation` can change at any time. Another post is answered 404, with an error as JSON.
    Whatever else is asked for, such as avatars, is a picture of one pixel.
    """

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.conversation = friendly()

    def route(self, context: BrowserContext) -> None:
        """Answer for HOST in a browser context."""
        route_to(context, f"https://{HOST}/**", self)

    def respond(self, request: Request) -> Answer:
        asked = _PATH.fullmatch(request.path)
        if asked is None:
            return PIXEL if request.path.endswith(".png") else super().respond(request)
        if asked[1] != POST:
            return data({"error": "Record not found"}, 404)
        talk = self.conversation
        if asked[2] is None:
            return data(talk.status)
        return data({"ancestors": list(talk.ancestors), "descendants": talk.descendants})
