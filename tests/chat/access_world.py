"""The people and things of the access matrix (access_matrix.py)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from chat import actions
from chat.models import Conversation
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


class World:
    """Ana's group with somebody of each kind, her channel, and what one member has of their own."""

    def __init__(self) -> None:
        self.people = {name: _made(name) for name in WHO[1:]} | {"ben": make_user("ben")}
        owner, member, ben = (self.people[name] for name in ("owner", "member", "ben"))
        befriend(member, ben)
        self.group = self._group(owner)
        self.channel = self._channel(owner)
        block(owner, self.people["blocked"])
        self.values = self._values(owner, member)
        self.clients = {name: _clients(self.people.get(name)) for name in WHO}

    def _group(self, owner: User) -> Conversation:
        group = actions.create_group(owner, title="Friday film", members=[])
        for name in ("ben", "removed", "banned", "invited", "silenced", "teen", "member"):
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
            "username": "ben",
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

    def address(self, path: str) -> str:
        """A path of the matrix with something in each of its places."""
        values = dict(self.values)
        for place, username in SPECIAL.items():
            if place in path:
                values["username"] = username
        if OF_CHANNELS.search(path):
            values |= {"conversation": values["channel"], "seq": values["post"]}
        if "poll" in path:
            values["seq"] = values["poll"]
        return "/" + re.sub(r"{(\w+)}", lambda at: str(values.get(at[1], uuid4())), path)


def _made(name: str) -> User:
    age = {"kid": 14, "teen": 16}.get(name, 25)
    return make_user(name, age=age, asks_before_groups=name == "invited")


def _clients(user: User | None) -> tuple[Client, APIClient]:
    browser, app = Client(raise_request_exception=True), APIClient()
    if user is not None:
        browser.force_login(user)
        app.force_authenticate(user)
    return browser, app
