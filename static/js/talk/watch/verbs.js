// What a person does at the shared player: over the socket, or by REST where there is none.

import { live, Unanswered } from "../../lib/live.js";
import { deleteJSON, getJSON, patchJSON, postJSON } from "../../lib/http.js";

const url = (conversation, rest = "") => `/api/v1/conversations/${conversation}/watch/${rest}`;

/** Resolves with a report: `{version, watch}`. */
async function say(frame, byRest) {
  try {
    return await live.ask(frame);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return byRest();
  }
}

export const look = (conversation) => getJSON(url(conversation));

export function start(conversation, video) {
  return say({ type: "watch.start", conversation, video }, () => postJSON(url(conversation), { video }));
}

export function join(conversation) {
  return say({ type: "watch.join", conversation }, () => postJSON(url(conversation, "join/")));
}

export function leave(conversation) {
  return say({ type: "watch.leave", conversation }, () => postJSON(url(conversation, "leave/")));
}

/** `wish` is what goes with the action: `{position_ms}`, `{version}`, `{on}`, `{to}`. */
export function control(conversation, action, wish = {}) {
  const said = { action, ...wish };
  return say({ type: "watch.control", conversation, ...said }, () => postJSON(url(conversation, "control/"), said));
}

export function add(conversation, video) {
  return say({ type: "watch.queue", conversation, action: "add", video }, () => postJSON(url(conversation, "queue/"), { video }));
}

export function move(conversation, entry, place) {
  return say({ type: "watch.queue", conversation, action: "move", entry, place }, () => patchJSON(url(conversation, `queue/${entry}/`), { place }));
}

export function remove(conversation, entry) {
  return say({ type: "watch.queue", conversation, action: "remove", entry }, () => deleteJSON(url(conversation, `queue/${entry}/`)));
}

export function collect(conversation, video) {
  return postJSON(`/api/v1/conversations/${conversation}/collection/`, { video });
}
