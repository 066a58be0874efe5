// The page without a line: says how many messages wait, and makes way for the real one when that can be had.

import "../worker/kept.js";

const LOOK_EVERY = 3000;

export default function offlinePage(element) {
  let timer = 0;
  // "online" says that there is a network, not that Medley can be reached: only an answer says that.
  const look = async () => {
    clearTimeout(timer);
    const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    else timer = setTimeout(look, LOOK_EVERY);
  };
  element.querySelector("[data-again]").addEventListener("click", () => location.reload());
  window.addEventListener("online", look);
  timer = setTimeout(look, LOOK_EVERY);
  showWaiting(element.querySelector("[data-waiting]"));
  return () => {
    clearTimeout(timer);
    window.removeEventListener("online", look);
  };
}

async function showWaiting(place) {
  try {
    const { length } = await self.keptMessages.all();
    const words = ngettext("%s message waits and goes out by itself.", "%s messages wait and go out by themselves.", length);
    place.querySelector("span").textContent = interpolate(words, [length]);
    place.hidden = !length;
  } catch {
    // Private windows may keep nothing.
  }
}
