// A shared video inside a message: a poster that turns into the playing video, in place.

const part = (node, name) => node.querySelector(`[data-field="${name}"]`);

/** Show a message's share ({kind, id, card}) or hide the figure; `card` null means: not for this viewer. */
export function fillCard(figure, message, talk) {
  const share = message.unsent_at ? null : message.share;
  figure.hidden = !share;
  if (!share || figure.dataset.id === share.id) return;
  figure.dataset.kind = share.kind;
  figure.dataset.id = share.id;
  if (share.card) return show(figure, share.card);
  figure.classList.add("is-gone");
  // A card travels with the message only where anybody may see it: ask whether we may.
  talk.cardOf(message).then((own) => own && !own.matches(".is-gone") && figure.replaceWith(own));
}

function show(figure, card) {
  figure.classList.remove("is-gone");
  figure.querySelector('[data-act="play"]').dataset.src = card.video ?? "";
  if (card.poster) part(figure, "poster").src = card.poster;
  const title = part(figure, "title");
  title.textContent = card.title ?? "";
  if (card.url) title.href = card.url;
  part(figure, "detail").textContent = card.detail ?? "";
}

/** Play where the poster stands; every other video of the page stops. */
export function play(button) {
  const { src } = button.dataset;
  const figure = button.closest(".shared");
  if (!src) return location.assign(part(figure, "title").href);
  for (const other of document.querySelectorAll("video")) other.pause();
  const video = document.createElement("video");
  video.className = "shared__video";
  video.src = src;
  video.poster = part(figure, "poster").src;
  video.controls = video.playsInline = video.autoplay = true;
  button.replaceWith(video);
  video.focus();
}
