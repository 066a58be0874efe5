// A sheet made by script: the same dialog that templates write, gone from the page once it is closed.

const CLOSE = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg>';

/** Open an empty sheet; answers its `body` to fill and `close()`. */
export function openSheet(title) {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  const head = document.createElement("header");
  head.className = "sheet__head";
  const heading = document.createElement("h2");
  heading.id = `sheet-${crypto.randomUUID()}`;
  heading.textContent = title;
  const leave = document.createElement("button");
  Object.assign(leave, { type: "button", className: "round round--bare", innerHTML: CLOSE });
  leave.setAttribute("aria-label", gettext("Close"));
  const body = document.createElement("div");
  body.className = "sheet__body";
  head.append(heading, leave);
  dialog.append(head, body);
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = () => dialog.close();
  leave.addEventListener("click", close);
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { body, close, dialog };
}
