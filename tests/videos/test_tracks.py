"""Subtitles: what is read of a file, who writes them, who gets them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import Conflict, Refused
from tests.factories import block, follow
from tests.videos.factories import make_video, with_files
from videos.actions import tracks
from videos.models import CaptionTrack, Video
from videos.subtitles import BadSubtitles, Cue, clock, milliseconds, parse_webvtt, write_webvtt

HELLO = Cue(1500, 4000, "Hello")
FILE = b"WEBVTT\n\n00:01.500 --> 00:04.000\nHello\n"


@pytest.fixture
def walk(ana) -> Video:
    return make_video(ana, caption="a walk")


def code_and_line(content: bytes) -> tuple[str | None, int]:
    with pytest.raises(BadSubtitles) as error:
        parse_webvtt(content)
    return error.value.code, error.value.line


def sent(content: bytes, language: str = "en") -> dict:
    return {"language": language, "file": SimpleUploadedFile("walk.vtt", content)}


# --- Reading and writing the format ---------------------------------------------------------------


def test_a_file_is_read_without_its_looks():
    content = """\ufeffWEBVTT - of a walk
Kind: captions

NOTE
written by hand --> or nearly

STYLE
::cue { color: lime }

first
00:00:01.500 --> 00:00:04.000 line:0 position:20%
<v Ana>Hello <b>there</b> &amp; welcome</v>
<c.loud>2 < 3</c>

