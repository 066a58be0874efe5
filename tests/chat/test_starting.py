"""Beginning conversations: whom a picker offers, a new group from a share, requests and invitations
that tell no more than they may (R11-R14, R20)."""

import json
import zoneinfo
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import actions as people
from accounts.pool import in_thread
from chat import actions, picking
from chat.models import Conversation, Membership, ScheduledMessage
from tests.chat.client import connected
from tests.chat.factories import make_group, say
from tests.factories import befriend, block, follow, make_user
from tests.rules import rule
from tests.videos.factories import make_video

pytestmark = pytest.mark.django_db(transaction=True)


def offered(user, words="") -> list[str]:
    return [candidate.card["username"] for candidate in picking.candidates(user, words)]


@pytest.fixture
def mei(ana):
    mei = make_user("mei")
    befriend(ana, mei)
    return mei


@pytest.fixture
def video(zoe):
    return make_video(zoe)


# --- The people picker ----------------------------------------------------------------------------


def test_friends_come_first_then_whom_one_talked_with(ana, ben, mei, zoe):
    older = make_user("older")
    for person in (older, zoe):
        say(ana, actions.start_direct(ana, person))

    assert offered(ana) == ["ben", "mei", "zoe", "older"]


def test_words_find_strangers_behind_friends(ana, ben, zoe):
    zoe.display_name = "Benita"
    zoe.save()

    assert offered(ana, "ben") == ["ben", "zoe"]


@rule("R2", "query")
@rule("R15", "query")
def test_children_and_blocked_people_cannot_be_chosen(ana, kid, zoe):
    block(zoe, ana)

    found = {each.card["username"]: each for each in picking.candidates(ana, "i")}

    assert found["kid"].reason
    assert "zoe" not in offered(ana, "zoe")


def test_the_picker_says_why_somebody_cannot_come_into_a_group(ana, zoe):
    (zoe_found,) = picking.candidates(ana, "zoe")

    assert not zoe_found.reason
    assert zoe_found.group_reason.startswith("You can add friends only")


def test_the_picker_asks_as_much_however_many_there_are(ana, ben, django_assert_max_num_queries):
    for _ in range(6):
        say(ana, actions.start_direct(ana, make_user()))
        befriend(ana, make_user())

    with django_assert_max_num_queries(6):
        picking.candidates(ana, "")


# --- A new group from the share sheet -------------------------------------------------------------


def share(actor, video, people, **said):
    said = {"client_id": uuid4(), "group": "Film people", **said}
    return actions.share(actor, f"video:{video.pk}", users=people, **said)


def test_a_share_makes_a_group_and_goes_there_once(ana, ben, mei, video):
    said = {"client_id": uuid4()}

    (sent,) = share(ana, video, [ben, mei], **said)
    (again,) = share(ana, video, [ben, mei], **said)

    group = Conversation.objects.get(kind="group")
    assert group.title == "Film people"
    assert sent.conversation_id == again.conversation_id == group.pk
    assert group.messages.filter(notice__isnull=True).count() == 1
    assert {m.user.username for m in group.memberships.active()} == {"ana", "ben", "mei"}


def test_who_cannot_be_added_is_told_and_the_others_get_it(ana, ben, mei, zoe, video):
    sent, kept_out = share(ana, video, [ben, mei, zoe])

    assert sent.is_sent
    assert (kept_out.username, kept_out.code) == ("zoe", "policy.R20")


def test_one_person_makes_no_group(ana, ben, video):
    with pytest.raises(ValidationError) as refusal:
        share(ana, video, [ben])
    assert refusal.value.code == "share.group"
    assert not Conversation.objects.exists()


def test_nobody_to_add_makes_no_group(ana, zoe, video):
    (refused,) = share(ana, video, [zoe, make_user()])

    assert (refused.is_sent, refused.code) == (False, "policy.R20")
    assert not Conversation.objects.exists()


def test_the_sheet_makes_a_group_of_those_one_talks_with(browser, ana, ben, mei, video):
    direct = actions.start_direct(ana, ben)
    url = reverse("chat:share", args=["video", video.pk])

    answer = browser(ana).post(
        url, {"conversations": [direct.pk], "people": ["mei"], "group": "Film people"}
    )

    group = Conversation.objects.get(kind="group")
    assert answer["Location"] == group.get_absolute_url()
    assert not direct.messages.exists()


