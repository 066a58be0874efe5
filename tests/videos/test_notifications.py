"""What people are told about videos: the sentence, its section and its place for each verb, nothing
once it was taken back, and nobody who may not see it."""

import pytest
from django.urls import reverse

from accounts import actions as people
from accounts.models import Notification, OutboxJob, User
from accounts.notifications.shown import Shown, shown
from tests.accounts.told import lines_of, run_jobs, told
from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video
from tests.videos.sounds import make_original
from videos import actions
from videos.actions import crediting, remixing
from videos.actions.borrowing import note_published
from videos.actions.publishing import fail
from videos.models import Comment, Video
from videos.notifications import KINDS


@pytest.fixture
def walk(ana) -> Video:
    return make_video(ana, caption="a walk", cover_small="videos/walk/cover.jpg")


def say(author: User, video: Video, body: str = "what a morning", parent=None) -> Comment:
    return actions.add_comment(author, video, body=body, parent=parent)


def publish(author: User, **fields) -> Video:
    """A video that has just gone out."""
    video = make_video(author, **fields)
    note_published(video)
    return video


def only_line(user: User) -> Shown:
    """The one line that somebody reads."""
    (one,) = shown(user, lines_of(user))
    return one


def place_of(comment: Comment) -> str:
    thread = reverse("videos:answers", args=[comment.parent_id or comment.pk])
    return f"{thread}?comment={comment.pk}#comment-{comment.pk}"


# --- Each verb, and its undoing -------------------------------------------------------------------


def liked(ana, ben, walk):
    actions.like(ben, walk)
    yield ana, "Ben likes your video", "likes", walk.get_absolute_url(), "a walk"
    actions.unlike(ben, walk)


def reposted(ana, ben, walk):
    actions.repost(ben, walk)
    yield ana, "Ben reposted your video", "videos", walk.get_absolute_url(), "a walk"
    actions.unrepost(ben, walk)


def commented(ana, ben, walk):
    said = say(ben, walk)
    yield ana, "Ben commented on your video", "comments", place_of(said), "what a morning"
    actions.delete_comment(ana, said)


def replied(ana, ben, walk):
    answer = say(ana, walk, "indeed", say(ben, walk))
    yield ben, "Ana replied to your comment", "comments", place_of(answer), "indeed"
    actions.delete_comment(ana, answer)


def comment_liked(ana, ben, walk):
    said = say(ben, walk)
    actions.like_comment(ana, said)
    yield ben, "Ana likes your comment", "likes", place_of(said), "what a morning"
    actions.unlike_comment(ana, said)


def comment_hearted(ana, ben, walk):
    said = say(ben, walk)
    actions.heart_comment(ana, said)
    sentence = "Ana gave your comment the creator's heart"
    yield ben, sentence, "likes", place_of(said), "what a morning"
    actions.heart_comment(ana, said, given=False)


def comment_hearted_and_gone(ana, ben, walk):
    said = say(ben, walk)
    actions.heart_comment(ana, said)
    sentence = "Ana gave your comment the creator's heart"
    yield ben, sentence, "likes", place_of(said), "what a morning"
    actions.delete_comment(ana, said)


def named_in_comment(ana, ben, walk):
    said = say(ana, walk, "where is @Ben?")
    yield ben, "Ana mentioned you in a comment", "mentions", place_of(said), "where is @Ben?"
    actions.delete_comment(ana, said)


def named_in_caption(ana, ben, walk):
    actions.edit_video(ana, walk, caption="with @ben")
    yield ben, "Ana mentioned you in a video", "mentions", walk.get_absolute_url(), "with @ben"
    actions.edit_video(ana, walk, caption="alone")


def duet_made(ana, ben, walk):
    duet = publish(ben, parent=walk, parent_kind="duet", caption="two")
    yield ana, "Ben made a duet with your video", "videos", duet.get_absolute_url(), "two"
    remixing.take_out_of(ana, duet)


