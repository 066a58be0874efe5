// A group buy inside a message: how full it is and until when. Like chat/message/_together.jinja.

import { money } from "../lib/money.js";
import { timeLeft } from "../lib/server-clock.js";

const part = (node, name) => node.querySelector(`[data-field="${name}"]`);

/** Like chat/pages/shared.py. */
export function groupWords({ state, people, filled }) {
  if (state === "complete") return gettext("Complete: everybody gets the price");
  if (state === "expired") return gettext("Not enough people joined in time. Nobody pays");
  if (state === "cancelled") return gettext("Called off. Nobody pays");
  const left = people - filled;
  return interpolate(ngettext("%(filled)s of %(people)s in · %(left)s place left", "%(filled)s of %(people)s in · %(left)s places left", left), { filled, people, left }, true);
}

/** Show the group of a card; of everything else there is none. */
export function fillTogether(figure, { group, url }) {
  const box = part(figure, "group");
  if (!box) return;
  box.hidden = !group;
  box.dataset.endsAt = group?.state === "open" ? group.ends_at : "";
  if (!group) return;
  part(box, "group-price").textContent = money(group.price, group.currency);
  part(box, "group-before").textContent = money(group.price_before, group.currency);
  part(box, "group-off").textContent = `−${group.percent} %`;
  Object.assign(part(box, "group-meter"), { max: group.people, value: group.filled });
  part(box, "group-places").textContent = groupWords(group);
  Object.assign(part(box, "group-join"), { href: url, hidden: group.state !== "open" });
  tick(box);
}

/** What its clock shows now; past the end nobody joins, whatever the server has told yet. */
export function tick(box) {
  const { endsAt } = box.dataset;
  const left = endsAt ? timeLeft(Date.parse(endsAt)) : "";
  part(box, "group-clock").textContent = left;
  if (!left) part(box, "group-join").hidden = true;
}
