"""Codes that Medley pays for. Shops have theirs on their own pages."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from commerce.actions import coupons
from commerce.models import Coupon


class OurCouponForm(forms.ModelForm):
    """What the action would refuse stands in the form."""

    def clean_code(self) -> str:
        return self.cleaned_data["code"].strip().upper()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        try:
            coupons.check(Coupon(**said))
        except ValidationError as error:
            self.add_error(None, error.messages[0])
        return said


@admin.register(Coupon)
class CouponAdmin(ModelAdmin):
    """Orders keep what a code gave them: it is ended, never deleted."""

    form = OurCouponForm
    fields: ClassVar = [
        *("code", "percent", "off", "currency", "least", "starts_at", "ends_at"),
        *("most_uses", "most_each", "stacks", "is_active"),
    ]
    list_display: ClassVar = ["code", "percent", "off", "currency", "used", "ends_at", "is_active"]
    search_fields: ClassVar = ["code"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(shop=None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Coupon, form: Any, change: bool) -> None:
        coupons.give_ours(obj)
