// The number on the rail: messages that wait unread, wherever on the site one is.

import { live } from "../lib/live.js";
import { outgoing } from "../lib/outgoing.js";
import { getJSON } from "../lib/http.js";
import { countInTitle } from "../lib/title-count.js";

const AFTER = 600;

export default function unreadBadge(dot) {
  const me = document.body.dataset.userId;
  let timer = 0;

  const show = (count) => {
    dot.dataset.count = count;
    dot.textContent = count > 99 ? "99+" : count;
    dot.hidden = !count;
    countInTitle("messages", count);
  };
  /** The server counts: muted, ended and blocked conversations are its to know. */
  const ask = async () => {
    try {
      show((await getJSON("/chat/unread/")).unread);
    } catch {
      // The next event asks again.
    }
  };
  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, AFTER + Math.random() * AFTER);
  };

  const stops = [
    live.on("events", ({ events }) => events.some((event) => event.author !== me) && askSoon()),
    live.on("inbox.changed", () => askSoon()),
    live.on("read", ({ user }) => user === me && askSoon()),
    live.on("heartbeat", ({ heads }) => Object.keys(heads ?? {}).length && askSoon()),
  ];
  const read = () => askSoon();
  document.addEventListener("medley:read", read);
  countInTitle("messages", Number(dot.dataset.count));
  outgoing.open(me);
  live.start();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("medley:read", read);
    stops.forEach((stop) => stop());
  };
}
