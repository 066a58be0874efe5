// Times and days in the person's own language and zone, as the server writes them.

const root = document.documentElement;
const language = () => root.lang || "en";
const zone = () => document.querySelector("[data-time-zone]")?.dataset.timeZone || undefined;

function formatter(options) {
  try {
    return new Intl.DateTimeFormat(language(), { timeZone: zone(), ...options });
  } catch {
    return new Intl.DateTimeFormat(language(), options);
  }
}

const clockFormat = formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const keyFormat = new Intl.DateTimeFormat("en-CA", { ...zoned(), year: "numeric", month: "2-digit", day: "2-digit" });
const weekdayFormat = formatter({ weekday: "short" });
const longFormat = formatter({ weekday: "long", day: "numeric", month: "long" });
const yearFormat = formatter({ day: "numeric", month: "long", year: "numeric" });
const shortFormat = formatter({ day: "numeric", month: "short" });

function zoned() {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone() });
    return { timeZone: zone() };
  } catch {
    return {};
  }
}

/** `14:05` */
export const clock = (moment) => clockFormat.format(new Date(moment));

/** `2026-11-22`: equal for two moments of one day. */
export const dayKey = (moment) => keyFormat.format(new Date(moment));

const daysBack = (key) => Math.round((Date.parse(dayKey(Date.now())) - Date.parse(key)) / 86_400_000);

/** A separator's words: Today, Yesterday, Friday, November 20 or viernes, 20 de noviembre. */
export function dayName(key) {
  const back = daysBack(key);
  if (back === 0) return gettext("Today");
  if (back === 1) return gettext("Yesterday");
  const noon = new Date(`${key}T12:00:00Z`);
  return (back < 300 ? longFormat : yearFormat).format(noon);
}

/** What an inbox row shows: the clock today, the weekday this week, else the date. */
export function briefly(moment) {
  const back = daysBack(dayKey(moment));
  if (Date.now() - Date.parse(moment) < 60_000) return gettext("now");
  if (back <= 0) return clock(moment);
  return (back < 7 ? weekdayFormat : shortFormat).format(new Date(moment));
}
