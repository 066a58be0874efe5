// A product inside a message: what it costs now, whether there is any, and which there are. Like chat/message/_offer.jinja.

import { money } from "../lib/money.js";

const part = (node, name) => node.querySelector(`[data-field="${name}"]`);
const isSold = ({ kind }) => kind === "product";

/** The picture of a card: a film's still or a product's photo. */
export const picturedBy = (card) => (isSold(card) ? card.picture : card.poster);

/** A card's page; a product's learns where it was met. */
export const placeOf = (card, talk) => (isSold(card) && talk ? `${card.url}?via=t:${talk.id}` : card.url);

/** Price and choices of a product; of everything else there is none. */
export function fillOffer(figure, card) {
  const offer = part(figure, "offer");
  if (!offer) return;
  const choices = isSold(card) && card.in_stock ? card.variants : [];
  offer.hidden = !isSold(card);
  part(figure, "price").textContent = isSold(card) ? money(card.price, card.currency) : "";
  part(offer, "sold-out").hidden = choices.length > 0;
  offer.querySelector(".shared__buy").hidden = !choices.length;
  fillGroups(offer, card);
  part(offer, "choices").replaceChildren(...choices.map((choice) => choiceOf(choice, card)));
}

/** Whether it can be bought together, like chat/pages/shared.py. */
function fillGroups(offer, { in_stock, together }) {
  const button = offer.querySelector(".shared__together");
  if (!button) return;
  button.hidden = !in_stock || !together;
  part(button, "together").textContent = together ? interpolate(gettext("%(people)s together, %(percent)s %% off"), together, true).replace("%%", "%") : "";
}

function choiceOf({ id, name, price, is_available }, { title, currency }) {
  const button = document.createElement("button");
  const words = document.createElement("span");
  const cost = document.createElement("b");
  words.textContent = name || title;
  words.dir = "auto";
  cost.textContent = is_available ? money(price, currency) : gettext("Sold out");
  Object.assign(button, { type: "button", className: "menu__item", disabled: !is_available });
  Object.assign(button.dataset, { act: "buy", variant: id });
  button.append(words, cost);
  return button;
}
