"""Links in messages become cards: a moment after the words, as each viewer may see them."""

from uuid import uuid4

import pytest
from django.conf import settings

from accounts.models import LinkCard, OutboxJob
from accounts.pool import in_thread
from chat import actions, changes, parts
from chat.linking import following, reading
from chat.models import Message, MessageLink
from tests.chat.client import connected
from tests.chat.factories import make_group, say
from tests.chat.test_following import head, run_jobs
from tests.videos.factories import make_video
from videos.actions import delete_video, edit_video

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "https://news.example/story"


def ours(path: str) -> str:
    return f"{settings.SITE_ORIGINS[0]}{path}"


def linked(author, conversation, body: str):
    """A message whose links were looked up."""
    said = say(author, conversation, body)
    run_jobs("chat.read_links")
    return said


def links_of(said, viewer=None) -> list:
    message = Message.objects.with_parts().get(pk=said.id)
    return parts.read([message], viewer)[message.pk].get("links", [])


def told(conversation, after: int) -> list[dict]:
    return changes.changes_after(conversation.pk, after).events


def made_ready(url: str = ADDRESS, **fields) -> LinkCard:
    card = LinkCard.objects.get(url=url)
    for name, value in {"state": "ready", "title": "A story", "site": "News", **fields}.items():
        setattr(card, name, value)
    card.save()
    return card


# --- Others' addresses ----------------------------------------------------------------------------


def test_an_address_waits_for_its_card_and_then_shows_it(ana, group):
    said = linked(ana, group, f"read {ADDRESS}, now")

    assert links_of(said) == [{"url": ADDRESS, "kind": "outside", "waits": True, "card": None}]

    card, before = made_ready(), head(group)
    following.link_changed(card.pk)
    assert run_jobs("chat.renew_links") == 1

    (link,) = links_of(said)
    assert (link["waits"], link["card"]["title"], link["card"]["site"]) == (
        False,
        "A story",
        "News",
    )
    (event,) = told(group, before)
    assert (event["seq"], event["links"]) == (said.seq, [link])


def test_what_is_fetched_already_shows_at_once_and_asks_nobody(ana, ben, group):
    linked(ana, group, ADDRESS)
    made_ready(expires_at="2999-01-01T00:00Z")
    OutboxJob.objects.all().delete()

    said = linked(ben, group, f"again {ADDRESS}")

    assert links_of(said)[0]["card"]["title"] == "A story"
    assert not OutboxJob.objects.filter(task="accounts.fetch_link").exists()


@pytest.mark.parametrize("state", ["none", "blocked"])
def test_what_has_nothing_to_show_shows_nothing(ana, group, state):
    said = linked(ana, group, ADDRESS)
    made_ready(state=state)

    assert links_of(said) == []


def test_words_without_links_bring_no_job_and_ask_nothing(ana, group, django_assert_num_queries):
    said = say(ana, group, "See you at 9.30, bring bread...")
    message = Message.objects.with_parts().get(pk=said.id)

    with django_assert_num_queries(0):
        assert "links" not in parts.read([message])[message.pk]
    assert not OutboxJob.objects.filter(task="chat.read_links").exists()


def test_links_go_the_quick_way_and_are_read_once(ana, group):
    said = linked(ana, group, ADDRESS)
    before = head(group)

    reading.read_links(said.id)

    assert head(group) == before
    assert MessageLink.objects.filter(message=said.id).count() == 1


def test_said_twice_is_read_once(ana, group):
    client_id = uuid4()
    for _time in range(2):
        say(ana, group, ADDRESS, client_id=client_id)

    assert OutboxJob.objects.filter(task="chat.read_links").count() == 1


def test_a_message_shows_three_cards_of_five_thousand_links(ana, group):
    words = " ".join(f"a{number}.example.com" for number in range(550))

    said = linked(ana, group, words)

    assert len(links_of(said)) == reading.MOST
    assert LinkCard.objects.count() == reading.MOST


# --- Our own --------------------------------------------------------------------------------------


def test_our_own_pages_are_cards_and_no_address_to_fetch(ana, ben, group):
    video = make_video(ana, caption="Meadow")

    said = linked(ben, group, f"look {ours(video.get_absolute_url())} by {ours('/@ANA/')}")

    video_link, profile_link = links_of(said)
    assert video_link["kind"] == "own"
    assert video_link["card"]["title"] == "Meadow"
    assert profile_link["card"]["detail"] == "@ana"
    assert not LinkCard.objects.exists()


