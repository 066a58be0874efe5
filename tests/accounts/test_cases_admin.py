"""The moderators' desk: the queue, one case, and that nobody sees more than their work needs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Case, Decision, SavedReply, Strike, User
from accounts.moderation import appeals, cases, deciding, queue
from tests.accounts.staff import desk_of, hold, make_case, make_report, make_reported, make_staff
from tests.factories import make_user
from tests.rules import rule

QUEUE = reverse("admin:accounts_case_changelist")
WORDS = "This is not how we talk to each other."
KEPT = {"acts": ["none"], "reason": "spam", "rule": "spam", "words": WORDS}
WARNED = KEPT | {"acts": ["warn"], "reason": "harassment", "rule": "people", "is_strike": "1"}


def at(name: str, *args) -> str:
    return reverse(f"admin:accounts_case_{name}", args=args)


@pytest.fixture
def mia(db):
    """A moderator."""
    return make_staff("mia", "moderator")


@pytest.fixture
def sam(db):
    """A senior."""
    return make_staff("sam", "senior")


@pytest.fixture
def desk(mia):
    return desk_of(mia)


@pytest.fixture
def reported(ana, zoe) -> Case:
    """Zoe reported Ana's profile."""
    evidence = {"user": ana.card(), "bio": "Buy my followers"}
    return make_reported(zoe, "user", ana, owner=ana, evidence=evidence, words="Look at that")


def titles(response) -> list[str]:
    return [case.title for case in response.context["page"].rows]


# --- The queue ------------------------------------------------------------------------------------


def test_the_most_urgent_case_stands_first(desk, db):
    for name, priority in (("one", 3.0), ("two", 9.0), ("three", 6.0)):
        make_case(make_user(name), priority=priority)

    assert titles(desk.get(QUEUE)) == ["@two", "@three", "@one"]


def test_the_queue_goes_on_where_a_page_ended(desk, monkeypatch, db):
    monkeypatch.setattr("accounts.moderation.queue.PAGE", 2)
    for number in range(5):
        make_case(make_user(f"person{number}"), priority=1.5)

    seen, address = [], QUEUE
    while address:
        page = desk.get(address)
        seen += titles(page)
        after = page.context["page"].after
        address = after and f"{QUEUE}?after={after}"

    # Each once; those of one millisecond stand in any order.
    assert sorted(seen) == [f"@person{number}" for number in range(5)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("origin=spam", {"@bot"}),
        ("severity=7", {"@grave"}),
        ("reason=hate", {"@grave"}),
        ("holder=free", {"@bot", "@young"}),
        ("holder=mine", {"@grave"}),
        ("region=se", {"@bot"}),
        ("language=es", {"@grave"}),
        ("age=13-15", {"@young"}),
        ("kind=video", set()),
        ("state=decided", {"@done"}),
        ("origin=nonsense", {"@bot", "@grave", "@young"}),
    ],
)
def test_the_queue_is_filtered(desk, mia, query, found):
    make_case(make_user("bot", region="SE"), origin="spam")
    grave = make_case(make_user("grave", language="es"), severity=8, reason="hate")
    make_case(make_user("young", age=14))
    make_case(make_user("done"), state=Case.State.DECIDED)
    hold(mia, grave)

    assert set(titles(desk.get(f"{QUEUE}?{query}"))) == found


def test_a_case_is_found_by_the_reason_of_any_of_its_reports(desk, ana, zoe, ben):
    make_report(zoe, "user", ana, owner=ana, reason="violence")
    make_report(ben, "user", ana, owner=ana, reason="spam")

    assert titles(desk.get(f"{QUEUE}?reason=spam")) == ["@ana"]
    assert titles(desk.get(f"{QUEUE}?reason=hate")) == []


def test_the_filters_say_how_many_are_open(desk, db):
    cache.clear()
    make_case(origin="spam")
    make_case(origin="spam")

    assert "Looks like spam (2)" in desk.get(QUEUE).content.decode()


