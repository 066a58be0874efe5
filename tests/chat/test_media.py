"""What becomes of uploads: each kind prepared or refused, nothing of the file told but what is
shown, and files gone when nobody needs them."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.errors import Refused
from accounts.models import OutboxJob
from chat import actions
from chat.media import limits
from chat.models import Media, Message
from chat.models.media import GRACE, UNSENT_FOR
from tests.chat import media_files as files
from tests.chat.factories import say
from tests.chat.media_files import SECRET, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


# --- Each kind ------------------------------------------------------------------------------------


def test_photo_is_turned_upright_and_tells_nothing_else(ana):
    media = uploaded(ana, files.picture(size=(80, 60)))

    assert (media.state, media.width, media.height) == ("ready", 60, 80)
    assert media.blur.startswith("data:image/webp;base64,")
    assert len(media.blur) < 500
    for name in media.files:
        content = stored(name)
        assert SECRET.encode() not in content
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, dict(picture.getexif())) == ("WEBP", {})


@pytest.mark.parametrize("more", [0, 2])
def test_what_a_phone_takes_is_shown_as_any_photo(ana, more):
    media = uploaded(ana, files.phone_picture(more=more))

    assert (media.state, media.width, media.height) == ("ready", 60, 80)
    for name in media.files:
        content = stored(name)
        assert SECRET.encode() not in content
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, getattr(picture, "n_frames", 1)) == ("WEBP", 1)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.98])
def test_half_a_phone_picture_is_refused(ana, kept):
    content = files.phone_picture(size=(640, 480)).read()
    half = SimpleUploadedFile("IMG.HEIC", content[: int(len(content) * kept)])

    media = uploaded(ana, half)

    assert (media.state, media.refusal) == ("refused", "media.unreadable")


def test_large_photo_is_made_smaller(ana):
    media = uploaded(ana, files.picture("wide.png", size=(3000, 1500)))

    assert (media.width, media.height) == (1024, 2048)
    with Image.open(io.BytesIO(stored(media.thumb))) as thumb:
        assert thumb.size == (320, 640)


def test_moving_picture_moves(ana):
    media = uploaded(ana, files.moving_picture())

    with Image.open(io.BytesIO(stored(media.file))) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1)) == ("WEBP", 3)
    assert media.thumb == media.file


@pytest.mark.parametrize("name", ["voice.webm", "voice.ogg", "voice.m4a"])
def test_voice_has_a_waveform_and_plays_everywhere(ana, name):
    media = uploaded(ana, files.recording(name), "voice")

    assert media.state == "ready"
    assert media.seconds == pytest.approx(1.0, abs=0.1)
    assert len(media.waveform) == 80
    assert max(media.waveform) == 100
    content = stored(media.file)
    assert content[4:8] == b"ftyp"
    assert SECRET.encode() not in content


def test_film_becomes_a_playable_one_with_a_cover(ana):
    media = uploaded(ana, files.film(), "video")

    assert (media.state, media.width, media.height) == ("ready", 160, 90)
    assert media.seconds == pytest.approx(1.0, abs=0.1)
    assert media.file.endswith(".mp4")
    assert media.thumb.endswith(".webp")


def test_file_is_kept_as_it_is_and_ready_at_once(ana):
    media = actions.upload_media(ana, files.document("../../Plan \u202efdp.pdf"), kind="file")

    assert (media.state, media.name, media.size) == ("ready", "Plan fdp.pdf", 13)
    assert stored(media.file) == b"%PDF-1.7 plan"
    assert media.file.endswith(".bin")


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "file", "code"),
    [
        ("file", files.document("setup.exe"), "media.dangerous"),
        ("file", files.document("photo.jpg .ScR "), "media.dangerous"),
        ("file", files.document("empty.txt", b""), "media.unreadable"),
        ("sticker", files.document("a.webp"), "media.unreadable"),
    ],
)
def test_refused_before_it_is_kept(ana, kind, file, code):
    with pytest.raises(ValidationError) as refused:
        actions.upload_media(ana, file, kind=kind)

    assert refused.value.code == code
    assert Media.objects.count() == 0


def test_too_large_is_refused(ana, monkeypatch):
    monkeypatch.setitem(limits.LARGEST, Media.Kind.FILE, 4)

    with pytest.raises(ValidationError) as refused:
        actions.upload_media(ana, files.document(), kind="file")

    assert refused.value.code == "media.too_large"


@pytest.mark.parametrize("kind", ["photo", "video", "voice"])
def test_what_it_is_not_is_refused_in_words(ana, kind):
    media = uploaded(ana, SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>" * 9), kind)

    assert (media.state, media.refusal) == ("refused", "media.unreadable")
    card = actions.upload_card(media)
    assert card["detail"] == "This could not be read. It may be damaged, or of another kind."


def test_bomb_of_pixels_is_refused(ana):
    bomb = Image.new("1", (20_000, 20_000))
    target = io.BytesIO()
    bomb.save(target, "PNG")

    media = uploaded(ana, SimpleUploadedFile("bomb.png", target.getvalue()))

    assert (media.state, media.refusal) == ("refused", "media.too_large")


def test_bomb_of_a_phone_picture_is_refused_before_it_is_decoded(ana, monkeypatch):
    monkeypatch.setattr("accounts.images.MAX_PIXELS", 80 * 60 - 1)

    media = uploaded(ana, files.phone_picture())

    assert (media.state, media.refusal) == ("refused", "media.too_large")


def test_voice_longer_than_three_minutes_is_refused(ana, monkeypatch):
    monkeypatch.setattr("chat.media.voice.LONGEST_VOICE", 1)

    media = uploaded(ana, files.recording(seconds=4), "voice")

    assert media.refusal == "media.too_long"


def test_nobody_fills_the_storage(ana, monkeypatch):
    monkeypatch.setattr(limits, "WAITING", 2)
    for _ in range(2):
        actions.upload_media(ana, files.document(), kind="file")

    with pytest.raises(Refused) as refused:
        actions.upload_media(ana, files.document(), kind="file")

    assert refused.value.code == "media.quota"


# --- The job --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "task"), [("photo", "chat.prepare_media"), ("video", "chat.prepare_film")]
)
def test_preparing_is_a_job_written_with_the_upload(ana, kind, task):
    """A film's is done elsewhere: no picture waits for it."""
    media = actions.upload_media(ana, files.picture(), kind=kind)

    job = OutboxJob.objects.get(task=task)
    assert (media.state, job.arguments) == ("processing", {"media_id": str(media.pk)})


