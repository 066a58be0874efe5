// A form whose answer a passkey gives: `data-passkey` says whether one is made ("make") or asked for ("prove"). What the
// server wants stands in the page (`data-options`, an id) or is fetched when it is pressed (`data-options-url`).

import { isOffered, make, prove } from "../lib/passkeys.js";
import { getJSON } from "../lib/http.js";
import { toast } from "../lib/toast.js";

const SENTENCES = {
  InvalidStateError: () => gettext("This device has a passkey for your account already."),
  NotAllowedError: () => gettext("That was cancelled, or took too long. Try again whenever you like."),
};

async function optionsOf({ dataset }) {
  if (dataset.optionsUrl) {
    // allauth answers JSON to those who say that they are a script.
    const answer = await getJSON(dataset.optionsUrl, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    return answer.request_options;
  }
  const said = JSON.parse(document.getElementById(dataset.options).textContent);
  return said.creation_options ?? said.request_options;
}

export default function passkey(form) {
  if (!isOffered()) return;
  form.hidden = false;
  document.querySelector("[data-no-passkeys]")?.remove();

  const answer = async (event) => {
    event.preventDefault();
    try {
      const options = await optionsOf(form);
      const isAlone = form.querySelector("[name=passwordless]")?.checked;
      const credential = form.dataset.passkey === "make" ? await make(options, { isAlone }) : await prove(options);
      form.querySelector("[name=credential]").value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      toast((SENTENCES[error.name] ?? (() => gettext("That did not work. Please try again.")))(), { isBad: true });
    }
  };
  form.addEventListener("submit", answer);
  return () => form.removeEventListener("submit", answer);
}
