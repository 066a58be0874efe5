// An open conversation: keeps the page in step with the server, and lets a person answer what they see.

import { live } from "../lib/live.js";
import { outgoing } from "../lib/outgoing.js";
import { play } from "../talk/card.js";
import { Features } from "../talk/features.js";
import { Header } from "../talk/header.js";
import { History } from "../talk/history.js";
import { LineWord } from "../talk/line-word.js";
import { Log } from "../talk/log.js";
import { Menu } from "../talk/menu.js";
import { MentionPicker } from "../talk/mention-picker.js";
import { mentionsOf } from "../talk/mentions.js";
import { fillReactions, markOwn, part, read } from "../talk/message.js";
import { People } from "../talk/people.js";
import { hangingWords } from "../talk/preview.js";
import { figureOf, quotedIn } from "../talk/quotes.js";
import { Reading } from "../talk/reading.js";
import { Receipts } from "../talk/receipts.js";
import { Sending } from "../talk/sending.js";
import { Standing } from "../talk/standing.js";
import * as verbs from "../talk/verbs.js";

class Conversation {
  #stops = [];

  constructor(root) {
    this.root = root;
    const start = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    this.talk = this.#talkOf(start);
    outgoing.open(start.me);
    this.features = this.talk.features = new Features(this.talk);
    this.log = this.talk.log = new Log(this.#find("log"), this.talk);
    this.header = new Header(root, this.talk);
    this.members = start.people;
    this.receipts = new Receipts(this.log, this.talk, start.people);
    this.reading = new Reading(this.log, {
      conversation: start.id,
      readSeq: start.read_seq,
      isQuiet: !start.may_send,
      through: (seq) => (this.history.hasGap || seq < this.log.lastSeq ? seq : this.headSeq),
    });
    this.headSeq = start.last_seq;
    const edges = { more: this.#find("more"), later: this.#find("later") };
    const openThread = (root, seq) => this.features.act("thread-at", this.log.get(root), seq);
    this.history = new History(this.log, edges, (items) => this.#grown(items), openThread);
    this.standing = new Standing(root, this.log, this.history);
    this.sending = new Sending(this.log, this.talk, (ack) => this.#stored(ack));
    if (start.kind === "group") this.#stops.push(new MentionPicker(root.querySelector(".composer textarea"), this.talk).stop);
    this.menu = new Menu(root, (name, item, detail) => this.#act(name, item, detail), this.features);
    this.#listen();
    // Of a request nothing comes live before it is accepted (R12).
    if (start.may_send) this.#stops.push(live.follow(start.id, start.revision, (event) => this.#apply(event)));
    live.start();
    this.#showStart();
  }

  stop() {
    this.features.stop();
    for (const name of ["header", "history", "receipts", "reading", "sending", "standing", "lineWord"]) this[name].stop();
    this.#stops.forEach((stop) => stop());
  }

  #find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  #talkOf(start) {
    const template = (name) => this.root.querySelector(`template[data-part="${name}"]`);
    return {
      ...start,
      root: this.root,
      /** Do something that may be refused: the sentence stands above the composer. */
      attempt: (verb) => this.#try(verb),
      /** Put a message on its way: `{body, reply_to, thread, ...what hangs on it}`; with `ways` it is held (lib/outgoing.js). */
      send: (message, ways) => this.#send(message, ways),
      jumpTo: (seq) => this.history.jumpTo(seq),
      /** The menu opens for the messages of this list, too. */
      bindMenu: (log) => this.menu.bind(log),
      /** How far one has read. */
      hasRead: (seq) => seq <= this.reading.seq,
      /** "reply" or "edit" in the composer. */
      compose: (kind, message) => this.#compose(`talk:${kind}`, message),
      blocked: new Set(start.blocked),
      people: new People(start.id, [...start.people, ...start.authors, start.self], start.own.nicknames),
      template: template("message"),
      noticeTemplate: template("notice"),
      reactionTemplate: template("reaction"),
      quoted: (message) => quotedIn(this.log, message.reply_to),
      cardOf: (message) => figureOf(this.log, message),
    };
  }

  // --- What the server tells ------------------------------------------------------------------------

  #apply(event) {
    // What disappears is a feature's (features/timer.js): there is no message left to show.
    if (event.type.startsWith("message.") && event.type !== "message.expired") this.#applyMessage(event);
    else if (event.type === "reaction.changed") this.#applyReactions(event);
    else if (event.type === "conversation.changed") this.#applyConversation(event);
    else if (event.type.startsWith("membership.")) this.#applyMembership(event);
    this.features.apply(event);
  }

  #applyMessage(message) {
    const isMine = message.author === this.talk.me;
    const stays = this.standing.isAtEnd;
    const isBeyond = message.seq > this.headSeq;
    this.headSeq = Math.max(this.headSeq, message.seq);
    if (isMine && !this.log.get(message.seq)) this.sending.claim(message);
    if (message.thread > this.talk.from_seq) return stays && this.reading.see(this.log.lastSeq);
    if (!this.#hasReached(message.seq)) return isBeyond && this.#arrivedBelow(message);
    const { item, isNew } = this.log.put(message);
    this.#find("empty")?.remove();
    if (!this.talk.people.knows(message.author)) this.#learn(message);
    if (message.author) this.header.stopTyping(message.author);
    if (isMine) this.reading.reach(message.seq);
    if (isNew && !isMine) this.#arrived(item, message, stays);
    if (isNew && stays) this.log.toEnd();
    this.receipts.show();
  }

  /** A message above or below what is loaded waits for its page. */
  #hasReached(seq) {
    if (this.log.get(seq)) return true;
    return seq > this.log.lastSeq ? !this.history.hasGap : seq > this.log.firstSeq;
  }

  /** Said behind the gap: it is counted, and there once the reader is. */
  #arrivedBelow(message) {
    this.history.miss(message.seq);
    if (message.author !== this.talk.me && !message.unsent_at) this.standing.count();
  }

  #grown(items) {
    for (const item of items) if (!item.matches(".message--mine")) this.reading.watch(item);
    this.receipts.show();
    this.standing.show();
  }

