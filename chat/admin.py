"""The moderators' door: conversations and their people, never what was said (R42)."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from chat.models import Conversation, Membership


class ReadOnly:
    """Nothing is changed here: verbs change conversations."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class MembershipInline(ReadOnly, TabularInline):
    """Who takes part, and since when."""

    model = Membership
    fk_name = "conversation"
    fields = ["user", "role", "state", "joined_at", "ended_at"]
    readonly_fields = fields
    extra = 0
    show_change_link = False


@admin.register(Conversation)
class ConversationAdmin(ReadOnly, ModelAdmin):
    """Counts and people."""

    list_display = ["__str__", "kind", "members", "messages_said", "created_at", "active_at"]
    list_filter = ["kind"]
    list_per_page = 50
    search_fields = ["title", "memberships__user__username"]
    # Ids rise with time. What every message changes has no index to sort by.
    ordering = ["-pk"]
    fields = ["id", "kind", "title", "creator", "messages_said", "created_at", "active_at"]
    readonly_fields = fields
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        return super().get_queryset(request).with_member_count()

    @admin.display(description=_("members"), ordering="member_count")
    def members(self, conversation: Conversation) -> int:
        return conversation.member_count  # type: ignore[attr-defined]

    @admin.display(description=_("messages"), ordering="last_seq")
    def messages_said(self, conversation: Conversation) -> int:
        return conversation.last_seq
