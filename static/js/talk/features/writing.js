// Whether the person may write here just now (roles, silence, freeze, quiet hours), said where one writes; and taking
// others' messages down.

import * as verbs from "../verbs.js";

const RANKS = { member: 0, moderator: 1, admin: 2, owner: 3 };
const LONGEST_TIMER = 2 ** 31 - 1;

export class Writing {
  #talk;
  #timer = 0;

  acts = { "take-down": (item) => this.#takeDown(item) };
  offers = { react: () => this.#mayReact(), "take-down": (message) => this.#mayTakeDown(message) };

  constructor(talk) {
    this.#talk = talk;
    if (talk.kind === "group") this.#show();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  apply(event) {
    const talk = this.#talk;
    if (talk.kind !== "group") return;
    if (event.type === "conversation.changed") talk.writing = event.writing;
    else if (event.type.startsWith("membership.") && event.user.id === talk.me) {
      talk.role = event.user.role;
      talk.silenced_until = event.user.silenced_until;
    } else return;
    this.#show();
  }

  #show() {
    const words = this.#refusal();
    const { root } = this.#talk;
    const line = root.querySelector("[data-refused]");
    if (!line) return;
    line.textContent = words;
    line.hidden = !words;
    root.querySelector(".composer")?.toggleAttribute("hidden", Boolean(words));
    this.#showSlow(root.querySelector("[data-slow]"), words);
    this.#lookAgain();
  }

  #showSlow(line, refusal) {
    const { slow } = this.#talk.writing;
    line.hidden = !slow || Boolean(refusal) || this.#stands("moderator");
    line.textContent = slow < 60 ? interpolate(gettext("Slow mode: one message every %s s"), [slow]) : interpolate(gettext("Slow mode: one message every %s min"), [Math.round(slow / 60)]);
  }

  /** The sentence that says why not, or nothing; as Membership.bar on the server. */
  #refusal() {
    const { bar, writing } = this.#talk;
    if (bar) return this.#talk.root.querySelector("[data-refused]")?.textContent ?? "";
    if (writing.closed) return gettext("Medley's moderators closed this conversation.");
    if (this.#isSilenced) return gettext("You cannot write here for now.");
    if (this.#stands("admin")) return "";
    if (writing.frozen) return gettext("Only admins can write here for now.");
    if (isQuiet(writing.quiet)) return gettext("Quiet hours: only admins can write here now.");
    return this.#stands(writing.may_send) ? "" : gettext("Your role in this group does not allow it.");
  }

  /** As Membership.bar_to_react on the server: neither quiet hours nor roles are about reactions. */
  #mayReact() {
    if (this.#talk.kind !== "group") return true;
    return !this.#isSilenced && (!this.#talk.writing.frozen || this.#stands("admin"));
  }

  get #isSilenced() {
    const until = this.#talk.silenced_until;
    return Boolean(until) && Date.parse(until) > Date.now();
  }

  #stands(role) {
    return RANKS[this.#talk.role] >= RANKS[role];
  }

  /** Silence ends and quiet hours come and go by the clock. */
  #lookAgain() {
    clearTimeout(this.#timer);
    const { silenced_until: until, writing } = this.#talk;
    const waits = [];
    if (until) waits.push(Date.parse(until) - Date.now() + 200);
    if (writing.quiet) waits.push(60_000 - (Date.now() % 60_000) + 200);
    const soonest = Math.min(...waits.filter((wait) => wait > 0), LONGEST_TIMER);
    if (soonest < LONGEST_TIMER) this.#timer = setTimeout(() => this.#show(), soonest);
  }

  #mayTakeDown(message) {
    const author = this.#talk.people.get(message.author.id);
    return !message.isMine && this.#talk.kind !== "direct" && this.#stands("moderator") && RANKS[this.#talk.role] > (RANKS[author.role] ?? -1);
  }

  #takeDown(item) {
    if (!window.confirm(gettext("Take this message down for everyone?"))) return;
    this.#talk.attempt(verbs.unsend(this.#talk.id, Number(item.dataset.seq)));
  }
}

function isQuiet(quiet) {
  if (!quiet) return false;
  const here = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: quiet.time_zone }).format();
  return quiet.from < quiet.until ? quiet.from <= here && here < quiet.until : here >= quiet.from || here < quiet.until;
}