def test_the_queue_asks_the_same_however_long_it_is(desk, zoe):
    def asked() -> int:
        with _counting() as queries:
            desk.get(QUEUE)
        return len(queries)

    make_report(zoe, "user", make_user())
    asked()
    few = asked()
    for _time in range(20):
        make_report(zoe, "user", make_user())

    assert asked() == few <= 12


def _counting() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def test_next_claims_the_most_urgent_that_nobody_holds(desk, mia, sam):
    make_case(make_user("low"), priority=1)
    high = make_case(make_user("high"), priority=9)
    middle = make_case(make_user("middle"), priority=5)
    hold(sam, high)

    response = desk.post(at("next"))

    middle.refresh_from_db()
    assert response["Location"] == at("change", middle.pk)
    assert middle.is_held_by(mia)


def test_next_keeps_to_the_filters(desk):
    make_case(make_user("high"), priority=9)
    spam = make_case(make_user("low"), priority=1, origin="spam")

    assert desk.post(f"{at('next')}?origin=spam")["Location"] == at("change", spam.pk)


def test_next_takes_a_case_whose_claim_ran_out(desk, sam):
    case = hold(sam, make_case(), minutes=-1)

    assert desk.post(at("next"))["Location"] == at("change", case.pk)


def test_next_leaves_out_cases_about_oneself(desk, mia):
    make_case(mia)

    assert desk.post(at("next"))["Location"] == QUEUE


# --- One case -------------------------------------------------------------------------------------


@rule("R42", "admin")
def test_evidence_is_seen_by_whoever_holds_the_case_and_each_look_is_logged(desk, mia, reported):
    before = desk.get(at("change", reported.pk)).content.decode()
    assert "Buy my followers" not in before
    assert "Look at that" not in before
    assert not AuditEntry.objects.filter(verb="case.looked").exists()

    desk.post(at("claim", reported.pk))
    page = desk.get(at("change", reported.pk)).content.decode()

    assert "Buy my followers" in page
    assert "Look at that" in page
    look = AuditEntry.objects.get(verb="case.looked")
    assert (look.actor, look.case_id, look.object_id) == (mia, reported.pk, reported.object_id)


@rule("R42", "admin")
def test_a_claim_that_ran_out_shows_nothing(desk, mia, reported):
    hold(mia, reported, minutes=-1)

    assert "Buy my followers" not in desk.get(at("change", reported.pk)).content.decode()


@rule("R42", "admin")
def test_another_s_claim_shows_nothing(desk, sam, reported):
    hold(sam, reported)

    page = desk.get(at("change", reported.pk)).content.decode()

    assert "Buy my followers" not in page
    assert "@sam holds it" in page


def test_evidence_that_was_changed_says_so(desk, mia, reported):
    hold(mia, reported)
    reported.reports.update(evidence={"user": {"name": "Ana", "username": "ana"}, "bio": "Kind"})

    assert "its seal is broken" in desk.get(at("change", reported.pk)).content.decode()


def test_the_page_of_a_case_asks_the_same_however_much_was_reported(desk, mia, ana, zoe, ben):
    case = make_reported(zoe, "user", ana, owner=ana)
    hold(mia, case)
    desk.get(at("change", case.pk))
    with _counting() as few:
        desk.get(at("change", case.pk))
    make_report(ben, "user", ana, owner=ana)
    make_report(make_user(), "user", ana, owner=ana)
    cases.note(mia, case, "Seen before.")

    with _counting() as many:
        desk.get(at("change", case.pk))

    assert len(many) <= len(few) + 1  # a claim is renewed, or not
    assert len(many) <= 40


def test_a_case_is_held_longer_and_given_back(desk, mia, reported):
    desk.post(at("claim", reported.pk))
    reported.refresh_from_db()
    assert reported.is_held_by(mia)

    desk.post(at("release", reported.pk))
    reported.refresh_from_db()
    assert reported.holder is None


def test_a_note_is_read_by_other_moderators(desk, sam, reported):
    desk.post(at("note", reported.pk), {"words": "The same as last week."})

    assert "The same as last week." in desk_of(sam).get(at("change", reported.pk)).content.decode()


