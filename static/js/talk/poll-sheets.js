// The sheets of polls: making one, and who voted. Read only once somebody opens one.

import { getText } from "../lib/http.js";
import { openSheet } from "../lib/sheets.js";

const MOST_OPTIONS = 12;
const AT_FIRST = 3;

/** Who voted for what, as the page at `url` says it. */
export async function showVoters(url) {
  const sheet = openSheet(gettext("Who voted"));
  const list = document.createElement("div");
  list.className = "voters";
  list.innerHTML = await getText(url);
  sheet.body.append(list);
}

/** Fill in a new poll; `send(poll)` or `sendLater(poll)` gets what the wire takes. */
export async function askPoll(url, { send, sendLater }) {
  const sheet = openSheet(gettext("New poll"));
  sheet.body.innerHTML = await getText(url);
  const form = sheet.body.querySelector("form");
  const answers = form.querySelector(".poll-form__options");
  const boxes = () => [...answers.querySelectorAll("input")];
  for (const box of boxes().slice(AT_FIRST)) box.remove();
  answers.addEventListener("input", () => keepOneFree(answers, boxes()));
  form.elements.later.hidden = false;
  form.elements.question.focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const poll = pollOf(form, boxes());
    const problem = problemOf(poll);
    const line = form.querySelector("[data-problem]");
    line.hidden = !problem;
    line.textContent = problem;
    if (problem) return;
    sheet.close();
    if (event.submitter?.name === "later") sendLater(poll);
    else send(poll);
  });
}

/** There is always room for another answer, up to twelve. */
function keepOneFree(answers, boxes) {
  const last = boxes.at(-1);
  if (!last.value || boxes.length >= MOST_OPTIONS) return;
  const more = last.cloneNode();
  const label = interpolate(gettext("Answer %s"), [boxes.length + 1]);
  Object.assign(more, { value: "", required: false, placeholder: label });
  more.setAttribute("aria-label", label);
  answers.append(more);
}

function pollOf(form, boxes) {
  const { question, closes_at, multiple, anonymous, hidden, adding } = form.elements;
  return {
    question: question.value.trim(),
    options: boxes.map((box) => box.value.trim()).filter(Boolean),
    multiple: multiple.checked,
    anonymous: anonymous.checked,
    hidden: hidden.checked,
    adding: adding.checked,
    closes_at: closes_at.value ? new Date(closes_at.value).toISOString() : null,
  };
}

/** What can be told before the server is asked. */
function problemOf({ options, closes_at }) {
  const distinct = new Set(options.map((text) => text.toLowerCase()));
  if (options.length < 2) return gettext("Give at least two answers.");
  if (distinct.size < options.length) return gettext("Each answer can be there once.");
  if (closes_at && Date.parse(closes_at) <= Date.now()) return gettext("Choose a closing time that is still to come.");
  return "";
}
