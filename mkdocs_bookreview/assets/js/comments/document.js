/* Takes care of comments that are part of our document: hides what readers marked as a spoiler, keeps
   what they typed, says when a comment was not sent, and gives headings a rank and controls a name. */
import { element } from "./shared.js";

/** Milliseconds after which a comment counts as not sent. */
const PATIENCE = 15_000;

/**
 * Cares for all that is below `place` until `signal` aborts, also for what comes later.
 * `comment` and `form` are selectors: of the text of a comment, and of what a comment is written in.
 * `names` maps selectors of controls without a name to their names.
 */
export function care(place, { signal, thread, texts, comment, form, names = {} }) {
  const observer = new MutationObserver(look);
  const options = { childList: true, subtree: true };
  const find = (selector) => place.querySelectorAll(selector);
  function look() {
    // What is changed here would be seen as a change, and this would never end.
    observer.disconnect();
    if (comment) find(`:is(${comment}) :is(.spoiler, details)`).forEach((found) => seal(found, texts));
    rank(place);
    nameControls(place, names);
    if (form) find(`:is(${form}) textarea`).forEach((box) => {
      keepText(box, form, thread, texts);
      forgetIfShown(box, [...find(comment)].filter((shown) => !shown.closest(form)), thread);
    });
    if (!signal.aborted) observer.observe(place, options);
  }
  signal.addEventListener("abort", () => observer.disconnect());
  place.addEventListener("click", keepFromNavigation);
  look();
}

/** Instant navigation would follow a link without a target, by which a widget means a button, and load
    the page anew. */
function keepFromNavigation(event) {
  if (!event.target.closest("a[href='#']")) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Numbers the spoilers of a visit; a browser makes random names only on sites with HTTPS. */
let count = 0;

/** Gives a spoiler the form that ours have, which `spoilers.js` opens and closes. It belongs to no
    book: who has read this one may not know the other that a comment gives away. */
export function seal(found, texts) {
  if ("sealed" in found.dataset) return;
  const isDetails = found.localName === "details";
  const summary = isDetails ? found.querySelector(":scope > summary") : null;
  const label = summary?.textContent.trim() || texts.spoiler;
  summary?.remove();
  const tag = getComputedStyle(found).display === "inline" ? "span" : "div";
  const name = "bookreview-spoiler";
  const sealed = element(tag, { class: `${name} ${name}--inline`, "data-book": "", "data-nosnippet": "" });
  count += 1;
  const body = element(tag, { class: `${name}__body`, id: `bookreview-comment-${count}`, hidden: "" });
  const button = element("button", { type: "button", "aria-controls": body.id, "aria-expanded": "false" });
  button.textContent = label;
  body.append(...found.childNodes);
  sealed.append(button, body);
  if (isDetails) return found.replaceWith(sealed);
  found.dataset.sealed = "";
  found.append(sealed);
}

/** The first rank below our own heading is the third. */
function rank(place) {
  const headings = [...place.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const first = Math.min(...headings.map(({ localName }) => +localName[1]));
  headings.forEach((heading) => {
    heading.setAttribute("aria-level", Math.min(6, 3 + +heading.localName[1] - first));
  });
}

function nameControls(place, names) {
  Object.entries(names).forEach(([selector, name]) => {
    const nameless = place.querySelectorAll(`:is(${selector}):not([aria-label])`);
    nameless.forEach((control) => control.setAttribute("aria-label", name));
  });
}

/** Where `sessionStorage` has what was typed: this, the thread, `#`, and the place in the thread. */
const DRAFTS = "bookreview:draft:";

/** The same for a text that was submitted, until its form says what became of it. */
const SENT = "bookreview:sent:";

/** Returns the place of a field: a reply has one of its own below the comment that it answers. */
const placeOf = (box, thread) => `${thread}#${box.closest("[id]:not(textarea)")?.id ?? ""}`;

/** Says if a text was typed on another page of this visit, where it waits for the reader. */
export function waitsElsewhere(text, thread) {
  try {
    const drafts = Object.entries(sessionStorage).filter(([name]) => name.startsWith(DRAFTS));
    return drafts.some(([name, draft]) => !name.startsWith(`${DRAFTS}${thread}#`) && draft === text);
  } catch {
    return false;
  }
}

/** Fields that are cared for. */
const kept = new WeakSet();

function keepText(box, form, thread, texts) {
  if (kept.has(box)) return;
  kept.add(box);
  const own = placeOf(box, thread);
  const name = DRAFTS + own;
  const whole = box.closest(form);
  const draft = read(name);
  if (draft && !box.value) {
    box.value = draft;
    // Some services keep what is in the field on their own, and look only when somebody types.
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.addEventListener("input", () => write(name, box.value));
  whole.addEventListener("click", ({ target }) => {
    const button = target.closest("[type=submit]");
    // The service's own listener is asked first, because it says by `disabled` that it sends.
    if (button) setTimeout(() => button.disabled && watch(button, box, whole, own, texts));
  });
}

/** Returns a text without what Markdown makes HTML of, because it is compared with that HTML. */
const bare = (text) => text.replace(/\]\([^)]*\)/g, "").replace(/[\s\p{P}`~<>|^=+$]/gu, "");

function bareComment(shown) {
  const copy = shown.cloneNode(true);
  copy.querySelectorAll(".bookreview-spoiler > button").forEach((button) => button.remove());
  return bare(copy.textContent);
}

/** Drops a draft that was sent and is among the comments. Its form cannot do this, because it no
    longer exists if the reader went to another page before the answer came. */
function forgetIfShown(box, comments, thread) {
  const own = placeOf(box, thread);
  const sent = read(SENT + own);
  const wanted = bare(sent);
  if (!wanted || !comments.some((shown) => bareComment(shown) === wanted)) return;
  write(SENT + own, "");
  if (read(DRAFTS + own) === sent) write(DRAFTS + own, "");
  if (box.value !== sent) return;
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Follows a comment on its way. The service has taken it if the field is empty in the end. */
function watch(button, box, whole, own, texts) {
  write(SENT + own, box.value);
  const note = (isLost) => {
    whole.querySelector(".bookreview-comments__unsent")?.remove();
    if (!isLost) return;
    const message = element("p", { class: "bookreview-comments__unsent", role: "alert" });
    message.textContent = texts.unsent;
    whole.append(message);
  };
  note(false);
  const timer = setTimeout(note, PATIENCE, true);
  const observer = new MutationObserver(() => {
    if (button.disabled) return;
    observer.disconnect();
    clearTimeout(timer);
    note(box.value);
    write(SENT + own, "");
    write(DRAFTS + own, box.value);
  });
  observer.observe(button, { attributeFilter: ["disabled"] });
}

function read(name) {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function write(name, text) {
  try {
    if (text) sessionStorage.setItem(name, text);
    else sessionStorage.removeItem(name);
  } catch {
    // The browser keeps nothing.
  }
}
