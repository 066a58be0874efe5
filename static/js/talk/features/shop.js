// Products in messages: into the cart from where they are talked about.

import { postJSON } from "../../lib/http.js";
import { toast } from "../../lib/toast.js";
import { place } from "../menu.js";

export class Shop {
  #talk;

  acts = { buy: (_item, button) => this.#buy(button) };

  constructor(talk) {
    this.#talk = talk;
  }

  /** One choice goes into the cart at once, of several the menu asks which. */
  #buy(button) {
    if (button.dataset.variant) return this.#add(button);
    const choices = [...button.closest("[data-field=offer]").querySelectorAll("[data-variant]")];
    if (choices.length === 1) return this.#add(choices[0], button);
    return this.#ask(choices[0].parentElement, button);
  }

  #ask(menu, button) {
    menu.showPopover();
    const box = button.getBoundingClientRect();
    place(menu, { x: box.left, y: box.top - menu.offsetHeight - 8 });
    menu.querySelector(":enabled")?.focus();
  }

  async #add({ dataset, parentElement }, button = null) {
    if (parentElement.matches(":popover-open")) parentElement.hidePopover();
    const pressed = button ?? parentElement.parentElement.querySelector(".shared__buy");
    pressed.disabled = true;
    try {
      await postJSON("/api/v1/cart/lines/", { variant: dataset.variant, quantity: 1, via: `t:${this.#talk.id}` });
      toast(gettext("In your cart"), { href: "/cart/", label: gettext("See cart") });
      document.dispatchEvent(new CustomEvent("medley:cart"));
    } catch (problem) {
      toast(problem.message, { isBad: true });
    } finally {
      pressed.disabled = false;
    }
  }
}
