"""Words not sent yet, kept the same on all devices of one person."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from chat.cards.own import tell_own, words_card
from chat.models import Conversation, KeptWords, Membership
from chat.timing import moment_of
from chat.writing.drafts import clean_body, clean_mentions


def keep_words(
    actor: User,
    conversation: Conversation | UUID,
    *,
    body: str,
    reply_to: int | None = None,
    mentions: Iterable[UUID | str] = (),
    edited_at: datetime | str,
) -> KeptWords:
    """Keep what `actor` wrote until `edited_at` (by their device's clock) and has not sent; empty
    words clear it. Answers what is kept now: of two devices the newest edit wins.

    Three small statements and no line: it may be said with every pause in somebody's typing. Only
    their own devices hear of it. Raises `Http404` where they take no part, `ValidationError`
    (message.too_long, mentions.malformed, time.malformed).
    """
    policy.permit(policy.may_use_messages(actor.person))
    key = conversation.pk if isinstance(conversation, Conversation) else conversation
    kept = KeptWords(
        membership_id=_part_of(actor, key),
        body=clean_body(body, may_be_empty=True),
        reply_to=reply_to,
        mentions=list(clean_mentions(mentions)) if mentions else [],
        # A clock that runs ahead would win for as long as it does.
        edited_at=min(moment_of(edited_at), timezone.now()),
    )
    if not _store(kept):
        return KeptWords.objects.get(pk=kept.pk)
    tell_own(actor.pk, "draft.changed", draft=words_card(key, kept))
    return kept


def words_sent(author: User, conversation_id: UUID, body: str) -> None:
    """What was kept has been said: it is no draft any more. Something else was not."""
    mine = Membership.objects.filter(user=author, conversation=conversation_id)
    kept = KeptWords.objects.filter(membership__in=mine, body=body).first() if body else None
    if kept is not None:
        keep_words(author, conversation_id, body="", edited_at=timezone.now())


def _part_of(actor: User, conversation_id: UUID) -> int:
    mine = Membership.objects.active().filter(user=actor, conversation=conversation_id)
    membership_id = mine.values_list("pk", flat=True).first()
    if membership_id is None:
        raise Http404
    return membership_id


def _store(kept: KeptWords) -> bool:
    """Whether it was newer than what was kept before."""
    rows = KeptWords.objects.filter(pk=kept.pk)
    newer = rows.filter(edited_at__lt=kept.edited_at).update(
        body=kept.body,
        reply_to=kept.reply_to,
        mentions=kept.mentions,
        edited_at=kept.edited_at,
    )
    if newer or rows.exists():
        return bool(newer)
    KeptWords.objects.bulk_create([kept], ignore_conflicts=True)
    # Another device's first words may have come in between: then the newer of the two stay.
    kept_now = rows.get()
    if kept_now.edited_at < kept.edited_at:
        return _store(kept)
    return kept_now.edited_at == kept.edited_at and kept_now.body == kept.body
