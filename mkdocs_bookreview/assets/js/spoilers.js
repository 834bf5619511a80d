/* Without this script spoilers are closed and can be opened: blocks as <details>, others as
   popovers. It opens the latter in their line, and sees to it that only readers open blocks. */
(() => {
  "use strict";

  const sync = (details) => {
    const open = "revealed" in details.parentElement.dataset;
    const body = details.querySelector(":scope > .bookreview-spoiler__body");
    // Find in page opens what it finds, but passes over what is inert.
    if (body) body.inert = !open;
    if (details.open !== open) details.open = open;
  };

  const reveal = (wrapper, open) => {
    if (open) wrapper.dataset.revealed = "";
    else delete wrapper.dataset.revealed;
  };

  const clickSummary = (event, details) => {
    event.preventDefault();
    reveal(details.parentElement, !details.open);
    sync(details);
  };

  const clickButton = (button) => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    button.nextElementSibling.hidden = !open;
    reveal(button.parentElement, open);
  };

  const unpop = (button) => {
    const body = button.nextElementSibling;
    body.hidden = true;
    body.removeAttribute("popover");
    button.setAttribute("aria-controls", body.id);
    button.removeAttribute("popovertarget");
  };

  document.addEventListener("click", (event) => {
    const summary = event.target.closest?.(".bookreview-spoiler > details > summary");
    const button = event.target.closest?.(".bookreview-spoiler--inline > button");
    if (button) clickButton(button);
    if (button && summary) event.preventDefault();
    else if (summary && !event.target.closest("a")) clickSummary(event, summary.parentElement);
  });

  // Whatever else opens a block (an address, printing, a search) is undone. The event does not bubble.
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.(".bookreview-spoiler > details")) sync(event.target);
    },
    true,
  );

  const init = () => {
    document.querySelectorAll(".bookreview-spoiler > details").forEach(sync);
    document
      .querySelectorAll(".bookreview-spoiler--inline > button[popovertarget]")
      .forEach(unpop);
  };

  if (window.document$) window.document$.subscribe(init);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", init);
  else init();
})();
