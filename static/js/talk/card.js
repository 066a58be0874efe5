// Something shared inside a message: what plays, plays in place; everything else opens its page.
// Every kind has the same fields: title, detail, url, and where it has them poster, video, face, words, price.

import { fillFace } from "../lib/face.js";
import { fillOffer, picturedBy, placeOf } from "./offer.js";
import { fillTogether } from "./together.js";

const part = (node, name) => node.querySelector(`[data-field="${name}"]`);

/** A message that holds nothing else, in a line; keep like chat/pages/shared.py. */
export function sharedWords(kind) {
  const words = {
    channel: () => gettext("Shared a channel"),
    collection: () => gettext("Shared a collection"),
    group_buy: () => gettext("Shared a group buy"),
    order: () => gettext("Shared an order"),
    product: () => gettext("Shared a product"),
    profile: () => gettext("Shared a profile"),
    sound: () => gettext("Shared a sound"),
    video: () => gettext("Shared a video"),
  };
  return words[kind]?.() ?? gettext("Shared something");
}

function goneWords(kind) {
  const words = {
    channel: () => gettext("This channel is not available to you."),
    collection: () => gettext("This collection is not available to you."),
    group_buy: () => gettext("This group buy is not available to you."),
    order: () => gettext("This order is not available to you."),
    product: () => gettext("This product is not available any more."),
    profile: () => gettext("This profile is not available to you."),
    sound: () => gettext("This sound is not available any more."),
    video: () => gettext("This video is not available to you."),
  };
  return words[kind]?.() ?? gettext("This is not available to you.");
}

/** Show a message's share ({kind, id, card}) or hide the figure; one that is there already stays as it is. */
export function fillCard(figure, message, talk) {
  const share = message.unsent_at ? null : sharedIn(message);
  figure.hidden = !share;
  if (!share || figure.dataset.id === share.id) return;
  figure.dataset.kind = share.kind;
  figure.dataset.id = share.id;
  if (!share.card) showGone(figure);
  renewCard(figure, { seq: message.seq, share }, talk);
}

/** On its way a message names what it shares, and has the card beside it. */
const sharedIn = ({ share, cards }) => (typeof share === "string" ? cards?.share : share);

/** The thing has changed. A card travels with news only where anybody may see it: else ask whether we may. */
export async function renewCard(figure, { seq, share }, talk) {
  if (share.card) return show(figure, share.card, talk);
  const own = await talk.cardOf({ seq });
  if (own) figure.replaceWith(own);
  else showGone(figure);
}

function showGone(figure) {
  figure.classList.add("is-gone");
  figure.querySelector("video")?.remove();
  part(figure, "gone").textContent = goneWords(figure.dataset.kind);
}

function show(figure, card, talk) {
  figure.classList.remove("is-gone");
  figure.classList.toggle("shared--plain", !picturedBy(card) && !card.video);
  figure.classList.toggle("shared--covered", Boolean(card.is_sensitive));
  const button = figure.querySelector('[data-act="play"]');
  if (button) fillPicture(button, card);
  part(figure, "card-face").hidden = !card.face;
  part(figure, "card-mark").hidden = Boolean(card.face);
  if (card.face) fillFace(part(figure, "card-face"), card.face);
  const title = part(figure, "title");
  title.textContent = card.title ?? "";
  if (card.url) title.href = placeOf(card, talk);
  part(figure, "detail").textContent = card.detail ?? "";
  part(figure, "card-words").textContent = card.words ?? "";
  fillOffer(figure, card);
  fillTogether(figure, card);
}

/** Not while it plays: then there is no button. What is sensitive opens its page, which asks first. */
function fillPicture(button, card) {
  const film = card.is_sensitive ? "" : card.video;
  button.dataset.src = film ?? "";
  button.setAttribute("aria-label", pictureWords(card));
  button.querySelector(".shared__sign").hidden = !film;
  part(button, "covered").hidden = !card.is_sensitive;
  if (picturedBy(card)) part(button, "poster").src = picturedBy(card);
}

function pictureWords(card) {
  if (card.is_sensitive) return gettext("Sensitive video: open");
  return card.video ? gettext("Play") : gettext("Open");
}

/** Play where the poster stands; every other video of the page stops. */
export function play(button) {
  const { src } = button.dataset;
  const figure = button.closest(".shared");
  if (!src) return location.assign(part(figure, "title").href);
  for (const other of document.querySelectorAll("video")) other.pause();
  const video = document.createElement("video");
  video.className = "shared__video";
  video.src = src;
  video.poster = part(figure, "poster").src;
  video.controls = video.playsInline = video.autoplay = true;
  button.replaceWith(video);
  video.focus();
}
