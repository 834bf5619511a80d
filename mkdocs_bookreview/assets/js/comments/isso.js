/* Shows Isso: https://isso-comments.de/docs/guides/advanced-integration/ */
import { appears, element, reasonOf, script, ownStyle } from "./shared.js";
import { care } from "./document.js";

/** Isso's script runs once in a visit, because each run adds listeners that it never removes. It
    comes before there is a place for it, which it would fill by itself, and stays in the body. */
let loaded = null;

function load(server, attributes) {
  const named = Object.entries(attributes).map(([name, value]) => [`data-isso-${name}`, value]);
  const data = { "data-isso": `${server}/`, ...Object.fromEntries(named) };
  return script(`${server}/js/embed.min.js`, data, { parent: document.body });
}

export default async function start({ place, options, signal, thread, texts }) {
  const { server, attributes, title } = options;
  if (!window.Isso) loaded = null;
  loaded ??= load(server, attributes);
  const theme = ownStyle(new URL("./isso.css", import.meta.url), place, signal);
  await Promise.all([loaded, theme]);
  if (!window.Isso) throw new Error("silent");
  signal.throwIfAborted();
  const node = element("section", { id: "isso-thread", "data-isso-id": options.thread, "data-title": title });
  const names = { ".isso-upvote": texts.vote_up, ".isso-downvote": texts.vote_down };
  care(place, { signal, thread, texts, names, comment: ".isso-text", form: ".isso-postbox" });
  place.append(node);
  window.Isso.init();
  window.Isso.fetchComments();
  const heading = () => node.querySelector(".isso-thread-heading")?.textContent;
  await Promise.race([appears(place, heading, signal), refusal(server, signal)]);
  return {};
}

/** Rejects if the server cannot be read, and never resolves. */
async function refusal(server, signal) {
  try {
    await fetch(`${server}/config`, { credentials: "include", signal });
  } catch {
    throw await reasonOf(`${server}/config`);
  }
  return new Promise(() => {});
}
