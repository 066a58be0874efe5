from django.db import migrations, models
from django.db.models import Q

MOST_HOURS = 144


def shorten(apps, schema_editor):
    offers = apps.get_model("commerce", "GroupBuyOffer").objects.using(
        schema_editor.connection.alias
    )
    offers.filter(hours__gt=MOST_HOURS).update(hours=MOST_HOURS)


def bounds(hours):
    return models.CheckConstraint(
        condition=Q(people__gte=2, people__lte=50)
        & Q(percent__gt=0, percent__lt=100)
        & Q(hours__gte=1, hours__lte=hours),
        name="group_offer_bounds",
    )


class Migration(migrations.Migration):
    """Groups form in less time than a card's hold lasts. Those that were started keep their end."""

    dependencies = [("commerce", "0011_shops_closed_by_owners")]

    operations = [
        migrations.RunPython(shorten, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="groupbuyoffer", name="group_offer_bounds"),
        migrations.AddConstraint(model_name="groupbuyoffer", constraint=bounds(MOST_HOURS)),
    ]
