/* Shows a service of the author's choice: an element, and the script that fills it. */
import { appears, element, fillIn, rejectIfForbidden, rejectOn, script } from "./shared.js";

/** Scripts run so far, by address. */
const runs = new Map();

export default async function start({ place, options, dark, signal }) {
  const { origin, pathname } = location;
  const values = { url: origin + pathname, ...options.values, theme: dark ? "dark" : "light" };
  const fill = (attributes) =>
    Object.fromEntries(Object.entries(attributes).map(([name, text]) => [name, fillIn(text, values)]));
  const [tag, attributes] = options.element;
  const node = element(tag, fill(attributes));
  place.append(node);
  await Promise.all([showsLife(place, node, signal), load(options, tag, fill, place, signal)]);
  return {};
}

function load({ script: named, module: isModule, attributes }, tag, fill, place, signal) {
  // A script that defines an element throws if it is run again, and need not run again.
  if (customElements.get(tag)) return null;
  // Paths are those of the site, whose root is above the folder of this file.
  const { href } = new URL(named, new URL("../../../", import.meta.url));
  const count = runs.get(href) ?? 0;
  runs.set(href, count + 1);
  // Browsers run a module only once for each address, and another page needs it again.
  const address = isModule && count ? `${href}#${count}` : href;
  const kind = isModule ? { type: "module" } : {};
  return script(address, { ...fill(attributes), ...kind }, { parent: place, signal });
}

/** Resolves when there is something to read, or a frame has spoken. That a frame has loaded means
    nothing, because browsers load an error page into a frame that is refused. */
function showsLife(place, node, signal) {
  const roots = () => [place, node.shadowRoot].filter(Boolean);
  const frames = () => roots().flatMap((root) => [...root.querySelectorAll("iframe")]);
  const isForbidden = ({ blockedURI, disposition }) =>
    disposition === "enforce" && frames().some((frame) => frame.src.startsWith(blockedURI));
  return new Promise((resolve, reject) => {
    const hear = ({ source }) => frames().some((frame) => frame.contentWindow === source) && resolve();
    addEventListener("message", hear, { signal });
    rejectIfForbidden(isForbidden, reject, signal);
    rejectOn(signal, reject);
    appears(place, () => says(place), signal).then(resolve, reject);
    if (!node.localName.includes("-")) return;
    // What such an element has in its shadow root may not be seen from outside, but it takes room.
    // It is made a block, because the size of inline elements is not observed.
    node.style.display = "block";
    const sizes = new ResizeObserver(() => !frames().length && node.offsetHeight && resolve());
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
  });
}

/** Whether an element has text or something to press or see, frames aside. */
function says(root) {
  return [...root.childNodes].some((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.data.trim();
    if (!child.matches || child.matches("script, style, link, template, noscript, iframe")) return false;
    return child.matches("img, svg, canvas, button, input, textarea, select") || says(child);
  });
}
