"""Decisions: what they bring about, what is told of them, how they are taken back (R41, R43)."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import actions, policy
from accounts.errors import Conflict, Refused
from accounts.models import AuditEntry, Case, Decision, Notification, OutboxJob, Report, Strike
from accounts.moderation import acts, cases, consequences, deciding, mails, strikes
from tests.accounts.staff import make_case, make_staff
from tests.accounts.told import run_jobs
from tests.factories import make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {"reason": "harassment", "rule": "people", "words": "You threatened Ana."}


@pytest.fixture
def moderator(db):
    return make_staff("mia", "moderator")


@pytest.fixture
def senior(db):
    return make_staff("sam", "senior")


def decide(moderator, person, *chosen, **said) -> Decision:
    case = Case.objects.open().filter(owner=person).first() or make_case(person)
    return deciding.decide(moderator, case, acts=chosen, **(SAID | said))


def told(person) -> list[str]:
    """The kinds of what waits in somebody's list."""
    run_jobs(times=2)
    lines = Notification.objects.filter(user=person).exclude(kind="accounts.sessions_ended")
    return list(lines.order_by("revision").values_list("kind", flat=True))


# --- What a decision needs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "said", "code"),
    [
        ([], {}, "decision.acts"),
        ([("dance", {})], {}, "decision.acts"),
        ([("none", {}), ("warn", {})], {}, "decision.acts"),
        ([("warn", {}), ("warn", {})], {}, "decision.acts"),
        ([("remove", {})], {}, "decision.acts"),
        ([("limit", {"days": 3})], {}, "decision.features"),
        ([("limit", {"days": 91, "features": ["post"]})], {}, "decision.days"),
        ([("suspend", {"days": 0})], {}, "decision.days"),
        ([("suspend", {"days": "many"})], {}, "decision.days"),
        ([("warn", {})], {"reason": "boring"}, "decision.reason"),
        ([("warn", {})], {"rule": "no such"}, "decision.rule"),
        ([("warn", {})], {"words": " "}, "decision.words"),
    ],
)
@rule("R41", "admin")
def test_a_decision_says_what_and_why(moderator, zoe, chosen, said, code):
    with pytest.raises(ValidationError) as refusal:
        decide(moderator, zoe, *chosen, **said)
    assert refusal.value.code == code
    assert not Decision.objects.exists()


def test_a_case_is_decided_once(moderator, zoe):
    case = make_case(zoe)
    deciding.decide(moderator, case, acts=[("warn", {})], **SAID)

    with pytest.raises(Conflict) as refusal:
        deciding.decide(moderator, case, acts=[("none", {})], **SAID)
    assert refusal.value.code == "case.decided"


def test_what_somebody_else_holds_is_theirs_to_decide(moderator, senior, zoe):
    case = cases.claim(senior, make_case(zoe))

    with pytest.raises(Conflict) as refusal:
        deciding.decide(moderator, case, acts=[("warn", {})], **SAID)
    assert refusal.value.code == "case.claimed"


@rule("R41", "admin")
def test_who_has_not_the_role_decides_nothing(ana, zoe):
    with pytest.raises(Refused) as refusal:
        decide(ana, zoe, ("warn", {}))
    assert refusal.value.code == "moderation.role"


def test_acts_are_offered_by_what_it_is(zoe):
    names = [act.name for act in acts.offered(make_case(zoe))]

    assert names == ["none", "warn", "reset_profile", "limit", "suspend", "ban"]


# --- What it tells --------------------------------------------------------------------------------


@rule("R41", "page", "api")
def test_the_person_reads_what_why_by_which_rule_and_how_to_object(moderator, zoe, browser, api):
    made = decide(moderator, zoe, ("warn", {}), ("limit", {"days": 7, "features": ["comment"]}))

    page = browser(zoe).get(made.get_absolute_url()).content.decode()
    for words in ("This is a warning.", "You threatened Ana.", "Bullying", "Be kind to people"):
        assert words in page
    assert "Send the appeal" in page
    shown = api(zoe).get(f"/api/v1/me/decisions/{made.pk}/").json()
    assert [each["name"] for each in shown["measures"]] == ["warn", "limit"]
    assert (shown["words"], shown["rule"]["code"]) == ("You threatened Ana.", "people")
    assert (shown["may_appeal"], shown["appeal"]) == (True, None)
    assert moderator.username not in page and moderator.username not in str(shown)


def test_it_is_told_to_the_person_and_to_whoever_reported(moderator, ana, zoe):
    actions.report(ana, "user", zoe.pk, reason="harassment")

    decide(moderator, zoe, ("warn", {}))

    assert told(zoe) == ["accounts.decision"]
    assert told(ana) == ["accounts.report_answered"]
    assert Report.objects.get().state == Report.State.ACTED


@rule("R40", "page", "api")
def test_the_reporter_learns_the_outcome_and_stays_hidden(moderator, ana, zoe, browser, api):
    actions.report(ana, "user", zoe.pk, reason="harassment")
    made = decide(moderator, zoe, ("warn", {}))

    mine = api(ana).get("/api/v1/reports/").json()["results"]
    assert [(each["state"], each["outcome"]) for each in mine] == [("acted", "We took action")]
    assert "We took action" in browser(ana).get(reverse("accounts:reports")).content.decode()
    page = browser(zoe).get(made.get_absolute_url()).content.decode()
    assert "ana" not in page.lower().replace("you threatened ana", "")


