"""One shared player, held by one transaction: what changes at it takes a version and is told."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from chat.models import Conversation, Membership, Viewer, Watching
from chat.models.watching import EMPTY
from chat.players import news as watching_news
from chat.players.clock import Playback
from chat.refusals import refused


class Session:
    """A locked player at one moment; `people` are there, the first to come first."""

    def __init__(self, watching: Watching, now: datetime) -> None:
        self.watching, self.now = watching, now
        self.viewers = {viewer.user_id: viewer for viewer in watching.viewers.present(now)}
        self.did: dict[str, str] | None = None
        self.is_changed = self.is_outline_changed = False
        self._tend()

    @property
    def people(self) -> list[UUID]:
        return list(self.viewers)

    def note(self, actor: User, action: str, *, outline: bool = False) -> None:
        """Something happened: it will take a version. Its `outline` (who is there, what is on)
        concerns everybody in the conversation."""
        self.did = {"user": str(actor.pk), "action": action}
        self.is_changed = True
        self.is_outline_changed |= outline

    def come(self, actor: User) -> bool:
        """Let somebody be there; whether they were not before. The first is host."""
        known = self.viewers.get(actor.pk)
        if known is not None:
            known.seen_at = self.now
            known.save(update_fields=["seen_at"])
            return False
        self.viewers[actor.pk] = Viewer.objects.create(
            watching=self.watching, user=actor, joined_at=self.now, seen_at=self.now
        )
        self.watching.left_at = None
        self._find_host()
        return True

    def go(self, actor: User) -> bool:
        """Let somebody leave; whether they were there. The next one hosts."""
        Viewer.objects.filter(watching=self.watching, user=actor).delete()
        if self.viewers.pop(actor.pk, None) is None:
            return False
        self._find_host()
        self._rest_if_empty()
        return True

    def set(self, playback: Playback) -> bool:
        """Let it stand or play so; whether that is anything new."""
        is_new = playback != self.watching.playback
        self.watching.playback = playback
        return is_new

    def end(self) -> None:
        """Nobody watches any more, and everybody is told."""
        self.watching.ended_at, self.watching.queue = self.now, []
        self.watching.is_playing, self.watching.host = False, None
        self.watching.viewers.all().delete()
        self.is_changed = self.is_outline_changed = True

    def close(self) -> None:
        """Store what changed, and tell it once that is committed."""
        if not self.is_changed:
            return
        self.watching.version += 1
        self.watching.save()
        watching_news.tell(self.watching, self.people, to_all=self.is_outline_changed, did=self.did)

    @property
    def report(self) -> watching_news.Report:
        return watching_news.report_of(self.watching, self.people)

    # --- Whoever fell silent --------------------------------------------------------------------

    def _tend(self) -> None:
        """Those who fell silent, or were taken out of the conversation, are there no more."""
        if not self.watching.is_live:
            return
        gone = self.watching.viewers.exclude(user__in=self.people)
        if gone.exists():
            gone.delete()
            self.is_changed = self.is_outline_changed = True
        self._find_host()
        self._rest_if_empty()
        if self.watching.left_at is not None and self.now - self.watching.left_at >= EMPTY:
            self.end()

    def _find_host(self) -> None:
        """Whoever came first of those who are there, where the host is not."""
        if self.watching.host_id not in self.viewers:
            host = next(iter(self.viewers), None)
            self.is_changed |= self.watching.host_id != host
            self.watching.host_id = host

    def _rest_if_empty(self) -> None:
        """Where nobody is there any more it waits, paused, for a while."""
        if not self.viewers and self.watching.left_at is None:
            self.watching.left_at = self.now
            self.watching.playback = self.watching.playback.pause(self.now)
            self.is_changed = True


def part_in(actor: User, conversation: Conversation) -> Membership:
    """The actor's part in it: `Http404` where they take none, `Refused` (policy.R2)."""
    policy.permit(policy.may_use_messages(actor.person))
    active = Membership.objects.active().select_related("conversation")
    membership = active.filter(conversation=conversation, user=actor).first()
    if membership is None:
        raise Http404
    return membership


def company_in(actor: User, conversation: Conversation) -> Membership:
    """The same for what they do with the others: `Refused` (policy.*) where a block or a setting
    stands between two (R11, R15)."""
    membership = part_in(actor, conversation)
    # Followers of a channel do not write there, and yet may watch.
    if membership.send_refusal and membership.send_refusal.startswith("policy."):
        raise refused(membership.send_refusal)
    return membership


@contextmanager
def holding(conversation_id: UUID) -> Iterator[Session]:
    """Hold the conversation's live player; `Refused` (watch.none) where there is none."""
    with transaction.atomic():
        session = _locked(conversation_id)
        live = session if session is not None and session.watching.is_live else None
        if live is not None:
            yield live
        if session is not None:
            session.close()
    if live is None:  # said only now: that nobody came back to it is to be stored
        raise refused("watch.none")


@contextmanager
def beginning(conversation: Conversation) -> Iterator[Session]:
    """The same where it may have to begin; the caller holds the conversation's line."""
    Watching.objects.get_or_create(conversation=conversation, defaults={"ended_at": timezone.now()})
    session = _locked(conversation.pk)
    assert session is not None
    session.watching.conversation = conversation
    yield session
    session.close()


def tend(conversation_id: UUID) -> None:
    """Let go of whoever fell silent, and of a player that nobody came back to."""
    with transaction.atomic():
        session = _locked(conversation_id)
        if session is not None:
            session.close()


def tend_after_commit(conversation_ids: Iterable[UUID]) -> None:
    """The same in whichever of these there is one, once the transaction is committed: whom a block
    parts is not to see the other there (R15)."""
    keys = set(conversation_ids)
    if not keys:
        return

    def tend_all() -> None:
        live = Watching.objects.live().filter(pk__in=keys)
        for key in live.values_list("pk", flat=True):
            tend(key)

    transaction.on_commit(tend_all, robust=True)


def _locked(conversation_id: UUID) -> Session | None:
    rows = Watching.objects.select_for_update(of=("self",)).select_related("conversation")
    watching = rows.filter(pk=conversation_id).first()
    return Session(watching, timezone.now()) if watching else None
