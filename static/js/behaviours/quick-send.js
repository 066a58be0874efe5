// "Send to" on a clip: one tap sends it into a recent conversation.

import { postJSON } from "../lib/http.js";
import { toast } from "../lib/toast.js";

export default function quickSend(row) {
  row.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-conversation]");
    if (!button || button.classList.contains("is-sent") || button.disabled) return;
    const { conversation, title } = button.dataset;
    button.disabled = true;
    // Kept on the button: a second try of the same tap is the same message.
    button.dataset.clientId ??= crypto.randomUUID();
    try {
      await postJSON(`/api/v1/conversations/${conversation}/messages/`, {
        client_id: button.dataset.clientId,
        body: "",
        share: row.dataset.share ?? row.closest("[data-share]").dataset.share,
      });
      button.classList.add("is-sent");
      toast(interpolate(gettext("Sent to %s"), [title]), { href: `/chat/${conversation}/`, label: gettext("Open") });
    } catch (error) {
      toast(error.message, { isBad: true });
    } finally {
      button.disabled = false;
    }
  });
}
