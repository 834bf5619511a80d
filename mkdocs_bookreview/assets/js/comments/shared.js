/* Has what several services need: scripts and styles that come and go with a page, the signs that a
   widget can be read, and the reasons why it cannot. */

/** Returns a promise of the loaded script. One that has not come when its page is left never runs. */
export function script(address, attributes, { parent, signal }) {
  const node = element("script", { src: address, ...attributes });
  // It moves into another document, because a script that has moved there is not executed.
  signal?.addEventListener("abort", () => new Document().append(node));
  return arrival(node, parent, signal);
}

/** Returns a promise of the loaded style sheet. It belongs into `parent`, because instant navigation
    removes what it does not know from the head. */
export function style(address, parent, signal) {
  return arrival(element("link", { rel: "stylesheet", href: address }), parent, signal);
}

/** Does the same for a style sheet of ours. It also resolves if there is none, because comments can be
    read without it, and a failure would be blamed on the service. */
export async function ownStyle(address, parent, signal) {
  try {
    await style(address, parent, signal);
  } catch {
    signal.throwIfAborted();
  }
}

function arrival(node, parent, signal) {
  return new Promise((resolve, reject) => {
    node.onload = () => resolve(node);
    node.onerror = () => {
      node.remove();
      // A moment later, because the browser reports a violated policy after this.
      setTimeout(() => reject(failure(node.src || node.href)));
    };
    rejectOn(signal, reject);
    parent.append(node);
  });
}

/** Origins that the site's own Content-Security-Policy forbids. */
const forbidden = new Set();

document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
  if (URL.canParse(blockedURI)) forbidden.add(new URL(blockedURI).origin);
});

function failure(address) {
  return new Error(forbidden.has(new URL(address).origin) ? "blocked" : "silent");
}

export function element(tag, attributes) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

/** Puts values in the place of their names in braces; other names stay as they are. */
export function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** Rejects when the site's own Content-Security-Policy forbids what `isOurs` recognises. */
export function rejectIfForbidden(isOurs, reject, signal) {
  document.addEventListener(
    "securitypolicyviolation",
    (violation) => isOurs(violation) && reject(new Error("blocked")),
    { signal },
  );
}

export function rejectOn(signal, reject) {
  signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
}

/** Resolves when `look` returns something, which it is asked at each change below `place`. */
export function appears(place, look, signal) {
  return new Promise((resolve, reject) => {
    const observer = new MutationObserver(check);
    function check() {
      const found = look();
      if (!found) return;
      observer.disconnect();
      resolve(found);
    }
    signal.addEventListener("abort", () => observer.disconnect());
    rejectOn(signal, reject);
    observer.observe(place, { attributes: true, characterData: true, childList: true, subtree: true });
    check();
  });
}

/** Resolves with a frame below `place` when it first speaks. That it has loaded means nothing,
    because browsers load an error page into a frame that is refused. */
export function frameSpeaks(place, origin, signal) {
  return new Promise((resolve, reject) => {
    addEventListener(
      "message",
      (event) => {
        if (event.origin !== origin) return;
        const frames = [...place.querySelectorAll("iframe")];
        const speaker = frames.find((frame) => frame.contentWindow === event.source);
        if (speaker) resolve(speaker);
      },
      { signal },
    );
    rejectIfForbidden(({ blockedURI }) => blockedURI.startsWith(origin), reject, signal);
    rejectOn(signal, reject);
  });
}

/** Says why a server cannot be read: it does not answer at all, or it answers others. */
export async function reasonOf(address) {
  try {
    await fetch(address, { mode: "no-cors" });
    return new Error("unknown");
  } catch {
    // A moment later, because the browser reports a violated policy after this.
    await new Promise((resolve) => setTimeout(resolve));
    return failure(address);
  }
}
