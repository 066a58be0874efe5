"""What a shop's people fill in about a product: parsed here, checked by the actions."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.actions.variants import MOST_OPTIONS, Row
from commerce.models import Category, Product
from videos.models import Video

FILMS = 50


class CategoryField(forms.ModelChoiceField):
    """The shelves by their names; those below after the one they belong to."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Category.objects.select_related("parent"), **options)

    def label_from_instance(self, category: Category) -> str:
        parent = f"{category.parent.shown_name}: " if category.parent else ""
        return f"{parent}{category.shown_name}"


class NewProductForm(forms.Form):
    """What a draft begins with."""

    title = forms.CharField(label=_("Name"), max_length=120)
    category = CategoryField(label=_("Category"))
    price = forms.DecimalField(
        label=_("Price"), localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    stock = forms.IntegerField(label=_("How many you have"), initial=1, min_value=0)


class ProductForm(forms.Form):
    """What buyers read; `revision` is the one that its editor saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    category = CategoryField(label=_("Category"))
    attributes = forms.CharField(
        label=_("Details"),
        required=False,
        help_text=_("One a line, such as “Material: linen”."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    film = forms.ModelChoiceField(
        Video.objects.none(),
        label=_("Video"),
        required=False,
        empty_label=_("None"),
        help_text=_("One of your public videos."),
    )

    def __init__(self, *args: Any, product: Product, **options: Any) -> None:
        details = "\n".join(f"{name}: {words}" for name, words in product.attributes.items())
        there = {
            "revision": product.revision,
            "title": product.title,
            "description": product.description,
            "category": product.category_id,
            "attributes": details,
            "film": product.film_id,
        }
        super().__init__(*args, **{**options, "initial": there})
        films = Video.objects.filter(author=product.shop.owner_id, state="published")
        newest = films.order_by("-published_at").values("pk")[:FILMS]
        self.fields["film"].queryset = films.filter(pk__in=newest)  # type: ignore[attr-defined]

    @property
    def said(self) -> tuple[int, dict[str, Any]]:
        """The revision, and what `products.edit` takes."""
        fields = dict(self.cleaned_data)
        film = fields["film"]
        fields["film"] = film and film.pk
        fields["attributes"] = _pairs(fields["attributes"])
        return fields.pop("revision"), fields


def _pairs(text: str) -> dict[str, str]:
    """`Material: linen`, one a line."""
    lines = (line.partition(":") for line in text.splitlines() if line.strip())
    return {name.strip(): words.strip() for name, _colon, words in lines}


class OptionsForm(forms.Form):
    """Up to three options, each with its values parted by commas."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, product: Product, **options: Any) -> None:
        super().__init__(*args, **{**options, "initial": {"revision": product.revision}})
        for place in range(MOST_OPTIONS):
            name = product.options[place] if place < len(product.options) else ""
            self.fields[f"name_{place}"] = forms.CharField(
                label=_("Option"), required=False, initial=name
            )
            self.fields[f"values_{place}"] = forms.CharField(
                label=_("Values"), required=False, initial=_values(product, place) if name else ""
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and values of each, as fields."""
        return [(self[f"name_{place}"], self[f"values_{place}"]) for place in range(MOST_OPTIONS)]

    @property
    def said(self) -> tuple[int, dict[str, list[str]]]:
        """The revision, and what `variants.set_options` takes."""
        told = self.cleaned_data
        options: dict[str, list[str]] = {}
        for place in range(MOST_OPTIONS):
            values = [word.strip() for word in told.get(f"values_{place}", "").split(",")]
            if name := told.get(f"name_{place}", "").strip():
                options[name] = [value for value in values if value]
        return told.get("revision") or 0, options


def _values(product: Product, place: int) -> str:
    values = (each.values[place] for each in product.offered if place < len(each.values))
    return ", ".join(dict.fromkeys(values))


def rows_of(product: Product, told: Mapping[str, str]) -> tuple[int, dict[UUID, Row]]:
    """The revision, and what `variants.set_variants` takes, from `price-<id>` and its like."""
    rows = {
        variant.pk: _row(told, str(variant.pk))
        for variant in product.variants.all()
        if f"price-{variant.pk}" in told
    }
    return _whole(told.get("revision", "")) or 0, rows


def _row(told: Mapping[str, str], key: str) -> Row:
    stock = _whole(told.get(f"stock-{key}", ""))
    return Row(
        price=_amount(told.get(f"price-{key}", "")),
        compare_price=_amount(told.get(f"compare-{key}", "")),
        stock=-1 if stock is None else stock,
        stock_seen=_whole(told.get(f"seen-{key}", "")),
        sku=told.get(f"sku-{key}", ""),
        is_offered=f"offered-{key}" in told,
    )


def _amount(text: str) -> Decimal | None:
    """As people write it, with a point or a comma."""
    try:
        return Decimal(text.strip().replace(",", ".")) if text.strip() else None
    except InvalidOperation:
        return Decimal("NaN")


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdecimal() else None
