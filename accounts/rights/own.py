"""What accounts itself gives of a person, and how it lets go of one (EXPORTERS, PURGERS)."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.ports import Exporter, ExportPart, Purger, Row, StoredFile
from accounts.rights import letting_go
from accounts.rights.tables import Table, meaning_of

# Of oneself, as the database calls it.
PROFILE = [
    "id",
    "username",
    "email",
    "display_name",
    "bio",
    "birth_date",
    "region",
    "language",
    "theme",
    "time_zone",
    "is_private",
    "messages_from",
    "asks_before_groups",
    "suggests_account",
    "date_joined",
    "last_login",
]

_GUARDED = (
    "created_at consented_at ended_at minutes quiet_from quiet_until messages_from is_restricted"
    " is_search_off"
)

TABLES = (
    Table(
        "accounts.Follow",
        "account/following",
        gettext_lazy("Whom you follow"),
        "username=followed__username name=followed__display_name since=created_at accepted_at",
        of="follower",
    ),
    Table(
        "accounts.Follow",
        "account/followers",
        gettext_lazy("Who follows you"),
        "username=follower__username name=follower__display_name since=created_at accepted_at",
        of="followed",
    ),
    Table(
        "accounts.Block",
        "account/blocked",
        gettext_lazy("Whom you block"),
        "username=blocked__username since=created_at",
        of="blocker",
        about=gettext_lazy("Who blocks you is theirs to know."),
    ),
    Table(
        "accounts.Report",
        "account/reports",
        gettext_lazy("What you reported"),
        "kind title reason words state created_at closed_at",
        of="reporter",
    ),
    Table(
        "accounts.Decision",
        "account/decisions",
        gettext_lazy("What was decided about you"),
        "acts reason rule words state is_automated territory made_at until ended_at",
        of="person",
    ),
    Table(
        "accounts.Appeal",
        "account/appeals",
        gettext_lazy("Your appeals"),
        "decision_id report_id words state answer made_at decided_at",
        of="person",
    ),
    Table(
        "accounts.Strike",
        "account/strikes",
        gettext_lazy("Your strikes"),
        "decision_id given_at lapses_at taken_back_at",
        of="person",
    ),
    Table(
        "account.EmailAddress",
        "account/mail",
        gettext_lazy("Your mail addresses"),
        "email verified primary",
    ),
    Table(
        "mfa.Authenticator",
        "account/two-step",
        gettext_lazy("How you sign in besides your password"),
        "type created_at last_used_at",
    ),
    Table(
        "accounts.Device",
        "account/devices",
        gettext_lazy("Devices that are told"),
        "kind name created_at registered_at last_ok_at",
    ),
    Table(
        "accounts.Notification",
        "account/activity",
        gettext_lazy("Your activity"),
        "kind words actor_count happened_at read_at",
    ),
    Table(
        "accounts.NotificationChoice",
        "account/told-of",
        gettext_lazy("What you are told of"),
        "kind in_app push mail",
    ),
    Table(
        "accounts.NotificationPreferences",
        "account/telling",
        gettext_lazy("How you are told"),
        "in_app push digest hides_content quiet_from quiet_until",
    ),
    Table(
        "accounts.Entitlement",
        "account/entitlements",
        gettext_lazy("What you have bought the right to"),
        "name grantor=grantor__username source granted_at expires_at revoked_at",
        of="holder",
    ),
    Table(
        "accounts.Upload",
        "account/uploads",
        gettext_lazy("Your uploads"),
        "purpose name length created_at completed_at",
        of="owner",
    ),
    Table(
        "accounts.SignIn",
        "account/sign-ins",
        gettext_lazy("Where you are signed in"),
        "name is_app created_at seen_at",
    ),
    Table(
        "accounts.SecurityEvent",
        "account/security",
        gettext_lazy("What happened to how you sign in"),
        "kind name at",
    ),
    Table(
        "accounts.GuardianLink",
        "family/guardians",
        gettext_lazy("Your guardians"),
        f"guardian=guardian__username {_GUARDED}",
        of="teen",
    ),
    Table(
        "accounts.GuardianLink",
        "family/wards",
        gettext_lazy("Teenagers whose guardian you are"),
        f"teen=teen__username {_GUARDED}",
        of="guardian",
    ),
    Table(
        "accounts.TimeRequest",
        "family/requests",
        gettext_lazy("More time that you asked for"),
        "day asked_at answered_at is_granted",
        of="teen",
    ),
    Table(
        "accounts.ScreenDay",
        "family/screen-time",
        gettext_lazy("Minutes you spent on Medley"),
        "day minutes",
    ),
    Table(
        "accounts.Export",
        "account/copies",
        gettext_lazy("Copies of your data that you asked for"),
        "asked_at state size ready_at",
        of="person",
    ),
)


def parts(person: User) -> Iterator[ExportPart]:
    """The profile with its picture, then the tables."""
    yield ExportPart(
        "account/profile",
        _("Your profile and settings"),
        "",
        {name: meaning_of(User, name) for name in [*PROFILE, "avatar"]},
        partial(_profile, person),
        files=partial(_picture, person),
        template="accounts/export/_facts.html",
    )
    yield from (table.part(person) for table in TABLES)


def _profile(person: User) -> Iterator[Row]:
    picture = [stored.path for stored in _picture(person)]
    yield {name: getattr(person, name) for name in PROFILE} | {"avatar": "".join(picture)}


def _picture(person: User) -> Iterator[StoredFile]:
    if person.avatar:
        yield StoredFile(f"account/files/{person.avatar.rpartition('/')[2]}", person.avatar)


EXPORTER = Exporter(
    parts,
    frozenset({"accounts.User", *(table.model for table in TABLES)}),
    {
        "accounts.AuditEntry": "the staff's log of what staff did; it names people by their ids",
        "accounts.Case": "the moderators' file; what was decided is in it",
        "accounts.CaseNote": "written by staff, about work; only staff have any",
        "accounts.Guesses": "counts wrong passcodes, for an hour",
        "accounts.KeptAnswer": "answers to the person's apps, for a day; what they tell is in it",
        "accounts.LinkBlock": "a list that staff keep",
        "accounts.NotificationActor": "what others were told; it is in what the person did",
        "accounts.NotificationLine": "a counter of the list of activity",
        "accounts.PairingCode": "lives for fifteen minutes",
        "accounts.Passcode": "a secret; only its fingerprint is kept",
        "accounts.RegionRule": "a table that staff keep",
        "accounts.ScreeningHit": "evidence (R44): moderators tell what was decided",
        "accounts.SavedReply": "written by staff, for work; only staff have any",
        "accounts.SocketTicket": "lives for 30 seconds",
        "accounts.User_groups": "which roles somebody on staff has",
        "accounts.User_user_permissions": "what somebody on staff may do",
        "admin.LogEntry": "the staff's own log of the admin; only staff have any",
    },
)


def _let_go_of_addresses(person_id: UUID) -> int:
    """Mail addresses with what confirms them."""
    return EmailAddress.objects.filter(user=person_id).delete()[0]


PURGER = Purger(
    (
        letting_go.end_exports,
        letting_go.end_uploads,
        letting_go.end_families,
        letting_go.drop_avatar,
        letting_go.drop_reset_profile,
        letting_go.take_out_of_lines,
        letting_go.forget_jobs,
        letting_go.unname_reports,
        letting_go.forget_admin_log,
        _let_go_of_addresses,
    ),
    {
        "accounts.AuditEntry": "the log of what staff did is append-only and chained (R42): ids",
        "accounts.Case": "evidence under hold outlives what it shows (R40, R44)",
        "accounts.Report": "evidence outlives what it shows (R40); it goes with its own time",
        "accounts.ScreeningHit": "evidence under hold (R44), with whom an authority asks for",
        "accounts.Tombstone": "says that the account is to stay deleted",
    },
)
