"""The HTML door of videos: who sees which page, what forms change, how files are served."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from tests.factories import befriend, block, make_user
from tests.rules import rule
from tests.videos.factories import CONTENT, make_video, upload_of, with_files
from videos import actions
from videos.actions.progress import tell_progress
from videos.models import Comment, Video
from videos.search import indexing
from videos.templatetags.videos import caption, short

HTMX = {"HX-Request": "true"}


def page(client, url: str, status: int = 200, **options) -> str:
    response = client.get(url, **options)
    assert response.status_code == status
    return response.content.decode()


def url(name: str, video: Video) -> str:
    return reverse(f"videos:{name}", args=[video.pk])


# --- The feed -------------------------------------------------------------------------------------


def test_the_feed_opens_signed_out_and_in(client, browser, ana, zoe):
    with_files(make_video(zoe, caption="a meadow #slow"))

    signed_out, signed_in = page(client, "/"), page(browser(ana), "/")

    assert "New on Medley" in signed_out
    assert "New: you are among the first to see it" in signed_in
    for shown in (signed_out, signed_in):
        assert "a meadow" in shown
        assert 'href="/tags/slow/"' in shown


def test_the_next_page_is_a_fragment(client, zoe):
    for number in range(12):
        with_files(make_video(zoe, caption=f"clip {number}.", hours=number))
    first = client.get("/")

    more = page(client, "/", data={"cursor": first.context["page"].next})

    assert "<html" not in more
    shown_first = [number for number in range(12) if f"clip {number}." in first.content.decode()]
    assert len(shown_first) == 10
    shown_next = [number for number in range(12) if f"clip {number}." in more]
    assert sorted(shown_first + shown_next) == list(range(12))


@pytest.mark.parametrize("videos", [1, 6])
def test_the_feed_costs_at_most_sixteen_queries(
    browser, ana, ben, zoe, videos, django_assert_max_num_queries
):
    for number in range(videos):
        with_files(make_video([ben, zoe][number % 2], caption="#one @ana"))
    viewer = browser(ana)
    page(viewer, "/")  # the first slate of all is filled while she waits

    with django_assert_max_num_queries(16):  # four of them ask for more, for little is left
        page(viewer, "/")


def test_a_made_up_cursor_or_tab_is_no_crash(client, db):
    assert client.get("/?cursor=x").status_code == 302
    assert client.get("/?tab=enemies").status_code == 404


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("for-you", "Nothing here yet"),
        ("following", "You follow nobody yet"),
        ("friends", "No friends' videos yet"),
    ],
)
def test_an_empty_feed_invites(browser, zoe, tab, words):
    assert words in page(browser(zoe), f"/?tab={tab}")


# --- One video ------------------------------------------------------------------------------------


def test_a_public_video_tells_other_sites_about_itself(client, ana):
    video = with_files(make_video(ana, caption="Morning <b>shift</b>\nmore"))

    shown = page(client, video.get_absolute_url())

    assert '<meta property="og:title" content="Morning &lt;b&gt;shift&lt;/b&gt;">' in shown
    assert f'<meta property="og:image" content="http://testserver{video.cover_url}">' in shown
    assert f'<meta property="og:video" content="http://testserver{video.large_url}">' in shown
    assert "<b>shift" not in shown


def test_a_video_for_some_asks_not_to_be_found(browser, ana, ben):
    video = with_files(make_video(ana, audience="friends"))

    shown = page(browser(ben), video.get_absolute_url())

    assert '<meta name="robots" content="noindex">' in shown
    assert "og:image" not in shown


def test_a_video_one_may_not_see_does_not_exist(client, browser, ana, zoe):
    video = with_files(make_video(ana, audience="friends"))
    viewer = browser(zoe)

    for name in ("detail", "status", "comments", "edit"):
        assert viewer.get(url(name, video)).status_code == 404
    for name in ("like", "comments", "retry", "delete", "edit"):
        assert viewer.post(url(name, video), {"body": "hi"}).status_code == 404


def test_only_its_author_sees_a_video_being_prepared(browser, ana, ben):
    video = make_video(ana, state="processing")

    assert "We are preparing your video" in page(browser(ana), video.get_absolute_url())
    assert 'hx-trigger="every' in page(browser(ana), url("status", video))
    assert browser(ben).get(video.get_absolute_url()).status_code == 404


def test_a_failed_video_says_why_and_is_tried_again(browser, ana):
    video = make_video(ana, state="failed", failure_code="video.no_picture")
    viewer = browser(ana)

    shown = page(viewer, video.get_absolute_url())
    assert "There is no picture in this file, only sound." in shown
    assert f'action="{url("retry", video)}"' in shown

    assert viewer.post(url("retry", video)).status_code == 302
    video.refresh_from_db()
    assert video.state == "processing"


def test_who_waits_without_a_socket_sees_the_progress_too(browser, ana, walk):
    video = actions.upload_video(ana, upload_of(walk))
    viewer = browser(ana)
    assert 'data-percent="0"' in page(viewer, url("status", video), headers=HTMX)

    tell_progress(video, 0.4)

    assert 'data-percent="40"' in page(viewer, url("status", video), headers=HTMX)


def test_another_try_is_offered_first_only_where_it_may_help(browser, ana):
    bad = make_video(ana, state="failed", failure_code="video.too_long")
    unlucky = make_video(ana, state="failed", failure_code="video.encode_failed")

    assert "Choose another video" in page(browser(ana), bad.get_absolute_url())
    assert "Choose another video" not in page(browser(ana), unlucky.get_absolute_url())


def test_who_waits_is_sent_on_when_it_is_ready(browser, ana):
    video = with_files(make_video(ana))

    response = browser(ana).get(url("status", video), headers=HTMX)

    assert response["HX-Redirect"] == video.get_absolute_url()


# --- Files ----------------------------------------------------------------------------------------


@pytest.fixture
def media(ana, ben) -> Video:
    return with_files(make_video(ana))


def test_a_file_comes_whole_or_in_parts(client, media):
    whole = client.get(media.large_url)
    part = client.get(media.large_url, headers={"Range": "bytes=10-19"})
    end = client.get(media.large_url, headers={"Range": "bytes=-5"})

    assert (whole.status_code, whole["Accept-Ranges"]) == (200, "bytes")
    assert b"".join(whole.streaming_content) == CONTENT
    assert (part.status_code, part["Content-Range"]) == (206, "bytes 10-19/2048")
    assert b"".join(part.streaming_content) == CONTENT[10:20]
    assert b"".join(end.streaming_content) == CONTENT[-5:]
    assert client.get(media.large_url, headers={"Range": "bytes=9999-"}).status_code == 416
    assert client.head(media.large_url)["Content-Length"] == "2048"


def test_public_files_are_kept_for_ever_others_are_asked_for_again(client, browser, ana, media):
    assert (
        client.get(media.large_url)["Cache-Control"]
        == "public, max-age=31536000, s-maxage=60, immutable"
    )
    actions.edit_video(ana, media, audience="friends")
    response = browser(ana).get(media.large_url)

    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_every_file_asks_who_may_watch(client, browser, ana, ben, zoe, media):
    actions.edit_video(ana, media, audience="friends")
    files = [media.cover_url, media.cover_small_url, media.media_url(media.strip)]
    files += [media.small_url, media.large_url]

    for address in files:
        assert client.get(address).status_code == 404
    for address in files:
        assert browser(ben).get(address).status_code == 200
    for address in files:
        assert browser(zoe).get(address).status_code == 404


def test_covers_move_in_grids_where_a_preview_is_made(browser, ana, zoe):
    still, moving = with_files(make_video(ana)), with_files(make_video(ana))
    loop = default_storage.save(f"{moving.folder}/loop.mp4", ContentFile(CONTENT))
    moving.renditions.create(kind="loop", file=loop, width=240, height=426, size=len(CONTENT))

    shown = page(browser(zoe), f"/@{ana.username}/")

    assert shown.count('data-behaviour="moving-cover"') == 1
    assert f'data-loop="{moving.media_url(loop)}"' in shown
    assert still.cover_small_url in shown


def test_a_stream_is_served_with_its_parts_and_to_those_alone_who_may_watch(browser, ana, zoe):
    video = with_files(make_video(ana, audience="private"))
    playlist, segments = f"{video.folder}/stream.m3u8", f"{video.folder}/stream-720.m4s"
    for name in (playlist, segments):
        default_storage.save(name, ContentFile(CONTENT))
    video.renditions.create(
        kind="hls", file=playlist, parts=[segments], width=720, height=1280, size=1
    )
    addresses = [video.media_url(name) for name in (playlist, segments)]

    shown = [browser(ana).get(address) for address in addresses]

    assert [response["Content-Type"] for response in shown] == [
        "application/vnd.apple.mpegurl",
        "video/mp4",
    ]
    assert [browser(zoe).get(address).status_code for address in addresses] == [404, 404]


def test_no_other_file_is_served(browser, ana, media):
    other = with_files(make_video(ana))
    viewer = browser(ana)

    for name in ("source.mp4", "nothing.mp4", "..%2f" + str(other.pk) + "%2f720.mp4", "%2e%2e"):
        assert viewer.get(f"/media/videos/{media.pk}/{name}").status_code == 404


# --- Hearts, comments, views ----------------------------------------------------------------------


def test_the_heart_is_a_form_that_toggles(browser, ana, ben):
    video = with_files(make_video(ana))
    viewer = browser(ben)

    given = viewer.post(url("like", video), headers=HTMX).content.decode()
    assert 'aria-pressed="true"' in given
    assert viewer.post(url("like", video)).status_code == 302
    video.refresh_from_db()
    assert video.like_count == 0


def test_hearts_and_comments_ask_to_sign_in(client, ana):
    video = with_files(make_video(ana))

    for name in ("like", "comments"):
        response = client.post(url(name, video), {"body": "hi"})
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/?next=")


def test_the_drawer_shows_threads(client, ana, ben):
    video = with_files(make_video(ana))
    first = actions.add_comment(ben, video, body="where is this?")
    actions.add_comment(ana, video, body="behind the mill", parent=first)

    shown = page(client, url("comments", video))

    assert "where is this?" in shown
    assert "View 1 reply" in shown
    assert "2 comments" in shown
    assert "behind the mill" in page(client, f"/comments/{first.pk}/answers/", headers=HTMX)


def test_a_comment_is_added_and_answered_with_the_drawer(browser, ana, ben):
    video = with_files(make_video(ana))

    shown = browser(ben).post(url("comments", video), {"body": "so calm 🌿"}, headers=HTMX)

    assert "so calm 🌿" in shown.content.decode()
    assert Comment.objects.get().author == ben


@pytest.mark.parametrize(
    ("body", "sentence"),
    [("  ", "Write something."), ("x" * 1001, "A comment holds at most 1000 characters.")],
)
def test_a_bad_comment_is_answered_in_the_drawer(browser, ana, body, sentence):
    video = with_files(make_video(ana))

    response = browser(ana).post(url("comments", video), {"body": body}, headers=HTMX)

    assert response.status_code == 422
    assert sentence in response.content.decode()


@rule("R5", "page")
def test_only_friends_get_the_form_under_the_youngest(browser, kid, ben, zoe):
    video = with_files(make_video(kid))
    befriend(kid, ben)
    kid.is_private = False
    kid.save()

    assert "Only friends can comment here." in page(browser(zoe), url("comments", video))
    assert "Only friends can comment here." not in page(browser(ben), url("comments", video))
    assert browser(zoe).post(url("comments", video), {"body": "hi"}).status_code == 403


def test_a_comment_is_deleted_in_the_drawer(browser, ana, ben, zoe):
    comment = actions.add_comment(ben, with_files(make_video(ana)), body="oops")
    path = reverse("videos:delete_comment", args=[comment.pk])

    assert browser(zoe).post(path).status_code == 403
    assert "oops" not in browser(ben).post(path, headers=HTMX).content.decode()
    assert not Comment.objects.exists()


# --- Making ---------------------------------------------------------------------------------------


def test_uploading_needs_an_account(client, db):
    assert client.get("/upload/").url == "/accounts/login/?next=/upload/"


def test_an_upload_works_without_javascript(browser, ana, walk):
    sent = {"file": upload_of(walk), "caption": "hi", "audience": "public", "alt_text": ""}

    response = browser(ana).post("/upload/", sent)

    video = Video.objects.get()
    assert response.url == video.get_absolute_url()
    assert (video.author, video.state) == (ana, "processing")


def test_a_refused_upload_says_why_and_keeps_the_words(browser, ana, tmp_path):
    path = tmp_path / "song.mp4"
    path.write_text("la la la")
    sent = {"file": upload_of(path), "caption": "my song", "audience": "public"}

    response = browser(ana).post("/upload/", sent)

    assert response.status_code == 422
    shown = response.content.decode()
    assert "This is not a video we can read. Choose an MP4, MOV or WebM file." in shown
    assert "my song" in shown


def test_words_and_audience_are_edited_by_the_author(browser, ana, ben):
    video = make_video(ana)
    sent = {"caption": "new", "audience": "friends", "alt_text": "A meadow"}

    assert browser(ben).post(url("edit", video), sent).status_code == 404
    assert browser(ana).post(url("edit", video), sent).url == video.get_absolute_url()
    video.refresh_from_db()
    assert (video.caption, video.audience, video.alt_text) == ("new", "friends", "A meadow")


def test_a_video_is_deleted_by_its_author(browser, ana, ben):
    video = make_video(ana)

    assert browser(ben).post(url("delete", video)).status_code == 403
    assert browser(ana).get(url("delete", video)).status_code == 405
    assert browser(ana).post(url("delete", video)).url == "/@ana/"
    assert not Video.objects.exists()


def test_own_profile_shows_how_videos_stand(browser, ana, zoe):
    make_video(ana, state="processing")
    make_video(ana, state="failed", failure_code="video.corrupt")

    own = page(browser(ana), "/@ana/")
    assert "Being prepared" in own
    assert "Failed" in own
    assert "Being prepared" not in page(browser(zoe), "/@ana/")


# --- Finding --------------------------------------------------------------------------------------


def test_search_finds_people_topics_and_videos(client, ana, zoe):
    make_video(zoe, caption="Meadow at noon #meadows")
    make_video(ana, caption="something else")
    make_user("meadowlark")
    indexing.catch_up()

    shown = page(client, "/discover/", data={"q": "meadow"})

    assert "@meadowlark" in shown
    assert 'href="/tags/meadows/"' in shown
    assert "Meadow at noon" in shown
    assert "something else" not in shown


@rule("R15", "query")
def test_search_finds_nothing_across_a_block_or_wall(browser, ana, zoe):
    make_video(zoe, caption="meadow one")
    make_video(ana, caption="meadow two", audience="private")
    viewer = browser(make_user("mei"))
    indexing.catch_up()
    block(zoe, Video.objects.get(caption="meadow one").author.__class__.objects.get(username="mei"))

    shown = page(viewer, "/discover/", data={"q": "meadow"})

    assert "meadow one" not in shown
    assert "meadow two" not in shown
    assert "Nothing for “meadow”" in shown


def test_a_topics_page_shows_its_videos(client, ana):
    make_video(ana, caption="one #Straße")
    make_video(ana, caption="two #other")
    make_video(ana, caption="three #strasse", audience="private")

    shown = page(client, "/tags/STRASSE/")

    assert "one #Straße" in shown
    assert "two" not in shown
    assert "three" not in shown


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hi #Sun", 'hi <a class="topic" href="/tags/sun/">#Sun</a>'),
        ("with @ben.", "with @ben."),
        (
            "<script>#x</script>",
            '&lt;script&gt;<a class="topic" href="/tags/x/">#x</a>&lt;/script&gt;',
        ),
        ('it\'s "#a"', 'it&#x27;s &quot;<a class="topic" href="/tags/a/">#a</a>&quot;'),
        ("#x27 &#x27;", '<a class="topic" href="/tags/x27/">#x27</a> &amp;#x27;'),
        ("#صباح", '<a class="topic" href="/tags/%D8%B5%D8%A8%D8%A7%D8%AD/">#صباح</a>'),
    ],
)
def test_captions_are_escaped_and_linked(words, expected):
    assert caption(words) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0"), (999, "999"), (1000, "1K"), (12_449, "12.4K"), (999_999, "1M"), (3_000_000, "3M")],
)
def test_counts_fit_under_an_icon(count, expected):
    assert short(count) == expected
