// What time it is for the server: countdowns of all who look at one thing end at once.

let ahead = 0;
let asked = null;

/** Milliseconds since 1970 by the server's clock, by this device's own until it was asked. */
export function serverNow() {
  asked ??= ask();
  return Date.now() + ahead;
}

/** The header says whole seconds: half of one is added, and half the way there and back. */
async function ask() {
  const sent = Date.now();
  try {
    const answer = await fetch("/healthz", { method: "HEAD", cache: "no-store" });
    const said = Date.parse(answer.headers.get("Date"));
    if (said) ahead = said + 500 - (sent + Date.now()) / 2;
  } catch {
    asked = null; // no line: the next one asks again
  }
}

/** "1 d 03:12:45", "03:12:45", "12:45" until a moment; "" once it is past. */
export function timeLeft(moment) {
  const seconds = Math.ceil((moment - serverNow()) / 1000);
  if (!(seconds > 0)) return "";
  const days = Math.floor(seconds / 86_400);
  const parts = [Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  if (!days && !parts[0]) parts.shift();
  const clock = parts.map((number) => String(number).padStart(2, "0")).join(":");
  return days ? interpolate(gettext("%(days)s d %(clock)s"), { days, clock }, true) : clock;
}
