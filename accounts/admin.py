"""The moderators' door to people, their relations and the outbox: it reads, and calls actions."""

import json
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts import actions, outbox, policy
from accounts.actions.reporting import hash_of
from accounts.models import Block, Follow, OutboxJob, Report, User

# Groups are unused; the other two show what nobody on staff needs, second-factor secrets among it.
for unused in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


class ReadOnlyAdmin(ModelAdmin):
    """A table to look at; what changes it is an action."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.fields]


def _years_before(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


class AgeBand(admin.SimpleListFilter):
    """The bands that the rules of age know."""

    title = _("age")
    parameter_name = "age"
    BANDS = {
        "13-15": (policy.MINIMUM_AGE, policy.MESSAGES_AGE),
        "16-17": (policy.MESSAGES_AGE, policy.ADULT_AGE),
        "18+": (policy.ADULT_AGE, 200),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(band, band) for band in self.BANDS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        band = self.BANDS.get(self.value() or "")
        if band is None:
            return queryset
        youngest, too_old = band
        today = timezone.now().date()
        return queryset.filter(
            birth_date__lte=_years_before(today, youngest),
            birth_date__gt=_years_before(today, too_old),
        )


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People. No password hash, and the birth date only to read (R10)."""

    list_display = ["username", "name", "age_band", "region", "is_active", "is_staff", "joined"]
    list_filter = [AgeBand, "is_active", "is_staff", "region"]
    search_fields = ["username", "display_name", "email"]
    ordering = ["-date_joined"]
    actions = ["deactivate", "reactivate"]
    fieldsets = [
        (None, {"fields": ["username", "display_name", "email", "bio", "avatar"]}),
        (_("Age and place"), {"fields": ["birth_date", "age", "region", "language", "time_zone"]}),
        (
            _("Privacy"),
            {
                "fields": [
                    "is_private",
                    "messages_from",
                    "asks_before_groups",
                    "suggests_account",
                ]
            },
        ),
        (
            _("Account"),
            {"fields": ["is_active", "is_staff", "is_superuser", "date_joined", "last_login"]},
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for _title, options in self.fieldsets for name in options["fields"]]

    @display(description=_("age"))
    def age_band(self, person: User) -> str:
        """The band, not the birth date: a list needs no more."""
        for band, (youngest, too_old) in AgeBand.BANDS.items():
            if youngest <= person.age < too_old:
                return band
        return ""

    @display(description=_("joined"), ordering="date_joined")
    def joined(self, person: User) -> date:
        return person.date_joined.date()

    @admin.action(description=_("Deactivate: out of sight, signed out"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._each(request, queryset, actions.deactivate, _("Deactivated."))

    @admin.action(description=_("Reactivate"), permissions=["change"])
    def reactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._each(request, queryset, actions.reactivate, _("Reactivated."))

    def _each(self, request: HttpRequest, queryset: QuerySet[User], verb: Any, said: Any) -> None:
        for person in queryset:
            try:
                verb(request.user, person)
            except (PermissionDenied, ValidationError) as error:
                reason = error.messages[0] if isinstance(error, ValidationError) else str(error)
                self.message_user(request, f"{person.username}: {reason}", messages.ERROR)
            else:
                self.log_change(request, person, str(said))
                self.message_user(request, f"{person.username}: {said}", messages.SUCCESS)


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    """Who follows whom."""

    list_display = ["follower", "followed", "created_at", "accepted_at"]
    list_select_related = ["follower", "followed"]
    search_fields = ["follower__username", "followed__username"]
    ordering = ["-created_at"]


@admin.register(Block)
class BlockAdmin(ReadOnlyAdmin):
    """Who blocks whom."""

    list_display = ["blocker", "blocked", "created_at"]
    list_select_related = ["blocker", "blocked"]
    search_fields = ["blocker__username", "blocked__username"]
    ordering = ["-created_at"]


class JobState(admin.SimpleListFilter):
    """Where a job stands."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("parked", _("Put aside")), ("waiting", _("Waiting")), ("done", _("Done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutboxJob]) -> Any:
        match self.value():
            case "parked":
                return queryset.filter(parked_at__isnull=False)
            case "waiting":
                return queryset.filter(parked_at__isnull=True, done_at__isnull=True)
            case "done":
                return queryset.filter(done_at__isnull=False)
        return queryset


@admin.register(OutboxJob)
class OutboxJobAdmin(ReadOnlyAdmin):
    """Jobs that must happen; those put aside after three tries wait here for somebody."""

    list_display = ["task", "created_at", "tries", "due_at", "done_at", "parked_at", "last_error"]
    list_filter = [JobState, "task"]
    search_fields = ["task", "last_error"]
    ordering = ["-created_at"]
    actions = ["retry"]

    @admin.action(description=_("Try again"), permissions=["change"])
    def retry(self, request: HttpRequest, queryset: QuerySet[OutboxJob]) -> None:
        for job in queryset:
            outbox.retry(job)
            self.log_change(request, job, "Tried again.")
        self.message_user(request, _("They run with the next sweep."), messages.SUCCESS)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What was reported, with its evidence; who reported is for moderators alone (R40)."""

    list_display = ["title", "kind", "reason", "owner", "state", "created_at"]
    list_filter = ["state", "kind", "reason"]
    list_select_related = ["owner"]
    search_fields = ["owner__username", "words"]
    ordering = ["-created_at"]
    fields = [
        *("kind", "object_id", "title", "owner", "reason", "words", "reporter"),
        *("state", "outcome", "created_at", "closed_at", "shown_evidence", "is_unchanged"),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).select_related("reporter", "owner")

    @display(description=_("evidence"))
    def shown_evidence(self, report: Report) -> SafeString:
        text = json.dumps(report.evidence, indent=2, ensure_ascii=False)
        return format_html("<pre>{}</pre>", text)

    @display(description=_("as it was then"), boolean=True)
    def is_unchanged(self, report: Report) -> bool:
        """Whether the evidence still has the hash that it was stored with."""
        return hash_of(report.evidence) == report.evidence_hash
