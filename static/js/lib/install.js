// Whether Medley can be put among the device's apps, and how: by the browser's own question, or by words for iOS.

const DECLINED = "medley.install";
let question = null;
const watchers = new Set();

window.addEventListener("beforeinstallprompt", (event) => {
  // The browser would ask at a moment of its own.
  event.preventDefault();
  question = event;
  watchers.forEach((tell) => tell());
});

window.addEventListener("appinstalled", () => {
  question = null;
  watchers.forEach((tell) => tell());
});

export const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

/** Safari on iPhones and iPads has no question: people do it by its own menu. */
const isByHand = () => "standalone" in navigator && !navigator.standalone;

/** `ask` (the browser can ask), `by-hand`, or null: it is there already, or this browser cannot. */
export const way = () => (isInstalled() ? null : question ? "ask" : isByHand() ? "by-hand" : null);

/** Call `tell()` when the way changes; returns how to stop. */
export function onWay(tell) {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

/** Let the browser ask; answers whether the person said yes. It can be asked once. */
export async function ask() {
  const asked = question;
  question = null;
  await asked?.prompt();
  const { outcome } = (await asked?.userChoice) ?? {};
  watchers.forEach((tell) => tell());
  return outcome === "accepted";
}

export const isDeclined = () => localStorage.getItem(DECLINED) === "no";
export const decline = () => localStorage.setItem(DECLINED, "no");
