"""Who on staff may what: four roles, each with no more than its work needs (R41, R42).

A role is a Django group of the same name. What it may in the admin stands here, in code, and is
given to the group after every migration; people get roles from a superuser. A superuser has every
role's rights, and like everybody sees evidence only under a case that they claimed.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Case, User


class Role(TextChoices):
    """The groups of staff."""

    MODERATOR = "moderator", _("Moderator: works through the queue")
    SENIOR = "senior", _("Senior moderator: confirms, undoes, answers appeals")
    LEGAL = "legal", _("Legal: kept evidence, regions, transparency")
    SUPPORT = "support", _("Support: accounts, without what people wrote")


_QUEUE = (
    *("accounts.view_case", "accounts.change_case"),
    *("accounts.view_savedreply", "accounts.add_savedreply"),
    *("accounts.change_savedreply", "accounts.delete_savedreply"),
    *("accounts.view_linkcard", "accounts.change_linkcard"),
)
_REFUNDS = ("commerce.view_refund", "commerce.change_refund")
_PEOPLE = ("accounts.view_user", "accounts.view_follow", "accounts.view_block")

# "app.codename", as `User.has_perm` takes them. A table that is not there yet is no mistake.
PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.MODERATOR: (*_QUEUE, *_REFUNDS),
    Role.SENIOR: (
        *_QUEUE,
        *_REFUNDS,
        "accounts.view_auditentry",
        *("accounts.view_user", "accounts.change_user"),
        *("accounts.view_regionrule", "accounts.add_regionrule", "accounts.change_regionrule"),
        *("accounts.view_linkblock", "accounts.add_linkblock", "accounts.delete_linkblock"),
        *("videos.view_video", "videos.change_video", "videos.view_sound", "videos.change_sound"),
        *("chat.view_conversation", "accounts.view_screeninghit", "accounts.view_hashlist"),
        *("commerce.view_sellerapplication", "commerce.change_sellerapplication"),
        *("commerce.view_shop", "commerce.view_taxrate", "commerce.view_returnwindow"),
    ),
    Role.LEGAL: (
        *("accounts.view_case", "accounts.change_case"),
        *("accounts.view_auditentry", "accounts.view_transparencytotal"),
        *("accounts.view_regionrule", "accounts.add_regionrule"),
        *("accounts.change_regionrule", "accounts.delete_regionrule"),
        *("accounts.view_hashlist", "accounts.change_hashlist", "accounts.delete_hashlist"),
        *("accounts.view_screeninghit", "accounts.change_screeninghit"),
        "accounts.view_tombstone",
        *("commerce.view_sellerapplication", "commerce.change_sellerapplication"),
        *("commerce.view_shop", "commerce.view_taxrate"),
        *("commerce.add_taxrate", "commerce.change_taxrate"),
        *("commerce.view_returnwindow", "commerce.add_returnwindow"),
        *("commerce.change_returnwindow", "commerce.delete_returnwindow"),
    ),
    Role.SUPPORT: (*_PEOPLE, *_REFUNDS, "accounts.change_user", "accounts.view_case"),
}


def roles_of(user: "User") -> frozenset[str]:
    """The roles that the person has, asked once a request; all of them for a superuser."""
    if not user.is_active or not user.is_staff:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role.values)
    known = user.__dict__.get("_roles")
    if known is None:
        names = user.groups.values_list("name", flat=True)
        known = user.__dict__["_roles"] = frozenset(names) & frozenset(Role.values)
    return known


def _has(user: "User", *wanted: Role) -> bool:
    return not roles_of(user).isdisjoint(wanted)


def may_decide(user: "User") -> bool:
    """Work through the queue: claim, note, decide."""
    return _has(user, Role.MODERATOR, Role.SENIOR)


def may_confirm(user: "User") -> bool:
    """Be the second pair of eyes for a permanent ban."""
    return _has(user, Role.SENIOR)


def may_undo(user: "User", moderator_id: Any) -> bool:
    """Take a decision back: one's own, or as a senior anybody's."""
    return may_decide(user) and (user.pk == moderator_id or _has(user, Role.SENIOR))


def may_answer_appeals(user: "User") -> bool:
    """Decide on appeals; never on those against one's own decisions (R41), which is asked there."""
    return _has(user, Role.SENIOR)


def may_open_hash_hits(user: "User") -> bool:
    """Work on what a hash list found: for seniors and legal alone (R44)."""
    return _has(user, Role.SENIOR, Role.LEGAL)


def may_open_origin(user: "User", origin: str) -> bool:
    """Work on cases that came up so: appeals are for seniors, birth dates for who helps people with
    their accounts (R10)."""
    match origin:
        case "hash":
            return may_open_hash_hits(user)
        case "appeal":
            return may_answer_appeals(user)
        case "age":
            return may_help_accounts(user)
    return may_decide(user)


def may_open_case(user: "User", case: "Case") -> bool:
    """Claim and work on this one."""
    return may_open_origin(user, case.origin)


def may_see_evidence(user: "User", case: "Case") -> bool:
    """See what was reported and what was said around it: while one holds the case (R42)."""
    is_theirs = case.claimed_by_id == user.pk and (
        case.claimed_until is not None and case.claimed_until > timezone.now()
    )
    return is_theirs and may_open_case(user, case)


def may_hold_evidence(user: "User") -> bool:
    """Keep or release evidence for an authority (R44)."""
    return _has(user, Role.LEGAL)


def may_see_statistics(user: "User") -> bool:
    """See how the queue goes."""
    return _has(user, Role.MODERATOR, Role.SENIOR, Role.LEGAL)


def may_help_accounts(user: "User") -> bool:
    """See people's account data, without what they wrote, and correct ages (R10)."""
    return _has(user, Role.SUPPORT, Role.SENIOR)


def may_switch_regions(user: "User") -> bool:
    """Switch features off and on in a region (R45)."""
    return _has(user, Role.LEGAL, Role.SENIOR)


def grant_permissions(sender: AppConfig, **_kwargs: Any) -> None:
    """Give each group exactly its permissions of one app: after that app's were made
    (`post_migrate`, as Django makes the permissions themselves)."""
    if sender.label not in _apps():
        return
    group_model = apps.get_model("auth", "Group")
    for role, wanted in PERMISSIONS.items():
        group = group_model.objects.filter(name=role.value).first()
        if group is not None:
            _grant(group, sender.label, wanted)


def _grant(group: Any, app: str, wanted: Iterable[str]) -> None:
    codenames = {name.partition(".")[2] for name in wanted if name.startswith(f"{app}.")}
    known = apps.get_model("auth", "Permission").objects.filter(content_type__app_label=app)
    given = set(group.permissions.filter(content_type__app_label=app))
    due = set(known.filter(codename__in=codenames))
    group.permissions.remove(*given - due)
    group.permissions.add(*due - given)


def _apps() -> set[str]:
    return {name.partition(".")[0] for names in PERMISSIONS.values() for name in names}
