// Sheets whose inside comes from the server.

import { getText } from "../lib/http.js";
import { toast } from "../lib/toast.js";

/** Let a link open as the sheet with this id, where the page has it; answers what stops that. */
export function opensAsSheet(link, id) {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById(id)) return;
    event.preventDefault();
    fillSheet(id, link.href);
  };
  link.addEventListener("click", open);
  return () => link.removeEventListener("click", open);
}

/** Open the sheet with this id and fill it from `url`, asked for with `options` as fetch has them; a
 *  skeleton stands in until it is there. */
export async function fillSheet(id, url, options = {}) {
  const sheet = document.getElementById(id);
  const inside = sheet.querySelector("[data-fill]");
  const waiting = document.createElement("div");
  waiting.className = "sheet__waiting skeleton";
  inside.replaceChildren(waiting);
  if (!sheet.open) sheet.showModal();
  try {
    inside.innerHTML = await getText(url, options);
    globalThis.htmx?.process(inside);
  } catch (problem) {
    sheet.close();
    toast(problem.message, { isBad: true });
  }
}
