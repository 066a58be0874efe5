// A saved video's mark opens the collections as a sheet over it.

import { fillSheet } from "../watch/sheets.js";

export default function keep(link) {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById("keep-sheet")) return;
    event.preventDefault();
    fillSheet("keep-sheet", link.href);
  };
  link.addEventListener("click", open);
  return () => link.removeEventListener("click", open);
}
