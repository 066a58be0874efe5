"""What a group shows and how one writes in it: words, picture, slow mode, freeze, quiet hours."""

from collections.abc import Sequence
from datetime import time
from zoneinfo import available_timezones

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import images, policy
from accounts.models import User
from accounts.screening import screen
from accounts.text import clean_lines
from chat.actions.group_line import holding_group, running_group, say
from chat.line import Line
from chat.models import Charter, Conversation
from chat.models.charter import (
    DESCRIPTION_LIMIT,
    QUESTION_LIMIT,
    QUESTIONS_LIMIT,
    RULES_LIMIT,
)
from chat.refusals import invalid, refused
from chat.screening import of_group

SLOW_SHORTEST, SLOW_LONGEST = 10, 60 * 60  # seconds (R26)
PICTURES = "groups"


def describe(
    actor: User,
    conversation: Conversation,
    *,
    description: str | None = None,
    rules: str | None = None,
) -> Conversation:
    """Say what the group is for (whoever may rename it) and what holds in it (owner and admins).

    None leaves either as it is. Raises `Refused` (group.only, role.missing), `ValidationError`
    (description.too_long, rules.too_long).
    """
    wanted = {
        "description": _words(description, DESCRIPTION_LIMIT, "description.too_long"),
        "rules": _words(rules, RULES_LIMIT, "rules.too_long"),
    }
    with holding_group(actor, conversation, or_channel=True) as (line, membership):
        charter = line.conversation.charter
        new = {
            name: words
            for name, words in wanted.items()
            if words is not None and words != getattr(charter, name)
        }
        may = membership.runs_group() if "rules" in new else membership.may_rename()
        if not may:
            raise refused("role.missing")
        if new:
            _change_charter(line, charter, **new)
            say(line, "group.described", actor)
    return line.conversation


def _words(text: str | None, limit: int, too_long: str) -> str | None:
    if text is None:
        return None
    text = clean_lines(text)
    if len(text) > limit:
        raise invalid(too_long)
    return text


def _change_charter(line: Line, charter: Charter, **values: object) -> None:
    for name, value in values.items():
        setattr(charter, name, value)
    charter.save()
    line.change_conversation()


def set_picture(actor: User, conversation: Conversation, file: images.Readable) -> Conversation:
    """Show this picture's middle, decoded and made anew, with a system line.

    Raises `Refused` (group.only, role.missing), `ValidationError` (avatar.type, avatar.too_large,
    media.held).
    """
    content = images.content_of(file)
    picture = images.square_webp(content)
    screen(of_group(actor.pk, conversation.pk), [content, picture])
    name = default_storage.save(images.random_name(PICTURES), ContentFile(picture))
    try:
        return _replace_picture(actor, conversation, name)
    except BaseException:
        default_storage.delete(name)
        raise


def remove_picture(actor: User, conversation: Conversation) -> Conversation:
    """Show the initials of the name again. Raises as `set_picture`."""
    return _replace_picture(actor, conversation, "")


def _replace_picture(actor: User, conversation: Conversation, name: str) -> Conversation:
    with holding_group(actor, conversation, or_channel=True) as (line, membership):
        if not membership.may_rename():
            raise refused("role.missing")
        old = line.conversation.picture
        if name != old:
            line.change_conversation(picture=name)
            say(line, "group.pictured" if name else "group.unpictured", actor)
        if old:
            # After the commit: until then its address is still in use.
            transaction.on_commit(lambda: default_storage.delete(old))
    return line.conversation


def set_slow_mode(actor: User, conversation: Conversation, *, seconds: int) -> Conversation:
    """Make members wait 10 s to 1 h between messages; 0 ends it.

    Raises `Refused` (group.only, role.missing), `ValidationError` (slow.range).
    """
    if seconds and not SLOW_SHORTEST <= seconds <= SLOW_LONGEST:
        raise invalid("slow.range")
    with running_group(actor, conversation) as line:
        if seconds != line.conversation.slow_seconds:
            line.change_conversation(slow_seconds=seconds)
            say(line, "slow.started" if seconds else "slow.ended", actor)
    return line.conversation


def freeze(actor: User, conversation: Conversation, *, frozen: bool = True) -> Conversation:
    """Let only owner and admins write, or everybody again. Raises as `set_slow_mode`."""
    with running_group(actor, conversation) as line:
        if frozen != line.conversation.is_frozen:
            line.change_conversation(frozen_at=timezone.now() if frozen else None)
            say(line, "group.frozen" if frozen else "group.thawed", actor)
    return line.conversation


def set_quiet_hours(
    actor: User,
    conversation: Conversation,
    *,
    hours: tuple[time, time] | None,
    time_zone: str = "",
) -> Conversation:
    """Let only owner and admins write from the first time to the second, every day; None ends it.

    `time_zone` is the group's, an IANA name; empty keeps the one it has, else takes the actor's.
    Raises `Refused` (group.only, role.missing), `ValidationError` (quiet.range,
    time_zone.unknown).
    """
    if hours and hours[0] == hours[1]:
        raise invalid("quiet.range")
    if time_zone and time_zone not in available_timezones():
        raise invalid("time_zone.unknown")
    start, end = hours or (None, None)
    with running_group(actor, conversation) as line:
        group = line.conversation
        zone = time_zone or group.time_zone or actor.time_zone
        if (start, end, zone) != (group.quiet_from, group.quiet_until, group.time_zone):
            line.change_conversation(quiet_from=start, quiet_until=end, time_zone=zone)
            title = f"{start:%H:%M} - {end:%H:%M}" if start and end else ""
            say(line, "quiet.started" if hours else "quiet.ended", actor, title=title)
    return line.conversation


def set_joining(
    actor: User,
    conversation: Conversation,
    *,
    approves: bool | None = None,
    shows_history: bool | None = None,
    questions: Sequence[str] | None = None,
) -> Conversation:
    """Decide how people come in: with approval, with what was said before (R25), asked what.

    None leaves each as it is; up to 3 questions. Raises `Refused` (group.only, role.missing;
    policy.R23 where a minor's group would go without approval), `ValidationError`
    (questions.too_many, questions.too_long).
    """
    asked = None if questions is None else _questions(questions)
    with running_group(actor, conversation) as line:
        group, charter = line.conversation, line.conversation.charter
        if approves is False:
            policy.permit(policy.without_approval(group.creator_person))
        if approves is not None:
            charter.approves_joins = approves
        if asked is not None:
            charter.questions = asked
        if shows_history is not None:
            group.shows_history = shows_history
        charter.save()
        line.change_conversation(shows_history=group.shows_history)
    return line.conversation


def _questions(questions: Sequence[str]) -> list[str]:
    asked = [words for words in (clean_lines(question) for question in questions) if words]
    if len(asked) > QUESTIONS_LIMIT:
        raise invalid("questions.too_many")
    if any(len(words) > QUESTION_LIMIT for words in asked):
        raise invalid("questions.too_long")
    return asked
