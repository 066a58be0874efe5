// The sentences of system lines, from the codes the server stores; chat/notices.py says the same on the page.

const sentences = {
  "group.created": () => gettext("%(actor)s made this group"),
  "group.renamed": () => gettext("%(actor)s named the group %(title)s"),
  "member.added": () => gettext("%(actor)s added %(people)s"),
  "member.joined": () => gettext("%(actor)s joined"),
  "member.removed": () => gettext("%(actor)s removed %(people)s"),
  "member.left": () => gettext("%(actor)s left"),
  "owner.changed": () => gettext("%(people)s runs the group now"),
  "request.accepted": () => gettext("%(actor)s accepted. You can write to each other now"),
  "timer.day": () => gettext("%(actor)s set new messages to disappear after 24 hours"),
  "timer.off": () => gettext("%(actor)s turned off disappearing messages"),
  "timer.quarter": () => gettext("%(actor)s set new messages to disappear after 90 days"),
  "timer.week": () => gettext("%(actor)s set new messages to disappear after 7 days"),
  "watch.started": () => gettext("%(actor)s started watching together"),
};

const byYou = {
  "group.created": () => gettext("You made this group"),
  "group.renamed": () => gettext("You named the group %(title)s"),
  "member.added": () => gettext("You added %(people)s"),
  "member.joined": () => gettext("You joined"),
  "member.removed": () => gettext("You removed %(people)s"),
  "member.left": () => gettext("You left"),
  "request.accepted": () => gettext("You accepted. You can write to each other now"),
  "timer.day": () => gettext("You set new messages to disappear after 24 hours"),
  "timer.off": () => gettext("You turned off disappearing messages"),
  "timer.quarter": () => gettext("You set new messages to disappear after 90 days"),
  "timer.week": () => gettext("You set new messages to disappear after 7 days"),
  "watch.started": () => gettext("You started watching together"),
};

const toYou = {
  "member.added": () => gettext("%(actor)s added you"),
  "member.removed": () => gettext("%(actor)s removed you"),
  "owner.changed": () => gettext("You run the group now"),
};

/** One line for `{code, actor, people, title}`. */
export function sentenceOf(notice, me) {
  const people = notice.people ?? [];
  const others = people.filter((card) => card.id !== me).map((card) => card.name);
  const isToMe = people.length > 0 && others.length === 0;
  const sentence =
    (isToMe && toYou[notice.code]) ||
    (notice.actor?.id === me && byYou[notice.code]) ||
    sentences[notice.code] ||
    (() => gettext("The group changed"));
  const names = others.length < people.length ? [...others, pgettext("as in: Ana added Ben and you", "you")] : others;
  return interpolate(
    sentence(),
    { actor: notice.actor?.name ?? gettext("Someone"), people: list(names), title: notice.title ?? "" },
    true,
  );
}

function list(names) {
  return new Intl.ListFormat(document.documentElement.lang || "en", { type: "conjunction" }).format(names);
}