def test_nothing_wrong_is_told_to_the_reporter_alone(moderator, ana, zoe):
    actions.report(ana, "user", zoe.pk, reason="harassment")

    made = decide(moderator, zoe, ("none", {}))

    assert made.person is None
    assert told(zoe) == []
    assert Report.objects.get().state == Report.State.KEPT
    assert not Strike.objects.exists()


@pytest.mark.parametrize("who", ["ana", "mod"])
def test_a_statement_is_for_whom_it_concerns(moderator, zoe, who, browser, api, request):
    other = request.getfixturevalue(who)
    made = decide(moderator, zoe, ("warn", {}))

    assert browser(other).get(made.get_absolute_url()).status_code == 404
    assert api(other).get(f"/api/v1/me/decisions/{made.pk}/").status_code == 404
    assert api(other).get("/api/v1/me/decisions/").json()["results"] == []


def test_pages_cost_the_same_however_many_there_are(
    moderator, zoe, browser, api, django_assert_max_num_queries
):
    for _number in range(3):
        decide(moderator, zoe, ("warn", {}))

    client = browser(zoe)
    client.get(reverse("accounts:decisions"))
    with django_assert_max_num_queries(10):
        client.get(reverse("accounts:decisions"))
    with django_assert_max_num_queries(2):
        assert len(api(zoe).get("/api/v1/me/decisions/").json()["results"]) == 3


def test_the_house_rules_are_there_for_everybody(client):
    page = client.get(reverse("accounts:house_rules")).content.decode()

    assert 'id="people"' in page


# --- Strikes and what follows ---------------------------------------------------------------------


def test_a_strike_counts_for_ninety_days(moderator, zoe):
    made = decide(moderator, zoe, ("warn", {}))

    assert strikes.number_of(zoe) == 1
    lifetime = made.strike.lapses_at - made.strike.given_at
    assert round(lifetime / timedelta(days=1), 3) == 90
    Strike.objects.update(lapses_at=timezone.now())
    assert strikes.number_of(zoe) == 0


def test_an_innocent_mistake_need_not_be_one(moderator, zoe):
    decide(moderator, zoe, ("warn", {}), is_strike=False)

    assert strikes.number_of(zoe) == 0


@pytest.mark.parametrize(
    ("number", "severity", "step"),
    [
        (0, 2, ("warn", 0)),
        (1, 2, ("limit", 3)),
        (3, 2, ("suspend", 7)),
        (9, 2, ("ban", 0)),
        (0, 8, ("suspend", 7)),
    ],
)
def test_the_ladder_only_suggests(number, severity, step):
    assert policy.suggested(number, severity) == step


@rule("R43", "job")
def test_a_limit_ends_by_itself(moderator, zoe):
    decide(moderator, zoe, ("limit", {"days": 3, "features": ["comment", "message"]}))
    zoe.refresh_from_db()
    zoe.forget_person()
    assert zoe.person.limited == {"comment", "message"}

    past = timezone.now() - timedelta(days=4)
    Decision.objects.update(made_at=past, until=past + timedelta(days=3))
    assert consequences.end_due() == 1

    zoe.refresh_from_db()
    zoe.forget_person()
    assert (zoe.limits, zoe.person.limited) == ({}, frozenset())
    assert consequences.end_due() == 0


@rule("R43", "page", "api")
def test_what_is_limited_is_refused_with_the_rule(moderator, ana, zoe, browser, api):
    decide(moderator, zoe, ("limit", {"days": 3, "features": ["follow"]}))

    answer = api(fresh(zoe)).post(f"/api/v1/users/{ana.username}/follow/")
    assert (answer.status_code, answer.json()["code"]) == (403, "policy.R43")
    page = browser(zoe).post(reverse("accounts:follow", args=[ana.username]))
    assert page.status_code == 403


@rule("R43", "job", "admin")
def test_who_is_suspended_is_out_until_it_ends(moderator, zoe, client):
    client.force_login(zoe)

    decide(moderator, zoe, ("suspend", {"days": 7}))

    zoe.refresh_from_db()
    assert (zoe.is_active, zoe.is_barred) == (False, True)
    assert client.get(reverse("accounts:settings")).status_code == 302
    past = timezone.now() - timedelta(days=8)
    Decision.objects.update(made_at=past, until=past + timedelta(days=7))
    consequences.end_due()
    zoe.refresh_from_db()
    assert (zoe.is_active, zoe.suspended_until) == (True, None)


def test_of_two_suspensions_the_longer_holds(moderator, zoe):
    first = decide(moderator, zoe, ("suspend", {"days": 7}))
    decide(moderator, zoe, ("suspend", {"days": 30}))

    deciding.undo(moderator, first, "It was somebody else.")

    zoe.refresh_from_db()
    assert zoe.is_active is False
    assert zoe.suspended_until > timezone.now() + timedelta(days=29)


