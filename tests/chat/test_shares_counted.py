"""What creators are told of sharing: in how many conversations, by how many people, not by whom."""

import pytest
from django.utils import timezone

from chat import actions, tasks
from tests.chat.factories import make_group, say
from tests.factories import befriend
from tests.videos.factories import make_video
from videos.actions import change_collection, make_collection
from videos.insights import counting, report
from videos.models import Share, VideoDay

pytestmark = pytest.mark.django_db(transaction=True)


def shares_of(video) -> tuple[int, int, int]:
    """Conversations, people, times."""
    counting.count()
    told = report.of_video(video)
    figures = told.figures
    return figures["conversations"].value, figures["senders"].value, told.now.sends


def send(author, conversation, video):
    """A message with the video, and what its job does."""
    sent = say(author, conversation, "look", share=f"video:{video.pk}")
    tasks.note_share(str(author.pk), "video", str(video.pk))
    return sent


def test_each_conversation_and_each_person_counts_once(ana, ben, zoe, api):
    befriend(ana, zoe)
    video = make_video(zoe)
    for conversation in (actions.start_direct(ana, zoe), make_group(ana, ben)):
        send(ana, conversation, video)
        send(ana, conversation, video)
    send(ben, actions.start_direct(ben, ana), video)

    assert shares_of(video) == (3, 2, 5)
    answer = api(zoe).get(f"/api/v1/videos/{video.pk}/insights/").content.decode()
    assert str(ana.pk) not in answer and "ana" not in answer


def test_what_was_unsent_is_in_no_conversation(ana, ben, zoe):
    video = make_video(zoe)
    talk = actions.start_direct(ana, ben)
    sent = send(ana, talk, video)
    assert shares_of(video) == (1, 1, 1)

    actions.unsend_message(ana, talk, seq=sent.seq)
    VideoDay.objects.mark([(video.pk, timezone.now())])

    assert shares_of(video) == (0, 1, 1)
    assert Share.objects.count() == 1


def test_who_keeps_a_collection_is_told_how_far_it_went(ana, ben, zoe, browser):
    befriend(ana, zoe)
    lakes = make_collection(zoe, name="Lakes")
    change_collection(zoe, lakes, is_public=True)
    talk = actions.start_direct(ana, zoe)
    for place in (talk, talk, make_group(ana, ben)):
        say(ana, place, "look", share=f"collection:{lakes.pk}")
    path = f"/collections/{lakes.pk}/"

    told = browser(zoe).get(f"/api/v1{path}").json()
    page = browser(zoe).get(path).content.decode()

    assert told["shared"] == {"conversations": 2, "people": 1}
    assert "Shared in 2 conversations · by 1 person" in page
    for other in (ana, ben):
        assert browser(other).get(f"/api/v1{path}").json()["shared"] is None
        assert "Shared in" not in browser(other).get(path).content.decode()
    listed = browser(zoe).get("/api/v1/collections/").json()["results"]
    assert [each["shared"] for each in listed] == [None]
