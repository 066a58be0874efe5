"""Names in captions and comments lead to people who are there, by whatever name they have now."""

from django.test import Client

from accounts.models import User
from tests.videos.factories import make_video, with_files
from videos.actions import add_comment

PROFILE = '<a class="mention" href="/@{0}/" title="{1}">@{0}</a>'


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def renamed(person: User, username: str) -> None:
    User.objects.filter(pk=person.pk).update(username=username)


def test_a_caption_links_to_those_who_are_there(client, ana, ben):
    video = with_files(make_video(ana, caption="with @ben and @nobody #slow"))

    shown = page(client, video.get_absolute_url())

    assert PROFILE.format("ben", ben.name) in shown
    assert "@nobody" in shown
    assert 'href="/@nobody/"' not in shown
    assert '<a class="topic" href="/tags/slow/">#slow</a>' in shown


def test_whoever_has_another_name_is_shown_under_it(client, ana, ben):
    video = with_files(make_video(ana, caption="with @ben"))
    add_comment(ana, video, body="thanks @ben")

    renamed(ben, "benjamin")

    assert page(client, video.get_absolute_url()).count(PROFILE.format("benjamin", ben.name)) == 2


def test_a_comment_keeps_whom_it_names_but_across_no_block(ana, ben, zoe):
    video = make_video(ana)
    zoe.blocks_made.create(blocked=ana)

    comment = add_comment(ana, video, body="@ben @zoe @nobody https://medley.app/@ben")

    assert comment.mentions == [str(ben.pk)]


def test_links_in_comments_vouch_for_nothing(client, ana):
    video = with_files(make_video(ana))
    add_comment(ana, video, body="see medley.app/x")

    shown = page(client, video.get_absolute_url())

    assert 'href="https://medley.app/x" rel="noopener noreferrer nofollow ugc"' in shown


def test_however_many_comments_their_names_are_one_query(
    client, ana, ben, django_assert_max_num_queries
):
    video = with_files(make_video(ana))
    for number in range(12):
        add_comment(ana, video, body=f"@ben {number}")
    address = f"{video.get_absolute_url()}comments/"
    page(client, address)
    with django_assert_max_num_queries(100) as few:
        page(client, address)
    for number in range(12):
        add_comment(ana, video, body=f"@ana {number}")

    with django_assert_max_num_queries(len(few)):
        page(client, address)


def test_a_bio_links(client, ana, ben):
    User.objects.filter(pk=ana.pk).update(bio="films with @ben\nmedley.app #slow")

    shown = page(client, "/@ana/")

    assert PROFILE.format("ben", ben.name) in shown
    assert 'href="https://medley.app"' in shown
    assert 'href="/tags/slow/"' in shown
