"""Jobs that must happen, as staff see them: what waits, what was put aside, what to do with it."""

import re
from datetime import timedelta
from functools import cache
from typing import Any

from celery import current_app
from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display
from unfold.forms import ActionForm
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts import audit, outbox
from accounts.admin.base import ReadOnlyAdmin
from accounts.models import OutboxJob

# Keys, times, kinds of things: what an argument may be shown as. All else may be somebody's words.
PLAIN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\d:.+TZ-]{1,40}")
NAMED = {"kind", "queue", "at"}
SHOWN_OF_LIST = 3
AGES = {
    "hour": (_("Older than an hour"), timedelta(hours=1)),
    "day": (_("Older than a day"), timedelta(days=1)),
    "week": (_("Older than a week"), timedelta(days=7)),
}


class JobState(admin.SimpleListFilter):
    """Where a job stands."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("parked", _("Put aside")),
            ("waiting", _("Waiting")),
            ("done", _("Done")),
            ("discarded", _("Discarded")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "parked":
                return queryset.aside()
            case "waiting":
                return queryset.open()
            case "done":
                return queryset.filter(done_at__isnull=False)
            case "discarded":
                return queryset.filter(discarded_at__isnull=False)
        return queryset


class JobQueue(admin.SimpleListFilter):
    """The queue in which a job waits, by its task."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, name) for name in current_app.amqp.queues]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        return queryset.filter(task__in=[t for t in _tasks() if outbox.queue_of(t) == self.value()])


class JobTask(admin.SimpleListFilter):
    """The task, of those that this code knows: the table's own names would take a walk over it."""

    title = _("task")
    parameter_name = "task"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, name) for name in _tasks()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(task=self.value()) if self.value() else queryset


class JobAge(admin.SimpleListFilter):
    """How long ago a job was written."""

    title = _("age")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (words, _age) in AGES.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in AGES:
            return queryset
        return queryset.filter(created_at__lt=timezone.now() - AGES[self.value() or ""][1])


class JobActionForm(ActionForm):
    """Which action, and for one of them why."""

    reason = forms.CharField(
        required=False,
        max_length=500,
        label="",
        widget=UnfoldAdminTextInputWidget(
            attrs={"placeholder": _("Reason, to discard"), "aria-label": _("Reason, to discard")}
        ),
    )


@admin.register(OutboxJob)
class OutboxJobAdmin(ReadOnlyAdmin):
    """Jobs that must happen; those put aside after three tries wait here for somebody."""

    list_display = ["task", "state", "tries", "age", "what", "error"]
    list_filter = [JobState, JobQueue, JobTask, JobAge]
    search_fields = ["task", "last_error"]
    ordering = ["-pk"]
    show_full_result_count = False
    actions = ["retry", "retry_task", "discard"]
    action_form = JobActionForm
    list_before_template = "admin/accounts/outboxjob/queues.html"
    fields = [
        *("task", "queue", "state", "what", "tries", "created_at", "due_at", "done_at"),
        *("parked_at", "last_error", "discarded_at", "discard_reason"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"standings": outbox.standings(), **(extra_context or {})}
        return super().changelist_view(request, context)

    def waiting_count(self) -> int:
        """How many wait for a decision: the number on the admin's first page."""
        return OutboxJob.objects.aside().count()

    @display(description=_("queue"))
    def queue(self, job: OutboxJob) -> str:
        return outbox.queue_of(job.task)

    @display(description=_("state"))
    def state(self, job: OutboxJob) -> Any:
        if job.done_at:
            return _("Done")
        if job.discarded_at:
            return _("Discarded")
        return _("Put aside") if job.parked_at else _("Waiting")

    @display(description=_("age"), ordering="pk")
    def age(self, job: OutboxJob) -> str:
        return timesince(job.created_at)

    @display(description=_("arguments"))
    def what(self, job: OutboxJob) -> str:
        """What it is about, without anybody's words."""
        shown = (f"{key}={_shown(key, value)}" for key, value in sorted(job.arguments.items()))
        return ", ".join(shown)

    @display(description=_("error"))
    def error(self, job: OutboxJob) -> str:
        return Truncator(job.last_error).chars(120)

    @admin.action(description=_("Try again"), permissions=["change"])
    def retry(self, request: HttpRequest, queryset: QuerySet[OutboxJob]) -> None:
        self._again(request, queryset, "Tried again.")

    @admin.action(description=_("Try all of the same tasks again"), permissions=["change"])
    def retry_task(self, request: HttpRequest, queryset: QuerySet[OutboxJob]) -> None:
        tasks = set(queryset.order_by().values_list("task", flat=True))
        alike = OutboxJob.objects.aside().filter(task__in=tasks)
        self._again(request, alike, "Tried again with all of its task.")

    def _again(self, request: HttpRequest, jobs: QuerySet[OutboxJob], said: str) -> None:
        chosen = list(jobs.filter(parked_at__isnull=False))
        number = outbox.retry(OutboxJob.objects.filter(pk__in=[job.pk for job in chosen]))
        self._log(request, chosen, said, "jobs.retried")
        words = ngettext(
            "%d job runs with the next sweep.", "%d jobs run with the next sweep.", number
        )
        self.message_user(request, words % number, messages.SUCCESS)

    @admin.action(description=_("Discard, with a reason"), permissions=["change"])
    def discard(self, request: HttpRequest, queryset: QuerySet[OutboxJob]) -> None:
        reason = request.POST.get("reason", "").strip()[:500]
        if not reason:
            self.message_user(request, _("Say why they are discarded."), messages.ERROR)
            return
        chosen = list(OutboxJob.objects.aside().filter(pk__in=queryset.values("pk")))
        number = outbox.discard(OutboxJob.objects.filter(pk__in=[job.pk for job in chosen]), reason)
        self._log(request, chosen, f"Discarded: {reason}", "jobs.discarded")
        words = ngettext("%d job was discarded.", "%d jobs were discarded.", number)
        self.message_user(request, words % number, messages.SUCCESS)

    def _log(self, request: HttpRequest, jobs: list[OutboxJob], said: str, verb: str) -> None:
        for job in jobs:
            self.log_change(request, job, said)
        keys = [job.pk for job in jobs]
        audit.record(request.user, verb, kind="job", jobs=keys)  # type: ignore[arg-type]


@cache
def _tasks() -> list[str]:
    current_app.loader.import_default_modules()  # a web process knows none of them else
    return sorted(name for name in current_app.tasks if not name.startswith("celery."))


def _shown(key: str, value: Any) -> str:
    match value:
        case None | bool() | int() | float():
            return str(value)
        case str() if not value or key in NAMED or PLAIN.fullmatch(value):
            return value
        case str():
            return str(_("(%d characters)") % len(value))
        case list() if len(value) <= SHOWN_OF_LIST:
            return f"[{', '.join(_shown(key, each) for each in value)}]"
        case list():
            return str(_("(%d of them)") % len(value))
    return str(_("(%d values)") % len(value))