def test_rest_makes_a_group_too(api, ana, ben, mei, video):
    said = {"share": f"video:{video.pk}", "users": ["ben", "mei"], "group": "Film people"}

    results = api(ana).post("/api/v1/shares/", {**said, "client_id": str(uuid4())}, format="json")

    assert [row["sent"] for row in results.json()["results"]] == [True]


# --- The share sheet: later -----------------------------------------------------------------------


def tomorrow() -> datetime:
    return (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)


def waiting(author) -> list[tuple[str, dict, datetime]]:
    kept = ScheduledMessage.objects.filter(author=author).order_by("pk")
    return [(each.body, each.hanging, each.send_at) for each in kept]


def test_a_share_is_kept_for_later_in_each_place(api, ana, ben, zoe, group, video):
    at, reference = tomorrow(), f"video:{video.pk}"
    said = {"share": reference, "users": ["ben"], "body": "tonight?", "client_id": str(uuid4())}
    said |= {"conversations": [str(group.pk), str(uuid4())], "send_at": at.isoformat()}

    first = api(ana).post("/api/v1/shares/", said, format="json").json()["results"]
    again = api(ana).post("/api/v1/shares/", said, format="json").json()["results"]

    assert waiting(ana) == [("tonight?", {"share": reference}, at)] * 2
    assert [(row["sent"], row["code"]) for row in first] == [
        (False, ""),
        (False, "not_found"),
        (False, ""),
    ]
    assert [row["scheduled"] for row in again] == [row["scheduled"] for row in first]
    assert not group.messages.filter(notice__isnull=True).exists()

    assert actions.send_due(at) == 2
    assert [m.body for m in group.messages.filter(notice__isnull=True)] == ["tonight?"]


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "schedule.past"), (400, "schedule.too_far"), (None, "time.malformed")]
)
def test_a_share_has_its_time_before_it(api, ana, group, video, days, code):
    at = "soon" if days is None else (timezone.now() + timedelta(days=days)).isoformat()
    said = {"share": f"video:{video.pk}", "conversations": [str(group.pk)], "send_at": at}

    answer = api(ana).post("/api/v1/shares/", {**said, "client_id": str(uuid4())}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert waiting(ana) == []


def test_the_sheet_schedules_without_a_script(browser, ana, ben, kid, group, video):
    url = reverse("chat:share", args=["video", video.pk])
    at = tomorrow()
    here = at.astimezone(zoneinfo.ZoneInfo(ana.time_zone)).strftime("%Y-%m-%dT%H:%M")
    said = {"conversations": [group.pk], "send_at": here}

    assert 'name="send_at"' in browser(ana).get(url).content.decode()
    answer = browser(ana).post(url, said)
    past = browser(ana).post(url, {**said, "send_at": "2001-01-01T09:00"})

    assert answer["Location"] == reverse("chat:all_scheduled")
    assert [(place, when) for _words, place, when in waiting(ana)] == [
        ({"share": f"video:{video.pk}"}, at)
    ]
    assert past.status_code == 422
    assert browser(kid).post(url, said).status_code in {403, 404}


# --- Requests -------------------------------------------------------------------------------------


def test_the_asker_sees_no_more_than_sent_whatever_becomes_of_it(browser, api, ana, ben, zoe):
    """R12: waiting, declined and reported look the same."""
    pages = []
    for answer in ("wait", "decline", "report"):
        asked = make_user(f"asked_{answer}", display_name="Somebody")
        request = actions.start_direct(zoe, asked)
        say(zoe, request, "may I?")
        if answer == "decline":
            actions.decline(asked, request)
        if answer == "report":
            people.report(asked, "conversation", request.pk, reason="spam")
        card = api(zoe).get(f"/api/v1/conversations/{request.pk}/").json()
        side = next(m for m in card["members"] if m["username"] == asked.username)
        pages.append((card["state"], card["accepted"], card["send_refusal"], side["state"]))

    assert len(set(pages)) == 1


@rule("R12", "socket")
async def test_a_request_reaches_no_socket_before_it_is_accepted(live_hub, ben, zoe):
    async with connected(ben) as client:
        request = await in_thread(actions.start_direct, zoe, ben)
        await in_thread(say, zoe, request, "may I?")
        assert await client.is_silent()
        assert str(request.pk) not in client.welcome["heads"]


def test_only_the_asked_accept(ana, ben, zoe, api):
    request = actions.start_direct(zoe, ben)
    say(zoe, request, "may I?")

    assert api(zoe).post(f"/api/v1/conversations/{request.pk}/decline/").status_code == 404
    assert api(ana).post(f"/api/v1/conversations/{request.pk}/accept/").status_code == 404


# --- Invitations ----------------------------------------------------------------------------------


@pytest.fixture
def invitation(ana, zoe):
    """Zoe is asked into a group that has said something."""
    group = make_group(ana, title="Surprise for Ben")
    befriend(ana, zoe)
    zoe.asks_before_groups = True
    zoe.save()
    actions.add_member(ana, group, zoe)
    say(ana, group, "the cake is blue")
    return group


SECRETS = ("Surprise for Ben", "the cake is blue")


@pytest.mark.parametrize(
    "path",
    [
        "/inbox/",
        "/inbox/requests/",
        "/inbox/?q=Surprise",
        "/chat/{}/",
        "/chat/{}/info/",
        "/chat/{}/older/?before=99",
        "/chat/{}/polls/",
        "/api/v1/conversations/",
        "/api/v1/conversations/?search=Surprise",
        "/api/v1/conversations/requests/",
        "/api/v1/conversations/{}/",
        "/api/v1/conversations/{}/members/",
        "/api/v1/conversations/{}/messages/",
        "/api/v1/conversations/{}/changes/",
        "/api/v1/conversations/{}/polls/",
    ],
)
def test_an_invitation_hides_name_and_messages_at_every_address(browser, invitation, zoe, path):
    """R20: until it is accepted."""
    answer = browser(zoe).get(path.format(invitation.pk))

    told = answer.content.decode().replace('value="Surprise"', "")
    for secret in SECRETS:
        assert secret not in told


@rule("R20", "socket")
async def test_an_invitation_hides_them_on_the_socket(live_hub, ana, zoe):
    group = await in_thread(make_group, ana, title=SECRETS[0])

    def invite():
        befriend(ana, zoe)
        zoe.asks_before_groups = True
        zoe.save()
        actions.add_member(ana, group, zoe)
        say(ana, group, SECRETS[1])

    async with connected(zoe, cursors={str(group.pk): 0}) as client:
        await in_thread(invite)
        await client.is_silent()
        heard = json.dumps([client.welcome, *client.heard])

    for secret in SECRETS:
        assert secret not in heard


# --- The rules for starting, at the doors ---------------------------------------------------------


@rule("R11", "page", "api")
@pytest.mark.parametrize(
    ("setting", "friend", "followed", "stranger"),
    [
        ("everyone", True, True, True),
        ("following", True, True, False),
        ("friends", True, False, False),
        ("no_one", False, False, False),
    ],
)
def test_who_may_begin_is_the_persons_setting(
    api, browser, ana, setting, friend, followed, stranger
):
    """R11, over REST and by the form."""
    for kind, expected in (("friend", friend), ("followed", followed), ("stranger", stranger)):
        for door in ("rest", "form"):
            ana = make_user(messages_from=setting)
            other = make_user()
            if kind == "friend":
                befriend(ana, other)
            if kind == "followed":
                follow(ana, other)
            if door == "rest":
                said = {"kind": "direct", "members": [ana.username]}
                answer = api(other).post("/api/v1/conversations/", said, format="json")
                assert answer.status_code == (201 if expected else 403)
            else:
                browser(other).post(reverse("chat:with", args=[ana.username]))
            begun = Membership.objects.filter(user=ana).exists()
            assert begun == expected, (kind, door)


@rule("R14", "api")
def test_an_adult_does_not_begin_with_a_minor_who_is_no_friend(api, ana, teo):
    """R14"""
    teo.messages_from = "everyone"
    teo.save()
    said = {"kind": "direct", "members": ["teo"]}

    answer = api(ana).post("/api/v1/conversations/", said, format="json")

    assert (answer.status_code, answer.json()["code"]) == (403, "policy.unreachable")
