// Has the service worker run, says when a newer one waits, and lets it forget what is nobody's business after signing out.

import { forgetAllKept } from "../lib/kept.js";
import { toast } from "../lib/toast.js";

const ADDRESS = "/sw.js";
const LOOK_AGAIN = 60 * 60_000;
const LANGUAGE = "medley.worker-language";
/** What a person's words are kept under on this device. */
const PRIVATE = ["medley.outgoing.", "medley.drafts."];

export default function worker() {
  document.addEventListener("submit", signOut);
  if (!("serviceWorker" in navigator)) return () => document.removeEventListener("submit", signOut);
  register();
  return () => document.removeEventListener("submit", signOut);
}

async function register() {
  try {
    const registration = await navigator.serviceWorker.register(ADDRESS, { updateViaCache: "none" });
    watch(registration);
    sayLanguage(registration);
    setInterval(() => registration.update().catch(() => {}), LOOK_AGAIN);
  } catch {
    // Private windows and odd browsers: everything works without it.
  }
}

/** A page that a worker controls already is told of the next one; the first one comes unseen. */
function watch(registration) {
  const tell = (waiting) => waiting && navigator.serviceWorker.controller && offer(waiting);
  tell(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => installing.state === "installed" && tell(installing));
  });
}

function offer(waiting) {
  toast(gettext("A new version is there."), {
    label: gettext("Reload"),
    press: () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ type: "use-now" });
    },
  });
}

/** Its page without a line speaks the person's language, also after that was changed. */
function sayLanguage(registration) {
  const { lang } = document.documentElement;
  try {
    const known = localStorage.getItem(LANGUAGE);
    if (known === lang) return;
    localStorage.setItem(LANGUAGE, lang);
    if (known) registration.active?.postMessage({ type: "language" });
  } catch {
    // Nothing is kept: it stays in the language of the first visit.
  }
}

/** Unsent words do not stay on a device whose owner has left. */
function signOut({ target }) {
  if (!new URL(target.action, location.href).pathname.endsWith("/logout/")) return;
  navigator.serviceWorker?.controller?.postMessage({ type: "sign-out" });
  forgetAllKept();
  try {
    const names = Object.keys(localStorage).filter((name) => PRIVATE.some((start) => name.startsWith(start)));
    names.forEach((name) => localStorage.removeItem(name));
  } catch {
    // There was nothing to forget.
  }
}
