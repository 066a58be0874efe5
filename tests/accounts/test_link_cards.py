"""Cards of others' addresses: asked for, kept, told of, renewed, blocked and taken away."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import actions, ports, tasks
from accounts.linking import keeping, visits
from accounts.linking.cards import ask_for, cards_of, link_card
from accounts.linking.failures import Busy
from accounts.linking.politeness import claim
from accounts.models import LinkBlock, LinkCard, LinkHost, OutboxJob
from tests.accounts.pictures import jpeg
from tests.accounts.test_admin import desk, secret
from tests.accounts.web import ADDRESS, OTHER_ADDRESS, answer, og, web

__all__ = ["desk", "secret", "web"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch) -> list:
    """Which cards were said to have changed."""
    heard: list = []
    monkeypatch.setattr(ports, "link_changed", heard.append)
    return heard


def asked(href: str = "http://news.example/a") -> LinkCard:
    return ask_for([href])[href]


def jobs(task: str = "accounts.fetch_link") -> int:
    return OutboxJob.objects.filter(task=task).count()


def fetched(web, page=None, href: str = "http://news.example/a") -> LinkCard:
    """A card whose job has run."""
    web.serve("news.example", {"/a": page or answer(og(title="A day"))})
    card = asked(href)
    keeping.fetch(card.pk)
    card.refresh_from_db()
    return card


def at_rest() -> None:
    """As if all hosts had been left a while ago."""
    LinkHost.objects.update(busy_until=timezone.now())


def out_of_date(card: LinkCard) -> None:
    LinkCard.objects.filter(pk=card.pk).update(expires_at=timezone.now())
    at_rest()


# --- Asked for ------------------------------------------------------------------------------------


def test_address_is_fetched_once_for_everybody():
    one = asked("http://news.example/a#part")
    other = asked("http://NEWS.example:80/a")

    assert (one, jobs()) == (other, 1)
    assert (one.state, link_card(one)) == ("new", None)


def test_what_can_have_no_card_is_left_out():
    hrefs = [
        "http://localhost/x",
        "mailto:a@b.example",
        "http://a@news.example/",
        "http://news.example",
    ]

    assert list(ask_for(hrefs)) == ["http://news.example"]


def test_five_queries_for_forty_addresses(django_assert_num_queries):
    hrefs = [f"http://h{n}.example/" for n in range(40)]

    with django_assert_num_queries(5):
        ask_for(hrefs)
    with django_assert_num_queries(1):
        ask_for(hrefs)
    with django_assert_num_queries(1):
        assert len(cards_of(hrefs)) == 40


def test_no_addresses_no_queries(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (ask_for([]), cards_of(["x"])) == ({}, {})


def test_card_that_is_out_of_date_is_fetched_when_it_is_asked_for(web):
    card = fetched(web)
    assert (asked().pk, jobs()) == (card.pk, 1)

    out_of_date(card)
    asked()

    assert jobs() == 2


# --- Kept -----------------------------------------------------------------------------------------


def test_card_shows_what_its_page_says(web, told):
    page = og(title="A day", description="Words", site_name="News", image="http://cdn.example/p")
    web.serve("cdn.example", {"/p": answer(jpeg(1600, 800), "image/jpeg")}, at=OTHER_ADDRESS)

    card = fetched(web, answer(page))

    assert link_card(card) == {
        "id": str(card.pk),
        "url": "http://news.example/a",
        "host": "news.example",
        "kind": "page",
        "title": "A day",
        "description": "Words",
        "site": "News",
        "author": "",
        "picture": {"url": f"/media/{card.picture}", "width": 800, "height": 400},
    }
    assert told == [card.pk]


def test_picture_is_served_by_us_for_a_year(web, client):
    web.serve("cdn.example", {"/p": answer(jpeg(100, 100), "image/jpeg")})
    card = fetched(web, answer(og(title="A", image="http://cdn.example/p")))

    response = client.get(card.picture_url)

    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "public, max-age=31536000, s-maxage=60, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get("/media/links/../avatars/x.webp").status_code == 404
    assert client.post(card.picture_url).status_code == 405


def test_oembed_says_what_the_page_does_not(web):
    link = '<link rel="alternate" type="application/json+oembed" href="/o.json">'
    web.serve("news.example", {"/o.json": answer('{"title":"Film","author_name":"Ben"}')})

    card = fetched(web, answer(f"<head>{link}</head>"))

    assert (card.title, card.author) == ("Film", "Ben")


def test_page_without_a_word_has_no_card_for_an_hour(web, told, time_machine):
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)

    card = fetched(web, answer("<p>Nothing</p>"))

    assert (card.state, card.failure, link_card(card)) == ("none", "empty", None)
    assert card.expires_at == timezone.now() + timedelta(hours=1)
    assert told == [card.pk]


def test_job_that_runs_twice_asks_once(web, told):
    card = fetched(web)
    at_rest()

    keeping.fetch(card.pk)

    assert (web.pages, told) == (["news.example/a"], [card.pk])


def test_card_of_a_host_in_trouble_stays_until_the_next_look(web, told):
    card = fetched(web)
    out_of_date(card)

    again = fetched(web, answer(status=503))

    assert (again.title, again.state, told) == ("A day", "ready", [card.pk])
    assert again.expires_at is not None
    assert again.expires_at > timezone.now()


def test_card_of_a_page_that_went_goes(web, told):
    card = fetched(web)
    out_of_date(card)

    again = fetched(web, answer(status=404))

    assert (again.title, again.state, told) == ("", "none", [card.pk, card.pk])


def test_card_that_says_the_same_tells_nobody(web, told):
    card = fetched(web)
    out_of_date(card)

    fetched(web)

    assert told == [card.pk]


def test_page_that_has_not_changed_keeps_its_picture(web, told):
    def conditional(request, connection):
        is_known = request.headers.get("if-none-match") == '"1"'
        said = "" if is_known else og(title="A day", image="http://cdn.example/p")
        answer(said, status=304 if is_known else 200, etag='"1"')(request, connection)

    web.serve("cdn.example", {"/p": answer(jpeg(100, 100), "image/jpeg")})
    card = fetched(web, conditional)
    out_of_date(card)

    again = fetched(web, conditional)

    assert (again.picture, told) == (card.picture, [card.pk])
    assert again.expires_at is not None
    assert again.expires_at > timezone.now()


def test_old_picture_goes_with_the_new_one(web, django_capture_on_commit_callbacks):
    web.serve("cdn.example", {"/p": answer(jpeg(100, 100), "image/jpeg")})
    page = answer(og(title="A", image="http://cdn.example/p"))
    card = fetched(web, page)
    out_of_date(card)

    with django_capture_on_commit_callbacks(execute=True):
        again = fetched(web, page)

    assert again.picture != card.picture
    assert (default_storage.exists(card.picture), default_storage.exists(again.picture)) == (
        False,
        True,
    )


def test_busy_host_is_asked_when_it_is_our_turn(web):
    visits.Hosts().take("news.example")
    card = fetched(web)

    later = OutboxJob.objects.filter(task="accounts.fetch_link").latest("pk")

    assert (card.state, jobs(), web.asked) == ("new", 2, [])
    assert later.due_at > timezone.now() + timedelta(seconds=30)


def test_picture_of_a_busy_host_comes_later(web, told):
    visits.Hosts().take("cdn.example")
    web.serve("cdn.example", {"/p": answer(jpeg(100, 100), "image/jpeg")})
    card = fetched(web, answer(og(title="A", image="http://cdn.example/p")))
    job = OutboxJob.objects.get(task="accounts.fetch_link_picture")
    assert (card.state, card.picture) == ("ready", "")

    at_rest()
    keeping.fetch_picture(card.pk, job.arguments["url"])

    card.refresh_from_db()
    assert (card.picture_width, told) == (100, [card.pk, card.pk])


def test_card_that_is_gone_is_nobodys_trouble():
    gone = asked()
    LinkCard.objects.all().delete()

    keeping.fetch(gone.pk)
    keeping.fetch_picture(gone.pk, "http://cdn.example/p")
    keeping.give_up(gone.pk, keeping.Failure("broken"))


def test_poisonous_page_ends_in_a_card_with_nothing(web, monkeypatch, told):
    """What breaks our own code is tried three times; then nobody waits for it any longer."""

    def poison(_card):
        raise RuntimeError

    monkeypatch.setattr(keeping, "look", poison)
    card = asked()
    job = OutboxJob.objects.get()
    for _ in range(3):
        OutboxJob.objects.update(due_at=timezone.now())
        with pytest.raises(RuntimeError):
            tasks.fetch_link(card_id=str(card.pk), job_id=job.pk)

    card.refresh_from_db()
    job.refresh_from_db()
    assert (card.state, card.failure, job.parked_at is None) == ("none", "broken", False)
    assert told == [card.pk]


def test_nothing_is_left_of_a_picture_whose_card_was_blocked_meanwhile(web):
    web.serve("cdn.example", {"/p": answer(jpeg(100, 100), "image/jpeg")})
    folder = Path(default_storage.path("links"))
    before = set(folder.glob("*")) if folder.exists() else set()

    def blocking(request, connection):
        answer(og(title="A", image="http://cdn.example/p"))(request, connection)

    card = asked()
    web.serve("news.example", {"/a": blocking})
    found = keeping.look(card)
    keeping.take_away(card.pk, "blocked")
    keeping._keep(card.pk, found)

    card.refresh_from_db()
    assert (card.state, card.title) == ("blocked", "")
    assert set(folder.glob("*")) == before


# --- Blocked --------------------------------------------------------------------------------------


def test_new_links_to_a_blocked_host_show_nothing_at_once(mod):
    actions.block_hosts(mod, ["evil.example"])

    cards = ask_for(["http://evil.example/a", "http://deep.evil.example/", "http://devil.example/"])

    assert [card.state for card in cards.values()] == ["blocked", "blocked", "new"]
    assert jobs() == 1


def test_cards_of_a_blocked_host_vanish(web, mod, told, django_capture_on_commit_callbacks):
    web.serve("cdn.example", {"/p": answer(jpeg(100, 100), "image/jpeg")})
    card = fetched(web, answer(og(title="A", image="http://cdn.example/p")))
    other = asked("http://fine.example/")

    assert actions.block_hosts(mod, ["news.example"], reason="Phishing") == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.apply_link_blocks()

    file = card.picture
    card.refresh_from_db()
    other.refresh_from_db()
    assert (card.state, card.failure, card.title, card.picture) == ("blocked", "blocked", "", "")
    assert (other.state, default_storage.exists(file)) == ("new", False)
    assert told == [card.pk, card.pk]
    assert LinkBlock.objects.get().blocked_by == mod


def test_many_cards_go_in_batches(mod, monkeypatch):
    from accounts.actions import linking

    monkeypatch.setattr(linking, "BATCH", 2)
    ask_for([f"http://h{n}.evil.example/{m}" for n in range(3) for m in range(2)])
    ask_for([f"http://a{n}.example/" for n in range(5)])
    actions.block_hosts(mod, ["evil.example"])

    while job := OutboxJob.objects.filter(task="accounts.apply_link_blocks").first():
        job.delete()
        actions.apply_link_blocks(**job.arguments)

    states = LinkCard.objects.order_by("host").values_list("state", flat=True)
    assert list(states) == ["new"] * 5 + ["blocked"] * 6


def test_unblocked_host_is_looked_at_when_somebody_writes_it_again(mod):
    actions.block_hosts(mod, ["news.example"])
    assert asked().state == "blocked"

    actions.unblock_hosts(mod, LinkBlock.objects.all())
    asked()

    assert jobs() == 1


def test_blocked_card_is_not_fetched(web, mod):
    card = asked()
    actions.block_hosts(mod, ["news.example"])

    keeping.fetch(card.pk)

    card.refresh_from_db()
    assert (card.state, web.asked) == ("blocked", [])


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("evil.example", ["evil.example"]),
        ("*.Evil.example., https://www.bad.example/x?y", ["evil.example", "www.bad.example"]),
        ("# a list\n\na.example # why\nb.example;a.example", ["a.example", "b.example"]),
        ("bücher.example", ["xn--bcher-kva.example"]),
        ("", []),
    ],
)
def test_lists_are_read_as_people_keep_them(text, hosts):
    assert actions.hosts_in(text) == hosts


@pytest.mark.parametrize("text", ["com", "localhost", "127.0.0.1:80", "a b@c", "http://[::1]/"])
def test_what_is_no_host_of_others_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        actions.hosts_in(text)

    assert refused.value.code == "link_block.host"


def test_list_is_taken_over_by_a_command(tmp_path, capsys):
    (tmp_path / "list.txt").write_text("a.example\nb.example # spam\n")

    call_command("block_links", str(tmp_path / "list.txt"), reason="Imported")
    call_command("block_links", str(tmp_path / "list.txt"))

    assert capsys.readouterr().out.splitlines() == [
        "2 of 2 hosts are new on the list.",
        "0 of 2 hosts are new on the list.",
    ]
    assert set(LinkBlock.objects.values_list("host", "reason")) == {
        ("a.example", "Imported"),
        ("b.example", "Imported"),
    }


def test_list_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(Exception, match="no-such-file"):
        call_command("block_links", str(tmp_path / "no-such-file"))


# --- The moderators' page -------------------------------------------------------------------------

CARDS = "admin:accounts_linkcard_changelist"
BLOCKS = "admin:accounts_linkblock_add"


def act(desk, card: LinkCard, action: str):
    chosen = {"action": action, "_selected_action": [str(card.pk)]}
    return desk.post(reverse(CARDS), chosen, follow=True)


def test_moderator_sees_cards_and_never_their_markup(desk, web):
    card = fetched(web, answer(og(title="&lt;script&gt;alert(1)&lt;/script&gt;")))

    table = desk.get(reverse(CARDS)).content.decode()
    page = desk.get(reverse("admin:accounts_linkcard_change", args=[card.pk])).content.decode()

    assert "&lt;script&gt;alert(1)" in table
    assert "<script>alert(1)" not in table + page


def test_moderator_takes_a_card_away_and_has_it_fetched_again(desk, web):
    card = fetched(web)

    act(desk, card, "remove")
    card.refresh_from_db()
    assert (card.state, card.failure) == ("blocked", "removed")
    asked()
    assert jobs() == 1

    act(desk, card, "refetch")
    at_rest()
    keeping.fetch(card.pk)
    card.refresh_from_db()
    assert (card.state, card.title, jobs()) == ("ready", "A day", 2)


def test_moderator_blocks_the_host_of_a_card(desk, web):
    card = fetched(web)

    act(desk, card, "block_host")
    refused = act(desk, card, "refetch").content.decode()

    assert list(LinkBlock.objects.values_list("host", flat=True)) == ["news.example"]
    assert "news.example is blocked." in refused


def test_moderator_blocks_a_list_and_takes_a_host_off_it(desk, mod):
    desk.post(reverse(BLOCKS), {"hosts": "a.example\nb.example", "reason": "Spam"})
    kept = LinkBlock.objects.get(host="a.example")
    assert (kept.reason, kept.blocked_by, LinkBlock.objects.count()) == ("Spam", mod, 2)

    desk.post(reverse("admin:accounts_linkblock_delete", args=[kept.pk]), {"post": "yes"})

    assert list(LinkBlock.objects.values_list("host", flat=True)) == ["b.example"]


def test_moderator_sees_who_blocked_a_host_and_why(desk, mod):
    actions.block_hosts(mod, ["evil.example"], reason="Phishing")
    block = LinkBlock.objects.get()

    page = desk.get(reverse("admin:accounts_linkblock_change", args=[block.pk])).content.decode()

    assert all(words in page for words in ("evil.example", "Phishing", "mod"))
    assert "<textarea" not in page


def test_list_with_a_mistake_is_refused_whole(desk):
    response = desk.post(reverse(BLOCKS), {"hosts": "a.example\nlocalhost"})

    assert (response.status_code, LinkBlock.objects.count()) == (200, 0)


@pytest.mark.parametrize("who", ["ana", "kid"])
def test_nobody_else_comes_in(browser, request, who):
    client = browser(request.getfixturevalue(who))

    assert client.get(reverse(CARDS)).status_code == 302
    assert client.post(reverse(BLOCKS), {"hosts": "a.example"}).status_code == 302
    assert not LinkBlock.objects.exists()


def test_nothing_of_ours_was_reached(web):
    fetched(web)

    assert {address for address, _port in web.reached} == {ADDRESS}


# --- Several workers ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_visits_a_host():
    LinkHost.objects.create(host="news.example")
    together = threading.Barrier(4)

    def turn(_number: int):
        together.wait()
        try:
            return claim("news.example").host
        except Busy as busy:
            return busy.until
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        turns = list(workers.map(turn, range(4)))

    waiting = {one for one in turns if one != "news.example"}
    assert (turns.count("news.example"), len(waiting)) == (1, 3)
