/* Opens the archived comments for readers who follow a link to one of them, or who have read the
   book. Without this script they are closed and can be opened. */
(() => {
  "use strict";

  const ARCHIVE = ".bookreview-archive > details";

  /** Find in page opens what it finds, but not what is inert. */
  const sync = (archive) => {
    archive.lastElementChild.inert = !archive.open;
  };

  /** Opens an archive for its reader. Material opens all `details` for printing, too. */
  const ask = (archive) => {
    archive.open = true;
    archive.dataset.asked = "";
    sync(archive);
  };

  const open = () => document.querySelectorAll(ARCHIVE).forEach(ask);

  const hasRead = (book) => {
    try {
      return JSON.parse(localStorage.getItem(`bookreview:${book}`)).read;
    } catch {
      return false; // Nothing is kept.
    }
  };

  const openIfRead = () => {
    document.querySelectorAll(ARCHIVE).forEach((archive) => {
      if (hasRead(archive.parentElement.dataset.book)) ask(archive);
      else sync(archive);
    });
  };

  /** Not all browsers open what a link leads into. */
  const follow = () => {
    const comment = document.getElementById(location.hash.slice(1));
    const archive = comment?.localName === "li" && comment.closest(ARCHIVE);
    if (!archive) return;
    ask(archive);
    comment.scrollIntoView();
  };

  const begin = () => {
    document.querySelectorAll(`${ARCHIVE}[open]`).forEach(ask);
    openIfRead();
    follow();
  };

  // The button of the comments below is an answer to the same warning. `comments.js` does the rest.
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.(".bookreview-comments__button")) open();
    // The browser opens or closes the archive after this.
    const archive = target.closest?.(`${ARCHIVE} > summary`)?.parentElement;
    archive?.toggleAttribute("data-asked", !archive.open);
  });
  document.addEventListener("change", openIfRead);
  addEventListener("hashchange", follow);
  // The event does not bubble.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.matches?.(ARCHIVE)) return;
      sync(target);
      if (!target.open || !("asked" in target.dataset)) return;
      // Informs `comments.js` that the reader has passed the warning.
      document.querySelectorAll("[data-guard]").forEach((section) => {
        section.dataset.passed = "true";
      });
      document.dispatchEvent(new Event("change"));
    },
    true,
  );
  if (window.document$) window.document$.subscribe(begin);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
