// What one sees of watching together: the bar that asks to join, the player's controls, the sheet with what comes next.

import { faceOf } from "../../lib/face.js";

const FACES = 4;
const DID = 2500;

export const clock = (milliseconds) => {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

export class Panel {
  #talk;
  #didTimer = 0;

  constructor(talk) {
    this.#talk = talk;
    this.root = this.find("");
    this.video = newVideo();
    this.find("-picture").append(this.video);
    this.seek = this.find("-seek");
  }

  find(name) {
    return this.#talk.root.querySelector(`[data-watch${name}]`);
  }

  #template(name) {
    return this.#talk.root.querySelector(`template[data-part="${name}"]`).content.firstElementChild.cloneNode(true);
  }

  /** Show this state, `card` being of the video that is on; `isThere` where the viewer takes part. */
  show(watch, { version, isThere, card, cards }) {
    this.root.dataset.version = version;
    this.#talk.root.classList.toggle("is-watching", isThere);
    this.root.hidden = !isThere;
    this.#showBar(isThere ? null : watch, card);
    if (!isThere) return this.#talk.root.querySelector("#watch-queue").close();
    this.#showControls(watch, card);
    this.#showQueue(watch, cards);
    this.#showPeople(watch);
  }

  // --- Asking to join -------------------------------------------------------------------------------

  #showBar(watch, card) {
    const bar = this.find("-bar");
    bar.hidden = !watch;
    if (!watch) return;
    const people = watch.people.map((id) => this.#talk.people.get(id));
    this.#showFaces(this.find("-faces"), people);
    this.find("-who").textContent = this.#whoWatches(people, watch.count);
    this.find("-title").textContent = card?.title ?? "";
  }

  #whoWatches(people, count) {
    const first = people[0]?.name.split(" ")[0];
    if (!first) return gettext("Watching together");
    if (count === 1) return interpolate(gettext("%s is watching"), [first]);
    return interpolate(ngettext("%(name)s and %(count)s more are watching", "%(name)s and %(count)s more are watching", count - 1), { name: first, count: count - 1 }, true);
  }

  #showFaces(place, people) {
    place.replaceChildren(...people.slice(0, FACES).map((card) => faceOf(card, "xs")));
  }

  // --- The player ---------------------------------------------------------------------------------------

  #showControls(watch, card) {
    const mine = watch.host === this.#talk.me;
    const controls = !watch.host_only || mine;
    this.root.classList.toggle("is-playing", watch.playing);
    this.root.classList.toggle("is-following", !controls);
    this.find("-gone").hidden = card !== null;
    this.#showBlur(card?.poster);
    const name = this.find("-name");
    name.textContent = card?.title ?? "";
    if (card?.url) name.href = card.url;
    else name.removeAttribute("href");
    this.find("-control").textContent = controls ? "" : interpolate(gettext("%s controls it"), [this.#name(watch.host)]);
    this.find("-toggle").setAttribute("aria-label", watch.playing ? gettext("Pause for everyone") : gettext("Play for everyone"));
    for (const control of [this.find("-toggle"), this.seek]) control.disabled = !controls;
    this.find("-next").disabled = !controls || !watch.queue.length;
    this.find("-length").textContent = clock(watch.duration_ms);
    this.#showFaces(this.find("-there"), watch.people.map((id) => this.#talk.people.get(id)));
    this.find("-count").textContent = interpolate(ngettext("%s here", "%s here", watch.count), [watch.count]);
    const waiting = this.find("-waiting");
    waiting.hidden = !watch.queue.length;
    waiting.textContent = watch.queue.length;
  }

  /** What a tall picture leaves free is itself, blurred. */
  #showBlur(poster) {
    const blur = this.find("-blur");
    blur.hidden = !poster;
    if (poster) blur.src = poster;
    else blur.removeAttribute("src");
  }

  /** Where it stands, unless somebody holds the handle. */
  showPosition(watch, position) {
    if (this.seek.matches(":active")) return;
    this.seek.value = String(Math.round((position / (watch.duration_ms || 1)) * 1000));
    this.seek.style.setProperty("--at", this.seek.value / 10);
    this.find("-at").textContent = clock(position);
  }

  showWaiting(isWaiting) {
    this.find("-wait").hidden = !isWaiting;
    if (isWaiting) this.showInStep(false);
  }

  showInStep(isInStep) {
    this.root.classList.toggle("is-in-step", isInStep);
  }

  showSound({ isMuted, isBlocked }) {
    this.root.classList.toggle("is-muted", isMuted);
    this.find("-mute").setAttribute("aria-pressed", String(isMuted));
    this.find("-sound").hidden = !isBlocked;
  }

  /** "Ben paused", for a moment. */
  showDid({ user, action }) {
    const words = this.#did(action, user === this.#talk.me);
    const line = this.find("-did");
    line.textContent = words ? interpolate(words, [this.#name(user)]) : "";
    clearTimeout(this.#didTimer);
    this.#didTimer = setTimeout(() => (line.textContent = ""), DID);
  }

  #did(action, isMine) {
    if (isMine) return "";
    switch (action) {
      case "play":
        return gettext("%s pressed play");
      case "pause":
        return gettext("%s paused");
      case "seek":
        return gettext("%s moved to another place");
      case "next":
        return gettext("%s went on to the next video");
      case "add":
        return gettext("%s added a video");
      case "join":
        return gettext("%s joined");
      case "leave":
        return gettext("%s left");
      default:
        return "";
    }
  }

  #name(id) {
    return id === this.#talk.me ? gettext("You") : this.#talk.people.get(id).name.split(" ")[0];
  }

  // --- The sheet ----------------------------------------------------------------------------------------

  #showQueue(watch, cards) {
    const mine = watch.host === this.#talk.me;
    const changes = !watch.host_only || mine;
    this.find("-queue").replaceChildren(...watch.queue.map((entry, place) => this.#entry(entry, place, cards.get(entry.video), changes)));
    this.find("-empty").hidden = watch.queue.length > 0;
    this.find("-changes").hidden = !changes;
    this.find("-hosts").hidden = !mine;
    this.find("-hosts").querySelector("input").checked = watch.host_only;
    this.find("-ends").hidden = !mine && !this.#talk.runs_group && this.#talk.kind !== "direct";
  }

  #entry(entry, place, card, changes) {
    const item = this.#template("watch-entry");
    const part = (name) => item.querySelector(`[data-field="${name}"]`);
    if (card?.poster) part("poster").src = card.poster;
    part("title").textContent = card ? card.title : gettext("Not available to you");
    part("by").textContent = entry.by === this.#talk.me ? gettext("added by you") : interpolate(gettext("added by %s"), [this.#name(entry.by)]);
    for (const button of item.querySelectorAll("button")) {
      button.dataset.entry = entry.id;
      button.hidden = !changes;
    }
    item.querySelector('[data-tool="watch-up"]').hidden ||= place === 0;
    return item;
  }

  #showPeople(watch) {
    const mine = watch.host === this.#talk.me;
    this.find("-list").replaceChildren(...watch.people.map((id) => this.#person(id, watch, mine)));
  }

  #person(id, watch, mine) {
    const item = this.#template("watch-person");
    const card = this.#talk.people.get(id);
    item.querySelector('[data-field="face"]').append(faceOf(card, "s"));
    item.querySelector('[data-field="name"]').textContent = id === this.#talk.me ? gettext("You") : card.name;
    item.querySelector('[data-field="role"]').textContent = id === watch.host ? gettext("Host") : "";
    const button = item.querySelector("button");
    button.dataset.to = id;
    button.hidden = !mine || id === this.#talk.me;
    return item;
  }
}

function newVideo() {
  const video = document.createElement("video");
  video.className = "watch__video";
  video.playsInline = video.disablePictureInPicture = true;
  video.preload = "auto";
  video.tabIndex = -1;
  return video;
}
