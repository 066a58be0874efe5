// Links, #topics and names in what people write, made of text nodes and anchors only: words never become markup.
// accounts/linking (finding.py, naming.py, rendering.py) does the same for the page; tests/links/cases.json holds both to it.

import { LinkifyIt } from "../../vendor/linkify-it/linkify-it.min.js";

/** Of one text; what comes behind them stands as words. */
const MOST = 100;
/** An address goes on to the next space; looking through longer ones would take long, so nothing longer is one. */
const TOO_LONG = /\S{2049,}/g;

const ENDINGS = `
  academy app art bar bio blog cafe cards chat cloud club community company design dev digital
  directory email events fan fans film fm fun fyi games global group guide link live media
  menu mobi music network news ninja one online page photos place plus press rocks school site
  social space store studio team tech tel tips today tools top tours travel tube video wiki
  work world xyz zone
`;

/** Every link has one of these; most of what people say has none. */
const MAYBE = /:\/\/|[\p{L}\p{N}_]\.\p{L}/u;
/** Marks that turn or hide letters end an address, and so does a backslash, which browsers read as a slash. */
const ENDS = /[\\\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;
/** Behind one of these "www." goes on with something, a mail address say. */
const GLUE = new Set("@.:/-_");

const NAME = /(?<![\p{L}\p{N}_@./])@([A-Za-z0-9._]{1,30})/gu;
const MARKED = new RegExp(
  `${NAME.source}|(?<![\\p{L}\\p{N}_#&/])#(?=[\\p{L}\\p{N}_]*[\\p{L}\\p{Nl}\\p{No}])([\\p{L}\\p{N}_]{1,60})`,
  "gu",
);

const finder = new LinkifyIt({}, { fuzzyEmail: false, fuzzyIP: false }).tlds(ENDINGS.trim().split(/\s+/), true);
for (const scheme of ["ftp:", "mailto:", "//"]) finder.add(scheme, null);
const { src_domain, src_domain_root, src_port, src_host_terminator, src_path } = finder.re;
const restOfHost = new RegExp(`(?:${src_domain}\\.){1,8}${src_domain_root}${src_port}${src_host_terminator}${src_path}`, "iy");
/** What begins so is meant as an address, whatever it ends with. */
finder.add("www.", {
  validate(text, pos) {
    restOfHost.lastIndex = pos;
    return restOfHost.exec(text)?.[0].length ?? 0;
  },
});

/** `[{start, end, text, href, host}]`: `host` is set where it has other letters, which may only look like those one knows. */
export function addressesIn(words) {
  if (!MAYBE.test(words)) return [];
  const text = words.replace(ENDS, " ").replace(TOO_LONG, (piece) => " ".repeat(piece.length));
  const found = (finder.match(text) ?? []).filter(({ schema, index }) => schema !== "www." || !GLUE.has(text[index - 1]));
  return found.map(addressOf).filter(Boolean).slice(0, MOST);
}

/** Null where it names somebody before its host: what looks like one is not where it leads. */
function addressOf({ index, raw }) {
  const href = raw.slice(0, 8).includes("://") ? raw : `https://${raw}`;
  const written = href.split("://")[1].split(/[/?#]/)[0];
  if (written.includes("@")) return null;
  try {
    const { hostname } = new URL(href);
    const host = /[^\x00-\x7f]/.test(written) ? hostname : "";
    return { start: index, end: index + raw.length, text: raw, href, host };
  } catch {
    return null;
  }
}

/** `[{start, end, name}]` of every "@name" in the words. */
export function namesIn(words) {
  return [...words.matchAll(NAME)].map(({ index, 1: found }) => {
    const name = found.replace(/\.+$/, "");
    return { start: index, end: index + 1 + name.length, name };
  });
}

/**
 * The words as a fragment with links to addresses, topics and `people` (cards, by lower-case name); `me` is an id, and what leads to
 * one of the `blocked` hosts stands as words.
 */
export function linkified(words, people = new Map(), me = "", blocked = []) {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const address of addressesIn(words)) {
    fragment.append(...marked(words, from, address.start, people, me));
    fragment.append(leadsTo(address.href, blocked) ? address.text : anchor(address));
    from = address.end;
  }
  fragment.append(...marked(words, from, words.length, people, me));
  return fragment;
}

/** Makes words of the links in a node that lead to these hosts, or below them. */
export function unlinkBlocked(node, hosts) {
  for (const link of node.querySelectorAll("a.outside")) if (leadsTo(link.href, hosts)) link.replaceWith(link.textContent);
}

function leadsTo(href, hosts) {
  if (!hosts.length) return false;
  const host = `.${new URL(href).hostname.replace(/\.$/, "")}`;
  return hosts.some((blocked) => host.endsWith(`.${blocked}`));
}

/** What stands between two links. */
function marked(words, start, end, people, me) {
  const nodes = [];
  let from = start;
  for (const { index, 1: found, 2: topic } of words.slice(0, end).matchAll(MARKED)) {
    const name = found?.replace(/\.+$/, "");
    const card = name && people.get(name.toLowerCase());
    if (index < start || !(topic || card)) continue;
    nodes.push(words.slice(from, index), topic ? topicNode(topic) : mentionNode(name, card, me));
    from = index + 1 + (topic ?? name).length;
  }
  return [...nodes, words.slice(from, end)].filter(Boolean);
}

function topicNode(topic) {
  const node = document.createElement("a");
  node.className = "topic";
  node.href = `/tags/${encodeURIComponent(topic.toLowerCase())}/`;
  node.textContent = `#${topic}`;
  return node;
}

/** "@name", under the name that they have now; one that stands for everybody has no profile. */
export function mentionNode(name, card, me) {
  const node = document.createElement(card.name ? "a" : "b");
  const username = card.username || name; // of whom nothing is known yet
  node.className = !card.name || card.id === me ? "mention is-me" : "mention";
  node.textContent = `@${name.toLowerCase() === username.toLowerCase() ? name : username}`;
  if (card.name) Object.assign(node, { href: `/@${username}/`, title: card.name });
  return node;
}

function anchor({ text, href, host }) {
  const link = document.createElement("a");
  link.className = "outside";
  link.dir = "ltr";
  link.href = href;
  link.textContent = text;
  link.rel = "noopener noreferrer nofollow ugc";
  link.target = "_blank";
  if (host) link.dataset.host = host;
  return link;
}
