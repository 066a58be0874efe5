"""The feed's tables for another recommender: what stands in them, and who never does."""

import csv
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from tests.factories import make_user
from tests.rules import rule
from tests.videos.factories import make_video
from tests.videos.watching import watch
from videos import actions
from videos.feed import counting
from videos.feed.tables import pseudonym
from videos.models import Like, Video
from videos.models.sound import CERTAINLY_ADULT

AT = timezone.now().replace(microsecond=0) - timedelta(minutes=5)


@pytest.fixture
def tables(tmp_path):
    """What the command writes, by table: its rows as mappings."""

    def written():
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        call_command("export_feed", folder, verbosity=0)
        return {path.stem: list(csv.DictReader(path.open())) for path in folder.iterdir()}

    return written


def love(user, video) -> None:
    Like.objects.create(user=user, video=video, created_at=AT)


def test_tables_say_who_took_to_what_by_pseudonym(ana, zoe, tables, django_assert_num_queries):
    walk = make_video(ana, caption="#sea #Walk with nobody", published_at=AT)
    swim = make_video(ana, caption="a swim", published_at=AT)
    love(zoe, walk)
    watch(zoe, walk, at=AT)
    watch(zoe, swim, at=AT, share=0.01)
    counting.count()

    with django_assert_num_queries(6):
        found = tables()

    at = AT.isoformat()
    assert found["users"] == [{"user_id": pseudonym(each.pk)} for each in (ana, zoe)]
    assert found["items"] == [
        {"item_id": str(walk.pk), "labels": '["sea", "walk"]', "timestamp": at},
        {"item_id": str(swim.pk), "labels": "[]", "timestamp": at},
    ]
    told = {"user_id": pseudonym(zoe.pk), "timestamp": at}
    assert found["feedback"] == [
        {"feedback_type": "like", "item_id": str(walk.pk)} | told,
        {"feedback_type": "finish", "item_id": str(walk.pk)} | told,
        {"feedback_type": "skip", "item_id": str(swim.pk)} | told,
    ]


def test_nothing_in_them_names_anybody(zoe, tmp_path, settings):
    love(zoe, make_video(make_user("heron", display_name="Grey Heron"), caption="my words"))
    call_command("export_feed", tmp_path / "tables", verbosity=0)

    written = "".join(path.read_text() for path in (tmp_path / "tables").iterdir())
    assert pseudonym(zoe.pk) in written
    for name in ("zoe", "heron", "Grey", "my words", zoe.email):
        assert name not in written

    before = pseudonym(zoe.pk)
    settings.SECRET_KEY = "of another site"
    assert pseudonym(zoe.pk) != before


@rule("R6", "query")
@rule("R47", "query")
def test_minors_and_whoever_wants_no_profile_are_not_in_them(ana, zoe, teo, kid, tables):
    walk = make_video(ana)
    off, reset, gone = make_user("off"), make_user("reset"), make_user("gone")
    for person in (zoe, teo, kid, off, reset, gone):
        love(person, walk)
    actions.set_personal(off, False)
    actions.reset_feed(reset)
    gone.is_active = False
    gone.save()

    found = tables()

    known = {row["user_id"] for row in found["users"]}
    assert known == {pseudonym(each.pk) for each in (ana, zoe, reset)}
    assert [row["user_id"] for row in found["feedback"]] == [pseudonym(zoe.pk)]


@rule("R6", "query")
@pytest.mark.django_db
def test_a_person_comes_in_once_it_is_their_eighteenth_birthday_everywhere(tables):
    grown = timezone.now().date() - CERTAINLY_ADULT
    User.objects.filter(pk=make_user("grown").pk).update(birth_date=grown)
    User.objects.filter(pk=make_user("nearly").pk).update(birth_date=grown + timedelta(days=1))

    assert tables()["users"] == [{"user_id": pseudonym(User.objects.get(username="grown").pk)}]


def test_what_not_everybody_may_watch_is_no_candidate(ana, zoe, tables):
    make_video(ana, audience=Video.Audience.FRIENDS)
    make_video(ana, state=Video.State.REMOVED)
    make_video(make_user("shy", is_private=True))
    secret = make_video(ana, audience=Video.Audience.FOLLOWERS)
    love(zoe, secret)

    found = tables()

    assert (found["items"], found["feedback"]) == ([], [])


@pytest.mark.django_db
def test_a_folder_that_is_there_is_left_alone(tmp_path):
    tmp_path.joinpath("users.csv").write_text("mine")

    with pytest.raises(CommandError, match="Name a new folder"):
        call_command("export_feed", tmp_path)

    assert tmp_path.joinpath("users.csv").read_text() == "mine"
