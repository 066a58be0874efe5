"""Three frames of each film, its sound and every cover are compared with lists before it is out."""

import pytest
from django.test import override_settings

from accounts.models import Case, ScreeningHit
from accounts.screening import holding, stock
from accounts.screening.pictures import pictures_in
from tests.rules import rule
from tests.screening import know, know_sound
from tests.videos.factories import upload_of
from tests.videos.sounds import OTHER_TUNE, TUNE, melody, sung
from videos import actions
from videos.models import Video


@pytest.fixture(autouse=True)
def closed(settings, tmp_path, own_storage):
    held = {**settings.STORAGES["held"], "OPTIONS": {"location": tmp_path / "held"}}
    with override_settings(STORAGES={**settings.STORAGES, "held": held}):
        yield


def sent(author, path) -> Video:
    video = actions.upload_video(author, upload_of(path))
    actions.process_video(video.pk)
    return Video.objects.get(pk=video.pk)


@rule("R44", "job")
def test_film_with_a_known_frame_does_not_come_out(ana, walk, own_storage):
    know(list(pictures_in(walk))[2])

    video = sent(ana, walk)

    assert (video.state, video.failure_code) == ("failed", "media.held")
    assert not list(own_storage.rglob("720*"))
    hit, case = ScreeningHit.objects.get(), Case.objects.get()
    assert (hit.entrance, hit.object_id, case.kind) == ("video", video.pk, "video")
    assert len(hit.files) == 2  # what was recognised, and the film that came in


def test_clips_of_it_cannot_be_used_and_no_retry_helps(ana, walk):
    know(next(iter(pictures_in(walk))))
    video = sent(ana, walk)

    assert [clip.failure_code for clip in video.clips.all()] == ["media.held"]
    assert actions.retry_video(ana, video).state == "failed"


def test_other_films_come_out_as_ever(ana, walk):
    from tests.accounts.pictures import scene

    know(scene(1))

    assert sent(ana, walk).is_published


@rule("R44", "job")
def test_list_takes_down_what_is_out(ana, walk):
    video = sent(ana, walk)
    know(next(iter(pictures_in(walk))))

    stock.look_on("video", "")

    assert not Video.objects.visible_to(ana).filter(pk=video.pk).published().exists()
    assert Case.objects.get().object_id == video.pk


# --- Sounds ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def song(tmp_path_factory):
    """A film of six seconds with a tune."""
    return sung(tmp_path_factory.mktemp("song") / "song.mp4")


@pytest.fixture
def tune(tmp_path):
    """The tune, from elsewhere and longer."""
    return melody(tmp_path / "tune.wav", notes=TUNE, seconds=12)


@rule("R44", "job")
def test_film_with_a_known_sound_does_not_come_out(ana, song, tune):
    known = know_sound(tune)

    video = sent(ana, song)

    assert (video.state, video.failure_code) == ("failed", "media.held")
    hit = ScreeningHit.objects.get()
    assert (hit.hash_list, hit.value) == (known, known.hashes.get().value)
    assert hit.distance <= known.distance
    assert hit.fingerprint


def test_film_with_another_sound_comes_out(ana, song, tmp_path):
    know_sound(melody(tmp_path / "other.wav", notes=OTHER_TUNE, seconds=12))

    assert sent(ana, song).is_published


def test_list_of_sounds_takes_down_what_is_out(ana, song, tune):
    video = sent(ana, song)
    know_sound(tune)

    stock.look_on("video", "")

    assert not Video.objects.visible_to(ana).filter(pk=video.pk).published().exists()


def test_sound_that_somebody_called_mistaken_may_be_used(ana, mod, song, tune):
    know_sound(tune, action="review")
    sent(ana, song)
    hit = ScreeningHit.objects.get()

    holding.call_mistaken(mod, hit)

    assert sent(ana, song).is_published


def test_record_for_an_authority_names_the_fingerprint(ana, mod, song, tune):
    know_sound(tune)
    sent(ana, song)
    hit = ScreeningHit.objects.get()

    match = holding.report_record(mod, hit)["match"]

    assert match["chromaprint"] == bytes(hit.fingerprint).hex()
    assert "pdq" not in match
