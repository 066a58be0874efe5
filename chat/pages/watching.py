"""What is on at a conversation's shared player, as one person sees it."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from chat.models import Conversation, Viewer, Watching
from chat.pages.faces import Card, blocked_ids
from chat.players import playables
from chat.players.news import Report, report_of, seen_by

OVER: Report = {"version": 0, "watch": None}


def watch_report(
    user: User, conversation: Conversation, *, hidden: frozenset[UUID] | None = None
) -> Report:
    """The present report; one query unless it was read with the conversation, and one or two more
    where there is something on. `hidden` are those between whom and the person stands a block,
    where that is known."""
    try:
        watching = conversation.watching
    except Watching.DoesNotExist:
        return OVER
    if not watching.is_live:
        return report_of(watching, [])
    present = Viewer.objects.filter(watching=watching).present(timezone.now())
    report = report_of(watching, list(present.values_list("user_id", flat=True)))
    blocked = blocked_ids(user) if hidden is None else hidden
    return seen_by(report, {str(person) for person in blocked})


def watch_cards(user: User, report: Report) -> dict[str, Card]:
    """Of the videos of a report those that the person may watch, by id."""
    watch: dict[str, Any] | None = report["watch"]
    if watch is None:
        return {}
    wanted = [watch["video"], *(entry["video"] for entry in watch["queue"])]
    cards = playables.cards(user, {UUID(key) for key in wanted if key})
    return {str(key): card for key, card in cards.items()}
