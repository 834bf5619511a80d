/* Filters and sorts the list of Browse. Without this script the list shows all reviews, and there is
   no form. The choice is kept in the address, so that a view can be linked and gone back to. Fields
   have no `name`, because a form exposes named fields as its own properties. */
(() => {
  "use strict";

  const form = document.querySelector(".bookreview-browse");
  const list = document.querySelector(".bookreview-browse__rows");
  if (!form || !list) return;

  const [output, reset, find, all, more] = [
    "output",
    "[type=reset]",
    ".bookreview-browse__find",
    ".bookreview-browse__all",
    ".bookreview-browse__more",
  ].map((selector) => form.querySelector(selector));
  const fields = [...form.querySelectorAll("[data-key]")];
  const field = (key) => fields.find(({ dataset }) => dataset.key === key);
  const [text, rating, order] = ["text", "rating", "sort"].map(field);
  const themes = fields.filter(({ type }) => type === "checkbox");
  // In these a reader chooses one of several options.
  const facets = fields.filter((one) => one.localName === "select" && one !== order);
  const filters = [text, ...themes, ...facets];

  // Unicode does not decompose these letters into a plain letter and an accent.
  const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
  const fold = (words) =>
    words
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[łøđðßæœı]/g, (letter) => PLAIN[letter]);
  const split = (words) => fold(words).split(/\s+/).filter(Boolean);
  const numbers = (words) => (words ? words.split(" ").map(Number) : []);

  const rows = [...list.children].map((element, place) => ({
    element,
    has: new Set(numbers(element.dataset.has)),
    places: [place, ...numbers(element.dataset.places)],
    rating: Number(element.dataset.rating ?? 0),
    text: null,
  }));
  const names = new Map(themes.map((theme) => [theme, fold(theme.nextSibling.data)]));
  const options = facets.flatMap((facet) =>
    [...facet.options].slice(1).map((option) => ({ facet, option, name: option.text })),
  );
  let sorted = 0;

  const isSet = (one) => (one.type === "checkbox" ? one.checked : one.value);
  const isRated = (row, least) => (least === "none" ? !row.rating : row.rating >= Number(least));
  const hasOption = (row, facet, { value, dataset }) =>
    facet === rating ? isRated(row, value) : row.has.has(Number(dataset.number));

  // As the styles have it, which decide before this script has run.
  const narrow = matchMedia("(max-width: 30em)");
  const countCommon = () => Number(narrow.matches ? all?.dataset.onPhones : all?.dataset.most);
  const isExpanded = () => all.getAttribute("aria-expanded") === "true";

  /** Return a test for each filter that is set: whether a row passes it. */
  function listTests() {
    const words = split(text.value);
    const isFound = (row) => {
      row.text ??= fold(row.element.querySelector(".bookreview-browse__book").textContent);
      return words.every((word) => row.text.includes(word));
    };
    return [
      ...(words.length ? [[text, isFound]] : []),
      ...themes
        .filter(isSet)
        .map((theme) => [theme, (row) => row.has.has(Number(theme.dataset.number))]),
      ...facets
        .filter(isSet)
        .map((facet) => [facet, (row) => hasOption(row, facet, facet.selectedOptions[0])]),
    ];
  }

  function update() {
    const tests = listTests();
    const shown = [];
    // Rows that one facet alone hides: its other options are counted with them.
    const hiddenBy = new Map(facets.map((facet) => [facet, []]));
    for (const row of rows) {
      const failed = tests.filter(([, isPassed]) => !isPassed(row));
      const isShown = !failed.length;
      if (row.element.hidden === isShown) row.element.hidden = !isShown;
      if (isShown) shown.push(row);
      else if (failed.length === 1) hiddenBy.get(failed[0][0])?.push(row);
    }
    showThemes(shown);
    for (const [facet, hidden] of hiddenBy) showOptions(facet, [...shown, ...hidden]);
    showCount(shown.length);
    sort(order.selectedIndex);
  }

  function countOptions(found) {
    const counts = new Map();
    for (const row of found) for (const one of row.has) counts.set(one, (counts.get(one) ?? 0) + 1);
    return ({ dataset }) => counts.get(Number(dataset.number)) ?? 0;
  }

  function showThemes(shown) {
    const count = countOptions(shown);
    const isKept = (theme) => theme.checked || theme === document.activeElement;
    const needed = themes.filter((theme) => count(theme) || isKept(theme));
    const words = split(find?.value ?? "");
    const isFound = (theme) => words.every((word) => names.get(theme).includes(word));
    const isOpen = !all || words.length || isExpanded();
    // The sort is stable, so the first of two that are as common is the one that comes first.
    const common = [...needed].sort((a, b) => count(b) - count(a)).slice(0, countCommon());
    const visible = new Set((isOpen ? needed : common).filter(isFound));
    for (const theme of themes) {
      theme.parentElement.removeAttribute("data-wide");
      theme.parentElement.hidden = !visible.has(theme) && !isKept(theme);
      theme.nextElementSibling.textContent = count(theme);
    }
    if (!all) return;
    all.hidden = words.length > 0 || needed.length <= countCommon();
    all.textContent = isExpanded() ? all.dataset.fewer : all.dataset.more.replace("{n}", needed.length);
  }

  /** Write behind each option how many of the rows have it, and offer only those with some. */
  function showOptions(facet, found) {
    const count =
      facet === rating
        ? ({ value }) => found.filter((row) => isRated(row, value)).length
        : countOptions(found);
    for (const { option, name } of options.filter((one) => one.facet === facet)) {
      const label = `${name} (${count(option)})`;
      if (option.text !== label) option.text = label;
      // Also disabled, because Safari shows options that are hidden.
      option.hidden = option.disabled = !count(option) && !option.selected;
    }
  }

  function showCount(shown) {
    const { all: whole, none, text: some } = output.dataset;
    const found = shown ? some.replace("{shown}", shown) : none;
    output.textContent = shown === rows.length ? whole : found;
    reset.hidden = !filters.some(isSet);
    const count = facets.filter(isSet).length;
    if (more) more.querySelector("span").textContent = count ? `(${count})` : "";
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
    if (facets.some(isSet)) more.open = true;
    update();
  }

  function write(isStep) {
    const said = fields.filter(isSet);
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
  listen(form, "change", ({ target }) => {
    if (target !== text && target !== find) write(true);
  });
  listen(form, "click", ({ target }) => {
    if (target !== all) return;
    all.setAttribute("aria-expanded", !isExpanded());
    update();
  });
  listen(form, "submit", (event) => event.preventDefault());
  listen(form, "reset", () => {
    const kept = order.value;
    // The fields are empty when this is over. The order is not a filter, so it stays.
    setTimeout(() => {
      order.value = kept;
      update();
      write(true);
      output.focus(); // because the button is hidden now
    });
  });
  listen(narrow, "change", update);
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
