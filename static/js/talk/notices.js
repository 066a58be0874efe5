// The sentences of system lines, from the codes the server stores; chat/notices.py says the same on the page.

const sentences = {
  "channel.created": () => gettext("%(actor)s made this channel"),
  "group.created": () => gettext("%(actor)s made this group"),
  "group.described": () => gettext("%(actor)s changed what this group says of itself"),
  "group.frozen": () => gettext("%(actor)s froze the group: only admins can write"),
  "group.pictured": () => gettext("%(actor)s changed the group's picture"),
  "group.renamed": () => gettext("%(actor)s named the group %(title)s"),
  "group.thawed": () => gettext("%(actor)s lets everybody write again"),
  "group.unpictured": () => gettext("%(actor)s removed the group's picture"),
  "host.joined": () => gettext("%(actor)s hosts this channel from now on"),
  "member.added": () => gettext("%(actor)s added %(people)s"),
  "member.approved": () => gettext("%(actor)s let %(people)s in"),
  "member.banned": () => gettext("%(actor)s banned %(people)s"),
  "member.joined": () => gettext("%(actor)s joined"),
  "member.left": () => gettext("%(actor)s left"),
  "member.linked": () => gettext("%(actor)s joined by a link"),
  "member.removed": () => gettext("%(actor)s removed %(people)s"),
  "message.pinned": () => gettext("%(actor)s pinned a message"),
  "owner.changed": () => gettext("%(people)s runs the group now"),
  "quiet.ended": () => gettext("%(actor)s ended the quiet hours"),
  "quiet.started": () => gettext("%(actor)s set quiet hours: %(title)s"),
  "request.accepted": () => gettext("%(actor)s accepted. You can write to each other now"),
  "rights.changed": () => gettext("%(actor)s changed who may do what here"),
  "role.admin": () => gettext("%(actor)s made %(people)s an admin"),
  "role.member": () => gettext("%(actor)s made %(people)s a plain member"),
  "role.moderator": () => gettext("%(actor)s made %(people)s a moderator"),
  "slow.ended": () => gettext("%(actor)s turned slow mode off"),
  "slow.started": () => gettext("%(actor)s turned slow mode on"),
  "timer.day": () => gettext("%(actor)s set new messages to disappear after 24 hours"),
  "timer.off": () => gettext("%(actor)s turned off disappearing messages"),
  "timer.quarter": () => gettext("%(actor)s set new messages to disappear after 90 days"),
  "timer.week": () => gettext("%(actor)s set new messages to disappear after 7 days"),
  "watch.started": () => gettext("%(actor)s started watching together"),
};

const byYou = {
  "channel.created": () => gettext("You made this channel"),
  "group.created": () => gettext("You made this group"),
  "group.described": () => gettext("You changed what this group says of itself"),
  "group.frozen": () => gettext("You froze the group: only admins can write"),
  "group.pictured": () => gettext("You changed the group's picture"),
  "group.renamed": () => gettext("You named the group %(title)s"),
  "group.thawed": () => gettext("You let everybody write again"),
  "group.unpictured": () => gettext("You removed the group's picture"),
  "host.joined": () => gettext("You host this channel from now on"),
  "member.added": () => gettext("You added %(people)s"),
  "member.approved": () => gettext("You let %(people)s in"),
  "member.banned": () => gettext("You banned %(people)s"),
  "member.joined": () => gettext("You joined"),
  "member.left": () => gettext("You left"),
  "member.linked": () => gettext("You joined by a link"),
  "member.removed": () => gettext("You removed %(people)s"),
  "quiet.ended": () => gettext("You ended the quiet hours"),
  "quiet.started": () => gettext("You set quiet hours: %(title)s"),
  "message.pinned": () => gettext("You pinned a message"),
  "request.accepted": () => gettext("You accepted. You can write to each other now"),
  "rights.changed": () => gettext("You changed who may do what here"),
  "role.admin": () => gettext("You made %(people)s an admin"),
  "role.member": () => gettext("You made %(people)s a plain member"),
  "role.moderator": () => gettext("You made %(people)s a moderator"),
  "slow.ended": () => gettext("You turned slow mode off"),
  "slow.started": () => gettext("You turned slow mode on"),
  "timer.day": () => gettext("You set new messages to disappear after 24 hours"),
  "timer.off": () => gettext("You turned off disappearing messages"),
  "timer.quarter": () => gettext("You set new messages to disappear after 90 days"),
  "timer.week": () => gettext("You set new messages to disappear after 7 days"),
  "watch.started": () => gettext("You started watching together"),
};

const toYou = {
  "member.added": () => gettext("%(actor)s added you"),
  "member.approved": () => gettext("%(actor)s let you in"),
  "member.banned": () => gettext("%(actor)s banned you"),
  "member.removed": () => gettext("%(actor)s removed you"),
  "owner.changed": () => gettext("You run the group now"),
  "role.admin": () => gettext("%(actor)s made you an admin"),
  "role.member": () => gettext("%(actor)s made you a plain member"),
  "role.moderator": () => gettext("%(actor)s made you a moderator"),
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
