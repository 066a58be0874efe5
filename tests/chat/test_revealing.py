"""R44: nakedness is sent neither to nor by anybody under 18, where a detector is named."""

from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.errors import Refused
from accounts.models import AuditEntry, Case, OutboxJob
from accounts.moderation import cases
from accounts.moderation.exhibits import base_name
from accounts.policy import send_revealing
from accounts.pool import in_thread
from accounts.screening.nudenet import NudeNet
from chat import actions
from chat.models import Media, Membership, Message, Sticker
from chat.tasks import flag_revealing
from tests.accounts.staff import desk_of, make_staff
from tests.chat import media_files as files
from tests.chat.doors import RestDoor, SocketDoor, words
from tests.chat.factories import make_group, say
from tests.chat.media_files import uploaded
from tests.factories import befriend
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]
RED = "#c02020"


class RedIsNaked:
    """A detector that takes mostly red pictures for naked ones."""

    def finds(self, picture) -> bool:
        red, green, _blue = picture.resize((1, 1)).getpixel((0, 0))
        return red > 2 * green


@pytest.fixture(autouse=True)
def detector(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.NUDITY_DETECTOR = "tests.chat.test_revealing.RedIsNaked"


@pytest.fixture
def with_teo(ana, ben, teo):
    befriend(ana, teo)
    befriend(ben, teo)
    return make_group(ana, ben, teo)


def naked(owner) -> str:
    return str(uploaded(owner, files.picture(colour=RED)).pk)


@pytest_asyncio.fixture(params=["rest", "socket"])
async def door(request, api):
    return {"rest": lambda: RestDoor(api), "socket": SocketDoor}[request.param]()


@rule("R44", "api", "socket")
async def test_a_grown_up_cannot_send_it_where_a_teen_is_and_moderators_hear_of_it(
    door, ana, with_teo
):
    medium = await in_thread(naked, ana)

    refused = await door.send(ana, with_teo, **words("", media=[medium]))

    assert refused == "policy.R44"
    await in_thread(_see_case, ana, medium)


def _see_case(sender, medium: str) -> None:
    assert not Message.objects.filter(author=sender).exists()
    flag_revealing(**OutboxJob.objects.get(task="chat.flag_revealing").arguments)
    case = Case.objects.get()
    assert (case.kind, case.object_id, case.origin) == ("user", sender.pk, "nudity")
    assert case.evidence is not None and case.evidence["hits"][0]["media"] == [medium]
    later = timezone.now() + timedelta(days=29)
    assert Media.objects.filter(pk=medium, ends_at__gt=later).exists()


def test_whoever_holds_the_case_opens_what_was_tried(ana, with_teo):
    mia, medium = make_staff("mia", "moderator"), naked(ana)
    desk = desk_of(mia)
    flag_revealing(str(ana.pk), str(with_teo.pk), [medium])
    case, other = Case.objects.get(), naked(ana)
    page = reverse("admin:accounts_case_change", args=[case.pk])
    file, unknown = (
        reverse("admin:accounts_case_file", args=[case.pk, base_name(one.file)])
        for one in (Media.objects.get(pk=medium), Media.objects.get(pk=other))
    )
    assert desk.get(file).status_code == 404

    cases.claim(mia, case)

    assert file in desk.get(page).content.decode()
    assert desk.get(file).status_code == 200
    assert AuditEntry.objects.filter(verb="case.file_looked", case_id=case.pk).count() == 1
    assert desk.get(unknown).status_code == 404


@rule("R44", "page")
def test_the_page_says_so_too(ana, with_teo, browser):
    said = words("", attached=[files.picture(colour=RED)])

    answer = browser(ana).post(f"/chat/{with_teo.pk}/", said)

    assert answer.status_code == 403
    assert "looks like nudity" in answer.content.decode()
    assert not Message.objects.filter(author=ana).exists()


def test_a_teen_who_sends_it_reads_why_and_is_no_case(teo, with_teo):
    with pytest.raises(Refused, match="looks like nudity"):
        say(teo, with_teo, "", media=[naked(teo)])

    assert not Message.objects.filter(author=teo).exists()
    assert not OutboxJob.objects.filter(task="chat.flag_revealing").exists()


def test_grown_ups_send_each_other_what_they_like_until_a_teen_is_there(ana, ben, zoe, teo, group):
    said = say(ana, group, "", media=[naked(ana)])
    medium = Media.objects.get(message=said.id)
    assert medium.is_revealing
    Membership.objects.create(
        conversation=group, user=teo, state=Membership.State.ACTIVE, from_seq=0
    )

    assert list(Media.objects.visible_to(ben)) == [medium]
    assert list(Media.objects.visible_to(teo)) == []
    targets = actions.forward(
        ben, group, seqs=[said.seq], conversations=[group.pk], client_id=uuid4()
    )
    assert [target.code for target in targets] == ["policy.R44"]
    assert say(ana, group, "", media=[str(uploaded(ana).pk)]).id


def test_no_sticker_is_made_of_it(ana):
    with pytest.raises(ValidationError, match="cannot be used"):
        actions.make_sticker(ana, files.picture(colour=RED))

    assert not Sticker.objects.exists()


def test_without_a_detector_nobody_looks(ana, with_teo, settings):
    settings.NUDITY_DETECTOR = ""

    assert say(ana, with_teo, "", media=[naked(ana)]).id


def test_the_rule_and_what_nudenet_says(monkeypatch):
    found = [{"class": "FACE_FEMALE", "score": 0.9}, {"class": "ANUS_EXPOSED", "score": 0.39}]
    shown = []

    class Nude:
        class NudeDetector:
            def detect(self, path):
                shown.append(path)
                return found

    monkeypatch.setattr("accounts.screening.nudenet.import_module", lambda name: Nude)
    picture = Image.new("RGB", (8, 8))
    assert not NudeNet().finds(picture)
    found[1]["score"] = 0.4
    assert NudeNet().finds(picture) and len(shown) == 2
    assert send_revealing(reaches_minor=False) is None
    refusal = send_revealing(reaches_minor=True)
    assert refusal is not None and refusal.code == "policy.R44"
