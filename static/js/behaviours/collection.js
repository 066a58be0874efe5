// A conversation's collection, open: what others save or take out shows by itself.

import { live } from "../lib/live.js";
import { getText } from "../lib/http.js";

export default function collection(root) {
  const tiles = root.querySelector("[data-tiles]");

  const refresh = async () => {
    try {
      tiles.innerHTML = await getText(location.href);
    } catch {
      // The next change, or a reload, shows it.
    }
  };

  const { conversation, revision } = root.dataset;
  const stop = live.follow(conversation, Number(revision), (event) => event.type === "collection.changed" && refresh());
  live.start();
  return stop;
}
