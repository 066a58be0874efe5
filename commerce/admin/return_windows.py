"""Return windows, as staff for legal matters keep them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from commerce.actions import return_windows
from commerce.models import ReturnWindow


class ReturnWindowForm(forms.ModelForm):
    """What the action would refuse stands in the form."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        try:
            return_windows.check(ReturnWindow(pk=self.instance.pk, **said))
        except ValidationError as error:
            self.add_error(None, error.messages[0])
        return said


@admin.register(ReturnWindow)
class ReturnWindowAdmin(ModelAdmin):
    """Of those that fit what was bought, and where it went to, the longest counts; a shop's own
    days where they are longer."""

    form = ReturnWindowForm
    fields = ["country", "category", "days"]
    list_display = ["__str__", "country", "category", "days"]
    list_filter = ["country"]
    list_select_related = ["category"]
    ordering = ["country", "category__name"]
    actions = None

    def save_model(self, request: HttpRequest, obj: ReturnWindow, form: Any, change: bool) -> None:
        return_windows.save(request.user, obj)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: ReturnWindow) -> None:
        return_windows.remove(request.user, obj)  # type: ignore[arg-type]
