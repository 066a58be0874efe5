// The viewer's own settings of a conversation: each is kept as it is chosen. Without script a button keeps all.

import { patchJSON, putJSON } from "../lib/http.js";
import { toast } from "../lib/toast.js";
import { fullMoment } from "../talk/zoned.js";

const SAID = 4000;

export default function ownSettings(form) {
  const { conversation, other } = form.dataset;
  const url = `/api/v1/conversations/${conversation}/settings/`;
  const kept = form.closest("section").querySelector("[data-own-kept]");
  let timer = 0;

  const valueOf = (control) => (control.type === "checkbox" ? control.checked : control.value);
  const store = (control) =>
    control.name === "nickname"
      ? putJSON(`${url}nicknames/${encodeURIComponent(other)}/`, { name: control.value })
      : patchJSON(url, { [control.name]: valueOf(control) });

  const keep = async ({ target }) => {
    if (target.name === "muted" && !target.value) return;
    try {
      show(await store(target));
    } catch (error) {
      if (target.type === "checkbox") target.checked = !target.checked;
      toast(error.message, { isBad: true });
    }
  };

  const show = (own) => {
    form.elements.pinned.checked = own.pinned;
    form.elements.archived.checked = own.archived;
    showMute(own);
    kept.textContent = gettext("Kept");
    clearTimeout(timer);
    timer = setTimeout(() => kept.replaceChildren(), SAID);
  };

  const showMute = (own) => {
    const select = form.elements.muted;
    const off = select.querySelector('[value="off"]') ?? select.options[0].cloneNode();
    off.value = "off";
    off.textContent = gettext("Unmute");
    if (own.muted) select.options[0].after(off);
    else off.remove();
    select.options[0].textContent = own.muted ? gettext("Muted") : gettext("Not muted");
    select.value = "";
    const until = own.muted_until && new Date(own.muted_until);
    form.querySelector("[data-own-muted]").textContent = mutedWords(own.muted, until);
  };

  form.querySelector("[data-own-button]").hidden = true;
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
}

function mutedWords(isMuted, until) {
  if (!isMuted) return gettext("Muted conversations make no sound and no number.");
  if (until.getUTCFullYear() > 9000) return gettext("Muted until you unmute");
  return interpolate(gettext("Muted until %s"), [fullMoment(until)]);
}
