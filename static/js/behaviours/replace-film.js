// Another film for a video: sent piece by piece, so that a broken line loses nothing; then the page shows how it goes on.

import { percent } from "../editor/clips.js";
import { deleteJSON } from "../lib/http.js";
import { Sending } from "../lib/sending.js";

export default function replaceFilm(form) {
  const find = (name) => form.querySelector(`[data-${name}]`);
  const input = form.querySelector("input[type=file]");
  let sending = null;

  const show = (part) => {
    find("bar").style.setProperty("--progress", part * 100);
    find("said").textContent = percent(part);
  };

  const become = (isSending) => {
    find("sending").hidden = !isSending;
    find("send").hidden = isSending;
    input.disabled = isSending;
  };

  const fail = (words) => {
    become(false);
    find("problem").textContent = words;
    find("problem").hidden = false;
  };

  const takeBack = () => deleteJSON(`/api/v1/videos/${form.dataset.video}/versions/`).catch(() => {});

  const send = async (file) => {
    find("problem").hidden = true;
    become(true);
    show(0);
    sending = new Sending(file, { purpose: "version", video: form.dataset.video });
    sending.addEventListener("part", ({ detail }) => show(detail));
    sending.addEventListener("waiting", () => (find("said").textContent = gettext("Waiting for the line…")));
    sending.addEventListener("sent", () => location.reload());
    sending.addEventListener("problem", async ({ detail }) => {
      await takeBack();
      fail(detail);
    });
    try {
      await sending.begin();
      sending.resume();
    } catch (error) {
      fail(error.message);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length) send(input.files[0]);
    else fail(gettext("Choose a video first."));
  });
  find("stop").addEventListener("click", async () => {
    sending?.pause();
    await takeBack();
    become(false);
  });
  const leaving = (event) => !find("sending").hidden && find("said").textContent !== percent(1) && event.preventDefault();
  window.addEventListener("beforeunload", leaving);
  return () => window.removeEventListener("beforeunload", leaving);
}
