"""Fan groups: who meets a group's rules joins by themselves (R27)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.http import Http404

from accounts import policy, ports
from accounts.errors import Refused
from accounts.models import User
from chat.actions.channels import clean_description
from chat.actions.group_line import running_group, say
from chat.actions.groups import create_group
from chat.actions.joining import admit, knock
from chat.line import Line, changing
from chat.models import Charter, Conversation, JoinRequest, JoinRule, Membership
from chat.refusals import invalid, refused
from chat.rights import Right, Role

RULES_LIMIT = 5
TRIES, TRIES_SECONDS = 10, 60 * 60


@dataclass(frozen=True, slots=True)
class Condition:
    """One rule as one person meets it. `missing` says what is left to do, or None. `asks_for` names
    what they have to give, where they have to."""

    kind: str
    words: str
    missing: str | None
    asks_for: str = ""


def create_fan_group(
    actor: User, *, title: str, description: str = "", rules: Iterable[Mapping[str, Any]]
) -> Conversation:
    """A group of `actor`'s, an adult (R7), which whoever meets all `rules` may join: `{"kind",
    ...options}` each.

    Raises `Refused` (policy.R2, policy.R7), `ValidationError` (name.blank, title.too_long,
    join_rule.unknown, join_rule.malformed, code.shape).
    """
    policy.permit(policy.run_channel(actor.person))
    description = clean_description(description)
    with transaction.atomic():
        group = create_group(actor, title=title, members=[])
        Charter.objects.create(conversation=group, description=description)
        return set_join_rules(actor, group, rules=rules)


def set_join_rules(
    actor: User, conversation: Conversation, *, rules: Iterable[Mapping[str, Any]]
) -> Conversation:
    """Let whoever meets all of these rules join by themselves; with none it is no fan group.

    Owner and admins, adults (R7). In a group that was none before, only admins add people from now
    on. Raises `Refused` (policy.R2, policy.R7, group.only, role.missing), `ValidationError`
    (join_rule.unknown, join_rule.malformed, code.shape), `Http404`.
    """
    policy.permit(policy.run_channel(actor.person))
    wanted = _cleaned(rules)
    with running_group(actor, conversation) as line:
        group = line.conversation
        was_open = group.join_rules.exists()
        group.join_rules.all().delete()
        JoinRule.objects.bulk_create(
            JoinRule(conversation=group, kind=kind, options=options)
            for kind, options in wanted.items()
        )
        closed = {Right.ADD.value: Role.ADMIN.value, **(group.rights or {})}
        line.change_conversation(rights=closed if wanted and not was_open else group.rights)
    return line.conversation


def _cleaned(rules: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    wanted: dict[str, dict[str, Any]] = {}
    for rule in rules:
        options = dict(rule)
        kind = options.pop("kind", None)
        known = ports.join_rules().get(kind)
        if known is None or kind in wanted:
            raise invalid("join_rule.unknown")
        wanted[kind] = known.clean(options)
    if len(wanted) > RULES_LIMIT:
        raise invalid("join_rule.unknown")
    return wanted


def fan_group(actor: User, conversation_id: UUID) -> Conversation:
    """A fan group that `actor` may find (`fan_groups_for`); `Http404` for all others."""
    group = Conversation.objects.fan_groups_for(actor).filter(pk=conversation_id).first()
    if group is None:
        raise Http404
    return group


def join_conditions(
    actor: User, group: Conversation, given: Mapping[str, str] | None = None
) -> list[Condition]:
    """What the group asks for, and what of it is missing. `given` is what they entered, by kind."""
    given, known = given or {}, ports.join_rules()
    found = []
    for row in group.join_rules.all():
        rule, creator = known[row.kind], group.creator
        missing = rule.missing(actor, creator, row.options, given.get(row.kind, ""))
        found.append(
            Condition(row.kind, rule.words(row.options, creator), missing, str(rule.asks_for))
        )
    return found


def join_fan_group(
    actor: User, conversation: Conversation, *, given: Mapping[str, str] | None = None
) -> Membership | JoinRequest:
    """Come in where all rules are met and there is room, or wait where the group approves.

    Who is in already stays. Raises `Refused` (policy.R2, policy.R21, policy.R22, join.unmet with
    what is missing, code.tries, member.banned), `Http404`.
    """
    policy.permit(policy.may_use_messages(actor.person))
    group = fan_group(actor, conversation.pk)
    _count_try(actor, group, given or {})
    with changing(group.pk) as line:
        mine = line.conversation.memberships.filter(user=actor).first()
        if mine is not None and mine.is_active:
            return mine
        members = line.conversation.memberships.active()
        policy.permit(policy.join_by_rules(actor.person, has_minor=members.has_minor()))
        _permit_rules(join_conditions(actor, line.conversation, given))
        if line.conversation.approves_joins:
            return knock(line, actor)
        return _enter(line, actor, mine)


def _enter(line: Line, actor: User, mine: Membership | None) -> Membership:
    membership = mine or Membership(conversation=line.conversation)
    membership.user, membership.role = actor, Membership.Role.MEMBER
    admit(line, membership)
    say(line, "member.joined", actor)
    return membership


def _permit_rules(found: Iterable[Condition]) -> None:
    missing = [condition.missing for condition in found if condition.missing]
    if missing:
        raise Refused("join.unmet", " · ".join(missing))


def _count_try(actor: User, group: Conversation, given: Mapping[str, str]) -> None:
    """Codes are short: nobody guesses through them."""
    if not any(given.values()):
        return
    key = f"fan-group-tries:{group.pk}:{actor.pk}"
    cache.add(key, 0, TRIES_SECONDS)
    if cache.incr(key) > TRIES:
        raise refused("code.tries")
