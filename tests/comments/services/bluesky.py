"""A stub of Bluesky's public API: handles and threads of posts.

Known from the lexicons app.bsky.feed.defs, app.bsky.feed.getPostThread and
com.atproto.identity.resolveHandle in github.com/bluesky-social/atproto. The conversations are made
up; some are hostile.
"""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import BrowserContext

from tests.comments.services.http import Answer, Request, Server, data, route_to
from tests.comments.services.pictures import ATTACKS, KINDS, PIXEL

API = "public.api.bsky.app"
PICTURES = "cdn.bsky.app"

HANDLE = "ann.example"
DID = "did:plc:ann"
POST = f"at://{DID}/app.bsky.feed.post/3ldune"
"""The post that each conversation begins with."""

PAGE = f"https://bsky.app/profile/{HANDLE}/post/3ldune"
"""Its address in the browser, which authors copy."""

Thread = dict[str, Any]

_DEPTH = 6
_KIND = "app.bsky.feed.defs#"


def author(name: str, **others: Any) -> dict[str, Any]:
    made = {
        "did": f"did:plc:{name}",
        "handle": f"{name}.example",
        "displayName": name.title(),
        "avatar": f"https://{PICTURES}/img/avatar/plain/did:plc:{name}/picture@jpeg",
        "labels": [],
        "createdAt": "2024-01-01T00:00:00.000Z",
    }
    return made | others


def post(number: int, text: str, name: str = "ann", **others: Any) -> dict[str, Any]:
    """Return a post as the API shows it; `record` in `others` adds to what its author wrote."""
    time = f"2026-03-01T10:{number % 60:02}:00.000Z"
    record = {"$type": "app.bsky.feed.post", "createdAt": time, "langs": ["en"], "text": text}
    made = {
        "uri": POST if number == 0 else f"at://did:plc:{name}/app.bsky.feed.post/3l{number}",
        "cid": f"bafy{number}",
        "author": author(name),
        "replyCount": 0,
        "repostCount": 0,
        "likeCount": number,
        "quoteCount": 0,
        "indexedAt": time,
        "labels": [],
    }
    return {**made, **others, "record": record | others.get("record", {})}


def thread(shown: object, *replies: object) -> Thread:
    return {"$type": f"{_KIND}threadViewPost", "post": shown, "replies": list(replies)}


def not_found(number: int) -> Thread:
    uri = f"at://did:plc:gone/app.bsky.feed.post/3l{number}"
    return {"$type": f"{_KIND}notFoundPost", "uri": uri, "notFound": True}


def blocked(number: int) -> Thread:
    did = "did:plc:blocked"
    uri = f"at://{did}/app.bsky.feed.post/3l{number}"
    return {"$type": f"{_KIND}blockedPost", "uri": uri, "blocked": True, "author": {"did": did}}


def label(value: str) -> dict[str, Any]:
    return {"src": "did:plc:ann", "uri": POST, "val": value, "cts": "2026-03-01T10:00:00.000Z"}


def images(alt: str, address: str = f"https://{PICTURES}/img/map@jpeg") -> dict[str, Any]:
    shown = {"thumb": address, "fullsize": address, "alt": alt}
    return {"$type": "app.bsky.embed.images#view", "images": [shown]}


def link(text: str, part: str, address: str) -> dict[str, Any]:
    """Return the record's facet that makes a part of a text a link; it counts bytes of UTF-8."""
    start = text.encode().index(part.encode())
    index = {"byteStart": start, "byteEnd": start + len(part.encode())}
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": address}
    return {"facets": [{"index": index, "features": [feature]}]}


def friendly() -> Thread:
    """Return replies to replies, a warning, a link after letters of several bytes, and gaps."""
    text = "Ça: the glossary"
    linked = link(text, "the glossary", "https://books.example/glossary")
    return thread(
        post(0, "I reviewed Dune.", replyCount=6),
        thread(
            post(1, "The desert is the hero.\nAnd the worms!", "ben"),
            thread(post(2, "Agreed", "cem"), thread(post(3, "Me too", "ben"))),
        ),
        thread(post(4, text, "dee", record=linked)),
        thread(post(5, "Leto dies.", "eva", labels=[label("spoiler")])),
        thread(post(6, "A sketch", "eva", embed=images("A map of Arrakis"))),
        thread(post(7, "The last page", "fay", labels=[label("!warn")], embed=images("The end"))),
        not_found(8),
        blocked(9),
    )


def _after_post(*replies: object) -> Thread:
    return thread(post(0, "I reviewed Dune.", replyCount=1), *replies)


