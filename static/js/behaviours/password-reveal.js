// A button that shows what is typed into a password field.

export default function passwordReveal(element) {
  const input = element.querySelector("input");
  const button = element.querySelector("[data-reveal]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
    input.focus();
  });
}
