"""What creators are told of sharing: in how many conversations, by how many people, not by whom."""

import pytest
from django.utils import timezone

from chat import actions, tasks
from tests.chat.factories import make_group, say
from tests.factories import befriend
from tests.videos.factories import make_video
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
