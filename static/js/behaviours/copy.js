// Copies the words of a field beside its button.

import { toast } from "../lib/toast.js";

export default function copy(root) {
  const field = root.querySelector("[data-copied]");
  const copyIt = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      toast(gettext("Copied."));
    } catch {
      // Without a secure context there is no clipboard: the words are selected at least.
      toast(gettext("Press Ctrl+C to copy."));
    }
  };
  root.querySelector("[data-copy]").addEventListener("click", copyIt);
  field.addEventListener("focus", () => field.select());
}
