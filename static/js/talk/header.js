// The top of a talk: its name, who is in it, who is here and who is typing.

import { live } from "../lib/live.js";
import { faceOf, fillFace } from "../lib/face.js";

const TYPING = 5500;

export class Header {
  #root;
  #talk;
  #typing = new Map();
  #stops;

  constructor(root, talk) {
    this.#root = root;
    this.#talk = talk;
    const ours = (handler) => (frame) => frame.conversation === talk.id && handler(frame);
    this.#stops = [
      live.on("presence", ours((hint) => this.showHere(hint))),
      live.on("typing", ours(({ user }) => this.#typed(user))),
      live.on("state", ({ state }) => state !== "open" && this.showHere({ here: [] })),
    ];
  }

  stop() {
    this.#stops.forEach((stop) => stop());
    this.#typing.forEach((timer) => clearTimeout(timer));
  }

  showTitle(title) {
    this.#root.querySelector("[data-title]").textContent = title;
    this.#root.setAttribute("aria-label", title);
  }

  showPicture(picture) {
    const card = { ...this.#talk.card, avatar: picture };
    fillFace(this.#root.querySelector("[data-face]"), card);
  }

  /** `Ana, Ben and 3 more`; in a direct conversation the username stays. */
  showNames(members) {
    if (this.#talk.kind === "direct") return;
    const first = members.slice(0, 3).map((card) => card.name.split(" ")[0]);
    const more = members.length - first.length;
    const words = more
      ? interpolate(ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more), { names: first.join(", "), count: more }, true)
      : [...first, gettext("you")].join(", ");
    this.#root.querySelector("[data-names]").textContent = members.length ? words : gettext("Only you");
  }

  /** `here` are user ids, in large groups there is only their `count`; the viewer is not counted. */
  showHere({ here, count }) {
    const others = here ? here.filter((id) => id !== this.#talk.me).length : Math.max(count - 1, 0);
    const isDirect = this.#talk.kind === "direct";
    const words = this.#root.querySelector("[data-here]");
    words.hidden = !others;
    words.textContent = isDirect ? gettext("here") : interpolate(ngettext("%s here", "%s here", others), [others]);
    this.#root.querySelector("[data-face] .face").classList.toggle("face--live", isDirect && others > 0);
  }

  #typed(user) {
    if (user === this.#talk.me || this.#talk.blocked.has(user)) return;
    clearTimeout(this.#typing.get(user));
    this.#typing.set(user, setTimeout(() => this.stopTyping(user), TYPING));
    this.#showTyping();
    if (!this.#talk.people.knows(user)) this.#talk.people.learn([user]).then(() => this.#showTyping());
  }

  stopTyping(user) {
    clearTimeout(this.#typing.get(user));
    if (this.#typing.delete(user)) this.#showTyping();
  }

  #showTyping() {
    const cards = [...this.#typing.keys()].map((id) => this.#talk.people.get(id));
    const line = this.#root.querySelector("[data-typing]");
    line.hidden = !cards.length;
    if (!cards.length) return;
    line.querySelector("[data-typers]").replaceChildren(...cards.slice(0, 3).map((card) => faceOf(card, "xs")));
    const names = cards.map((card) => card.name.split(" ")[0]);
    line.querySelector("[data-typing-words]").textContent =
      names.length > 2
        ? gettext("Several people are typing")
        : interpolate(ngettext("%s is typing", "%s are typing", names.length), [
            new Intl.ListFormat(document.documentElement.lang || "en").format(names),
          ]);
  }
}
