/* Without this script spoilers are closed and can be opened: blocks as <details>, others as
   popovers. It opens the latter in their line, sees to it that only readers open blocks, and opens
   what a reader has passed. How far that is stays in the browser: an item for each book. */
(() => {
  "use strict";

  // Some themes load each script twice, and a click would open a spoiler and close it at once.
  const RUNS = Symbol.for("bookreview.spoilers");
  if (window[RUNS]) return;
  window[RUNS] = true;

  const SPOILER = ".bookreview-spoiler";
  const CLOSED = `${SPOILER}:not([data-revealed])`;
  const CONTROL = ".bookreview-control";

  /** What the browser refuses to keep holds until the page is left. */
  const unkept = {};

  const all = (selector) => document.querySelectorAll(selector);
  /** Live, because an opened spoiler may bring others with it, which a loop comes to then. */
  const spoilers = document.getElementsByClassName(SPOILER.slice(1));

  const bookOf = (element) =>
    (element.closest("[data-book]") ?? document.querySelector(CONTROL))?.dataset.book;

  const load = (book) => {
    const name = `bookreview:${book}`;
    try {
      return { ...(unkept[name] ?? JSON.parse(localStorage.getItem(name))) };
    } catch {
      return {};
    }
  };

  const save = (book, at) => {
    const name = `bookreview:${book}`;
    try {
      localStorage.setItem(name, JSON.stringify(at));
    } catch {
      unkept[name] = at;
    }
  };

  /** Opens or closes an element as its `data-revealed` says. */
  const sync = (spoiler) => {
    const open = "revealed" in spoiler.dataset;
    const [first, second] = spoiler.children;
    if (second) {
      const [control, body] = first.localName === "button" ? [first, second] : [second, first];
      control.removeAttribute("popovertarget");
      control.setAttribute("aria-controls", body.id);
      control.setAttribute("aria-expanded", open);
      body.removeAttribute("popover");
      body.hidden = !open;
      // The button, which keeps its focus, becomes an icon after the words.
      if (open === (first === control)) spoiler[open ? "prepend" : "append"](body);
    } else if (first?.localName === "details") {
      // Find in page opens what it finds, and a copy takes it along, but not what is inert.
      first.lastElementChild.inert = !open;
      if (first.open !== open) first.open = open;
    }
  };

  /** `by` is who opens it, `hand` or `progress`; nobody closes it. */
  const reveal = (spoiler, by) => {
    if (by) {
      spoiler.dataset.revealed = by;
      // If its text is encoded, `decode.js` puts it in now, and the spoilers in it.
      spoiler.dispatchEvent(new Event("bookreview:reveal", { bubbles: true }));
      spoiler.querySelectorAll(SPOILER).forEach(begin);
    } else delete spoiler.dataset.revealed;
    sync(spoiler);
  };

  /** Only where this changes: what readers closed by hand stays closed. */
  const pass = (spoiler) => {
    const { progress, chapter, revealed } = spoiler.dataset;
    const book = bookOf(spoiler);
    const at = book ? load(book) : {};
    const passed = !!at.read || parseFloat(progress) <= at.progress || +chapter <= at.chapter;
    if (passed === "passed" in spoiler.dataset) return;
    spoiler.toggleAttribute("data-passed", passed);
    if (passed ? !revealed : revealed === "progress") reveal(spoiler, passed && "progress");
  };

  const begin = (spoiler) => {
    sync(spoiler);
    pass(spoiler);
  };

  const tell = () => {
    const closed = document.querySelector(CLOSED);
    // What is open in a closed one is not shown.
    const shown = all(`${SPOILER}[data-revealed]:not(${CLOSED} *)`).length;
    all(`${CONTROL} output`).forEach((output) => {
      const text = output.dataset.text.replace("{open}", shown);
      if (output.textContent !== text) output.textContent = text;
    });
    all(`${CONTROL} button`).forEach((button) => {
      button.textContent = closed ? button.dataset.show : button.dataset.hide;
    });
  };

  const update = () => {
    all(`${CONTROL} input`).forEach((input) => {
      const { name, max } = input;
      const book = bookOf(input);
      const at = load(book);
      if (name === "chapter" && max && at.progress && !at.chapter) {
        // It was said in per cent, before the book's chapters were counted.
        at.chapter = Math.floor((at.progress * max) / 100);
        save(book, at);
      }
      if (name === "read") input.checked = at.read;
      else input.value = at[name] || "";
    });
    for (const spoiler of spoilers) pass(spoiler);
    tell();
  };

  const note = ({ name, value, max, checked }, book) => {
    const at = load(book);
    if (name === "read") at.read = checked;
    else {
      delete at.chapter;
      delete at.progress;
      if (value) at[name] = +value;
      // A percentage is kept too, because other pages may not know the number of chapters.
      if (value && max) at.progress = (value * 100) / max;
    }
    save(book, at);
  };

  document.addEventListener("change", ({ target }) => {
    if (!target.closest?.(CONTROL) || !target.reportValidity()) return;
    note(target, bookOf(target));
    update();
  });

  document.addEventListener("click", (event) => {
    const switched = event.target.closest?.(
      `${SPOILER} > details > summary, ${SPOILER}--inline > button, ${CONTROL} button`,
    );
    if (!switched || (switched.localName === "summary" && event.target.closest("a"))) return;
    event.preventDefault();
    const spoiler = switched.closest(SPOILER);
    if (spoiler) reveal(spoiler, !("revealed" in spoiler.dataset) && "hand");
    else {
      const closed = document.querySelector(CLOSED);
      for (const one of spoilers) reveal(one, closed && "hand");
    }
    tell();
  });

  // Whatever else opens a block (an address, printing, a search) is undone. The event does not bubble.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.matches?.(`${SPOILER} > details`)) sync(target.parentElement);
    },
    true,
  );

  const init = () => {
    for (const spoiler of spoilers) sync(spoiler);
    update();
  };

  // Another page or window may have said more.
  addEventListener("storage", update);
  addEventListener("pageshow", update);
  if (window.document$) window.document$.subscribe(init);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", init);
  else init();
})();