00:05.000 --> 01:06.000
<script>alert(1)</script>
"""

    assert parse_webvtt(content.encode()) == [
        Cue(1500, 4000, "Ana: Hello there & welcome\n2 < 3"),
        Cue(5000, 66_000, "alert(1)"),
    ]


def test_subrip_is_read_too():
    first = "1\r\n00:00:01,500 --> 00:00:04,000\r\n<i>Hello</i>\r\n\r\n"
    second = "2\r\n00:00:05,000 --> 00:00:06,0\r\nYou\r\n"

    assert parse_webvtt((first + second).encode()) == [HELLO, Cue(5000, 6000, "You")]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "subtitles.header", 1),
        (b"Hello, it is me", "subtitles.header", 1),
        (b"WEBVTT\n\n00:01 --> soon\nHello", "subtitles.time", 3),
        (b"WEBVTT\n\n00:01.5 -> 00:02.5\nHello", "subtitles.untimed", 3),
        (b"WEBVTT\n\n00:61.000 --> 00:62.000\nHello", "subtitles.time", 3),
        (FILE + b"\nand more\n", "subtitles.untimed", 6),
        (b"WEBVTT\n\n1\n00:04.000 --> 00:01.000\nHello", "subtitles.order", 4),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>", "subtitles.blank", 3),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 301, "subtitles.too_long", 3),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\nb\nc\nd\ne", "subtitles.too_long", 3),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 150_000, "subtitles.too_long", 3),
        (b"WEBVTT\xff\xfe", "subtitles.encoding", 0),
        (b"WEBVTT" + b" " * 512 * 1024, "subtitles.too_large", 0),
    ],
)
def test_a_bad_line_is_named(content, code, line):
    assert code_and_line(content) == (code, line)


def test_the_sentence_says_which_line():
    with pytest.raises(ValidationError) as error:
        parse_webvtt(b"WEBVTT\n\n00:01 --> soon\nHello")

    assert error.value.messages == ["Line 3: This is no time. Write it as 00:01.500 --> 00:04.000."]


@given(st.integers(0, 24 * 3600 * 1000 - 1))
def test_a_time_is_read_as_it_was_written(moment):
    assert milliseconds(clock(moment)) == moment


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("62.5", 62_500), ("1:02.5", 62_500), (" 1:02,05 ", 62_050), ("1:1:1", 3_661_000)],
)
def test_people_write_times_as_they_like(typed, moment):
    assert milliseconds(typed) == moment


@pytest.mark.parametrize("typed", ["", "soon", "1:60", "-1", "1:2:3:4", "१:२", "1.2345"])
def test_what_is_no_time_is_none(typed):
    assert milliseconds(typed) is None


@given(st.text(max_size=80))
def test_whatever_is_sent_is_read_or_refused(text):
    try:
        cues = parse_webvtt(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n".encode())
    except (ValidationError, UnicodeEncodeError):
        return
    assert parse_webvtt(write_webvtt(cues).encode()) == cues


# --- Keeping --------------------------------------------------------------------------------------


def test_the_video_says_in_which_languages_it_can_be_read(ana, walk):
    tracks.write_track(ana, walk, "de", [Cue(0, 1000, "Hallo")])
    tracks.write_track(ana, walk, "en", [HELLO])
    tracks.write_track(ana, walk, "en", [Cue(5000, 90_000, "Bye"), HELLO])

    walk.refresh_from_db()
    assert [(one["language"], one["name"]) for one in walk.subtitles] == [
        ("de", "Deutsch"),
        ("en", "English"),
    ]
    english = walk.tracks.get(language="en")
    assert english.spoken == [HELLO, Cue(5000, 31_000, "Bye")]  # in order, cut to the film

    tracks.delete_track(ana, walk, "de")
    walk.refresh_from_db()
    assert walk.subtitle_languages == ["en"]


def test_another_devices_change_is_not_overwritten(ana, walk):
    first = tracks.write_track(ana, walk, "en", [HELLO], version=0)
    tracks.write_track(ana, walk, "en", [HELLO], version=first.version)

    with pytest.raises(Conflict) as error:
        tracks.write_track(ana, walk, "en", [HELLO], version=first.version)
    assert error.value.code == "subtitles.changed"


@pytest.mark.parametrize(
    ("language", "cues", "code"),
    [
        ("xx", [HELLO], "subtitles.language"),
        ("en", [], "subtitles.empty"),
        ("en", [Cue(31_000, 32_000, "late")], "subtitles.beyond"),
        ("en", [HELLO] * 1001, "subtitles.too_many"),
    ],
)
def test_what_cannot_be_kept_is_refused(ana, walk, language, cues, code):
    with pytest.raises(ValidationError) as error:
        tracks.write_track(ana, walk, language, cues)

    assert error.value.code == code
    assert not walk.tracks.exists()


def test_there_are_at_most_twenty_languages(ana, walk):
    CaptionTrack.objects.bulk_create(CaptionTrack(video=walk, language=f"x{n}") for n in range(20))

    with pytest.raises(Refused) as error:
        tracks.write_track(ana, walk, "en", [HELLO])
    assert error.value.code == "subtitles.too_many_languages"


def test_only_the_author_writes_them(ben, walk):
    with pytest.raises(PermissionDenied):
        tracks.write_track(ben, walk, "en", [HELLO])
    with pytest.raises(PermissionDenied):
        tracks.delete_track(ben, walk, "en")


# --- Who gets them --------------------------------------------------------------------------------


def test_the_file_is_there_for_who_may_watch(
    client, browser, ana, ben, zoe, kid, django_assert_max_num_queries
):
    theirs = make_video(ana, audience=Video.Audience.FRIENDS)
    tracks.write_track(ana, theirs, "en", [Cue(0, 1000, "a & b")])
    path = f"/videos/{theirs.pk}/subtitles/en.vtt"

    assert client.get(path).status_code == 404
    for stranger in (zoe, kid):
        assert browser(stranger).get(path).status_code == 404
    friend = browser(ben)
    with django_assert_max_num_queries(3):  # session, user, track
        answer = friend.get(path)
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.content.decode() == "WEBVTT\n\n00:00.000 --> 00:01.000\na &amp; b\n"
    assert answer["Cache-Control"] == "private, no-cache"
    assert friend.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    block(ana, ben)
    assert friend.get(path).status_code == 404


def test_a_feed_asks_nothing_more_for_them(ana, zoe, walk, django_assert_num_queries):
    tracks.write_track(ana, walk, "en", [HELLO])

    with django_assert_num_queries(2):  # videos, renditions
        assert [len(video.subtitles) for video in Video.objects.visible_to(zoe)] == [1]


# --- REST -----------------------------------------------------------------------------------------


def test_subtitles_go_round_by_rest(api, ana, zoe, walk, django_assert_max_num_queries):
    path = f"/api/v1/videos/{walk.pk}/subtitles/"

    made = api(ana).post(path, sent(FILE), format="multipart")
    assert (made.status_code, made.json()["version"]) == (201, 1)
    with django_assert_max_num_queries(3):
        listed = api().get(path).json()
    assert [(one["language"], one["name"]) for one in listed] == [("en", "English")]
    assert api(zoe).get(f"{path}en/").json()["cues"] == [HELLO.as_json()]

    cues = [{"from_ms": 0, "to_ms": 900, "text": "<b>Hi</b>"}]
    changed = api(ana).put(f"{path}en/", {"cues": cues, "version": 1}, format="json")
    assert changed.json()["cues"] == [{"from_ms": 0, "to_ms": 900, "text": "Hi"}]
    again = api(ana).put(f"{path}en/", {"cues": cues, "version": 1}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "subtitles.changed")

    assert api(ana).delete(f"{path}en/").status_code == 204
    assert api(ana).get(f"{path}en/").status_code == 404


def test_the_rest_door_says_no(api, ana, ben, zoe, walk):
    path = f"/api/v1/videos/{walk.pk}/subtitles/"

    assert api().post(path, sent(FILE), format="multipart").status_code == 401
    assert api(ben).post(path, sent(FILE), format="multipart").status_code == 403
    bad = api(ana).post(path, sent(b"WEBVTT\n\nsoon --> late\nx"), format="multipart").json()
    assert bad["code"] == "subtitles.time" and bad["detail"].startswith("Line 3: ")
    no_words = {"cues": [{"from_ms": 0, "to_ms": 1, "text": "<b></b>"}]}
    refused = api(ana).put(f"{path}en/", no_words, format="json").json()
    assert "Row 1: " in str(refused)
    Video.objects.filter(pk=walk.pk).update(audience=Video.Audience.PRIVATE)
    assert api(zoe).get(path).status_code == api(zoe).get(f"{path}en/").status_code == 404


# --- Pages ----------------------------------------------------------------------------------------


def test_the_pages_are_the_authors_alone(browser, client, ana, ben, walk):
    for page in ("", "write/?write-language=en", "en/"):
        path = f"/videos/{walk.pk}/subtitles/{page}"
        assert client.get(path).status_code == 302  # to sign in
        client.logout()
        assert browser(ben).get(path).status_code == 404
        client.logout()
    assert browser(ana).get(f"/videos/{walk.pk}/subtitles/xx/").status_code == 404


def test_a_file_is_sent_by_the_form(browser, ana, walk, django_assert_max_num_queries):
    page, path = browser(ana), f"/videos/{walk.pk}/subtitles/"

    wrong = page.post(path, sent(b"WEBVTT\n\nsoon --> late\nx"))
    assert wrong.status_code == 422
    assert "Line 3: " in wrong.content.decode()
    assert page.post(path, sent(FILE, "pt-br")).status_code == 302
    with django_assert_max_num_queries(8):
        shown = page.get(path).content.decode()
    assert "Português Brasileiro" in shown and "1 subtitle" in shown


def test_rows_are_written_without_script(browser, ana, walk, django_assert_max_num_queries):
    page, path = browser(ana), f"/videos/{walk.pk}/subtitles/en/"
    rows = {"starts": ["1.5", "", "0:05"], "ends": ["4", "", "0:06"]}

    wrong = page.post(path, {**rows, "text": ["Hello", "", "<i></i>"], "version": "0"})
    assert wrong.status_code == 422
    assert "Row 3: There is nothing to read" in wrong.content.decode()
    untimed = page.post(path, {"starts": [""], "ends": [""], "text": ["Hello"]})
    assert "Row 1: A time is missing" in untimed.content.decode()

    kept = page.post(path, {**rows, "text": ["Hello", "", "You"], "version": "0"})
    assert kept.status_code == 302
    assert walk.tracks.get().spoken == [HELLO, Cue(5000, 6000, "You")]
    with django_assert_max_num_queries(8):
        shown = page.get(path).content.decode()
    assert 'value="00:01.500"' in shown
    stale = page.post(path, {**rows, "text": ["Hello", "", "You"], "version": "0"})
    assert stale.status_code == 422 and "another device" in stale.content.decode()


def test_a_clip_offers_what_there_is(browser, ana, zoe, walk):
    follow(zoe, ana)
    with_files(walk)
    page = browser(zoe)
    assert "data-subtitles" not in page.get(f"/videos/{walk.pk}/").content.decode()

    walk.refresh_from_db()
    tracks.write_track(ana, walk, "en", [HELLO])
    shown = page.get(f"/videos/{walk.pk}/").content.decode()
    assert f'data-url="/videos/{walk.pk}/subtitles/en.vtt"' in shown
