"""Roles of staff: each does what its work needs, and all they write is in the audit log."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from accounts.actions import staff
from accounts.errors import Refused
from accounts.models import AuditEntry, LinkBlock, OutboxJob, SavedReply
from accounts.moderation import roles
from accounts.moderation.roles import PERMISSIONS, Role
from tests.accounts.staff import desk_of, make_case, make_staff
from tests.factories import make_user
from tests.rules import rule

INDEX = reverse("admin:index")
ABLE = {
    roles.may_decide: {"moderator", "senior"},
    roles.may_confirm: {"senior"},
    roles.may_answer_appeals: {"senior"},
    roles.may_open_hash_hits: {"senior", "legal"},
    roles.may_hold_evidence: {"legal"},
    roles.may_see_statistics: {"moderator", "senior", "legal"},
    roles.may_help_accounts: {"senior", "support"},
}


@pytest.mark.parametrize("ask", ABLE, ids=lambda ask: ask.__name__)
def test_each_right_belongs_to_its_roles(ask, mod, ana, db):
    able = {role for role in Role.values if ask(make_staff(role, role))}

    assert able == ABLE[ask]
    assert ask(mod)
    assert not ask(ana)


def test_a_role_without_being_staff_is_none(ana):
    ana.groups.add(Group.objects.get(name="senior"))

    assert roles.roles_of(ana) == frozenset()


def test_each_group_has_what_the_code_says_and_all_of_it_exists(db):
    for role, wanted in PERMISSIONS.items():
        given = Group.objects.get(name=role).permissions.select_related("content_type")
        found = {f"{each.content_type.app_label}.{each.codename}" for each in given}
        assert found == set(wanted)


def test_granting_again_takes_away_what_was_added_by_hand(db):
    group = Group.objects.get(name="support")
    group.permissions.add(Permission.objects.get(codename="view_auditentry"))

    roles.grant_permissions(apps.get_app_config("accounts"))

    assert not group.permissions.filter(codename="view_auditentry").exists()


SEEN = {
    "moderator": {"Case", "SavedReply", "LinkCard", "Refund"},
    "senior": {
        *("AuditEntry", "Case", "HashList", "LinkBlock", "LinkCard", "RegionRule", "SavedReply"),
        *("ScreeningHit", "Sound", "User", "Video", "Conversation"),
        *("Refund", "ReturnWindow", "SellerApplication", "Shop", "TaxRate"),
    },
    "legal": {
        *("AuditEntry", "Case", "HashList", "RegionRule", "ScreeningHit"),
        *("ReturnWindow", "SellerApplication", "Shop", "TaxRate"),
    },
    "support": {"Block", "Case", "Follow", "Refund", "User"},
}


@rule("R42", "admin")
@pytest.mark.parametrize("role", Role.values)
def test_the_admin_shows_each_role_only_its_own(role, db):
    page = desk_of(make_staff(role, role)).get(INDEX)

    shown = {table["object_name"] for app in page.context["app_list"] for table in app["models"]}

    assert shown <= SEEN[role]
    assert "Case" in shown
    assert "Report" not in shown


@pytest.mark.parametrize("role", [*Role.values, None])
def test_every_role_needs_a_second_factor(client, role, db):
    client.force_login(make_staff("staff", *([role] if role else [])))

    assert client.get(INDEX).status_code == 302


@rule("R42", "admin")
@pytest.mark.parametrize("role", Role.values)
def test_nobody_on_staff_reads_messages_or_reports_outside_a_case(role, db):
    desk = desk_of(make_staff(role, role))

    for address in ("/admin/accounts/report/", "/admin/chat/message/", "/admin/chat/edit/"):
        assert desk.get(address).status_code == 404


# --- Giving roles ---------------------------------------------------------------------------------


def test_a_superuser_gives_and_takes_roles(mod, ana):
    staff.give_role(mod, ana, "moderator")
    assert roles.roles_of(ana) == {"moderator"}

    staff.take_roles(mod, ana)
    ana.refresh_from_db()
    assert (roles.roles_of(ana), ana.is_staff) == (frozenset(), False)
    verbs = AuditEntry.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["role.given", "roles.taken"]


def test_nobody_else_gives_roles(ana, db):
    with pytest.raises(Refused):
        staff.give_role(make_staff("sam", "senior"), ana, "moderator")


def test_a_minor_works_on_no_case(mod, teo):
    with pytest.raises(ValidationError):
        staff.give_role(mod, teo, "moderator")


def test_the_first_ones_get_their_role_on_the_command_line(ana):
    call_command("give_role", "ana", "legal")

    assert Group.objects.get(name="legal") in ana.groups.all()
    with pytest.raises(CommandError):
        call_command("give_role", "nobody_here", "legal")


def test_roles_are_given_in_the_admin_by_superusers_alone(mod, ana):
    chosen = {"action": "give_moderator", "_selected_action": [ana.pk]}
    people = reverse("admin:accounts_user_changelist")

    desk_of(make_staff("sam", "senior")).post(people, chosen)
    assert not ana.groups.exists()
    desk_of(mod).post(people, chosen)
    assert [group.name for group in ana.groups.all()] == ["moderator"]


# --- Saved replies --------------------------------------------------------------------------------


def test_a_moderator_keeps_replies_of_their_own_and_changes_no_shared_one(db):
    mia = make_staff("mia", "moderator")
    desk = desk_of(mia)
    add = reverse("admin:accounts_savedreply_add")
    shared = SavedReply.objects.create(title="All", words="Ours.")
    sams = SavedReply.objects.create(owner=make_staff("sam", "senior"), title="Sam", words="Mine.")

    desk.post(add, {"title": "Kind", "words": "Be kind.", "reason": "", "is_shared": "on"})
    kept = SavedReply.objects.get(title="Kind")
    assert kept.owner == mia

    words = {"title": "Kind", "words": "Be kinder.", "reason": ""}
    for reply, status in ((kept, 302), (shared, 403)):
        at = reverse("admin:accounts_savedreply_change", args=[reply.pk])
        assert desk.post(at, words).status_code == status
    desk.post(reverse("admin:accounts_savedreply_change", args=[sams.pk]), words)
    sams.refresh_from_db()
    shared.refresh_from_db()
    assert (sams.words, shared.words) == ("Mine.", "Ours.")


def test_a_senior_keeps_replies_for_all(db):
    desk = desk_of(make_staff("sam", "senior"))

    desk.post(
        reverse("admin:accounts_savedreply_add"),
        {"title": "Kind", "words": "Be kind.", "reason": "", "is_shared": "on"},
    )

    assert SavedReply.objects.get().owner is None


# --- All that is written is audited ---------------------------------------------------------------


def _act(name: str, page: str, make):
    def do(desk) -> None:
        row = make()
        chosen = {"action": name, "_selected_action": [row.pk], "reason": "Because."}
        desk.post(reverse(f"admin:{page}_changelist"), chosen)

    return do


def _aside() -> OutboxJob:
    return OutboxJob.objects.create(task="x.y", tries=3, parked_at=timezone.now())


WRITES = {
    "role.given": _act("give_support", "accounts_user", make_user),
    "roles.taken": _act("take_roles", "accounts_user", make_user),
    "jobs.retried": _act("retry", "accounts_outboxjob", _aside),
    "jobs.discarded": _act("discard", "accounts_outboxjob", _aside),
    "hosts.blocked": lambda desk: desk.post(
        reverse("admin:accounts_linkblock_add"), {"hosts": "bad.example", "reason": ""}
    ),
    "hosts.unblocked": lambda desk: desk.post(
        reverse(
            "admin:accounts_linkblock_delete",
            args=[LinkBlock.objects.create(host="bad.example").pk],
        ),
        {"post": "yes"},
    ),
    "reply.saved": lambda desk: desk.post(
        reverse("admin:accounts_savedreply_add"), {"title": "A", "words": "B", "reason": ""}
    ),
    "case.claimed": lambda desk: desk.post(
        reverse("admin:accounts_case_claim", args=[make_case().pk])
    ),
}


@rule("R42", "admin")
@pytest.mark.parametrize("verb", WRITES)
def test_whatever_staff_writes_is_in_the_audit_log(mod, verb):
    WRITES[verb](desk_of(mod))

    assert AuditEntry.objects.filter(verb=verb, actor=mod).count() == 1


def test_the_audit_log_is_read_by_seniors_and_legal(db):
    sam = make_staff("sam", "senior")
    staff.give_role(None, make_user(), "support")
    page = reverse("admin:accounts_auditentry_changelist")

    for query in ("", "?q=role.given", "?q=@sam", f"?q={sam.pk}"):
        assert desk_of(sam).get(page + query).status_code == 200
    entry = reverse("admin:accounts_auditentry_change", args=[1])
    assert desk_of(sam).get(entry).status_code == 200
    assert desk_of(sam).post(entry, {"verb": "nothing"}).status_code == 403
    assert desk_of(make_staff("mia", "moderator")).get(page).status_code == 403