def test_prepared_twice_is_prepared_once(ana):
    media = uploaded(ana)

    actions.prepare_media(media.pk)

    again = Media.objects.get(pk=media.pk)
    assert again.files == media.files


def test_upload_that_no_machine_could_prepare_says_so(ana):
    media = actions.upload_media(ana, files.picture(), kind="photo")

    actions.give_up_media(media.pk)

    media.refresh_from_db()
    assert (media.state, media.refusal) == ("refused", "media.unreadable")


# --- In a message ---------------------------------------------------------------------------------


def test_message_holds_the_cards_and_asks_for_nothing_more(ana, group, django_assert_num_queries):
    album = [uploaded(ana), uploaded(ana, files.film(), "video")]
    sent = say(ana, group, "Our garden", media=[str(each.pk) for each in album])

    message = Message.objects.with_parts().get(pk=sent.id)

    assert message.media is not None
    assert [card["kind"] for card in message.media] == ["photo", "video"]
    with django_assert_num_queries(0):
        from chat.cards import message_cards

        assert message_cards([message])[0]["media"] == message.media


def test_same_message_again_is_a_replay(ana, group):
    media, client_id = [str(uploaded(ana).pk)], uuid4()

    first = say(ana, group, "", media=media, client_id=client_id)
    again = say(ana, group, "", media=media, client_id=client_id)

    assert (again.id, again.replayed) == (first.id, True)


def test_upload_goes_into_one_message(ana, group):
    media = [str(uploaded(ana).pk)]
    say(ana, group, "", media=media)

    with pytest.raises(ValidationError) as refused:
        say(ana, group, "", media=media)

    assert refused.value.code == "media.unknown"
    assert group.messages.filter(notice__isnull=True).count() == 1


def test_words_of_an_album_may_be_taken_out_again(ana, group):
    sent = say(ana, group, "Our garden", media=[str(uploaded(ana).pk)])

    edited = actions.edit_message(ana, group, seq=sent.seq, body="")

    assert (edited.body, len(edited.media or ())) == ("", 1)


def test_forwarded_media_are_the_new_conversations_own(ana, ben, group):
    sent = say(ana, group, "", media=[str(uploaded(ana).pk)])
    direct = actions.start_direct(ben, ana)

    actions.forward(ben, group, seqs=[sent.seq], conversations=[direct.pk], client_id=uuid4())

    copy = direct.messages.get(notice__isnull=True)
    original = Media.objects.get(message=sent.id)
    assert [card["id"] for card in copy.media or ()] != [str(original.pk)]
    assert Media.objects.get(message=copy).copied_from == original
    actions.unsend_message(ana, group, seq=sent.seq)
    sweep_after(GRACE)
    assert default_storage.exists(original.file)  # the copy shows it


# --- Gone -----------------------------------------------------------------------------------------


def sweep_after(time: timedelta) -> None:
    Media.objects.exclude(ends_at=None).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert time > timedelta(0)
    actions.sweep_media()


def test_upload_that_is_not_sent_goes_after_a_day(ana):
    media = uploaded(ana)
    assert media.ends_at is not None
    assert media.ends_at - timezone.now() > timedelta(hours=23)

    sweep_after(timedelta(days=1))

    assert not Media.objects.filter(pk=media.pk).exists()
    assert not any(default_storage.exists(name) for name in media.files)


def test_sent_media_stay(ana, group):
    media = uploaded(ana)
    say(ana, group, "", media=[str(media.pk)])

    sweep_after(timedelta(days=1))

    assert all(default_storage.exists(name) for name in media.files)


def test_unsent_message_leaves_its_files_a_while_then_nothing(ana, group):
    media = uploaded(ana)
    sent = say(ana, group, "", media=[str(media.pk)])
    actions.unsend_message(ana, group, seq=sent.seq)
    actions.sweep_media()
    assert all(default_storage.exists(name) for name in media.files)

    sweep_after(GRACE)

    assert not any(default_storage.exists(name) for name in media.files)
    assert Message.objects.get(pk=sent.id).media is None


def test_withdrawn_upload_is_gone_at_once(ana, ben):
    media = uploaded(ana)
    with pytest.raises(Refused):
        actions.withdraw_media(ben, media)

    actions.withdraw_media(ana, media)

    assert not any(default_storage.exists(name) for name in media.files)


def test_upload_waits_for_a_message_that_is_sent_later(ana, group):
    media, later = uploaded(ana), timezone.now() + timedelta(days=5)

    actions.keep_uploads(ana, [str(media.pk), f"sticker:{uuid4()}"], until=later)

    media.refresh_from_db()
    assert media.ends_at == later + UNSENT_FOR
