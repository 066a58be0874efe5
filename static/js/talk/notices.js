// The sentences of system lines, from the codes the server stores; chat/templatetags/chat.py says the same on the page.

const sentences = {
  "group.created": () => gettext("%(actor)s made this group"),
  "group.renamed": () => gettext("%(actor)s named the group %(title)s"),
  "member.added": () => gettext("%(actor)s added %(people)s"),
  "member.joined": () => gettext("%(actor)s joined"),
  "member.removed": () => gettext("%(actor)s removed %(people)s"),
  "member.left": () => gettext("%(actor)s left"),
  "owner.changed": () => gettext("%(people)s runs the group now"),
  "request.accepted": () => gettext("%(actor)s accepted. You can write to each other now"),
};

/** One line for `{code, actor, people, title}`. */
export function sentenceOf(notice, me) {
  const name = (card, you) => (card?.id === me ? you : (card?.name ?? gettext("Someone")));
  const sentence = sentences[notice.code] ?? (() => gettext("The group changed"));
  return interpolate(
    sentence(),
    {
      actor: name(notice.actor, gettext("You")),
      people: list((notice.people ?? []).map((card) => name(card, gettext("you")))),
      title: notice.title ?? "",
    },
    true,
  );
}

function list(names) {
  return new Intl.ListFormat(document.documentElement.lang || "en", { type: "conjunction" }).format(names);
}
