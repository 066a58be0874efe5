"""Media through every door: page, REST and socket say the same yes and no; and who may fetch the
files."""

from uuid import uuid4

import pytest
import pytest_asyncio
from rest_framework.test import APIClient

from accounts import actions as people
from accounts.models import User
from accounts.pool import in_thread
from chat import actions
from chat.media import limits
from chat.models import Conversation, Media, Membership, Sticker
from chat.models.media import STICKERS_LIMIT
from chat.rights import Right, Role
from tests.chat import media_files as files
from tests.chat.client import connected
from tests.chat.doors import OK, FormDoor, RestDoor, SocketDoor, words
from tests.chat.factories import say
from tests.chat.media_files import uploaded
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


@pytest_asyncio.fixture(params=["rest", "socket"])
async def door(request, api):
    return {"rest": lambda: RestDoor(api), "socket": SocketDoor}[request.param]()


def set_up(owner: User, **options) -> str:
    return str(uploaded(owner, **options).pk)


# --- Sending --------------------------------------------------------------------------------------


async def test_album_is_sent(door, ana, group):
    album = [await in_thread(set_up, ana) for _ in range(3)]

    assert await door.send(ana, group, **words("", media=album)) == OK

    message = await in_thread(lambda: group.messages.get(notice__isnull=True))
    assert [card["id"] for card in message.media] == album


async def test_everybody_hears_the_cards_with_the_message(ana, ben, group):
    media = [await in_thread(set_up, ana)]

    async with connected(ben) as client:
        await in_thread(say, ana, group, "", media=media)
        event = await client.hear_event("message.created")

    assert [(card["id"], card["kind"]) for card in event["media"]] == [(media[0], "photo")]
    assert event["media"][0]["url"].startswith(f"/api/v1/media/{media[0]}/")


async def test_owner_hears_when_an_upload_is_ready(ana):
    media = await in_thread(actions.upload_media, ana, files.picture(), kind="photo")

    async with connected(ana) as client:
        await in_thread(actions.prepare_media, media.pk)
        told = await client.hear_type("upload.changed")

    assert (told["upload"]["id"], told["upload"]["state"]) == (str(media.pk), "ready")


async def test_what_cannot_be_sent_has_a_code(door, ana, ben, group):
    def prepared() -> dict[str, list[str]]:
        waiting = actions.upload_media(ana, files.picture(), kind="photo")
        broken = uploaded(ana, files.document("x.jpg"))
        voice = uploaded(ana, files.recording(), "voice")
        return {
            "media.not_ready": [str(waiting.pk)],
            "media.unreadable": [str(broken.pk)],
            "media.unknown": [set_up(ben)],
            "media.mixed": [str(voice.pk), set_up(ana)],
            "media.too_many": [str(uuid4()) for _ in range(11)],
            "sticker.unknown": [f"sticker:{uuid4()}"],
        }

    for code, media in (await in_thread(prepared)).items():
        assert await door.send(ana, group, **words("", media=media)) == code
    assert await door.send(ana, group, **words("", media=["seven"])) == "media.unknown"


async def test_too_large_and_too_long_are_said_again_where_they_are_sent(
    door, ana, group, monkeypatch
):
    monkeypatch.setattr("chat.media.voice.LONGEST_VOICE", 1)
    monkeypatch.setattr("accounts.images.MAX_PIXELS", 10)
    large = await in_thread(set_up, ana)
    voice = await in_thread(uploaded, ana, files.recording(seconds=4), "voice")

    assert await door.send(ana, group, **words("", media=[large])) == "media.too_large"
    assert await door.send(ana, group, **words("", media=[str(voice.pk)])) == "media.too_long"


@rule("R13", "api", "socket")
async def test_first_request_holds_no_media(door, ben, zoe):
    request = await in_thread(actions.start_direct, zoe, ben)
    media = [await in_thread(set_up, zoe)]

    assert await door.send(zoe, request, **words("", media=media)) == "policy.R13"


async def test_block_is_not_told(door, ana, ben):
    direct = await in_thread(actions.start_direct, ana, ben)
    media = [await in_thread(set_up, ana)]
    await in_thread(people.block, ben, ana)

    assert await door.send(ana, direct, **words("", media=media)) == "policy.unreachable"


async def test_group_may_keep_media_to_its_admins(door, ana, ben, group):
    def restrict():
        group.rights = {Right.MEDIA: Role.ADMIN}
        group.save()

    await in_thread(restrict)
    own, others = [await in_thread(set_up, ana)], [await in_thread(set_up, ben)]

    assert await door.send(ben, group, **words("", media=others)) == "role.missing"
    assert await door.send(ben, group, **words("words")) == OK
    assert await door.send(ana, group, **words("", media=own)) == OK


