// What a shop took each day, drawn from the numbers that stand beside it in a table.

import { days, Plot, seconds } from "../insights/plot.js";

export default function takings(figure) {
  const numbers = JSON.parse(figure.querySelector("#takings-numbers").textContent);
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: figure.dataset.currency });
  const whole = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: figure.dataset.currency, notation: "compact", maximumFractionDigits: 1 });
  const orders = (count) => interpolate(ngettext("%(count)s order", "%(count)s orders", count), { count }, true);
  const plot = new Plot(figure.querySelector("[data-canvas]"), {
    x: numbers.day.map(seconds),
    lines: [{ values: numbers.takings }],
    unit: (value) => whole.format(value),
    words: { tick: days.tick, tell: (index) => [days.tell(seconds(numbers.day[index])), money.format(numbers.takings[index]), orders(numbers.orders[index])] },
  });
  return () => plot.stop();
}
