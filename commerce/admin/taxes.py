"""Rates of tax, as staff for legal matters keep them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from commerce.actions import taxes
from commerce.models import TaxRate


@admin.register(TaxRate)
class TaxRateAdmin(ModelAdmin):
    """A new percentage is a new row with its first day: orders of before keep theirs."""

    list_display = ["country", "state", "tax_class", "percent", "since"]
    list_filter = ["tax_class", "country"]
    ordering = ["country", "state", "tax_class", "-since"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: TaxRate, form: Any, change: bool) -> None:
        taxes.save(request.user, obj)  # type: ignore[arg-type]
