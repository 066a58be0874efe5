// How one is told: each choice is kept as it is made, one after the other. Without script a button keeps all.

import { patchJSON } from "../lib/http.js";
import { toast } from "../lib/toast.js";

const SAID = 4000;

export default function telling(form) {
  const kept = document.querySelector("[data-kept]");
  const before = new WeakMap([...form.elements].map((control) => [control, valueOf(control)]));
  let timer = 0;
  let line = Promise.resolve();

  const keep = async (control) => {
    const wish = wishOf(control, form);
    if (!wish) return;
    try {
      // Whoever leaves the page at once has chosen all the same.
      await patchJSON("/api/v1/me/notifications/", wish, { keepalive: true });
      before.set(control, valueOf(control));
      say(gettext("Saved"));
    } catch (error) {
      show(control, before.get(control));
      toast(error.message, { isBad: true });
    }
  };

  const say = (words) => {
    kept.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => kept.replaceChildren(), SAID);
  };

  form.querySelector("[data-save]").hidden = true;
  form.addEventListener("change", ({ target }) => {
    line = line.then(() => keep(target));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

const valueOf = (control) => (control.type === "checkbox" ? control.checked : control.value);

function show(control, value) {
  if (control.type === "checkbox") control.checked = value;
  else control.value = value;
}

// What the server is asked for; nothing while a time is only half typed.
function wishOf(control, form) {
  if (control.name === "wanted") {
    const [kind, channel] = control.value.split(":");
    return { kinds: [{ kind, channels: { [channel]: control.checked } }] };
  }
  return control.closest("[data-quiet]") ? quietHours(form.elements) : { [control.name]: valueOf(control) };
}

function quietHours({ has_quiet_hours: isOn, quiet_from: from, quiet_until: until }) {
  if (!isOn.checked) return { quiet_from: null, quiet_until: null };
  return from.value && until.value ? { quiet_from: from.value, quiet_until: until.value } : null;
}
