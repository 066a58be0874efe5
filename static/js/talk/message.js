// One message on the page: fills the markup of templates/chat/_message.jinja, the only place that markup is written.

import { linkified } from "../lib/linkify.js";
import { clock } from "./time.js";
import { fillCard } from "./card.js";
import { calls, readNames } from "./mentions.js";
import { fillFace } from "../lib/face.js";

const ONLY_EMOJI = /^(?:\p{RGI_Emoji}\s*){1,3}$/v;

/** What holds parts of a message, and is always there. */
const HOLDERS = new Set(["message__content", "message__said", "message__meta", "message__tools"]);

export const part = (node, name) => node.querySelector(`[data-field="${name}"]`);

/** A new node for a message, from the page's template. */
export function build(talk) {
  return talk.template.content.firstElementChild.cloneNode(true);
}

/** Give a message of the page the parts that it lacks, from the `whole` one; both name a part by its first class. */
export function complete(node, whole) {
  let present = node.firstElementChild;
  for (const wanted of whole.children) {
    const [name] = wanted.classList;
    if (present?.classList[0] !== name) node.insertBefore(wanted.cloneNode(true), present);
    else {
      if (HOLDERS.has(name)) complete(present, wanted);
      present = present.nextElementSibling;
    }
  }
}

/** Show a message in its present state; safe to repeat. */
export function fill(node, message, talk) {
  const author = talk.people.get(message.author);
  const isMine = author.id === talk.me;
  node.id = message.seq ? `message-${message.seq}` : `message-${message.client_id}`;
  node.dataset.seq = message.seq ?? "";
  if (message.id) node.dataset.id = message.id;
  node.dataset.author = author.id;
  node.dataset.name = author.name;
  node.dataset.at = message.created_at;
  node.classList.toggle("message--mine", isMine);
  node.classList.toggle("is-unsent", Boolean(message.unsent_at));
  node.classList.toggle("is-edited", Boolean(message.edited_at) && !message.unsent_at);
  node.classList.toggle("is-folded", talk.blocked.has(author.id));
  fillFace(part(node, "face"), author);
  part(node, "author").textContent = author.name;
  node.classList.toggle("is-calling", !message.unsent_at && calls(message, talk));
  fillTime(node, message.created_at);
  if (message.seq) part(node, "link").href = `/chat/${talk.id}/message/${message.seq}/`;
  fillBody(node, message, talk);
  fillOrigin(node, message, talk);
  fillQuote(node, message, talk);
  fillCard(part(node, "card"), message, talk);
  fillReactions(node, message.unsent_at ? [] : message.reactions, talk);
  talk.features.fill(node, message);
}

/** What the page says of a message the server rendered: enough to reply to, edit or quote it. */
export function read(node) {
  return {
    seq: Number(node.dataset.seq),
    author: { id: node.dataset.author, name: node.dataset.name },
    created_at: node.dataset.at,
    body: node.classList.contains("is-unsent") ? "" : part(node, "body").textContent,
    isMine: node.classList.contains("message--mine"),
    isUnsent: node.classList.contains("is-unsent"),
    hasCard: !part(node, "card").hidden,
    share: part(node, "card").hidden ? null : { kind: part(node, "card").dataset.kind },
    media: [...part(node, "media").querySelectorAll("[data-medium]")].map(mediumOf),
  };
}

/** A card as far as the page tells it: enough to say in a word what it is. */
function mediumOf(shown) {
  return { kind: shown.dataset.kind, name: shown.querySelector('[data-field="name"]')?.textContent ?? "" };
}

function fillTime(node, moment) {
  const time = part(node, "time");
  time.dateTime = moment;
  time.textContent = clock(moment);
}

/** What is left of a message that is gone. */
function traceOf(message) {
  if (message.taken_down) return gettext("Removed by Medley's moderators");
  return message.unsent_by ? gettext("Taken down by a moderator") : gettext("Message unsent");
}

function fillBody(node, message, talk) {
  const body = part(node, "body");
  const words = message.unsent_at ? traceOf(message) : message.body;
  const mentions = message.unsent_at ? [] : (message.mentions ?? []);
  const people = mentions.length ? readNames(words, mentions, talk) : undefined;
  body.replaceChildren(linkified(words, people, talk.me, message.blocked_hosts));
  body.hidden = !words;
  markEmoji(node);
}

/** Up to three emoji and nothing else stand large, without a bubble. */
export function markEmoji(node) {
  node.classList.toggle("is-emoji", ONLY_EMOJI.test(part(node, "body").textContent.trim()));
}

/** Where forwarded words come from; nobody is named across a block. */
function fillOrigin(node, message, talk) {
  const line = part(node, "forwarded");
  line.hidden = !message.forwarded || Boolean(message.unsent_at);
  const origin = message.forwarded?.origin;
  const isNamed = Boolean(origin) && !talk.blocked.has(origin.id);
  part(line, "origin").hidden = !isNamed;
  if (!isNamed) return;
  const name = part(line, "origin-name");
  name.textContent = origin.name;
  name.href = `/@${origin.username}/`;
}

function fillQuote(node, message, talk) {
  const quote = part(node, "quote");
  quote.hidden = !message.reply_to || Boolean(message.unsent_at);
  if (quote.hidden) return;
  quote.href = `#message-${message.reply_to}`;
  const quoted = talk.quoted(message);
  part(quote, "quote-author").textContent = quoted.name;
  part(quote, "quote-body").textContent = quoted.words;
}

/** `[{emoji, count, users: [id, ...]}]`, in the order in which each emoji first came. */
export function fillReactions(node, reactions, talk) {
  const list = part(node, "reactions");
  const own = talk.kind === "channel" ? ownReactions(node) : new Set();
  list.replaceChildren(...(reactions ?? []).map((reaction) => reactionItem(reaction, talk, own)));
  list.hidden = !reactions?.length;
}

/** In a channel nobody is told who reacted; what one gave oneself is remembered with the message. */
function ownReactions(node) {
  if (node.dataset.own) return new Set(JSON.parse(node.dataset.own));
  const given = part(node, "reactions").querySelectorAll("button.is-mine");
  return new Set([...given].map((button) => button.dataset.emoji));
}

export function markOwn(node, emoji, isMine) {
  const own = ownReactions(node);
  if (isMine) own.add(emoji);
  else own.delete(emoji);
  node.dataset.own = JSON.stringify([...own]);
  const buttons = [...part(node, "reactions").querySelectorAll("button")];
  const button = buttons.find(({ dataset }) => dataset.emoji === emoji);
  button?.classList.toggle("is-mine", isMine);
  button?.setAttribute("aria-pressed", String(isMine));
}

function reactionItem({ emoji, users, count }, talk, own) {
  const item = talk.reactionTemplate.content.firstElementChild.cloneNode(true);
  const button = item.querySelector("button");
  const isMine = users.includes(talk.me) || own.has(emoji);
  button.dataset.emoji = emoji;
  button.setAttribute("aria-pressed", String(isMine));
  button.classList.toggle("is-mine", isMine);
  button.title = users.slice(0, 12).map((id) => (id === talk.me ? gettext("You") : talk.people.get(id).name)).join(", ");
  part(item, "emoji").textContent = emoji;
  part(item, "count").textContent = count ?? users.length;
  return item;
}
