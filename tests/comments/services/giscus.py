"""A stub of giscus: it does what the client of giscus does, as far as a page can notice.

Known from client.ts, lib/i18n.tsx and the headers of https://giscus.app (github.com/giscus/giscus)
and from the npm package giscus 1.6.0. The widget's page is made up, but speaks as the real one:
it hears nothing before it has spoken, and only what comes from the page that embeds it.
"""

import json

from tests.comments.services.http import (
    Answer,
    Page,
    Request,
    Server,
    data,
    html,
    script,
    style,
)

LANGUAGES = (
    "ar be bg ca cs da de en eo es eu fa fr gr hbs he hu id it ja kh ko nl pl pt ro ru th tr vi uk"
    " uz zh-CN zh-TW zh-HK gsw zh-Hans zh-Hant"
)

_CLIENT = """(() => {
  const own = document.currentScript;
  const { origin } = new URL(own.src);
  const here = new URL(location.href);
  const token = here.searchParams.get("giscus");
  here.searchParams.delete("giscus");
  here.hash = "";
  let session = token ?? "";
  if (token) {
    localStorage.setItem("giscus-session", JSON.stringify(token));
    history.replaceState(undefined, document.title, here.href);
  } else {
    try {
      session = JSON.parse(localStorage.getItem("giscus-session")) ?? "";
    } catch {
      localStorage.removeItem("giscus-session");
    }
  }

  const meta = (selector) => document.querySelector(selector)?.content ?? "";
  const { mapping, term, lang, loading, ...set } = own.dataset;
  const terms = {
    url: () => ({ term: here.href }),
    title: () => ({ term: document.title }),
    "og:title": () => ({ term: meta("meta[property='og:title'], meta[name='title']") }),
    specific: () => ({ term }),
    number: () => ({ number: term }),
  };
  const path = location.pathname.slice(1).replace(/\\.\\w+$/, "");
  const byPath = () => ({ term: location.pathname.length < 2 ? "index" : path });
  const place = document.querySelector(".giscus");
  const query = new URLSearchParams({
    origin: place?.id ? `${here}#${place.id}` : here.href,
    session,
    theme: set.theme,
    reactionsEnabled: set.reactionsEnabled || "1",
    emitMetadata: set.emitMetadata || "0",
    inputPosition: set.inputPosition || "bottom",
    repo: set.repo,
    repoId: set.repoId,
    category: set.category || "",
    categoryId: set.categoryId,
    strict: set.strict || "0",
    description: meta("meta[property='og:description'], meta[name='description']"),
    backLink: meta("meta[name='giscus:backlink']") || here.href,
    ...(terms[mapping] ?? byPath)(),
  });

  const frame = document.createElement("iframe");
  frame.className = "giscus-frame giscus-frame--loading";
  frame.title = "Comments";
  frame.scrolling = "no";
  frame.allow = "clipboard-write";
  if (loading === "lazy") frame.loading = "lazy";
  frame.src = `${origin}${lang ? `/${lang}` : ""}/widget?${query}`;
  frame.style.opacity = "0";
  frame.addEventListener("load", () => {
    frame.style.removeProperty("opacity");
    frame.classList.remove("giscus-frame--loading");
  });

  const sheet = document.getElementById("giscus-css") ?? document.createElement("link");
  sheet.id = "giscus-css";
  sheet.rel = "stylesheet";
  sheet.href = `${origin}/default.css`;
  document.head.prepend(sheet);

  if (place) {
    place.replaceChildren(frame);
  } else {
    const made = document.createElement("div");
    made.className = "giscus";
    made.append(frame);
    own.after(made);
  }

  // The real client never removes its listener either, so it hears all later frames too.
  addEventListener("message", (event) => {
    if (event.origin !== origin || !event.data?.giscus) return;
    const { resizeHeight, error } = event.data.giscus;
    if (resizeHeight) frame.style.height = `${resizeHeight}px`;
    if (error) console.warn(`[giscus] ${error}`);
  });
})();
"""

_WIDGET = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>giscus</title>
<script>
window.heard = [];
const query = new URLSearchParams(location.search);
const host = new URL(query.get("origin")).origin;
const say = (words) => parent.postMessage({ giscus: words }, host);

function hear({ data, origin }) {
  if (origin !== host || !data?.giscus) return;
  heard.push(data.giscus);
  const { theme } = data.giscus.setConfig ?? {};
  if (theme) document.documentElement.dataset.theme = theme;
}

async function open() {
  document.documentElement.dataset.theme = query.get("theme");
  document.querySelector("h1").textContent = query.get("term") ?? `#${query.get("number")}`;
  const answer = await fetch(`/api/discussions?${query}`);
  const { error } = await answer.json();
  if (SILENT) return;
  if (error) say({ error });
  addEventListener("message", hear);
  say({ resizeHeight: 300 });
}

addEventListener("DOMContentLoaded", open);
</script></head><body><main><h1></h1><textarea aria-label="Comment"></textarea></main></body></html>
"""

_CSS = ".giscus, .giscus-frame { width: 100%; min-height: 150px; border: none; }"


class Giscus(Server):
    """Serves the client and the widget.

    A widget asks `/api/discussions` before it speaks, so a slow answer there keeps it deaf for as
    long as a test needs. It shows its term as heading, keeps what it heard in `window.heard`, and
    has its theme in `data-theme` of its root. With `is_silent` it loads and never speaks. `error`
    is what it reports, such as "Discussion not found" (the real one says so on each page that
    nobody has commented on yet).
    """

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.is_silent = False
        self.error = ""
        self.pages = {
            "/client.js": script(_CLIENT),
            "/default.css": style(_CSS),
            "/widget": self._widget,
            "/api/discussions": self._discussions,
        }
        self.pages |= _for_each_language(self._widget)

    @property
    def widgets(self) -> list[Request]:
        """Return the requests for widgets, whose queries say what the client made of its data."""
        return [request for request in self.requests if request.path.endswith("/widget")]

    def respond(self, request: Request) -> Answer:
        answer = super().respond(request)
        # An unknown language leads to the error page of giscus, which no other site may frame.
        if answer.status == 404:
            return answer.plus(Content_Security_Policy="frame-ancestors 'self'")
        return answer

    def _widget(self, request: Request) -> Answer:
        return html(_WIDGET.replace("SILENT", json.dumps(self.is_silent)))

    def _discussions(self, request: Request) -> Answer:
        return data({"error": self.error}, 404) if self.error else data({})


def _for_each_language(widget: Page) -> dict[str, Page]:
    return {f"/{language}/widget": widget for language in LANGUAGES.split()}
