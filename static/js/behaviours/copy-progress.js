// How far the copy of one's data is, told by the socket; once it is made the page's part is fetched anew.

import { live } from "../lib/live.js";

export default function copyProgress(part) {
  const bar = part.querySelector("[data-bar]");
  const number = part.querySelector("[data-percent]");
  const told = ({ detail }) => {
    const { id, state, percent } = detail.export;
    if (id !== part.dataset.export) return;
    bar.value = percent;
    number.textContent = percent;
    if (state !== "waiting" && state !== "making") part.dispatchEvent(new Event("made"));
  };
  live.addEventListener("export.changed", told);
  live.start();
  return () => live.removeEventListener("export.changed", told);
}