def stitch_made(ana, ben, walk):
    stitch = publish(ben, parent=walk, parent_kind="stitch", caption="two")
    yield ana, "Ben stitched your video", "videos", stitch.get_absolute_url(), "two"
    actions.delete_video(ben, stitch)


def answered_with_a_video(ana, ben, walk):
    said = say(ben, walk)
    reply = publish(
        ana, parent=walk, parent_kind="reply", reply_to_comment=said, caption="see here"
    )
    sentence = "Ana answered your comment with a video"
    yield ben, sentence, "comments", reply.get_absolute_url(), "see here"
    actions.delete_video(ana, reply)


def sound_used(ana, ben, walk):
    use = publish(ben, sound=make_original(walk), caption="a song")
    yield ana, "Ben used your sound", "videos", use.get_absolute_url(), "a song"
    actions.delete_video(ben, use)


def asked_for_credit(ana, ben, walk):
    crediting.invite_co_creator(ana, walk, ben)
    yield ben, "Ana asks to name you as co-creator", "videos", reverse("videos:credits"), "a walk"
    crediting.end_credit(ben, walk)


def credited(ana, ben, walk):
    crediting.invite_co_creator(ana, walk, ben)
    crediting.accept_credit(ben, walk)
    sentence = "Ben is now named as co-creator of your video"
    yield ana, sentence, "videos", walk.get_absolute_url(), "a walk"
    crediting.end_credit(ben, walk)


def gone_out(ana, ben, walk):
    note_published(walk)
    yield ana, "Your video is out", "videos", walk.get_absolute_url(), "a walk"
    actions.delete_video(ana, walk)


def failed(ana, ben, walk):
    fail(walk, "video.encode_failed")
    sentence = "Your video could not be prepared"
    yield ana, sentence, "videos", walk.get_absolute_url(), walk.failure
    actions.retry_video(ana, walk)


VERBS = [
    liked,
    reposted,
    commented,
    replied,
    comment_liked,
    comment_hearted,
    comment_hearted_and_gone,
    named_in_comment,
    named_in_caption,
    duet_made,
    stitch_made,
    answered_with_a_video,
    sound_used,
    asked_for_credit,
    credited,
    gone_out,
    failed,
]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_who_is_concerned_is_told_where_it_happened(ana, ben, walk, verb):
    receiver, *expected = next(verb(ana, ben, walk))
    Notification.objects.all().delete()  # of what led there

    run_jobs()

    one = next(one for one in shown(receiver, lines_of(receiver)) if one.text == expected[0])
    assert [one.text, one.kind.section.value, one.href, one.target.words] == expected


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_what_is_taken_back_is_told_no_more(ana, ben, walk, verb):
    steps = verb(ana, ben, walk)
    receiver, sentence, *_place = next(steps)
    run_jobs()
    before = told(receiver)

    assert list(steps) == []
    run_jobs()

    assert sentence in before
    assert sentence not in told(receiver)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_what_is_taken_back_at_once_is_never_told(ana, ben, walk, verb):
    (receiver, sentence, *_place), *_end = verb(ana, ben, walk)

    run_jobs()

    assert sentence not in told(receiver)


def test_every_kind_stands_in_the_table(ana, ben, walk):
    for verb in VERBS:
        list(verb(ana, ben, make_video(ana, caption="a walk")))
    told_kinds = OutboxJob.objects.filter(task="accounts.note").values_list("arguments", flat=True)

    # Decisions tell of what is taken down now; posts of those one follows have test_post_fanout.py,
    # sounds that are taken down test_moderated.py.
    told_apart = {"videos.taken_down", "videos.post", "videos.silenced"}
    assert {each["kind"] for each in told_kinds} == {kind.name for kind in KINDS} - told_apart


# --- Together -------------------------------------------------------------------------------------


@pytest.fixture
def three(ana) -> list[User]:
    fans = [make_user(name) for name in ("mei", "noa", "oli")]
    for fan in fans:
        befriend(ana, fan)
    return fans


def test_likes_of_one_video_are_one_line(ana, three, walk):
    other = make_video(ana, caption="another")
    for fan in three:
        actions.like(fan, walk)
    actions.like(three[0], other)
    run_jobs()

    assert told(ana) == ["Mei likes your video", "Oli and 2 others like your video"]


