"""Cards follow their object: live for who is there, by number for who is not."""

import pytest
from celery import current_app

import chat.tasks  # noqa: F401
import videos.tasks  # noqa: F401
from accounts import actions as people
from accounts.errors import Refused
from accounts.models import OutboxJob
from accounts.pool import in_thread
from chat import actions, changes, following
from chat.models import Conversation, Message
from tests.chat.client import connected
from tests.chat.factories import make_group, say
from tests.videos.factories import make_video
from videos.actions import delete_video, edit_video, removing

pytestmark = pytest.mark.django_db(transaction=True)


def run_jobs(task: str) -> int:
    """What a worker would do of this task's waiting rows; answers how many."""
    jobs = list(OutboxJob.objects.filter(task=task, done_at__isnull=True))
    for job in jobs:
        current_app.tasks[task](**job.arguments, job_id=job.pk)
    return len(jobs)


def card_of(conversation: Conversation, after: int) -> dict:
    events = changes.changes_after(conversation.pk, after).events
    return next(event["share"]["card"] for event in events if event.get("share"))


def head(conversation: Conversation) -> int:
    return Conversation.objects.get(pk=conversation.pk).revision


def test_a_new_caption_reaches_what_shows_it(ana, ben, group):
    video = make_video(ana, caption="Meadow")
    say(ben, group, "", share=f"video:{video.pk}")
    before = head(group)

    edit_video(ana, video, caption="Meadow at dawn")
    assert run_jobs("chat.renew_cards") == 1

    assert head(group) == before + 1
    assert card_of(group, before)["title"] == "Meadow at dawn"


def test_a_video_that_is_taken_down_goes_everywhere(ana, ben, group):
    video = make_video(ana)
    direct = actions.start_direct(ana, ben)
    for place in (group, direct):
        say(ana, place, "look", share=f"video:{video.pk}")
    heads = {place: head(place) for place in (group, direct)}

    removing.remove_video(video.pk)
    run_jobs("chat.renew_cards")

    for place, before in heads.items():
        assert card_of(place, before) is None


def test_a_profile_brings_its_card_and_its_videos_along(ana, ben, group):
    video = make_video(ana)
    say(ben, group, "", share=f"profile:{ana.pk}")
    say(ben, group, "", share=f"video:{video.pk}")
    run_jobs("chat.note_share")
    before = head(group)

    people.update_profile(ana, display_name="Ana Maria")
    run_jobs("videos.renew_cards_of")
    run_jobs("chat.renew_cards")

    shared = {
        event["share"]["kind"]: event["share"]["card"]
        for event in changes.changes_after(group.pk, before).events
    }
    assert shared["profile"]["title"] == "Ana Maria"
    assert shared["video"]["detail"].startswith("Ana Maria")


def test_what_nobody_shared_brings_no_job(ana):
    video = make_video(ana)

    edit_video(ana, video, caption="Alone")

    assert not OutboxJob.objects.filter(task="chat.renew_cards").exists()


def test_unsent_messages_are_left_alone(ana, group):
    video = make_video(ana)
    said = say(ana, group, "", share=f"video:{video.pk}")
    actions.unsend_message(ana, group, seq=said.seq)
    before = Message.objects.get(pk=said.id).revision

    following.renew_cards("video", video.pk)

    assert Message.objects.get(pk=said.id).revision == before


def test_many_conversations_are_several_jobs(ana, ben, group, monkeypatch):
    monkeypatch.setattr(following, "CONVERSATIONS", 1)
    video = make_video(ana)
    places = [group, actions.start_direct(ana, ben), make_group(ana, ben)]
    for place in places:
        say(ana, place, "", share=f"video:{video.pk}")
    heads = [head(place) for place in places]

    following.renew_cards("video", video.pk)
    while run_jobs("chat.renew_cards"):
        pass

    assert [head(place) for place in places] == [before + 1 for before in heads]


async def test_who_is_there_hears_of_it_as_a_change_and_not_as_a_message(live_hub, ana, ben):
    group = await in_thread(make_group, ana, ben)
    video = await in_thread(make_video, ana)
    said = await in_thread(lambda: say(ana, group, "", share=f"video:{video.pk}"))

    async with connected(ben) as client:
        key = video.pk
        await in_thread(delete_video, ana, video)
        await in_thread(following.renew_cards, "video", key)
        heard = await client.hear_event("share.changed")

    assert heard["seq"] == said.seq
    assert heard["share"]["card"] is None


def test_a_first_request_holds_a_public_video_and_no_profile(ana, ben, zoe):
    request = actions.start_direct(zoe, ben)

    with pytest.raises(Refused) as refusal:
        say(zoe, request, "", share=f"profile:{ana.pk}")
    assert refusal.value.code == "policy.R13"
    assert say(zoe, request, "", share=f"video:{make_video(ana).pk}").seq
