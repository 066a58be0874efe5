// One line over days or over a video, drawn by uPlot in the colours of the theme.

const language = document.documentElement.lang;
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const HEIGHT = 200;
const FACE = '12px "Figtree Variable", system-ui, sans-serif';

/** Tables have days as ISO dates; the x axis has seconds, at midnight UTC. */
export const seconds = (day) => Date.parse(`${day}T00:00:00Z`) / 1000;

const dayWords = (options) => new Intl.DateTimeFormat(language, { timeZone: "UTC", day: "numeric", month: "short", ...options });
const [onAxis, told] = [dayWords(), dayWords({ weekday: "short" })];

/** How a day is called on the axis, and where it is told with its numbers. */
export const days = { tick: (value) => onAxis.format(value * 1000), tell: (value) => told.format(value * 1000) };

export class Plot {
  #probes = {};

  /**
   * `x` and each of `lines` ({ values, isBefore }) are as long as each other; `words.tick(x)` stands on the axis,
   * `words.tell(index)` is the sentence for the place that is pointed at; `top` is the highest y, if that is fixed.
   */
  constructor(canvas, { x, lines, words, isTime = true, top = null, unit = (value) => short.format(value) }) {
    this.canvas = canvas;
    this.told = document.createElement("p");
    this.told.className = "plot__told";
    this.told.ariaHidden = "true"; // the table says it to those who do not see the line
    canvas.classList.add("is-drawn");
    canvas.before(this.told);
    this.words = words;
    this.drawn = new uPlot(this.#options({ isTime, top, unit, words, lines }), [x, ...lines.map((line) => line.values)], canvas);
    this.resized = new ResizeObserver(() => this.drawn.setSize({ width: canvas.clientWidth, height: HEIGHT }));
    this.resized.observe(canvas);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.recolour = () => this.drawn.redraw(false);
    this.dark.addEventListener("change", this.recolour);
    this.#tell(x.length - 1);
  }

  stop() {
    this.dark.removeEventListener("change", this.recolour);
    this.resized.disconnect();
    this.drawn.destroy();
    this.told.remove();
    Object.values(this.#probes).forEach((probe) => probe.remove());
  }

  /** A canvas knows nothing of custom properties: an element that is coloured by one says its colour. */
  #colour(name) {
    this.#probes[name] ??= this.canvas.appendChild(Object.assign(document.createElement("i"), { className: `plot__${name}`, hidden: true }));
    return getComputedStyle(this.#probes[name]).color;
  }

  #options({ isTime, top, unit, words, lines }) {
    return {
      width: this.canvas.clientWidth,
      height: HEIGHT,
      padding: [8, 22, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, fill: () => this.#colour("line"), stroke: () => this.#colour("fill"), width: 2 } },
      scales: { x: { time: isTime }, y: { range: (_plot, _low, high) => [0, top ?? Math.max(4, high * 1.08)] } },
      axes: [this.#axis({ grid: { show: false }, size: 28, space: 76, values: (_plot, splits) => splits.map(words.tick) }), this.#axis({ size: 46, space: 44, incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7, 1e8, 1e9], values: (_plot, splits) => splits.map(unit) })],
      series: [{}, ...lines.map((line) => this.#line(line))],
      hooks: { setCursor: [(plot) => this.#tell(plot.cursor.idx ?? plot.data[0].length - 1)] },
      ...(isTime && { tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC") }),
    };
  }

  #axis(options) {
    return { stroke: () => this.#colour("words"), font: FACE, ticks: { show: false }, grid: { stroke: () => this.#colour("grid"), width: 1 }, gap: 6, ...options };
  }

  #line({ isBefore = false }) {
    if (isBefore) return { stroke: () => this.#colour("before"), width: 1.5, dash: [4, 4], points: { show: false } };
    return { stroke: () => this.#colour("line"), fill: () => this.#colour("fill"), width: 2.5, points: { show: false } };
  }

  #tell(index) {
    this.told.replaceChildren(...this.words.tell(index).map((part, place) => Object.assign(document.createElement(place ? "span" : "b"), { textContent: part })));
  }
}
