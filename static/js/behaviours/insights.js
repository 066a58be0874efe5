// The figures of a page of insights: each draws the numbers that stand beside it in a table.

import { days, Plot, seconds } from "../insights/plot.js";

const language = document.documentElement.lang;
const plain = new Intl.NumberFormat(language);
const said = (words, values) => interpolate(words, values, true);

const lasting = (time) => {
  if (time < 3600) return said(gettext("%(minutes)s min %(seconds)s s"), { minutes: Math.floor(time / 60), seconds: Math.round(time % 60) });
  return said(gettext("%(hours)s h %(minutes)s min"), { hours: plain.format(Math.floor(time / 3600)), minutes: Math.floor((time % 3600) / 60) });
};
const clock = (milliseconds) => `${Math.floor(milliseconds / 60000)}:${String(Math.floor(milliseconds / 1000) % 60).padStart(2, "0")}`;

const MEASURES = {
  views: (count) => said(ngettext("%(count)s view", "%(count)s views", count), { count: plain.format(count) }),
  viewers: (count) => said(ngettext("%(count)s viewer", "%(count)s viewers", count), { count: plain.format(count) }),
  watch_seconds: lasting,
};

function ofDays(numbers, measure) {
  const before = measure === "views" && numbers.views_before.some(Boolean) ? numbers.views_before : null;
  const told = (index) => [days.tell(seconds(numbers.day[index])), MEASURES[measure](numbers[measure][index]), ...(before ? [said(gettext("before: %(count)s"), { count: plain.format(before[index]) })] : [])];
  return {
    x: numbers.day.map(seconds),
    lines: [{ values: numbers[measure] }, ...(before ? [{ values: before, isBefore: true }] : [])],
    words: { tick: days.tick, tell: told },
    ...(measure === "watch_seconds" && { unit: (value) => said(gettext("%(minutes)s min"), { minutes: plain.format(Math.round(value / 60)) }) }),
  };
}

const ofFollowers = (numbers) => ({
  x: numbers.day.map(seconds),
  lines: [{ values: numbers.followers }],
  words: {
    tick: days.tick,
    tell: (index) => [days.tell(seconds(numbers.day[index])), said(ngettext("%(count)s follower", "%(count)s followers", numbers.followers[index]), { count: plain.format(numbers.followers[index]) })],
  },
});

function ofRetention(numbers, _measure, { length }) {
  const place = (percent) => (length ? clock((percent / 100) * Number(length)) : `${percent}%`);
  return {
    x: numbers.percent,
    lines: [{ values: numbers.still_watching }],
    isTime: false,
    top: 100,
    unit: (value) => `${value}%`,
    words: { tick: place, tell: (index) => [place(numbers.percent[index]), said(gettext("%(percent)s still there"), { percent: `${plain.format(Math.round(numbers.still_watching[index]))}%` })] },
  };
}

const KINDS = { days: ofDays, followers: ofFollowers, retention: ofRetention };

export default function insights(figure) {
  const kind = figure.dataset.plot;
  const numbers = JSON.parse(figure.querySelector(`#${kind}-numbers`).textContent);
  const measures = figure.querySelector("[data-measures]");
  let plot = null;

  const draw = (measure = "views") => {
    plot?.stop();
    plot = new Plot(figure.querySelector("[data-canvas]"), KINDS[kind](numbers, measure, figure.dataset));
  };
  const choose = ({ target }) => {
    const chosen = target.closest("[data-measure]");
    if (!chosen) return;
    for (const one of measures.querySelectorAll("[data-measure]")) one.setAttribute("aria-pressed", String(one === chosen));
    draw(chosen.dataset.measure);
  };

  measures?.addEventListener("click", choose);
  measures?.removeAttribute("hidden");
  draw();
  return () => plot.stop();
}
