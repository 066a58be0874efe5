"""What is compared and written for each draft while its conversation's line is held."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from accounts import outbox, policy
from accounts.filtering import spam
from chat import events, filtering, mentions, threads
from chat.line import Line
from chat.models import Conversation, HeldMessage, Membership, Message, WordFilter
from chat.notifications import telling
from chat.refusals import conflict, invalid, refused
from chat.writing.drafts import Draft, Job, Outcome, Stored

Person = tuple[UUID, UUID]  # conversation, user
MOST_HELD = 20  # messages of one person that wait in a group


def store(drafts: list[Draft], lines: dict[UUID, Line]) -> list[Outcome]:
    """Give each draft its place, or the reason why not, in order. The lines are closed by the
    caller."""
    return _Storing(drafts, lines).outcomes()


class _Storing:
    """One transaction's messages: three queries to know, four to write, however many drafts."""

    def __init__(self, drafts: list[Draft], lines: dict[UUID, Line]) -> None:
        self.drafts, self.lines, self.now = drafts, lines, timezone.now()
        self.memberships = _memberships(drafts)
        self.earlier = _earlier(drafts)
        # Nobody can answer what was not committed when they wrote.
        self.last_seq = {key: line.conversation.last_seq for key, line in lines.items()}
        self.mentioned = mentions.Mentioned(drafts)
        self.roots = _roots(drafts)
        self.messages: list[Message] = []
        self.grown: dict[UUID, Message] = {}  # roots of threads, by id
        self.rows: dict[type[models.Model], list[models.Model]] = {}  # behind the messages
        self.jobs: list[Job] = []
        self.read: dict[Person, Membership] = {}
        self.read_fields = {"read_seq"}

    def outcomes(self) -> list[Outcome]:
        outcomes = [self.outcome(draft) for draft in self.drafts]
        Message.objects.bulk_create(self.messages)
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)
        Message.objects.bulk_update(self.grown.values(), ["replies", "revision"])
        Membership.objects.bulk_update(self.read.values(), self.read_fields)
        self.mentioned.mark(self.messages)
        outbox.enqueue_all(self.jobs)
        return outcomes

    def outcome(self, draft: Draft) -> Outcome:
        try:
            said = self.earlier.get((draft.author_id, draft.client_id))
            if said is not None:
                return _replay(said, draft)
            self.permit(draft)
            message = self.made(draft)
        except Exception as refusal:
            return refusal
        self.place(draft, message)
        if draft.client_id is not None:
            self.earlier[draft.author_id, draft.client_id] = message
        return Stored.of(message)

    def permit(self, draft: Draft) -> None:
        """Compare what membership remembers (R2, R11, R14, R15), the request rules (R12, R13), the
        reply and, last, slow mode: only what would pass otherwise takes its author's turn."""
        line = self.lines.get(draft.conversation_id)
        if line is None:
            raise Http404
        if draft.author_id is not None:
            membership = self.memberships.get((draft.conversation_id, draft.author_id))
            if membership is None or membership.state == Membership.State.ENDED:
                raise Http404
            self.permit_author(draft, line, membership)
            if draft.reply_to is not None and not (
                membership.from_seq < draft.reply_to <= self.last_seq[draft.conversation_id]
            ):
                raise invalid("reply.unknown")
            if draft.thread is not None:
                self.permit_thread(draft, line, membership)
            if draft.is_read:
                return
            self.permit_words(draft, line, membership)
            if membership.spoke_too_soon(line.conversation.slow_seconds, self.now):
                raise refused("rate.slow")
            if membership.state == Membership.State.REQUESTED:
                _accept(line, membership, self.now)
                self.jobs += telling.of_answered_request(line.conversation, membership.user_id)

    def permit_author(self, draft: Draft, line: Line, membership: Membership) -> None:
        if membership.state == Membership.State.INVITED:
            raise refused("member.only")
        if not membership.user.is_active:
            raise refused("account.inactive")
        if code := membership.bar(line.conversation, self.now):
            raise refused(code)
        membership.conversation = line.conversation  # as it is held, for what rights ask
        if any(part.right and not membership.may(part.right) for part in draft.parts):
            raise refused("role.missing")
        if not mentions.permits(draft, membership):
            raise refused("role.missing")
        self.permit_revealing(draft, membership)
        if line.conversation.is_request and membership.is_active:
            if line.conversation.last_seq:
                raise policy.waiting_request().error()
            is_plain = draft.is_plain_to(line.conversation.other_than(membership.user_id))
            policy.permit(policy.first_request(is_plain=is_plain))
            spam.weigh(membership.user, spam.Surface.REQUEST, text=draft.body)

    def permit_revealing(self, draft: Draft, membership: Membership) -> None:
        """R44; where a grown-up tried, moderators hear of it, and the sender does not."""
        revealing = [str(key) for part in draft.parts for key in part.revealing]
        if not revealing:
            return
        there = Membership.objects.filter(conversation=draft.conversation_id)
        refusal = policy.send_revealing(
            reaches_minor=there.exclude(state=Membership.State.ENDED).has_minor()
        )
        if refusal and not membership.user.person.is_minor:
            tried = {"conversation_id": str(draft.conversation_id), "media": revealing}
            self.jobs.append(("chat.flag_revealing", {"user_id": str(membership.user_id), **tried}))
        policy.permit(refusal)

    def permit_words(self, draft: Draft, line: Line, membership: Membership) -> None:
        """What the group does not want to read is not said, or waits for its moderators: only words
        can wait, what hangs on a message cannot."""
        verdict = filtering.verdict(membership, line.conversation, filtering.said_in(draft))
        if verdict == WordFilter.Action.HOLD and not draft.parts:
            self.hold(draft)
            raise refused("words.held")
        if verdict:
            raise refused("words.filtered")

    def hold(self, draft: Draft) -> None:
        """Once, however often it is sent; `Refused` (words.filtered) for whoever has many there."""
        mine = HeldMessage.objects.filter(author=draft.author_id)
        if mine.filter(conversation=draft.conversation_id).count() >= MOST_HELD:
            raise refused("words.filtered")
        assert draft.author_id is not None  # system lines hold no words
        if not mine.filter(client_id=draft.client_id).exists():
            HeldMessage.objects.create(
                conversation_id=draft.conversation_id,
                author_id=draft.author_id,
                client_id=draft.client_id,
                body=draft.body,
                reply_to=draft.reply_to,
                thread=draft.thread,
                mentions=list(draft.mentions),
            )

    def permit_thread(self, draft: Draft, line: Line, membership: Membership) -> None:
        """Threads are for groups, under a message that the author may see; not one in a thread."""
        if line.conversation.kind != Conversation.Kind.GROUP:
            raise refused("group.only")
        root = self.roots.get((draft.conversation_id, draft.thread))  # type: ignore[arg-type]
        if root is None or root.seq <= membership.from_seq:
            raise invalid("thread.unknown")
        if root.is_unsent:
            raise refused("message.unsent")

    def made(self, draft: Draft) -> Message:
        """The message with what hangs on it, before it takes a number: a part may still refuse."""
        conversation = self.lines[draft.conversation_id].conversation
        message = Message(
            id=draft.id,
            conversation=conversation,
            author_id=draft.author_id,
            client_id=draft.client_id,
            digest=draft.digest if draft.client_id else "",
            body=draft.body,
            notice=draft.notice,
            reply_to=draft.reply_to,
            thread=draft.thread,
            mentions=self.mentioned.by(draft, conversation),
            created_at=self.now,
            expires_at=self.expiry(draft, conversation),
        )
        for row in [row for part in draft.parts for row in part.place(message)]:
            self.rows.setdefault(type(row), []).append(row)
        return message

    def place(self, draft: Draft, message: Message) -> None:
        line = self.lines[draft.conversation_id]
        line.conversation.last_seq += 1
        line.conversation.active_at = self.now
        message.seq, message.revision = line.conversation.last_seq, line.number()
        self.messages.append(message)
        self.jobs += draft.jobs_in(line.conversation.kind)
        if line.conversation.is_request and draft.author_id is not None:
            self.jobs += telling.of_request(line.conversation, draft.author_id)
        self.mark_read(draft, message)
        line.tell(events.message_event(message, {part.name: part.told for part in draft.parts}))
        if draft.thread is not None:
            self.grow(line, message)

    def grow(self, line: Line, message: Message) -> None:
        """What the thread's root tells of it changes with each message."""
        assert message.thread is not None
        root = self.roots[message.conversation_id, message.thread]
        root.replies = threads.grown(root.replies, message.author_id, message.seq)
        root.revision = line.number()
        self.grown[root.pk] = root
        line.tell(events.thread_event(root))

    def expiry(self, draft: Draft, conversation: Conversation) -> datetime | None:
        """When it disappears; system lines stay."""
        if not conversation.timer_seconds or draft.notice is not None:
            return None
        return self.now + timedelta(seconds=conversation.timer_seconds)

    def mark_read(self, draft: Draft, message: Message) -> None:
        """Whoever speaks has read what was there."""
        if draft.speaker_id is None or draft.is_read:
            return
        key = (draft.conversation_id, draft.speaker_id)
        if membership := self.memberships.get(key):
            membership.read_seq = message.seq
            if draft.author_id and self.lines[draft.conversation_id].conversation.slow_seconds:
                membership.said_at = self.now
                self.read_fields.add("said_at")
            self.read[key] = membership


