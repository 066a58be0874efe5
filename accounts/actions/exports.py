"""Asking for a copy of all one's data (R46)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.models.data_request import Export
from accounts.outbox import enqueue


@transaction.atomic
def ask_for_export(actor: User) -> Export:
    """Have a copy made: one at a time, and one a day; one that failed does not count.

    Anybody may, whatever bars them from the rest. Raises `Conflict` (export.under_way), `Refused`
    (export.too_soon).
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # two that come together
    latest = Export.objects.latest_of(actor)
    if latest and latest.is_open:
        raise Conflict("export.under_way", _("Your copy is being made already."))
    failed = latest is None or latest.state == Export.State.FAILED
    if latest and not failed and latest.next_at > timezone.now():
        raise Refused("export.too_soon", _("You can ask for one copy a day."))
    export = Export.objects.create(person=actor)
    enqueue("accounts.make_export", export_id=str(export.pk))
    return export
