"""The whole way of a link: said, fetched from its host, shown to everybody, blocked, gone."""

import pytest

import accounts.tasks  # noqa: F401  (jobs go by its names)
from accounts import actions as moderation
from tests.accounts.web import answer, og, web
from tests.chat.test_following import head, run_jobs
from tests.chat.test_links import linked, links_of, told

__all__ = ["web"]
pytestmark = pytest.mark.django_db(transaction=True)

STORY = "http://news.example/story"


def test_link_becomes_a_card_and_goes_with_its_host(ana, mod, group, web):
    web.serve("news.example", {"/story": answer(og(title="A story", site_name="News"))})
    said = linked(ana, group, f"read {STORY}!")
    before = head(group)

    assert run_jobs("accounts.fetch_link") == 1
    assert run_jobs("chat.renew_links") == 1

    (link,) = links_of(said)
    assert (link["url"], link["card"]["title"], link["waits"]) == (STORY, "A story", False)
    assert [event["links"] for event in told(group, before)] == [[link]]

    moderation.block_hosts(mod, ["news.example"])
    run_jobs("accounts.apply_link_blocks")
    blocked_at = head(group)
    run_jobs("chat.renew_links")

    assert links_of(said) == []
    (event,) = told(group, blocked_at)
    assert event["blocked_hosts"] == ["news.example"]
    assert "links" not in told(group, before)[-1]


def test_one_visit_serves_every_conversation(ana, ben, group, web):
    web.serve("news.example", {"/story": answer(og(title="A story"))})
    first, second = linked(ana, group, STORY), linked(ben, group, f"this? {STORY}#part")

    run_jobs("accounts.fetch_link")
    run_jobs("chat.renew_links")

    assert [links_of(said)[0]["card"]["title"] for said in (first, second)] == ["A story"] * 2
    assert web.pages == ["news.example/story"]


def test_address_that_leads_into_our_own_network_shows_nothing(ana, group, web):
    web.resolves("rebound.example", "169.254.169.254")
    said = linked(ana, group, "http://rebound.example/latest/meta-data/")

    run_jobs("accounts.fetch_link")

    assert (links_of(said), web.reached) == ([], [])
