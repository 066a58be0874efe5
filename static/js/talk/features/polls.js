// Polls in a conversation: live bars, voting with a tap, adding an answer, closing, asking.

import { faceOf } from "../../lib/face.js";
import { live } from "../../lib/live.js";
import { getJSON } from "../../lib/http.js";
import { part } from "../message.js";
import { addPollOption, closePoll, votePoll } from "../verbs.js";

const MOST_OPTIONS = 12;
const TICK = 30_000;
const MINUTES_A_DAY = 24 * 60;

export class Polls {
  #talk;
  /** What is known of each poll by the place of its message: as the wire tells it, with one's own votes. */
  #polls = new Map();
  #items = new Map();
  #stops = [];

  constructor(talk) {
    this.#talk = talk;
    const hear = (event) => this.#submit(event);
    const press = (event) => this.#press(event);
    talk.root.addEventListener("submit", hear);
    talk.root.addEventListener("click", press);
    const timer = setInterval(() => this.#tick(), TICK);
    this.#stops = [
      live.on("poll.voted", (frame) => frame.conversation === talk.id && this.#know(frame.seq, { mine: frame.mine })),
      () => talk.root.removeEventListener("submit", hear),
      () => talk.root.removeEventListener("click", press),
      () => clearInterval(timer),
    ];
  }

  stop() {
    this.#stops.forEach((stop) => stop());
  }

  acts = { "close-poll": (item) => this.#talk.attempt(closePoll(this.#talk.id, Number(item.dataset.seq))) };

  offers = { "close-poll": (message) => this.#mayClose(message) };

  tools = { poll: () => this.#ask() };

  apply({ type, seq, poll }) {
    if (type === "poll.changed") this.#know(seq, poll);
  }

  adopt(item) {
    const card = part(item, "poll");
    if (!card?.dataset.poll) return;
    this.#remember(item, JSON.parse(card.dataset.poll));
  }

  /** Of one that is on its way the answers are words still, and its place is not known. */
  fill(item, message) {
    const card = part(item, "poll");
    const poll = message.unsent_at ? null : message.poll;
    card.hidden = !poll;
    if (!poll) return this.#polls.delete(message.seq);
    if (!message.seq) return show(card, draft(poll), this.#talk);
    const known = this.#polls.get(message.seq);
    this.#remember(item, { ...poll, mine: poll.mine ?? known?.mine ?? [] }, message.seq);
    if (!poll.mine && !known && poll.voters) this.#learnOwn(message.seq);
  }

  #remember(item, poll, seq = Number(item.dataset.seq)) {
    this.#items.set(seq, item);
    this.#polls.set(seq, poll);
    // A card grows: whoever reads the end goes on reading it.
    const stays = item.isConnected && this.#talk.log?.isAtEnd;
    show(part(item, "poll"), poll, this.#talk, seq);
    if (stays) this.#talk.log.toEnd();
  }

  #know(seq, news) {
    const item = this.#items.get(seq);
    if (!item) return;
    const known = this.#polls.get(seq);
    this.#remember(item, { ...known, ...news, mine: news.mine ?? known.mine }, seq);
    this.#learnFaces(seq);
  }

  /** What everybody is told does not say how oneself voted, on another device perhaps. */
  async #learnOwn(seq) {
    const { results } = await getJSON(`/api/v1/conversations/${this.#talk.id}/messages/?before=${seq + 1}&limit=1`).catch(() => ({ results: [] }));
    if (results[0]?.seq === seq && results[0].poll) this.#know(seq, results[0].poll);
  }

  async #learnFaces(seq) {
    const voters = this.#polls.get(seq).options.flatMap((option) => option.latest);
    if (await this.#talk.people.learn(voters)) this.#remember(this.#items.get(seq), this.#polls.get(seq), seq);
  }

  // --- What the person does -------------------------------------------------------------------------

  #submit(event) {
    const form = event.target.closest(".poll__form, .poll__add");
    const seq = Number(form?.closest(".message")?.dataset.seq);
    if (!form) return;
    event.preventDefault();
    if (!seq) return;
    if (form.matches(".poll__add")) return this.#add(seq, form);
    this.#vote(seq, Number(event.submitter.dataset.option));
  }

  /** A press chooses, another takes it back; it shows at once, and goes again where it is refused. */
  #vote(seq, place) {
    const poll = this.#polls.get(seq);
    const { mine } = poll;
    const kept = poll.multiple ? mine : mine.filter((one) => one === place);
    const wanted = mine.includes(place) ? kept.filter((one) => one !== place) : [...kept, place];
    this.#know(seq, { mine: wanted });
    const asked = votePoll(this.#talk.id, seq, wanted);
    asked.catch(() => this.#know(seq, { mine }));
    this.#talk.attempt(asked);
  }

  #add(seq, form) {
    const { text } = form.elements;
    const words = text.value.trim();
    if (!words) return text.focus();
    this.#talk.attempt(
      addPollOption(this.#talk.id, seq, words).then(() => {
        form.reset();
        form.closest("details").open = false;
      }),
    );
  }

