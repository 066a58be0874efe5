// A line that offers Medley as an app: in the settings whenever it can be, elsewhere from the third visit on until it is
// declined, for good.

import { ask, decline, isDeclined, onWay, way } from "../lib/install.js";

const VISITS = "medley.visits";
const SHOWN_FROM = 3;

export default function install(line) {
  const isGentle = line.hasAttribute("data-gentle");
  const visits = isGentle ? countVisit() : SHOWN_FROM;
  const show = () => {
    const found = way();
    line.hidden = !found || visits < SHOWN_FROM || (isGentle && declined());
    for (const part of line.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== found;
  };
  line.querySelector("[data-install]").addEventListener("click", ask);
  line.querySelector("[data-decline]")?.addEventListener("click", () => {
    decline();
    show();
  });
  show();
  return onWay(show);
}

/** How often this browser was opened here: a tab's life is one visit. Without a memory, the first. */
function countVisit() {
  try {
    const isSame = sessionStorage.getItem(VISITS);
    const visits = Number(localStorage.getItem(VISITS) ?? 0) + (isSame ? 0 : 1);
    sessionStorage.setItem(VISITS, "1");
    localStorage.setItem(VISITS, visits);
    return visits;
  } catch {
    return 1;
  }
}

function declined() {
  try {
    return isDeclined();
  } catch {
    return true;
  }
}
