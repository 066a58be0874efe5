"""Comments: counted, liked, pinned, given the author's heart, held back and let through."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.errors import Refused
from accounts.filtering import spam
from accounts.models import Case, Decision, OutboxJob, User
from accounts.moderation import deciding
from tests.accounts.staff import make_staff
from tests.factories import block
from tests.videos.factories import make_video
from videos import actions
from videos.models import Comment


@pytest.fixture
def video(ana):
    return make_video(ana)


def say(author, video, body="what a morning", parent=None) -> Comment:
    return actions.add_comment(author, video, body=body, parent=parent)


def listed(client, video, **query) -> list[str]:
    answer = client.get(f"/api/v1/videos/{video.pk}/comments/", query)
    assert answer.status_code == 200
    return [each["body"] for each in answer.json()["results"]]


def fresh(comment: Comment) -> Comment:
    comment.refresh_from_db()
    return comment


def counted(video) -> int:
    video.refresh_from_db()
    return video.comment_count


# --- Hearts ---------------------------------------------------------------------------------------


def test_a_heart_counts_once_and_goes_once(ben, zoe, video):
    comment = say(ben, video)

    for _again in range(2):
        actions.like_comment(zoe, comment)
    assert fresh(comment).like_count == 1

    for _again in range(2):
        actions.unlike_comment(zoe, comment)
    assert fresh(comment).like_count == 0


def test_most_liked_comes_first_after_the_pinned_and_the_loved(ana, ben, zoe, video):
    plain, liked, loved, pinned = (say(ben, video, word) for word in ("a", "b", "c", "d"))
    actions.like_comment(zoe, liked)
    actions.heart_comment(ana, loved)
    actions.pin_comment(ana, pinned)

    assert list(Comment.objects.top_first()) == [pinned, loved, liked, plain]
    assert list(Comment.objects.newest_first()) == [pinned, loved, liked, plain]


def test_rest_sorts_by_hearts(api, ben, zoe, video):
    first, _second = say(ben, video, "first"), say(ben, video, "second")
    actions.like_comment(zoe, first)

    assert listed(api(), video) == ["second", "first"]
    assert listed(api(), video, sort="top") == ["first", "second"]


# --- Answers --------------------------------------------------------------------------------------


def test_a_thread_knows_how_many_answers_it_has(ben, zoe, video):
    thread = say(ben, video)
    answer = say(zoe, video, "indeed", parent=thread)
    say(ben, video, "yes", parent=answer)

    assert (fresh(thread).answer_count, counted(video)) == (2, 3)

    actions.delete_comment(zoe, answer)
    assert (fresh(thread).answer_count, counted(video)) == (1, 2)

    actions.delete_comment(ben, thread)
    assert counted(video) == 0


def test_answers_come_oldest_first_by_rest(api, ben, zoe, video):
    thread = say(ben, video)
    for word in ("one", "two"):
        say(zoe, video, word, parent=thread)

    answer = api(ben).get(f"/api/v1/comments/{thread.pk}/answers/").json()

    assert [each["body"] for each in answer["results"]] == ["one", "two"]
    assert listed(api(ben), video, only="threads") == [thread.body]


# --- The pinned one -------------------------------------------------------------------------------


def test_one_comment_is_pinned_at_a_time(ana, ben, video):
    first, second = say(ben, video, "first"), say(ben, video, "second")

    actions.pin_comment(ana, first)
    actions.pin_comment(ana, second)

    assert (fresh(first).pinned_at, bool(fresh(second).pinned_at)) == (None, True)


def test_an_answer_is_not_pinned(ana, ben, video):
    answer = say(ben, video, parent=say(ben, video))

    with pytest.raises(ValidationError) as error:
        actions.pin_comment(ana, answer)
    assert error.value.code == "comment.pin_answer"


@pytest.mark.parametrize("verb", [actions.pin_comment, actions.heart_comment, actions.let_through])
def test_only_the_videos_author_runs_its_comments(ben, zoe, video, verb):
    comment = say(zoe, video)

    for person in (ben, zoe):
        with pytest.raises(PermissionDenied):
            verb(person, comment)


# --- What the author reads first ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "body", "is_held"),
    [
        ({"words": ["Spoiler*"]}, "no SPOILERS please", True),
        ({"words": ["spoil"]}, "no spoilers please", False),
        ({"words": ["the end"]}, "I know THE  END, she wins", True),
        ({"words": ["spoiler"]}, "what a morning", False),
        ({"holds_links": True}, "see https://elsewhere.example/x", True),
        ({"holds_links": True}, "see http://localhost:8000/videos/", False),
        ({"holds_all": True}, "anything", True),
    ],
)
def test_a_filter_holds_what_its_owner_wants_to_read_first(ana, ben, video, kept, body, is_held):
    actions.change_comment_filter(ana, **kept)

    comment = say(ben, video, body)

    assert (comment.held_at is not None) == is_held
    assert counted(video) == int(not is_held)


def test_the_author_is_never_held(ana, video):
    actions.change_comment_filter(ana, holds_all=True)

    assert say(ana, video).held_at is None


def test_a_held_comment_is_seen_by_its_author_and_the_videos_alone(api, ana, ben, zoe, video):
    actions.change_comment_filter(ana, holds_all=True)
    comment = say(ben, video)

    assert listed(api(ben), video) == [comment.body]
    assert listed(api(zoe), video) == listed(api(), video) == []
    assert listed(api(ana), video) == []
    assert listed(api(ana), video, only="held") == [comment.body]
    assert listed(api(zoe), video, only="held") == []


def test_letting_through_shows_and_counts_it_once(api, ana, ben, zoe, video):
    thread = say(zoe, video)
    actions.change_comment_filter(ana, holds_all=True)
    comment = say(ben, video, parent=thread)

    for _again in range(2):
        actions.let_through(ana, comment)

    assert (counted(video), fresh(thread).answer_count) == (2, 1)
    assert len(listed(api(zoe), video)) == 2


def test_deleting_a_held_comment_counts_nothing_off(ana, ben, zoe, video):
    say(zoe, video)
    actions.change_comment_filter(ana, holds_all=True)

    actions.delete_comment(ana, say(ben, video))

    assert counted(video) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([f"word{n}" for n in range(201)], "filter.too_many"),
        (["x" * 61], "filter.word_too_long"),
    ],
)
def test_a_filter_has_limits(api, ana, words, code):
    answer = api(ana).patch("/api/v1/me/comment-filter/", {"words": words})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == code


def test_a_filter_is_kept_tidy(api, ana):
    answer = api(ana).patch("/api/v1/me/comment-filter/", {"words": [" Cat ", "cat", ""]})

    assert answer.json() == {"words": ["cat"], "holds_links": False, "holds_all": False}
    assert api(ana).get("/api/v1/me/comment-filter/").json() == answer.json()


def test_of_two_tabs_neither_loses_the_others_words(client, ana):
    page = reverse("videos:comment_filter")
    actions.change_comment_filter(ana, words=["cat", "dog"])
    client.force_login(ana)
    seen = client.get(page).context["form"]["seen"].value()
    actions.change_comment_filter(ana, words=["cat", "fish"])  # in the other tab

    late = client.post(page, {"words": "cat\r\ndog\r\nbird", "seen": seen})

    form = late.context["form"]
    assert late.status_code == 422
    assert "The words were changed meanwhile, in another tab." in late.content.decode()
    assert form["words"].value().split() == ["cat", "bird", "fish"]
    again = {"words": form["words"].value(), "seen": form["seen"].value()}
    assert client.post(page, again).status_code == 302
    assert actions.comment_filter_of(ana).words == ["cat", "bird", "fish"]


def test_an_app_that_saw_older_words_is_told(api, ana):
    page = "/api/v1/me/comment-filter/"
    seen = api(ana).get(page)["ETag"]
    actions.change_comment_filter(ana, words=["cat"])

    late = api(ana).patch(page, {"words": ["dog"]}, headers={"If-Match": seen})

    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert actions.comment_filter_of(ana).words == ["cat"]


# --- The same through every door ------------------------------------------------------------------


@pytest.mark.parametrize("door", ["rest", "page"])
@pytest.mark.parametrize(
    ("do", "undo", "field", "who"),
    [
        ("like", "unlike", "is_liked", "zoe"),
        ("pin", "unpin", "is_pinned", "ana"),
        ("heart", "unheart", "is_hearted", "ana"),
    ],
)
def test_done_and_undone_through_both_doors(
    api, browser, ana, ben, zoe, video, do, undo, field, who, door
):
    comment, actor = say(ben, video), {"ana": ana, "zoe": zoe}[who]
    path = f"/api/v1/comments/{comment.pk}/{do}/"

    def stands() -> bool:
        found = api(actor).get(f"/api/v1/videos/{video.pk}/comments/").json()
        return found["results"][0][field]

    def act(verb: str) -> int:
        if door == "page":
            return browser(actor).post(f"/comments/{comment.pk}/{verb}/").status_code
        method = api(actor).post if verb == do else api(actor).delete
        return method(path).status_code

    assert act(do) in {200, 302}
    assert stands() is True
    assert act(undo) in {200, 302}
    assert stands() is False


@pytest.mark.parametrize("verb", ["like", "pin", "heart", "let-through"])
def test_who_is_blocked_finds_no_comment(api, browser, ana, zoe, ben, video, verb):
    comment = say(ben, video)
    block(ana, zoe)

    assert browser(zoe).post(f"/comments/{comment.pk}/{verb}/").status_code == 404
    rest = {"let-through": "approval"}.get(verb, verb)
    assert api(zoe).post(f"/api/v1/comments/{comment.pk}/{rest}/").status_code == 404


@pytest.mark.parametrize("path", ["like", "pin", "heart", "approval"])
def test_signed_out_people_only_read(api, ben, video, path):
    comment = say(ben, video)

    assert api().post(f"/api/v1/comments/{comment.pk}/{path}/").status_code == 401
    assert api().get(f"/api/v1/comments/{comment.pk}/answers/").status_code == 200


# --- The drawer -----------------------------------------------------------------------------------


def test_the_drawer_shows_what_is_to_be_read_to_the_author_alone(browser, ana, ben, video):
    actions.change_comment_filter(ana, holds_all=True)
    say(ben, video, "hold me")

    shown = browser(ana).get(f"/videos/{video.pk}/comments/?sort=held").content.decode()
    assert "hold me" in shown
    assert "Let through" in shown
    assert browser(ben).get(f"/videos/{video.pk}/comments/?sort=held").status_code == 404


def test_the_drawer_comes_a_page_at_a_time(browser, ben, video):
    for number in range(31):
        say(ben, video, f"comment {number}.")
    viewer = browser(ben)

    first = viewer.get(f"/videos/{video.pk}/comments/?sort=newest").content.decode()
    second = viewer.get(f"/videos/{video.pk}/comments/?sort=newest&page=2").content.decode()

    assert "comment 1." in first
    assert "comment 0." not in first
    assert "comment 0." in second
    assert "comments__form" not in second


@pytest.mark.parametrize("comments", [1, 20])
def test_the_drawer_costs_the_same_however_much_is_said(
    browser, ana, ben, video, comments, django_assert_num_queries
):
    for number in range(comments):
        say(ben, video, f"comment {number}.")
    viewer = browser(ana)
    viewer.get("/")

    with django_assert_num_queries(6):
        viewer.get(f"/videos/{video.pk}/comments/")


def test_answers_have_a_page_of_their_own_without_scripts(browser, ben, zoe, video):
    thread = say(ben, video)
    say(zoe, video, "indeed", parent=thread)

    page = browser(ben).get(f"/comments/{thread.pk}/answers/").content.decode()

    assert "<html" in page
    assert "indeed" in page


def test_the_filter_is_changed_on_its_page_and_keeps_what_was_typed(browser, ana):
    viewer = browser(ana)

    saved = viewer.post("/settings/comments/", {"words": "Cat\ndog", "holds_links": "on"})
    assert saved.status_code == 302
    assert actions.comment_filter_of(ana).words == ["cat", "dog"]

    refused = viewer.post("/settings/comments/", {"words": "x" * 61})
    assert refused.status_code == 422
    assert "x" * 61 in refused.content.decode()
    assert actions.comment_filter_of(ana).holds_links is True


# --- What looks like spam -------------------------------------------------------------------------


@pytest.fixture
def spammy(monkeypatch):
    cache.clear()
    monkeypatch.setattr(spam, "score", lambda facts: spam.REVIEWS)


def decided(comment: Comment, *acts: str) -> Decision:
    """What a moderator makes of its case."""
    case = Case.objects.of("comment", comment.pk).get()
    said: Any = {"reason": "spam", "rule": "spam", "words": "We read it."}
    moderator = User.objects.filter(username="mia").first() or make_staff("mia", "moderator")
    return deciding.decide(moderator, case, acts=[(act, {}) for act in acts], **said)


def test_what_looks_like_spam_waits_for_a_moderator_and_only_its_author_sees_it(
    spammy, api, browser, ana, ben, zoe, video
):
    written = api(ben).post(f"/api/v1/videos/{video.pk}/comments/", {"body": "buy"}, format="json")

    assert (written.json()["is_held"], written.json()["is_in_review"]) == (True, True)
    assert counted(video) == 0
    assert listed(api(ben), video) == ["buy"]
    assert listed(api(ana), video) == listed(api(ana), video, only="held") == []
    assert listed(api(zoe), video) == []
    assert "Waiting for review" in browser(ben).get(f"/videos/{video.pk}/comments/").text
    comment = Comment.objects.get()
    actions.let_through(ana, comment)  # not hers to decide
    assert fresh(comment).is_in_review
    case = Case.objects.get()
    assert (case.origin, case.reason, case.owner) == ("spam", "spam", ben)


def test_what_a_moderator_lets_out_arrives_as_any_comment(spammy, api, ana, ben, zoe, video):
    comment = say(ben, video, "honest praise")

    decided(comment, "none")

    assert (counted(video), listed(api(zoe), video)) == (1, ["honest praise"])
    noted = OutboxJob.objects.filter(task="accounts.note")
    assert [job.arguments["kind"] for job in noted] == ["videos.comment"]


def test_what_a_moderator_refuses_stays_away_until_an_appeal_is_right(spammy, api, ben, zoe, video):
    comment = say(ben, video, "buy")

    refused = decided(comment, "remove")
    assert (counted(video), listed(api(zoe), video), listed(api(ben), video)) == (0, [], [])

    assert refused.moderator
    deciding.undo(refused.moderator, refused, "It was praise.")
    assert (counted(video), listed(api(zoe), video)) == (1, ["buy"])


def test_a_warning_alone_lets_it_out_but_the_videos_author_may_still_hold_it(
    spammy, api, ana, ben, zoe, video
):
    actions.change_comment_filter(ana, holds_all=True)
    comment = say(ben, video, "hm")

    decided(comment, "warn")

    assert listed(api(zoe), video) == []
    assert listed(api(ana), video, only="held") == ["hm"]


def test_only_a_few_wait_in_an_hour(spammy, ben, video):
    for _number in range(spam.WAITING_AN_HOUR):
        say(ben, video)

    with pytest.raises(Refused) as refusal:
        say(ben, video)

    assert refusal.value.code == "rate.slow_down"
    assert Case.objects.count() == spam.WAITING_AN_HOUR
    assert OutboxJob.objects.filter(task="accounts.flag_spam").count() == 1
