// A saved video's mark opens the collections as a sheet over it.

import { opensAsSheet } from "../watch/sheets.js";

export default function keep(link) {
  return opensAsSheet(link, "keep-sheet");
}
