"""What of an account takes more than deleting rows that point at it: files, others' lists that name
its person, jobs. Each is a step of a `Purger`: one batch a call, safe to be killed and asked again.
"""

import re
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.families.ending import end_link
from accounts.models import (
    Case,
    GuardianLink,
    Notification,
    NotificationActor,
    NotificationLine,
    OutboxJob,
    Report,
    Upload,
    User,
)
from accounts.models.data_request import Export
from accounts.moderation import profiles
from accounts.notifications.telling import tell_smaller
from accounts.rights import exporting
from accounts.uploads import spool

BATCH = 200


def end_exports(person_id: UUID) -> int:
    """Copies that were made for them."""
    exports = list(Export.objects.filter(person=person_id)[:BATCH])
    for export in exports:
        if export.file:
            default_storage.delete(export.file)
        exporting.discard(export.pk)
    return Export.objects.filter(pk__in=[export.pk for export in exports]).delete()[0]


def end_uploads(person_id: UUID) -> int:
    """What is left of files that they sent, whatever they became: that went before."""
    uploads = list(Upload.objects.filter(owner=person_id)[:BATCH])
    for upload in uploads:
        spool.remove(upload.pk)
        spool.unstore(upload.pk)
        if upload.file:
            default_storage.delete(upload.file)
    return Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()[0]


@transaction.atomic
def end_families(person_id: UUID) -> int:
    """The other side is told, without the name; nothing stays tightened."""
    theirs = Q(guardian=person_id) | Q(teen=person_id)
    links = list(GuardianLink.objects.filter(theirs).select_related("guardian", "teen")[:BATCH])
    for link in links:
        if link.ended_at is None:
            end_link(link.teen if link.teen_id == person_id else link.guardian, link)
    keys = [link.pk for link in links]
    Notification.objects.filter(about__in=keys).delete()
    GuardianLink.objects.filter(pk__in=keys).delete()
    return len(links)


def drop_avatar(person_id: UUID) -> int:
    """Their picture."""
    person = User.objects.filter(pk=person_id).exclude(avatar="").first()
    if person is None:
        return 0
    default_storage.delete(person.avatar)
    return User.objects.filter(pk=person_id).update(avatar="")


def drop_reset_profile(person_id: UUID) -> int:
    """What decisions took off their profile, kept to be put back."""
    return profiles.let_go_of(person_id)


def take_out_of_lines(person_id: UUID) -> int:
    """What others were told of them: it goes, or counts one less, on their devices too."""
    theirs = NotificationActor.objects.filter(actor=person_id).order_by("pk")
    named = list(theirs.values_list("notification", flat=True)[:BATCH])
    if not named:  # what thousands got of one person has no rows behind it
        of_many = Notification.objects.filter(actors=[str(person_id)])
        named = list(of_many.values_list("pk", flat=True)[:BATCH])
    for line in Notification.objects.filter(pk__in=named).select_related("user"):
        _leave_out(line, person_id)
    return len(named)


@transaction.atomic
def _leave_out(line: Notification, person_id: UUID) -> None:
    number = NotificationLine.objects.held([line.user_id])[line.user_id]
    line.done_by.filter(actor=person_id).delete()
    line.actors = [key for key in line.actors if key != str(person_id)]
    line.actor_count = line.done_by.standing().values("actor").distinct().count()
    line.revision = number.next()
    if not line.actor_count and line.withdrawn_at is None:
        line.withdrawn_at = timezone.now()
    line.save()
    tell_smaller(line.user, line)


def forget_jobs(person_id: UUID) -> int:
    """Jobs that are done or were put aside, and name them."""
    naming = OutboxJob.objects.annotate(words=Cast("arguments", TextField()))
    naming = naming.filter(words__contains=str(person_id)).exclude(task="accounts.purge")
    done = naming.exclude(pk__in=OutboxJob.objects.open().filter(pk__in=naming.values("pk")))
    keys = list(done.values_list("pk", flat=True)[:BATCH])
    return OutboxJob.objects.filter(pk__in=keys).delete()[0]


def unname_reports(person_id: UUID) -> int:
    """Lists of those who reported them, and the moderators', call it without their name."""
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        return 0
    return sum(_unname(model, person) for model in (Report, Case))


def _unname(model: type[Report] | type[Case], person: User) -> int:
    named = model.objects.filter(owner=person, title__icontains=person.username)
    found = list(named.values_list("pk", "title", "kind")[:BATCH])
    for key, title, kind in found:
        words = re.sub(f"@?{re.escape(person.username)}", "", title, flags=re.IGNORECASE)
        model.objects.filter(pk=key).update(title=words.strip() or kind)
    return len(found)


def forget_admin_log(person_id: UUID) -> int:
    """The admin's own history calls people by their names."""
    people = ContentType.objects.get_for_model(User)
    about = LogEntry.objects.filter(content_type=people, object_id=str(person_id))
    return about.delete()[0]
