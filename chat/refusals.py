"""Every code with which chat says no, and the sentence a person reads; policy.* come from
accounts/policy/."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Conflict, Refused, Unavailable
from accounts.metrics import REFUSALS

SENTENCES: dict[str, str | Promise] = {
    "account.inactive": _("This account is not active."),
    "answer.too_long": _("An answer holds at most 500 characters."),
    "channel.hosts_full": _("A channel has at most 10 hosts."),
    "channel.last_host": _("Ask somebody to host the channel with you first: it needs an owner."),
    "channel.members_hidden": _("Who follows a channel is not shown."),
    "channel.only": _("Only channels can do this."),
    "channel.read_only": _("Only the hosts write here."),
    "channel.too_many": _("You can run at most 20 channels."),
    "client_id.conflict": _("This was already sent with other words."),
    "client_id.malformed": _("The message's own id is not a UUID."),
    "code.shape": _("A code has 8 to 64 characters."),
    "code.tries": _("Too many tries. Try again in an hour."),
    "description.too_long": _("A description holds at most 300 characters."),
    "conversation.closed": _("Medley's moderators closed this conversation."),
    "collection.full": _("A collection holds at most 500 videos."),
    "direct.self": _("You cannot write to yourself."),
    "edit.too_late": _("Messages can be edited for 15 minutes."),
    "emoji.unknown": _("Choose one emoji."),
    "filter.action": _("Choose what becomes of such a message."),
    "folder.name_taken": _("You have a folder of that name."),
    "folder.name_too_long": _("A folder's name holds at most 24 characters."),
    "folder.too_many": _("You can have at most 20 folders."),
    "forward.disappearing": _("What will disappear cannot be forwarded."),
    "forward.nothing": _("There is nothing in it that can be forwarded."),
    "forward.too_many": _("Forward at most 30 messages at a time."),
    "frame.malformed": _("This frame could not be read."),
    "frame.too_large": _("A frame holds at most 64 KiB."),
    "frame.unknown_type": _("There is no such frame."),
    "group.frozen": _("Only admins can write here for now."),
    "group.only": _("Only groups can do this."),
    "group.quiet": _("Quiet hours: only admins can write here now."),
    "handle.reserved": _("This handle is not available."),
    "handle.shape": _("3 to 30 letters, digits, dots or underscores; no dot at the end."),
    "handle.taken": _("This handle is taken."),
    "hello.expected": _("Say hello first."),
    "inbox.too_many_pins": _("You can pin at most 5 conversations."),
    "invite.expired": _("This link has expired. Ask for a new one."),
    "invite.range": _("A link lasts a minute to a year, for 1 to 1,024 people."),
    "invite.revoked": _("This link was withdrawn. Ask for a new one."),
    "invite.too_many": _("A group has at most 50 open links. Withdraw one first."),
    "invite.used_up": _("This link was used as often as it may be. Ask for a new one."),
    "join.unaccepted": _("Say that you want to join first."),
    "join.unanswered": _("Answer every question first."),
    "join.unmet": _("Something is still missing before you can join."),
    "join_rule.malformed": _("This rule could not be read."),
    "join_rule.unknown": _("There is no such rule for joining."),
    "label.too_long": _("A label holds at most 40 characters."),
    "media.dangerous": _("Programs cannot be sent. Put it into an archive if you have to."),
    "media.held": _("This cannot be used. Choose something else."),
    "media.mixed": _("Send voice, files, and photos with videos, each for themselves."),
    "media.not_ready": _("This is still being prepared. Wait a moment."),
    "media.not_yours": _("Only your own, and only before it is sent."),
    "media.quota": _("You have sent very much today. Go on tomorrow."),
    "media.too_large": _("This is too large: photos up to 30 MB, videos 200 MB, files 50 MB."),
    "media.too_long": _("This is longer than 3 minutes. Trim it and try again."),
    "media.too_many": _("Send at most 10 at a time."),
    "media.unknown": _("This file is not there."),
    "media.unreadable": _("This could not be read. It may be damaged, or of another kind."),
    "member.banned": _("This person is banned from the group."),
    "member.only": _("Join the conversation first."),
    "member.silenced": _("You cannot write here for now."),
    "mentions.malformed": _("At most 20 people can be mentioned, by their ids."),
    "message.empty": _("Write something first."),
    "message.not_yours": _("Only its author can change a message."),
    "message.too_long": _("A message holds at most 10,000 characters."),
    "message.unsent": _("This message was unsent."),
    "message.unstorable": _("This message could not be stored."),
    "mute.too_many": _("You can mute at most 100 members of a group."),
    "mute.unknown": _("Mute for 1 hour, 8 hours, or until you unmute."),
    "nickname.too_long": _("A nickname holds at most 40 characters."),
    "not_found": _("There is nothing here."),
    "person.self": _("That is you."),
    "pin.too_many": _("At most 50 messages can be pinned. Unpin one first."),
    "policy.R2": _("Messages are not available for your account yet."),
    "policy.R43": _(
        "You cannot write messages for now. Settings, Decisions says why, and until when."
    ),
    "policy.unreachable": _("This person cannot be reached."),
    "poll.anonymous": _("Nobody sees who voted here."),
    "poll.closed": _("This poll is closed."),
    "poll.fixed": _("No answers can be added to this poll."),
    "poll.hidden": _("The results are shown once the poll is closed."),
    "poll.malformed": _("This poll could not be read."),
    "poll.options": _("A poll has 2 to 12 answers of up to 100 characters."),
    "poll.past": _("Choose a closing time that is still to come."),
    "poll.question": _("Ask something, in up to 300 characters."),
    "poll.same_option": _("Each answer can be there once."),
    "poll.twice": _("You can choose one answer here."),
    "poll.unknown_option": _("There is no such answer."),
    "questions.too_long": _("A question holds at most 140 characters."),
    "questions.too_many": _("Ask at most 3 questions."),
    "quiet.range": _("Quiet hours begin and end at different times."),
    "rate.flood": _("Too fast. Wait a moment."),
    "rate.slow": _("This conversation is in slow mode. Wait a moment."),
    "reminder.past": _("Choose a time that is still to come."),
    "reminder.too_far": _("You can be reminded of something up to a year ahead."),
    "reminder.too_many": _("You have 200 reminders already. Finish one first."),
    "replies.closed": _("Replies are closed in this channel."),
    "reply.too_long": _("A reply holds at most 1,000 characters."),
    "reply.unknown": _("The message you answer is not there."),
    "rights.unknown": _("There is no such right or role."),
    "role.missing": _("Your role in this group does not allow it."),
    "role.unknown": _("There is no such role."),
    "rules.too_long": _("Rules hold at most 1,000 characters."),
    "schedule.leaving": _("This message is being sent just now."),
    "schedule.past": _("Choose a time that is still to come."),
    "schedule.too_far": _("Messages can be scheduled up to a year ahead."),
    "schedule.too_many": _("100 messages wait here already. Send or cancel one first."),
    "search.bad_cursor": _("Search again: this page is not there any more."),
    "search.bad_date": _("Write a date like 2026-01-31."),
    "search.empty": _("Say what to look for."),
    "search.too_long": _("Look for fewer words."),
    "search.unknown_kind": _("There is no such kind of message."),
    "settings.unknown": _("There is no such setting."),
    "share.group": _("A new group needs at least two people."),
    "share.nobody": _("Choose at least one person or conversation."),
    "share.too_many": _("Send to at most 5 at a time."),
    "share.unknown": _("What you want to share is not there."),
    "silence.range": _("Silence somebody for a minute to 30 days."),
    "slow.range": _("Slow mode waits 10 seconds to an hour."),
    "thread.unknown": _("The message under which you answer is not there."),
    "time.malformed": _("This time could not be read."),
    "time_zone.unknown": _("Choose a time zone from the list."),
    "timer.unknown": _("Choose one of the times offered."),
    "sticker.too_many": _("A set holds 24 stickers. Remove one first."),
    "sticker.unknown": _("This sticker is not there."),
    "title.too_long": _("A name holds at most 80 characters."),
    "translation.none": _("There are no words to translate."),
    "translation.unavailable": _("Translating does not work just now. Try again in a moment."),
    "unauthorized": _("Sign in first."),
    "unavailable": _("Not possible just now. Try again in a moment."),
    "watch.full_queue": _("At most 50 videos wait in the queue."),
    "watch.none": _("Nobody watches together here just now."),
    "watch.not_host": _("Only the host can do this."),
    "watch.not_there": _("Join first."),
    "watch.unknown_video": _("This video is not there."),
    "words.filtered": _("This group does not allow a word in your message. Say it another way."),
    "words.held": _("A moderator of this group reads this first. You need not send it again."),
}


def sentence(code: str) -> str:
    """What a person reads for `code`, in their language."""
    return str(_lazily(code))


def _lazily(code: str) -> str | Promise:
    # The writer's thread has no language: the door that reads the sentence does.
    return SENTENCES.get(code, SENTENCES["message.unstorable"])


def refusal(code: str) -> Exception:
    """The exception that doors translate, of a code with which the database says no."""
    match code:
        case "not_found":
            return Http404()
        case "reply.unknown":
            return invalid(code)
        case "client_id.conflict":
            return conflict(code)
    return refused(code)


def refused(code: str) -> Refused:
    """Not allowed: 403. It is counted, by the rule where its code names one."""
    REFUSALS.labels(code.removeprefix("policy.")).inc()
    return Refused(code, _lazily(code))


def invalid(code: str) -> ValidationError:
    """Not well said: 400, 422 in forms."""
    return ValidationError(SENTENCES[code], code=code)  # type: ignore[arg-type]


def conflict(code: str) -> Conflict:
    """Contradicts what is stored: 409."""
    return Conflict(code, SENTENCES[code])


def unavailable() -> Unavailable:
    """Not just now: 503. Whether anything was stored is unknown; saying it again is safe."""
    return Unavailable("unavailable", SENTENCES["unavailable"])
