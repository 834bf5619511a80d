/* With `spoilers: {seal: encode}` a page has the text of its spoilers in attributes. This script puts
   it in when a reader opens a spoiler. `spoilers/sealed/encoding.py` says how it is written. */
(() => {
  "use strict";

  const BODY = ".bookreview-spoiler__body[data-sealed]";

  const decode = (part) => {
    const bytes = Uint8Array.from(atob(part), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  };

  document.addEventListener("bookreview:reveal", ({ target }) => {
    // Not any body in it, because its label may have a spoiler too.
    const body = target.querySelector(`:scope > ${BODY}, :scope > details > ${BODY}`);
    if (!body) return;
    const [own, ...others] = body.dataset.sealed.split(".");
    delete body.dataset.sealed;
    body.innerHTML = decode(own);
    body.querySelectorAll(BODY).forEach((inner) => {
      inner.dataset.sealed = others.slice(...inner.dataset.sealed.split("-")).join(".");
    });
  });
})();
