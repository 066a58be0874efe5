// What a person does to a message: over the socket, or by REST where there is none.

import { live, Unanswered } from "../lib/live.js";
import { deleteJSON, patchJSON, postJSON, putJSON } from "../lib/http.js";

const url = (conversation, seq) => `/api/v1/conversations/${conversation}/messages/${seq}/`;

/** Safe to say twice, so a question without an answer is asked again at the other door. */
async function say(frame, byRest) {
  try {
    return await live.ask(frame);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return byRest();
  }
}

export function edit(conversation, seq, body, mentions) {
  return say({ type: "message.edit", conversation, seq, body, mentions }, () =>
    patchJSON(url(conversation, seq), { body, mentions }),
  );
}

/** A voice message was listened to; only one's own devices learn of it. */
export function hear(conversation, seq) {
  return say({ type: "voice.hear", conversation, seq }, () => postJSON(`${url(conversation, seq)}heard/`));
}

/** No cards of what one's own message links to. */
export function unlink(conversation, seq) {
  return say({ type: "links.remove", conversation, seq }, () => deleteJSON(`${url(conversation, seq)}links/`));
}

export function pin(conversation, seq) {
  return say({ type: "pin.add", conversation, seq }, () => postJSON(`${url(conversation, seq)}pin/`));
}

export function unpin(conversation, seq) {
  return say({ type: "pin.remove", conversation, seq }, () => deleteJSON(`${url(conversation, seq)}pin/`));
}

/** Answers `{words, language}`; what was written goes to whoever translates only now. */
export function translate(conversation, seq, to) {
  return postJSON(`${url(conversation, seq)}translation/`, { to });
}

/** Safe to say twice: `message` has a client_id. */
export function schedule(conversation, message) {
  return say({ type: "schedule.add", conversation, ...message }, () =>
    postJSON(`/api/v1/conversations/${conversation}/scheduled/`, message),
  );
}

export function remind(conversation, seq, remind_at) {
  return say({ type: "reminder.set", conversation, seq, remind_at }, () =>
    putJSON(`${url(conversation, seq)}reminder/`, { remind_at }),
  );
}

export function unsend(conversation, seq) {
  return say({ type: "message.unsend", conversation, seq }, () => deleteJSON(url(conversation, seq)));
}

export function react(conversation, seq, emoji) {
  return say({ type: "reaction.add", conversation, seq, emoji }, () =>
    postJSON(`${url(conversation, seq)}reactions/`, { emoji }),
  );
}

export function unreact(conversation, seq, emoji) {
  return say({ type: "reaction.remove", conversation, seq, emoji }, () =>
    deleteJSON(`${url(conversation, seq)}reactions/?emoji=${encodeURIComponent(emoji)}`),
  );
}

export function votePoll(conversation, seq, options) {
  return say({ type: "poll.vote", conversation, seq, options }, () =>
    postJSON(`${url(conversation, seq)}poll/votes/`, { options }),
  );
}

/** The answer is there once: said twice, the second is refused. */
export function addPollOption(conversation, seq, text) {
  return say({ type: "poll.add_option", conversation, seq, text }, () =>
    postJSON(`${url(conversation, seq)}poll/options/`, { text }),
  );
}

export function closePoll(conversation, seq) {
  return say({ type: "poll.close", conversation, seq }, () => postJSON(`${url(conversation, seq)}poll/close/`));
}
