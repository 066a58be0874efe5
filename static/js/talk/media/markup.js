// What a message shows beside its words: fills the markup of templates/chat/media/. Keep like chat/templatetags/media.py.

import { part } from "../message.js";

const WIDEST = 320;
const HIGHEST = 360;
const NARROWEST = 140;
const WAVE_HEIGHT = 28;
const BAR = 3;

/** The cards of a message that can be shown: of one that is on its way, those it was given along. */
export function cardsOf(message) {
  if (message.unsent_at) return [];
  return (message.cards ?? message.media ?? []).filter((card) => typeof card === "object");
}

/** Show these cards in a message; what is there already stays as it is. */
export function fillMedia(item, cards, talk) {
  const box = part(item, "media");
  const ids = cards.map((card) => card.id);
  const shown = [...box.querySelectorAll("[data-medium]")];
  box.hidden = !cards.length;
  box.dataset.count = cards.length;
  box.dataset.kind = cards[0]?.kind ?? "";
  if (shown.map((node) => node.dataset.medium).join() === ids.join()) return;
  const isOwn = shown.length === cards.length && shown.every((node) => node.dataset.medium.startsWith("local:"));
  if (isOwn) cards.forEach((card, place) => settle(shown[place], card));
  else box.replaceChildren(...cards.map((card) => node(card, talk)));
}

/** What was sent from here is shown already: only its addresses are new. */
function settle(shown, card) {
  shown.dataset.medium = card.id;
  if (shown.matches("a")) shown.href = card.url;
  if (card.kind === "voice") fillVoice(shown, card);
  // What this browser could not show itself (HEIC) has neither picture nor size yet.
  if (card.kind === "photo" && !part(shown, "picture").hasAttribute("src")) fillTile(shown, card);
  if (card.kind === "video" && card.thumb) part(shown, "picture").src = card.thumb;
}

function node(card, talk) {
  const name = card.kind === "video" ? "photo" : card.kind;
  const template = talk.root.querySelector(`template[data-part="medium-${name}"]`);
  const made = template.content.firstElementChild.cloneNode(true);
  made.dataset.medium = card.id;
  made.dataset.kind = card.kind;
  FILLS[card.kind](made, card);
  return made;
}

const FILLS = { photo: fillTile, video: fillTile, voice: fillVoice, file: fillFile, sticker: fillSticker };

function fillTile(made, card) {
  const isVideo = card.kind === "video";
  const size = fitted(card);
  const picture = part(made, "picture");
  made.href = card.url;
  made.setAttribute("aria-label", card.alt || (isVideo ? gettext("Video") : gettext("Photo")));
  Object.assign(picture, { width: size.width, height: size.height, alt: card.alt, loading: "eager" });
  if (card.thumb) picture.src = card.thumb;
  if (card.blur) part(made, "blur").src = card.blur;
  part(made, "sign").hidden = !isVideo;
  part(made, "clock").hidden = !isVideo || !card.seconds;
  part(made, "clock").textContent = clock(card.seconds);
}

function fillVoice(made, card) {
  made.dataset.src = card.url;
  made.dataset.seconds = card.seconds;
  part(made, "clock").textContent = clock(card.seconds);
  part(made, "track").setAttribute("aria-valuemax", Math.round(card.seconds));
  for (const wave of made.querySelectorAll('[data-field="wave"]')) {
    wave.closest("svg").setAttribute("viewBox", `0 0 ${card.waveform.length * BAR} ${WAVE_HEIGHT}`);
    wave.setAttribute("d", wavePath(card.waveform));
  }
}

function fillFile(made, card) {
  made.href = card.url;
  made.download = card.name;
  part(made, "mark").textContent = card.name.match(/\.(\w{1,4})\w*$/)?.[1].toUpperCase() ?? "";
  part(made, "name").textContent = card.name;
  part(made, "size").textContent = bytes(card.size);
}

function fillSticker(made, card) {
  made.dataset.sticker = card.sticker;
  made.src = card.url;
  made.alt = card.alt || gettext("Sticker");
}

/** How large a picture is shown where it stands alone; known before it is there. */
function fitted({ width, height }) {
  const factor = Math.min(WIDEST / (width || WIDEST), HIGHEST / (height || WIDEST));
  const edge = (length) => Math.max(NARROWEST, Math.round((length || WIDEST) * factor));
  return { width: edge(width), height: edge(height) };
}

/** A path of upright bars around the middle. */
export function wavePath(loudness) {
  const middle = WAVE_HEIGHT / 2;
  return loudness
    .map((loud, place) => {
      const half = Math.max(1, (loud / 100) * (middle - 1.5));
      return `M${place * BAR + 1.5} ${(middle - half).toFixed(1)}V${(middle + half).toFixed(1)}`;
    })
    .join("");
}

/** 0:07, 2:31. */
export function clock(seconds) {
  const whole = Math.round(seconds || 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** 1.4 MB, as the language writes it. */
export function bytes(size) {
  const steps = ["byte", "kilobyte", "megabyte"];
  const step = Math.min(2, Math.floor(Math.log2(Math.max(size, 1)) / 10));
  const options = { style: "unit", unit: steps[step], unitDisplay: step ? "short" : "long", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, options).format(size / 1024 ** step);
}
