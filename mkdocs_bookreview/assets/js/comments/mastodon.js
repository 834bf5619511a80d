/* Shows replies to a post on Mastodon: https://docs.joinmastodon.org/methods/statuses/#context */
import { ask, clean, list, showReplies, text } from "./network.js";

/** A server gives no more replies than this to those who are not signed in. */
const MOST = 60;

export default async function start({ place, options, signal, thread, texts }) {
  const { server, id } = options;
  const address = `${server}/api/v1/statuses/${id}`;
  const [post, context] = await Promise.all([ask(address, signal), ask(`${address}/context`, signal)]);
  const given = list(context?.descendants);
  const replies = given.filter(isPublic);
  await showReplies(place, {
    name: "mastodon", options, signal, thread, texts,
    root: id,
    counts: { boosts: post?.reblogs_count, likes: post?.favourites_count },
    replies: replies.map((reply) => read(reply, new URL(server).host)),
    isCut: given.length >= MOST,
  });
  return {};
}

const isPublic = (status) => status && /^(public|unlisted)$/.test(status.visibility ?? "public");

function read(status, host) {
  const account = status.account ?? {};
  const handle = text(account.acct);
  return {
    id: text(status.id),
    parent: text(status.in_reply_to_id),
    name: text(account.display_name) || text(account.username),
    handle: handle.includes("@") || !handle ? handle : `${handle}@${host}`,
    profile: account.url,
    avatar: account.avatar_static,
    date: text(status.created_at),
    address: status.url,
    language: text(status.language),
    warning: text(status.spoiler_text),
    isSensitive: status.sensitive === true,
    likes: status.favourites_count,
    fill: (place) => place.append(clean(text(status.content))),
    media: list(status.media_attachments).map((file) => ({
      address: file?.url,
      picture: file?.type === "image" ? file.preview_url : null,
      description: text(file?.description),
      size: file?.meta?.small,
    })),
  };
}
