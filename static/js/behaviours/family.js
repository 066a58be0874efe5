// Keeps a part of a family's page as it is: what the other side does shows by itself.

import { getText } from "../lib/http.js";
import { live } from "../lib/live.js";

export default function family(element) {
  const isBusy = () => element.contains(document.activeElement) && document.activeElement.matches("input, select");

  async function refresh() {
    if (isBusy()) return;
    const page = new DOMParser().parseFromString(await getText(element.dataset.page), "text/html");
    const fresh = page.getElementById(element.id);
    if (fresh) element.replaceWith(document.adoptNode(fresh));
    else location.assign("/settings/family/");
  }

  const stops = [
    live.on("family", () => refresh().catch(() => location.assign("/settings/family/"))),
    live.on("screen_time", () => refresh().catch(() => {})),
  ];
  live.start();
  return () => stops.forEach((stop) => stop());
}
