"""People and their relations, as moderators see them: the page reads, and calls actions."""

from datetime import date
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action as page_action
from unfold.decorators import display

from accounts import policy
from accounts.actions import staff
from accounts.admin.ages import correct_age
from accounts.admin.base import ReadOnlyAdmin
from accounts.models import Block, Follow, User
from accounts.moderation import roles
from accounts.moderation.roles import Role, roles_of

# Roles stand in code (moderation/roles.py); the other two show what nobody on staff needs,
# second-factor secrets among it.
for unused in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


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


def _giving(role: Role) -> Any:
    @admin.action(description=format_lazy("{}: {}", _("Give a role"), role.label))
    def give(page: "UserAdmin", request: HttpRequest, queryset: QuerySet[User]) -> None:
        verb = partial(staff.give_role, role=role.value)
        page._each(request, queryset, verb, _("Has the role now."))

    give.allowed_permissions = ["give_roles"]  # type: ignore[attr-defined]
    give.__name__ = f"give_{role.value}"
    return give


GIVING = [_giving(role) for role in Role]


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People. No password hash, and the birth date only to read (R10)."""

    list_display = ["username", "name", "age_band", "region", "is_active", "is_staff", "joined"]
    list_filter = [AgeBand, "is_active", "is_staff", "region"]
    search_fields = ["username", "display_name", "email"]
    ordering = ["-date_joined"]
    actions = [*GIVING, "take_roles"]
    actions_detail = ["correct_age"]
    fieldsets = [
        (None, {"fields": ["username", "display_name", "email"]}),
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
            {
                "fields": [
                    *("is_active", "is_staff", "roles", "is_superuser"),
                    *("date_joined", "last_login"),
                ]
            },
        ),
    ]

    @page_action(
        description=_("Correct the birth date"), url_path="age", permissions=["correct_age"]
    )
    def correct_age(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return correct_age(self, request, object_id)

    def has_correct_age_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return roles.may_help_accounts(request.user)  # type: ignore[arg-type]

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

    @admin.action(description=_("Take all roles"), permissions=["give_roles"])
    def take_roles(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._each(request, queryset, staff.take_roles, _("No role any more."))

    def has_give_roles_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    @display(description=_("roles"))
    def roles(self, person: User) -> str:
        return ", ".join(sorted(roles_of(person))) or "-"

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
