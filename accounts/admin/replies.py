"""Saved replies, as moderators keep them; the page calls `accounts.moderation.replies`."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldBooleanSwitchWidget

from accounts.models import SavedReply
from accounts.moderation import replies, roles


class ReplyForm(forms.ModelForm):
    """`is_shared` is asked of seniors alone."""

    is_shared = forms.BooleanField(
        label=_("For all moderators"), required=False, widget=UnfoldBooleanSwitchWidget
    )

    class Meta:
        model = SavedReply
        fields = ["title", "reason", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adding = self.instance._state.adding
        self.fields["is_shared"].initial = not adding and self.instance.owner_id is None


@admin.register(SavedReply)
class SavedReplyAdmin(ModelAdmin):
    """One's own, and those that all share."""

    form = ReplyForm
    list_display = ["title", "reason", "whose"]
    list_filter = ["reason"]
    ordering = ["title"]
    actions = None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shared = ["is_shared"] if roles.may_confirm(request.user) else []  # type: ignore[arg-type]
        return ["title", "reason", "words", *shared]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedReply]:
        return SavedReply.objects.offered_to(request.user).select_related("owner")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_theirs = obj is None or replies.may_change(request.user, obj)  # type: ignore[arg-type]
        return super().has_change_permission(request, obj) and is_theirs

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_theirs = obj is None or replies.may_change(request.user, obj)  # type: ignore[arg-type]
        return super().has_delete_permission(request, obj) and is_theirs

    @display(description=_("whose"))
    def whose(self, reply: SavedReply) -> Any:
        return _("Everybody's") if reply.owner_id is None else _("Yours")

    def save_model(self, request: HttpRequest, obj: SavedReply, form: Any, change: bool) -> None:
        offered = "is_shared" in self.get_fields(request, obj)
        is_shared = offered and bool(form.cleaned_data.get("is_shared"))
        replies.save(request.user, obj, is_shared=is_shared)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: SavedReply) -> None:
        replies.delete(request.user, obj)  # type: ignore[arg-type]
