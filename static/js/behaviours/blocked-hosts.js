// Links to what moderators have just blocked become words, wherever they stand on the page.

import { live } from "../lib/live.js";

export default function blockedHosts() {
  return live.on("hosts.blocked", async ({ hosts }) => {
    const { unlinkBlocked } = await import("../lib/linkify.js");
    unlinkBlocked(document, hosts);
  });
}
