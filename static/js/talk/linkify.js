// Links in what people write, made of text nodes and anchors only: a message never becomes markup.
// accounts/addresses.py and chat/templatetags/chat.py do the same for the page; keep them alike.

import { mentionNode, namesIn } from "./mentions.js";

// Marks that turn or hide letters end an address, and so does a backslash, which browsers read as a slash.
const LINK = /(?<![\p{L}\p{N}_@.])(?:https?:\/\/|www\.)[^\s<>"'\\\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+/giu;
const TRAILING = /[.,;:!?)\]}]+$/;

/** The words as a fragment in which http(s) addresses are links, and `people` (by lower-case name) are named. */
export function linkified(words, people = new Map(), me = "") {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const match of words.matchAll(LINK)) {
    const text = match[0].replace(TRAILING, "");
    const url = urlOf(text);
    if (!url) continue;
    fragment.append(...withNames(words.slice(from, match.index), people, me), anchor(text, url));
    from = match.index + text.length;
  }
  fragment.append(...withNames(words.slice(from), people, me));
  return fragment;
}

function withNames(words, people, me) {
  if (!people.size) return [words];
  const nodes = [];
  let from = 0;
  for (const { start, end, name } of namesIn(words)) {
    const card = people.get(name.toLowerCase());
    if (!card) continue;
    nodes.push(words.slice(from, start), mentionNode(name, card, me));
    from = end;
  }
  return [...nodes, words.slice(from)];
}

const hrefOf = (text) => (text.includes("://") ? text : `https://${text}`);
const hostIn = (text) => hrefOf(text).split("://")[1].split(/[/?#]/)[0];

/** Where it leads; null where it names somebody before its host, which only looks like one. */
function urlOf(text) {
  try {
    return hostIn(text).includes("@") ? null : new URL(hrefOf(text));
  } catch {
    return null;
  }
}

function anchor(text, url) {
  const link = document.createElement("a");
  link.className = "outside";
  link.dir = "ltr";
  link.href = hrefOf(text);
  link.textContent = text;
  link.rel = "noopener noreferrer nofollow ugc";
  link.target = "_blank";
  // Other letters may only look like those of a host that one knows.
  if (/[^\x00-\x7f]/.test(hostIn(text))) link.dataset.host = url.hostname;
  return link;
}
