/* Shows replies to a post on a social network as comments. What a server answers is not to be
   trusted: anybody may write a reply, and run a server. */
import { care } from "./document.js";
import { element, fillIn, reasonOf, ownStyle } from "./shared.js";

/** Replies that are put into the page at once, because the browser must do other things between. */
const CHUNK = 50;

/** The HTTP status of the answer if a post was deleted, is private, or never was. */
const GONE = [400, 401, 403, 404, 410];

const DAY = 24 * 60 * 60 * 1000;

/** Returns what a server answers as JSON. */
export async function ask(address, signal) {
  const answer = await fetch(address, { signal, referrerPolicy: "no-referrer" }).catch(async () => {
    signal.throwIfAborted();
    throw await reasonOf(address);
  });
  if (!answer.ok) throw new Error(GONE.includes(answer.status) ? "gone" : "silent");
  return answer.json();
}

export const text = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

export const list = (value) => (Array.isArray(value) ? value : []);

/** Returns an address that a link may lead to, or null. */
export function toWeb(value) {
  const address = typeof value === "string" && URL.canParse(value) ? new URL(value) : {};
  return /^https?:$/.test(address.protocol) ? address.href : null;
}

/** Returns a link, or only its text if the address is none. */
export function link(address, ...content) {
  const href = toWeb(address);
  const made = href ? element("a", { href, rel: "nofollow noopener ugc" }) : element("span", {});
  made.append(...content);
  return made;
}

const KEPT = new Set(
  "a b blockquote br code del details em i li ol p pre rp rt ruby s span strong summary u ul".split(" "),
);
const DROPPED =
  "script, style, template, noscript, iframe, frame, object, embed, svg, math, title, textarea," +
  " select, audio, video";

/** Class names that servers write, with ours: most of an address in a link is not shown. */
const CLASSES = {
  spoiler: "spoiler",
  invisible: "bookreview-network__invisible",
  ellipsis: "bookreview-network__ellipsis",
};

/** The deepest element that is kept, because a hostile reply may have hundreds in one another. */
const DEEPEST = 20;

/** Returns what may be shown of somebody's HTML: text, and elements that we make anew. */
export function clean(html) {
  const made = new DocumentFragment();
  copy(new DOMParser().parseFromString(html, "text/html").body, made, 0);
  return made;
}

function copy(from, to, depth) {
  from.childNodes.forEach((child) => {
    if (child.nodeType === Node.TEXT_NODE) return to.append(child.data);
    if (child.nodeType !== Node.ELEMENT_NODE || child.matches(DROPPED)) return;
    copy(child, remake(child, to, depth), depth + 1);
  });
}

/** Returns the place for what is in `found`: a new element in `to`, or `to` itself. */
function remake(found, to, depth) {
  const tag = found.localName;
  if (!KEPT.has(tag) || depth > DEEPEST || (tag === "a" && !toWeb(found.getAttribute("href")))) return to;
  const made = tag === "a" ? link(found.getAttribute("href")) : document.createElement(tag);
  Object.entries(CLASSES).forEach(([name, own]) => found.classList.contains(name) && made.classList.add(own));
  to.append(made);
  return made;
}

/**
 * Shows replies below the post. `name` begins the ids of replies, so that a link may lead to one.
 * `root` is the id of the post, `counts` are figures by the names of their texts, and `isCut` says
 * if the server has more replies. Resolves when there is something to read.
 */
export async function showReplies(place, post) {
  const { name, options, signal, thread, texts, root, counts, replies, isCut } = post;
  await ownStyle(new URL("./network.css", import.meta.url), place, signal);
  const host = new URL(options.post).host;
  const named = { ...texts, host };
  const items = arrange(replies.filter((reply) => !isHidden(reply, options.hide)), root, options);
  const top = element("ol", { class: "bookreview-network" });
  place.append(head(options.post, named, { replies: items.length, ...counts }), top);
  const below = (key) => {
    const line = element("p", { class: "bookreview-network__below" });
    line.append(key === "more" ? link(options.post, fillIn(texts.more, { host })) : texts.empty);
    place.append(line);
  };
  if (isCut) below("more");
  else if (!items.length) below("empty");
  care(place, { signal, thread, texts, comment: ".bookreview-network__text" });
  const draw = drawing(items, top, (item) => show(item, name, options, named));
  const wanted = items.findIndex(({ reply }) => `#${anchor(name, reply)}` === location.hash);
  await drawUntil(draw, Math.max(wanted + 1, CHUNK), signal);
  pause().then(() => drawUntil(draw, items.length, signal));
}

