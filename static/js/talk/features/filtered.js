// A message that the group's list of words holds back: its words go back to where they were written, or wait elsewhere.

import { outgoing } from "../../lib/outgoing.js";
import { toast } from "../../lib/toast.js";

export class Filtered {
  #talk;
  #failed = ({ detail }) => this.#take(detail);

  constructor(talk) {
    this.#talk = talk;
    outgoing.addEventListener("failed", this.#failed);
  }

  stop() {
    outgoing.removeEventListener("failed", this.#failed);
  }

  /** What is said in a thread comes back there (features/threads.js). */
  #take({ message, error }) {
    if (message.conversation !== this.#talk.id || message.thread) return;
    if (error.code === "words.held") {
      outgoing.drop(message.client_id);
      toast(error.message);
    } else if (error.code === "words.filtered" && !message.media) this.#giveBack(message, error);
  }

  /** Not over what was begun meanwhile: then it stands in the list, with its reason. */
  #giveBack(message, error) {
    const words = this.#talk.root.querySelector(".composer textarea");
    if (!words || words.value.trim()) return;
    outgoing.drop(message.client_id);
    words.value = message.body;
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus({ preventScroll: true });
    const line = this.#talk.root.querySelector(".composer [data-error]");
    line.textContent = error.message;
    line.hidden = false;
    words.addEventListener("input", () => (line.hidden = true), { once: true });
  }
}
