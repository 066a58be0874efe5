// Counts a day with Medley, a minute at a time while somebody looks, and follows it live to its end and on again.

import { HttpProblem, postJSON } from "../lib/http.js";
import { live } from "../lib/live.js";
import { toast } from "../lib/toast.js";

const EVERY = 60_000;
/** Nobody moved for so long and nothing plays: they are elsewhere. */
const IDLE = 5 * 60_000;
const WARNED_AT = 5;

let touchedAt = Date.now();
for (const type of ["pointerdown", "keydown", "scroll", "touchstart"]) {
  addEventListener(type, () => (touchedAt = Date.now()), { capture: true, passive: true });
}

const plays = () => [...document.querySelectorAll("video, audio")].some((player) => !player.paused && !player.ended);
const isUsed = () => document.visibilityState === "visible" && (Date.now() - touchedAt < IDLE || plays());

export default function screenTime(element) {
  const wasOver = "over" in element.dataset;
  let isWarned = Number(element.dataset.left) <= WARNED_AT;

  function show({ left, is_over: isOver }) {
    if (isOver && !wasOver && !("stays" in element.dataset)) location.reload();
    if (!isOver) goOn();
    if (isOver || left === null || left > WARNED_AT || isWarned) return;
    isWarned = true;
    toast(interpolate(ngettext("%s minute left today", "%s minutes left today", left), [left]));
  }

  async function beat() {
    if (wasOver || !isUsed()) return;
    try {
      show(await postJSON("/api/v1/me/screen-time/"));
    } catch (problem) {
      if (!(problem instanceof HttpProblem || problem instanceof TypeError)) throw problem;
    }
  }

  const stops = [
    live.on("screen_time", show),
    live.on("screen_time.answered", ({ is_granted: isGranted }) => {
      if (!isGranted) goOn();
    }),
  ];
  live.start();
  beat();
  const timer = setInterval(beat, EVERY);
  document.addEventListener("visibilitychange", beat);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", beat);
    stops.forEach((stop) => stop());
  };
}

/** From the page that stands in the place of another to that one, which says anew whether there is time. */
function goOn() {
  const page = document.querySelector("[data-day-over]");
  if (page) location.assign(page.dataset.dayOver);
}
