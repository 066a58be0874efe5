// Unfinished words, per person and conversation: kept in this browser at once, and on the server for the person's other
// devices. Of two devices the newest edit wins.

import { putJSON } from "./http.js";
import { live, Refused, Unanswered } from "./live.js";

const TELL_AFTER = 1000;
const FORGET_AFTER = 30 * 86_400_000;

const key = (user) => `medley.drafts.${user}`;
const timers = new Map();

/** `{conversation: {body, reply_to, edited_at, isTold}}`, empty ones too: that they were cleared is an edit as well. */
export function keptDrafts(user) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(user))) ?? {};
    // What older pages kept was the words alone.
    return Object.fromEntries(Object.entries(kept).map(([id, draft]) => [id, typeof draft === "string" ? fresh(draft) : draft]));
  } catch {
    return {};
  }
}

function write(user, drafts) {
  for (const [conversation, { body, isTold, edited_at }] of Object.entries(drafts)) {
    if (!body && isTold && Date.now() - Date.parse(edited_at) > FORGET_AFTER) delete drafts[conversation];
  }
  try {
    localStorage.setItem(key(user), JSON.stringify(drafts));
  } catch {
    // A full or forbidden store loses a draft, nothing else.
  }
}

const fresh = (body, reply_to = null) => ({ body, reply_to, edited_at: new Date().toISOString(), isTold: false });

/** All words that a person has not sent, by conversation. */
export function draftsOf(user) {
  return Object.fromEntries(
    Object.entries(keptDrafts(user))
      .filter(([, { body }]) => body.trim())
      .map(([conversation, { body }]) => [conversation, body]),
  );
}

/** The message that the words in this conversation answer, by its place. */
export const repliedTo = (user, conversation) => keptDrafts(user)[conversation]?.reply_to ?? null;

/** Keep the words, or forget them when empty; the server hears it with the next pause, of empty ones at once. */
export function keepDraft(user, conversation, body, reply_to = null) {
  const drafts = keptDrafts(user);
  const known = drafts[conversation];
  const isSame = body.trim() === (known?.body.trim() ?? "") && (reply_to ?? null) === (known?.reply_to ?? null);
  if (isSame) return;
  drafts[conversation] = fresh(body.trim() ? body : "", body.trim() ? reply_to : null);
  write(user, drafts);
  clearTimeout(timers.get(conversation));
  if (body.trim()) timers.set(conversation, setTimeout(() => tell(user, conversation), TELL_AFTER));
  else tell(user, conversation);
}

/** Take over what the server keeps (`{conversation, body, reply_to, edited_at}`), where it is newer; whether it was. */
export function takeDraft(user, { conversation, body, reply_to = null, edited_at }) {
  const drafts = keptDrafts(user);
  const known = drafts[conversation];
  if (known && Date.parse(known.edited_at) >= Date.parse(edited_at)) return false;
  const isOther = body !== (known?.body ?? "");
  drafts[conversation] = { body, reply_to, edited_at, isTold: true };
  write(user, drafts);
  if (isOther) announce(conversation);
  return isOther;
}

/** Hear of the other devices, and tell the server what it missed; called by whoever shows drafts, once a page. */
export function shareDrafts(user) {
  if (sharing) return;
  sharing = true;
  live.on("draft.changed", ({ draft }) => takeDraft(user, draft));
  live.on("state", ({ state }) => state === "open" && tellAll(user));
  if (live.state === "open") tellAll(user);
}
let sharing = false;

function tellAll(user) {
  for (const [conversation, { isTold }] of Object.entries(keptDrafts(user))) if (!isTold) tell(user, conversation);
}

async function tell(user, conversation) {
  const { isTold, ...draft } = keptDrafts(user)[conversation] ?? { isTold: true };
  if (isTold) return;
  try {
    const kept = await say(conversation, draft);
    told(user, conversation, draft.edited_at);
    takeDraft(user, kept);
  } catch (error) {
    // Refused for good (no part in it any more, too long): kept here. No answer: told with the next connection.
    if (error instanceof Refused || error.status) told(user, conversation, draft.edited_at);
  }
}

async function say(conversation, draft) {
  try {
    return (await live.ask({ type: "draft.set", conversation, ...draft })).draft;
  } catch (error) {
    if (!(error instanceof Unanswered) || live.state === "open") throw error;
    return putJSON(`/api/v1/conversations/${conversation}/draft/`, draft);
  }
}

function told(user, conversation, edited_at) {
  const drafts = keptDrafts(user);
  if (drafts[conversation]?.edited_at !== edited_at) return;
  drafts[conversation].isTold = true;
  write(user, drafts);
}

/** For lists and composers of this page; other tabs hear of the store itself. */
function announce(conversation) {
  document.dispatchEvent(new CustomEvent("medley:draft", { detail: { conversation, isFromElsewhere: true } }));
}
