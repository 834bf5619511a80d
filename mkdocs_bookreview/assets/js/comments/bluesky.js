/* Shows replies to a post on Bluesky: https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread */
import { ask, link, list, showReplies, text } from "./network.js";

const DEPTH = 100;

/** Accounts and labellers ask by these that a post is not shown to people who are not signed in. */
const UNSHOWN = ["!hide", "!no-unauthenticated"];

export default async function start({ place, options, signal, thread, texts }) {
  const { api, uri, post } = options;
  const query = new URLSearchParams({ uri, depth: DEPTH, parentHeight: 0 });
  const answer = await ask(`${api}/xrpc/app.bsky.feed.getPostThread?${query}`, signal);
  const top = answer?.thread;
  if (/#(notFound|blocked)Post$/.test(top?.$type)) throw new Error("gone");
  const root = text(top?.post?.uri) || uri;
  const hidden = list(answer?.threadgate?.record?.hiddenReplies);
  const nodes = flatten(top, root).filter(({ node }) => isShown(node.post, hidden));
  await showReplies(place, {
    name: "bluesky", options, signal, thread, texts, root,
    counts: { boosts: top?.post?.repostCount, likes: top?.post?.likeCount },
    replies: nodes.map(({ node, parent }) => read(node.post, parent, new URL(post).origin, texts)),
    isCut: nodes.some(({ node }) => node.post.replyCount > 0 && !Array.isArray(node.replies)),
  });
  return {};
}

/** Returns all replies below a post, each with the address of what it answers. */
function flatten(top, root) {
  const found = list(top?.replies).map((node) => ({ node, parent: root }));
  // The loop goes on to what it appends.
  for (const { node } of found) {
    list(node?.replies).forEach((reply) => found.push({ node: reply, parent: text(node.post?.uri) }));
  }
  return found.filter(({ node }) => node?.post && typeof node.post === "object");
}

const labels = (owner) => list(owner?.labels).flatMap((one) => (one && !one.neg ? text(one.val) : [])).filter(Boolean);

function isShown(post, hidden) {
  return !hidden.includes(post.uri) && ![...labels(post), ...labels(post.author)].some((one) => UNSHOWN.includes(one));
}

function read(post, parent, site, texts) {
  const author = post.author ?? {};
  const record = post.record ?? {};
  const [, did, key] = /^at:\/\/(did:[\w.:-]+)\/app\.bsky\.feed\.post\/([\w-]+)$/.exec(text(post.uri)) ?? [];
  const address = key ? `${site}/profile/${did}/post/${key}` : null;
  const [label] = labels(post);
  return {
    id: text(post.uri),
    key,
    parent,
    name: text(author.displayName),
    handle: text(author.handle),
    account: text(author.did),
    profile: profile(author.did, site),
    avatar: author.avatar,
    date: text(record.createdAt) || text(post.indexedAt),
    address,
    language: text(list(record.langs)[0]),
    // What begins with an exclamation mark is no word for readers.
    warning: label?.startsWith("!") ? texts.sensitive : (label ?? "").replaceAll("-", " "),
    likes: post.likeCount,
    fill: (place) => fill(place, record, site),
    media: media(post.embed, address),
  };
}

function profile(did, site) {
  return /^did:[\w.:-]+$/.test(did) ? `${site}/profile/${did}` : null;
}

/** Puts text into a place, with its links. They count in bytes of UTF-8. */
function fill(place, record, site) {
  const words = document.createElement("p");
  const bytes = new TextEncoder().encode(text(record.text));
  const cut = (start, end) => lines(new TextDecoder().decode(bytes.slice(start, end)));
  // A byte that begins so continues a letter.
  const isEdge = (at) => Number.isInteger(at) && at >= 0 && at <= bytes.length && (bytes[at] & 0xc0) !== 0x80;
  const places = list(record.facets).map((one) => ({ ...one?.index, to: list(one?.features).map((to) => target(to, site)).find(Boolean) }));
  const links = places.filter(({ byteStart, byteEnd, to }) => to && isEdge(byteStart) && isEdge(byteEnd));
  let at = 0;
  links.sort((one, other) => one.byteStart - other.byteStart).forEach(({ byteStart, byteEnd, to }) => {
    if (byteStart < at || byteEnd <= byteStart) return;
    words.append(...cut(at, byteStart), link(to, ...cut(byteStart, byteEnd)));
    at = byteEnd;
  });
  words.append(...cut(at));
  place.append(words);
}

const lines = (words) => words.split("\n").flatMap((line, at) => (at ? [document.createElement("br"), line] : [line]));

function target(feature, site) {
  if (feature?.uri) return feature.uri;
  if (feature?.did) return profile(feature.did, site);
  return text(feature?.tag) && `${site}/hashtag/${encodeURIComponent(feature.tag)}`;
}

/** Returns what is attached to a post: pictures, a page that it names, or a film. */
function media(embed, address) {
  const found = embed?.media ?? embed;
  const pictures = list(found?.images).map((one) => ({ address: one?.fullsize, picture: one?.thumb, description: text(one?.alt) }));
  const page = found?.external;
  if (page) pictures.push({ address: page.uri, description: text(page.title) || text(page.uri) });
  if (found?.playlist) pictures.push({ address, description: text(found.alt) });
  return pictures;
}
