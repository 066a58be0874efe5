"""Restricted mode (R30): only what is for everybody, in lists, in search and by its address."""

import pytest

from accounts import families
from accounts.models import Report, User
from tests.accounts.test_families import linked
from tests.rules import rule
from tests.videos.factories import make_video
from videos.models import Video

pytestmark = pytest.mark.django_db


def seen(user: User) -> set:
    viewer = User.objects.get(pk=user.pk)
    return set(Video.objects.visible_to(viewer).published().values_list("pk", flat=True))


def report(reporter: User, video: Video, state: str = "open") -> None:
    Report.objects.create(
        reporter=reporter,
        kind="video",
        object_id=video.pk,
        reason="other",
        evidence={},
        state=state,
    )


@rule("R30", "page")
def test_what_was_reported_and_what_is_paid_for_is_not_there(ana, zoe, teo):
    plain, reported, cleared, paid = (make_video(zoe) for _each in range(4))
    report(ana, reported)
    report(ana, cleared, state="kept")
    Video.objects.filter(pk=paid.pk).update(is_paid_partnership=True)
    everything = {plain.pk, reported.pk, cleared.pk, paid.pk}
    assert seen(teo) == everything
    link = linked(ana, teo, is_restricted=True)

    assert seen(teo) == {plain.pk, cleared.pk}

    assert seen(ana) == everything
    families.end_link(teo, link)
    assert seen(teo) == everything


def test_pages_and_statements_that_are_kept_tell_the_two_apart(client, ana, zoe, teo, kid):
    reported = make_video(zoe)
    report(ana, reported)
    linked(ana, teo, is_restricted=True)
    address = f"/videos/{reported.pk}/"

    client.force_login(kid)
    assert client.get(address).status_code == 200
    client.force_login(teo)
    assert client.get(address).status_code == 404
