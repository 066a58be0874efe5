"""Links' cards and blocked hosts, as moderators see them: the page reads, and calls actions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from accounts import actions
from accounts.admin.base import ReadOnlyAdmin
from accounts.models import LinkBlock, LinkCard

STATES = {
    LinkCard.State.READY: "success",
    LinkCard.State.NEW: "info",
    LinkCard.State.NONE: "warning",
    LinkCard.State.BLOCKED: "danger",
}


@admin.register(LinkCard)
class LinkCardAdmin(ReadOnlyAdmin):
    """What others' addresses show in messages: to look at, to fetch again, to take away."""

    list_display = ["shown_picture", "words", "host", "shown_state", "failure", "fetched_at"]
    list_display_links = ["shown_picture", "words"]
    list_filter = ["state", "kind", "failure"]
    list_per_page = 50
    search_fields = ["url", "title"]
    # Ids rise with time.
    ordering = ["-pk"]
    actions = ["refetch", "remove", "block_host"]
    fields = [
        *("shown_picture", "title", "description", "site", "author", "kind", "url", "host"),
        *("shown_state", "failure", "created_at", "fetched_at", "expires_at"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    @display(description=_("picture"))
    def shown_picture(self, card: LinkCard) -> SafeString | str:
        if not card.picture:
            return "-"
        return format_html('<img src="{}" alt="" height="60" loading="lazy">', card.picture_url)

    @display(description=_("card"))
    def words(self, card: LinkCard) -> str:
        return Truncator(card.title or card.url).chars(60)

    @display(description=_("state"), ordering="state", label=STATES)
    def shown_state(self, card: LinkCard) -> tuple[str, str]:
        return card.state, card.get_state_display()

    @admin.action(description=_("Fetch again"), permissions=["change"])
    def refetch(self, request: HttpRequest, queryset: QuerySet[LinkCard]) -> None:
        for card in queryset:
            if actions.refetch_link_card(request.user, card):  # type: ignore[arg-type]
                self.log_change(request, card, "Fetched again.")
            else:
                refused = _("%(host)s is blocked.") % {"host": card.host}
                self.message_user(request, refused, messages.ERROR)
        self.message_user(request, _("They are looked at again now."), messages.SUCCESS)

    @admin.action(description=_("Take away"), permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[LinkCard]) -> None:
        for card in queryset:
            actions.remove_link_card(request.user, card)  # type: ignore[arg-type]
            self.log_change(request, card, "Taken away.")
        self.message_user(request, _("Nobody sees these any more."), messages.SUCCESS)

    @admin.action(description=_("Block their hosts"), permissions=["change"])
    def block_host(self, request: HttpRequest, queryset: QuerySet[LinkCard]) -> None:
        hosts = set(queryset.values_list("host", flat=True))
        _block(self, request, sorted(hosts))


def _block(page: ModelAdmin, request: HttpRequest, hosts: list[str], reason: str = "") -> None:
    count = actions.block_hosts(request.user, hosts, reason=reason)  # type: ignore[arg-type]
    told = ngettext("%(count)d host is blocked.", "%(count)d hosts are blocked.", count)
    page.message_user(request, told % {"count": count}, messages.SUCCESS)


class LinkBlockForm(forms.ModelForm):
    """Hosts to block, one or a whole list."""

    hosts = forms.CharField(
        label=_("Hosts"),
        max_length=1_000_000,
        widget=UnfoldAdminTextareaWidget,
        help_text=_("One a line, as names or addresses. What lies below them is blocked too."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = LinkBlock
        fields = ["reason"]

    def clean_hosts(self) -> list[str]:
        hosts = actions.hosts_in(self.cleaned_data["hosts"])
        if not hosts:
            raise ValidationError(_("Name at least one host."), code="required")
        return hosts


@admin.register(LinkBlock)
class LinkBlockAdmin(ModelAdmin):
    """Hosts of which nothing is shown."""

    form = LinkBlockForm
    list_display = ["host", "reason", "blocked_by", "created_at"]
    list_select_related = ["blocked_by"]
    search_fields = ["host", "reason"]
    ordering = ["host"]

    def get_fields(self, request: HttpRequest, obj: LinkBlock | None = None) -> list[str]:
        """A list to add, one host to look at."""
        return ["host", "reason", "blocked_by", "created_at"] if obj else ["hosts", "reason"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LinkBlock, form: Any, change: bool) -> None:
        _block(self, request, form.cleaned_data["hosts"], obj.reason)
        # Django goes on with one row, and names it: the first of them.
        first = LinkBlock.objects.get(host=form.cleaned_data["hosts"][0])
        obj.pk, obj.host = first.pk, first.host

    def delete_model(self, request: HttpRequest, obj: LinkBlock) -> None:
        self.delete_queryset(request, LinkBlock.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[LinkBlock]) -> None:
        actions.unblock_hosts(request.user, queryset)  # type: ignore[arg-type]
