// One row of the inbox: what it shows, kept in its own data attributes.

import { previewOf } from "../talk/preview.js";
import { briefly } from "../talk/time.js";

export const part = (row, name) => row.querySelector(`[data-field="${name}"]`);

/** What a row knows: numbers and switches as the server wrote them. */
export const number = (row, name) => Number(row.dataset[name] ?? 0);
export const isOn = (row, name) => row.dataset[name] === "1";

/** A message that is newer than what the row showed, or the same one changed; whether it is new. */
export function take(row, message, { me, speaker }) {
  if (message.seq < number(row, "last")) return false;
  const isNew = message.seq > number(row, "last");
  row.dataset.last = message.seq;
  if (isNew && message.author === me) row.dataset.read = message.seq;
  else if (isNew && isSilent(row, message)) row.dataset.silent = number(row, "silent") + 1;
  if (isNew && mentions(message, me)) row.dataset.mentioned = message.seq;
  say(row, speaker, foldedWords(row, message) ?? previewOf(message, me));
  if (isNew) setTime(row, message.created_at);
  showUnread(row);
  return isNew;
}

function say(row, speaker, words) {
  part(row, "preview").replaceChildren(...(speaker ? [bdi(speaker), ": ", bdi(words)] : [words]));
}

function setTime(row, moment) {
  const time = part(row, "time");
  time.dateTime = moment;
  time.textContent = briefly(moment);
}

/** What stands for words across a block (R15); nothing where there is none. */
function foldedWords(row, { author, notice }) {
  const { blocked = "", folded } = row.closest("[data-blocked]")?.dataset ?? {};
  return !notice && blocked.split(" ").includes(author) ? folded : undefined;
}

const isSilent = (row, { author }) => (row.dataset.hushed ?? "").split(" ").includes(author);
const mentions = ({ mentions: named = [], author }, me) => author !== me && (named.includes(me) || named.includes("all"));

/** The person read up to a place, here or on another device. */
export function read(row, seq) {
  row.dataset.read = Math.max(number(row, "read"), seq);
  if (number(row, "read") >= number(row, "last")) {
    row.dataset.silent = 0;
    row.dataset.marked = "0";
  }
  showUnread(row);
}

export function unreadOf(row) {
  return Math.max(0, number(row, "last") - number(row, "read") - number(row, "silent"));
}

export const looksUnread = (row) => unreadOf(row) > 0 || isOn(row, "marked");

export function showUnread(row) {
  const unread = unreadOf(row);
  const dot = part(row, "unread");
  dot.hidden = !looksUnread(row);
  part(dot, "count").textContent = unread > 99 ? "99+" : unread || "";
  part(row, "mention").hidden = number(row, "mentioned") <= number(row, "read");
  row.querySelector(".row").classList.toggle("is-unread", looksUnread(row));
}

/** Typing goes before a draft, a draft before what was said last. */
export function showAside(row, { typing = "", draft = "" }) {
  const line = part(row, "preview");
  let aside = row.querySelector(".row__aside");
  line.hidden = Boolean(typing || draft);
  if (!line.hidden) return aside?.remove();
  if (!aside) {
    aside = document.createElement("span");
    aside.dir = "auto";
    line.after(aside);
  }
  aside.className = `row__preview row__aside ${typing ? "is-typing" : "is-draft"}`;
  aside.replaceChildren(...(typing ? [typing] : [mark(gettext("Draft")), bdi(draft.replace(/\s+/g, " ").slice(0, 120))]));
}

function bdi(words) {
  const made = document.createElement("bdi");
  made.textContent = words;
  return made;
}

function mark(words) {
  const made = document.createElement("i");
  made.className = "row__mark";
  made.textContent = `${words} `;
  return made;
}
