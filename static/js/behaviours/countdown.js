// A <time> that counts down to its moment, by the server's clock.

import { timeLeft } from "../lib/server-clock.js";

export default function countdown(element) {
  const moment = Date.parse(element.dateTime);
  const show = () => (element.textContent = timeLeft(moment));
  show();
  const timer = setInterval(show, 1000);
  return () => clearInterval(timer);
}
