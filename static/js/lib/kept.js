// Unsent messages, where the service worker finds them when no page is open (worker/kept.js says how they are kept).

import "../worker/kept.js";

const TAG = "outgoing";
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Keep a message for the worker, and ask the browser to wake that when there is a line. Never fails. */
export async function keepForLater(user, message, said) {
  if (!registration) return;
  const { client_id, conversation, created_at } = message;
  const { conversation: _place, ...words } = said;
  try {
    await self.keptMessages.put({ client_id, user, conversation, created_at, token: token(), said: words });
    await (await registration).sync.register(TAG);
  } catch {
    // No room, or it was not allowed: the page sends it when it is open again.
  }
}

/** The page sent it, or nobody will. */
export function forgetKept(clientId) {
  if (registration) self.keptMessages.drop(clientId).catch(() => {});
}

/** Everything, when somebody signs out. */
export function forgetAllKept() {
  return self.keptMessages.clear().catch(() => {});
}

/** Background Sync, where the browser has it; elsewhere keeping would be of no use. */
const registration = "serviceWorker" in navigator && "SyncManager" in window ? navigator.serviceWorker.ready : null;
