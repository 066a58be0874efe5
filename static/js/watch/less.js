// "Less of this" in the sheet that says why: sent, thanked for, and gone from what is to come.

import { request } from "../lib/http.js";
import { toast } from "../lib/toast.js";

/** `told(kind, clip)` once the server knows; `current()` is the clip that the sheet is about. */
export function listenForLess(sheet, current, told) {
  sheet?.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-less]");
    if (!form) return;
    event.preventDefault();
    try {
      await request(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
      sheet.close();
      toast(gettext("We will show you less of this."));
      told(form.dataset.less, current());
    } catch (problem) {
      toast(problem.message, { isBad: true });
    }
  });
}
