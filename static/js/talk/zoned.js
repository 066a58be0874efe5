// Times as `<input type="datetime-local">` has them, in the person's own zone, which need not be the device's.

const zone = () => document.querySelector("[data-time-zone]")?.dataset.timeZone || undefined;

function formatter(options) {
  try {
    return new Intl.DateTimeFormat("en-CA", { ...options, timeZone: zone() });
  } catch {
    return new Intl.DateTimeFormat("en-CA", options);
  }
}

/** `2026-11-22T09:00`: what clocks in the person's zone show at this moment. */
export function localValue(moment) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = Object.fromEntries(formatter(options).formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The moment at which they show it. Asked twice, because the offset may change in between. */
export function momentOf(value) {
  const wanted = Date.parse(`${value}Z`);
  const offset = (moment) => Date.parse(`${localValue(moment)}Z`) - Math.floor(moment / 60_000) * 60_000;
  return new Date(wanted - offset(wanted - offset(wanted)));
}

/** The same clock so many days later. */
export function daysAhead(days, clock) {
  const today = new Date(`${localValue(Date.now()).slice(0, 10)}T00:00Z`);
  today.setUTCDate(today.getUTCDate() + days);
  return momentOf(`${today.toISOString().slice(0, 10)}T${clock}`);
}

/** `Tomorrow, 09:00` or `Friday, November 20, 09:00`. */
export function momentName(moment) {
  const at = localValue(moment);
  const isOn = (days) => localValue(daysAhead(days, "12:00")).slice(0, 10) === at.slice(0, 10);
  if (isOn(0)) return `${gettext("Today")}, ${at.slice(11)}`;
  if (isOn(1)) return `${gettext("Tomorrow")}, ${at.slice(11)}`;
  return fullMoment(moment);
}

/** `Friday, November 20, 09:00`. */
export function fullMoment(moment) {
  const language = document.documentElement.lang || "en";
  const at = localValue(moment);
  const day = new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "long", month: "long", day: "numeric" });
  return `${day.format(new Date(`${at.slice(0, 10)}T12:00Z`))}, ${at.slice(11)}`;
}
