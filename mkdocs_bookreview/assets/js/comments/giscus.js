/* Shows giscus: https://github.com/giscus/giscus/blob/main/client.ts */
import { element, frameSpeaks, script } from "./shared.js";

export default async function start({ place, options, dark, signal }) {
  const { host, attributes, themes, term } = options;
  const data = { ...attributes, term, theme: themes[+dark] };
  const named = Object.entries(data).map(([name, value]) => [`data-${name}`, value]);
  place.append(element("div", { class: "giscus" }));
  const speaks = frameSpeaks(place, host, signal);
  const came = script(`${host}/client.js`, { crossorigin: "anonymous", async: "", ...Object.fromEntries(named) }, { parent: place, signal });
  // Either may fail first, and what fails later is no news.
  const [frame] = await Promise.all([speaks, came]);
  const tell = (on) => frame.contentWindow?.postMessage({ giscus: { setConfig: { theme: themes[+on] } } }, host);
  let shown = dark;
  let isTold = true;
  // A frame that loads anew, after signing in or out, has forgotten what it was told, and hears
  // nothing before it speaks.
  frame.addEventListener("load", () => (isTold = false), { signal });
  addEventListener(
    "message",
    ({ source, origin }) => {
      if (isTold || source !== frame.contentWindow || origin !== host) return;
      isTold = true;
      tell(shown);
    },
    { signal },
  );
  return {
    dark(on) {
      shown = on;
      tell(on);
    },
  };
}
