// The sheet on which a time is chosen: one press for the usual ones, a field for any other.

import { daysAhead, localValue, momentName, momentOf } from "./zoned.js";

const HOUR = 3_600_000;
const YEAR = 366 * 24 * HOUR;

/** Times that are one press away; chat/pages/timing.py has the same. */
function choices() {
  const now = Date.now();
  const tonight = daysAhead(0, "20:00");
  return [
    { name: gettext("In 1 hour"), at: new Date(now + HOUR) },
    ...(now < tonight - HOUR ? [{ name: gettext("Tonight"), at: tonight }] : []),
    { name: gettext("Tomorrow"), at: daysAhead(1, "09:00") },
  ];
}

/** Ask for a time; resolves with a Date, or with null where the person thought better of it. */
export function askWhen(root, { title, label }) {
  const sheet = root.querySelector("[data-when]");
  const form = sheet.querySelector("form");
  const field = form.elements.namedItem("at");
  sheet.querySelector("[data-when-title]").textContent = title;
  form.querySelector("button").textContent = label;
  field.min = localValue(Date.now() + 60_000);
  field.max = localValue(Date.now() + YEAR);
  field.value = localValue(Date.now() + HOUR);
  return new Promise((resolve) => {
    const done = (moment) => {
      chosen = moment;
      sheet.close();
    };
    let chosen = null;
    sheet.querySelector("[data-when-choices]").replaceChildren(...choices().map((choice) => button(choice, done)));
    form.onsubmit = (event) => {
      event.preventDefault();
      done(momentOf(field.value));
    };
    sheet.addEventListener("close", () => resolve(chosen), { once: true });
    sheet.showModal();
  });
}

function button({ name, at }, done) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "when__choice";
  const when = document.createElement("span");
  when.textContent = momentName(at);
  made.append(name, when);
  made.addEventListener("click", () => done(at));
  return made;
}