def test_who_leaves_is_not_called_back_by_the_end_of_a_suspension(moderator, zoe):
    made = decide(moderator, zoe, ("suspend", {"days": 7}))
    zoe.refresh_from_db()
    actions.leave_medley(zoe)

    deciding.undo(moderator, made, "It was somebody else.")

    zoe.refresh_from_db()
    assert zoe.is_active is False


# --- The second pair of eyes ----------------------------------------------------------------------


@rule("R43", "admin")
def test_a_ban_waits_for_a_second_senior(senior, zoe):
    made = decide(senior, zoe, ("ban", {}))

    zoe.refresh_from_db()
    assert (made.state, made.case.state, zoe.is_banned) == ("proposed", "proposed", False)
    assert told(zoe) == []
    with pytest.raises(Refused) as refusal:
        deciding.confirm(senior, made)
    assert refusal.value.code == "decision.own_proposal"
    deciding.confirm(make_staff("sue", "senior"), made)
    zoe.refresh_from_db()
    assert (zoe.is_banned, zoe.is_active) == (True, False)


def test_who_is_kept_out_gets_a_mail(moderator, zoe, mailoutbox):
    EmailAddress.objects.create(user=zoe, email=zoe.email, verified=True, primary=True)

    made = decide(moderator, zoe, ("suspend", {"days": 7}))
    mails.send_decision(made.pk)

    assert told(zoe) == []
    assert OutboxJob.objects.filter(task="accounts.mail_decision").count() == 1
    assert "You threatened Ana." in mailoutbox[0].body
    deciding.undo(moderator, made, "No.")
    mails.send_decision(made.pk)
    assert len(mailoutbox) == 1


def test_a_moderator_confirms_no_ban(moderator, senior, zoe):
    made = decide(senior, zoe, ("ban", {}))

    with pytest.raises(Refused) as refusal:
        deciding.confirm(moderator, made)
    assert refusal.value.code == "moderation.role"


def test_all_else_holds_while_the_ban_waits(moderator, senior, zoe):
    made = decide(moderator, zoe, ("suspend", {"days": 7}), ("ban", {}))

    zoe.refresh_from_db()
    assert (made.act_names, zoe.is_active) == (["suspend"], False)
    proposed = Decision.objects.get(state=Decision.State.PROPOSED)
    deciding.decline(senior, proposed, "Too hard for a first time.")
    zoe.refresh_from_db()
    assert (zoe.is_banned, proposed.case.decisions.count()) == (False, 2)
    assert Case.objects.get().state == Case.State.DECIDED


def test_a_declined_ban_alone_puts_the_case_back(moderator, senior, zoe):
    made = decide(moderator, zoe, ("ban", {}))

    deciding.decline(senior, made, "Too hard for a first time.")

    assert Case.objects.get().state == Case.State.OPEN
    assert not Decision.objects.told_to(zoe).exists()


# --- Taking it back -------------------------------------------------------------------------------


@rule("R41", "page", "admin")
def test_undoing_puts_everything_back_and_tells(moderator, zoe, browser):
    made = decide(
        moderator, zoe, ("limit", {"days": 3, "features": ["post"]}), ("suspend", {"days": 7})
    )

    deciding.undo(moderator, made, "We took you for somebody else. Sorry.")

    zoe.refresh_from_db()
    assert (zoe.is_active, zoe.limits, strikes.number_of(zoe)) == (True, {}, 0)
    assert told(zoe) == ["accounts.decision"]
    page = browser(zoe).get(made.get_absolute_url()).content.decode()
    assert "We took you for somebody else." in page
    with pytest.raises(Conflict) as refusal:
        deciding.undo(moderator, made, "Again.")
    assert refusal.value.code == "decision.settled"


def test_what_others_decided_is_for_seniors_to_undo(moderator, senior, zoe):
    made = decide(moderator, zoe, ("warn", {}))
    with pytest.raises(Refused):
        deciding.undo(make_staff("max", "moderator"), made, "No.")

    assert deciding.undo(senior, made, "No.").state == Decision.State.UNDONE


def test_undoing_that_nothing_was_wrong_opens_the_case(moderator, zoe):
    made = decide(moderator, zoe, ("none", {}))

    deciding.undo(moderator, made, "There was something after all.")

    assert Case.objects.get().state == Case.State.OPEN


def test_every_deed_is_on_record(moderator, senior, zoe):
    case = cases.claim(moderator, make_case(zoe))
    made = deciding.decide(moderator, case, acts=[("warn", {})], **SAID)
    deciding.undo(senior, made, "No.")

    verbs = AuditEntry.objects.order_by("number").values_list("actor", "verb")
    assert list(verbs) == [
        (moderator.pk, "case.claimed"),
        (moderator.pk, "case.decided"),
        (senior.pk, "decision.undone"),
    ]


def fresh(person):
    """As the next request finds them."""
    return type(person).objects.get(pk=person.pk)


def test_staff_have_a_case_too(senior):
    other = make_staff("max", "moderator")

    decide(senior, other, ("suspend", {"days": 1}))

    other.refresh_from_db()
    assert other.is_active is False
    assert make_user().is_active
