/* Filters and sorts the list of Browse. Without this script the list shows all reviews, and there is
   no form. The choice is kept in the address, so that a view can be linked and gone back to. Fields
   have no `name`, because a form exposes named fields as its own properties. */
(() => {
  "use strict";

  const form = document.querySelector(".bookreview-browse");
  const list = document.querySelector(".bookreview-browse__rows");
  if (!form || !list) return;

  const output = form.querySelector("output");
  const fields = [...form.querySelectorAll("[data-key]")];
  const options = [...form.querySelectorAll("[data-number]")];
  const themes = options.filter((option) => option.localName === "input");
  const field = (key) => fields.find(({ dataset }) => dataset.key === key);
  const [text, rating, order] = ["text", "rating", "sort"].map(field);

  // Unicode does not decompose these letters into a plain letter and an accent.
  const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
  const fold = (words) =>
    words
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[łøđðßæœı]/g, (letter) => PLAIN[letter]);
  const numbers = (words) => (words ? words.split(" ").map(Number) : []);

  const rows = [...list.children].map((element, place) => ({
    element,
    has: new Set(numbers(element.dataset.has)),
    places: [place, ...numbers(element.dataset.places)],
    rating: Number(element.dataset.rating ?? 0),
    text: null,
  }));
  let sorted = 0;

  const isChosen = (option) => option.checked || option.selected;

  function shows(row, chosen, query) {
    const least = rating?.value;
    if (least === "none" ? row.rating : row.rating < Number(least ?? 0)) return false;
    if (!chosen.every((number) => row.has.has(number))) return false;
    row.text ??= query.length ? fold(row.element.firstElementChild.textContent) : null;
    return query.every((word) => row.text.includes(word));
  }

  function update() {
    const chosen = options.filter(isChosen).map((option) => Number(option.dataset.number));
    const query = fold(text.value).split(/\s+/).filter(Boolean);
    const counts = new Map();
    let shown = 0;
    for (const row of rows) {
      const isShown = shows(row, chosen, query);
      if (row.element.hidden === isShown) row.element.hidden = !isShown;
      if (!isShown) continue;
      shown += 1;
      for (const number of row.has) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    for (const theme of themes) {
      const count = counts.get(Number(theme.dataset.number)) ?? 0;
      const isNeeded = count || theme.checked || theme === document.activeElement;
      theme.parentElement.hidden = !isNeeded;
      theme.nextElementSibling.textContent = count;
    }
    output.textContent = output.dataset.text.replace("{shown}", shown);
    sort(order.selectedIndex);
  }

  /** By places: the first are those of the page as it came, the others those of the choices. */
  function sort(by) {
    if (by === sorted) return;
    sorted = by;
    list.append(...rows.sort((a, b) => a.places[by] - b.places[by]).map((row) => row.element));
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const one of fields) {
      const { key } = one.dataset;
      if (one.type === "checkbox") one.checked = asked.getAll(key).includes(one.value);
      else one.value = asked.get(key) ?? "";
      // What the form does not know is as if it were not said.
      if (one.localName === "select" && one.selectedIndex < 0) one.value = "";
    }
    update();
  }

  function write(isStep) {
    const said = fields.filter((one) => (one.type === "checkbox" ? one.checked : one.value));
    const asked = new URLSearchParams(said.map((one) => [one.dataset.key, one.value]));
    const address = `${location.pathname}${said.length ? `?${asked}` : ""}${location.hash}`;
    if (isStep) history.pushState(history.state, "", address);
    else history.replaceState(history.state, "", address);
  }

  const listen = (target, type, listener, capture = false) => {
    const { addEventListener } = EventTarget.prototype;
    addEventListener.call(target, type, function heard(event) {
      if (form.isConnected) listener(event);
      else target.removeEventListener(type, heard, capture);
    }, capture);
  };

  listen(form, "input", ({ target }) => {
    update();
    if (target === text) write(false);
  });
  listen(form, "change", ({ target }) => target === text || write(true));
  listen(form, "submit", (event) => event.preventDefault());
  listen(form, "reset", () => {
    // The fields are empty when this is over.
    setTimeout(() => {
      update();
      write(true);
    });
  });
  listen(window, "popstate", read);
  // Material's instant navigation takes a link to another view for one to the page that is there.
  listen(
    document,
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      const isPlain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      if (!link || !isPlain || link.target || link.hash || link.origin !== location.origin) return;
      if (link.protocol !== location.protocol || link.pathname !== location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      history.pushState(history.state, "", link.href);
      read();
    },
    true,
  );
  read();
})();