# --- Deciding -------------------------------------------------------------------------------------


@rule("R41", "admin")
def test_a_decision_is_made_with_its_words(desk, mia, ana, reported):
    hold(mia, reported)

    response = desk.post(at("decide", reported.pk), WARNED)

    assert response["Location"] == QUEUE
    decision = Decision.objects.get()
    assert (decision.act_names, decision.words) == (["warn"], WORDS)
    assert (decision.moderator, decision.person) == (mia, ana)
    assert Strike.objects.filter(person=ana).count() == 1


def test_several_acts_come_with_their_options(desk, mia, reported):
    hold(mia, reported)
    several = WARNED | {
        "acts": ["limit", "suspend"],
        "features": ["comment", "message"],
        "limit_days": "7",
        "suspend_days": "3",
    }

    desk.post(at("decide", reported.pk), several)

    assert Decision.objects.get().acts == [
        {"act": "limit", "features": ["comment", "message"], "days": 7},
        {"act": "suspend", "days": 3},
    ]


def test_a_decision_without_words_is_asked_again_and_keeps_what_was_chosen(desk, mia, reported):
    hold(mia, reported)

    response = desk.post(at("decide", reported.pk), WARNED | {"words": " "})

    assert response.status_code == 422
    assert Decision.objects.count() == 0
    assert response.context["form"]["acts"].value() == ["warn"]


def test_a_preview_decides_nothing(desk, mia, reported):
    hold(mia, reported)

    page = desk.post(at("decide", reported.pk), WARNED | {"preview": "1"})

    assert page.status_code == 200
    assert "They would read" in page.content.decode()
    assert "They can appeal for six months" in page.content.decode()
    assert Decision.objects.count() == 0


def test_saved_replies_are_one_s_own_and_shared_ones(desk, mia, sam, reported):
    hold(mia, reported)
    for owner, title in ((mia, "Mine"), (None, "Everybody's"), (sam, "Sam's")):
        SavedReply.objects.create(owner=owner, title=title, words=title)

    form = desk.get(at("change", reported.pk)).context["form"]

    assert [reply.title for reply in form.replies] == ["Everybody's", "Mine"]


def test_several_cases_get_one_decision_each(desk, sam):
    mine, others = make_case(), make_case()
    hold(sam, others)
    chosen = {"case": [mine.pk, others.pk, uuid4(), "nonsense"]}

    form = desk.post(at("bulk"), chosen)
    assert {case.pk for case in form.context["cases"]} == {mine.pk, others.pk}
    done = desk.post(at("bulk"), chosen | KEPT | {"decide": "1"}, follow=True)

    assert [decision.case for decision in Decision.objects.all()] == [mine]
    said = [str(message) for message in done.context["messages"]]
    assert said == [f"{others.title}: Sam is working on this case.", "1 case is decided."]


@rule("R43", "admin")
def test_a_ban_waits_for_a_second_senior(mia, sam, ana, reported):
    hold(mia, reported)
    desk_of(mia).post(at("decide", reported.pk), WARNED | {"acts": ["ban"]})
    proposed = Decision.objects.get()
    confirm = at("confirm", reported.pk, proposed.pk)

    desk_of(mia).post(confirm)
    ana.refresh_from_db()
    assert ana.is_active

    page = desk_of(sam).get(f"{QUEUE}?state=proposed")
    assert titles(page) == ["@ana"]
    desk_of(sam).post(confirm)
    ana.refresh_from_db()
    assert not ana.is_active


def test_a_declined_ban_opens_the_case_again(mia, sam, ana, reported):
    hold(mia, reported)
    desk_of(mia).post(at("decide", reported.pk), WARNED | {"acts": ["ban"]})
    proposed = Decision.objects.get()

    desk_of(sam).post(at("decline", reported.pk, proposed.pk), {"words": "A warning is enough."})

    reported.refresh_from_db()
    ana.refresh_from_db()
    assert (reported.state, ana.is_active) == (Case.State.OPEN, True)


