"""The mail to somebody who is kept out: no line in a list would reach them."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Decision
from accounts.moderation.statement import Statement
from accounts.notifications.mails import absolute, send, written_for


def send_decision(decision_id: UUID) -> None:
    """What was decided and why, and how an appeal against it stands; nothing where it was taken
    back meanwhile."""
    told = Decision.objects.in_force().select_related("case", "person")
    decision = told.prefetch_related("appeals").filter(pk=decision_id).first()
    if decision is None or decision.person is None or decision.person.is_active:
        return
    with written_for(decision.person):
        statement = Statement(decision)
        subject = (
            _("Your appeal was answered") if statement.is_answered else statement.measures[0].words
        )
        context = {"statement": statement, "log_in": absolute(reverse("account_login"))}
        name = f"decision.{decision.pk.hex}.{'answer' if statement.is_answered else 'made'}"
        send(decision.person, subject, "decision", context, name)