async def test_form_sends_pictures_and_files(ana, group):
    said = words("", attached=[files.picture(), files.picture("b.png")])
    mixed = words("The plan", attached=[files.picture(), files.document()])

    assert await FormDoor().send(ana, group, **said) == OK
    assert await FormDoor().send(ana, group, **mixed) == OK

    messages = await in_thread(lambda: list(group.messages.filter(notice__isnull=True)))
    kinds = [[card["kind"] for card in message.media] for message in messages]
    assert kinds == [["photo", "photo"], ["file", "file"]]


async def test_a_file_has_the_same_largest_size_in_form_and_rest(api, ana, group, monkeypatch):
    monkeypatch.setitem(limits.LARGEST, Media.Kind.FILE, 4)

    by_form = await FormDoor().send(ana, group, **words("", attached=[files.document()]))
    fields = {"kind": "file", "file": files.document()}
    by_rest = await in_thread(lambda: post(api(ana), "/api/v1/media/", **fields).json()["code"])

    assert by_form == by_rest == "media.too_large"


async def test_form_says_what_it_does_not_take(ana, group):
    many = words("", attached=[files.document(f"{n}.txt") for n in range(11)])
    program = words("", attached=[files.document("setup.exe")])

    assert await FormDoor().send(ana, group, **many) == "media.too_many"
    assert await FormDoor().send(ana, group, **program) == "media.dangerous"


# --- Uploading ------------------------------------------------------------------------------------


def post(client: APIClient, url: str, **fields):
    return client.post(url, fields, format="multipart")


def test_upload_by_rest(api, ana, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        answer = post(api(ana), "/api/v1/media/", file=files.picture(), kind="photo", alt="Roses")

    card = answer.json()
    assert (answer.status_code, card["state"], card["media"]) == (201, "processing", None)
    actions.prepare_media(card["id"])
    ready = api(ana).get(f"/api/v1/media/{card['id']}/").json()
    assert (ready["state"], ready["media"]["alt"]) == ("ready", "Roses")


def test_upload_is_described_and_taken_back_by_its_owner_alone(api, ana, ben):
    url = f"/api/v1/media/{uploaded(ana).pk}/"

    for method in ("get", "patch", "delete"):
        assert getattr(api(ben), method)(url, {"alt": "x"}).status_code == 404
        assert getattr(api(), method)(url, {"alt": "x"}).status_code == 401
    assert api(ana).patch(url, {"alt": " Our  roses "}).json()["media"]["alt"] == "Our roses"
    assert api(ana).delete(url).status_code == 204
    assert api(ana).get(url).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"kind": "photo"}, 400, "required"),
        ({"kind": "sticker", "file": files.document()}, 400, "invalid_choice"),
        ({"kind": "file", "file": files.document("run.bat")}, 400, "media.dangerous"),
        ({"kind": "file", "file": files.document("a.txt", b"")}, 400, "media.unreadable"),
    ],
)
def test_upload_that_is_refused(api, ana, fields, status, code):
    answer = post(api(ana), "/api/v1/media/", **fields)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_children_upload_nothing(api, kid):
    answer = post(api(kid), "/api/v1/media/", file=files.picture(), kind="photo")

    assert (answer.status_code, answer.json()["code"]) == (403, "policy.R2")


# --- Fetching -------------------------------------------------------------------------------------


@pytest.fixture
def sent(ana, group) -> Media:
    """A photo of Ana's in the group."""
    media = uploaded(ana)
    say(ana, group, "", media=[str(media.pk)])
    media.refresh_from_db()
    return media


def status_for(api, person: User | None, media: Media) -> int:
    return api(person).get(media.card()["url"]).status_code


def test_members_fetch_with_three_questions(api, ben, sent, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        answer = api(ben).get(sent.card()["thumb"], HTTP_ACCEPT="image/*")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_range_is_answered(api, ben, sent):
    answer = api(ben).get(sent.card()["url"], HTTP_RANGE="bytes=0-3")

    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"RIFF")


def test_nobody_else_fetches(api, zoe, kid, mod, sent):
    assert status_for(api, None, sent) == 401
    assert status_for(api, zoe, sent) == 404
    assert status_for(api, mod, sent) == 404
    assert status_for(api, kid, sent) == 403


@rule("R28", "api")
def test_removed_member_fetches_nothing(api, ana, ben, group, sent):
    assert status_for(api, ben, sent) == 200

    actions.remove_member(ana, group, ben)

    assert status_for(api, ben, sent) == 404


def test_invited_person_fetches_nothing(api, ana, zoe, group, sent):
    befriend(ana, zoe)
    zoe.asks_before_groups = True
    zoe.save()
    actions.add_member(ana, group, zoe)

    assert status_for(api, zoe, sent) == 404


@rule("R25", "api")
def test_who_sees_no_history_fetches_none(api, ana, group, sent):
    lia = make_user("lia")
    befriend(ana, lia)
    actions.add_member(ana, group, lia)
    Membership.objects.filter(user=lia).update(from_seq=group.messages.count() + 1)

    assert status_for(api, lia, sent) == 404


