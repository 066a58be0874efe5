"""Words not sent yet: the newest edit wins on all devices of one person, and nobody else knows."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.pool import in_thread
from chat import actions
from chat.models import KeptWords
from tests.chat.client import connected
from tests.chat.factories import say

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def keep(person, conversation, body, ago=MINUTE, **options):
    options.setdefault("edited_at", timezone.now() - ago)
    return actions.keep_words(person, conversation, body=body, **options)


def kept_by(person) -> list[str]:
    return [kept.body for kept in KeptWords.objects.of(person)]


def test_the_newest_edit_wins_whichever_comes_last(ana, group):
    keep(ana, group, "second")
    answer = keep(ana, group, "first, from a phone that was away", ago=5 * MINUTE)

    assert kept_by(ana) == ["second"]
    assert answer.body == "second"


@pytest.mark.parametrize(("ago", "stays"), [(2, "mine"), (0, "theirs")])
def test_of_two_devices_that_begin_at_once_the_newer_stays(ana, group, monkeypatch, ago, stays):
    store = KeptWords.objects.bulk_create

    def after_the_other(rows, **options):
        monkeypatch.undo()
        keep(ana, group, "theirs", ago=ago * MINUTE)
        return store(rows, **options)

    monkeypatch.setattr(KeptWords.objects, "bulk_create", after_the_other)

    answer = keep(ana, group, "mine")

    assert (answer.body, kept_by(ana)) == (stays, [stays])


def test_clearing_is_an_edit_as_well(ana, group):
    keep(ana, group, "")
    keep(ana, group, "old words", ago=5 * MINUTE)

    assert kept_by(ana) == []


def test_a_clock_that_runs_ahead_does_not_win_for_long(ana, group):
    keep(ana, group, "from tomorrow", ago=timedelta(days=-1))
    keep(ana, group, "now", edited_at=timezone.now())

    assert kept_by(ana) == ["now"]


def test_sending_the_words_clears_them(ana, group):
    keep(ana, group, "hello there ")

    say(ana, group, "hello there")

    assert kept_by(ana) == []


def test_sending_something_else_does_not(ana, group):
    keep(ana, group, "a long thought")

    say(ana, group, "quick answer")

    assert kept_by(ana) == ["a long thought"]


def test_drafts_are_their_owners_alone(ana, ben, group):
    keep(ana, group, "secret")

    assert kept_by(ben) == []


def test_there_are_none_where_one_takes_no_part(ana, ben, zoe, group):
    with pytest.raises(Http404):
        keep(zoe, group, "hello")
    keep(ben, group, "hello")
    actions.remove_member(ana, group, ben)

    assert kept_by(ben) == []
    with pytest.raises(Http404):
        keep(ben, group, "hello")


async def test_the_persons_other_devices_hear_it_and_nobody_else(live_hub, ana, ben, group):
    async with connected(ana) as phone, connected(ana) as desk, connected(ben) as his:
        answer = await phone.ask(
            "draft.set",
            conversation=str(group.pk),
            body="half a",
            edited_at=timezone.now().isoformat(),
        )
        told = await desk.hear_type("draft.changed")

        assert await his.is_silent()

    assert answer["draft"]["body"] == "half a"
    assert told["draft"] == answer["draft"]


async def test_an_older_edit_is_told_to_nobody(live_hub, ana, group):
    await in_thread(keep, ana, group, "new")
    async with connected(ana) as desk:
        await in_thread(keep, ana, group, "old", 5 * MINUTE)

        assert await desk.is_silent()


def test_a_write_is_cheap(ana, group, django_assert_num_queries):
    keep(ana, group, "one")

    with django_assert_num_queries(2):
        keep(ana, group, "two", edited_at=timezone.now())