def test_one_s_own_decision_is_undone_and_a_senior_undoes_any(desk, mia, sam, ana, reported):
    first = deciding.decide(mia, reported, acts=[("warn", {})], **_said())
    desk.post(at("undo", reported.pk, first.pk), {"words": "I was wrong."})
    first.refresh_from_db()
    assert first.state == Decision.State.UNDONE

    other = make_case(make_user())
    second = deciding.decide(mia, other, acts=[("warn", {})], **_said())
    max_ = make_staff("max", "moderator")
    desk_of(max_).post(at("undo", other.pk, second.pk), {"words": "No."})
    second.refresh_from_db()
    assert second.state == Decision.State.STANDING
    desk_of(sam).post(at("undo", other.pk, second.pk), {"words": "No."})
    second.refresh_from_db()
    assert second.state == Decision.State.UNDONE


def _said() -> dict[str, Any]:
    return {"reason": "harassment", "rule": "people", "words": WORDS}


@rule("R41", "admin")
def test_an_appeal_stands_beside_the_first_decision_and_is_answered_by_another(sam, ana, reported):
    first = deciding.decide(sam, reported, acts=[("warn", {})], **_said())
    made = appeals.appeal(ana, first, "It was a joke among friends.")
    own, other = desk_of(sam), desk_of(make_staff("sue", "senior"))

    assert own.post(at("next"))["Location"] == QUEUE
    own.post(at("claim", made.case.pk))
    made.case.refresh_from_db()
    assert made.case.holder is None

    other.post(at("claim", made.case.pk))
    page = other.get(at("change", made.case.pk)).content.decode()
    assert WORDS in page
    assert "It was a joke among friends." in page
    assert "Buy my followers" in page
    other.post(at("answer", made.case.pk), {"words": "You are right.", "overturn": ""})
    first.refresh_from_db()
    assert first.state == Decision.State.UNDONE


def test_a_moderator_does_not_see_appeals(desk, sam, ana, reported):
    first = deciding.decide(sam, reported, acts=[("warn", {})], **_said())
    made = appeals.appeal(ana, first, "No.")

    assert titles(desk.get(QUEUE)) == []
    assert desk.get(at("change", made.case.pk)).status_code == 404


# --- Files ----------------------------------------------------------------------------------------


@rule("R42", "admin")
def test_a_file_is_served_only_under_a_held_case_and_logged(desk, mia, ana, zoe):
    ana.avatar = default_storage.save("avatars/face.webp", ContentFile(b"picture"))
    ana.save(update_fields=["avatar"])
    case = make_reported(zoe, "user", ana, owner=ana)
    address = at("file", case.pk, ana.avatar.rpartition("/")[2])

    assert desk.get(address).status_code == 404
    hold(mia, case)
    assert b"".join(desk.get(address).streaming_content) == b"picture"
    assert desk.get(at("file", case.pk, "else.webp")).status_code == 404
    assert AuditEntry.objects.filter(verb="case.file_looked", case_id=case.pk).count() == 1


# --- Who may come in ------------------------------------------------------------------------------

GETS = ("changelist", "statistics")
DEEDS = ("claim", "release", "note", "decide", "answer")


@rule("R42", "admin")
def test_staff_without_a_role_is_refused_everywhere(reported):
    desk = desk_of(make_staff("other"))

    for name in GETS:
        assert desk.get(at(name)).status_code == 403
    assert desk.get(at("change", reported.pk)).status_code == 403
    assert desk.post(at("next")).status_code == 403
    assert desk.post(at("bulk")).status_code == 403
    for name in DEEDS:
        assert desk.post(at(name, reported.pk)).status_code == 403
    for name in ("undo", "confirm", "decline"):
        assert desk.post(at(name, reported.pk, uuid4())).status_code == 403
    assert desk.get(at("file", reported.pk, "x.webp")).status_code == 403


