/* Shows Disqus: https://help.disqus.com, "JavaScript configuration variables" and "Using Disqus on
   AJAX sites" */
import { element, rejectIfForbidden, rejectOn, script } from "./shared.js";

export default async function start({ place, options, dark, signal }) {
  const { host, domains, language, page } = options;
  place.append(element("div", { id: "disqus_thread" }));
  paint(place, dark);
  let isTouched = false;
  await new Promise((resolve, reject) => {
    rejectOn(signal, reject);
    rejectIfForbidden((violation) => isOfDisqus(violation, domains), reject, signal);
    // Disqus calls this with its own object as `this`, again after each reset.
    window.disqus_config = function () {
      Object.assign(this.page, page);
      if (language) this.language = language;
      this.callbacks.onReady = [resolve];
      this.callbacks.onNewComment = [() => (isTouched = false)];
    };
    if (window.DISQUS) reset();
    else script(`${host}/embed.js`, { async: "" }, { parent: document.body, signal }).catch(reject);
  });
  // What is typed in a frame cannot be seen from here, but that somebody has been in it can.
  const watch = () => (isTouched ||= place.contains(document.activeElement));
  addEventListener("blur", watch, { signal });
  return {
    dark(on) {
      paint(place, on);
      // A reset loads the frame anew, and what is being typed in it would be lost.
      if (!isTouched) reset();
    },
  };
}

function reset() {
  window.DISQUS.reset({ reload: true, config: window.disqus_config });
}

/** Disqus chooses its scheme by the colour of the text around it, once, when its frame is made. It is
    set here, because a colour that is changing, or is not written as red, green and blue, misleads it. */
function paint(place, dark) {
  place.style.transition = "none";
  place.style.color = dark ? "#fff" : "#000";
}

/** Returns whether a policy forbids what comments need; they do without pictures and styles. */
function isOfDisqus({ blockedURI, effectiveDirective }, domains) {
  if (!/^(script|frame)-src/.test(effectiveDirective) || !URL.canParse(blockedURI)) return false;
  const name = `.${new URL(blockedURI).hostname}`;
  return domains.some((domain) => name.endsWith(`.${domain}`));
}
