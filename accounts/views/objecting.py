"""Asking for another look: against a decision, and at what one reported."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.errors import Coded
from accounts.forms import AppealForm


def objected(request: HttpRequest, form: AppealForm, ask: Callable[[str], object]) -> bool:
    """Whether `ask` took the words of the form; where it did not, the form says why."""
    if not form.is_valid():
        return False
    try:
        ask(form.cleaned_data["words"])
    except ValidationError as error:
        form.add_error("words", error)
        return False
    except Coded as refusal:
        form.add_error(None, refusal.detail)
        return False
    messages.success(request, _("Sent. Somebody else looks at it again, and you hear from us."))
    return True