def test_comments_lead_to_the_newest_and_count_people_once(ana, three, walk):
    for fan in three[:2]:
        say(fan, walk, f"one of {fan}")
    newest = say(three[1], walk, "two of Noa")
    run_jobs()

    one = only_line(ana)
    assert (one.text, one.href) == (
        "Noa and 1 other commented on your video",
        place_of(newest),
    )

    actions.delete_comment(ana, newest)
    run_jobs()

    assert only_line(ana).target.words == "one of Noa"


def test_several_duets_lead_to_their_list(ana, three, walk):
    for fan in three[:2]:
        publish(fan, parent=walk, parent_kind="duet")
    run_jobs()

    one = next(one for one in shown(ana, lines_of(ana)) if one.kind.name == "videos.duet")
    assert one.text == "Noa and 1 other made duets with your video"
    assert (one.href, one.target.words) == (reverse("videos:remixes", args=[walk.pk]), "a walk")


def test_a_sound_used_by_several_leads_to_the_sound(ana, three, walk):
    sound = make_original(walk)
    for fan in three:
        publish(fan, sound=sound)
    run_jobs()

    one = next(one for one in shown(ana, lines_of(ana)) if one.kind.name == "videos.sound_used")
    assert one.text == "Oli and 2 others used your sound"
    assert one.href == sound.get_absolute_url()


def test_each_mention_is_a_line_of_its_own(ana, ben, walk):
    for number in range(2):
        say(ana, walk, f"@ben, {number}")
    run_jobs()

    assert told(ben) == ["Ana mentioned you in a comment"] * 2


# --- Once each, by what is nearest ----------------------------------------------------------------


def test_one_comment_is_one_line_for_each(ana, ben, zoe, walk):
    thread = say(zoe, walk, "who was there?")
    run_jobs()
    Notification.objects.all().delete()

    say(ben, walk, "@ana and @zoe and @ben", thread)
    run_jobs()

    assert told(zoe) == ["Ben replied to your comment"]
    assert told(ana) == ["Ben mentioned you in a comment"]
    assert told(ben) == []


def test_nobody_is_told_of_what_they_do_themselves(ana, walk):
    actions.like(ana, walk)
    said = say(ana, walk, "@ana")
    say(ana, walk, "indeed", said)
    actions.like_comment(ana, said)

    assert not OutboxJob.objects.filter(task="accounts.note").exists()


# --- Who may not ----------------------------------------------------------------------------------


def test_a_held_comment_tells_nobody_until_it_is_let_through(ana, ben, zoe, walk):
    actions.change_comment_filter(ana, holds_all=True)
    said = say(zoe, walk, "@ben, look")
    run_jobs()
    assert (told(ana), told(ben)) == ([], [])

    actions.let_through(ana, said)
    run_jobs()

    assert told(ana) == ["Zoe commented on your video"]
    assert told(ben) == ["Zoe mentioned you in a comment"]


def test_a_held_comment_that_is_refused_was_never_told(ana, ben, zoe, walk):
    actions.change_comment_filter(ana, holds_all=True)
    actions.delete_comment(ana, say(zoe, walk, "@ben, look"))
    run_jobs()

    assert (told(ana), told(ben)) == ([], [])


def test_who_may_not_watch_is_not_told(ana, ben, zoe):
    friends_only = make_video(ana, audience="friends")
    say(ben, friends_only, "@zoe would like this")
    publish(ana, audience="friends", caption="with @zoe and @ben")
    run_jobs()

    assert told(zoe) == []
    assert told(ben) == ["Ana mentioned you in a video"]


def test_what_may_not_be_watched_any_more_is_not_shown(ana, ben, zoe, walk):
    said = say(zoe, walk)
    actions.like_comment(ben, said)
    say(ben, walk, "@zoe", said)
    run_jobs()
    before = len(told(zoe))

    actions.edit_video(ana, walk, audience="friends")

    assert (before, told(zoe)) == (2, [])


