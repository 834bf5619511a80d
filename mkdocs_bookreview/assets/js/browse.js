/* Shows of a list what a reader chooses. Without this script the list has all, and the form is not
   there. What is chosen stands in the address, so that a view can be linked and gone back to. */
(() => {
  "use strict";

  const form = document.querySelector(".bookreview-browse");
  const list = document.querySelector(".bookreview-browse__rows");
  if (!form || !list) return;

  const SORTS = ["title", "author", "rating"]; // as the places of a row
  const output = form.querySelector("output");
  const options = [...form.querySelectorAll("[data-number]")];
  const themes = options.filter((option) => option.localName === "input");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const numbers = (text) => (text ? text.split(" ").map(Number) : []);

  const rows = [...list.children].map((element, place) => ({
    element,
    has: new Set(numbers(element.dataset.has)),
    places: [...numbers(element.dataset.places), place],
    rating: Number(element.dataset.rating ?? 0),
    text: null,
  }));
  let sorted = "";

  const isChosen = (option) => option.checked || option.selected;
  const words = () => fold(form.elements.q.value).split(/\s+/).filter(Boolean);

  function shows(row, chosen, least, query) {
    if (row.rating < least || !chosen.every((number) => row.has.has(number))) return false;
    row.text ??= query.length ? fold(row.element.textContent) : null;
    return query.every((word) => row.text.includes(word));
  }

  function update() {
    const chosen = options.filter(isChosen).map((option) => Number(option.dataset.number));
    const least = Number(form.elements.rating?.value ?? 0);
    const query = words();
    const counts = new Map();
    let shown = 0;
    for (const row of rows) {
      const isShown = shows(row, chosen, least, query);
      if (row.element.hidden === isShown) row.element.hidden = !isShown;
      if (!isShown) continue;
      shown += 1;
      for (const number of row.has) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    for (const theme of themes) {
      const count = counts.get(Number(theme.dataset.number)) ?? 0;
      theme.parentElement.hidden = !count && !theme.checked;
      theme.nextElementSibling.textContent = count;
    }
    output.textContent = output.dataset.text.replace("{shown}", shown);
    sort();
  }

  function sort() {
    const { value } = form.elements.sort;
    if (value === sorted) return;
    sorted = value;
    const by = value ? SORTS.indexOf(value) : SORTS.length;
    list.append(...rows.sort((a, b) => a.places[by] - b.places[by]).map((row) => row.element));
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = asked.getAll(field.name).includes(field.value);
      else if (field.name) field.value = asked.get(field.name) ?? "";
      // What the form does not know is as if it were not said.
      if (field.localName === "select" && field.selectedIndex < 0) field.value = "";
    }
    update();
  }

  function write(isStep) {
    const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const address = `${location.pathname}${said.size ? `?${said}` : ""}${location.hash}`;
    if (isStep) history.pushState(history.state, "", address);
    else history.replaceState(history.state, "", address);
  }

  const isText = (event) => event.target.type === "search";
  form.addEventListener("input", (event) => {
    update();
    if (isText(event)) write(false);
  });
  form.addEventListener("change", (event) => isText(event) || write(true));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    // The fields are empty when this is over.
    setTimeout(() => {
      update();
      write(true);
    });
  });
  addEventListener("popstate", function back() {
    if (form.isConnected) read();
    else removeEventListener("popstate", back);
  });
  read();
})();
