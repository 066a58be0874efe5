// What comes back to a person by the clock, wherever on the site they are: reminders, and scheduled messages that were refused.

import { getText } from "../lib/http.js";
import { live } from "../lib/live.js";
import { toast } from "../lib/toast.js";

const OWN = ["reminder.due", "reminder.changed", "reminder.gone", "schedule.changed", "schedule.gone", "schedule.refused"];

export default function later() {
  const stops = [
    live.on("reminder.due", ({ reminder }) => remind(reminder)),
    live.on("schedule.refused", ({ scheduled }) => refused(scheduled)),
    ...OWN.map((type) => live.on(type, () => refresh())),
  ];
  live.start();
  return () => stops.forEach((stop) => stop());
}

function remind({ words, title, conversation, seq }) {
  const said = words || title;
  toast(interpolate(gettext("Reminder: %s"), [said.length > 60 ? `${said.slice(0, 60)}…` : said]), {
    href: `/chat/${conversation}/#message-${seq}`,
    label: gettext("Open"),
  });
}

function refused({ conversation, refusal }) {
  toast(`${gettext("A scheduled message was not sent.")} ${refusal.detail}`, {
    href: `/chat/${conversation}/scheduled/`,
    label: gettext("View"),
    isBad: true,
  });
}

/** The lists of these things show what they have become, unless something is being written in them. */
async function refresh() {
  const list = document.querySelector(".later");
  if (!list || list.querySelector("details[open]")) return;
  try {
    const template = document.createElement("template");
    template.innerHTML = await getText(location.pathname);
    list.replaceChildren(...template.content.querySelector(".later").children);
  } catch {
    // The next visit shows it.
  }
}
