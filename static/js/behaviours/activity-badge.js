// The number on a bell: what is new since the list was looked at, on whichever device.

import { activity } from "../lib/activity.js";

export default function activityBadge(dot) {
  const number = dot.querySelector("[data-number]");
  const show = () => {
    dot.dataset.count = activity.unread;
    number.textContent = activity.unread > 99 ? "99+" : activity.unread;
    dot.hidden = !activity.unread;
  };

  activity.start({ unread: Number(dot.dataset.count), revision: Number(dot.dataset.revision) });
  activity.addEventListener("standing", show);
  return () => activity.removeEventListener("standing", show);
}
