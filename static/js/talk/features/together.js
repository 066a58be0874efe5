// Group buys in messages: started from a product that somebody showed, and counting down, all by one clock.

import { postJSON } from "../../lib/http.js";
import { toast } from "../../lib/toast.js";
import { tick } from "../together.js";

export class Together {
  #talk;
  #timer = 0;

  acts = { together: (item, button) => this.#start(item, button) };

  constructor(talk) {
    this.#talk = talk;
    const root = talk.root ?? document;
    this.#timer = setInterval(() => {
      for (const box of root.querySelectorAll("[data-field=group][data-ends-at]:not([data-ends-at=''])")) tick(box);
    }, 1000);
  }

  /** A product of this conversation: open a group and show it to everybody here. */
  async #start(item, button) {
    const product = button.closest("[data-kind=product]").dataset.id;
    button.disabled = true;
    try {
      const { id } = await postJSON("/api/v1/group-buys/", { product, conversation: this.#talk.id });
      this.#talk.send({ body: "", share: `group_buy:${id}` });
    } catch (problem) {
      toast(problem.message, { isBad: true });
    } finally {
      button.disabled = false;
    }
  }

  stop() {
    clearInterval(this.#timer);
  }
}
