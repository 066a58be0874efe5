// The last step: what is said about the film, who may see it, now or later. Errors keep everything.

import { HttpProblem, postJSON } from "../lib/http.js";
import { daysAhead, localValue, momentName, momentOf } from "../talk/zoned.js";
import { CaptionNames } from "./caption-names.js";

const HOUR = 3_600_000;
const YEAR = 366 * 24 * HOUR;
const PERMISSIONS = ["comments_by", "duets_by", "stitches_by", "downloads_by", "lends_sound"];
const LABELS = ["is_ai_made", "is_paid_partnership", "is_sensitive"];
const FIELDS = ["caption", "alt_text", "audience", "chosen", ...PERMISSIONS, ...LABELS];

export class PostSheet {
  #sheet;
  #form;
  #saving;
  #clips;
  #address;
  #isWaiting = false;

  constructor(sheet, { saving, clips, draft }) {
    this.#sheet = sheet;
    this.#form = sheet.querySelector("[data-post-form]");
    this.#saving = saving;
    this.#clips = clips;
    this.#address = `/api/v1/drafts/${draft}/publish/`;
    new CaptionNames(this.#field("caption"));
    this.#form.addEventListener("input", ({ target }) => FIELDS.includes(target.name) && saving.keep({ [target.name]: this.#valueOf(target) }));
    this.#form.addEventListener("submit", (event) => this.#post(event));
    this.#part("later").addEventListener("change", () => this.#showWhen());
    clips.addEventListener("change", () => this.#goOn());
    this.#showWhen();
  }

  #field(name) {
    return this.#form.elements.namedItem(name);
  }

  #part(name) {
    return this.#form.querySelector(`[data-${name}]`);
  }

  #valueOf(field) {
    if (field.name === "chosen") return [...this.#form.querySelectorAll("[name=chosen]:checked")].map(({ value }) => value);
    return field.type === "checkbox" ? field.checked : field.value;
  }

  open() {
    this.#problem("");
    this.#sheet.showModal();
  }

  get #isLater() {
    return this.#part("later").checked;
  }

  #showWhen() {
    const field = this.#field("publish_at");
    const button = this.#part("post");
    this.#part("when").hidden = !this.#isLater;
    button.textContent = this.#isLater ? button.dataset.then : button.dataset.now;
    field.required = this.#isLater;
    field.min = localValue(Date.now() + 60_000);
    field.max = localValue(Date.now() + YEAR);
    if (this.#isLater && !field.value) this.#setWhen(daysAhead(1, "18:00"));
    this.#part("when-choices").replaceChildren(...usualTimes().map((moment) => this.#choice(moment)));
  }

  #choice(moment) {
    const chip = document.createElement("button");
    Object.assign(chip, { type: "button", className: "chip", textContent: momentName(moment) });
    chip.addEventListener("click", () => this.#setWhen(moment));
    return chip;
  }

  #setWhen(moment) {
    this.#field("publish_at").value = localValue(moment);
  }

  /** Posted now, or as soon as the last clip is there. */
  #post(event) {
    event.preventDefault();
    this.#problem("");
    this.#isWaiting = true;
    this.#goOn();
  }

  async #goOn() {
    this.#showWaiting();
    if (!this.#isWaiting || this.#clips.areUnderWay) return;
    this.#isWaiting = false;
    this.#part("post").disabled = true;
    try {
      await this.#saving.flush();
      const publish_at = this.#isLater ? momentOf(this.#field("publish_at").value).toISOString() : null;
      const draft = await postJSON(this.#address, { publish_at });
      location.assign(publish_at ? "/drafts/" : `/videos/${draft.id}/`);
    } catch (error) {
      this.#part("post").disabled = false;
      this.#problem(error instanceof HttpProblem || error.message ? error.message : gettext("No connection. Your draft is kept; try again."));
    }
    this.#showWaiting();
  }

  #showWaiting() {
    const under = this.#clips.all.filter(({ isUnderWay }) => isUnderWay);
    const line = this.#part("waits");
    line.hidden = !under.length;
    const words = this.#isWaiting ? gettext("It goes out as soon as this is here: %s") : gettext("You can post already. Still under way: %s");
    line.textContent = under.length ? interpolate(words, [under.map((clip) => `${clip.name} (${clip.progressWords})`).join(", ")]) : "";
    this.#part("post").toggleAttribute("aria-disabled", this.#isWaiting);
  }

  #problem(words) {
    this.#part("problem").hidden = !words;
    this.#part("problem-words").textContent = words;
    if (words) this.#part("problem").scrollIntoView({ block: "nearest" });
  }
}


/** Times that are one press away. */
function usualTimes() {
  const tonight = daysAhead(0, "20:00");
  return [...(Date.now() < tonight - HOUR ? [tonight] : []), daysAhead(1, "09:00"), daysAhead(1, "18:00")];
}