/** Lets the browser do something else. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** The id of a reply on the page. */
const anchor = (name, { id, key = id }) => `${name}-${key.replace(/[^\w.-]/g, "")}`;

async function drawUntil(draw, end, signal) {
  while (!signal.aborted && draw(end)) await pause();
}

/** Returns a function that puts the next replies into the page, and says if more are left before
    `end`. Replies to replies have a list of their own in the item of what they answer. */
function drawing(items, top, make) {
  const lists = [top];
  let next = 0;
  return (end) => {
    const stop = Math.min(next + CHUNK, items.length, end);
    for (; next < stop; next += 1) {
      const { level } = items[next];
      lists.length = Math.min(lists.length, level + 1);
      if (!lists[level]) lists[level - 1].lastElementChild.append((lists[level] = element("ol", {})));
      lists[level].append(make(items[next]));
    }
    return next < Math.min(items.length, end);
  };
}

const bare = (name) => name.replace(/^@/, "").toLowerCase();

function isHidden({ handle, profile, address, account }, hide) {
  const names = [handle, account, address, profile].map((name) => bare(text(name)));
  return hide.some((name) => names.includes(bare(name)));
}

/**
 * Returns replies in the order of the page: what answers a reply comes after it, one level deeper.
 * `levels` below the first are indented. What answers a reply that is gone answers the post, as does
 * what answers itself by a detour.
 */
function arrange(replies, root, { sort, depth: levels }) {
  const byId = new Map();
  replies.forEach((reply) => {
    if (reply.id && reply.id !== root && !byId.has(reply.id)) byId.set(reply.id, reply);
  });
  const children = new Map();
  byId.forEach((reply) => {
    const parent = byId.has(reply.parent) ? reply.parent : root;
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(reply);
  });
  const seen = new Set();
  const items = [];
  // A stack of our own, because a hostile thread may be deeper than the browser's.
  const follow = (first) => {
    const stack = first.map((reply) => ({ reply, level: 0, answered: null })).reverse();
    while (stack.length) {
      const item = stack.pop();
      const { reply, level } = item;
      if (seen.has(reply.id)) continue;
      seen.add(reply.id);
      items.push({ ...item, level: Math.min(level, levels) });
      const answers = (children.get(reply.id) ?? []).sort(ORDERS.oldest);
      // A reply that is not indented further must say what it answers.
      const answered = level >= levels ? reply : null;
      answers.reverse().forEach((answer) => stack.push({ reply: answer, level: level + 1, answered }));
    }
  };
  follow((children.get(root) ?? []).sort(ORDERS[sort]));
  byId.forEach((reply) => seen.has(reply.id) || follow([reply]));
  return items;
}

const when = ({ date }) => Date.parse(date) || 0;
const liked = ({ likes }) => (Number.isFinite(likes) ? likes : 0);

// Replies that are equal stay as the server has them, because sorting is stable.
const ORDERS = {
  oldest: (left, right) => when(left) - when(right),
  newest: (left, right) => when(right) - when(left),
  liked: (left, right) => liked(right) - liked(left) || when(left) - when(right),
};

function head(post, texts, counts) {
  const made = element("p", { class: "bookreview-network__head" });
  const button = link(post, fillIn(texts.reply_on, texts));
  button.className = "md-button bookreview-network__answer";
  made.append(button);
  Object.entries(counts).forEach(([key, n]) => {
    if (!Number.isFinite(n)) return;
    const count = element("span", {});
    count.append(fillIn(texts[key], { n }));
    made.append(" ", count);
  });
  return made;
}

