"""docs/asyncapi.json and the socket say the same: `Client` (tests/chat/client.py) holds every frame
of every test against it; here each command is given once, so that none is left out."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from accounts.pool import in_thread
from chat import actions
from chat.commands import PATIENT, QUICK
from config.asyncapi import document
from config.asyncapi.commands import COMMANDS
from tests import socket_document
from tests.chat import media_files as files
from tests.chat.client import Client, connected
from tests.chat.factories import ask, say
from tests.videos.factories import make_video, with_files


def test_document_is_written_as_it_is_declared():
    cards = SchemaGenerator().get_schema(public=True)["components"]["schemas"]

    assert document.WRITTEN.read_text() == document.text(cards), "`make api` writes it anew"
    assert COMMANDS.keys() == PATIENT.keys() | QUICK.keys()


def test_everybody_gets_the_document(client):
    answer = client.get("/api/asyncapi/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == socket_document.written()


def test_undocumented_frames_and_members_are_noticed():
    for frame in ({"type": "family"}, {"type": "family", "link": 1}, {"type": "rumour"},
                  {"type": "family", "link": str(uuid4()), "more": 1},
                  {"type": "events", "conversation": str(uuid4()), "after": 1, "head": 2,
                   "events": [{"type": "collection.changed"}]}):  # fmt: skip
        with pytest.raises(AssertionError, match="asyncapi"):
            socket_document.check_heard(frame)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("live_hub")
async def test_every_answered_command_has_the_ack_that_the_document_tells(ana, ben, group):
    things = await in_thread(_things, ana, ben, group)
    async with connected(ana) as client:
        acked = [kind for kind in COMMANDS if await _is_acked(client, kind, group, things)]

    assert acked == [kind for kind, command in COMMANDS.items() if command.ack is not None]


async def _is_acked(client: Client, kind: str, group: Any, things: dict[str, Any]) -> bool:
    """Whether it was, as told: `ask` compares."""
    if COMMANDS[kind].ack is None:
        return False
    answer = await client.ask(kind, **_said(kind, str(group.pk), things))
    things |= {name: answer[name]["id"] for name in ("scheduled", "reminder") if name in answer}
    things["version"] = answer.get("version", things["version"])
    assert answer["type"] == "ack", answer
    return True


def _things(ana: Any, ben: Any, group: Any) -> dict[str, Any]:
    """What the commands are about."""
    voice = files.uploaded(ben, files.recording(), "voice")
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    unwanted = actions.schedule_message(ana, group, body="no", send_at=tomorrow, client_id=uuid4())
    return {
        "own": say(ana, group, "look at https://example.com").seq,
        "slip": say(ana, group, "slip").seq,
        "other": say(ben, group, "hello").seq,
        "voice": say(ben, group, "", media=[str(voice.pk)]).seq,
        "poll": ask(ana, group, "When?", ["Friday", "Sunday"], adding=True).seq,
        "video": str(with_files(make_video(ana)).pk),
        "next": str(with_files(make_video(ana)).pk),
        "unwanted": str(unwanted.pk),
        "version": 0,
    }


def _said(kind: str, group: str, things: dict[str, Any]) -> dict[str, Any]:
    """What makes this command one that is done."""
    now = timezone.now()
    later = (now + timedelta(days=1)).isoformat()
    own, other, poll = ({"seq": things[name]} for name in ("own", "other", "poll"))
    scheduled, reminder = ({name: things.get(name)} for name in ("scheduled", "reminder"))
    watched = {"video": things["video"]}
    members: dict[str, dict[str, Any]] = {
        "message.send": {"body": "hi", "client_id": str(uuid4()), "mentions": ["all"]},
        "message.edit": {**own, "body": "see https://example.com"},
        "message.unsend": {"seq": things["slip"]},
        "message.forward": {"seqs": [things["other"]], "users": ["ben"], "client_id": str(uuid4())},
        "reaction.add": {**other, "emoji": "🔥"},
        "reaction.remove": {**other, "emoji": "🔥"},
        "pin.add": other,
        "pin.remove": other,
        "links.remove": own,
        "voice.hear": {"seq": things["voice"]},
        "poll.vote": {**poll, "options": [1]},
        "poll.add_option": {**poll, "text": "Monday"},
        "poll.close": poll,
        "collection.add": watched,
        "collection.remove": watched,
        "timer.set": {"seconds": 86_400},
        "streaks.set": {"on": True},
        "schedule.add": {"body": "later", "client_id": str(uuid4()), "send_at": later},
        "schedule.edit": {**scheduled, "body": "much later"},
        "schedule.cancel": {"scheduled": things["unwanted"]},
        "schedule.send": scheduled,
        "reminder.set": {**other, "remind_at": later},
        "reminder.move": {**reminder, "remind_at": later},
        "reminder.finish": reminder,
        "draft.set": {"body": "I me", "edited_at": now.isoformat()},
        "notifications.seen": {"up_to": 1},
        "notifications.read": {"ids": []},
        "watch.start": watched,
        "watch.queue": {"action": "add", "video": things["next"]},
        "watch.control": {"action": "pause", "version": things["version"]},
    }  # fmt: skip
    return {"conversation": group, **members.get(kind, {})}
