// The link to what can be made with a video opens as a sheet over it.

import { fillSheet } from "../watch/sheets.js";

export default function remix(link) {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById("remix-sheet")) return;
    event.preventDefault();
    fillSheet("remix-sheet", link.href);
  };
  link.addEventListener("click", open);
  return () => link.removeEventListener("click", open);
}