  #arrived(item, message, stays) {
    if (message.seq <= this.reading.seq || message.unsent_at) return;
    this.reading.watch(item);
    if (!stays || document.visibilityState !== "visible") this.standing.count(item);
  }

  async #learn(message) {
    if (await this.talk.people.learn([message.author])) this.log.put(message);
  }

  #applyReactions({ seq, reactions }) {
    const item = this.log.get(seq);
    if (!item) return;
    const stays = this.log.isAtEnd;
    fillReactions(item, reactions, this.talk);
    if (stays) this.log.toEnd();
  }

  #applyConversation({ title, picture, accepted }) {
    if (this.talk.kind !== "direct") {
      this.header.showTitle(title);
      this.header.showPicture(picture);
    }
    if (accepted && this.talk.is_request) this.#accepted();
  }

  #accepted() {
    this.talk.is_request = false;
    this.#find("waiting")?.toggleAttribute("hidden", true);
    this.root.querySelector(".composer")?.toggleAttribute("hidden", false);
    for (const tool of this.root.querySelectorAll("[data-beyond]")) tool.removeAttribute("data-beyond");
  }

  #applyMembership({ type, user }) {
    this.talk.people.add([user]);
    if (user.id === this.talk.me) {
      if (type === "membership.ended") this.#ended();
      return;
    }
    this.members = this.members.filter((card) => card.id !== user.id);
    if (type === "membership.ended") this.receipts.forget(user.id);
    else if (user.state === "active") {
      this.members.push(user);
      this.receipts.note(user.id, user.read_seq);
    }
    this.header.showNames(this.members);
  }

  #ended() {
    this.root.querySelector(".composer")?.remove();
    this.stop();
    this.lineWord.say(gettext("You are no longer in this conversation."));
  }

  // --- What the person does -------------------------------------------------------------------------

  #listen() {
    const { root } = this;
    root.addEventListener("click", (event) => this.#click(event));
    root.addEventListener("talk:send", (event) => this.#heard(event, ({ detail }) => this.#send(detail)));
    root.addEventListener("talk:edited", (event) => this.#heard(event, ({ detail: { seq, body } }) => this.#edit(seq, body)));
    root.addEventListener("talk:edit-last", () => this.#editLast());
    root.addEventListener("talk:emoji", ({ detail }) => this.menu.pickEmoji(detail.near, detail.choose));
  }

  /** The composer asks by a cancelable event: cancelled means that it was heard. */
  #heard(event, answer) {
    event.preventDefault();
    answer(event);
  }

  #click(event) {
    const tool = event.target.closest("[data-tool]");
    if (tool && this.features.use(tool.dataset.tool, tool)) return tool.matches("a") && event.preventDefault();
    const button = event.target.closest("[data-act]");
    const quote = event.target.closest(".message__quote");
    if (quote) {
      event.preventDefault();
      return this.history.jumpTo(Number(quote.hash.split("-")[1]));
    }
    const item = button?.closest(".message");
    if (button?.dataset.act === "play") play(button);
    else if (button && item) {
      if (button.matches("a")) event.preventDefault();
      this.#act(button.dataset.act, item, button.dataset.emoji, button);
    }
  }

  #act(name, item, detail, button) {
    if (this.features.act(name, item, button)) return;
    const message = read(item);
    const { id } = this.talk;
    switch (name) {
      case "menu":
        return this.menu.open(item);
      case "react":
        return this.#react(item, message.seq, detail);
      case "reply":
        return this.#compose("talk:reply", message);
      case "edit":
        return this.#compose("talk:edit", message);
      case "copy":
        return navigator.clipboard?.writeText(message.body);
      case "unsend":
        return this.#try(verbs.unsend(id, message.seq));
      case "unfold":
        return item.classList.remove("is-folded");
    }
  }

  #compose(type, message) {
    const name = message.isMine ? gettext("You") : message.author.name;
    const words = message.body || hangingWords(message);
    this.root.dispatchEvent(new CustomEvent(type, { detail: { seq: message.seq, name, words, body: message.body } }));
  }

  #editLast() {
    const item = this.log.lastOwn;
    if (item && Date.now() - Date.parse(item.dataset.at) < 15 * 60_000 && read(item).body) this.#act("edit", item);
  }

  #react(item, seq, emoji) {
    const { id, kind } = this.talk;
    const isGiven = this.#hasReacted(item, emoji);
    if (kind === "channel") markOwn(item, emoji, !isGiven);
    this.#try(isGiven ? verbs.unreact(id, seq, emoji) : verbs.react(id, seq, emoji));
  }

  #hasReacted(item, emoji) {
    return [...part(item, "reactions").querySelectorAll("button.is-mine")].some((b) => b.dataset.emoji === emoji);
  }

  #send(message, ways = null) {
    const said = { conversation: this.talk.id, mentions: mentionsOf(message.body ?? "", this.talk), ...message };
    if (ways) outgoing.hold(said, ways);
    else outgoing.send(said);
    if (message.thread) return;
    this.#find("empty")?.remove();
    this.standing.reachEnd();
  }

  #edit(seq, body) {
    return this.#try(verbs.edit(this.talk.id, seq, body, mentionsOf(body, this.talk)));
  }

  /** The server has it. */
  #stored(ack) {
    this.headSeq = Math.max(this.headSeq, ack.seq);
    this.reading.reach(ack.seq);
    this.receipts.show();
    if (!this.talk.is_request || !this.talk.may_send) return;
    this.root.querySelector(".composer")?.toggleAttribute("hidden", true);
    this.#find("waiting")?.toggleAttribute("hidden", false);
  }

  async #try(verb) {
    try {
      await verb;
    } catch (error) {
      this.root.dispatchEvent(new CustomEvent("talk:problem", { detail: error.message }));
    }
  }

  // --- Where the reader is --------------------------------------------------------------------------

  #showStart() {
    for (const item of this.log.list.querySelectorAll(".message:not(.message--mine), .system")) this.reading.watch(item);
    const fresh = this.log.list.querySelector("[data-fresh]");
    this.log.toEnd();
    if (fresh && fresh.offsetTop < this.log.scroller.scrollTop) fresh.scrollIntoView({ block: "start" });
    const wanted = location.hash.match(/^#message-(\d+)$/)?.[1] ?? new URLSearchParams(location.search).get("around");
    if (wanted) this.history.jumpTo(Number(wanted));
    else if (this.log.isAtEnd) this.reading.see(this.log.lastSeq);
    this.standing.show();
    this.lineWord = new LineWord(this.root, () => this.header.showHere({ here: [] }));
  }
}

export default function conversation(root) {
  const talk = new Conversation(root);
  return () => talk.stop();
}