@rule("R10", "admin")
def test_support_sees_who_asks_for_another_birth_date_and_nothing_else(desk, reported):
    asked = make_case(origin=Case.Origin.AGE)
    support = desk_of(make_staff("ute", "support"))

    assert titles(support.get(QUEUE)) == [asked.title]
    assert asked.title not in titles(desk.get(QUEUE))
    assert support.get(at("statistics")).status_code == 403
    for name in DEEDS:
        assert support.post(at(name, reported.pk)).status_code == 404
    assert support.get(at("change", reported.pk)).status_code == 404
    assert support.get(at("file", reported.pk, "x.webp")).status_code == 404


@rule("R10", "admin")
def test_support_decides_nothing_under_the_cover_of_a_birth_date(ana, db):
    ute = make_staff("ute", "support")
    case = hold(ute, make_case(ana, origin=Case.Origin.AGE))
    ban = WARNED | {"acts": ["suspend"], "suspend_days": "30"}

    desk_of(ute).post(at("decide", case.pk), ban)
    desk_of(ute).post(at("bulk"), ban | {"case": [case.pk], "decide": "1"})

    ana.refresh_from_db()
    assert (Decision.objects.count(), ana.is_active) == (0, True)


def test_a_session_without_second_factor_is_sent_away(client, mia, reported):
    client.force_login(mia)

    for name in GETS:
        assert client.get(at(name)).status_code == 302
    for name in DEEDS:
        assert client.post(at(name, reported.pk)).status_code == 302


@rule("R44", "admin")
def test_known_pictures_are_for_seniors_and_legal(desk, sam):
    case = make_case(origin=Case.Origin.HASH)
    legal = desk_of(make_staff("lee", "legal"))

    assert titles(desk.get(QUEUE)) == []
    assert desk.get(at("change", case.pk)).status_code == 404
    assert titles(desk_of(sam).get(QUEUE)) == [case.title]
    assert titles(legal.get(QUEUE)) == [case.title]
    make_case()
    assert titles(legal.get(QUEUE)) == [case.title]


@rule("R42", "admin")
def test_the_statistics_tell_how_it_goes(desk, mia, sam, ana, reported):
    first = deciding.decide(mia, reported, acts=[("warn", {})], **_said())
    made = appeals.appeal(ana, first, "No.")
    appeals.answer(sam, made, overturn=True, words="Right.")
    make_case()

    numbers = desk.get(at("statistics")).context["numbers"]

    assert (numbers.open, numbers.decided, numbers.answered, numbers.overturned) == (1, 1, 1, 1)
    share = numbers.shares[0]
    assert (share.moderator, share.decided, share.appealed, share.overturned) == (mia, 1, 1, 1)


def test_a_request_about_one_s_age_leads_to_the_page_that_answers_it(sam, ana):
    case = hold(sam, make_case(ana, origin=Case.Origin.AGE))

    page = desk_of(sam).get(at("change", case.pk)).content.decode()

    assert reverse("admin:accounts_user_correct_age", args=[ana.pk]) in page
    assert at("decide", case.pk) not in page


@rule("R44", "admin")
def test_a_known_picture_is_not_drawn(sam):
    facts = {"hits": [{"origin": "hash", "list": "known", "distance": 3}]}
    case = hold(sam, make_case(origin=Case.Origin.HASH, evidence=facts))

    page = desk_of(sam).get(at("change", case.pk)).content.decode()

    assert reverse("admin:accounts_screeninghit_changelist") in page
    assert "<img" not in page.partition('id="evidence"')[2].partition("</section>")[0]


@pytest.mark.django_db(transaction=True)
def test_two_who_press_next_at_once_get_two_cases():
    people = [make_staff("one", "moderator"), make_staff("two", "moderator")]
    wanted = {make_case().pk, make_case().pk}
    both = Barrier(2)

    def take(person: User) -> object:
        try:
            both.wait(timeout=20)
            case = queue.take_next(person, queue.Filters())
            return case and case.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = set(pool.map(take, people))

    assert taken == wanted
