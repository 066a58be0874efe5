"""The pages of watching together and of the collection: what they show, and to whom."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages

from chat import actions
from chat.models import CollectedVideo, Watching
from chat.rights import Right
from tests.chat.factories import say
from tests.factories import befriend, make_user
from tests.videos.factories import make_video, with_files

# What is said goes through the writer's own connection.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clip(ana):
    return with_files(make_video(ana, caption="Morning shift at the meadow"))


def pages_of(group, clip) -> list[tuple[str, str, dict[str, str]]]:
    """Every page and form, as (method, path, fields)."""
    base = f"/chat/{group.pk}"
    video = {"video": str(clip.pk)}
    return [
        ("post", f"{base}/watch/", video),
        ("get", f"{base}/watch/choose/", {}),
        ("get", f"{base}/collection/", {}),
        ("post", f"{base}/collection/", video),
        ("get", f"{base}/collection/play/", {}),
        ("get", f"{base}/collection/play/?seed=7", {}),
        ("post", f"{base}/collection/{clip.pk}/remove/", {}),
    ]


def statuses(browser, user, group, clip) -> set[int]:
    client = browser(user)
    return {
        getattr(client, method)(path, fields).status_code
        for method, path, fields in pages_of(group, clip)
    }


def test_others_find_nothing(browser, ana, ben, zoe, group, clip):
    actions.remove_member(ana, group, ben)

    assert statuses(browser, zoe, group, clip) == {404}
    assert statuses(browser, ben, group, clip) == {404}


def test_who_is_invited_finds_nothing(browser, ana, zoe, group, clip):
    befriend(ana, zoe)
    zoe.asks_before_groups = True
    zoe.save()
    actions.add_member(ana, group, zoe)

    assert statuses(browser, zoe, group, clip) == {404}


def test_children_are_refused(browser, kid, group, clip):
    assert statuses(browser, kid, group, clip) == {403}


def test_signed_out_people_are_asked_to_sign_in(client, group, clip):
    for method, path, fields in pages_of(group, clip):
        assert getattr(client, method)(path, fields).url.startswith("/accounts/login/")


# --- Watching -------------------------------------------------------------------------------------


def test_a_form_starts_it_and_leads_to_the_player(browser, ben, group, clip):
    answer = browser(ben).post(f"/chat/{group.pk}/watch/", {"video": str(clip.pk)})

    assert answer.url == f"/chat/{group.pk}/#watch"
    assert Watching.objects.get().host == ben


def test_the_whole_collection_is_watched_together(browser, ana, ben, group, clip):
    others = [with_files(make_video(ana)) for _ in range(2)]
    for video in (clip, *others):
        actions.collect_video(ana, group, video=video.pk)

    browser(ben).post(f"/chat/{group.pk}/watch/", {"collection": "1"})

    watching = Watching.objects.get()
    shown = {str(watching.video_id), *(entry["video"] for entry in watching.queue)}
    assert shown == {str(video.pk) for video in (clip, *others)}


def test_a_refusal_is_a_sentence(browser, ben, group, clip):
    group.rights = {Right.WATCH: "admin"}
    group.save()

    answer = browser(ben).post(f"/chat/{group.pk}/watch/", {"video": str(clip.pk)})

    assert [str(each) for each in get_messages(answer.wsgi_request)] == [
        "Your role in this group does not allow it."
    ]


def test_the_page_knows_what_is_on(browser, ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)

    page = browser(ben).get(f"/chat/{group.pk}/").context["talk"].for_script()

    assert page["watch"]["watch"]["video"] == str(clip.pk)
    assert page["watch"]["watch"]["people"] == [str(ana.pk)]
    assert (page["may_watch"], page["may_collect"]) == (True, True)


def test_one_chooses_among_what_is_saved_and_shared(browser, ana, ben, group, clip):
    hidden = with_files(make_video(ana, caption="not for Ben", audience="private"))
    shared = with_files(make_video(ana, caption="A shared one"))
    actions.collect_video(ana, group, video=clip.pk)
    for video in (shared, hidden, clip):
        say(ana, group, "", share=f"video:{video.pk}")

    page = browser(ben).get(f"/chat/{group.pk}/watch/choose/").content.decode()

    assert page.count('data-tool="watch-pick"') == 2
    assert page.index("Morning shift") < page.index("A shared one")
    assert "not for Ben" not in page


def test_from_the_share_sheet_with_one_person(browser, ana, ben, clip):
    path = f"/share/video/{clip.pk}/watch/"

    answer = browser(ana).post(path, {"people": ["ben"], "client_id": str(uuid4())})
    by_script = browser(ana).post(path, {"people": ["ben"]}, headers={"hx-request": "true"}).json()

    direct = actions.start_direct(ana, ben)
    assert answer.url == by_script["href"] == f"/chat/{direct.pk}/#watch"


def test_from_the_share_sheet_with_one_only(browser, ana, ben, group, clip):
    fields = {"people": ["ben"], "conversations": [str(group.pk)]}

    answer = browser(ana).post(
        f"/share/video/{clip.pk}/watch/", fields, headers={"hx-request": "true"}
    )

    assert answer.json()["problems"] == ["Choose one person or conversation to watch with."]
    assert not Watching.objects.exists()


# --- The collection -------------------------------------------------------------------------------


def test_the_collection_shows_who_saved_what(browser, ana, ben, group, clip):
    actions.collect_video(ana, group, video=clip.pk)

    page = browser(ben).get(f"/chat/{group.pk}/collection/").content.decode()

    assert "Morning shift at the meadow" in page
    assert "Ana" in page
    assert "saved__remove" not in page


def test_saved_and_taken_out_by_forms(browser, ana, group, clip):
    client = browser(ana)
    client.post(f"/chat/{group.pk}/collection/", {"video": str(clip.pk)})
    saved = CollectedVideo.objects.count()
    client.post(f"/chat/{group.pk}/collection/{clip.pk}/remove/")

    assert (saved, CollectedVideo.objects.count()) == (1, 0)


def test_a_page_costs_the_same_however_much_is_saved(
    browser, ana, ben, group, django_assert_max_num_queries
):
    for _ in range(5):
        saver = make_user()
        befriend(ana, saver)
        actions.add_member(ana, group, saver)
        actions.collect_video(saver, group, video=with_files(make_video(saver)).pk)
    client = browser(ben)

    with django_assert_max_num_queries(9):
        client.get(f"/chat/{group.pk}/collection/", headers={"hx-request": "true"})
    with django_assert_max_num_queries(8):
        client.get(f"/chat/{group.pk}/collection/play/?seed=7&page=1")
    with django_assert_max_num_queries(9):
        client.get(f"/chat/{group.pk}/watch/choose/")


def test_shuffling_keeps_its_order_and_leaves_out_what_is_hidden(browser, ana, ben, group):
    videos = [with_files(make_video(ana)) for _ in range(5)]
    for video in videos:
        actions.collect_video(ana, group, video=video.pk)
    videos[0].audience = "private"
    videos[0].save()

    def order(seed: int) -> list[str]:
        answer = browser(ben).get(f"/chat/{group.pk}/collection/play/?seed={seed}")
        return [card["id"] for card in answer.context["clips"]]

    assert order(7) == order(7)
    assert set(order(7)) == {str(video.pk) for video in videos[1:]}
    assert len({tuple(order(seed)) for seed in range(5)}) > 1


def test_saving_from_the_share_sheet(browser, ana, ben, group, clip):
    answer = browser(ana).post(
        f"/share/video/{clip.pk}/save/",
        {"conversations": [str(group.pk)], "people": ["ben"]},
        headers={"hx-request": "true"},
    )

    assert answer.json() == {"href": "", "words": "Saved in 2 collections.", "problems": []}
    assert CollectedVideo.objects.count() == 2
