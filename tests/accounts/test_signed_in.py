"""Who is signed in is found by prepared statements: the same as Django and allauth find."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import SignIn
from accounts.signed_in import Backend, SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    store = SessionStore()
    store["who"] = "ana"
    store.save()
    return store


def test_a_session_is_read_again(session):
    assert SessionStore(session.session_key)["who"] == "ana"


@pytest.mark.parametrize("key", ["unknown-key-of-a-session", "", None])
def test_an_unknown_key_has_nothing_in_it(key):
    store = SessionStore(key)

    assert (store.get("who"), store.session_key) == (None, None)


def test_an_expired_session_is_gone(session):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert SessionStore(session.session_key).get("who") is None


def test_the_person_is_found_by_their_key(ana, ben):
    assert (Backend().get_user(ana.pk), Backend().get_user(ben.pk)) == (ana, ben)


def test_nobody_is_found_who_is_gone_or_inactive(ana):
    ana.is_active = False
    ana.save()

    assert (Backend().get_user(ana.pk), Backend().get_user(uuid4())) == (None, None)


def test_what_a_person_changed_is_read(ana):
    Backend().get_user(ana.pk)
    type(ana).objects.filter(pk=ana.pk).update(display_name="Ana B.")

    found = Backend().get_user(ana.pk)
    assert found is not None
    assert found.display_name == "Ana B."


def signed_in(user) -> SessionStore:
    """Their session, noted as the sign-in of a browser notes it."""
    store = SessionStore()
    store["who"] = user.username
    store.save()
    SignIn.objects.create(user=user, session_key=str(store.session_key))
    return store


def test_a_session_and_its_person_are_read_at_once(ana, django_assert_num_queries):
    key = signed_in(ana).session_key
    with django_assert_num_queries(1):
        assert SessionStore(key)["who"] == "ana"
        assert Backend().get_user(ana.pk) == ana


def test_a_person_is_handed_over_once_and_to_nobody_else(ana, ben):
    key = signed_in(ana).session_key
    SessionStore(key).load()
    assert Backend().get_user(ben.pk) == ben
    type(ana).objects.filter(pk=ana.pk).update(display_name="Ana B.")

    found = Backend().get_user(ana.pk)
    assert found is not None
    assert found.display_name == "Ana B."


def test_a_noted_session_that_ended_is_gone_and_its_person_with_it(ana, django_assert_num_queries):
    key = signed_in(ana).session_key
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    with django_assert_num_queries(1):
        assert SessionStore(key).get("who") is None


def test_a_guests_session_has_nobody(ana, session):
    signed_in(ana).load()
    SessionStore(session.session_key).load()
    ana.is_active = False
    ana.save()

    assert Backend().get_user(ana.pk) is None
