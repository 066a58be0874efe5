// What others show of a message: its line in a quote, and its card as the server shows it to this viewer.

import { getText } from "../lib/http.js";
import { fragmentOf } from "./history.js";
import { read } from "./message.js";
import { hangingWords } from "./preview.js";

/** `{name, words}` of the message at a place, as far as the list has it. */
export function quotedIn(log, seq) {
  const item = log.get(seq);
  if (!item || "notice" in item.dataset) return { name: "", words: gettext("Earlier message") };
  const message = read(item);
  const words = message.isUnsent ? gettext("Message unsent") : message.body || hangingWords(message);
  return { name: message.isMine ? gettext("You") : message.author.name, words };
}

/** The figure of a card that does not travel with events, or null. */
export async function figureOf(log, message) {
  try {
    const text = await getText(`${log.scroller.dataset.history}?before=${message.seq + 1}`);
    return fragmentOf(text).querySelector(`#message-${message.seq} [data-field="card"]`);
  } catch {
    return null;
  }
}
