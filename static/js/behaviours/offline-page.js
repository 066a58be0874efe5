// The page without a line: says how many messages wait, and makes way for the real one when that can be had.

import "../worker/kept.js";

export default function offlinePage(element) {
  const again = () => location.reload();
  element.querySelector("[data-again]").addEventListener("click", again);
  window.addEventListener("online", again);
  showWaiting(element.querySelector("[data-waiting]"));
  return () => window.removeEventListener("online", again);
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
