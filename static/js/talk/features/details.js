// What a message tells when asked: who reacted to it, and what one's own said before.

import { getText } from "../../lib/http.js";
import { openSheet } from "../../lib/sheets.js";
import { toast } from "../../lib/toast.js";
import { fragmentOf } from "../history.js";
import { part } from "../message.js";
import { unreact } from "../verbs.js";

export class Details {
  #talk;

  acts = {
    reactors: (item) => this.#open(item, "reactions", gettext("Who reacted")),
    earlier: (item) => this.#open(item, "edits", gettext("Earlier versions")),
  };
  offers = {
    reactors: (_message, item) => this.#talk.kind !== "channel" && !part(item, "reactions").hidden,
    earlier: ({ isMine }, item) => isMine && item.classList.contains("is-edited"),
  };

  constructor(talk) {
    this.#talk = talk;
  }

  async #open(item, name, title) {
    const seq = Number(item.dataset.seq);
    try {
      const list = fragmentOf(await getText(`/chat/${this.#talk.id}/message/${seq}/${name}/`));
      const { body, close } = openSheet(title);
      body.append(list);
      body.addEventListener("submit", (event) => {
        event.preventDefault();
        close();
        this.#talk.attempt(unreact(this.#talk.id, seq, event.submitter.value));
      });
    } catch (error) {
      toast(error.message, { isBad: true });
    }
  }
}
