"""The people and things of conversations, and what their doors ask (conversation_routes.py)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from chat import actions
from chat.models import Conversation
from tests.access.world import World
from tests.chat.channels import make_channel
from tests.chat.factories import ask, say
from tests.chat.media_files import picture, uploaded
from tests.factories import befriend, block, make_user

WHO = (
    "anonymous",
    "stranger",
    "blocked",  # by the owner
    "removed",
    "banned",
    "kid",  # 14
    "invited",  # and has not answered
    "asking",  # by a link, and waits for approval
    "silenced",
    "teen",  # 16, a member
    "moderator",  # on the staff, and none of theirs: staff read under a case alone (R42)
    "member",
    "owner",
)
# What is put into a path where several of its kind could be meant.
SPECIAL = {
    "join-requests/{username}": "asking",
    "waiting/{username}": "asking",
    "bans/{username}": "banned",
    "banned/{username}": "banned",
    "followers/{username}": "silenced",
}
OF_CHANNELS = re.compile(r"/(channel|hosts|followers|replies|posts|join-rules)/")

# What some take besides, or instead of what all are given; None: not that.
FIELDS: dict[str, dict[str, Any]] = {
    "/media/": {"kind": "photo"},
    "/slow-mode/": {"seconds": 10},
    "/control/": {"to": None},
    "/queue/": {"action": "add", "place": 0},
    "/slow/": {"seconds": 10},
    "/silence/": {"seconds": 3600},
    "/chat/{conversation}/": {"share": None},
    "/messages/": {"share": None, "thread": None},
    "/scheduled/": {"share": None, "seq": None},
    "/rights/": {"rights": {"pin": "member"}},
    "/join-rules/": {"rules": []},
    "/words/": {"action": "hold", "words": ["rotten"]},
}
QUERIES = {"delete": {"/reactions/": "?emoji=🔥"}, "post": {"/forward/": "?seq={seq}"}}


class Conversations(World):
    """Ana's group with somebody of each kind, her channel, and what one member has of their own."""

    who = WHO

    def __init__(self) -> None:
        super().__init__()
        self.people = {name: _made(name) for name in WHO[1:]} | {"guest": make_user("guest")}
        owner, member, guest = (self.people[name] for name in ("owner", "member", "guest"))
        befriend(member, guest)
        self.group = self._group(owner)
        self.channel = self._channel(owner)
        block(owner, self.people["blocked"])
        self.values = self._values(owner, member)
        self.admit(WHO)

    def _group(self, owner: User) -> Conversation:
        group = actions.create_group(owner, title="Friday film", members=[])
        for name in ("guest", "removed", "banned", "invited", "silenced", "teen", "member"):
            befriend(owner, self.people[name])
            actions.add_member(owner, group, self.people[name])
        token = actions.make_invite(owner, group, asks_approval=True).token
        actions.join(self.people["asking"], token, accepted=True)
        actions.remove_member(owner, group, self.people["removed"])
        actions.ban(owner, group, self.people["banned"])
        actions.silence(owner, group, self.people["silenced"], seconds=3600)
        return group

    def _channel(self, owner: User) -> Conversation:
        followers = [self.people[name] for name in ("removed", "silenced", "teen", "member")]
        channel = make_channel(owner, *followers)
        actions.change_channel(owner, channel, opens_replies=True)
        actions.remove_follower(owner, channel, self.people["removed"])
        return channel

    def _values(self, owner: User, member: User) -> dict[str, Any]:
        """What stands in the places of paths, and what is asked for there."""
        later = timezone.now() + timedelta(hours=2)
        seq = say(member, self.group).seq
        post = say(owner, self.channel).seq
        photo = uploaded(member)
        say(member, self.group, "", media=[str(photo.pk)])
        return {
            "conversation": self.group.pk,
            "channel": self.channel.pk,
            "seq": seq,
            "post": post,
            "poll": ask(owner, self.group, "Which one?", ["this", "that"]).seq,
            "username": "guest",
            "handle": "meadow",
            "token": actions.make_invite(owner, self.group).token,
            "invite": actions.make_invite(owner, self.group).invite.pk,
            "reply": actions.reply(
                member, self.channel, seq=post, body="yes", client_id=uuid4()
            ).pk,
            "reminder": actions.remind(member, self.group, seq=seq, remind_at=later).pk,
            "scheduled": actions.schedule_message(
                member, self.group, body="later", send_at=later
            ).pk,
            "due": actions.schedule_message(member, self.group, body="now", send_at=later).pk,
            "slip": say(member, self.group, "a slip").seq,
            "folder": actions.make_folder(member, name="Films").pk,
            "media": photo.pk,
            "name": str(photo.card()["url"]).rsplit("/", 1)[1],
            "sticker": actions.make_sticker(member, picture()).pk,
            "fans": actions.create_fan_group(
                owner, title="Fans", rules=[{"kind": "code", "code": "open sesame"}]
            ).pk,
            "part": "edits",
            "kind": "video",
        }

    def special(self, path: str) -> dict[str, Any]:
        """Channels have their own posts, polls are messages too, and some act on somebody else."""
        values: dict[str, Any] = {}
        for place in filter(path.__contains__, SPECIAL):
            values["username"] = SPECIAL[place]
        if OF_CHANNELS.search(path):
            values |= {"conversation": self.values["channel"], "seq": self.values["post"]}
        if "poll" in path:
            values["seq"] = self.values["poll"]
        return values

    def given(self, path: str = "") -> dict[str, Any]:
        """Something for everything that some verb asks."""
        given = self._fields()
        for part, more in FIELDS.items():
            if part in f"/{path}":
                given |= more
        return {name: value for name, value in given.items() if value is not None}

    def query(self, method: str, path: str) -> str:
        """What some are told behind the path instead of in a body."""
        endings = QUERIES.get(method, {})
        return next((query for end, query in endings.items() if path.endswith(end)), "")

    def _fields(self) -> dict[str, Any]:
        soon = (timezone.now() + timedelta(hours=1)).isoformat()
        return {
            "body": "hello",
            "client_id": str(uuid4()),
            "emoji": "🔥",
            "username": "guest",
            "usernames": ["guest"],
            "seq": self.values["seq"],
            "title": "Films",
            "name": "Films",
            "handle": "meadows",
            "kind": "group",
            "send_at": soon,
            "remind_at": soon,
            "edited_at": soon,
            "seconds": 86400,
            "frozen": True,
            "on": True,
            "options": [1],
            "text": "neither",
            "act": "react",
            "role": "moderator",
            "to": "es",
            "action": "play",
            "q": "hello",
            "seqs": [self.values["seq"]],
            "conversations": [str(self.group.pk)],
            "pin": "member",
            "approve": True,
            "accept": True,
            "video": str(uuid4()),
            "share": f"video:{uuid4()}",
            "rules": "Be kind",
            "start": "22:00",
            "end": "07:00",
            "hushed": True,
            "alt": "Roses",
            "place": 0,
            "inside": True,
        }


def _made(name: str) -> User:
    age = {"kid": 14, "teen": 16}.get(name, 25)
    is_staff = name == "moderator"
    return make_user(
        name,
        age=age,
        asks_before_groups=name == "invited",
        is_staff=is_staff,
        is_superuser=is_staff,
    )
