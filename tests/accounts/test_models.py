"""What a person's row knows and what the database holds for it."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.ids import uuid7
from accounts.models import AgeRefusal, SocketTicket, User, relations_of, standing_between
from accounts.policy import Relation
from tests.factories import block, follow, make_user


@pytest.mark.parametrize("taken", ["ana", "ANA", "Ana"])
def test_one_username_whatever_its_case(ana, taken):
    with pytest.raises(IntegrityError):
        make_user(taken, email="other@example.com")


def test_one_mail_address_whatever_its_case(ana):
    with pytest.raises(IntegrityError):
        make_user("other", email="ANA@example.com")


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("ab", "username.shape"),
        (".ana", "username.shape"),
        ("ana.", "username.shape"),
        ("a na", "username.shape"),
        ("аna", "username.shape"),  # a Cyrillic letter that poses as a Latin one
        ("Admin", "username.reserved"),
        ("settings_", "username.reserved"),
    ],
)
def test_bad_usernames_have_a_code(username, code):
    with pytest.raises(ValidationError) as refused:
        User._meta.get_field("username").run_validators(username)

    assert code in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("username", ["ana", "mod", "a.b_c", "x" * 30, "2fast"])
def test_good_usernames_pass(username):
    User._meta.get_field("username").run_validators(username)


def test_age_is_counted_where_the_person_lives():
    person = User(birth_date=datetime.date(2010, 6, 15), time_zone="Pacific/Kiritimati")

    with time_machine.travel(datetime.datetime(2026, 6, 14, 11, tzinfo=datetime.UTC)):
        assert person.age == 16
        person.time_zone = "America/Los_Angeles"
        assert person.age == 15


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ana Silva", "AS"), ("Ben", "B"), ("Film & vinyl club", "FC"), ("نور الهدى", "نا")],
)
def test_initials_are_first_and_last(name, initials):
    assert User(display_name=name).initials == initials


def test_card_holds_what_others_may_read(ana):
    assert ana.card() == {
        "id": str(ana.pk),
        "username": "ana",
        "name": "Ana",
        "avatar": "",
        "hue": ana.pk.int % 12,
        "initials": "A",
    }


def test_counts_do_not_multiply(ana, ben, zoe):
    follow(zoe, ana)

    row = User.objects.with_counts().get(pk=ana.pk)

    assert (row.follower_count, row.following_count) == (2, 1)


def test_relations_of_many_take_three_queries(ana, ben, zoe, kid, django_assert_num_queries):
    follow(zoe, ana)
    block(kid, ana)

    with django_assert_num_queries(3):
        relations = relations_of(ana, [ben.pk, zoe.pk, kid.pk])

    assert relations == {
        ben.pk: Relation(follows=True, followed_by=True),
        zoe.pk: Relation(followed_by=True),
        kid.pk: Relation(blocked=True),
    }


def test_standing_of_oneself_sees_everything_and_messages_nobody(kid):
    standing = standing_between(kid, kid)

    assert (standing.is_self, standing.sees_posts, standing.can_message) == (True, True, False)


def test_ticket_works_once_and_for_30_seconds(ana):
    start = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    with time_machine.travel(start, tick=False) as clock:
        first, second = (SocketTicket.objects.issue(ana, "session") for _number in range(2))
        ticket = SocketTicket.objects.redeem(first)
        assert ticket is not None
        assert ticket.user == ana
        assert SocketTicket.objects.redeem(first) is None

        clock.shift(31)
        assert SocketTicket.objects.redeem(second) is None
    assert not SocketTicket.objects.filter(digest=second).exists()


def test_age_refusals_are_forgotten_after_a_day(db):
    with time_machine.travel(datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)) as clock:
        AgeRefusal.objects.remember("one")
        assert AgeRefusal.objects.standing("one")

        clock.shift(datetime.timedelta(hours=24, seconds=1))
        assert not AgeRefusal.objects.standing("one")
        AgeRefusal.objects.remember("two")
    assert [row.digest for row in AgeRefusal.objects.all()] == ["two"]


def test_ids_are_version_7_and_in_order():
    with time_machine.travel(datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)) as clock:
        first = uuid7()
        clock.shift(1)
        second = uuid7()

    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert first < second
