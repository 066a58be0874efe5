// Links in what people write, made of text nodes and anchors only: a message never becomes markup.
// chat/templatetags/chat.py does the same for the page; keep the two alike.

import { mentionNode, namesIn } from "./mentions.js";

const LINK = /https?:\/\/[^\s<>"']+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

/** The words as a fragment in which http(s) addresses are links, and `people` (by lower-case name) are named. */
export function linkified(words, people = new Map(), me = "") {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const match of words.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, "");
    if (!isAddress(address)) continue;
    fragment.append(...withNames(words.slice(from, match.index), people, me), anchor(address));
    from = match.index + address.length;
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

function isAddress(address) {
  return URL.canParse ? URL.canParse(address) : true;
}

function anchor(address) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = address;
  link.rel = "noopener noreferrer nofollow ugc";
  link.target = "_blank";
  return link;
}
