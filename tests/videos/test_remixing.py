"""Duets, stitches and replies: who may, what stands on them, and what becomes of them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from accounts.errors import Refused
from tests.factories import befriend, block
from tests.rules import rule
from tests.videos.factories import make_video, with_files
from videos.actions import remixing
from videos.actions.borrowing import borrowed_refusal
from videos.actions.commenting import add_comment
from videos.actions.drafts import change_draft
from videos.actions.uploading import delete_video
from videos.models import Video
from videos.rights import may_duet, may_stitch


@pytest.fixture
def walk_of_ana(ana) -> Video:
    return with_files(make_video(ana))


def duet_of(author, parent, **fields) -> Video:
    return with_files(make_video(author, parent=parent, parent_kind="duet", **fields))


def sees(viewer, video) -> bool:
    return Video.objects.visible_to(viewer).filter(pk=video.pk).exists()


# --- Beginning ------------------------------------------------------------------------------------


def test_a_duet_begins_as_a_draft_beside_its_parent(ben, walk_of_ana):
    draft = remixing.begin_duet(ben, walk_of_ana)

    assert (draft.state, draft.parent, draft.parent_kind) == ("draft", walk_of_ana, "duet")
    assert draft.recipe["layout"] == {"kind": "duet", "video": str(walk_of_ana.pk)}
    assert not sees(walk_of_ana.author, draft)


def test_a_stitch_takes_up_to_five_seconds(ben, walk_of_ana):
    draft = remixing.begin_stitch(ben, walk_of_ana, in_ms=2000, out_ms=7000)

    assert draft.parent_kind == "stitch"
    assert draft.recipe["layout"] == {
        "kind": "stitch",
        "video": str(walk_of_ana.pk),
        "in_ms": 2000,
        "out_ms": 7000,
    }


@pytest.mark.parametrize("stretch", [(0, 5001), (5, 5), (-1, 3000), (29_000, 32_000), (9, 100)])
def test_a_stretch_outside_the_video_or_too_long_is_refused(ben, walk_of_ana, stretch):
    begin, end = stretch
    with pytest.raises(ValidationError) as refusal:
        remixing.begin_stitch(ben, walk_of_ana, in_ms=begin, out_ms=end)

    assert refusal.value.code == "stitch.range"


def test_a_comment_is_answered_with_a_video(ana, ben, zoe, walk_of_ana):
    comment = add_comment(zoe, walk_of_ana, body="where is this?")

    draft = remixing.begin_reply(ben, comment)

    assert (draft.parent, draft.parent_kind) == (walk_of_ana, "reply")
    assert draft.reply_to_comment == comment and draft.recipe == {}
    block(zoe, ben)
    with pytest.raises(Http404):
        remixing.begin_reply(ben, comment)


# --- Who may --------------------------------------------------------------------------------------


def test_r5_nobody_remixes_children_or_private_accounts_and_friends_remix_teens(
    ana, ben, zoe, teo, kid
):
    befriend(ana, teo)
    befriend(ana, kid)
    public = make_video(ben)
    teens, childs = make_video(teo), make_video(kid)
    for_friends = make_video(ben, audience="friends")

    assert may_duet(zoe, public) and may_stitch(zoe, public)
    assert may_duet(ana, teens) and not may_duet(zoe, teens)
    assert not may_duet(ana, childs) and not may_stitch(ana, childs)
    assert not may_duet(ana, for_friends) and may_duet(ben, for_friends)
    assert not may_duet(AnonymousUser(), teens)


@pytest.mark.parametrize("verb", ["duet", "stitch"])
def test_a_refusal_names_the_rule(verb, ana, kid, ben, walk_of_ana):
    befriend(ana, kid)
    begin = {
        "duet": remixing.begin_duet,
        "stitch": lambda *who: remixing.begin_stitch(*who, in_ms=0, out_ms=1000),
    }[verb]

    for parent, code in (
        (make_video(kid), "policy.R5"),
        (make_video(ben, audience="friends"), "remix.audience"),
        (duet_of(ben, walk_of_ana), "remix.chain"),
    ):
        with pytest.raises(Refused) as refusal:
            begin(ana, parent)
        assert refusal.value.code == code


def test_what_one_may_not_see_is_not_there(ana, zoe, walk_of_ana):
    block(ana, zoe)

    with pytest.raises(Http404):
        remixing.begin_duet(zoe, walk_of_ana)
    with pytest.raises(Http404):
        remixing.begin_duet(ana, make_video(ana, state="processing"))


def test_permission_is_asked_again_when_it_goes_out(ana, ben, walk_of_ana):
    draft = remixing.begin_duet(ben, walk_of_ana)
    assert borrowed_refusal(draft) == ""

    ana.is_private = True
    ana.save()
    assert borrowed_refusal(Video.objects.get(pk=draft.pk)) == "video.parent_gone"

    delete_video(ana, walk_of_ana)
    assert borrowed_refusal(Video.objects.get(pk=draft.pk)) == "video.parent_gone"


def test_without_the_others_picture_a_draft_stands_alone(ben, walk_of_ana):
    draft = remixing.begin_duet(ben, walk_of_ana)

    changed = change_draft(ben, draft, recipe={"segments": []})

    assert (changed.parent, changed.parent_kind) == (None, "")
    assert borrowed_refusal(changed) == ""


def test_a_draft_cannot_change_with_whom_it_is_made(ben, zoe, walk_of_ana):
    draft = remixing.begin_duet(ben, walk_of_ana)
    other = {"kind": "duet", "video": str(make_video(zoe).pk)}
    stitch = {"kind": "stitch", "video": str(walk_of_ana.pk), "in_ms": 0, "out_ms": 1000}

    for layout in (other, stitch):
        with pytest.raises(ValidationError) as refusal:
            change_draft(ben, draft, recipe={"segments": [], "layout": layout})
        assert refusal.value.error_dict["recipe.layout.video"][0].code == "draft.layout"


# --- Afterwards -----------------------------------------------------------------------------------


def test_who_sees_a_duet_sees_both(ana, ben, zoe, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)
    assert sees(zoe, duet) and sees(AnonymousUser(), duet)

    walk_of_ana.audience = Video.Audience.FRIENDS
    walk_of_ana.save()
    assert sees(ben, duet) and not sees(zoe, duet) and not sees(AnonymousUser(), duet)


def test_a_block_hides_the_duet_of_a_third_person(ana, ben, zoe, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)

    block(ana, zoe)

    assert not sees(zoe, duet) and sees(ben, duet)


def test_when_the_parent_goes_a_duet_is_its_makers_alone(ana, ben, zoe, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)

    delete_video(ana, walk_of_ana)

    assert sees(ben, duet) and not sees(ana, duet) and not sees(zoe, duet)
    assert not Video.objects.get(pk=duet.pk).is_public


def test_taking_ones_video_out_of_a_duet(ana, ben, zoe, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)
    with pytest.raises(PermissionDenied):
        remixing.take_out_of(zoe, duet)
    with pytest.raises(PermissionDenied):
        remixing.take_out_of(ben, duet)

    remixing.take_out_of(ana, duet)

    assert sees(ben, duet) and not sees(zoe, duet)
    assert sees(zoe, walk_of_ana)


def test_a_reply_goes_on_alone(ana, ben, zoe, walk_of_ana):
    comment = add_comment(zoe, walk_of_ana, body="where is this?")
    reply = make_video(ben, parent=walk_of_ana, parent_kind="reply", reply_to_comment=comment)

    delete_video(ana, walk_of_ana)

    assert sees(zoe, reply)
    shown = Video.objects.visible_to(zoe).get(pk=reply.pk)
    assert shown.made_with is not None
    assert (shown.made_with["video"], shown.made_with["comment"]) == (None, None)


def test_a_comment_across_a_block_is_quoted_to_nobody(ana, ben, zoe, mod, walk_of_ana):
    comment = add_comment(zoe, walk_of_ana, body="where is this?")
    reply = make_video(ben, parent=walk_of_ana, parent_kind="reply", reply_to_comment=comment)
    block(zoe, mod)

    told = {
        viewer.username: Video.objects.visible_to(viewer).get(pk=reply.pk).reply_to_comment
        for viewer in (ana, mod)
    }

    assert told == {"ana": comment, "mod": None}


def test_credits_cost_four_queries_however_many_videos(
    ana, ben, walk_of_ana, django_assert_num_queries
):
    for _number in range(5):
        duet_of(ben, walk_of_ana)

    with django_assert_num_queries(4):  # videos, renditions, parents, co-creators
        found = Video.objects.visible_to(ana).of(ben)
        names = {video.parent.author.name for video in found if video.parent}

    assert names == {"Ana"}


# --- Doors ----------------------------------------------------------------------------------------


def rest(video, verb: str) -> str:
    return f"/api/v1/videos/{video.pk}/{verb}/"


@pytest.mark.parametrize(
    ("verb", "words"),
    [("duet", {}), ("stitch", {"in_ms": 0, "out_ms": 2000})],
)
def test_rest_begins_a_duet_or_stitch(api, ben, walk_of_ana, verb, words):
    told = api(ben).post(rest(walk_of_ana, verb), words)

    assert told.status_code == 201
    assert told.json()["made_with"]["author"]["username"] == "ana"
    assert told.json()["recipe"]["layout"]["kind"] == verb
    assert told.json()["url"] == f"/drafts/{told.json()['id']}/"


@pytest.mark.parametrize(
    ("verb", "words"),
    [("duet", {}), ("stitch", {"from": "0", "length": "2"})],
)
def test_forms_begin_a_duet_or_stitch(browser, ben, walk_of_ana, verb, words):
    answer = browser(ben).post(f"/videos/{walk_of_ana.pk}/{verb}/", words)

    draft = Video.objects.get(author=ben)
    assert (answer.url, draft.parent_kind) == (f"/drafts/{draft.pk}/", verb)


@rule("R5", "page", "api")
def test_doors_refuse_alike(api, browser, client, ana, zoe, kid):
    befriend(ana, kid)
    childs, hidden = make_video(kid), make_video(ana, audience="friends")

    assert api(ana).post(rest(childs, "duet")).json()["code"] == "policy.R5"
    assert browser(ana).post(f"/videos/{childs.pk}/duet/").status_code == 403
    stretch = {"in_ms": 0, "out_ms": 9000}
    assert api(zoe).post(rest(make_video(ana), "stitch"), stretch).json()["code"] == "stitch.range"
    for verb in ("duet", "stitch"):
        assert api(zoe).post(rest(hidden, verb), {"in_ms": 0, "out_ms": 900}).status_code == 404
        assert browser(zoe).post(f"/videos/{hidden.pk}/{verb}/").status_code == 404
    for verb in ("rights", "remixes"):
        assert api(zoe).get(rest(hidden, verb)).status_code == 404
    assert api(zoe).delete(rest(hidden, "parent")).status_code == 404
    assert browser(zoe).get(f"/videos/{hidden.pk}/remixes/").status_code == 404
    assert browser(zoe).post(f"/videos/{hidden.pk}/take-out/").status_code == 404
    client.logout()
    assert client.post(f"/videos/{hidden.pk}/duet/").status_code == 302
    assert api().post(rest(hidden, "duet")).status_code == 401


def test_a_bad_stretch_in_a_form_is_answered_in_words(browser, ben, walk_of_ana):
    for words in ({"from": "x", "length": "1"}, {"from": "nan", "length": "1"}, {}):
        answer = browser(ben).post(f"/videos/{walk_of_ana.pk}/stitch/", words)
        assert answer.status_code == 422
        assert "up to 5 seconds" in answer.content.decode()


def test_a_comment_is_answered_through_both_doors(api, browser, ana, zoe, kid, walk_of_ana):
    comment = add_comment(zoe, walk_of_ana, body="where is this?")

    told = api(ana).post(f"/api/v1/comments/{comment.pk}/video-reply/")
    assert told.json()["made_with"]["comment"]["body"] == "where is this?"
    answer = browser(ana).post(f"/comments/{comment.pk}/video/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/drafts/")

    befriend(kid, ana)
    under_kid = add_comment(ana, make_video(kid), body="hi")
    assert api(zoe).post(f"/api/v1/comments/{under_kid.pk}/video-reply/").status_code == 404


def test_what_was_made_with_a_video(api, browser, ana, ben, zoe, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)
    duet_of(ben, walk_of_ana, audience="friends")
    make_video(zoe, parent=walk_of_ana, parent_kind="stitch")

    told = api(zoe).get(rest(walk_of_ana, "remixes") + "?kind=duet").json()["results"]

    assert [video["id"] for video in told] == [str(duet.pk)]
    assert told[0]["made_with"]["video"] == str(walk_of_ana.pk)
    page = browser(zoe).get(f"/videos/{walk_of_ana.pk}/remixes/").content.decode()
    assert page.count('class="grid__one"') == 2
    assert api(zoe).get(rest(walk_of_ana, "rights")).json() == {
        "may_comment": True,
        "may_duet": True,
        "may_stitch": True,
        "may_download": True,
    }


def test_the_page_of_a_duet_credits_its_parent(browser, ben, zoe, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)

    shown = browser(zoe).get(f"/videos/{duet.pk}/").content.decode()

    assert "Duet with @ana" in shown and walk_of_ana.get_absolute_url() in shown


def test_its_author_is_told_why_nobody_sees_a_duet(api, browser, ana, ben, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)
    assert api(ana).delete(rest(duet, "parent")).status_code == 204

    shown = browser(ben).get(f"/videos/{duet.pk}/").content.decode()

    assert "only you see it" in shown


def test_ones_video_is_taken_out_by_a_button(browser, ana, ben, zoe, walk_of_ana):
    duet = duet_of(ben, walk_of_ana)
    door = f"/videos/{duet.pk}/take-out/"
    assert door in browser(ana).get(f"/videos/{duet.pk}/").content.decode()
    assert door not in browser(zoe).get(f"/videos/{duet.pk}/").content.decode()
    assert browser(zoe).post(door).status_code == 403

    taken = browser(ana).post(door, follow=True)

    assert "no longer part of it" in taken.content.decode()
    assert not sees(zoe, duet)