  #mayClose(message) {
    const poll = this.#polls.get(message.seq);
    return Boolean(poll) && !poll.closed && (message.isMine || this.#talk.runs_group);
  }

  #press(event) {
    const link = event.target.closest(".poll__who");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    import("../poll-sheets.js").then(({ showVoters }) => showVoters(link.href));
  }

  async #ask() {
    const { askPoll } = await import("../poll-sheets.js");
    askPoll(`/chat/${this.#talk.id}/polls/new/`, {
      send: (poll) => this.#talk.send({ body: "", poll }),
      sendLater: (poll) => this.#talk.sendLater({ body: "", poll }),
    });
  }

  /** Time goes by without events. */
  #tick() {
    for (const [seq, item] of this.#items) part(part(item, "poll"), "closes").textContent = stateOf(this.#polls.get(seq));
  }
}

function draft(poll) {
  const options = poll.options.map((text, index) => ({ id: index + 1, text, votes: null, latest: [] }));
  return { ...poll, options, mine: [], voters: 0, closed: false, isDraft: true };
}

function show(card, poll, talk, seq) {
  const best = Math.max(...poll.options.map((option) => option.votes ?? 0));
  card.hidden = false;
  card.classList.toggle("is-closed", poll.closed);
  card.toggleAttribute("data-multiple", Boolean(poll.multiple));
  part(card, "question").textContent = poll.question;
  part(card, "kind").textContent = kindOf(poll);
  const list = part(card, "options");
  for (const option of poll.options) showOption(rowOf(list, option.id, talk), option, poll, best, talk);
  part(card, "adding").hidden = !poll.adding || poll.closed || poll.options.length >= MOST_OPTIONS || !seq;
  part(card, "voters").textContent = votersOf(poll);
  part(card, "closes").textContent = stateOf(poll);
  const who = part(card, "who");
  who.hidden = poll.anonymous || !poll.voters || poll.options.every((option) => option.votes === null);
  if (seq) who.href = `/chat/${talk.id}/polls/${seq}/voters/`;
}

/** Rows stay where they are, so that bars grow and whoever has one in focus keeps it. */
function rowOf(list, id, talk) {
  const known = list.querySelector(`[data-option="${id}"]`);
  if (known) return known;
  const row = talk.root.querySelector('template[data-part="poll-option"]').content.firstElementChild.cloneNode(true);
  list.append(row);
  const button = row.querySelector("button");
  button.dataset.option = id;
  return button;
}

function showOption(button, option, poll, best, talk) {
  const isMine = poll.mine.includes(option.id);
  button.disabled = Boolean(poll.closed || poll.isDraft);
  button.classList.toggle("is-mine", isMine);
  button.classList.toggle("is-ahead", best > 0 && option.votes === best);
  button.setAttribute("aria-pressed", String(isMine));
  part(button, "text").textContent = option.text;
  part(button, "count").textContent = option.votes ?? "";
  part(button, "faces").replaceChildren(...option.latest.map((id) => faceOf(talk.people.get(id), "xs")));
  const bar = part(button, "bar");
  bar.max = Math.max(1, poll.voters);
  bar.value = option.votes ?? 0;
}

function kindOf({ anonymous, multiple, hidden }) {
  const words = [anonymous ? gettext("Anonymous poll") : gettext("Poll")];
  if (multiple) words.push(gettext("Several answers"));
  if (hidden) words.push(gettext("Results at the end"));
  return words.join(" · ");
}

function votersOf({ voters }) {
  if (!voters) return gettext("No votes yet");
  return interpolate(ngettext("%(count)s voted", "%(count)s voted", voters), { count: voters }, true);
}

/** `Closed`, `2 h left` or nothing; chat/pages/polls.py says the same. */
function stateOf({ closed, closes_at }) {
  if (closed) return gettext("Closed");
  if (!closes_at) return "";
  const minutes = Math.max(1, Math.ceil((Date.parse(closes_at) - Date.now()) / 60_000));
  if (minutes >= 2 * MINUTES_A_DAY) {
    const count = Math.floor(minutes / MINUTES_A_DAY);
    return interpolate(ngettext("%(count)s day left", "%(count)s days left", count), { count }, true);
  }
  if (minutes >= 120) return interpolate(gettext("%(count)s h left"), { count: Math.floor(minutes / 60) }, true);
  return interpolate(gettext("%(count)s min left"), { count: minutes }, true);
}
