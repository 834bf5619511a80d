/* Shows replies to a post on Bluesky: https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread */
import { ask, link, list, showReplies, text } from "./network.js";

const DEPTH = 100;

/** By these labels people ask that a post is not shown to readers who are not signed in. */
const UNSHOWN = ["!hide", "!no-unauthenticated"];

/** Has the account and the key of a post. */
const POST = /^at:\/\/(did:[\w.:-]+)\/app\.bsky\.feed\.post\/([\w-]+)$/;

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
    const parent = text(node?.post?.uri);
    list(node?.replies).forEach((reply) => found.push({ node: reply, parent }));
  }
  return found.filter(({ node }) => node?.post && typeof node.post === "object");
}

/** Returns the labels of a post or an account; `neg` takes a label back. */
function labels(owner) {
  const valid = list(owner?.labels).filter((label) => label && !label.neg);
  return valid.map((label) => text(label.val)).filter(Boolean);
}

function isShown(post, hidden) {
  const all = [...labels(post), ...labels(post.author)];
  return !hidden.includes(post.uri) && !all.some((label) => UNSHOWN.includes(label));
}

function read(post, parent, site, texts) {
  const author = post.author ?? {};
  const record = post.record ?? {};
  const [, did, key] = POST.exec(text(post.uri)) ?? [];
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
    // A label with an exclamation mark is for programs, so readers get a word of ours.
    warning: label?.startsWith("!") ? texts.sensitive : (label ?? "").replaceAll("-", " "),
    likes: post.likeCount,
    fill: (place) => fill(place, record, site),
    media: media(post.embed, address),
  };
}

function profile(did, site) {
  return /^did:[\w.:-]+$/.test(did) ? `${site}/profile/${did}` : null;
}

/** Puts text into a place, with its links, whose places are counted in bytes of UTF-8. */
function fill(place, record, site) {
  const words = document.createElement("p");
  const bytes = new TextEncoder().encode(text(record.text));
  const cut = (start, end) => lines(new TextDecoder().decode(bytes.slice(start, end)));
  // A link must not begin or end at a byte 10xxxxxx, because that is the middle of a letter.
  const isEdge = (at) =>
    Number.isInteger(at) && at >= 0 && at <= bytes.length && (bytes[at] & 0xc0) !== 0x80;
  const places = list(record.facets).map((facet) => ({ ...facet?.index, to: aim(facet, site) }));
  const links = places.filter(({ byteStart, byteEnd, to }) => to && isEdge(byteStart) && isEdge(byteEnd));
  links.sort((left, right) => left.byteStart - right.byteStart);
  let at = 0;
  links.forEach(({ byteStart, byteEnd, to }) => {
    // Links that overlap others are left out.
    if (byteStart < at || byteEnd <= byteStart) return;
    words.append(...cut(at, byteStart), link(to, ...cut(byteStart, byteEnd)));
    at = byteEnd;
  });
  words.append(...cut(at));
  place.append(words);
}

function lines(words) {
  return words.split("\n").flatMap((line, at) => (at ? [document.createElement("br"), line] : [line]));
}

/** Returns where a link leads: the first of its features that leads anywhere. */
function aim(facet, site) {
  return list(facet?.features).map((feature) => target(feature, site)).find(Boolean);
}

function target(feature, site) {
  if (feature?.uri) return feature.uri;
  if (feature?.did) return profile(feature.did, site);
  return text(feature?.tag) && `${site}/hashtag/${encodeURIComponent(feature.tag)}`;
}

/** Returns what is attached to a post: pictures, a page that it names, or a video. */
function media(embed, address) {
  const found = embed?.media ?? embed;
  const pictures = list(found?.images).map((image) => ({
    address: image?.fullsize,
    picture: image?.thumb,
    description: text(image?.alt),
  }));
  const page = found?.external;
  if (page) pictures.push({ address: page.uri, description: text(page.title) || text(page.uri) });
  if (found?.playlist) pictures.push({ address, description: text(found.alt) });
  return pictures;
}
