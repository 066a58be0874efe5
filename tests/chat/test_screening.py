"""What is sent, drawn or shown of a group is compared with the lists before anybody sees it."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Case, ScreeningHit
from accounts.screening import Held, holding, stock
from accounts.screening.pictures import pictures_in
from chat import actions
from chat.actions.group_settings import set_picture
from chat.models import Conversation, Media, Message, Sticker
from tests.accounts.pictures import scene, scene_file
from tests.chat import media_files as files
from tests.chat.factories import say
from tests.chat.media_files import uploaded
from tests.rules import rule
from tests.screening import know, know_sound
from tests.videos.sounds import OTHER_TUNE, TUNE, melody

pytestmark = pytest.mark.django_db(transaction=True)
API = "/api/v1"


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    held = {**settings.STORAGES["held"], "OPTIONS": {"location": tmp_path / "held"}}
    settings.STORAGES = {**settings.STORAGES, "held": held}


def known_file(name: str = "known.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, scene_file(1), "image/png")


def in_storage(settings) -> list[str]:
    return [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@rule("R44", "job")
def test_known_photo_never_becomes_something_to_send(ana, settings):
    know(scene(1))

    media = uploaded(ana, known_file())

    assert (media.state, media.refusal, media.file) == ("refused", "media.held", "")
    assert in_storage(settings) == []
    hit = ScreeningHit.objects.get()
    assert (hit.entrance, hit.owner, len(hit.files)) == ("media", ana, 2)
    assert holding.closed_storage().open(hit.file_names[1]).read() == scene_file(1)


@rule("R44", "api")
def test_known_picture_is_no_file_to_send_either(ana, api, settings):
    know(scene(1))

    answer = api(ana).post(
        f"{API}/uploads/media/", {"kind": "file", "file": known_file("a.zip")}, format="multipart"
    )

    assert answer.status_code in (400, 404)
    assert not Media.objects.exists()
    assert in_storage(settings) == []


def test_other_files_are_sent_as_ever(ana):
    know(scene(1))

    assert uploaded(ana, files.document(), kind="file").is_ready
    assert uploaded(ana, SimpleUploadedFile("b.png", scene_file(2), "image/png")).is_ready


def test_known_frame_of_a_film_is_found(ana):
    film = files.film()
    with_file = BytesIO(film.read())
    film.seek(0)
    know(*_frames(with_file.getvalue()))

    media = uploaded(ana, film, kind="video")

    assert (media.state, media.refusal) == ("refused", "media.held")


def _frames(content: bytes) -> list[Image.Image]:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        path.write_bytes(content)
        return [picture.copy() for picture in pictures_in(path)]


def test_known_sound_is_found_in_a_voice_message(ana, tmp_path):
    know_sound(melody(tmp_path / "tune.wav", notes=TUNE, seconds=12))
    played = melody(tmp_path / "played.ogg", notes=TUNE, seconds=6, start=3)
    other = melody(tmp_path / "other.ogg", notes=OTHER_TUNE, seconds=6)

    known, unknown = (
        uploaded(ana, SimpleUploadedFile(path.name, path.read_bytes(), "audio/ogg"), kind="voice")
        for path in (played, other)
    )

    assert (known.state, known.refusal) == ("refused", "media.held")
    assert unknown.is_ready


def test_known_sticker_is_not_made(ana):
    know(Image.open(BytesIO(scene_file(1))))

    with pytest.raises(Held):
        actions.make_sticker(ana, known_file())

    assert not Sticker.objects.exists()


@rule("R44", "page")
def test_known_picture_of_a_group_is_not_shown(ana, browser, group):
    know(scene(1))

    answer = browser(ana).post(reverse("chat:set_picture", args=[group.pk]), {"file": known_file()})

    assert answer.status_code in (400, 422)
    assert Conversation.objects.get(pk=group.pk).picture == ""
    assert (Case.objects.get().kind, Case.objects.get().object_id) == ("conversation", group.pk)


# --- What was there before ------------------------------------------------------------------------


def test_list_takes_down_messages_that_show_it(ana, group):
    media = uploaded(ana, known_file())
    other = uploaded(ana, SimpleUploadedFile("b.png", scene_file(2), "image/png"))
    shown = say(ana, group, "Look", media=[str(media.pk)])
    kept = say(ana, group, "And that", media=[str(other.pk)])
    names = media.files
    know(scene(1))

    stock.look_on("media", "")

    assert Message.objects.get(pk=shown.id).unsent_at is not None
    assert Message.objects.get(pk=kept.id).unsent_at is None
    assert not any(default_storage.exists(name) for name in names)


def test_list_takes_away_stickers_and_pictures_of_groups(ana, group):
    sticker = actions.make_sticker(ana, known_file())
    set_picture(ana, group, known_file())
    know(scene(1))

    stock.look_on("sticker", "")
    stock.look_on("group_picture", "")

    assert not sticker.keepings.exists()
    assert Conversation.objects.get(pk=group.pk).picture == ""
