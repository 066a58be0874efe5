"""What a case about a message shows beside the evidence (R18, R42)."""

import pytest
from django.urls import reverse

from accounts import actions as people
from accounts.models import Case
from chat import actions
from tests.accounts.staff import desk_of, make_staff
from tests.chat.factories import say
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)


@rule("R18", "admin")
@rule("R42", "admin")
def test_what_was_said_before_an_edit_is_read_by_whoever_holds_the_case(ana, ben, group):
    seq = say(ben, group, "the first words").seq
    actions.edit_message(ben, group, seq=seq, body="kinder words")
    message = group.messages.get(seq=seq)
    people.report(ana, "message", message.pk, reason="harassment")
    case = Case.objects.get(kind="message", object_id=message.pk)
    desk = desk_of(make_staff("mia", "moderator"))
    page = reverse("admin:accounts_case_change", args=[case.pk])

    unclaimed = desk.get(page).content.decode()
    desk.post(reverse("admin:accounts_case_claim", args=[case.pk]))
    held = desk.get(page).content.decode()

    assert "the first words" not in unclaimed and "kinder words" not in unclaimed
    assert "the first words" in held and "kinder words" in held
