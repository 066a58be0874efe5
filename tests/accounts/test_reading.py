"""Statements that are prepared once say what Django's own would, for whichever values."""

import pytest
from django.db import connection

from accounts.models import Block
from accounts.reading import Prepared, Statement
from tests.factories import block
from tests.videos.factories import make_video
from videos.models import Video


def test_plain_values_come_as_from_a_query_of_its_own(ana, ben, zoe):
    block(ana, zoe)
    blocked_by = Prepared(
        lambda viewer: Block.objects.filter(blocker=viewer).values_list("blocked")
    )

    assert blocked_by(ana) == [(zoe.pk,)]
    assert blocked_by(ben) == []


def test_times_and_numbers_may_stand_for_others(ana, zoe):
    liked = make_video(zoe, like_count=7)
    make_video(zoe, like_count=6)
    at_least = Prepared(
        lambda _viewer, likes: Video.objects.filter(like_count__gte=likes), 7_730_923
    )

    assert at_least(ana, 7) == [liked]
    assert len(at_least(ana, 6)) == 2


@pytest.mark.django_db
def test_a_percent_sign_in_the_text_stays_one():
    statement = Statement("SELECT 7 %% 4, %s, %s", ["it's", 5], [5])

    assert statement.rows([6]) == [(3, "it's", 6)]


@pytest.mark.django_db
def test_the_server_keeps_a_statement_and_plans_it_once(ana):
    """SQLite's own cache of statements does that by itself."""
    mine = Prepared(lambda viewer: Block.objects.filter(blocker=viewer, created_at__year=1987))

    for _time in range(3):
        assert mine(ana) == []

    assert _kept("1987") == (1 if connection.vendor == "postgresql" else None)


def _kept(words: str) -> int | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        named = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
        cursor.execute(named, [f"%{words}%"])
        return int(cursor.fetchone()[0])
