// Sheets whose inside comes from the server.

import { getText } from "../lib/http.js";
import { toast } from "../lib/toast.js";

/** Open the sheet with this id and fill it from `url`; a skeleton stands in until it is there. */
export async function fillSheet(id, url) {
  const sheet = document.getElementById(id);
  const inside = sheet.querySelector("[data-fill]");
  const waiting = document.createElement("div");
  waiting.className = "sheet__waiting skeleton";
  inside.replaceChildren(waiting);
  if (!sheet.open) sheet.showModal();
  try {
    inside.innerHTML = await getText(url);
    globalThis.htmx?.process(inside);
  } catch (problem) {
    sheet.close();
    toast(problem.message, { isBad: true });
  }
}