def test_a_block_that_comes_first_keeps_all_of_it_out(ana, ben, zoe, walk):
    said = say(ben, walk)
    Notification.objects.all().delete()
    OutboxJob.objects.all().delete()
    say(zoe, walk, "@ben", said)
    actions.like_comment(zoe, said)
    block(ben, zoe)
    run_jobs()

    assert told(ben) == []
    assert told(ana) == ["Zoe commented on your video"]


def test_a_block_takes_them_out_of_each_others_lines(ana, ben, zoe, walk):
    actions.like(ben, walk)
    actions.like(zoe, walk)
    run_jobs()

    people.block(ana, zoe)
    run_jobs()

    assert told(ana) == ["Ben likes your video"]


def test_those_of_thirteen_to_fifteen_are_told_of_videos_as_others_are(ben, kid):
    befriend(ben, kid)
    video = make_video(kid)
    actions.like(ben, video)
    run_jobs()

    assert told(kid) == ["Ben likes your video"]


def test_a_sensitive_video_has_no_picture_for_others(ana, ben, walk):
    Video.objects.filter(pk=walk.pk).update(sensitivity="author")
    said = say(ana, walk, "@ben")
    say(ben, walk, "indeed", said)
    run_jobs()

    assert only_line(ben).target.picture == ""
    assert only_line(ana).target.picture == walk.cover_small_url


def test_a_removed_video_takes_what_was_told_of_it_along(ana, ben, zoe, walk):
    said = say(zoe, walk, "@ben")
    actions.like_comment(ben, said)
    actions.like(ben, walk)
    crediting.invite_co_creator(ana, walk, ben)
    run_jobs()
    before = [bool(told(person)) for person in (ana, ben, zoe)]

    actions.delete_video(ana, walk)
    run_jobs()

    assert before == [True, True, True]
    assert [told(person) for person in (ana, ben, zoe)] == [[], [], []]
    assert not Notification.objects.standing().exists()


def test_a_thread_that_goes_takes_its_answers_along(ana, ben, zoe, walk):
    thread = say(zoe, walk)
    say(ben, walk, "indeed", thread)
    run_jobs()

    actions.delete_comment(zoe, thread)
    run_jobs()

    assert (told(ana), told(zoe)) == ([], [])
    assert not Notification.objects.standing().exists()


# --- Costs ----------------------------------------------------------------------------------------


def writes(captured) -> list[str]:
    return [each["sql"] for each in captured if "accounts_outboxjob" in each["sql"]]


@pytest.mark.parametrize(
    "verb",
    [
        lambda ben, walk: actions.like(ben, walk),
        lambda ben, walk: say(ben, walk, "@ana @zoe, look"),
        lambda ben, walk: publish(ben, parent=walk, parent_kind="duet", caption="@ana @zoe"),
    ],
    ids=["like", "comment", "duet"],
)
def test_telling_is_one_query_that_writes(
    ben, zoe, walk, verb, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(60) as captured:
        verb(ben, walk)

    own = [sql for sql in writes(captured) if "videos.lift_sound" not in sql]
    assert len(own) == 1


@pytest.mark.parametrize("lines", [1, 8])
def test_lines_of_one_kind_are_read_by_one_query(ana, ben, lines, django_assert_num_queries):
    for number in range(lines):
        say(ben, make_video(ana), f"comment {number}")
    run_jobs()
    found = lines_of(ana)
    assert len(found) == lines

    with django_assert_num_queries(2):  # people, comments
        assert len(shown(ana, found)) == lines


def test_a_line_about_a_comment_opens_the_page_on_which_it_stands(browser, ana, ben, walk):
    follow(ana, ben)
    thread = say(ben, walk)
    answers = [say(ben, walk, f"answer {number}.", thread) for number in range(35)]
    run_jobs()

    href = only_line(ana).href
    page = browser(ana).get(href.partition("#")[0]).content.decode()

    assert href == place_of(answers[-1])
    assert "answer 34." in page and "answer 0." not in page