def test_unsent_media_are_nobodys(api, ana, ben, group, sent):
    actions.unsend_message(ana, group, seq=sent.message.seq)

    assert status_for(api, ana, sent) == 404
    assert status_for(api, ben, sent) == 404


def test_blocked_person_keeps_what_was_sent_before_as_the_words(api, ana, ben):
    direct = actions.start_direct(ana, ben)
    media = uploaded(ana)
    say(ana, direct, "look", media=[str(media.pk)])
    people.block(ana, ben)

    history = api(ben).get(f"/api/v1/conversations/{direct.pk}/messages/").json()["results"]

    assert [message["body"] for message in history] == ["look"]
    assert status_for(api, ben, media) == 200


def test_own_upload_is_seen_before_it_is_sent(api, ana, ben):
    media = uploaded(ana)

    assert status_for(api, ana, media) == 200
    assert status_for(api, ben, media) == 404


def test_source_is_never_served(api, ana):
    media = actions.upload_media(ana, files.picture(), kind="photo")
    name = media.source.rpartition("/")[2]

    assert api(ana).get(f"/api/v1/media/{media.pk}/{name}").status_code == 404


def test_file_is_a_download_under_its_name(api, ana, ben, group):
    media = uploaded(ana, files.document("Plän.html", b"<script>alert(1)</script>"), "file")
    say(ana, group, "", media=[str(media.pk)])

    answer = api(ben).get(media.card()["url"])

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Pl%C3%A4n.html"


# --- Stickers -------------------------------------------------------------------------------------


def make(client: APIClient, **fields):
    return post(client, "/api/v1/stickers/", file=files.picture("cut.png"), **fields)


def test_sticker_is_made_kept_by_others_and_removed(api, ana, ben, group):
    made = make(api(ana), alt="Wave").json()
    say(ana, group, "", media=[f"sticker:{made['id']}"])
    card = group.messages.get(notice__isnull=True).media[0]

    kept = api(ben).post("/api/v1/stickers/", {"sticker": card["sticker"]})

    assert (card["kind"], card["alt"], card["width"]) == ("sticker", "Wave", 320)
    assert (kept.status_code, kept.json()["is_mine"]) == (201, False)
    assert [each["id"] for each in api(ben).get("/api/v1/stickers/").json()] == [made["id"]]
    assert api(ana).delete(f"/api/v1/stickers/{made['id']}/").status_code == 204
    assert api(ana).get("/api/v1/stickers/").json() == []
    assert api(ben).get(card["url"]).status_code == 200
    actions.sweep_media()
    assert Sticker.objects.count() == 1


def test_sticker_nobody_has_is_swept(api, ana):
    made = make(api(ana)).json()
    api(ana).delete(f"/api/v1/stickers/{made['id']}/")

    actions.sweep_media()

    assert Sticker.objects.count() == 0


def test_stickers_are_private(api, ana, ben, zoe):
    made = make(api(ana)).json()

    for stranger in (ben, zoe):
        assert api(stranger).get(made["url"]).status_code == 404
        keeping = api(stranger).post("/api/v1/stickers/", {"sticker": made["id"]})
        assert keeping.status_code == 404
        publishing = api(stranger).patch(f"/api/v1/stickers/{made['id']}/", {"published": True})
        assert publishing.status_code == 404


@rule("R7", "api")
def test_publishing_is_for_adults(api, ana, ben, teo, zoe):
    befriend(ana, teo)
    young, grown = make(api(teo)).json(), make(api(ana)).json()

    refused = api(teo).patch(f"/api/v1/stickers/{young['id']}/", {"published": True})
    allowed = api(ana).patch(f"/api/v1/stickers/{grown['id']}/", {"published": True})

    assert (refused.status_code, refused.json()["code"]) == (403, "policy.R7")
    assert allowed.json()["is_published"] is True
    assert [each["id"] for each in api(ben).get("/api/v1/stickers/?from=friends").json()] == [
        grown["id"]
    ]
    assert api(zoe).get("/api/v1/stickers/?from=friends").json() == []
    assert api(zoe).get(grown["url"]).status_code == 200


def test_set_holds_so_many(api, ana, monkeypatch):
    monkeypatch.setattr("chat.actions.stickers.STICKERS_LIMIT", 1)
    assert STICKERS_LIMIT == 24
    make(api(ana))

    assert make(api(ana)).json()["code"] == "sticker.too_many"


def test_children_have_no_stickers(api, kid):
    assert api(kid).get("/api/v1/stickers/").status_code == 403
    assert make(api(kid)).json()["code"] == "policy.R2"


async def test_sticker_goes_out_with_one_frame(door, ana, group):
    sticker = await in_thread(actions.make_sticker, ana, files.picture())

    sent = await door.send(ana, group, **words("", media=[f"sticker:{sticker.pk}"]))

    assert sent == OK
    count = await in_thread(lambda: Conversation.objects.get(pk=group.pk).messages.count())
    assert count >= 1
