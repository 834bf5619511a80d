/* Shows Waline: https://waline.js.org/en/reference/client/api.html */
import { appears, element, reasonOf, script, style, ownStyle } from "./shared.js";
import { care, waitsElsewhere } from "./document.js";

/** Waline's name for what is being typed. */
const EDITOR = "WALINE_COMMENT_BOX_EDITOR";

/** Browsers may remember that a module could not be loaded, by its whole address. */
let failures = 0;

async function load(folder, place, signal) {
  const address = new URL(failures ? `waline.js#${failures}` : "waline.js", folder).href;
  try {
    // A script element can be dropped while it loads, and says why it could not be loaded.
    await script(address, { type: "module", crossorigin: "anonymous" }, { parent: place, signal });
    const { init } = await import(address);
    if (init) return init;
    throw new Error("silent");
  } catch (error) {
    failures += 1;
    throw error;
  }
}

export default async function start({ place, options, signal, thread, texts }) {
  const { client, settings, path } = options;
  const folder = new URL(`${client}/`, location.href);
  const [init] = await Promise.all([
    load(folder, place, signal),
    style(new URL("waline.css", folder), place, signal),
    ownStyle(new URL("./waline.css", import.meta.url), place, signal),
  ]);
  signal.throwIfAborted();
  const node = place.appendChild(element("div", {}));
  forgetOthers(thread);
  care(place, { signal, thread, texts, comment: ".wl-card .wl-content", form: ".wl-comment" });
  // Waline would make a style element of this name, which a policy may forbid, for its own dark mode.
  const sheet = document.head.appendChild(element("meta", { id: "waline-darkmode" }));
  // The path is encoded, because Waline decodes it.
  const widget = init({ ...settings, path: encodeURI(path), el: node, dark: false });
  signal.addEventListener("abort", () => destroy(widget, sheet));
  const question = `${settings.serverURL}/api/comment?type=count&url=${encodeURIComponent(path)}`;
  const failed = () => node.querySelector(".wl-operation") && !node.querySelector(".wl-card-item");
  const failure = appears(node, failed, signal).then(async () => {
    throw await findReason(question, signal);
  });
  const success = appears(node, () => node.querySelector(".wl-card-item, .wl-empty"), signal);
  await Promise.race([success, failure]);
  return {};
}

/** Waline keeps one text for all pages, and would offer what was typed on one below the next. */
function forgetOthers(thread) {
  try {
    if (waitsElsewhere(localStorage.getItem(EDITOR), thread)) localStorage.removeItem(EDITOR);
  } catch {
    // The browser keeps nothing.
  }
}

function destroy(widget, sheet) {
  // Instant navigation has removed this from the head, where Waline removes it itself. If it were
  // missing, Waline would stop half-way, and leave its listeners behind.
  document.head.append(sheet);
  try {
    widget.destroy();
  } catch {
    // Another version may want to remove more that is gone.
  }
}

async function findReason(address, signal) {
  try {
    const { status } = await fetch(address, { signal });
    return new Error(status === 403 ? "unknown" : "silent");
  } catch {
    return reasonOf(address);
  }
}
