// Sends a new picture as soon as it is chosen; without JavaScript the button beside it does.

export default function avatar(form) {
  const file = form.querySelector('input[type="file"]');
  form.querySelector("[data-save]").hidden = true;
  const send = () => {
    if (file.files.length) form.requestSubmit(form.querySelector("[data-save]"));
  };
  file.addEventListener("change", send);
  send(); // chosen before this script was there
  return () => file.removeEventListener("change", send);
}
