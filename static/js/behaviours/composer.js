// Where a message is written: grows with its words, keeps the draft, replies, edits, counts near the limit.

import { draftsOf, keepDraft, repliedTo, shareDrafts, takeDraft } from "../lib/drafts.js";
import { live } from "../lib/live.js";
import { toast } from "../lib/toast.js";
import { place } from "../talk/menu.js";

const LIMIT = 10_000;
const WARN_AT = 9_500;
const TYPING_EVERY = 3000;
const DRAFT_AFTER = 300;
const PROBLEM_FOR = 8000;
const hasFinePointer = matchMedia("(pointer: fine)");

class Composer {
  #about = null;
  #typedAt = 0;
  #draftTimer = 0;
  #problemTimer = 0;

  constructor(form) {
    this.form = form;
    this.root = form.closest(".talk");
    this.words = form.elements.namedItem("body");
    this.words.required = false;
    const { conversation, me } = form.dataset;
    this.conversation = conversation;
    this.me = me;
    this.#shareDrafts();
    form.addEventListener("submit", (event) => this.#submit(event));
    this.words.addEventListener("input", () => this.#changed());
    this.words.addEventListener("keydown", (event) => this.#key(event));
    form.querySelector("[data-about-close]").addEventListener("click", () => this.#clearAbout());
    form.querySelector("[data-detach]")?.addEventListener("click", () => this.#detach());
    form.querySelector("[data-emoji]").addEventListener("click", (event) => this.#pickEmoji(event));
    form.querySelector(".composer__tools")?.addEventListener("toggle", (event) => this.#placeTools(event));
    this.root.addEventListener("talk:reply", ({ detail }) => this.#reply(detail));
    this.root.addEventListener("talk:edit", ({ detail }) => this.#edit(detail));
    this.root.addEventListener("talk:collect", ({ detail }) => this.#collect(detail));
    this.root.addEventListener("talk:problem", ({ detail }) => this.#showProblem(detail));
    this.#grow();
    if (hasFinePointer.matches && !this.root.closest(".dock") && !location.hash) this.words.focus({ preventScroll: true });
  }

  stop() {
    document.removeEventListener("medley:draft", this.#draftChanged);
    clearTimeout(this.#draftTimer);
    clearTimeout(this.#problemTimer);
    this.#keepDraft();
  }

  /** A draft that the browser posted itself, before this script ran, is no draft any more. */
  #unsentDraft() {
    const draft = draftsOf(this.me)[this.conversation] ?? "";
    const said = [...this.root.querySelectorAll(".message--mine .message__body")].pop();
    return draft && said?.textContent.trim() === draft.trim() ? "" : draft;
  }

  /** What the server keeps may be newer than what this browser does. */
  #shareDrafts() {
    const { draft, draftAt, draftReply } = this.form.dataset;
    if (draftAt) takeDraft(this.me, { conversation: this.conversation, body: draft, reply_to: Number(draftReply) || null, edited_at: draftAt });
    // The page shows the server's; whoever was kept from sending has their words back as they were.
    if (this.words.value === (draft ?? "")) this.words.value = this.#unsentDraft();
    if (this.words.value) this.#replyAgain();
    document.addEventListener("medley:draft", this.#draftChanged);
    shareDrafts(this.me);
  }

  /** Written on another device meanwhile. */
  #draftChanged = ({ detail }) => {
    if (!detail.isFromElsewhere || detail.conversation !== this.conversation || this.#about?.kind === "edit") return;
    clearTimeout(this.#draftTimer);
    this.words.value = draftsOf(this.me)[this.conversation] ?? "";
    this.#about = null;
    this.#replyAgain();
    this.#showAbout();
    this.#grow();
  };

  /** The words answered a message: so they do still, where it is on the page. */
  #replyAgain() {
    const seq = repliedTo(this.me, this.conversation);
    const item = seq && this.root.querySelector(`#message-${seq}`);
    if (!item) return;
    const name = item.classList.contains("message--mine") ? gettext("You") : item.dataset.name;
    this.#about = { kind: "reply", seq, name, words: item.querySelector('[data-field="body"]').textContent };
    this.#showAbout();
  }

  /** For whoever sends it otherwise: `message`, and `clear()` once that is done; nothing where there is nothing to send. */
  #collect(detail) {
    const body = this.words.value.trim();
    const isEmpty = !body && !this.form.classList.contains("has-media");
    if (isEmpty || this.#about?.kind === "edit") return;
    detail.message = { body, reply_to: this.#about?.seq ?? null };
    detail.clear = () => this.#clear();
  }

  #clear() {
    this.words.value = "";
    this.#about = null;
    this.#showAbout();
    this.#keepDraft();
    this.#grow();
  }

  /** What was brought along from its page ("message the seller"), until it is sent or taken away. */
  get #attached() {
    return this.form.querySelector("[data-attached]");
  }

  #detach() {
    if (!this.#attached) return;
    this.#attached.remove();
    const { pathname, hash } = location;
    history.replaceState(history.state, "", pathname + hash);
    this.#grow();
  }

  get #length() {
    return [...this.words.value.trim()].length;
  }

  #submit(event) {
    const body = this.words.value.trim();
    const problem = this.#length > LIMIT && gettext("A message holds at most 10,000 characters.");
    const hasMedia = this.form.classList.contains("has-media");
    const isEmpty = !body && !(this.#attached && this.#about?.kind !== "edit");
    if ((isEmpty && (!hasMedia || this.#about?.kind === "edit")) || problem) {
      event.preventDefault();
      return problem ? this.#showProblem(problem) : this.words.focus();
    }
    // On a slow line the conversation may not listen yet: then the browser posts the form itself.
    if (this.#say(body)) event.preventDefault();
    else return keepDraft(this.me, this.conversation, "");
    this.#clear();
    this.words.focus({ preventScroll: true });
  }

  #say(body) {
    const about = this.#about;
    if (about?.kind === "edit") return this.#tell("talk:edited", { seq: about.seq, body });
    const attached = this.#attached;
    const isHeard = this.#tell("talk:send", { body, reply_to: about?.seq ?? null, ...hanging(attached) });
    if (isHeard) this.#detach();
    return isHeard;
  }

  /** Enter sends where there is a keyboard; on a phone it breaks the line, and the button sends. */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && hasFinePointer.matches) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "Escape" && this.#about) {
      event.stopPropagation();
      this.#clearAbout();
    } else if (event.key === "ArrowUp" && !this.words.value) {
      event.preventDefault();
      this.#tell("talk:edit-last");
    }
  }

  #changed() {
    this.#grow();
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#keepDraft(), DRAFT_AFTER);
    const now = Date.now();
    if (!this.words.value || this.#about?.kind === "edit" || now - this.#typedAt < TYPING_EVERY) return;
    if (live.hint({ type: "typing", conversation: this.conversation })) this.#typedAt = now;
  }

  /** Words of an edit are not a draft. */
  #keepDraft() {
    clearTimeout(this.#draftTimer);
    if (this.#about?.kind === "edit") return;
    if (!this.words.value) this.#typedAt = 0;
    keepDraft(this.me, this.conversation, this.words.value, this.#about?.seq ?? null);
    document.dispatchEvent(new CustomEvent("medley:draft", { detail: { conversation: this.conversation } }));
  }

  #grow() {
    this.words.style.setProperty("height", "auto");
    this.words.style.setProperty("height", `${this.words.scrollHeight}px`);
    this.form.classList.toggle("has-words", Boolean(this.words.value.trim() || this.#attached));
    const count = this.form.querySelector("[data-count]");
    const left = LIMIT - this.#length;
    count.hidden = this.#length < WARN_AT;
    count.textContent = interpolate(ngettext("%s character left", "%s characters left", left), [left]);
    count.classList.toggle("is-over", left < 0);
  }

  #reply(about) {
    if (this.#about?.kind === "edit") this.words.value = "";
    this.#about = { ...about, kind: "reply" };
    this.#showAbout();
    this.words.focus();
  }

  #edit(about) {
    this.#keepDraft();
    this.#about = { ...about, kind: "edit" };
    this.words.value = about.body;
    this.#showAbout();
    this.#grow();
    this.words.focus();
    this.words.setSelectionRange(about.body.length, about.body.length);
  }

  #clearAbout() {
    if (this.#about?.kind === "edit") this.words.value = draftsOf(this.me)[this.conversation] ?? "";
    this.#about = null;
    this.#showAbout();
    this.#grow();
    this.words.focus();
  }

  #showAbout() {
    const about = this.#about;
    const bar = this.form.querySelector("[data-about]");
    bar.hidden = !about;
    if (!about) return;
    const title = about.kind === "edit" ? gettext("Edit message") : interpolate(gettext("Reply to %s"), [about.name]);
    bar.querySelector("[data-about-title]").textContent = title;
    bar.querySelector("[data-about-words]").textContent = about.words;
  }

  /** Above its button; narrow screens show it as a sheet. */
  #placeTools({ target, newState }) {
    if (newState !== "open") return;
    const box = this.form.querySelector(".composer__more").getBoundingClientRect();
    place(target, { x: box.left, y: box.top - target.offsetHeight - 8 });
  }

  #pickEmoji(event) {
    const box = event.currentTarget.getBoundingClientRect();
    const choose = (emoji) => {
      this.words.setRangeText(emoji, this.words.selectionStart, this.words.selectionEnd, "end");
      this.#changed();
      this.words.focus();
    };
    this.#tell("talk:emoji", { near: { x: box.right - 340, y: box.top - 420 }, choose });
  }

  /** Where there is nothing to write with, at the page's edge. */
  #showProblem(words) {
    if (this.form.hidden) return toast(words, { isBad: true });
    const line = this.form.querySelector("[data-error]");
    line.textContent = words;
    line.hidden = false;
    clearTimeout(this.#problemTimer);
    this.#problemTimer = setTimeout(() => (line.hidden = true), PROBLEM_FOR);
  }

  /** Answers whether the conversation heard it. */
  #tell(type, detail) {
    return !this.root.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }));
  }
}

/** What an attached thing adds to a message, and how it is shown until the server has it. */
function hanging(attached) {
  if (!attached) return {};
  const share = JSON.parse(attached.querySelector("script").textContent);
  return { share: attached.dataset.attached, cards: { share } };
}

export default function composer(form) {
  const writing = new Composer(form);
  const keep = () => writing.stop();
  addEventListener("pagehide", keep);
  return () => {
    removeEventListener("pagehide", keep);
    keep();
  };
}