def _memberships(drafts: list[Draft]) -> dict[Person, Membership]:
    wanted = [draft for draft in drafts if draft.speaker_id is not None]
    found = Membership.objects.filter(
        conversation__in={draft.conversation_id for draft in wanted},
        user__in={draft.speaker_id for draft in wanted},
    ).select_related("user")
    return {(membership.conversation_id, membership.user_id): membership for membership in found}


def _earlier(drafts: list[Draft]) -> dict[tuple[UUID | None, UUID | None], Message]:
    """What the authors said before under the same client ids, by (author, client_id)."""
    said = Message.objects.filter(
        author__in={draft.author_id for draft in drafts if draft.author_id},
        client_id__in={draft.client_id for draft in drafts if draft.client_id},
    ).defer("body", "notice")
    return {(message.author_id, message.client_id): message for message in said}


def _roots(drafts: list[Draft]) -> dict[tuple[UUID, int], Message]:
    """The messages in whose threads something is to be said, by place."""
    places = {(draft.conversation_id, draft.thread) for draft in drafts if draft.thread is not None}
    if not places:
        return {}
    named = Q()
    for conversation_id, seq in places:
        named |= Q(conversation=conversation_id, seq=seq)
    messages = Message.objects.unexpired().filter(named)
    found = messages.filter(notice__isnull=True, thread__isnull=True)
    return {(root.conversation_id, root.seq): root for root in found}


def _replay(said: Message, draft: Draft) -> Stored:
    # Of one that disappeared there is nothing to compare with any more.
    if said.digest != draft.digest and said.expired_at is None:
        raise conflict("client_id.conflict")
    return Stored.of(said, replayed=True)


def _accept(line: Line, membership: Membership, now) -> None:
    """R12: to answer a request is to accept it."""
    line.admit(membership)
    line.change_conversation(accepted_at=now)
