// The switch with which this browser is told of things, or no more; the browser asks only after a press.

import { forget, known, standing, turnOff, turnOn } from "../lib/devices.js";
import { getText } from "../lib/http.js";
import { toast } from "../lib/toast.js";

export default function thisDevice(section) {
  const list = document.querySelector("[data-devices]");
  const isOffered = section.hasAttribute("data-offered");

  const show = (now) => {
    for (const part of section.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== now;
  };

  /** The list as the server has it by now. */
  const listAnew = async () => {
    const page = new DOMParser().parseFromString(await getText(location.href), "text/html");
    list.replaceChildren(...page.querySelector("[data-devices]").childNodes);
  };

  const isListed = () => Boolean(list.querySelector(`[data-device="${known()?.id}"]`));

  /** One that was removed here, or elsewhere, is off: its push service need not keep it either. */
  const look = async () => {
    if (!isOffered) return show("unoffered");
    if ((await standing()) === "on" && !isListed()) {
      await listAnew();
      if (!isListed()) await forget();
    }
    show(await standing());
  };

  const press = async ({ target }) => {
    const button = target.closest("[data-turn]");
    if (!button) return;
    button.disabled = true;
    try {
      await (button.dataset.turn === "on" ? turnOn() : turnOff());
      await listAnew();
    } catch (error) {
      toast(error.code ? error.message : gettext("The browser's push service did not answer. Try again later."), { isBad: true });
    } finally {
      button.disabled = false;
      show(await standing());
    }
  };

  section.addEventListener("click", press);
  look().catch(() => show("off"));
}
