// Cards under a message of what its words link to; they come a moment after the words, and follow what they show.

import { getText } from "../../lib/http.js";
import { unlinkBlocked } from "../../lib/linkify.js";
import { fillCard } from "../card.js";
import { fragmentOf } from "../history.js";
import { part } from "../message.js";
import { unlink } from "../verbs.js";

/** A picture of that shape stands above the words, others beside them. */
const isWide = ({ width, height }) => width >= 1.2 * height && width >= 300;

export class Links {
  #talk;
  #template;
  /** What was told last, by place: a message that is filled in anew from older news keeps it. */
  #told = new Map();

  acts = { unlink: ({ dataset }) => this.#talk.attempt(unlink(this.#talk.id, Number(dataset.seq))) };
  offers = { unlink: ({ isMine }, item) => isMine && !part(item, "links").hidden };

  constructor(talk) {
    this.#talk = talk;
    this.#template = talk.root.querySelector('template[data-part="link"]');
  }

  apply({ type, seq, revision, links, blocked_hosts: blocked = [] }) {
    if (type !== "links.changed") return;
    this.#told.set(seq, { revision, links });
    for (const item of this.#shown(seq)) {
      unlinkBlocked(part(item, "body"), blocked);
      this.#show(item, seq, links);
    }
  }

  fill(item, message) {
    const told = this.#told.get(message.seq);
    const isNews = !told || (message.revision ?? 0) > told.revision;
    this.#show(item, message.seq, message.unsent_at ? [] : ((isNews ? message.links : told.links) ?? []));
  }

  /** The message in the list and in an open thread. */
  #shown(seq) {
    return this.#talk.root.querySelectorAll(`.message[data-seq="${seq}"]`);
  }

  /** Nothing that is read moves: who is at the end stays there. */
  #show(item, seq, links) {
    const holder = part(item, "links");
    if (!links.length && holder.hidden) return;
    const stays = this.#talk.log?.isAtEnd;
    if (links.some(({ kind, card }) => kind === "own" && !card)) this.#ask(item, seq);
    else this.#put(holder, links);
    if (stays) this.#talk.log.toEnd();
  }

  #put(holder, links) {
    holder.replaceChildren(...links.map((link) => (link.kind === "own" ? this.#own(link) : this.#outside(link))));
    holder.classList.toggle("message__links--many", links.length > 1);
    holder.hidden = !links.length;
  }

  /** Not everybody may see all of it: the server knows what we may. */
  async #ask(item, seq) {
    try {
      const page = fragmentOf(await getText(`/chat/${this.#talk.id}/message/${seq}/`));
      const shown = page.querySelector(`#message-${seq} [data-field="links"]`);
      if (shown) part(item, "links").replaceWith(shown);
      else this.#put(part(item, "links"), []);
    } catch {
      // The next change, or the next visit, tells.
    }
  }

  #own({ card }) {
    const figure = part(this.#talk.template.content, "card").cloneNode(true);
    fillCard(figure, { share: { kind: card.kind, id: card.id, card } }, this.#talk);
    return figure;
  }

  #outside({ url, card, waits }) {
    const shown = this.#template.content.firstElementChild.cloneNode(true);
    shown.href = url;
    shown.classList.toggle("link-card--waiting", waits && !card);
    part(shown, "link-site").textContent = card?.site || card?.host || "";
    part(shown, "link-title").textContent = card?.title ?? "";
    part(shown, "link-more").textContent = card?.description || card?.author || "";
    if (card?.picture) this.#picture(shown, card.picture);
    return shown;
  }

  #picture(shown, { url, width, height }) {
    const image = part(shown, "link-picture");
    Object.assign(image, { src: url, width, height, hidden: false });
    shown.classList.toggle("link-card--wide", isWide({ width, height }));
  }
}
