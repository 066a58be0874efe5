// "Remind me": a message that comes back to oneself at a chosen time.

import { toast } from "../../lib/toast.js";
import * as verbs from "../verbs.js";
import { read } from "../message.js";
import { askWhen } from "../when.js";
import { momentName } from "../zoned.js";

export class Reminders {
  acts = { remind: (item) => this.#remind(read(item).seq) };

  #talk;

  constructor(talk) {
    this.#talk = talk;
  }

  async #remind(seq) {
    const at = await askWhen(this.#talk.root, { title: gettext("Remind me"), label: gettext("Set reminder") });
    if (at) await this.#talk.attempt(this.#set(seq, at));
  }

  async #set(seq, at) {
    await verbs.remind(this.#talk.id, seq, at.toISOString());
    const words = interpolate(gettext("You will be reminded: %s"), [momentName(at)]);
    toast(words, { href: "/chat/reminders/", label: gettext("Reminders") });
  }
}
