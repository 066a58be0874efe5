"""The people of profiles, settings and notifications, and what their doors ask
(people_routes.py)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import (
    Decision,
    Device,
    Export,
    Follow,
    GuardianLink,
    Notification,
    Report,
    SignIn,
    TimeRequest,
    TransparencyTotal,
    Upload,
    User,
)
from accounts.notifications import unsubscribing
from tests.access.world import World
from tests.accounts.staff import make_case, make_report
from tests.factories import befriend, block, follow, make_user

WHO = (
    "anonymous",
    "stranger",
    "ex",  # was a friend once
    "blocked",  # by the owner
    "kid",  # 14
    "teen",  # 16
    "moderator",
    "friend",
    "owner",
)
AGES = {"kid": 14, "teen": 16}
NAME = f"{'0' * 32}.webp"  # of every picture


class People(World):
    """An owner with a private account, somebody of each kind, and what the owner has alone; the
    owner guards the teen."""

    who = WHO

    def __init__(self) -> None:
        super().__init__()
        self.people = everybody() | {"asking": make_user("asking")}
        owner = self.people["owner"]
        User.objects.filter(pk=owner.pk).update(is_private=True, avatar=_picture("avatars"))
        _picture("links")
        Follow.objects.create(follower=self.people["asking"], followed=owner)
        follow(owner, self.people["stranger"])
        self.values = self._values(owner, self.people["teen"])
        self.admit(WHO)

    def _values(self, owner: User, teen: User) -> dict[str, Any]:
        return {
            "username": "owner",
            "kind": "user",
            "object": owner.pk,
            "device": _device(owner).pk,
            "notification": _told(owner).pk,
            "upload": _upload(owner).pk,
            "token": unsubscribing.address_for(owner).strip("/").rsplit("/", 1)[1],
            "name": NAME,
            "decision": _decision(owner).pk,
            "report": _reported(owner).pk,
            "export": _copy(owner).pk,
            "sign_in": SignIn.objects.create(user=owner, session_key="elsewhere").pk,
            "link": _guarded(owner, teen).pk,
            "request": TimeRequest.objects.create(teen=teen, day=timezone.now().date()).pk,
            "period": _counted().period,
            "who": "stranger",
            "act": "leave",
        }

    def special(self, path: str) -> dict[str, Any]:
        """Requests are answered of whoever asked."""
        return {"username": "asking"} if "follow-requests/" in path else {}

    def given(self, path: str) -> dict[str, Any]:
        """Something for everything that some verb asks."""
        return {
            "username": "owner",
            "display_name": "Somebody",
            "kind": "user",
            "object_id": str(self.values["object"]),
            "reason": "spam",
            "details": "look",
            "ids": [str(self.values["notification"])],
            "level": "all",
            "accept": True,
        }


def everybody() -> dict[str, User]:
    """Somebody of each kind but the signed out, by what they are to the owner."""
    people = {name: _made(name) for name in WHO[1:]}
    befriend(people["owner"], people["friend"])
    block(people["owner"], people["blocked"])
    return people


def _made(name: str) -> User:
    is_staff = name == "moderator"
    return make_user(name, age=AGES.get(name, 25), is_staff=is_staff, is_superuser=is_staff)


def _picture(folder: str) -> str:
    return default_storage.save(f"{folder}/{NAME}", ContentFile(b"RIFF"))


def _device(owner: User) -> Device:
    return Device.objects.create(
        user=owner, kind="web", address="https://push.example.com/1", digest="1"
    )


def _told(owner: User) -> Notification:
    return Notification.objects.create(
        user=owner, kind="accounts.new_follower", group="x", revision=1, news_revision=1
    )


def _upload(owner: User) -> Upload:
    return Upload.objects.create(
        owner=owner, purpose="videos.clip", length=8, expires_at=timezone.now() + timedelta(hours=1)
    )


def _decision(owner: User) -> Decision:
    case = make_case(owner, state="decided")
    return Decision.objects.create(
        case=case, person=owner, acts=[{"act": "warn"}], reason="spam", rule="spam", words="Spam."
    )


def _reported(owner: User) -> Report:
    """To no avail: the owner may ask for another look."""
    case = make_case(state="decided")
    Decision.objects.create(
        case=case, acts=[{"act": "none"}], reason="spam", rule="spam", words="."
    )
    made = make_report(owner, "user", case.owner, owner=case.owner)
    Report.objects.filter(pk=made.pk).update(case=case, state="kept", closed_at=timezone.now())
    return made


def _copy(owner: User) -> Export:
    name = default_storage.save(f"exports/{uuid4().hex}.zip", ContentFile(b"PK"))
    tomorrow = timezone.now() + timedelta(days=1)
    return Export.objects.create(person=owner, state="ready", file=name, expires_at=tomorrow)


COUNTED = "2019-1"  # of no other world


def _counted() -> TransparencyTotal:
    return TransparencyTotal.objects.create(
        period=COUNTED, measure="reports", value=1, counted_at=timezone.now()
    )


def _guarded(owner: User, teen: User) -> GuardianLink:
    return GuardianLink.objects.create(guardian=owner, teen=teen, consented_at=timezone.now())
