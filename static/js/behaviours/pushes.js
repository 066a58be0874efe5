// What pushes leave to a page: the line that one led to is read, what was read elsewhere goes from this screen, and a
// browser that is told stays registered when its session changes.

import { closeShown, renew } from "../lib/devices.js";
import { postJSON } from "../lib/http.js";
import { live } from "../lib/live.js";

const PARAMETER = "notification";

export default function pushes() {
  readWhatLedHere();
  renew().catch(() => {
    // The next page tries again.
  });
  return live.on("notifications.read", ({ ids }) => ids?.length !== 0 && closeShown(ids));
}

async function readWhatLedHere() {
  const here = new URL(location.href);
  const id = here.searchParams.get(PARAMETER);
  if (!id) return;
  here.searchParams.delete(PARAMETER);
  history.replaceState(history.state, "", here);
  await postJSON("/api/v1/notifications/read/", { ids: [id] }).catch(() => {
    // It stays unread, and is so in the list.
  });
}
