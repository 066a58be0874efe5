// The wish for a copy of a video, a form or a link: it opens a sheet that says how the copy stands.

import { fillSheet } from "../watch/sheets.js";

const SHEET = "download-sheet";

export default function download(element) {
  const type = element.matches("form") ? "submit" : "click";
  const ask = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById(SHEET)) return;
    event.preventDefault();
    element.closest("[popover]")?.hidePopover();
    element.closest("dialog")?.close();
    fillSheet(SHEET, element.action ?? element.href, { method: "POST" });
  };
  element.addEventListener(type, ask);
  return () => element.removeEventListener(type, ask);
}