def _attack() -> Thread:
    texts = [thread(post(number, attack, "eve")) for number, attack in enumerate(ATTACKS, 1)]
    names = [
        thread(post(number, "Hello", author=author("eve", displayName=attack, handle=attack)))
        for number, attack in enumerate(ATTACKS, len(texts) + 1)
    ]
    return _after_post(*texts, *names)


def _link_badly() -> Thread:
    bad = "javascript:void attack('address')"
    facets = link("a link", "link", bad)
    far = {"byteStart": -5, "byteEnd": 10**9}
    features = facets["facets"][0]["features"]
    wrong = {"facets": [{"index": far, "features": features}, {"index": None}, None, "text"]}
    middle = {"facets": [{"index": {"byteStart": 1, "byteEnd": 2}, "features": features}]}
    return _after_post(
        thread(post(1, "a link", "eve", record=facets, author=author("eve", avatar=bad))),
        thread(post(2, "far off", "eve", record=wrong)),
        thread(post(3, "😀 in the middle of a letter", "eve", record=middle)),
        thread(post(4, "picture", "eve", embed=images('"><script>attack("alt")</script>', bad))),
        thread(post(5, "no address", "eve", uri="javascript:void attack('uri')")),
        thread(post(6, "other key", "eve", uri="at://did:plc:eve/app.bsky.feed.post/../../x?a#b")),
    )


def _mistype() -> Thread:
    whole = post(1, "Whole", "eve")
    wrong: list[object] = [None, "text", 7, [], {}, {"$type": "other"}, thread(None), thread(whole)]
    for key in whole:
        wrong += [thread({**whole, key: kind}) for kind in KINDS]
        wrong.append(thread({other: value for other, value in whole.items() if other != key}))
    wrong += [{**thread(whole), "replies": kind} for kind in KINDS]
    return _after_post(*wrong)


def _deep(levels: int) -> Thread:
    made = thread(post(levels, f"Level {levels}", "eve"))
    for level in range(levels - 1, 0, -1):
        made = thread(post(level, f"Level {level}", "eve"), made)
    return _after_post(made)


HOSTILE: Mapping[str, object] = {
    "attacks": _attack(),
    "addresses": _link_badly(),
    "types": _mistype(),
    "deep": _deep(200),
    "many": _after_post(*(thread(post(n, f"Reply {n}", "ben")) for n in range(1, 2001))),
    "gone": not_found(0),
    "blocked": blocked(0),
    "no thread": "text",
    "no replies": {"$type": f"{_KIND}threadViewPost", "post": post(0, "I reviewed Dune.")},
}
"""Conversations that no honest server sends, and some that it may. Code in them calls `attack`."""


class Bluesky(Server):
    """Serves /xrpc/…, on loopback or, by `route`, as Bluesky's own hosts.

    `conversation` can change at any time. It is cut at the depth that is asked for, unless
    `ignores_depth`, as a hostile server may.
    """

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.conversation: object = friendly()
        self.ignores_depth = False
        self.pages = {
            "/xrpc/com.atproto.identity.resolveHandle": self._resolve,
            "/xrpc/app.bsky.feed.getPostThread": self._thread,
        }

    def route(self, context: BrowserContext) -> None:
        """Answer for the API and for pictures of Bluesky in a browser context."""
        for host in (API, PICTURES):
            route_to(context, f"https://{host}/**", self)

    def respond(self, request: Request) -> Answer:
        return PIXEL if request.path.startswith("/img/") else super().respond(request)

    def _resolve(self, request: Request) -> Answer:
        if request.query.get("handle") != HANDLE:
            return _error("InvalidRequest", "Unable to resolve handle")
        return data({"did": DID})

    def _thread(self, request: Request) -> Answer:
        uri = request.query.get("uri", "")
        if uri.replace(HANDLE, DID) != POST:
            return _error("NotFound", f"Post not found: {uri}")
        depth = 10**6 if self.ignores_depth else int(request.query.get("depth", _DEPTH))
        return data({"thread": _cut(self.conversation, depth)})


def _error(name: str, message: str) -> Answer:
    return data({"error": name, "message": message}, 400)


def _cut(shown: object, depth: int) -> object:
    """Return a thread without the replies below a depth."""
    if not isinstance(shown, dict) or not isinstance(shown.get("replies"), list):
        return shown
    if depth == 0:
        return {key: value for key, value in shown.items() if key != "replies"}
    return {**shown, "replies": [_cut(reply, depth - 1) for reply in shown["replies"]]}
