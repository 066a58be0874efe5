// One line of what a message says, keep like chat/pages/preview.py.

import { sharedWords } from "./card.js";
import { sentenceOf } from "./notices.js";

const EXCERPT = 120;

/** For lists: the words, else what hangs on the message. */
export function previewOf(message, me) {
  if (message.notice) return sentenceOf(message.notice, me);
  if (message.taken_down) return gettext("Removed by Medley's moderators");
  if (message.unsent_at) return gettext("Message unsent");
  return message.body.replace(/\s+/g, " ").trim().slice(0, EXCERPT) || hangingWords(message);
}

/** What hangs on a message without words. */
export function hangingWords({ poll, media, share }) {
  if (poll) return interpolate(gettext("Poll: %(question)s"), poll, true);
  if (media?.length) return mediaWords(media);
  return sharedWords(share?.kind);
}

function mediaWords(media) {
  const kinds = new Set(media.map((item) => item.kind));
  const count = { count: media.length };
  const only = (...wanted) => [...kinds].every((kind) => wanted.includes(kind));
  if (only("photo")) return interpolate(ngettext("%(count)s photo", "%(count)s photos", media.length), count, true);
  if (only("video")) return interpolate(ngettext("%(count)s video", "%(count)s videos", media.length), count, true);
  if (only("photo", "video")) return interpolate(gettext("%(count)s photos and videos"), count, true);
  if (only("voice")) return gettext("Voice message");
  if (only("sticker")) return gettext("Sticker");
  return media[0].name || gettext("File");
}
