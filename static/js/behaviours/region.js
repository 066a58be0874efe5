// What is off where somebody is: the page gives way to the explanation when a rule begins, and comes back when it ends.

import { live } from "../lib/live.js";

const UNAVAILABLE = 451;
/** Not everybody of a region asks in the same moment; with the socket's own half second they know within two. */
const SPREAD = 600;
/** By then every server knows. */
const LATEST = 2000;

const explains = () => document.querySelector("[data-region-off]") !== null;

export default function region() {
  const stops = [
    live.on("region", () => soon()),
    live.on("welcome", ({ off = [] }) => (off.length || explains()) && soon()),
  ];
  live.start();
  return () => stops.forEach((stop) => stop());
}

let asking = 0;

function soon() {
  clearTimeout(asking);
  asking = setTimeout(look, Math.random() * SPREAD, true);
}

/**
 * The server knows what this address belongs to: ask for it again, and show what it says if it says no. Of several
 * servers one may hear of the change a second later than that which told us: where nothing changed, ask once more.
 */
async function look(again) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const explained = explains();
  if (answer?.status === UNAVAILABLE && (again || !explained)) show(await answer.text());
  else if (answer?.ok && explained) location.reload();
  if (again && explains() === explained) asking = setTimeout(look, LATEST, false);
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const sheets = [...page.querySelectorAll('link[rel="stylesheet"]')];
  for (const sheet of sheets.filter(({ href }) => !document.querySelector(`link[href="${new URL(href).pathname}"]`))) {
    document.head.append(document.importNode(sheet, true));
  }
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.title = page.title;
  document.querySelector(".app").replaceWith(document.importNode(page.querySelector(".app"), true));
  document.body.className = page.body.className;
  document.querySelector("#main").focus();
}
