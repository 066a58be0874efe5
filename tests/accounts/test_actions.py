"""The verbs of accounts: what they store, refuse and announce, once and when repeated."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.http import Http404
from PIL import Image

from accounts import actions, live, ports
from accounts.errors import Refused
from accounts.models import Block, Follow, User, relation_between
from accounts.policy import Relation
from tests.accounts.staff import suspend
from tests.factories import befriend, make_user
from tests.rules import rule


@pytest.fixture
def observed(monkeypatch):
    """What the relation observers were told, in order."""
    told = []
    observers = {"RELATION_OBSERVERS": (lambda *change: told.append(change),)}
    monkeypatch.setattr(ports, "_implementations", lambda setting: observers.get(setting, ()))
    return told


@pytest.fixture
def revoked(monkeypatch):
    """Whose sockets were closed: (user id, session key)."""
    closed = []
    monkeypatch.setattr(
        live,
        "revoke_sockets",
        lambda user_id, session_key=None: closed.append((user_id, session_key)),
    )
    return closed


# --- Following --------


def test_follow_counts_at_once_and_only_once(ana, zoe, observed):
    actions.follow(zoe, ana)
    actions.follow(zoe, ana)

    assert relation_between(zoe, ana) == Relation(follows=True)
    assert observed == [(zoe.pk, (ana.pk,))]


def test_private_account_is_asked_first(ana, kid, observed):
    row = actions.follow(ana, kid)

    assert row.accepted_at is None
    assert relation_between(ana, kid) == Relation()
    assert observed == []


def test_request_is_accepted_once(ana, kid, observed):
    actions.follow(ana, kid)

    actions.accept_follow(kid, ana)

    assert relation_between(ana, kid) == Relation(follows=True)
    assert observed == [(kid.pk, (ana.pk,))]
    with pytest.raises(Http404):
        actions.accept_follow(kid, ana)


def test_request_is_declined_and_may_be_made_again(ana, kid):
    actions.follow(ana, kid)
    actions.decline_follow(kid, ana)

    assert not Follow.objects.exists()
    assert actions.follow(ana, kid).accepted_at is None


def test_only_the_asked_person_answers_a_request(ana, ben, kid):
    actions.follow(ana, kid)

    with pytest.raises(Http404):
        actions.accept_follow(ben, ana)


def test_asking_again_after_the_account_opened_follows(ana, zoe):
    actions.update_privacy(zoe, is_private=True)
    actions.follow(ana, zoe)
    actions.update_privacy(zoe, is_private=False)

    assert relation_between(ana, zoe) == Relation()
    assert actions.follow(ana, zoe).accepted_at is not None


def test_unfollow_and_remove_follower_leave_the_other_half(ana, ben, observed):
    actions.unfollow(ana, ben)
    actions.unfollow(ana, ben)
    assert relation_between(ana, ben) == Relation(followed_by=True)

    actions.remove_follower(ana, ben)
    assert relation_between(ana, ben) == Relation()
    assert observed == [(ana.pk, (ben.pk,))] * 2


@pytest.mark.parametrize("verb", [actions.follow, actions.block])
def test_nobody_follows_or_blocks_themselves(ana, verb):
    with pytest.raises(ValidationError) as refused:
        verb(ana, ana)

    assert refused.value.code == "relation.self"


def test_follow_is_refused_across_a_block_from_either_side(ana, zoe):
    actions.block(ana, zoe)

    for follower, followed in ((ana, zoe), (zoe, ana)):
        with pytest.raises(Refused) as refused:
            actions.follow(follower, followed)
        assert refused.value.code == "policy.unreachable"


def test_follow_is_refused_where_the_account_is_gone(ana, zoe):
    User.objects.filter(pk=zoe.pk).update(is_active=False)

    with pytest.raises(Refused):
        actions.follow(ana, zoe)


# --- Blocking --------


def test_block_ends_follows_both_ways_and_requests(ana, ben, kid, observed):
    actions.follow(ana, kid)
    actions.block(ana, ben)
    actions.block(kid, ana)

    assert not Follow.objects.exists()
    assert relation_between(ben, ana) == Relation(blocked=True)
    assert observed == [(ana.pk, (ben.pk,)), (kid.pk, (ana.pk,))]


def test_unblock_takes_back_only_ones_own(ana, ben, observed):
    actions.block(ana, ben)
    actions.unblock(ben, ana)
    assert relation_between(ana, ben).blocked

    actions.unblock(ana, ben)
    actions.unblock(ana, ben)
    assert relation_between(ana, ben) == Relation()
    assert len(observed) == 2


def test_failed_observer_undoes_the_block(ana, ben, monkeypatch):
    def fail(*_change):
        raise RuntimeError

    monkeypatch.setattr(ports, "_implementations", lambda setting: (fail,))

    with pytest.raises(RuntimeError):
        actions.block(ana, ben)
    assert not Block.objects.exists()
    assert relation_between(ana, ben).friends


@pytest.mark.django_db(transaction=True)
def test_follow_and_block_at_once_never_leave_a_follow():
    for _round in range(4):
        one, other = make_user(), make_user()

        def run(verb, pair=(one, other)):
            try:
                verb(*pair)
            except Refused:
                pass
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run, [actions.follow, lambda a, b: actions.block(b, a)]))

        assert relation_between(one, other) == Relation(blocked=True)


# --- Profile and privacy --------


def test_profile_is_cleaned_and_stored(ana):
    actions.update_profile(
        ana, display_name="  Ana\u202e \n Silva ", bio="Films\r\n\r\n\r\n\r\nand tea "
    )

    ana.refresh_from_db()
    assert (ana.display_name, ana.bio) == ("Ana Silva", "Films\n\nand tea")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"display_name": "\u200b\u200d"}, "name.blank"),
        ({"display_name": "x" * 51}, "max_length"),
        ({"bio": "x" * 161}, "max_length"),
        ({"time_zone": "Mars/Olympus"}, "time_zone.unknown"),
        ({"language": "tlh"}, "language.unknown"),
        ({"region": "Spain"}, "region.shape"),
        ({"theme": "neon"}, "invalid_choice"),
    ],
)
def test_bad_profile_changes_nothing(ana, fields, code):
    before = User.objects.filter(pk=ana.pk).values().get()

    with pytest.raises(ValidationError) as refused:
        actions.update_profile(ana, **fields)

    [errors] = refused.value.error_dict.values()
    assert code in [error.code for error in errors]
    assert User.objects.filter(pk=ana.pk).values().get() == before


@pytest.mark.parametrize("field", ["birth_date", "username", "is_staff", "email"])
def test_profile_never_takes_other_fields(ana, field):
    with pytest.raises(FieldDoesNotExist):
        actions.update_profile(ana, **{field: "x"})


def test_privacy_asks_the_observers_about_everybody(ana, observed):
    actions.update_privacy(ana, messages_from="friends")

    assert ana.person.messages_from == "friends"
    assert observed == [(ana.pk, None)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"messages_from": "friends"}, "policy.R2"), ({"is_private": False}, "policy.R4")],
)
def test_under_16_nothing_locked_is_loosened(kid, fields, code):
    with pytest.raises(Refused) as refused:
        actions.update_privacy(kid, **fields)

    assert refused.value.code == code
    kid.refresh_from_db()
    assert (kid.is_private, kid.messages_from) == (True, "no_one")


@rule("R10", "job")
def test_r10_a_birthday_loosens_no_setting(db):
    with time_machine.travel(datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)):
        person = make_user("lea", messages_from="no_one", is_private=True)
        User.objects.filter(pk=person.pk).update(birth_date=datetime.date(2010, 6, 2))

    with time_machine.travel(datetime.datetime(2026, 6, 3, tzinfo=datetime.UTC)):
        assert actions.keep_birthdays() == 1
        person = User.objects.get(pk=person.pk)

        assert (person.age, person.messages_from, person.is_private) == (16, "no_one", True)
        actions.update_privacy(person, messages_from="friends")


# --- Birthdays --------


@rule("R10", "job")
@pytest.mark.parametrize(
    ("born", "told"),
    [
        ("2010-06-15", True),  # 16 today
        ("2010-06-16", True),  # 16 already in Kiritimati
        ("2010-06-13", True),  # 16 two days ago: a missed run is made good
        ("2010-06-11", False),
        ("2010-06-17", False),
        ("2008-06-15", True),  # 18
        ("2009-06-15", False),  # 17 changes no rule
    ],
)
def test_birthdays_that_change_a_rule_are_told_in_every_zone(db, observed, born, told):
    with time_machine.travel(datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC)):
        person = make_user()
        User.objects.filter(pk=person.pk).update(birth_date=datetime.date.fromisoformat(born))

        assert actions.keep_birthdays() == int(told)
    assert observed == ([(person.pk, None)] if told else [])


def test_born_on_29_february_is_told_on_1_march(db, observed):
    person = make_user()
    User.objects.filter(pk=person.pk).update(birth_date=datetime.date(2008, 2, 29))

    with time_machine.travel(datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)):
        assert actions.keep_birthdays() == 1


# --- Pictures --------


def picture(kind: str = "JPEG", size=(800, 600), **options) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    file.seek(0)
    return file


def stored_picture(person: User) -> Image.Image:
    with default_storage.open(person.avatar) as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_avatar_is_a_square_webp_under_a_random_name(ana, kind):
    actions.set_avatar(ana, picture(kind))

    image = stored_picture(ana)
    assert (image.format, image.size) == ("WEBP", (320, 320))
    assert len(ana.avatar) == len("avatars/.webp") + 32
    assert User.objects.get(pk=ana.pk).avatar == ana.avatar


def red(picture: Image.Image, at: tuple[int, int]) -> int:
    pixel = picture.getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel[0]


def test_avatar_keeps_no_metadata_and_stands_upright(ana):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    exif[0x010E] = "where I live"
    image = Image.new("RGB", (400, 400), "white")
    image.paste("black", (0, 0, 400, 200))
    file = BytesIO()
    image.save(file, "JPEG", exif=exif)
    file.seek(0)

    actions.set_avatar(ana, file)

    made = stored_picture(ana)
    assert not made.getexif()
    assert b"where I live" not in default_storage.open(ana.avatar).read()
    assert red(made, (300, 160)) < 60 < 200 < red(made, (20, 160))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "avatar.type"),
        (b"", "avatar.type"),
        (b"GIF89a" + b"\x00" * 40, "avatar.type"),
        (picture().getvalue()[:300], "avatar.type"),
        (b"%PDF-1.4", "avatar.type"),
    ],
)
def test_what_is_no_picture_is_refused(ana, content, code):
    with pytest.raises(ValidationError) as refused:
        actions.set_avatar(ana, BytesIO(content))

    assert refused.value.code == code
    assert ana.avatar == ""


def test_pictures_have_a_cap_in_bytes_and_pixels(ana, settings):
    with pytest.raises(ValidationError) as refused:
        actions.set_avatar(ana, picture("PNG", (10_000, 5_001)))
    assert refused.value.code == "avatar.too_large"

    settings.AVATAR_MAX_BYTES = 1000
    with pytest.raises(ValidationError) as refused:
        actions.set_avatar(ana, BytesIO(b"x" * 1001))
    assert refused.value.code == "avatar.too_large"


def test_old_picture_goes_with_the_commit(ana, django_capture_on_commit_callbacks):
    actions.set_avatar(ana, picture())
    old = ana.avatar

    with django_capture_on_commit_callbacks(execute=True):
        actions.set_avatar(ana, picture())
    assert not default_storage.exists(old)
    assert default_storage.exists(ana.avatar)

    current = ana.avatar
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_avatar(ana)
    assert (ana.avatar, default_storage.exists(current)) == ("", False)


# --- Sessions and whole accounts --------


def test_end_sessions_changes_the_fingerprint_and_keeps_one(ana, revoked):
    before = ana.get_session_auth_hash()
    kept = SessionStore()
    kept["_auth_user_hash"] = before
    kept.create()

    actions.end_sessions(ana, keep=kept)

    after = User.objects.get(pk=ana.pk).get_session_auth_hash()
    assert after != before
    assert SessionStore(kept.session_key)["_auth_user_hash"] == after
    assert revoked == [(ana.pk, None)]


def test_suspended_person_is_gone_and_signed_out(ana, ben, observed, revoked):
    suspend(ana)

    assert not User.objects.visible_to(ben).filter(pk=ana.pk).exists()
    assert (observed, revoked) == ([(ana.pk, None)], [(ana.pk, None)])


def test_friends_are_who_follow_each_other(ana, ben, zoe, kid):
    actions.follow(zoe, ana)
    befriend(ben, kid)

    assert set(User.objects.friends_of(ben)) == {ana, kid}
    assert list(User.objects.friends_of(zoe)) == []
