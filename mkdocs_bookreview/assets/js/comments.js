/* Brings a comment section to life. What to load and how is data in the page: `data-embed`. */
(() => {
  "use strict";

  const PATIENCE = 15_000;
  const LIGHT_TEXT = 128;

  /** The widget on this page: {section, embed, theme, told}. */
  let current = null;

  /** Scripts that are loaded once and stay: address -> {loading, loaded}. */
  const kept = new Map();

  const part = (section, name) => section.querySelector(`.bookreview-comments__${name}`);

  function begin() {
    const section = document.querySelector(".bookreview-comments[data-embed]");
    if (!section || section.dataset.state) return;
    current = null;
    const embed = JSON.parse(section.dataset.embed);
    if (location.protocol === "file:") {
      show(section, "offline");
    } else if (embed.returns && new URLSearchParams(location.search).has(embed.returns)) {
      mount(section);
      section.scrollIntoView();
    } else if (section.dataset.load === "immediate") {
      mount(section);
    } else {
      show(section, "waiting");
      if (section.dataset.load === "visible") mountWhenSeen(section);
    }
  }

  function mountWhenSeen(section) {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      mount(section);
    });
    observer.observe(section);
  }

  function show(section, state) {
    const { dataset } = section;
    const button = part(section, "button");
    dataset.state = state;
    part(section, "status").textContent = dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
    button.setAttribute("aria-disabled", state === "loading");
    if (state === "offline") button.hidden = true;
    if (state === "failed") {
      button.hidden = false;
      button.textContent = dataset.textRetry;
    }
  }

  function mount(section) {
    const embed = JSON.parse(section.dataset.embed);
    const widget = { section, embed, theme: themeOf(embed, section) };
    const isCurrent = () => current === widget && section.isConnected;
    const fail = () => {
      if (isCurrent() && section.dataset.state === "loading") show(section, "failed");
    };
    const live = part(section, "live");
    current = widget;
    show(section, "loading");
    live.replaceChildren(element(embed.node.tag, embed.node.attributes));
    whenThere(live, embed.ready, () => isCurrent() && reveal(section));
    setTimeout(fail, PATIENCE);
    start(widget, live).catch(fail);
  }

  /** A widget that comes late, after we said that it failed, is welcome still. */
  function whenThere(live, selector, act) {
    const look = () => {
      if (!live.querySelector(selector)) return;
      observer.disconnect();
      act();
    };
    const observer = new MutationObserver(look);
    observer.observe(live, { attributes: true, childList: true, subtree: true });
  }

  function reveal(section) {
    const panel = part(section, "panel");
    const focused = panel.contains(document.activeElement);
    show(section, "ready");
    panel.hidden = section.dataset.load === "click";
    if (focused) part(section, "live").focus({ preventScroll: true });
  }

  async function start({ embed, theme }, live) {
    const attributes = Object.fromEntries(
      Object.entries(embed.attributes).map(([name, value]) => [name, value === "{theme}" ? theme : value]),
    );
    if (!embed.again.length) return load(embed.script, attributes, live);
    const script = kept.get(embed.script) ?? keep(embed.script, attributes);
    // One that is still on its way finds this page by itself when it comes.
    if (script.loaded) embed.again.forEach(call);
    return script.loading;
  }

  /** It stands in the body: instant navigation replaces the page, and strangers in the head. */
  function keep(address, attributes) {
    const script = { loading: load(address, attributes, document.body), loaded: false };
    kept.set(address, script);
    script.loading.then(() => (script.loaded = true), () => kept.delete(address));
    return script;
  }

  function load(address, attributes, parent) {
    return new Promise((resolve, reject) => {
      const script = element("script", attributes);
      script.src = address;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new Error(address));
      };
      parent.append(script);
    });
  }

  function element(tag, attributes) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }

  function call(name) {
    name.split(".").reduce((owner, key) => owner[key], window)();
  }

  /** Themes differ in how they say that they are dark; all of them have light text then. */
  function isDark(node) {
    const [, ...channels] = getComputedStyle(node).color.match(/^rgba?\((\d+), (\d+), (\d+)/) ?? [];
    if (!channels.length) return matchMedia("(prefers-color-scheme: dark)").matches;
    return channels.reduce((sum, channel) => sum + Number(channel), 0) / channels.length > LIGHT_TEXT;
  }

  function themeOf(embed, node) {
    return embed.theme && embed.theme[isDark(node) ? "dark" : "light"];
  }

  function frame() {
    return current?.embed.theme && part(current.section, "live").querySelector(current.embed.theme.frame);
  }

  function tellTheme() {
    const { theme } = current.embed;
    const message = JSON.stringify(theme.message).replaceAll('"{theme}"', JSON.stringify(current.theme));
    frame()?.contentWindow?.postMessage(JSON.parse(message), theme.origin);
  }

  function followPalette() {
    if (!current?.embed.theme) return;
    const theme = themeOf(current.embed, current.section);
    if (theme === current.theme) return;
    current.theme = theme;
    tellTheme();
  }

  /** A frame hears nothing before it speaks, and forgets all when it loads anew. */
  function answer(event) {
    const target = frame();
    if (!target || event.source !== target.contentWindow || current.told) return;
    current.told = true;
    tellTheme();
  }

  function watchPage() {
    const palette = new MutationObserver(followPalette);
    const attributeFilter = ["data-md-color-scheme", "data-bs-theme", "data-theme"];
    palette.observe(document.documentElement, { attributeFilter });
    palette.observe(document.body, { attributeFilter });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", followPalette);
    addEventListener("message", answer);
    document.addEventListener("load", (event) => {
      if (current && event.target === frame()) current.told = false;
    }, true);
    document.addEventListener("click", ({ target }) => {
      const section = target.closest?.(".bookreview-comments__button")?.closest("[data-embed]");
      if (section && section.dataset.state !== "loading") mount(section);
    });
  }

  function open() {
    watchPage();
    begin();
    window.document$?.subscribe(begin);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", open);
  else open();
})();
