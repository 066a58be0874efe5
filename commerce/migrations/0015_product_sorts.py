"""The indexes by which products are listed by price and by how many were sold, and photos found
that have no copies; nobody waits for them."""

from django.db import migrations, models
from django.db.models import Q

from accounts.schema import AddIndexPatiently

FOR_SALE = Q(state="published", taken_down_at__isnull=True)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("commerce", "0014_photo_copies")]

    operations = [
        AddIndexPatiently(
            "product",
            models.Index(fields=["price_from", "id"], name="product_by_price", condition=FOR_SALE),
        ),
        AddIndexPatiently(
            "product",
            models.Index(fields=["sold_count", "id"], name="product_by_sold", condition=FOR_SALE),
        ),
        AddIndexPatiently(
            "productphoto",
            models.Index(
                fields=["id"], name="photo_without_copies", condition=Q(smaller__isnull=True)
            ),
        ),
    ]