function show({ reply, answered }, name, options, texts) {
  const item = element("li", {});
  const id = anchor(name, reply);
  const label = { "aria-labelledby": `${id}-by` };
  const article = element("article", { id, class: "bookreview-network__reply", ...label });
  article.append(by(reply, id, options));
  if (answered) {
    const note = element("p", { class: "bookreview-network__quiet", dir: "auto" });
    note.append(fillIn(texts.answers, { name: nameOf(answered) }));
    article.append(note);
  }
  article.append(content(reply, options, texts), answer(reply, options, texts));
  item.append(article);
  return item;
}

/** Attributes of pictures, by which servers learn as little as possible. */
const QUIET = { loading: "lazy", referrerpolicy: "no-referrer" };

const nameOf = ({ name, handle }) => name || handle || "?";

function by(reply, id, options) {
  const made = element("header", { class: "bookreview-network__by" });
  const avatar = options.avatars && toWeb(reply.avatar);
  if (avatar) {
    const look = { class: "bookreview-network__avatar", width: 40, height: 40 };
    made.append(element("img", { src: avatar, alt: "", ...look, ...QUIET }));
  }
  const name = element("bdi", { id: `${id}-by` });
  name.append(nameOf(reply));
  made.append(link(reply.profile, name));
  if (reply.handle) {
    const handle = element("bdi", { class: "bookreview-network__quiet" });
    handle.append(`@${bare(reply.handle)}`);
    made.append(" ", handle);
  }
  if (when(reply)) made.append(" ", time(reply, id, options.language));
  return made;
}

/** Returns a date that is a link to the reply on this page, for readers who want to pass it on. In
    the last week it says how many days ago it was. */
function time(reply, id, language) {
  const date = new Date(reply.date);
  const made = element("time", { datetime: date.toISOString() });
  const { whole, short, ages } = formats(language);
  const days = Math.floor((Date.now() - date) / DAY);
  made.title = whole.format(date);
  made.append(days >= 0 && days < 7 ? ages.format(-days, "day") : short.format(date));
  const here = element("a", { href: `#${id}`, class: "bookreview-network__quiet" });
  here.append(made);
  return here;
}

/** The formats of each language, kept because making one takes longer than showing a whole reply. */
const known = new Map();

function formats(language) {
  if (!known.has(language)) {
    known.set(language, {
      whole: new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }),
      short: new Intl.DateTimeFormat(language, { dateStyle: "medium" }),
      ages: new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
    });
  }
  return known.get(language);
}

/** The words and pictures of a reply, closed if its writer gave a warning. */
function content(reply, options, texts) {
  const made = element("div", { class: "bookreview-network__text", dir: "auto" });
  if (/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(reply.language)) made.lang = reply.language;
  const pictures = element("div", { class: "bookreview-network__media" });
  reply.media.forEach((file) => {
    if (toWeb(file.address)) pictures.append(medium(file, options, texts));
  });
  const inside = reply.warning ? close(made, reply.warning) : made;
  reply.fill(inside);
  if (!pictures.childNodes.length) return made;
  const isBehind = reply.isSensitive && !reply.warning;
  (isBehind ? close(inside, texts.sensitive) : inside).append(pictures);
  return made;
}

/** Returns the inside of a box that `document.js` makes a spoiler of. */
function close(place, label) {
  const box = element("details", {});
  const summary = element("summary", {});
  summary.append(label);
  box.append(summary);
  place.append(box);
  return box;
}

function medium({ address, picture, description, size }, options, texts) {
  const words = description || texts.picture;
  if (!options.media || !toWeb(picture)) return link(address, words);
  const image = element("img", { src: toWeb(picture), alt: words, ...QUIET });
  ["width", "height"].forEach((side) => {
    if (Number.isFinite(size?.[side])) image.setAttribute(side, size[side]);
  });
  return link(address, image);
}

function answer(reply, options, texts) {
  const made = element("footer", { class: "bookreview-network__quiet" });
  const address = toWeb(reply.address) ?? options.post;
  const answering = link(address, texts.reply);
  const names = { name: nameOf(reply), host: new URL(address).host };
  answering.setAttribute("aria-label", fillIn(texts.reply_to, names));
  made.append(answering);
  if (liked(reply)) made.append(" · ", fillIn(texts.likes, { n: reply.likes }));
  return made;
}
