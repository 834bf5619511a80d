"""A stub of Disqus: its script and its frame, as far as a page can notice.

Known from the npm package disqus-react 1.1.7 (names, globals, callbacks, how a page cleans up) and
from Disqus' help pages (`disqus_config`, `DISQUS.reset`, the scheme by the text's colour). Made up
are the content of the frame, the words between frame and script, and that a colour which is not
written as `rgb()` counts as dark text.
"""

import re

from playwright.sync_api import BrowserContext

from tests.comments.services.http import (
    Request,
    Server,
    data,
    html,
    route_to,
    script,
    style,
)

HOSTS = re.compile(r"https://([\w-]+\.)?disqus(cdn)?\.com/")
"""The addresses that the script and the frame use; SHORTNAME.disqus.com has the script."""

_EMBED = """(() => {
  const { origin, hostname } = new URL(document.currentScript.src);
  const isReal = hostname.endsWith(".disqus.com");
  const forum = isReal ? hostname.split(".")[0] : window.disqus_shortname ?? "";
  const home = isReal ? "https://disqus.com" : origin;
  const files = isReal ? "https://c.disquscdn.com" : origin;
  let frame = null;
  let settings = null;

  function scheme(place) {
    const { color } = getComputedStyle(place);
    const channels = color.startsWith("rgb") ? color.match(/[\\d.]+/g).slice(0, 3) : [];
    return channels.some((channel) => Number(channel) > 0x78) ? "dark" : "light";
  }

  function configure(config) {
    settings = { page: {}, callbacks: {}, language: undefined, sso: undefined };
    if (config !== undefined) config.call(settings);
  }

  function call(name, ...given) {
    (settings.callbacks[name] ?? []).forEach((callback) => callback?.(...given));
  }

  function mount() {
    const place = document.getElementById("disqus_thread");
    if (!place) return;
    const { page, language = "" } = settings;
    const query = new URLSearchParams({
      f: forum,
      t_i: page.identifier ?? "",
      t_u: page.url ?? location.href,
      t_t: page.title ?? document.title,
      l: language,
      scheme: scheme(place),
    });
    frame = document.createElement("iframe");
    frame.title = "Disqus";
    frame.scrolling = "no";
    frame.style.width = "100%";
    frame.src = `${home}/embed/comments/?${query}`;
    place.replaceChildren(frame);
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = `${files}/next/embed/styles/lounge.css`;
    document.head.append(sheet);
    call("onInit");
  }

  function destroy() {
    frame?.remove();
    frame = null;
  }

  window.DISQUS = {
    reset({ reload = false, config } = {}) {
      call("preReset");
      destroy();
      if (!reload) return;
      configure(config ?? window.disqus_config);
      mount();
    },
  };

  addEventListener("message", ({ data, source, origin: from }) => {
    if (!frame || source !== frame.contentWindow || from !== home) return;
    const said = JSON.parse(data);
    if (said.name === "resize") frame.style.height = `${said.data.height}px`;
    if (said.name === "ready") ["onReady", "afterRender"].forEach((name) => call(name));
    if (said.name === "post") call("onNewComment", said.data);
  });

  configure(window.disqus_config);
  mount();
})();
"""

_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Disqus</title>
<script>
const query = new URLSearchParams(location.search);

function say(name, data = {}) {
  parent.postMessage(JSON.stringify({ scope: "host", name, data }), "*");
}

async function open() {
  document.documentElement.dataset.scheme = query.get("scheme");
  document.querySelector("h1").textContent = query.get("t_i") || query.get("t_u");
  const answer = await fetch(`/api/thread?${query}`);
  if (!answer.ok) return;
  say("resize", { height: 400 });
  say("ready");
}

addEventListener("DOMContentLoaded", () => {
  document.querySelector("button").addEventListener("click", () => {
    say("post", { id: 1, text: document.querySelector("textarea").value });
  });
  open();
});
</script></head><body>
<main><h1></h1><textarea aria-label="Comment"></textarea><button>Post</button></main>
</body></html>"""


class Disqus(Server):
    """Serves the script and the frame, on loopback or, by `route`, for Disqus' own hosts.

    The frame shows the thread as heading and has `data-scheme` (light or dark) at its root. It
    asks `/api/thread` before it says that it is ready, so a slow answer there keeps it waiting.
    """

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.pages = {
            "/embed.js": script(_EMBED),
            "/embed/comments/": html(_FRAME),
            "/api/thread": data({}),
            "/next/embed/styles/lounge.css": style(""),
        }

    @property
    def threads(self) -> list[Request]:
        """Return the requests for frames: `t_i`, `t_u` and `t_t` are identifier, URL and title."""
        return [request for request in self.requests if request.path == "/embed/comments/"]

    def route(self, context: BrowserContext) -> None:
        """Answer for disqus.com and disquscdn.com in a browser context."""
        route_to(context, HOSTS, self)
