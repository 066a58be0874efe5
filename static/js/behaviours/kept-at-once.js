// A button that keeps what is chosen steps aside where each choice is kept as it is made (htmx).

export default function keptAtOnce(button) {
  button.hidden = Boolean(window.htmx);
}
