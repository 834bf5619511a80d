/* Loads comments when the reader wants them, by a module in `comments/`, and says what went wrong. */
(() => {
  "use strict";

  /** The comments on this page: {section, address, abort, texts, widget, dark}. */
  let current = null;

  /** Settles when nothing is being mounted: some services search the whole page for their place. */
  let turn = Promise.resolve();

  const find = () => document.querySelector(".bookreview-comments[data-embed]");
  const part = (section, name) => section.querySelector(`.bookreview-comments__${name}`);
  const linked = () => document.getElementById(location.hash.slice(1));

  /** The id of a heading may look like that of a comment. */
  const pointsIn = ({ dataset: { comment } }) =>
    comment && RegExp(comment).test(location.hash) && linked()?.localName[0] !== "h";

  function begin() {
    const section = find();
    if (current && current.section !== section) leave();
    if (!section || section.dataset.state) return;
    const { load, offline, consent, returns } = section.dataset;
    if (location.protocol === "file:") return show(section, "offline", offline);
    const unasked = load !== "click" && (!consent || window.__md_get?.("__consent")?.[consent]);
    unguardIfRead(section);
    show(section, "waiting");
    part(section, "button").hidden = unasked && !("guard" in section.dataset);
    if (new URLSearchParams(location.search).has(returns) || pointsIn(section)) {
      act(section);
      section.scrollIntoView();
    } else if (unasked && load === "immediate") mount(section);
    else if (unasked) mountWhenSeen(section);
  }

  function mountWhenSeen(section) {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      mount(section);
    });
    observer.observe(section);
  }

  /** Who has read the book, or opened the archive, needs no warning. */
  function unguardIfRead(section) {
    try {
      const { guard, passed } = section.dataset;
      if (passed || JSON.parse(localStorage.getItem(`bookreview:${guard}`)).read) unguard(section);
    } catch {} // Nothing is kept, or there is no section.
  }

  function unguard(section) {
    delete section.dataset.guard;
    part(section, "warning")?.remove();
    update(section);
  }

  function act(section) {
    unguard(section);
    mount(section);
  }

  function show(section, state, text = "") {
    section.dataset.state = state;
    part(section, "status").textContent = text.replace("{host}", section.dataset.host);
    update(section);
  }

  /** Comments behind the warning can be neither read nor reached. */
  function update(section) {
    const { state, load, guard } = section.dataset;
    const isOpen = state === "ready" && guard == null;
    const panel = part(section, "panel");
    const live = part(section, "live");
    const button = part(section, "button");
    const hadFocus = panel.contains(document.activeElement);
    live.inert = !isOpen;
    button.setAttribute("aria-disabled", state === "loading");
    if (state === "offline" || isOpen) button.hidden = true;
    panel.hidden = isOpen && load === "click";
    if (isOpen && hadFocus) live.focus({ preventScroll: true });
  }

  function leave() {
    const { abort, widget } = current ?? {};
    current = null;
    abort?.abort();
    try {
      widget?.destroy?.();
    } catch {} // Instant navigation has removed it already.
  }

  function mount(section) {
    if (current?.section === section && section.dataset.state !== "failed") return;
    leave();
    const address = new URL(section.dataset.site, location.href);
    const mine = (current = { section, address, abort: new AbortController() });
    show(section, "loading");
    const timer = setTimeout(fail, 15_000, mine, {});
    turn = turn
      .then(() => fill(mine))
      .then(() => ready(mine), (error) => fail(mine, error))
      .finally(() => clearTimeout(timer));
  }

  async function fill(mine) {
    const { section, address, abort: { signal } } = mine;
    const { adapter, options, texts } = await (await fetch(address, { signal })).json();
    mine.texts = texts;
    if (section.dataset.state === "loading") show(section, "loading", texts.loading);
    const { default: start } = await import(new URL(adapter, address));
    signal.throwIfAborted();
    const place = document.createElement("div");
    part(section, "live").replaceChildren(place);
    const { embed, thread } = section.dataset;
    const dark = (mine.dark = isDark(section));
    const widget = await start({
      place, dark, signal, thread, texts, options: { ...options, ...JSON.parse(embed) },
    });
    if (signal.aborted) widget.destroy?.();
    else mine.widget = widget;
  }

  /** Comments are welcome even after we said that they failed. */
  function ready(mine) {
    if (mine !== current) return;
    show(mine.section, "ready");
    followPalette();
    if (pointsIn(mine.section)) linked()?.scrollIntoView();
  }

  function fail(mine, { message }) {
    const { section, texts } = mine;
    const { state, failed, page } = section.dataset;
    if (mine !== current || state !== "loading") return;
    show(section, "failed", texts ? (texts[message] ?? texts.silent) : failed);
    const button = part(section, "button");
    button.hidden = false;
    if (!texts) return;
    button.textContent = texts.retry;
    if (!page) return;
    const link = document.createElement("a");
    link.href = page;
    link.textContent = texts.page;
    part(section, "status").append(" ", link);
  }

  /** Dark themes have light text. It is painted, because its colour is written in many ways. */
  function isDark(node) {
    const paper = document.createElement("canvas").getContext("2d");
    paper.fillStyle = getComputedStyle(node).color;
    paper.fillRect(0, 0, 1, 1);
    const [red, green, blue] = paper.getImageData(0, 0, 1, 1).data;
    return red + green + blue > 382;
  }

  function followPalette() {
    const { section, widget, dark } = current ?? {};
    if (!widget || isDark(section) === dark) return;
    current.dark = !dark;
    widget.dark?.(!dark);
  }

  function open() {
    // Themes keep their palette in either.
    const palette = new MutationObserver(followPalette);
    palette.observe(document.documentElement, { attributes: true });
    palette.observe(document.body, { attributes: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", followPalette);
    document.addEventListener("click", ({ target }) => {
      if (target.closest?.(".bookreview-comments__button")) act(find());
    });
    document.addEventListener("change", () => unguardIfRead(find()));
    addEventListener("hashchange", () => {
      const section = find();
      if (section && pointsIn(section)) act(section);
    });
    begin();
    window.document$?.subscribe(begin);
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", open);
  else open();
})();
