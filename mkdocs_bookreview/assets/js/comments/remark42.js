/* Shows Remark42: https://github.com/umputun/remark42/blob/master/frontend/apps/remark42/app/embed.ts */
import { element, frameSpeaks, script } from "./shared.js";

/** Counts the tries to load the script, because a module that came to nothing is not loaded again
    from the same address. */
let tries = 0;

export default async function start({ place, options, dark, signal }) {
  const { config, url, title } = options;
  const { host, site_id: site } = config;
  const themes = ["light", "dark"];
  place.append(element("div", { id: "remark42" }));
  window.remark_config = { ...config, url, page_title: title, theme: themes[+dark] };
  // Without this, its listeners would stay, and hear the frames of all later pages.
  signal.addEventListener("abort", () => window.REMARK42?.destroy?.());
  const speaks = frameSpeaks(place, new URL(host).origin, signal);
  const [frame] = await Promise.all([speaks, mount(host, place, signal), checkSite(host, site, signal)]);
  let isDark = dark;
  const sendTheme = () => window.REMARK42.changeTheme?.(themes[+isDark]);
  sendTheme();
  // A frame that loads anew has forgotten its theme.
  frame.addEventListener("load", sendTheme, { signal });
  return {
    dark(on) {
      isDark = on;
      sendTheme();
    },
  };
}

/** The script makes the first instance by itself, and all others when it is asked. */
async function mount(host, place, signal) {
  if (window.REMARK42?.createInstance) return void window.REMARK42.createInstance(window.remark_config);
  const address = `${host}/web/embed.mjs${tries ? `#${tries}` : ""}`;
  tries += 1;
  await script(address, { type: "module" }, { parent: place, signal });
}

/** Rejects if the server does not know the site, for which its frame has no word: it shows no comments,
    and takes none. */
async function checkSite(host, site, signal) {
  const query = new URLSearchParams({ site, limit: 1 });
  const answer = await fetch(`${host}/api/v1/list?${query}`, { signal }).catch(() => null);
  if (answer?.status === 400) throw new Error("unknown");
}