def test_what_not_everybody_may_see_is_told_without_its_card(ana, ben, zoe, group):
    video = make_video(ana, caption="Ours", audience="friends")
    said = linked(ana, group, ours(video.get_absolute_url()))

    assert [link["card"] for link in links_of(said)] == [None]
    assert links_of(said, ben)[0]["card"]["title"] == "Ours"
    assert links_of(said, zoe) == []


def test_a_card_follows_its_video_and_goes_with_it(ana, ben, group):
    video = make_video(ana, caption="Meadow")
    said = linked(ben, group, ours(video.get_absolute_url()))

    edit_video(ana, video, caption="Meadow at dawn")
    assert run_jobs("chat.renew_links") == 1
    assert links_of(said)[0]["card"]["title"] == "Meadow at dawn"

    before = head(group)
    delete_video(ana, video)
    run_jobs("chat.renew_links")
    assert [event["links"][0]["card"] for event in told(group, before)] == [None]
    assert links_of(said, ben) == []


def test_a_link_to_a_message_shows_it_to_who_reads_there(ana, ben, zoe, group):
    other = make_group(ana, ben, title="Plans")
    secret = say(ben, other, "Meet at the lake")
    said = linked(ana, group, ours(f"/chat/{other.pk}/message/{secret.seq}/"))

    (link,) = links_of(said, ben)

    assert (link["card"]["words"], link["card"]["detail"]) == ("Meet at the lake", "Plans")
    assert links_of(said, zoe) == []
    assert [each["card"] for each in links_of(said)] == [None]


def test_an_invitation_names_the_group_to_who_could_come(ana, ben, zoe, kid, group):
    hikers = make_group(ana, title="Hikers")
    token = actions.make_invite(ana, hikers).token
    said = linked(ana, group, ours(f"/join/{token}/"))

    (link,) = links_of(said, ben)

    assert (link["card"]["title"], link["card"]["detail"]) == ("Hikers", "1 member")
    assert links_of(said, kid) == []

    actions.revoke_invite(ana, hikers, hikers.invites.get().pk)
    assert links_of(said, ben) == []


def test_a_page_of_links_costs_one_query_and_one_a_kind(
    ana, ben, group, django_assert_max_num_queries
):
    videos = [make_video(ana) for _number in range(4)]
    for video in videos:
        linked(ana, group, f"{ours(video.get_absolute_url())} {ours('/@ben/')} {ADDRESS}")
    messages = list(Message.objects.with_parts().filter(conversation=group).exclude(body=""))

    from chat.linking.shown import references

    references(messages, ben)
    with django_assert_max_num_queries(2 + 1 + 6):  # links, people; videos with their parts
        assert len(references(messages, ben)) == 4


# --- Changed, taken away --------------------------------------------------------------------------


def test_an_edit_reads_the_links_anew(ana, group):
    said = linked(ana, group, ADDRESS)

    actions.edit_message(ana, group, seq=said.seq, body="https://other.example/")
    assert [link["url"] for link in links_of(said)] == ["https://other.example/"]

    actions.edit_message(ana, group, seq=said.seq, body="nothing")
    assert links_of(said) == []
    assert not MessageLink.objects.exists()


def test_an_unsent_message_keeps_no_links(ana, group):
    said = linked(ana, group, ADDRESS)

    actions.unsend_message(ana, group, seq=said.seq)

    assert not MessageLink.objects.exists()


def test_the_author_does_without_the_card(ana, group):
    said, before = linked(ana, group, ADDRESS), head(group)

    actions.unlink_message(ana, group, seq=said.seq)
    actions.unlink_message(ana, group, seq=said.seq)

    assert links_of(said) == []
    assert head(group) == before + 1
    following.link_changed(made_ready().pk)
    assert not OutboxJob.objects.filter(task="chat.renew_links").exists()


def test_other_links_are_another_choice(ana, group):
    said = linked(ana, group, ADDRESS)
    actions.unlink_message(ana, group, seq=said.seq)

    actions.edit_message(ana, group, seq=said.seq, body=f"see {ADDRESS}")
    assert links_of(said) == []

    actions.edit_message(ana, group, seq=said.seq, body="https://other.example/")
    assert len(links_of(said)) == 1


async def test_who_is_there_hears_of_it(live_hub, ana, ben):
    group = await in_thread(make_group, ana, ben)

    async with connected(ben) as client:
        said = await in_thread(linked, ana, group, ADDRESS)
        heard = await client.hear_event("links.changed")

    assert (heard["seq"], heard["links"][0]["waits"]) == (said.seq, True)
