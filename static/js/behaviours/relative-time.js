// "2 h", "Fri", "3 May": a <time> in the reader's own words, kept fresh.

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function words(moment) {
  const language = document.documentElement.lang;
  const seconds = (Date.now() - moment) / 1000;
  if (seconds < 60) return gettext("now");
  if (seconds > 7 * 86_400) return new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(moment);
  const [unit, size] = UNITS.find(([, size]) => seconds >= size);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "narrow" }).format(Math.floor(seconds / size));
}

export default function relativeTime(element) {
  const moment = new Date(element.dateTime);
  element.title = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "short" }).format(moment);
  const show = () => (element.textContent = words(moment));
  show();
  const timer = setInterval(show, 60_000);
  return () => clearInterval(timer);
}
