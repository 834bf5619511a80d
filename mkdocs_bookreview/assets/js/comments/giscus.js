/* Shows giscus: https://github.com/giscus/giscus/blob/main/client.ts */
import { element, frameSpeaks, script } from "./shared.js";

export default async function start({ place, options, dark, signal }) {
  const { host, attributes, themes, term } = options;
  const data = { ...attributes, term, theme: themes[+dark] };
  const named = Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value]));
  place.append(element("div", { class: "giscus" }));
  const speaks = frameSpeaks(place, host, signal);
  const rest = { crossorigin: "anonymous", async: "", ...named };
  const loaded = script(`${host}/client.js`, rest, { parent: place, signal });
  // Await both together, because either may fail first, and then the other's failure adds nothing.
  const [frame] = await Promise.all([speaks, loaded]);
  let isDark = dark;
  let hasTheme = true;
  const sendTheme = () => {
    const message = { giscus: { setConfig: { theme: themes[+isDark] } } };
    frame.contentWindow?.postMessage(message, host);
  };
  // A frame that loads anew, after signing in or out, has forgotten its theme, and takes none
  // before it speaks.
  frame.addEventListener("load", () => (hasTheme = false), { signal });
  addEventListener(
    "message",
    ({ source, origin }) => {
      if (hasTheme || source !== frame.contentWindow || origin !== host) return;
      hasTheme = true;
      sendTheme();
    },
    { signal },
  );
  return {
    dark(on) {
      isDark = on;
      sendTheme();
    },
  };
}
