"""The mail that whoever deletes their account gets: until when they can come back, and how."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications.mails import absolute, send, written_for


def send_leaving(person_id: UUID) -> None:
    """To the person's own address; nothing where they came back meanwhile."""
    person = User.objects.filter(pk=person_id, leaving_at__isnull=False).first()
    if person is None or person.leaving_at is None:
        return
    with written_for(person):
        context = {"until": person.leaving_at, "back": absolute(reverse("account_login"))}
        name = f"leaving.{person.pk.hex}.{person.leaving_at:%Y%m%d%H%M%S}"
        send(person, _("Your Medley account is being deleted"), "leaving", context, name)
