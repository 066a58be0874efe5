// Reporting something in a sheet over the page; without this script the same form is a page of its own.

import { getText, request } from "./http.js";
import { openSheet } from "./sheets.js";
import { toast } from "./toast.js";

/** Ask what is wrong with the thing at `url` (/report/<kind>/<id>/) and say thanks. */
export async function openReport(url) {
  try {
    const text = await getText(url);
    const sheet = openSheet(gettext("Report"));
    sheet.body.innerHTML = text;
    sheet.body.addEventListener("submit", (event) => {
      event.preventDefault();
      send(event.target, sheet);
    });
  } catch (error) {
    toast(error.message, { isBad: true });
  }
}

async function send(form, sheet) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await request(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true", Accept: "text/html" } });
    sheet.body.innerHTML = await answer.text();
    sheet.body.querySelector("a")?.focus();
    const { pathname } = new URL(form.action);
    sheet.dialog.addEventListener("close", () => document.dispatchEvent(new CustomEvent("medley:reported", { detail: pathname })));
  } catch (error) {
    button.disabled = false;
    toast(error.message, { isBad: true });
  }
}
