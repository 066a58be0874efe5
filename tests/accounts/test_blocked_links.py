"""What leads to a host that moderators blocked stands as words, wherever it was written."""

import pytest
from rest_framework.test import APIClient

from accounts import actions
from accounts.linking import blocking
from accounts.linking.blocking import blocked_in, is_blocked
from accounts.linking.rendering import rendered
from accounts.models import LinkBlock
from chat.models import Message
from tests.chat.factories import make_group, say
from tests.videos.factories import make_video
from videos.actions import add_comment

BAD = "look: https://evil.example/win"


@pytest.fixture
def blocked():
    blocking.hold(["evil.example", "xn--80ak6aa92e.com"])


@pytest.mark.parametrize(
    "href",
    [
        "https://evil.example/x?y#z",
        "http://EVIL.example.",
        "https://deep.evil.example:8443/",
        "https://\uff45vil.example",
        "https://\u0430\u0440\u0440\u04cf\u0435.com/login",
    ],
)
def test_a_host_is_blocked_with_all_below_it_however_it_is_written(blocked, href):
    assert is_blocked(href)


@pytest.mark.parametrize(
    "href", ["https://devil.example", "https://evil.example.org", "https://", "http://[bad"]
)
def test_others_are_not(blocked, href):
    assert not is_blocked(href)


def test_words_are_shown_without_the_link(blocked):
    words = "<b> http://a.evil.example/x and https://good.example #tag"

    shown = rendered(words)

    assert "&lt;b&gt; http://a.evil.example/x and <a " in shown
    assert (shown.count('class="outside"'), shown.count('class="topic"')) == (1, 1)
    assert blocked_in(f"{words} {words}") == ["a.evil.example"]


@pytest.mark.django_db(transaction=True)
def test_a_block_holds_on_pages_by_rest_and_on_the_socket_at_once_and_until_it_is_lifted(
    ana, ben, mod, client
):
    ana.bio = BAD
    ana.save()
    group, video = make_group(ana, ben), make_video(ana, caption=BAD)
    comment, said = add_comment(ben, video, body=BAD), say(ana, group, BAD)
    mine, rest = client, APIClient()
    mine.force_login(ben)
    rest.force_authenticate(ben)
    pages = [
        ana.get_absolute_url(),
        group.get_absolute_url(),
        f"/videos/{video.pk}/comments/",
    ]

    def linked() -> list[bool]:
        return ['href="https://evil.example/win"' in mine.get(page).text for page in pages]

    def told() -> list[list[str]]:
        message = rest.get(f"/api/v1/conversations/{group.pk}/messages/").json()["results"][0]
        return [
            rest.get(f"/api/v1/users/{ana.username}/").json()["blocked_hosts"],
            rest.get(f"/api/v1/videos/{video.pk}/").json()["blocked_hosts"],
            rest.get(f"/api/v1/videos/{video.pk}/comments/").json()["results"][0]["blocked_hosts"],
            message.get("blocked_hosts", []),
        ]

    assert (linked(), told()) == ([True] * 3, [[]] * 4)
    actions.block_hosts(mod, ["evil.example"])
    assert (linked(), told()) == ([False] * 3, [["evil.example"]] * 4)
    assert Message.objects.get(pk=said.id).body == comment.body == BAD

    actions.unblock_hosts(mod, LinkBlock.objects.all())
    assert (linked(), told()) == ([True] * 3, [[]] * 4)


@pytest.mark.django_db
def test_other_processes_hear_of_it_within_seconds_and_a_lost_database_loses_nothing(
    monkeypatch, django_assert_num_queries
):
    LinkBlock.objects.create(host="evil.example")
    assert not is_blocked("https://evil.example")

    monkeypatch.setattr(blocking, "READ_EVERY", 0)
    assert is_blocked("https://evil.example")
    monkeypatch.setattr(blocking, "READ_EVERY", 60)
    with django_assert_num_queries(0):
        assert rendered(BAD) == BAD
