// A person's round face, as templates/chat/_face.html draws it.

/** Show `card`'s picture or initials in the face inside `holder`. */
export function fillFace(holder, card) {
  const face = holder.querySelector(".face");
  face.className = face.className.replace(/face--h\d+/, `face--h${card.hue ?? 0}`);
  if (!card.avatar) return face.replaceChildren(card.initials ?? "?");
  const picture = document.createElement("img");
  picture.src = card.avatar;
  picture.alt = "";
  face.replaceChildren(picture);
}

/** A new face for `card`. */
export function faceOf(card, size = "s") {
  const holder = document.createElement("span");
  const face = document.createElement("span");
  face.className = `face face--${size} face--h0`;
  face.setAttribute("aria-hidden", "true");
  holder.append(face);
  fillFace(holder, card);
  return face;
}
