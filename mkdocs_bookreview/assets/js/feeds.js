/* Material takes every `link[rel=alternate]` for the site in another language, and asks for a
   `sitemap.xml` beside it when the document is ready. A feed has none, and the answer "not found"
   is an error in the console. So links to feeds have a second word in `rel` until the page is
   loaded. The source of the page stays as readers of feeds look for it. */
(() => {
  "use strict";

  if (document.readyState === "complete") return;
  const feeds = document.querySelectorAll("link[rel=alternate][type$='+xml']");
  feeds.forEach(({ relList }) => relList.add("feed"));
  addEventListener("load", () => feeds.forEach(({ relList }) => relList.remove("feed")));
})();
