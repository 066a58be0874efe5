// The sheet that sends messages on; the form in it is the share sheet's own (behaviours/share.js).

import { getText } from "../lib/http.js";
import { openSheet } from "../lib/sheets.js";
import { toast } from "../lib/toast.js";
import { fragmentOf } from "./history.js";

/** Ask where the messages at these places go. */
export async function openForward(talk, seqs) {
  const query = seqs.map((seq) => `seq=${seq}`).join("&");
  try {
    const form = fragmentOf(await getText(`/chat/${talk.id}/forward/?${query}`));
    openSheet(gettext("Forward to")).body.append(form);
  } catch (error) {
    toast(error.message, { isBad: true });
  }
}
