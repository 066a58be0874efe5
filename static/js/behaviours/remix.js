// The link to what can be made with a video opens as a sheet over it.

import { opensAsSheet } from "../watch/sheets.js";

export default function remix(link) {
  return opensAsSheet(link, "remix-sheet");
}
