// Asks for files, from a click.

/** The files that somebody chose; none where they thought better of it. */
export function pick({ accept = "", isOne = false } = {}) {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept, multiple: !isOne });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve([...input.files]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}
