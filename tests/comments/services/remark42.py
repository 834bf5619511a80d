"""A stub of Remark42: its script, its frame and as much of its API as both need.

Known from frontend/apps/remark42/app (embed.ts, remark.tsx, utils/create-iframe.ts,
utils/post-message.ts, components/root) of github.com/umputun/remark42. Made up are the content of
the frame, that it speaks after it has asked the API, and the answer for an unknown site.
"""

from tests.comments.services.http import Answer, Request, Server, data, html, script

_EMBED = """let release = null;

function createInstance(config) {
  const root = document.getElementById("remark42");
  if (!root) throw new Error("Remark42: Can't find root node.");
  if (!window.remark_config) throw new Error("Remark42: Config object is undefined.");
  if (!window.remark_config.site_id) throw new Error("Remark42: Site ID is undefined.");
  [config.url] = (config.url || location.origin + location.pathname).split("#");

  const frame = root.querySelector(":scope > iframe[data-remark42-iframe]") ?? createFrame(config);
  root.append(frame);
  release?.();

  const listening = new AbortController();
  const { signal } = listening;
  const tell = (words) => frame.contentWindow?.postMessage(words, "*");
  const tellHash = (hash) => hash.startsWith("#remark42__comment-") && tell({ hash });

  addEventListener("message", ({ data, source }) => {
    if (source !== frame.contentWindow) return;
    if (typeof data?.height === "number") frame.style.height = `${data.height}px`;
    if (typeof data?.scrollTo === "number") {
      scrollTo(scrollX, data.scrollTo + frame.getBoundingClientRect().top + scrollY);
    }
    if (data?.inited === true) {
      [...root.childNodes].filter((node) => node !== frame).forEach((node) => node.remove());
      tellHash(location.hash);
      tell({ title: document.title });
    }
  }, { signal });
  addEventListener("hashchange", ({ newURL }) => tellHash(new URL(newURL).hash), { signal });
  document.addEventListener("click", ({ target }) => {
    if (!frame.contains(target)) tell({ clickOutside: true });
  }, { signal });
  const titles = new MutationObserver(() => tell({ title: document.title }));
  const title = document.querySelector("title");
  if (title) titles.observe(title, { subtree: true, characterData: true, childList: true });
  const stop = () => {
    listening.abort();
    titles.disconnect();
  };
  release = stop;

  function changeTheme(theme) {
    window.remark_config.theme = theme;
    frame.style.colorScheme = theme;
    tell({ theme });
  }

  function destroy() {
    stop();
    if (release === stop) release = null;
    frame.remove();
  }

  window.REMARK42.changeTheme = changeTheme;
  window.REMARK42.destroy = () => {
    destroy();
    delete window.REMARK42.changeTheme;
    delete window.REMARK42.destroy;
  };
  return { changeTheme, destroy };
}

function createFrame({ __colors__, styles, styling, ...config }) {
  const frame = document.createElement("iframe");
  frame.setAttribute("data-remark42-iframe", "");
  frame.src = `${window.remark_config.host}/web/iframe.html?${new URLSearchParams(config)}`;
  frame.name = JSON.stringify({ __colors__ });
  frame.tabIndex = 0;
  frame.title = "Comments | Remark42";
  Object.assign(frame.style, { height: "100%", width: "100%", border: "none", overflow: "hidden" });
  return frame;
}

function init() {
  window.REMARK42 ||= {};
  window.REMARK42.createInstance = createInstance;
  createInstance(window.remark_config);
  dispatchEvent(new Event("REMARK42::ready"));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", init);
else init();
"""

_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Remark42</title>
<script>
window.heard = [];
const query = new URLSearchParams(location.search);
const say = (words) => parent.postMessage(words, "*");

function paint(theme) {
  document.body.classList.toggle("dark", theme === "dark");
  document.documentElement.style.colorScheme = theme;
}

addEventListener("message", ({ data, source }) => {
  if (source !== parent) return;
  heard.push(data);
  if (data.theme) paint(data.theme);
});

async function open() {
  paint(query.get("theme") === "dark" ? "dark" : "light");
  document.querySelector("h1").textContent = query.get("url");
  const site = `site=${encodeURIComponent(query.get("site_id"))}`;
  const config = await fetch(`/api/v1/config?${site}`);
  const url = encodeURIComponent(query.get("url"));
  const found = await fetch(`/api/v1/find?${site}&url=${url}&sort=-active&format=tree`);
  if (!config.ok || !found.ok) return;
  (await found.json()).comments.forEach(({ comment }) => {
    const item = document.querySelector("ul").appendChild(document.createElement("li"));
    item.id = `remark42__comment-${comment.id}`;
    item.innerHTML = comment.text;
  });
  say({ inited: true });
  say({ height: 350 });
}

addEventListener("DOMContentLoaded", open);
</script></head><body>
<main><h1></h1><textarea aria-label="Comment"></textarea><ul></ul></main>
</body></html>"""


class Remark42(Server):
    """Serves `/web/embed.mjs`, `/web/iframe.html` and `/api/v1/…` for the site `site_id`.

    The frame shows the thread's URL as heading and keeps what it heard in `window.heard`. It asks
    the API before it speaks, so that a slow or failing `/api/v1/*` keeps it silent, and another
    site too. `comments` are those of each thread, as HTML, by its URL.
    """

    def __init__(self, site_id: str = "shelf", port: int = 0) -> None:
        super().__init__(port)
        self.site_id = site_id
        self.comments: dict[str, list[str]] = {}
        self.pages = {
            "/web/embed.mjs": script(_EMBED),
            "/web/iframe.html": html(_FRAME),
            "/api/v1/config": self._config,
            "/api/v1/find": self._find,
            "/api/v1/counts": data([]),
        }

    @property
    def frames(self) -> list[Request]:
        """Return the requests for frames, whose queries have the options of the page."""
        return [request for request in self.requests if request.path == "/web/iframe.html"]

    def _config(self, request: Request) -> Answer:
        if request.query.get("site") != self.site_id:
            return data({"error": "site not found", "code": 8}, 400)
        return data({"version": "stub", "edit_duration": 300, "auth_providers": ["anonymous"]})

    def _find(self, request: Request) -> Answer:
        url = request.query["url"]
        texts = enumerate(self.comments.get(url, []), 1)
        nodes = [{"comment": {"id": str(number), "text": text}} for number, text in texts]
        return data({"comments": nodes, "info": {"url": url, "count": len(nodes)}})
