// What the chosen variant costs, and how many there are of it. Without this the choice is sent all
// the same: only the price that is shown stays that of the first.

import { optionRows } from "../lib/option-rows.js";

const FEW = 5;

export default function variantChoice(form) {
  const price = form.querySelector("b[data-price]");
  const compare = form.querySelector("s[data-compare]");
  const off = form.querySelector("span[data-off]");
  const left = form.querySelector("[data-left]");

  const show = ({ dataset }) => {
    const stock = Number(dataset.stock);
    price.textContent = dataset.price;
    compare.textContent = dataset.compare;
    compare.hidden = !dataset.compare;
    off.textContent = `−${dataset.off} %`;
    off.hidden = dataset.off === "0";
    left.textContent = words(stock);
    for (const button of form.querySelectorAll("[data-buy]")) button.disabled = stock === 0;
  };

  form.addEventListener("change", ({ target }) => target.name === "variant" && show(target));
  const choices = form.querySelector("[data-options]");
  if (choices) optionRows(choices);
}

function words(stock) {
  if (stock === 0) return gettext("Sold out");
  if (stock > FEW) return gettext("In stock");
  return interpolate(ngettext("Only %s left", "Only %s left", stock), [stock]);
}
